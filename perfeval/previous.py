"""Last year's forms out of a folder: its submissions, or the results.json that a run left there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from perfeval.config import Config
from perfeval.errors import UsageError
from perfeval.executors import crew
from perfeval.identity import Key, key_of, who
from perfeval.kept import kept_nowhere
from perfeval.settled import Judging
from perfeval.sources import find
from perfeval.years import Said, Years

RESULTS = "results.json"
_READING = ("R001",)  # a rule has to be asked, and this one costs nothing


@dataclass(frozen=True, slots=True)
class Previous:
    """Packed Saids by key; of the year None where the form does not say one."""

    forms: Mapping[Key, bytes]

    def said(self, keys: Collection[Key]) -> Mapping[Key, Said]:
        """As years.Years. A form without a year is taken for one of the year that is asked for."""
        found = ((key, self.forms.get(key) or self.forms.get(Key(key.who, None))) for key in keys)
        return {key: _SAID.decode(packed) for key, packed in found if packed}


def last_years(config: Config) -> list[Years]:
    """What --previous names; nothing where it names nothing.

    Raises UsageError where there is no such folder, or nothing that could be read in it.
    """
    if not config.previous:
        return []
    path = Path(config.previous)
    results = path / RESULTS if path.is_dir() else path
    known = _of_results(results) if results.name.endswith(".json") and results.is_file() else None
    forms = dict(_of_files(path, config) if known is None else known)
    if not forms:
        raise UsageError(f"{path}：其中没有认得出的自评表（no form was recognised in it）")
    return [Previous(forms)]


def _of_files(path: Path, config: Config) -> Iterator[tuple[Key, bytes]]:
    """Of submissions: read as those of this year are, but for the year that was asked for."""
    plain = replace(
        config, year=None, select=_READING, ignore=(), register="", waivers="", waiver=(),
        previous="",
    )  # fmt: skip
    sources = find([path])
    with kept_nowhere() as kept, crew(plain) as hands:
        judging = Judging(plain, kept, hands)
        keys, _ = judging.checked(sources, lambda _: None)
        for settled in judging.settled(sources, keys):
            for form in settled.outcome.result.forms:
                yield key_of(form), _PACK.encode(Said.of(form))


class _Goal(msgspec.Struct):
    expected: str | None = None
    actual: str | None = None


class _Indicator(msgspec.Struct):
    level3: str
    target: str | None = None
    actual: str | None = None
    reason: str | None = None


class _Policy(msgspec.Struct):
    year: int | None = None


class _Form(msgspec.Struct):
    project: str | None = None
    unit: str | None = None
    department: str | None = None
    year: int | None = None
    policy: _Policy | None = None
    goals: list[_Goal] = []
    indicators: list[_Indicator] = []


class _File(msgspec.Struct):
    forms: list[_Form] = []


class _Results(msgspec.Struct):
    files: list[_File]


_SAID = msgspec.msgpack.Decoder(Said)
_PACK = msgspec.msgpack.Encoder()


def _of_results(path: Path) -> Iterator[tuple[Key, bytes]]:
    """Of a run's results."""
    try:
        for form in _forms(path):
            judged = form.policy.year if form.policy else None
            year = judged if form.year is None else form.year
            key = Key(who(form.project or "", form.unit or "", form.department or ""), year)
            said = Said(
                tuple((goal.expected or "", goal.actual or "") for goal in form.goals),
                tuple(
                    (row.level3, row.target or "", row.actual or "", row.reason or "")
                    for row in form.indicators
                ),
            )
            yield key, _PACK.encode(said)
    except (OSError, msgspec.MsgspecError) as error:
        raise UsageError(f"{path}：不是 perfeval 的结果（no results of a run）：{error}") from error


def _forms(path: Path) -> Iterable[_Form]:
    """As a run writes it, a file a line, without holding it all; else as any JSON."""
    line_of = msgspec.json.Decoder(_File)
    with path.open("rb") as lines:
        head = next(lines, b"").rstrip()
        if not head.endswith(b'"files":['):
            yield from (f for file in _whole(path).files for f in file.forms)
            return
        for line in lines:
            if line.startswith(b"{"):
                yield from line_of.decode(line.rstrip(b"],\n")).forms


def _whole(path: Path) -> _Results:
    return msgspec.json.decode(path.read_bytes(), type=_Results)
