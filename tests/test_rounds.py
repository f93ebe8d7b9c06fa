"""The reply loop: what went back comes in again, and every finding is in its right state."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any  # JSON, and cells of openpyxl

import openpyxl
import pytest
from openpyxl.utils.cell import coordinate_from_string

from perfeval import convert
from perfeval.course import from_json, to_json
from perfeval.ooxml.package import Package
from perfeval.rounds import round_of
from perfeval.write import strip
from perfeval.write.round_record import read_round
from tests.test_cli import SEED, call
from tests.write.results import some_result

soffice = convert.converter()
Save = Callable[[Path], None]


def as_it_is(path: Path) -> None:
    """Saved by openpyxl only: what Excel keeps and drops is much the same."""


def through_libreoffice(path: Path) -> None:
    """Opened and saved again by LibreOffice, as a unit would."""
    folder = path.parent / "saved"
    subprocess.run(
        [str(soffice), "--headless", f"-env:UserInstallation={(path.parent / 'me').as_uri()}",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    (folder / path.name).replace(path)


SAVES = [
    pytest.param(as_it_is, id="openpyxl"),
    pytest.param(
        through_libreoffice,
        id="libreoffice",
        marks=[
            pytest.mark.libreoffice,
            pytest.mark.skipif(soffice is None, reason="needs soffice on the path"),
        ],
    ),
]


def run(source: Path, out: Path) -> Any:
    """The file's entry in results.json."""
    call("run", source, "--out", out)
    return json.loads((out / "results.json").read_text(encoding="utf-8"))["files"][0]


def states(entry: Any) -> dict[tuple[str, str], str]:
    """By code and cell."""
    findings = [f for form in entry["forms"] for f in form["findings"]]
    return {(f["code"], f["cell"]): f["state"] for f in findings}


def returned(
    entry: Any,
    out: Path,
    to: Path,
    save: Save,
    *,
    values: Mapping[str, object] | None = None,
    replies: Mapping[tuple[str, str], tuple[str, str]] | None = None,
    change: Callable[[Any], None] = lambda sheet: None,
) -> Path:
    """The annotated copy with values and replies typed in."""
    book = openpyxl.load_workbook(out / entry["outputs"]["annotated"])
    review, form = book["审核意见"], book[entry["forms"][0]["sheet"]]
    head = next(row for row in review.iter_rows() if row[0].value == "序号")
    columns = {cell.value: cell.column for cell in head}
    for row in review.iter_rows(min_row=head[0].row + 1):
        at = {name: row[column - 1] for name, column in columns.items() if column}
        said = (replies or {}).get((at["编号"].value, at["单元格"].value))
        if said:
            at["处理情况"].value, at["单位说明"].value = said
    for ref, value in (values or {}).items():
        form[ref].value = value
    change(form)
    to.parent.mkdir(parents=True, exist_ok=True)
    book.save(to)
    save(to)
    return to


@pytest.mark.parametrize("save", SAVES)
def test_every_finding_comes_back_in_its_state(save: Save, tmp_path: Path) -> None:
    """Corrected, explained, unchanged, new; then recurred; with the rules on rounds."""
    first = run(SEED, tmp_path / "1")
    before = states(first)
    assert set(before.values()) == {"new"} and first["round"] == 1
    form = first["forms"][0]
    total = form["total"]["cell"]
    key, empty_key = (("R005", "G25"), ("I108", "A15"))
    sheet = openpyxl.load_workbook(SEED)[form["sheet"]]
    unit = next(c.coordinate for row in sheet for c in row if c.value == form["unit"])
    back = returned(
        first, tmp_path / "1", tmp_path / "in" / "back.xlsx", save,
        values={total: float(form["total"]["recomputed"]), unit: "青浦区另一个单位"},
        replies={key: ("说明", "按合同分两期验收"), empty_key: ("说明", "核实无误")},
    )  # fmt: skip
    second = run(back, tmp_path / "2")
    after = states(second)
    assert second["round"] == 2
    assert ("S101", total) in {(p["code"], p["cell"]) for p in second["closed"]}
    assert after[key] == "explained"
    assert after[empty_key] == "unchanged"
    levels = {(f["code"], f["cell"]): f["level"] for f in second["forms"][0]["findings"]}
    assert levels[key] == "info" and levels[empty_key] == "warning"
    assert ("Y108", empty_key[1]) in after
    assert ("Y109", unit) in after and ("Y109", total) not in after
    assert any(code == "Y107" for code, _ in after)
    assert not any(code == "Y110" for code, _ in after)
    again = {k for k in before if k in after} - {key}
    assert {after[k] for k in again} == {"unchanged"}
    wrong = returned(
        second, tmp_path / "2", tmp_path / "in2" / "back.xlsx", save,
        values={total: float(form["total"]["reported"])},
    )  # fmt: skip
    third = run(wrong, tmp_path / "3")
    finding = next(f for f in third["forms"][0]["findings"] if f["code"] == "S101")
    assert finding["state"] == "recurred"
    assert [(t["round"], t["state"]) for t in finding["course"]] == [
        (1, "new"), (2, "corrected"), (3, "recurred"),
    ]  # fmt: skip
    assert states(third)[key] == "explained"


@pytest.mark.parametrize("save", SAVES)
def test_what_comes_back_untouched_is_told(save: Save, tmp_path: Path) -> None:
    """Y110, with what is still open (Y107) under it; nothing is corrected, nothing is new."""
    first = run(SEED, tmp_path / "1")
    back = returned(first, tmp_path / "1", tmp_path / "in" / "b.xlsx", save)
    second = run(back, tmp_path / "2")
    after = states(second)
    codes = {code for code, _ in after}
    assert {"Y107", "Y110"} <= codes and "Y109" not in codes
    assert second["closed"] == []
    assert {k: after[k] for k in states(first)} == dict.fromkeys(states(first), "unchanged")
    call("run", tmp_path / "2" / second["outputs"]["annotated"], "--out", tmp_path / "3")


def test_findings_are_matched_when_rows_have_moved(tmp_path: Path) -> None:
    """A row put in above moves every cell and no state."""
    first = run(SEED, tmp_path / "1")
    book = openpyxl.load_workbook(SEED)
    assert book.active is not None
    merges = [str(block) for block in book.active.merged_cells.ranges]

    def push_down(sheet: Any) -> None:
        for block in merges:
            sheet.unmerge_cells(block)
        sheet.insert_rows(1)
        for block in merges:
            left, right = (coordinate_from_string(r) for r in block.split(":"))
            sheet.merge_cells(f"{left[0]}{left[1] + 1}:{right[0]}{right[1] + 1}")

    back = returned(first, tmp_path / "1", tmp_path / "in" / "b.xlsx", as_it_is, change=push_down)
    second = run(back, tmp_path / "2")
    wanted = sorted(f["id"] for f in first["forms"][0]["findings"])
    here = {f["id"]: f["state"] for f in second["forms"][0]["findings"]}
    assert [here.get(i) for i in wanted] == ["unchanged"] * len(wanted)


def test_findings_are_matched_on_a_renamed_sheet(tmp_path: Path) -> None:
    """Another name of the sheet makes nothing new, and replies still reach their findings."""
    first = run(SEED, tmp_path / "1")
    form = first["forms"][0]
    total = form["total"]["cell"]

    def rename(sheet: Any) -> None:
        sheet.title = "改了名的表"

    back = returned(
        first, tmp_path / "1", tmp_path / "in" / "b.xlsx", as_it_is, change=rename,
        values={total: float(form["total"]["recomputed"])},
        replies={("R005", "G25"): ("说明", "按合同分两期验收")},
    )  # fmt: skip
    second = run(back, tmp_path / "2")
    after = states(second)
    assert ("S101", total) in {(p["code"], p["cell"]) for p in second["closed"]}
    assert after["R005", "G25"] == "explained"
    again = {key for key in states(first) if key in after} - {("R005", "G25")}
    assert {after[key] for key in again} == {"unchanged"}
    assert "new" not in {state for (code, _), state in after.items() if code < "Y107"}
    assert ("Y109", total) not in after


def test_the_corrected_copy_is_a_round_too(tmp_path: Path) -> None:
    """A unit that adopts the corrected copy answers with it."""
    first = run(SEED, tmp_path / "1")
    second = run(tmp_path / "1" / first["outputs"]["corrected"], tmp_path / "2")
    assert second["round"] == 2
    assert second["closed"]


def test_a_first_submission_has_no_rounds(tmp_path: Path) -> None:
    """No course, no rule on rounds, no column for it."""
    first = run(SEED, tmp_path)
    findings = first["forms"][0]["findings"]
    assert all(f["course"] == [] and f["code"] < "Y107" for f in findings)
    book = openpyxl.load_workbook(tmp_path / first["outputs"]["annotated"])
    assert "历次" not in {cell.value for row in book["审核意见"] for cell in row}


def test_the_record_survives_its_way_through_a_cell() -> None:
    """What a round remembers is read as it was written, in several pieces too."""
    done = round_of(some_result())
    assert from_json(to_json(done)) == done
    assert from_json(to_json(done)[:-3]) is None
    assert from_json("[]") is None


def test_a_damaged_record_is_a_first_round(tmp_path: Path) -> None:
    """Where someone has written over the record, the file is checked as it stands."""
    first = run(SEED, tmp_path / "1")
    path = tmp_path / "1" / first["outputs"]["annotated"]
    book = openpyxl.load_workbook(path)
    for row in book["审核意见"].iter_rows():
        for cell in row:
            if str(cell.value).startswith("perfeval-round"):
                cell.value = str(cell.value)[:500]
    out = BytesIO()
    book.save(out)
    assert read_round(Package.open(out.getvalue())) is None
    (tmp_path / "b.xlsx").write_bytes(out.getvalue())
    assert run(tmp_path / "b.xlsx", tmp_path / "2")["round"] == 1
    assert strip(out.getvalue())


@pytest.mark.libreoffice
@pytest.mark.skipif(soffice is None, reason="needs soffice on the path")
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_a_copy_saved_in_another_format_is_the_next_round(ending: str, tmp_path: Path) -> None:
    """Our sheet is known in an .xls or .ods, and replies are read; nothing of ours is checked."""
    first = run(SEED, tmp_path / "1")
    path = returned(
        first, tmp_path / "1", tmp_path / "back.xlsx", lambda path: None,
        replies={("S101", first["forms"][0]["total"]["cell"]): ("异议", "按批复四舍五入，见附件")},
    )  # fmt: skip
    subprocess.run(
        [str(soffice), "--headless", f"-env:UserInstallation={(tmp_path / 'me').as_uri()}",
         "--convert-to", ending, "--outdir", str(tmp_path / "in"), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    second = run(tmp_path / "in" / f"back.{ending}", tmp_path / "2")
    assert second["round"] == 2
    assert [form["sheet"] for form in second["forms"]] == [f["sheet"] for f in first["forms"]]
    (total,) = [f for f in second["forms"][0]["findings"] if f["code"] == "S101"]
    assert total["state"] == "explained"
    book = openpyxl.load_workbook(tmp_path / "2" / second["outputs"]["annotated"])
    assert [name for name in book.sheetnames if name.startswith("审核意见")] == ["审核意见"]


def test_inspect_draws_the_file_without_our_marks(tmp_path: Path) -> None:
    """A file that was returned is drawn as the unit's own."""
    first = run(SEED, tmp_path / "1")
    _, page = call("inspect", SEED, "--format", "html")
    marked = tmp_path / "1" / first["outputs"]["annotated"]
    _, drawn = call("inspect", marked, "--format", "html")
    assert drawn.replace(str(marked), str(SEED)) == page
