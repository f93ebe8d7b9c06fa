"""How help looks on a terminal: Chinese headings, lines folded by the width of Chinese text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

import click

from perfeval.texts import Text

_VERBATIM = "\b"
_HEADINGS = {
    "Options": Text("选项  Options", "Options"),
    "Commands": Text("命令  Commands", "Commands"),
}
_OWN = {  # what click says itself
    text: Text(f"{zh}  {text}", text)
    for text, zh in (
        ("Show this message and exit.", "显示这份说明"),
        ("Show the version and exit.", "显示版本"),
    )
}
_UNITS = re.compile(r"[ -~]+ *|[^ -~] *")  # what stays together: a Latin word, one Chinese letter
_NO_START = "，。；：、）》”！？,.;:)"


def width(text: str) -> int:
    """Columns that a text takes on a terminal: Chinese letters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def folded(text: str, columns: int) -> Iterator[str]:
    """Lines of at most `columns`, broken at blanks and between Chinese letters."""
    line = ""
    for unit in _units(text):
        fits = width((line + unit).rstrip()) <= columns
        if line and not fits and unit[0] not in _NO_START:
            yield line.rstrip()
            line = unit.lstrip()
        else:
            line += unit
    if line.strip():
        yield line.rstrip()


def _units(text: str) -> Iterator[str]:
    for found in _UNITS.finditer(text):
        yield from re.findall(r"\S+ *| +", found[0])


class _Formatter(click.HelpFormatter):
    """Texts and columns folded by their width."""

    def write_text(self, text: str) -> None:
        paragraphs = [part.rstrip() for part in text.split("\n\n")]
        self.write("\n".join(line + "\n" for part in paragraphs for line in self._lines(part)))

    def _lines(self, paragraph: str) -> Iterator[str]:
        indent = " " * self.current_indent
        lines = paragraph.lstrip("\n").splitlines()
        if lines and lines[0].strip() == _VERBATIM:
            yield "\n".join(indent + line.strip("\n") for line in lines[1:])
            return
        joined = re.sub(r"(?<=[^ -~])\n(?=[^ -~])", "", "\n".join(map(str.strip, lines)))
        yield "\n".join(indent + line for line in folded(" ".join(joined.split()), self._columns))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        rows = list(rows)
        first = min(max((width(name) for name, _ in rows), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        for name, said in rows:
            lines = list(folded(said.replace("\n", " ").strip(), max(self._columns - first, 20)))
            gap = " " * (first - width(name))
            if lines and width(name) <= first - col_spacing:
                self.write(f"{indent}{name}{gap}{lines.pop(0)}\n")
            else:
                self.write(f"{indent}{name}\n")
            for line in lines:
                self.write(f"{indent}{' ' * first}{line}\n")

    @property
    def _columns(self) -> int:
        return max(self.width - self.current_indent, 24)


class _Chinese(_Formatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "用法 Usage: ")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        told = [(name, _OWN[said].zh if said in _OWN else said) for name, said in rows]
        super().write_dl(told, col_max, col_spacing)

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS[heading].zh if heading in _HEADINGS else heading)


class Chinese(click.Context):
    formatter_class = _Chinese


class English(click.Context):
    formatter_class = _Formatter
