"""Totals that the policy caps at a low execution rate: results and reports give the capped one."""

from __future__ import annotations

from pathlib import Path

import pytest

import perfeval
from perfeval.findings import FileResult
from perfeval.report.index import index_html
from perfeval.report.variance import variance_html, variance_markdown
from tests.building import STYLES, lay_out
from tests.mutation import clean
from tests.mutation.faults import HALF_SPENT


@pytest.fixture
def half_spent(tmp_path: Path) -> FileResult:
    """Half of the money is spent, the parts add to 92, the total says 69: the cap at 50%."""
    form = clean.changed(clean.form(), {**HALF_SPENT, "total score": "69"})
    path = tmp_path / "a.xlsx"
    path.write_bytes(lay_out(form, STYLES["mof10-standard"]).data())
    (file,) = perfeval.check(path, config=perfeval.Config(region="capped")).files
    return file


def test_results_give_sum_cap_and_capped_total(half_spent: FileResult) -> None:
    """`recomputed` stays the sum; the grade is that of the capped total."""
    total = half_spent.forms[0].total
    assert (total.recomputed, total.cap, total.capped) == ("92", "69", "69")
    assert total.grade == "中"
    assert not [f for f in half_spent.forms[0].findings if f.code in ("S101", "S114")]


def test_reports_say_that_the_total_is_capped(half_spent: FileResult) -> None:
    """A total at its cap agrees: sum and cap stand in the report, and no difference."""
    page = variance_html(half_spent)
    assert "按执行率封顶" in page and "各项得分合计 92" in page and "✓ 一致" in page
    assert "+23" not in page
    assert "| 填报总分 | 按执行率封顶 | 差异 |" in variance_markdown(half_spent)
    assert "| 69 | 69 | 0 | 69 |" in variance_markdown(half_spent)
    assert "+23" not in index_html([half_spent])
