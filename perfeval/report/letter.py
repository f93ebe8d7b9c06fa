"""The return letter of a unit: a Word document from a template that an office may replace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any  # what jinja2 hands through

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # it has no types
from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from perfeval.errors import UnreadableError, UsageError
from perfeval.ooxml.rawzip import read_members
from perfeval.ooxml.undated import undated_archive
from perfeval.report.templates import folder
from perfeval.texts import Lang, Text

TEMPLATE = Text("return_letter.docx", "return_letter.en.docx")
_CONTROLS = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "�"
)


@dataclass(frozen=True, slots=True)
class Submitted:
    """A form as the letter lists it. Numbers are text, "—" where there is none."""

    number: int
    project: str
    file: str
    sheet: str
    reported: str
    recomputed: str
    verdict: str
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the letter: a finding, or several of one rule with the same to be done, at `cell`
    one after the other. `place` is as much of file, sheet and cell as is needed.
    """

    number: int
    level: str
    code: str
    file: str
    sheet: str
    cell: str
    place: str
    what: str
    basis: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says; these are the names that a template may use.

    `year`, `reply_by` and `date` are "" where the office fills them in; `more` is how many
    findings are not listed: rows that the table has no room for.
    """

    unit: str
    year: str
    submissions: tuple[Submitted, ...]
    findings: tuple[Item, ...]
    errors: int
    warnings: int
    more: int
    enclosures: tuple[str, ...]
    reply_by: str
    date: str


def letter_docx(letter: Letter, *, lang: Lang = "zh", templates: str = "") -> bytes:
    """The document; a template of its name in the folder `templates` wins over ours.

    The same letter gives the same bytes. Raises UsageError when a template is broken.
    """
    name = TEMPLATE(lang)
    own = Path(templates, name)
    path = own if templates and own.is_file() else folder() / name
    try:
        data = path.read_bytes()
        read_members(data)  # refuses what is no sound archive
        document = DocxTemplate(BytesIO(data))
        document.render(_printable(asdict(letter)), jinja_env=_environment())
        out = BytesIO()
        document.save(out)
    except (
        TemplateError,
        SyntaxError,  # of XML
        PackageNotFoundError,
        UnreadableError,
        AttributeError,
        KeyError,
        TypeError,
        ValueError,
        ZeroDivisionError,
        OSError,
    ) as error:
        words = " ".join(str(error).split())
        raise UsageError(
            f"模板有误：{path}：{words}（broken template; a Word file with the names that "
            "the template of the package uses）"
        ) from error
    return undated_archive(out.getvalue())


class _Environment(SandboxedEnvironment):
    """docxtpl hands in the same source for every letter: it is compiled once."""

    @lru_cache(64)  # noqa: B019  # there is one environment
    def from_string(self, *args: Any, **kwargs: Any) -> Template:  # type: ignore[override]  # cached
        return super().from_string(*args, **kwargs)


@cache
def _environment() -> _Environment:
    return _Environment(undefined=StrictUndefined, autoescape=True)


def _printable(value: object) -> object:
    """The value without what XML cannot hold."""
    if isinstance(value, str):
        return value.translate(_CONTROLS)
    if isinstance(value, Mapping):
        return {key: _printable(entry) for key, entry in value.items()}
    if isinstance(value, Sequence | Iterable):
        return [_printable(entry) for entry in value]
    return value
