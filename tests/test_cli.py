"""The commands as a user meets them: outputs, exit codes, messages, and what is left alone."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from perfeval.cli.main import group, main
from perfeval.rules import catalogue
from tests import form_text

SAMPLES = Path(__file__).parent.parent / "sample_workbooks"
SEED = next(SAMPLES.glob("青浦*.xlsx"))
CLEAN = next(SAMPLES.glob("溪桥*.xlsx"))


def call(*args: str | Path) -> tuple[int, str]:
    """Exit code and everything printed."""
    result: Result = CliRunner().invoke(group, [str(a) for a in args], standalone_mode=False)
    assert result.exception is None, result.exception
    return int(result.return_value or 0), result.output


def word_file(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<w/>")


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder with a good file and three that cannot be read."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.xlsx").write_bytes(SEED.read_bytes())
    (folder / "broken.xlsx").write_bytes(SEED.read_bytes()[:3000])
    (folder / "empty.xlsx").write_bytes(b"")
    word_file(folder / "word.docx")
    return folder


def test_one_bad_file_never_stops_the_rest(mixed: Path, tmp_path: Path) -> None:
    """The good one is done, the others are named with their cause, exit 3, sources untouched."""
    before = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in mixed.iterdir()}
    code, output = call("run", mixed, "--out", tmp_path / "out")
    assert code == 3
    results = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))
    status = {Path(f["path"]).name: f["status"] for f in results["files"]}
    assert status == {
        "good.xlsx": "error", "broken.xlsx": "unreadable", "empty.xlsx": "unreadable",
        "word.docx": "unreadable",
    }  # fmt: skip
    assert all(f["reason"] for f in results["files"] if f["status"] == "unreadable")
    assert all(f"{name}：" in output for name in ("broken.xlsx", "empty.xlsx", "word.docx"))
    assert (tmp_path / "out" / "good_审核意见.xlsx").exists()
    assert {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in mixed.iterdir()} == before


def test_run_leaves_what_the_contract_names(tmp_path: Path) -> None:
    """Annotated, corrected, report, letter, overview, ledger; the workbooks open elsewhere."""
    call("run", SEED, "--out", tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    stem = SEED.stem
    assert names == {
        f"{stem}_审核意见.xlsx", f"{stem}_更正稿.xlsx", f"{stem}_差异报告.html",
        "results.json", "index.html", "summary.xlsx", "综合科_退件函.docx",
        "ledger.sqlite", ".perfeval-kept.sqlite",
    }  # fmt: skip
    assert openpyxl.load_workbook(tmp_path / f"{stem}_审核意见.xlsx").active.title == "审核意见"
    corrected = openpyxl.load_workbook(tmp_path / f"{stem}_更正稿.xlsx")
    assert "更正说明" in corrected.sheetnames


def test_english_run_has_english_names(tmp_path: Path) -> None:
    """--lang en changes names, sheets and messages."""
    code, output = call("run", CLEAN, "--out", tmp_path, "--lang", "en")
    assert code == 0
    assert "files 1, forms 1;" in output
    assert (tmp_path / f"{CLEAN.stem}_annotated.xlsx").exists()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_same_input_gives_the_same_bytes(tmp_path: Path, jobs: str) -> None:
    """Whatever the number of processes, in every output; the two databases know the time of day."""
    call("run", SAMPLES, "--out", tmp_path / "a", "--jobs", "1")
    call("run", SAMPLES, "--out", tmp_path / "b", "--jobs", jobs)
    first, second = (
        {
            p.relative_to(tmp_path / side): p.read_bytes()
            for p in (tmp_path / side).rglob("*.*")
            if p.suffix != ".sqlite"
        }
        for side in "ab"
    )
    assert {name for name in first if first[name] != second.get(name)} == set()
    assert first.keys() == second.keys()


def test_exit_codes_follow_the_findings(tmp_path: Path) -> None:
    """0 clean, 1 at --fail-on or above, 0 below it; nothing checked is not 0."""
    assert call("check", CLEAN, "-q")[0] == 0
    assert call("check", SEED, "-q")[0] == 1
    assert call("check", SEED, "-q", "--fail-on", "never")[0] == 0
    assert call("check", SEED, "-q", "--select", "R007")[0] == 0
    (tmp_path / "list.csv").write_text("序号,项目\n1,甲\n", encoding="utf-8")
    assert call("check", tmp_path / "list.csv", "-q")[0] != 0


def test_select_and_ignore(tmp_path: Path) -> None:
    """Codes, their beginnings, or names; the rest stays silent."""
    _, output = call("check", SEED, "--format", "jsonl", "--select", "S,I105", "--ignore", "S101")
    assert {json.loads(line)["code"] for line in output.splitlines()} == {"I105"}


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["check", "nothing.xlsx"], "nothing.xlsx"),
        (["check", str(SEED), "--select", "total-mismach"], "total-mismatch"),
        (["check", str(SEED), "--region", "上海市青蒲区"], "310118 上海市青浦区"),
        (["check", str(SEED), "--year", "21"], "year"),
        (["chek", str(SEED)], "check"),
    ],
)
def test_a_wrong_call_says_what_and_exits_2(
    args: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line, with the nearest word that would have been right where there is one."""
    with pytest.raises(SystemExit) as end:
        main(args)
    assert end.value.code == 2
    assert says in capsys.readouterr().err


def test_check_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not beside the file, not in the working folder."""
    (tmp_path / "in.txt").write_text(form_text.text_of({}), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    call("check", "in.txt")
    assert [p.name for p in tmp_path.iterdir()] == ["in.txt"]


def test_strip_gives_the_submission_back(tmp_path: Path) -> None:
    """`strip` of the annotated copy reads like the source, and does not overwrite."""
    call("run", SEED, "--out", tmp_path)
    call("strip", tmp_path / f"{SEED.stem}_审核意见.xlsx", "-o", tmp_path / "plain.xlsx")
    before, after = (openpyxl.load_workbook(p) for p in (SEED, tmp_path / "plain.xlsx"))
    assert before.sheetnames == after.sheetnames
    for sheet in before:
        cells = {cell.coordinate: cell.value for row in sheet for cell in row}
        assert cells == {c.coordinate: c.value for row in after[sheet.title] for c in row}
    with pytest.raises(SystemExit):
        main(["strip", str(SEED), "-o", str(tmp_path / "plain.xlsx")])


def test_rules_has_a_page_for_each_code() -> None:
    """The page of a code holds its code; the catalogue lists every one."""
    assert "S101" in call("rules", "S101")[1]
    assert "F104" in call("rules")[1]


def test_the_catalogue_is_a_workbook_too(tmp_path: Path) -> None:
    """One row a rule, the codes in their order."""
    call("rules", "--format", "xlsx", "-o", tmp_path / "rules.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "rules.xlsx").active.values)
    assert [row[0] for row in rows[1:]] == list(catalogue())


def test_inspect_maps_fields_to_cells() -> None:
    """The flat map of the contract: each field with its cell, as printed and as understood."""
    _, output = call("inspect", CLEAN, "--format", "json")
    document = json.loads(output)
    assert document["schema"] == "perfeval-inspect/1"
    fields = {(f["table"], f["row"], f["field"]): f for f in document["forms"][0]["fields"]}
    assert fields["forms", 1, "total_score"]["raw"] == "97.25"
    assert {"label", "budget", "executed", "rate", "score"} <= {
        n for t, r, n in fields if t == "funds"
    }
    for form in ("text", "html"):
        assert "97.25" in call("inspect", CLEAN, "--format", form)[1]


def test_an_office_teaches_a_label(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wording that nobody knew becomes one line in perfeval.toml."""
    text = form_text.text_of({"项目名称|": "扶持事项|"})
    (tmp_path / "in.txt").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    before = json.loads(call("check", "in.txt", "--format", "json")[1])["files"][0]["forms"][0]
    (tmp_path / "perfeval.toml").write_text('[labels.heading]\nproject = ["扶持事项"]\n', "utf-8")
    after = json.loads(call("check", "in.txt", "--format", "json")[1])["files"][0]["forms"][0]
    assert (before["project"], after["project"]) == (None, "农村公路养护")


def test_inspect_says_what_an_unknown_layout_lacks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The nearest family and the labels that it misses."""
    (tmp_path / "x.csv").write_text(
        "项目名称,甲\n一级指标,二级指标\n产出指标,数量指标\n", encoding="utf-8"
    )
    with pytest.raises(SystemExit) as end:
        main(["inspect", str(tmp_path / "x.csv")])
    assert end.value.code == 3
    assert "缺少" in capsys.readouterr().err


def test_policy_show_names_values_and_sources() -> None:
    """Each parameter with where it came from."""
    code, output = call("policy", "show", "310118", "2021")
    assert code == 0
    assert "财预〔2020〕10号" in output or "mof-2020-10" in output
