"""Whatever a package holds, the writers answer with a package or with our own error."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.errors import PerfevalError
from perfeval.ooxml.package import Package
from perfeval.write import annotate, correct, read_replies, strip
from tests.ooxml.books import (
    members,
    openpyxl_book,
    shared_book,
    strict_book,
    xlsxwriter_book,
    zipped,
)
from tests.write.results import some_plan, some_result

SOURCES = [members(b()) for b in (xlsxwriter_book, openpyxl_book, shared_book, strict_book)]
SOURCES += [members(annotate(zipped(s), some_result(), lang="zh")) for s in SOURCES[:3]]
WORDS = ["", "-1", "x", "9" * 20, "A1:B2", "#REF!", "中", "1e5", "0", "../../x", "A0", "XFE1"]
SPOT = re.compile(r'(?<==")[^"]*(?=")|(?<=>)[^<>]+(?=<)|<[\w:]+ [^<>]*/>')

ACTS: list[Callable[[bytes], object]] = [
    lambda data: annotate(data, some_result(), lang="zh"),
    lambda data: correct(data, some_result(), some_plan(), lang="zh"),
    strip,
    lambda data: read_replies(Package.open(data)),
]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(SOURCES), st.sampled_from(WORDS))
def test_a_wrong_word_anywhere(at: int, source: dict[str, bytes], word: str) -> None:
    """Any attribute, text or element of any part may be garbage."""
    names = [name for name in source if name.endswith((".xml", ".rels", ".vml"))]
    name = names[at % len(names)]
    text = source[name].decode()
    spots = list(SPOT.finditer(text))
    if not spots:
        return
    spot = spots[zlib.crc32(at.to_bytes(8)) % len(spots)]
    broken = text[: spot.start()] + word + text[spot.end() :]
    data = zipped({**source, name: broken.encode()})
    for act in ACTS:
        try:
            act(data)
        except PerfevalError:
            continue


def test_a_record_of_what_was_before_that_is_damaged() -> None:
    """A damaged record is not believed: the marks are taken away by what they say."""
    source = openpyxl_book()
    marked = members(annotate(source, some_result(), lang="zh"))
    name = next(n for n in marked if "perfeval" in n)
    for damaged in (b"", marked[name][:60], marked[name][:-40], b"x" * 100):
        stripped = members(strip(zipped({**marked, name: damaged})))
        assert name not in stripped
        assert not any("sheet3" in n for n in stripped)
        assert b"perfeval" not in stripped["xl/workbook.xml"]
