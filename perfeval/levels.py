"""The classes of indicators: their names, and which second level belongs under which first."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from perfeval.texts import Text

LEVEL1: Mapping[str, Text] = {
    "output": Text("产出指标", "output"),
    "benefit": Text("效益指标", "benefit"),
    "satisfaction": Text("满意度指标", "satisfaction"),
    "cost": Text("成本指标", "cost"),
    "process": Text("过程指标", "process"),
    "execution": Text("预算执行率", "execution"),
}


@cache
def parents() -> Mapping[str, tuple[str, ...]]:
    """First-level classes under which each second-level class may stand, the usual one first."""
    source = resources.files("perfeval").joinpath("data/labels.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return {class2: tuple(class1) for class2, class1 in data["level2_parents"].items()}
