"""The texts that rules and policies rest on, by key: data/regulations.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from perfeval.errors import UsageError
from perfeval.texts import Lang, Text


class Status(StrEnum):
    """How sure we are of a basis."""

    VERIFIED = "verified"  # someone has held the text against what we say of it
    UNVERIFIED = "unverified"  # known, but its text was not at hand
    INHERENT = "inherent"  # the form itself, or a list of the office, is the source
    OBSERVED = "observed"  # seen in published forms, no text found


STATUS_WORDS: Mapping[Status, Text] = {
    Status.VERIFIED: Text("已核对原文", "checked against its text"),
    Status.UNVERIFIED: Text("未核对原文", "not yet checked against its text"),
    Status.INHERENT: Text("", ""),
    Status.OBSERVED: Text("未见成文规定", "no written rule found"),
}


@dataclass(frozen=True, slots=True)
class Regulation:
    """A regulation or another basis. `number`, `date` and `url` are "" where there is none."""

    key: str
    title: Text
    status: Status
    number: str = ""
    date: str = ""
    url: str = ""


@cache
def regulations() -> Mapping[str, Regulation]:
    """All by key. Raises UsageError naming key and entry where the data is malformed."""
    source = resources.files("perfeval").joinpath("data/regulations.toml")
    return parse(source.read_text(encoding="utf-8"))


def parse(text: str) -> Mapping[str, Regulation]:
    """Regulations from TOML. Raises UsageError on an unknown or missing key."""
    found = {}
    for key, entry in tomllib.loads(text).items():
        unknown = set(entry) - {"title_zh", "title_en", "status", "number", "date", "url"}
        missing = {"title_zh", "title_en", "status"} - set(entry)
        if unknown or missing or entry["status"] not in list(Status):
            wrong = "、".join(sorted(unknown | missing)) or f"status = {entry['status']}"
            raise UsageError(f"regulations.toml [{key}]：{wrong} 有误（wrong or missing）")
        title = Text(entry["title_zh"], entry["title_en"])
        rest = {name: entry.get(name, "") for name in ("number", "date", "url")}
        found[key] = Regulation(key, title, Status(entry["status"]), **rest)
    return found


def regulation(key: str) -> Regulation:
    """The regulation behind a key. Raises UsageError where there is none."""
    try:
        return regulations()[key]
    except KeyError as error:
        raise UsageError(f"依据 {key} 不在 regulations.toml 中（unknown basis）") from error


def cited(basis: str, lang: Lang) -> str:
    """A basis as it is cited; an office's own rule names it in words, which stay as they are."""
    return title(basis, lang) if basis in regulations() else basis


def title(key: str, lang: Lang) -> str:
    """How a basis is cited: 《项目支出绩效评价管理办法》（财预〔2020〕10号，未核对原文）."""
    found = regulation(key)
    named = found.title(lang)
    if found.number and lang == "zh":
        named = f"《{named}》"
    notes = [note for note in (found.number, STATUS_WORDS[found.status](lang)) if note]
    if lang == "zh":
        return named + (f"（{'，'.join(notes)}）" if notes else "")
    return named + (f" ({', '.join(notes)})" if notes else "")
