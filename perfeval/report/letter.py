"""The return letter of a unit: a Word document from a template that an office may replace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from docx.opc.exceptions import PackageNotFoundError
from jinja2 import TemplateError

from perfeval.errors import UnreadableError, UsageError
from perfeval.report.letter_content import Letter
from perfeval.report.templates import folder
from perfeval.report.word_template import WordTemplate
from perfeval.texts import Lang, Text

TEMPLATE = Text("return_letter.docx", "return_letter.en.docx")
_CONTROLS = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "�"
)


class Letterhead:
    """The template of letters; one of its name in the folder `templates` wins over ours."""

    def __init__(self, lang: Lang, templates: str = "") -> None:
        """Raises UsageError when it is broken."""
        name = TEMPLATE(lang)
        own = Path(templates, name)
        self._path = own if templates and own.is_file() else folder() / name
        with self._told():
            self._template = WordTemplate(self._path.read_bytes())

    def document(self, letter: Letter) -> bytes:
        """The same letter gives the same bytes. Raises UsageError when the template is broken."""
        values = {name: _printable(value) for name, value in asdict(letter).items()}
        with self._told():
            return self._template.filled(values)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
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
                f"模板有误：{self._path}：{words}（broken template; a Word file with the names "
                "that the template of the package uses）"
            ) from error


def _printable(value: object) -> object:
    """The value without what XML cannot hold."""
    if isinstance(value, str):
        return value.translate(_CONTROLS)
    if isinstance(value, Mapping):
        return {key: _printable(entry) for key, entry in value.items()}
    if isinstance(value, Sequence | Iterable):
        return [_printable(entry) for entry in value]
    return value
