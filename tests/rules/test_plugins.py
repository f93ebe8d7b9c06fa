"""Rules of other distributions, by entry point."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import perfeval.rules
from perfeval.errors import PluginError
from perfeval.findings import Outcome
from perfeval.rules import catalogue, published
from perfeval.rules.page import docs, rule_page
from tests import form_text

CODE = '''
"""查什么：总分为 {score}。"""
from perfeval.findings import Level, Safety
from perfeval.rules import judge, rule
from perfeval.texts import Text

@rule("{code}", "{module}", level=Level.INFO, fix=Safety.MANUAL, title=Text("某", "a"),
      message=Text("总分 {{total_score_e4}}", "{{total_score_e4}}"), advice=Text("看", "see"),
      basis=("house",))
def found(tables, policies):
    forms = tables.forms
    return judge(forms, forms.total_score_e4 == {score}, field="total_score")
'''
Install = Callable[[str, str], None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Lays a distribution of one module on the path, as an installer does."""
    monkeypatch.syspath_prepend(tmp_path)

    def lay(module: str, code: str) -> None:
        monkeypatch.delitem(sys.modules, module, raising=False)
        (tmp_path / f"{module}.py").write_text(code, encoding="utf-8")
        info = tmp_path / f"{module}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n", encoding="utf-8"
        )
        points = f"[perfeval.rules]\ncounty = {module}\n"
        (info / "entry_points.txt").write_text(points, encoding="utf-8")

    perfeval.rules._installed.cache_clear()
    yield lay
    perfeval.rules._installed.cache_clear()


def test_a_plugin_runs_beside_the_others(install: Install, tmp_path: Path) -> None:
    """It is in the catalogue, has a page, and judges; docs/rules stay those of the package."""
    install("county_a", CODE.format(code="Z001", module="county_a", score=995000))
    assert list(catalogue())[-1] == "Z001"
    assert "查什么" in rule_page(catalogue()["Z001"], "zh", "text")
    assert "Z001.md" not in docs() and "Z001" not in published()
    form = form_text.form(tmp_path, {})
    assert form.outcomes["Z001"] is Outcome.HIT
    assert [(f.code, f.cell, f.message) for f in form.findings] == [("Z001", "G18", "总分 99.5")]


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("import nothing_of_this_name", "ModuleNotFoundError"),
        ("1 / 0", "ZeroDivisionError"),
        ("def", "SyntaxError"),
        ("x = 1", "没有规则"),
        (CODE.format(code="S101", module="county_b", score=1), "S101"),
        (CODE.format(code="S901", module="county_b", score=1), "S901"),
    ],
)
def test_a_broken_plugin_names_its_distribution(install: Install, code: str, says: str) -> None:
    """One error in words, whatever broke in it; a published letter is not for plug-ins."""
    install("county_b", code)
    with pytest.raises(PluginError, match=f"(?s)county_b 1.0.*{says}"):
        catalogue()


def test_two_plugins_cannot_share_a_code(install: Install) -> None:
    """The error names both."""
    for module in ("county_c", "county_d"):
        install(module, CODE.format(code="Z002", module=module, score=1))
    with pytest.raises(PluginError, match=r"county_d 1.0.*Z002.*county_c 1.0"):
        catalogue()
