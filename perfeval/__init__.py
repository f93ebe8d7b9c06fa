"""perfeval: a linter, calculator and return desk for 财政项目支出绩效自评表.

>>> import perfeval
>>> result = perfeval.check("sample_workbooks/青浦区域发展办_规划统筹_2021.xlsx")
>>> total = result.files[0].forms[0].total
>>> total.reported, total.recomputed
('92', '92.996')
>>> [(finding.cell, finding.expected) for finding in result.findings if finding.code == "S101"]
[('G31', '92.996')]
>>> indicators = result.frames()["indicators"]
>>> int((indicators.score_e4 < indicators.points_e4).sum())
6
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from perfeval.api import Result, check, run
    from perfeval.config import Config
    from perfeval.findings import Finding
    from perfeval.policy import Policy

__version__ = "0.1.0"

__all__ = ["Config", "Finding", "Policy", "Result", "check", "run"]

_HOMES = {
    "Config": "config",
    "Finding": "findings",
    "Policy": "policy",
    "Result": "api",
    "check": "api",
    "run": "api",
}


def __getattr__(name: str) -> Any:
    """Import on first use, so that `import perfeval` and the command line start quickly."""
    if name not in _HOMES:
        raise AttributeError(f"module 'perfeval' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"perfeval.{_HOMES[name]}"), name)
