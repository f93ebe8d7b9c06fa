"""Which value holds for which form."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from perfeval import policy
from perfeval.errors import PolicyError
from perfeval.findings import Level
from perfeval.policy import Policies


def _forms(*rows: tuple[str, int | None, str]) -> pd.DataFrame:
    """Forms of (region, year, layout)."""
    regions, years, layouts = zip(*rows, strict=True)
    return pd.DataFrame(
        {
            "form_id": range(len(rows)),
            "region": pd.Series(regions, dtype="str"),
            "year": pd.array(years, dtype="Int64"),
            "run_year": pd.array([None] * len(rows), dtype="Int64"),
            "layout": pd.Series(layouts, dtype="str"),
        }
    )


@pytest.mark.parametrize(
    ("region", "year", "key", "value"),
    [
        ("", 2021, "execution_points", 100000),
        ("310118", 2021, "execution_points", 100000),
        ("420100", 2022, "execution_points", 200000),
        ("420100", 2022, "band2_low", 500000),
        ("360000", 2022, "band2_low", 600000),
        ("510000", 2023, "low_execution", 900000),
        ("510000", 2019, "low_execution", 600000),
        ("450000", 2021, "overfulfilment", 1300000),
        ("120101", 2022, "upper_bound_formulas", ""),
        ("120101", 2019, "upper_bound_formulas", "inverse linear"),
        ("000000", 2021, "cost_points", None),
        ("000000", 2022, "cost_points", 200000),
        ("000000", None, "cost_points", 200000),
        ("500000", 2022, "score_digits", 2),
        ("capped", 2022, "overfulfilment_deduction", 20000),
        ("", 1998, "execution_points", 100000),
    ],
)
def test_the_nearest_place_and_latest_year_hold(
    region: str, year: int | None, key: str, value: int | str | None
) -> None:
    """County before city before province before country; of each the last value begun."""
    assert policy.load(region, year)[key] == value


@pytest.mark.parametrize("region", ["31", "abc", "上海", "../x", "31011８", "3101180"])
def test_a_region_that_is_none_is_refused(region: str) -> None:
    """A code of six digits, or a policy's name: anything else is a wrong call."""
    with pytest.raises(PolicyError, match="no such region"):
        policy.load(region)


def test_what_a_form_prints_goes_with_the_form() -> None:
    """The Hubei form has 20 points of execution in Yunnan as well, its neighbours have 10."""
    forms = _forms(("530500", 2021, "hubei-20-80"), ("530500", 2021, "mof10-standard"))
    points = Policies.resolve(forms).onto(forms, "execution_points_e4").execution_points_e4
    assert points.tolist() == [200000, 100000]


def test_the_call_wins_over_the_form() -> None:
    """Region and year of the command line overrule what was found."""
    forms = _forms(("310118", 2021, ""))
    policies = Policies.resolve(forms, region="420000", year=2022)
    assert policies.of(0)["execution_points"] == 200000


def test_parameters_join_rows_of_any_index() -> None:
    """Each row gets the values of its own form, whatever its index."""
    forms = _forms(("310118", 2021, ""), ("420000", 2021, ""))
    rows = pd.DataFrame({"form_id": [1, 0, 1]}, index=[7, 5, 3])
    joined = Policies.resolve(forms).onto(rows, "execution_points_e4", "rate_conventions")
    assert joined.execution_points_e4.tolist() == [200000, 100000, 200000]
    assert joined.rate_conventions.tolist() == ["round cut"] * 3
    assert joined.index.tolist() == [7, 5, 3]


def test_an_own_file_inherits_and_switches_off(tmp_path: Path) -> None:
    """An office's file lies over the region's; rules are off with a reason, or change level."""
    own = tmp_path / "own.toml"
    own.write_text(
        """
        name = "某区"
        [low_execution]
        label = "执行率低于此数须说明"
        values = [{ from = 2022, value = 0.75, basis = "house" }]
        [rules.S103]
        off = "权重由单位自定"
        [rules.S101]
        level = "warning"
        from = 2023
        """,
        encoding="utf-8",
    )
    forms = _forms(("420000", 2022, ""), ("420000", 2023, ""), ("420000", 2021, ""))
    policies = Policies.resolve(forms, own=own)
    assert [policies.of(f)["low_execution"] for f in range(3)] == [750000, 750000, 600000]
    assert policies.of(0)["execution_points"] == 200000
    assert policies.is_off(0, "S103") and policies.off_reason(0, "S103") == "权重由单位自定"
    assert not policies.is_off(0, "S101") and policies.is_off(-1, "S103")
    levels = [policies.level(form, "S101", Level.ERROR) for form in (-1, 0, 1)]
    assert levels == [Level.WARNING, Level.ERROR, Level.WARNING]


def test_a_rule_on_trial_is_a_note(tmp_path: Path) -> None:
    """Whatever its level; what the office's file says stands in `show` and in what was used."""
    own = tmp_path / "own.toml"
    own.write_text(
        """
        [low_execution]
        label = "执行率低于此数须说明"
        values = [{ from = 2022, value = 0.75, basis = "house" }]
        [rules.S101]
        trial = true
        [rules.S103]
        off = "权重由单位自定"
        """,
        encoding="utf-8",
    )
    policies = Policies.resolve(_forms(("310118", 2022, "")), own=own)
    assert policies.is_trial(0, "S101") and not policies.is_trial(0, "S103")
    assert policies.level(0, "S101", Level.ERROR) is Level.INFO
    used = policies.of(0).used(found=policies.found)
    assert (used.found, used.files[-1]) == (("region", "year"), "own.toml")
    assert [(value.key, value.value) for value in used.values] == [("low_execution", "0.75")]
    assert [(rule.code, rule.off, rule.trial) for rule in used.rules] == [
        ("S101", "", True), ("S103", "权重由单位自定", False),
    ]  # fmt: skip
    shown = policy.show("310118", 2022, own=policy.own(own))
    assert [line[:3] for line in shown[-2:]] == [
        ("rules.S101", "trial", "试行"), ("rules.S103", "off", "权重由单位自定"),
    ]  # fmt: skip


def test_an_own_file_may_stand_on_another_place(tmp_path: Path) -> None:
    """`inherits` names the policy below, whatever the form's region."""
    own = tmp_path / "own.toml"
    own.write_text('inherits = "capped"', encoding="utf-8")
    policies = Policies.resolve(_forms(("310118", 2022, "")), own=own)
    assert policies.of(0)["execution_caps"]


def test_an_absent_own_file_is_a_policy_error(tmp_path: Path) -> None:
    """A file that cannot be read is named."""
    with pytest.raises(PolicyError, match=r"none\.toml"):
        Policies.resolve(_forms(("", 2021, "")), own=tmp_path / "none.toml")


def test_show_tells_which_file_won() -> None:
    """Each line has key, value, label, source, first year; those of single layouts stand apart."""
    lines = policy.show("420100", 2022)
    assert lines[0][:5] == ("execution_points", "20", "预算执行率分值", "420000 湖北省", 2018)
    assert ("000000 全国", 2015) in {(line.source, line.from_year) for line in lines}
    assert any("hubei-20-80" in line.label for line in lines)


def test_no_forms_need_no_policy() -> None:
    """An empty chunk resolves."""
    forms = _forms(("", 2021, "")).iloc[:0]
    assert Policies.resolve(forms).distinct == ()
