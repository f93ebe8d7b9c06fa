"""What a drop folder gives back: returns, receipts, archive, overview; and what it refuses."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from perfeval.config import Config
from perfeval.errors import UsageError
from perfeval.watch import Event, Settings, watch
from tests.batch.test_hostile_names import HOSTILE, harmless, hostile
from tests.test_cli import CLEAN, SEED, call

QUICK = ("--still", "0s", "--interval", "50ms", "--once", "--select", "S101")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "收件夹"
    (folder / "教育").mkdir(parents=True)
    return folder


def files(folder: Path) -> set[str]:
    """What lies below a folder, but for our own rooms."""
    paths = (p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    return {path.as_posix() for path in paths if ".perfeval" not in path.parts}


OVERVIEW = {"index.html", "summary.xlsx", "results.json", "heartbeat.json", "ledger.sqlite"}


def test_each_file_is_returned_and_kept(inbox: Path, tmp_path: Path) -> None:
    """A form beside its receipt at its relative path, a broken one its reason, a zip's members."""
    (inbox / "教育" / "甲.xlsx").write_bytes(SEED.read_bytes())
    (inbox / "坏.xlsx").write_bytes(SEED.read_bytes()[:3000])
    with zipfile.ZipFile(inbox / "批.zip", "w") as package:
        package.write(CLEAN, "a/乙.xlsx")
    out, kept = tmp_path / "out", tmp_path / "归档"
    code, said = call("watch", inbox, "--out", out, "--archive", kept, *QUICK)
    assert code == 0 and "结束：退回 2 个，退件 1 个" in said
    assert files(inbox) == set()
    endings = ("_审核意见.xlsx", "_更正稿.xlsx", "_差异报告.html")
    returns = {f"{stem}{end}" for stem in ("教育/甲", "批/a/乙") for end in endings}
    receipts = {"教育/甲_回执.txt", "坏_回执.txt", "批.zip_回执.txt"}
    assert files(out) == OVERVIEW | returns | receipts
    (day,) = (path.name for path in (kept / "存档").iterdir())
    assert files(kept) == {
        f"存档/{day}/教育/甲.xlsx", f"存档/{day}/批.zip",
        f"退件/{day}/坏.xlsx", f"退件/{day}/坏.xlsx_原因.txt",
    }  # fmt: skip
    assert (kept / "存档" / day / "教育" / "甲.xlsx").read_bytes() == SEED.read_bytes()
    receipt = (out / "教育" / "甲_回执.txt").read_text(encoding="utf-8-sig")
    assert "教育/甲_审核意见.xlsx" in receipt and "第 1 轮" in receipt
    assert "损坏" in (kept / "退件" / day / "坏.xlsx_原因.txt").read_text(encoding="utf-8-sig")
    entries = json.loads((out / "results.json").read_bytes())["files"]
    assert len(entries) == 3


def test_another_round_leaves_the_first_return(inbox: Path, tmp_path: Path) -> None:
    """The overview has the last round only; the workbook that was returned is a round, too."""
    out = tmp_path / "out"
    (inbox / "甲.xlsx").write_bytes(SEED.read_bytes())
    call("watch", inbox, "--out", out, *QUICK)
    first = (out / "甲_审核意见.xlsx").read_bytes()
    (inbox / "甲_审核意见.xlsx").write_bytes(first)
    _, said = call("watch", inbox, "--out", out, *QUICK, "--log-format", "json")
    events = [json.loads(line) for line in said.splitlines()]
    (returned,) = (event for event in events if event["event"] == "returned")
    assert (returned["file"], returned["round"]) == ("甲_审核意见.xlsx", 2)
    assert (out / "甲_审核意见.xlsx").read_bytes() == first
    (entry,) = json.loads((out / "results.json").read_bytes())["files"]
    assert entry["round"] == 2
    assert entry["outputs"]["annotated"] == "甲_第2轮_审核意见.xlsx"


def test_english_names(inbox: Path, tmp_path: Path) -> None:
    """With --lang en names and receipts are English."""
    (inbox / "a.xlsx").write_bytes(CLEAN.read_bytes())
    call("watch", inbox, "--out", tmp_path / "out", *QUICK, "--lang", "en")
    assert {"a_annotated.xlsx", "a_receipt.txt"} <= files(tmp_path / "out")
    assert (tmp_path / "out" / "archive").is_dir()


def test_hostile_names_stay_where_they_belong(inbox: Path, tmp_path: Path) -> None:
    """Line breaks, quotes, formulas, scripts, names that differ by case, long ones: every file has
    its returns and its receipt, and nothing is written outside of the results.
    """
    names = ["=cmd|' .xlsx", "<script>.xlsx", "a\nb.xlsx", '引"号.xlsx', "A.xlsx", "a.XLSX"]
    names += ["长" * 60 + ".xlsx", "长" * 80 + ".xlsx"]
    for number, name in enumerate(names):
        (inbox / name).write_bytes(CLEAN.read_bytes())
        with zipfile.ZipFile(inbox / name, "a") as package:
            package.comment = b"%d" % number
    (inbox / "甲.xlsx").symlink_to(SEED)
    out = tmp_path / "out"
    _, said = call("watch", inbox, "--out", out, *QUICK)
    assert len(said.splitlines()) == len(names) + 1 + 3, (
        "a line an event, whatever files are called"
    )
    assert "甲.xlsx 是链接" in said
    assert [path.name for path in inbox.iterdir() if path.name != "教育"] == ["甲.xlsx"]
    returns = [name.casefold() for name in files(out) if name.endswith("_审核意见.xlsx")]
    receipts = [name for name in files(out) if name.endswith("_回执.txt")]
    assert len(set(returns)) == len(receipts) == len(names)
    assert {path.name for path in tmp_path.iterdir()} == {"收件夹", "out"}


def test_the_same_file_twice_at_once_is_one_round(inbox: Path, tmp_path: Path) -> None:
    """By names that differ in case only: one return and one receipt of the one content."""
    for name in ("A.xlsx", "a.XLSX"):
        (inbox / name).write_bytes(CLEAN.read_bytes())
    out = tmp_path / "out"
    call("watch", inbox, "--out", out, *QUICK)
    assert files(inbox) == set()
    assert len([name for name in files(out) if name.endswith("_审核意见.xlsx")]) == 1
    assert len([name for name in files(out) if name.endswith("_回执.txt")]) == 1


def test_hostile_archives_stay_where_they_belong(inbox: Path, tmp_path: Path) -> None:
    """Members that climb, are absolute, equal, very long, archives or bombs: each is answered."""
    good, inner = CLEAN.read_bytes(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as package:
        package.writestr("自评.xlsx", good)
    climbing = [
        "../../a.xlsx",
        "/etc/a.xlsx",
        "c:\\a.xlsx",
        "a.xlsx",
        "a.xlsx",
        "字" * 200 + ".xlsx",
    ]
    with (
        pytest.warns(UserWarning, match="Duplicate"),
        zipfile.ZipFile(inbox / "z.zip", "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for name in climbing:
            package.writestr(name, good)
        package.writestr("nested.zip", inner.getvalue())
        package.writestr("bomb.xls", bytes(40 << 20))
    out = tmp_path / "out"
    code, _ = call("watch", inbox, "--out", out, *QUICK)
    assert code == 0 and files(inbox) == set()
    entries = json.loads((out / "results.json").read_bytes())["files"]
    statuses = Counter(entry["status"] for entry in entries)
    assert statuses == {"clean": len(climbing), "unreadable": 2}
    returns = {name.casefold() for name in files(out) if name.endswith("_审核意见.xlsx")}
    assert len(returns) == len(climbing)
    assert all(name.startswith("z/") for name in returns)
    assert {path.name for path in tmp_path.iterdir()} == {"收件夹", "out"}


def test_no_project_is_a_script_or_a_formula(inbox: Path, tmp_path: Path) -> None:
    """In the overview, the reports and the receipts a hostile name is a text, and nothing else."""
    for number, name in enumerate(HOSTILE):
        (inbox / f"{number}.xlsx").write_bytes(hostile(name))
    call("watch", inbox, "--out", tmp_path / "out", *QUICK)
    assert len([name for name in files(tmp_path / "out") if name.endswith(".txt")]) == len(HOSTILE)
    harmless(tmp_path / "out")


@pytest.mark.parametrize(
    ("out", "archive"),
    [("收件夹", None), ("收件夹/out", None), (".", None), ("out", "收件夹/a"), ("out", ".")],
)
def test_folders_in_one_another_are_refused(
    inbox: Path, tmp_path: Path, out: str, archive: str | None
) -> None:
    """Or the returns would be submissions."""
    told = Settings(inbox, tmp_path / out, tmp_path / (archive or out), once=True)
    said: list[Event] = []
    with pytest.raises(UsageError, match="inbox"):
        watch(told, Config(), said.append, stopping=lambda: False)
    assert said == []


def test_an_absent_inbox_is_said_once(tmp_path: Path) -> None:
    """With --once it is not waited for, and the exit code says so."""
    code, said = call("watch", tmp_path / "nothing", "--out", tmp_path / "out", *QUICK)
    assert code == 3
    assert said.count("收件夹现在不能用") == 1
    assert not (tmp_path / "nothing").exists(), "a share may be mounted there"
