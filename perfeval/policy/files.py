"""One policy file: TOML with a table for each parameter, its values by first year, and settings
of rules.

code = "420000"
name = "湖北省"

[execution_points]
label = "预算执行率分值"
values = [{ from = 2018, value = 20, basis = "observed" }]

[rules.S103]
off = "一级指标权重由单位自定"

and, in an office's own file, rules without Python (declared.py).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path, PurePath
from typing import Any  # TOML, checked here

from perfeval.errors import PolicyError
from perfeval.findings import Level
from perfeval.policy.declared import Declared, declared
from perfeval.policy.entries import hint, refuse, table, year
from perfeval.policy.keys import KEYS

NATION = "000000"


@dataclass(frozen=True, slots=True)
class Value:
    """What a file says of a parameter from a year on; only for `layouts`, if there are any."""

    key: str
    value: Any  # scaled as the key's column says; None where the policy leaves it open
    written: str
    label: str
    basis: str
    source: str
    from_year: int
    layouts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Setting:
    """What a file says of a rule: another level, switched off with a reason, or on trial."""

    level: Level | None
    off: str
    trial: bool
    from_year: int
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class PolicyFile:
    """A file as read. `inherits` is the policy below it, "" for the usual one; `source` is how it
    is cited. Equal texts are read once, so that a file is equal to itself alone.
    """

    code: str
    name: str
    inherits: str
    source: str
    values: tuple[Value, ...]
    settings: Mapping[str, Setting]
    rules: tuple[Declared, ...]


@cache
def shipped(code: str) -> PolicyFile | None:
    """The file of a region or name under data/policies, None where there is none."""
    file = resources.files("perfeval").joinpath("data", "policies", f"{code}.toml")
    if not file.is_file():
        return None
    return parse(file.read_text(encoding="utf-8"), f"{code}.toml")


def shipped_codes() -> tuple[str, ...]:
    """The regions and names that have a file under data/policies."""
    folder = resources.files("perfeval").joinpath("data", "policies")
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def own(path: str | Path) -> PolicyFile | None:
    """The policy file of an office, None where `path` is "". Raises PolicyError."""
    if not path:
        return None
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(f"{path}：无法读取政策文件（cannot read policy）：{error}") from error
    return parse(text, str(path))


@lru_cache(maxsize=64)
def parse(text: str, file: str) -> PolicyFile:
    """Read the text of a policy file. Raises PolicyError naming file and key."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"{file}：不是有效的 TOML（not valid TOML）：{error}") from error
    head = {key: data.pop(key, "") for key in ("code", "name", "inherits")}
    for key, value in head.items():
        if not isinstance(value, str):
            refuse(file, key, "应为文字（must be text）")
    source = " ".join(filter(None, (head["code"] or PurePath(file).name, head["name"])))
    rules = declared(data.pop("rule", []), file)
    settings = _settings(data.pop("rules", {}), file, source)
    values = [value for key, entry in data.items() for value in _values(key, entry, file, source)]
    return PolicyFile(
        head["code"], head["name"], head["inherits"], source, tuple(values), settings, rules
    )


def _values(key: str, entry: object, file: str, source: str) -> Iterable[Value]:
    if key not in KEYS:
        refuse(file, key, f"未知的参数（unknown key）{hint(key, KEYS)}")
    given = table(entry, {"label", "values"}, {"label", "values"}, file, key)
    if not isinstance(given["label"], str) or not given["label"]:
        refuse(file, f"{key}.label", "应为文字（must be text）")
    if not isinstance(given["values"], list):
        refuse(file, f"{key}.values", "应为列表（must be a list）")
    for number, line in enumerate(given["values"], 1):
        place = f"{key}.values[{number}]"
        known = {"from", "value", "basis", "layouts"}
        line = table(line, known, known - {"layouts"}, file, place)
        layouts = line.get("layouts", [])
        if not isinstance(layouts, list) or not all(isinstance(slug, str) for slug in layouts):
            refuse(file, f"{place}.layouts", "应为版式的列表（must be a list of layouts）")
        if not isinstance(line["basis"], str) or not line["basis"]:
            refuse(file, f"{place}.basis", "缺少依据（basis is missing）")
        try:
            value = KEYS[key].read(line["value"])
        except ValueError as error:
            refuse(file, f"{place}.value", str(error))
        yield Value(
            key, value, _written(line["value"]), given["label"], line["basis"], source,
            year(line["from"], file, place), frozenset(layouts),
        )  # fmt: skip


def _settings(tables: object, file: str, source: str) -> Mapping[str, Setting]:
    if not isinstance(tables, dict):
        refuse(file, "rules", "应为表（must be a table）")
    settings = {}
    for code, entry in tables.items():
        place = f"rules.{code}"
        entry = table(entry, {"level", "off", "trial", "from"}, set(), file, place)
        level = entry.get("level")
        if level is not None and level not in list(Level):
            refuse(file, f"{place}.level", f"应为 {'、'.join(Level)} 之一（one of these）")
        off = entry.get("off", "")
        if not isinstance(off, str) or ("off" in entry and not off.strip()):
            refuse(file, f"{place}.off", "停用规则应写明理由（a reason is needed）")
        trial = entry.get("trial", False)
        if not isinstance(trial, bool):
            refuse(file, f"{place}.trial", "应为 true 或 false（true or false）")
        settings[code] = Setting(
            level=Level(level) if level else None,
            off=off,
            trial=trial,
            from_year=year(entry.get("from", 0), file, place),
            source=source,
        )
    return settings


def _written(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(_written, value)) or "—"
    if isinstance(value, dict):
        return " ".join(_written(part) for part in value.values())
    return str(value)
