"""Every message of the catalogue once in Chinese and once in English, with its places filled.

Messages are Text values, of modules and of rules, and the texts with which errors are raised.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

import pytest

import perfeval
from perfeval.rules import Rule
from perfeval.texts import Text

PACKAGE = Path(perfeval.__file__).parent
HAN = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"[A-Za-z]{3,}")
# Names that are the same in both.
TERMS = re.compile(
    r"perfeval|Python|LibreOffice|PostgreSQL|Parquet|TOML|Excel|WPS|JSON|HTML|XML|"
    r"\b(?:pyarrow|distributed|psycopg|xlsx|toml)\b|\w+\.docx"
)

PRINTED = re.compile("[万亿]?元|定性|小计")  # words that an English reader finds in the form


def _found(value: object, place: str) -> Iterator[tuple[str, Text]]:
    if isinstance(value, Text):
        yield place, value
    elif isinstance(value, Rule):
        for name in ("title", "message", "advice", "derivation"):
            yield from _found(getattr(value, name), f"{value.code}.{name}")
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _found(key, f"{place}[{key!s:.20}]")
            yield from _found(inner, f"{place}[{key!s:.20}]")
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _found(inner, f"{place}[{number}]")


def _texts() -> Iterator[tuple[str, Text]]:
    for module in pkgutil.walk_packages([str(PACKAGE)], "perfeval."):
        if "__main__" in module.name or ".migrations" in module.name:
            continue
        home = importlib.import_module(module.name)
        for name, value in vars(home).items():
            yield from _found(value, f"{module.name}.{name}")


TEXTS = {text: place for place, text in _texts()}


def _rendered(template: str) -> str:
    """With its places filled by figures, so that each letter is the message's own."""
    places = {name for _, name, _, _ in Formatter().parse(template) if name}
    return template.format(**dict.fromkeys(places, 8)) if places else template


def test_there_are_messages() -> None:
    """The walk finds those of rules, of reports and of the command line."""
    assert len(TEXTS) > 500


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: TEXTS[text])
def test_a_message_is_whole_in_both_languages(text: Text) -> None:
    """No place is left open, no Chinese in the English, nothing only English in the Chinese."""
    chinese, english = _rendered(text.zh), _rendered(text.en)
    assert not re.search(r"[{}]", chinese + english)
    said = TERMS.sub("", chinese)
    assert HAN.search(said) or not WORD.search(said), chinese
    assert not HAN.search(PRINTED.sub("", english)), english


# Which of a call's arguments are said to the user: an error's, or those of a function that
# raises or notes one.
CALLS = {
    **dict.fromkeys(
        ("UsageError", "PolicyError", "PluginError", "LedgerError", "SourceChangedError"), slice(1)
    ),
    "UnreadableError": slice(2),
    "EncryptedError": slice(2),
    "refuse": slice(2, 3),
    "add_problem": slice(2, 4),
}


def _said() -> Iterator[tuple[str, list[str]]]:
    """The letters that stand in the code, of each such text, by place."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func).rpartition(".")[2]
                texts = [_own_words(arg) for arg in node.args[CALLS.get(name, slice(0))]]
                if any(texts):
                    yield f"{path.relative_to(PACKAGE)}:{node.lineno}", texts


def _own_words(node: ast.expr) -> str:
    """Without what is put in; "" where the text is made elsewhere."""
    parts = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
    words = "".join(part for part in parts if isinstance(part, str))
    return words if HAN.search(words) or WORD.search(words) else ""


SAID = dict(_said())


@pytest.mark.parametrize("place", SAID)
def test_an_error_is_said_in_both_languages(place: str) -> None:
    """Two texts, or one Chinese text with English in brackets behind."""
    first, *second = SAID[place]
    assert HAN.search(first)
    english = second[0] if second else first
    assert WORD.search(english)
    assert not second or not HAN.search(english)
