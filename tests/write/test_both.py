"""Both copies made together are the copies made one by one."""

from __future__ import annotations

import pytest

from perfeval.write import annotate, annotate_and_correct, correct
from tests.ooxml.books import BOOKS
from tests.write.results import some_plan, some_result


@pytest.mark.parametrize("name", sorted(BOOKS))
def test_both_are_the_same_bytes(name: str) -> None:
    """Whatever they share, neither copy shows it; from an annotated file, too."""
    source = BOOKS[name]()
    result, plan = some_result(), some_plan()
    one, two = annotate(source, result, lang="zh"), correct(source, result, plan, lang="zh")
    for given in (source, one):
        both = annotate_and_correct(given, result, plan, lang="zh")
        assert (both.annotated, both.corrected) == (one, two)
