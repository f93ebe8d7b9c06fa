"""The gate for odd packages: marks are put in and taken away whatever the file looks like."""

from __future__ import annotations

import pytest

from perfeval.findings import Level, Plan
from perfeval.write import annotate, correct, strip
from tests.ooxml.books import members
from tests.ooxml.harness import faults
from tests.ooxml.odd_books import ODD_BOOKS, many_formats
from tests.write.results import finding, patch, result, some_result

CORNERS = ("A1", "B2", "D4", "E5", "Z99", "H500", "XFD1048576", "A39", "C40")
ANYWHERE = result(*(finding(n, Level.ERROR, ref) for n, ref in enumerate(CORNERS)))


@pytest.fixture(params=ODD_BOOKS)
def book(request: pytest.FixtureRequest) -> bytes:
    return ODD_BOOKS[request.param]()


def test_nothing_is_lost(book: bytes) -> None:
    """Marks on any cell, and a copy without patches, change what is meant and nothing else."""
    for found in (some_result(), ANYWHERE):
        assert faults(book, annotate(book, found, lang="zh")) == []
    assert faults(book, correct(book, some_result(), Plan(), lang="zh")) == []


def test_every_byte_comes_back(book: bytes) -> None:
    """strip(annotate(x)) has the members of x with their bytes; annotating twice is once."""
    marked = annotate(book, ANYWHERE, lang="zh")
    assert list(members(strip(marked)).items()) == list(members(book).items())
    assert annotate(marked, ANYWHERE, lang="zh") == marked


def test_values_are_written(book: bytes) -> None:
    """A corrected copy is made, and what it wrote stays when our sheet is taken away."""
    plan = Plan((patch("E7", "92", "92.996"), patch("Z99", "", "-", "text")))
    stripped = strip(correct(book, some_result(), plan, lang="zh"))
    assert b"92.996" in b"".join(members(stripped).values())


def test_no_format_is_added_beyond_what_excel_opens() -> None:
    """Where all formats are taken, cells keep theirs and notes are written all the same."""
    book = many_formats()
    marked = members(annotate(book, ANYWHERE, lang="zh"))
    assert marked["xl/styles.xml"].count(b"<xf ") <= 65_490 + 1  # one of cellStyleXfs
    assert marked["xl/comments/comment1.xml"].count(b"<comment ") > len(CORNERS) // 2
    assert list(members(strip(annotate(book, ANYWHERE, lang="zh")))) == list(members(book))
