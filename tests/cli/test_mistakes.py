"""A wrong call: one line that says what is wrong with the nearest right word, exit 2."""

from __future__ import annotations

import pytest

from tests.cli.calling import SEED, Caller


@pytest.mark.parametrize(
    ("call_of", "says"),
    [
        ("chek", "是否应为 check"),
        ("policy shw", "是否应为 show"),
        ("check {seed} --selct S101", "是否应为 --select"),
        ("check {seed} --select S10l", "是否应为 S101"),
        ("check {seed} --ignore total-mismach", "是否应为 total-mismatch"),
        ("check {seed} --format jsn", "是否应为 json"),
        ("check {seed} --year 二〇二一", "应为整数"),
        ("check {seed} --year 21", "year"),
        ("check {seed} --region 31118", "310118 上海市青浦区"),
        ("check {seed} --region 上海市青蒲区", "310118 上海市青浦区"),
        ("check {seed} --diff --format json", "--format text"),
        ("check", "缺少 PATH"),
        ("check 没有.xlsx", "没有.xlsx"),
        ("check {seed} --config 没有.toml", "没有 没有.toml"),
        ("policy show 31118", "310118 上海市青浦区"),
        ("rules X101", "是否应为"),
        ("completion tcsh", "bash、zsh、fish"),
    ],
)
def test_the_nearest_right_word_is_named(call_of: str, says: str, call: Caller) -> None:
    """For commands, options, values, codes and places."""
    done = call(*[part.format(seed=SEED) for part in call_of.split()])
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("name", ["", "policy", "config"])
def test_a_group_alone_shows_its_help(name: str, call: Caller) -> None:
    """Nothing was asked for: what could be asked for is told."""
    assert "--help" in call(*name.split()).err


@pytest.mark.parametrize("region", ["310118", "上海市青浦区", "青浦区"])
def test_a_place_is_known_by_code_or_name(region: str, call: Caller) -> None:
    """The same policy in each case."""
    assert call("policy", "show", region, "2021") == call("policy", "show", "310118", "2021")


def test_a_code_younger_than_our_list_is_judged_by_its_city(call: Caller) -> None:
    """A note names the nearest place that there is; the policy of the province holds."""
    done = call("policy", "show", "310199")
    assert done.code == 0
    assert "名录中没有区划代码 310199" in done.err
