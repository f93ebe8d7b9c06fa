"""index.html: the year at a glance, one page with its data inside of it."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any  # JSON values

from perfeval.findings import FileResult, Level
from perfeval.report.overview import RATE_BINS, SCORE_BINS, Overview, Row
from perfeval.report.phrases import MARKS, words
from perfeval.report.templates import render, source
from perfeval.texts import Lang, plain

_KINDS = ("annotated", "corrected", "variance")


def index_html(
    files: Iterable[FileResult],
    *,
    lang: Lang = "zh",
    masked: bool = True,
    tool: str = "",
    templates: str = "",
) -> str:
    """The page for `files`, with links to their outputs beside it. Personal data is masked."""
    overview = Overview.of(files, with_masks=masked)
    pieces = index_pieces(overview, lang=lang, tool=tool, templates=templates)
    return b"".join(pieces).decode()


def index_pieces(
    overview: Overview, *, lang: Lang = "zh", tool: str = "", templates: str = "", notice: str = ""
) -> Iterator[bytes]:
    """The page for what was counted already, in UTF-8. `notice` says what it lacks."""
    values = _values(overview, lang, tool, templates)
    filled = {**values, "notice": notice}
    page = render("index.html.j2", filled, lang=lang, templates=templates)
    head, _, tail = page.partition(_ROWS)
    yield head.encode()
    for piece in _data(overview, lang):
        yield piece.encode("utf-8", "replace")  # lone surrogates, as in templates.render
    yield tail.encode()


# What the template holds until the page is put together; "<" cannot come from a form's text.
_ROWS = "<perfeval-rows>"


def _values(overview: Overview, lang: Lang, tool: str, templates: str) -> dict[str, object]:
    script = source("index.js", templates=templates)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    scores = zip(score_labels(), overview.reported, overview.recomputed, strict=True)
    return {
        "marks": MARKS,
        "tool": tool,
        "overview": overview,
        "statuses": overview.statuses,
        "levels": overview.levels,
        "departments": overview.departments.counted(),
        "rules": overview.rules(),
        "scores": list(scores),
        "rates": list(zip(rate_labels(), overview.rates, strict=True)),
        "data": _ROWS,
        "script": script,
        "script_digest": digest,
    }


def score_labels() -> list[str]:
    """The names of the bins of totals."""
    inner = (f"{low}–{high}" for low, high in pairwise(SCORE_BINS[1:]))
    return [f"<{SCORE_BINS[1]}", *inner, str(SCORE_BINS[-1])]


def rate_labels() -> list[str]:
    """The names of the bins of rates."""
    inner = (f"{low}–{high}%" for low, high in pairwise(RATE_BINS[1:]))
    return [f"<{RATE_BINS[1]}%", *inner, "100%", ">100%"]


def embedded(value: object) -> str:
    """JSON that may stand inside of a script element, whatever its texts hold."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _data(overview: Overview, lang: Lang) -> Iterator[str]:
    """What the page's script works on, piece by piece: rows as arrays, what repeats as numbers into
    lists.
    """
    codes = [rule.code for rule in overview.rules()]
    places = {code: i for i, code in enumerate(codes)}
    suffixes: dict[str, int] = {}
    told = {
        "rules": codes,
        "departments": overview.departments.names(),
        "words": {key: words(lang)[key] for key in _SCRIPT_WORDS},
        "marks": MARKS,
    }
    yield embedded(told)[:-1] + ',"rows":['
    of = overview.departments.places()
    for n, (row, department) in enumerate(zip(overview.rows, of, strict=True)):
        yield ("," if n else "") + embedded(_packed(row, department, places, suffixes))
    yield '],"suffixes":' + embedded(list(suffixes)) + "}"


_SCRIPT_WORDS = (
    "error", "warning", "info", "clean", "unreadable", "untitled", "shown_of", "page_of", "none",
    "out_annotated", "out_corrected", "out_variance", "grade_blank", "difference", "no_match",
    "col_totals", "col_grade", "col_findings", "col_outputs", "col_unit", "year",
)  # fmt: skip


def _packed(
    row: Row, department: int, places: dict[str, int], suffixes: dict[str, int]
) -> list[Any]:
    outputs = [row.outputs.get(kind, "") for kind in _KINDS]
    # letter by letter is meant: a/001_审核意见.xlsx and a/001_更正稿.xlsx begin with a/001_
    stem = os.path.commonprefix([name for name in outputs if name])  # noqa: RUF071
    ends = [suffixes.setdefault(n[len(stem) :], len(suffixes)) if n else -1 for n in outputs]
    return [
        row.status,
        row.project,
        department,
        row.unit,
        row.year or 0,
        row.reported,
        row.recomputed,
        "" if row.difference is None else plain(row.difference),
        row.grade_reported,
        row.grade,
        [row.counts.get(level, 0) for level in Level],
        [places[code] for code in row.codes],
        _name(row),
        stem,
        ends,
        row.reason,
    ]


def _name(row: Row) -> str:
    """The file, and the sheet where it has several forms."""
    return row.path if not row.form else f"{row.path}#{row.form.partition('#')[2] or row.sheet}"
