"""Published forms: the sums and rates that are wrong are found, those that are right are not."""

# ruff: noqa: E501  # a slip a line
from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from perfeval.findings import Finding
from tests.building import STYLES, lay_out
from tests.mutation import clean
from tests.mutation.drawn import draw, findings_in

ARITHMETIC = {"S101", "S102", "F102", "F103", "F104", "S104"}
FORMS = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parents[1] / "forms").glob("*.json"))
}
# What was computed from the printed figures; forms that are not named are right where they can be
# told. Lines are missing in many of them: where the total is missing, too, no sum is judged.
WRONG = {
    "ah-chizhou-2022-tangxi-wtyw": "F104 D5, F104 E5, F104 F5",  # total row 0/0/0
    # rows of 30 points are missing, and the total on top has them
    "cq-liangping-2022-forest-dept": "S102 -",
    "hn-lingling-2021-forest-dept": "F102 H5, F103 I5",  # 100% for 80.45%
    "sh-putuo-2022-tiyu-02": "F104 D6, F104 E6",  # parts 0.00, total 20000.00
}


@pytest.fixture(scope="module")
def published() -> Mapping[str, tuple[Finding, ...]]:
    """The findings on each published form, in the layout that it was printed in."""
    named = {name: form for name, form in FORMS.items() if form["template"]}
    files = [lay_out(form, STYLES[form["template"]]).data() for form in named.values()]
    return dict(zip(named, findings_in(files), strict=True))


@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if form["template"]])
def test_the_sums_of_a_published_form(
    name: str, published: Mapping[str, tuple[Finding, ...]]
) -> None:
    """No sum or rate is called wrong that is right, and none that is wrong goes unseen."""
    said = {f"{f.code} {f.cell or '-'}" for f in published[name] if f.code in ARITHMETIC}
    assert said == set(WRONG.get(name, "").split(", ")) - {""}


@dataclass(frozen=True, slots=True)
class Seen:
    """A slip seen in published forms, put into the clean form, and all that is said of it."""

    what: str
    style: str
    changes: Mapping[str, str]
    said: str


def amounts(row: int, initial: str, full: str, executed: str, rate: str) -> dict[str, str]:
    figures = {"initial": initial, "full": full, "executed": executed, "rate": rate}
    return {f"funds {row} {name}": text for name, text in figures.items()}


ONE_PART = {**amounts(3, "", "", "", ""), "funds 1 score": "10", "total score": "97"}
WHOLE = ONE_PART | amounts(1, "200", "200", "200", "100%") | amounts(2, "200", "200", "200", "100%")
REPEATED = {
    "funds 2 weight": "10",
    "funds 2 score": "9.33",
    "funds 3 weight": "10",
    "funds 3 score": "10",
}
SEEN = [
    Seen("权重合计 110 分", "mof10-standard", {"indicators 3 weight": "25", "indicators 3 score": "25", "total score": "106.5"}, "S102 S103"),
    Seen("组成之和差 1", "anhui-ab", {"funds 1 initial": "201"}, "F104"),
    Seen("尾数舍入不算错", "mof10-standard", amounts(1, "200.00", "200.01", "190.01", "95%") | amounts(2, "150.00", "150.004", "140.006", "93.33%") | amounts(3, "50.00", "50.004", "50.004", "100%"), ""),
    Seen("执行率 82.12% 而全部支出", "mof10-standard", WHOLE | {"funds 1 rate": "82.12%"}, "F102"),
    Seen("全部支出而得 8.5 分", "mof10-standard", WHOLE | {"funds 1 score": "8.5", "total score": "95.5"}, "F103"),
    Seen("执行分值写成 9，各项合计 99", "anhui-ab", WHOLE | {"funds 1 weight": "9", "funds 1 score": "9", "total score": "96"}, "F106 S102"),
    Seen("组成各行重复分值和得分", "mof10-standard", REPEATED, ""),
    Seen("组成各行重复总额的执行得分", "xinjiang-wide", {"funds 2 weight": "10", "funds 2 score": "9.5", "funds 3 weight": "10", "funds 3 score": "9.5", "funds 4 weight": "10", "funds 4 score": "0"}, ""),
    Seen("总额一行为 0", "anhui-ab", amounts(1, "0", "0", "0", "0") | {"funds 1 score": "0", "total score": "87"}, "F101 F104 F104 F104"),
    Seen("预算为 0 而有支出", "mof10-standard", amounts(1, "0", "0", "207.4538", "100%") | amounts(2, "0", "0", "207.4538", "") | amounts(3, "", "", "", "") | {"funds 1 score": "10", "total score": "97"}, "F101"),
    Seen("执行率写成截尾的小数", "mof10-standard", amounts(1, "200", "200", "191.724", "0.958") | amounts(2, "150", "150", "141.724", "94.48%") | {"funds 1 score": "9.58", "total score": "96.58"}, ""),
    Seen("执行率 86.19 而应为 86.18304", "mof10-shanghai", WHOLE | amounts(1, "200", "200", "172.36608", "86.19%") | amounts(2, "200", "200", "172.36608", "86.18%") | {"funds 1 score": "8.62", "total score": "95.62"}, "F102"),
    Seen("得分取整", "mof10-standard", WHOLE | amounts(1, "200", "200", "172.4", "86.2%") | amounts(2, "200", "200", "172.4", "86.2%") | {"funds 1 score": "9", "total score": "96"}, ""),
    Seen("横线表示没有", "mof10-standard", amounts(3, "—", "—", "—", "—") | {"funds 2 initial": "200", "funds 2 full": "200", "funds 2 executed": "190", "funds 2 rate": "95%", "funds 4 initial": "/", "funds 4 full": "/", "funds 4 executed": "/"}, ""),
    Seen("百分号都没写", "mof10-standard", {"funds 1 rate": "95", "funds 2 rate": "93.33", "funds 3 rate": "100"}, ""),
    Seen("权重写成百分比", "sichuan-puhui-pctweight", {f"indicators {row} weight": f"{points}%" for row, points in enumerate((10, 10, 20, 20, 10, 10, 10, 10), 1)} | {"indicators 3 score": "20", "indicators 4 score": "20", "total score": "97", "total weight": "100%"}, ""),
    Seen("其中再细分", "mof10-standard", {"funds 4 label": "其中：专户资金", "funds 3 label": "其他资金"}, ""),
    Seen("没有总分", "mof10-standard", {"total score": "", "total weight": "", "indicators 8 weight": "5", "indicators 8 score": "5"}, "R004"),
    Seen("湖北的单位用财政部的表", "mof10-standard", {"department": "湖北省黄石市文化和旅游局"}, ""),
]  # fmt: skip


@pytest.fixture(scope="module")
def seen() -> Mapping[str, tuple[Finding, ...]]:
    files = [draw(clean.changed(clean.form(), s.changes), STYLES[s.style]).data() for s in SEEN]
    return dict(zip((s.what for s in SEEN), findings_in(files), strict=True))


@pytest.mark.parametrize("slip", SEEN, ids=lambda slip: slip.what)
def test_slips_seen_in_published_forms(slip: Seen, seen: Mapping[str, tuple[Finding, ...]]) -> None:
    """Each says what it must, and nothing else, at any level."""
    assert sorted(f.code for f in seen[slip.what]) == slip.said.split()
