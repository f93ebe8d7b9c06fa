"""Whatever people do to a sheet, the values stay and the addresses follow."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.building import changes
from tests.building.changes import Printed
from tests.layout.forms_to_read import CASES, missed, printed, read

names = st.sampled_from(sorted(CASES))
chances = st.randoms(use_true_random=False)
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def assert_read(changed: Printed) -> None:
    workbook, expected = changed
    tables = read(workbook)
    assert len(tables.forms) == 1
    assert missed(tables, expected) == []


def size(form: Printed) -> tuple[int, int]:
    cells = form[0].sheets[0].cells
    return max(row for row, _ in cells), max(col for _, col in cells)


@quick
@given(names, chances)
def test_inserted_rows(name: str, chance: random.Random) -> None:
    """Blank rows anywhere move the figures below them and nothing else."""
    form = printed(name)
    assert_read(changes.insert_rows(form, chance.randint(1, size(form)[0]), chance.randint(1, 2)))


@quick
@given(names, chances)
def test_inserted_columns(name: str, chance: random.Random) -> None:
    """A blank column anywhere moves the figures on its right."""
    form = printed(name)
    assert_read(changes.insert_columns(form, chance.randint(1, size(form)[1])))


@quick
@given(names, chances)
def test_partly_merged_cells(name: str, chance: random.Random) -> None:
    """Some merges taken apart change nothing."""
    assert_read(changes.unmerge_some(printed(name), chance))


@quick
@given(names, chances)
def test_unmerged_and_moved(name: str, chance: random.Random) -> None:
    """All merges taken apart, and the whole form moved to the right and down."""
    form = changes.unmerge(printed(name))
    assert_read(changes.insert_rows(changes.insert_columns(form, 1, chance.randint(1, 5)), 1, 3))


@quick
@given(names, chances)
def test_spaced_labels(name: str, chance: random.Random) -> None:
    """Blanks, line breaks, full-width brackets and colons in labels change nothing."""
    assert_read(changes.respace(printed(name), chance))


@quick
@given(names, chances)
def test_reworded_labels(name: str, chance: random.Random) -> None:
    """A label may be any of its synonyms."""
    assert_read(changes.reword(printed(name), chance))


@quick
@given(names)
def test_phantom_cells(name: str) -> None:
    """Blanks far below and to the right are not there."""
    assert_read(changes.phantom(printed(name)))
