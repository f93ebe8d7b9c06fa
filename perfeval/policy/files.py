"""One policy file: TOML with a table for each parameter, its values by first year, and settings
of rules.

code = "420000"
name = "湖北省"

[execution_points]
label = "预算执行率分值"
values = [{ from = 2018, value = 20, basis = "observed" }]

[rules.S103]
off = "一级指标权重由单位自定"
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, NoReturn  # TOML, checked here

from perfeval.errors import PolicyError
from perfeval.findings import Level
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
    """What a file says of a rule: another level, or switched off with a reason."""

    level: Level | None
    off: str
    from_year: int
    source: str


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A file as read. `inherits` is the policy below it, "" for the usual one."""

    code: str
    name: str
    inherits: str
    values: tuple[Value, ...]
    settings: Mapping[str, Setting]


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


def own(path: str | Path) -> PolicyFile:
    """A user's policy file. Raises PolicyError."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(f"{path}：无法读取政策文件（cannot read policy）：{error}") from error
    return parse(text, str(path))


def parse(text: str, file: str) -> PolicyFile:
    """Read the text of a policy file. Raises PolicyError naming file and key."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"{file}：不是有效的 TOML（not valid TOML）：{error}") from error
    head = {key: data.pop(key, "") for key in ("code", "name", "inherits")}
    for key, value in head.items():
        if not isinstance(value, str):
            _refuse(file, key, "应为文字（must be text）")
    source = " ".join(part for part in (head["code"], head["name"]) if part) or file
    settings = _settings(data.pop("rules", {}), file, source)
    values = [value for key, table in data.items() for value in _values(key, table, file, source)]
    return PolicyFile(head["code"], head["name"], head["inherits"], tuple(values), settings)


def _values(key: str, table: object, file: str, source: str) -> Iterable[Value]:
    if key not in KEYS:
        _refuse(file, key, f"未知的参数（unknown key）{_hint(key, KEYS)}")
    table = _table(table, {"label", "values"}, {"label", "values"}, file, key)
    if not isinstance(table["label"], str) or not table["label"]:
        _refuse(file, f"{key}.label", "应为文字（must be text）")
    if not isinstance(table["values"], list):
        _refuse(file, f"{key}.values", "应为列表（must be a list）")
    for number, entry in enumerate(table["values"], 1):
        place = f"{key}.values[{number}]"
        known = {"from", "value", "basis", "layouts"}
        entry = _table(entry, known, known - {"layouts"}, file, place)
        layouts = entry.get("layouts", [])
        if not isinstance(layouts, list) or not all(isinstance(slug, str) for slug in layouts):
            _refuse(file, f"{place}.layouts", "应为版式的列表（must be a list of layouts）")
        if not isinstance(entry["basis"], str) or not entry["basis"]:
            _refuse(file, f"{place}.basis", "缺少依据（basis is missing）")
        try:
            value = KEYS[key].read(entry["value"])
        except ValueError as error:
            _refuse(file, f"{place}.value", str(error))
        yield Value(
            key, value, _written(entry["value"]), table["label"], entry["basis"], source,
            _year(entry["from"], file, place), frozenset(layouts),
        )  # fmt: skip


def _settings(tables: object, file: str, source: str) -> Mapping[str, Setting]:
    if not isinstance(tables, dict):
        _refuse(file, "rules", "应为表（must be a table）")
    settings = {}
    for code, entry in tables.items():
        place = f"rules.{code}"
        entry = _table(entry, {"level", "off", "trial", "from"}, set(), file, place)
        level = entry.get("level")
        if level is not None and level not in set(Level):
            _refuse(file, f"{place}.level", f"应为 {'、'.join(Level)} 之一（one of these）")
        off = entry.get("off", "")
        if not isinstance(off, str) or ("off" in entry and not off.strip()):
            _refuse(file, f"{place}.off", "停用规则应写明理由（a reason is needed）")
        if entry.get("trial") is True:
            level = Level.INFO
        year = _year(entry.get("from", 0), file, place)
        settings[code] = Setting(Level(level) if level else None, off, year, source)
    return settings


def _table(
    table: object, known: set[str], needed: set[str], file: str, place: str
) -> dict[str, Any]:
    if not isinstance(table, dict):
        _refuse(file, place, "应为表（must be a table）")
    for key in table:
        if key not in known:
            _refuse(file, f"{place}.{key}", f"未知的键（unknown key）{_hint(key, known)}")
    for key in sorted(needed - table.keys()):
        _refuse(file, f"{place}.{key}", "缺少（missing）")
    return table


def _year(value: object, file: str, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        _refuse(file, f"{place}.from", "应为年份（must be a year）")
    return value


def _written(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(_written, value)) or "—"
    if isinstance(value, dict):
        return " ".join(_written(part) for part in value.values())
    return str(value)


def _hint(key: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(key, list(known), 1)
    return f"，是否应为 {near[0]}（did you mean {near[0]}?）" if near else ""


def _refuse(file: str, key: str, why: str) -> NoReturn:
    raise PolicyError(f"{file}：{key}：{why}")
