"""`perfeval blank` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calling import SAMPLES, SEED, Caller

FORMS = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".xlsx", ".csv", ".txt"))


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Caller:
    return Caller(capsys)


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder of its own, in Chinese."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")


def blank(call: Caller, *args: str) -> tuple[int, str, str]:
    return call("blank", "--year", "2023", "-o", "form.xlsx", *args)


def test_a_form_is_written(call: Caller) -> None:
    """The line says which layout, how many rows, and whose points."""
    code, out, _ = blank(call, "--region", "四川省")
    assert code == 0
    assert out == "已写出 form.xlsx：sichuan-dept-project，指标 18 行，口径 全国 → 四川省\n"
    assert Path("form.xlsx").read_bytes()[:2] == b"PK"


def test_a_place_without_a_policy_gets_the_nationwide_form(call: Caller) -> None:
    """And a line says so."""
    code, out, _ = blank(call, "--region", "370000")
    assert (code, out.splitlines()[1]) == (0, "370000 没有自己的口径，按全国口径填好分值")


def test_a_file_is_not_overwritten(call: Caller) -> None:
    """Without --force."""
    Path("form.xlsx").write_text("mine", encoding="utf-8")
    code, _, err = blank(call, "--region", "000000")
    assert (code, Path("form.xlsx").read_text(encoding="utf-8")) == (2, "mine")
    assert "--force" in err
    assert blank(call, "--region", "000000", "--force")[0] == 0


@pytest.mark.parametrize(
    ("args", "near"),
    [
        (["--region", "四川声"], "510000 四川省"),
        (["--region", "310119x"], ""),
        (["--region", "310118", "--year", "24"], "2024"),
        (["--region", "310118", "--year", "20223"], "2023"),
    ],
)
def test_a_misspelt_region_or_year_gets_the_nearest(
    args: list[str], near: str, call: Caller
) -> None:
    """Nothing is written."""
    code, _, err = blank(call, *args)
    assert (code, Path("form.xlsx").exists()) == (2, False)
    assert f"是否应为 {near}" in err if near else "没有地区" in err


def test_only_xlsx_is_written(call: Caller) -> None:
    code, _, err = call("blank", "--region", "000000", "--year", "2023", "-o", "form.xls")
    assert (code, "只能写 .xlsx" in err) == (2, True)


@pytest.mark.parametrize(
    "path", sorted(SAMPLES.glob("*_20*.[xct][lsx][sxvt]*")), ids=lambda p: p.stem
)
def test_any_form_can_be_last_years(path: Path, call: Caller) -> None:
    """What perfeval reads it can carry over."""
    code, out, err = blank(call, "--region", "000000", "--from", str(path))
    assert (code, err) == (0, "")
    assert "已写出" in out


def test_a_file_without_a_form_is_refused(call: Caller) -> None:
    """Saying why, and writing nothing."""
    Path("list.csv").write_text("序号,项目名称\n1,甲\n", encoding="utf-8")
    code, _, err = blank(call, "--region", "000000", "--from", "list.csv")
    assert (code, Path("form.xlsx").exists()) == (2, False)
    assert "没有自评表" in err


def test_the_seed_goes_over(call: Caller) -> None:
    """Every indicator of the seed has a row in the new form."""
    from perfeval.config import Config
    from perfeval.pipeline import read_chunk
    from perfeval.sources import single

    assert blank(call, "--region", "310118", "--from", str(SEED))[0] == 0
    names = [
        set(read_chunk([single(path)], Config())[0].indicators.level3) - {""}
        for path in (SEED, Path("form.xlsx"))
    ]
    assert names[0] <= names[1]
