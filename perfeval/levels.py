"""The classes of indicators: their names, and which second level belongs under which first."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any  # the sections of a TOML file

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
    return {class2: tuple(class1) for class2, class1 in labels()["level2_parents"].items()}


@cache
def names_a_class(label: str) -> bool:
    """Whether a first-level label names a class, whatever points or signs stand with it."""
    bare = re.sub(r"\s", "", unicodedata.normalize("NFKC", label))
    return re.search(_stems(), bare) is not None


@cache
def _stems() -> str:
    """A pattern of every known first-level name without its 指标."""
    names = {
        re.sub("(?:指标|目标)$", "", name)
        for known in labels()["level1"].values()
        for name in known
    }
    return "|".join(re.escape(name) for name in sorted(names) if len(name) > 1)


@cache
def labels() -> Mapping[str, Any]:
    """The sections of data/labels.toml; not to be written into."""
    source = resources.files("perfeval").joinpath("data/labels.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
