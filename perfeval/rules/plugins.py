"""Rules of other distributions: entry points of the group `perfeval.rules`.

[project.entry-points."perfeval.rules"]
county = "county_rules"             # a module: every Rule in it
late = "county_rules.late:late"     # or one Rule
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from types import ModuleType

from perfeval.errors import PluginError
from perfeval.rules.codes import is_own
from perfeval.rules.rule import Rule

GROUP = "perfeval.rules"


def plugged() -> dict[str, Rule]:
    """The rules of all installed plug-ins by code.

    Raises PluginError naming the distribution that cannot be loaded or whose code is not its own.
    """
    found: dict[str, tuple[Rule, str]] = {}
    for point in sorted(entry_points(group=GROUP), key=_name):
        for rule in _rules(point):
            if not is_own(rule.code):
                raise PluginError(
                    f"{_name(point)}：{rule.code} 不是自用的代码，如 X001（not a code of its own）"
                )
            other, whose = found.setdefault(rule.code, (rule, _name(point)))
            if other is not rule:
                raise PluginError(
                    f"{_name(point)}：代码 {rule.code} 已被 {whose} 使用（code is taken）"
                )
    return {code: rule for code, (rule, _) in found.items()}


def _rules(point: EntryPoint) -> list[Rule]:
    try:
        loaded = point.load()
    except Exception as error:  # another's code: whatever breaks in it, say whose it is
        raise PluginError(
            f"插件 {_name(point)} 无法载入（plug-in cannot be loaded）："
            f"{type(error).__name__}: {error}"
        ) from error
    given = vars(loaded).values() if isinstance(loaded, ModuleType) else [loaded]
    rules = [value for value in given if isinstance(value, Rule)]
    if not rules:
        raise PluginError(f"插件 {_name(point)} 里没有规则（plug-in has no rule）：{point.value}")
    return rules


def _name(point: EntryPoint) -> str:
    """The distribution and what it calls the entry point."""
    made = point.dist
    return f"{made.name} {made.version}［{point.name}］" if made else point.name
