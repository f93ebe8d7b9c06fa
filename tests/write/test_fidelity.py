"""The fidelity gate: whatever a workbook holds, our copies keep it."""

from __future__ import annotations

import warnings
from io import BytesIO

import openpyxl
import pytest

from perfeval.findings import Plan
from perfeval.write import annotate, correct, strip
from tests.ooxml.books import BOOKS, members
from tests.ooxml.harness import faults
from tests.write.results import some_plan, some_result


@pytest.fixture(params=sorted(BOOKS))
def book(request: pytest.FixtureRequest) -> bytes:
    return BOOKS[request.param]()


def test_annotated_copy_loses_nothing(book: bytes) -> None:
    """Every part that is not ours is the same; rewritten ones differ only in our marks."""
    assert faults(book, annotate(book, some_result(), lang="zh")) == []


def test_corrected_copy_without_patches_loses_nothing(book: bytes) -> None:
    """A corrected copy of a plan that writes nothing differs only by its sheet."""
    assert faults(book, correct(book, some_result(), Plan(), lang="zh")) == []


def test_strip_gives_every_byte_back(book: bytes) -> None:
    """strip(annotate(x)) holds the members of x, in their order, with the bytes of x."""
    stripped = strip(annotate(book, some_result(), lang="zh"))
    assert list(members(stripped).items()) == list(members(book).items())


def test_annotating_twice_is_annotating_once(book: bytes) -> None:
    """annotate(annotate(x)) == annotate(x), byte for byte."""
    once = annotate(book, some_result(), lang="zh")
    assert annotate(once, some_result(), lang="zh") == once


def test_marks_do_not_pile_up_from_the_corrected_copy(book: bytes) -> None:
    """A corrected copy of an annotated file is the corrected copy of the file itself."""
    marked = annotate(book, some_result(), lang="zh")
    plan = some_plan()
    assert correct(marked, some_result(), plan, lang="zh") == correct(
        book, some_result(), plan, lang="zh"
    )


def test_other_readers_open_the_copies(book: bytes) -> None:
    """openpyxl and calamine open what we write wherever they opened the source."""
    calamine = pytest.importorskip("python_calamine")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for copy in (
            annotate(book, some_result(), lang="zh"),
            correct(book, some_result(), some_plan(), lang="en"),
        ):
            before = openpyxl.load_workbook(BytesIO(book)).sheetnames
            assert openpyxl.load_workbook(BytesIO(copy)).sheetnames[: len(before)] == before
            names = calamine.CalamineWorkbook.from_filelike(BytesIO(copy)).sheet_names
            assert len(names) >= len(before)
