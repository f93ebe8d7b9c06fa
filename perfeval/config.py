"""perfeval.toml: what a run is told, from the nearest file upwards. The command line wins."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from types import NoneType
from typing import get_args

from perfeval.errors import UsageError
from perfeval.limits import DEFAULT, Limits, limits_of
from perfeval.texts import Lang

NAME = "perfeval.toml"
FAIL_ON = ("error", "warning", "info", "never")
GIVEN = "option"  # the origin of what the command line, or a caller, sets


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of a run. Empty means: found in the form, or all."""

    region: str = ""  # GB/T 2260 code
    year: int | None = None
    lang: Lang = "zh"
    select: tuple[str, ...] = ()  # codes or their beginnings: S, F10
    ignore: tuple[str, ...] = ()
    fail_on: str = "error"
    jobs: int = 0  # processes; 0: one, on the command line as many as pay
    confirm: bool = False  # write the fixes of safety "confirm" too
    templates: str = ""  # folder with the office's own templates
    policy: str = ""  # the office's own policy file
    register: str = ""  # list of approved projects and budgets
    waivers: str = ""  # file of findings that someone has signed for
    waiver: tuple[Mapping[str, object], ...] = ()  # such findings in perfeval.toml itself
    # wordings of the office's own, by section and role as in data/labels.toml
    labels: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    markdown: bool = False  # a Markdown variant beside each variance report
    letters: bool = True  # a return letter for each unit to which something must go back
    reply_by: date | None = None  # the day that letters ask for replies by; else left blank
    letter_date: date | None = None  # the date of letters; else left for the office to fill in
    mask: bool = True  # personal data unreadable in summary.xlsx, index.html and ledger exports
    limits: Limits = DEFAULT
    previous: str = ""  # last year's submissions: a folder, or a run's results.json
    # the ledger: a file or the URL of a database, "" for a file in the results' folder
    ledger: str = field(default="", repr=False)
    scheduler: str = ""  # address of a dask scheduler that runs the work, "" for this machine
    passwords: tuple[str, ...] = field(default=(), repr=False)
    source: str = ""  # the file that these settings came from
    # where each setting came from that is no default: a file's path, or what with_options was told
    origins: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    def with_options(self, *, origin: str = GIVEN, **options: object) -> Config:
        """The same with every option that was given (not None) put over it."""
        given = {name: value for name, value in options.items() if value is not None}
        origins = {**self.origins, **dict.fromkeys(given, origin)}
        return _checked(replace(self, origins=origins, **given))  # type: ignore[arg-type]  # checked by _checked


# relative to the file that names them
_PATHS = ("templates", "policy", "register", "waivers", "previous", "ledger")
_INNER = ("passwords", "source", "origins")
SETTABLE = tuple(f.name for f in fields(Config) if f.name not in _INNER)


def discover(start: Path) -> Config:
    """Settings of the nearest perfeval.toml at or above `start`; else the defaults."""
    for folder in (start, *start.parents):
        if (folder / NAME).is_file():
            return load(folder / NAME)
    return Config()


def load(path: Path) -> Config:
    """Settings of one file. Raises UsageError naming file and key."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}：无法读取配置（cannot read configuration）：{error}") from error
    known = _known(data, path)
    settings = {**known, "source": str(path), "origins": dict.fromkeys(known, str(path))}
    return _checked(Config(**settings))  # type: ignore[arg-type]  # checked by _checked


def without_password(address: str) -> str:
    """A file or URL as it may be shown."""
    if "://" not in address:
        return address
    return re.sub(r"(://[^:/@]*):.*@", r"\1:***@", address.partition("?")[0])


def _known(data: Mapping[str, object], path: Path) -> dict[str, object]:
    known: dict[str, object] = {}
    for key, value in data.items():
        name = key.replace("-", "_")
        if name not in SETTABLE:
            near = difflib.get_close_matches(name, SETTABLE, 1)
            hint = f"，是否应为 {near[0]}（did you mean {near[0]}?）" if near else ""
            raise UsageError(f"{path}：未知的配置项 {key}（unknown key）{hint}")
        if name == "limits":
            value = limits_of(value, str(path))
        if name in _PATHS and isinstance(value, str) and value and "://" not in value:
            value = str(path.parent / value)
        known[name] = tuple(value) if isinstance(value, list) else value
    return known


def _checked(config: Config) -> Config:
    """The same, or UsageError naming the setting that has a wrong type or value."""
    for name, kind in (
        ("region", str), ("lang", str), ("fail_on", str), ("jobs", int), ("confirm", bool),
        *((name, str) for name in _PATHS), ("select", tuple), ("ignore", tuple), ("waiver", tuple),
        ("labels", dict), ("markdown", bool), ("letters", bool), ("mask", bool), ("limits", Limits),
        ("scheduler", str),
    ):  # fmt: skip
        if not isinstance(getattr(config, name), kind):
            raise UsageError(f"配置项 {name} 的类型应为 {kind.__name__}（wrong type）")
    for section, roles in config.labels.items():
        lists = roles.values() if isinstance(roles, dict) else [None]
        if not all(isinstance(t, list) and all(isinstance(w, str) for w in t) for t in lists):
            raise UsageError(f"labels.{section} 应为词语的列表（must be lists of words）")
    if config.lang not in get_args(Lang):
        raise UsageError(f"lang 应为 zh 或 en（must be zh or en）：{config.lang}")
    if config.fail_on not in FAIL_ON:
        raise UsageError(
            f"fail_on 应为 {' / '.join(FAIL_ON)} 之一（one of them）：{config.fail_on}"
        )
    if config.year is not None and not (
        isinstance(config.year, int) and 1990 <= config.year <= 2100
    ):
        raise UsageError(f"year 应为 1990–2100 的年份（must be a year）：{config.year}")
    for name in ("reply_by", "letter_date"):
        if type(getattr(config, name)) not in (date, NoneType):
            raise UsageError(f"{name} 应为日期，如 2022-12-31（must be a date）")
    if config.jobs < 0:
        raise UsageError(f"jobs 应不小于 0（at least 0）：{config.jobs}")
    return config
