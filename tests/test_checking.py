"""From a file to its findings and the plan of corrections, through all stages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from perfeval.checking import check
from perfeval.config import Config
from perfeval.findings import Outcome, Safety
from perfeval.pipeline import check_chunk, read_chunk
from perfeval.policy import Policies
from perfeval.rules import Judgement, catalogue
from perfeval.sources import find
from perfeval.tables import Tables
from tests import form_text


def test_a_form_without_fault_has_no_finding(tmp_path: Path) -> None:
    """Not even a note: reviewers stop reading a tool that cries."""
    result = form_text.outcome(tmp_path, {}).result
    assert (result.status, result.all_findings()) == ("clean", ())
    assert "undecided" not in {result.forms[0].outcomes[code] for code in ("S101", "F102", "I105")}


def test_a_finding_has_cell_cause_derivation_and_fix(tmp_path: Path) -> None:
    """A total from before a score was changed is told as such, with every addend's cell."""
    found = form_text.form(tmp_path, {"97%|15|15|": "97%|15|14|措施已落实"}).findings
    finding = next(f for f in found if f.code == "S101")
    assert (finding.code, finding.cell, finding.found, finding.expected) == (
        "S101", "G18", "99.5", "98.5",
    )  # fmt: skip
    assert finding.field == "total.score"
    assert "14（G14）" in finding.derivation
    assert "验收合格率" in finding.causes[0].text
    assert finding.fix is not None
    assert finding.fix.safety is Safety.CONFIRM


def test_what_follows_from_a_fault_names_it_and_stands_behind_it(tmp_path: Path) -> None:
    """The score that fits only a wrong rate is put under the rate's finding."""
    found = form_text.form(tmp_path, {"95%|9.5\n": "80%|8\n", "100|99.5|": "100|98|"}).findings
    assert [finding.code for finding in found] == ["F102", "F103"]
    assert [finding.root for finding in found] == [None, found[0].id]


def test_ids_survive_rows_that_move(tmp_path: Path) -> None:
    """A finding is the same one when a row is inserted above it, and another for another row."""
    wrong = {"97%|15|15|": "97%|15|14|"}
    moved = wrong | {"年度总体目标|": "|其他渠道||||—||—\n年度总体目标|"}
    first, second = (form_text.form(tmp_path, changes).findings for changes in (wrong, moved))
    assert [f.id for f in first] == [f.id for f in second]
    assert [f.cell for f in first] != [f.cell for f in second]
    assert len({f.id for f in first}) == len(first)


def test_ids_do_not_depend_on_the_files_beside(tmp_path: Path) -> None:
    """Files are checked some at a time; how many, and which together, is nobody's concern."""
    for name in "abc":
        (tmp_path / f"{name}.xlsx").write_bytes(b"PK\x03\x04")
    sources = find([tmp_path])
    beside = [one.result.findings for one in check_chunk(sources, Config()).outcomes]
    alone = [check_chunk([one], Config()).outcomes[0].result.findings for one in sources]
    assert beside == alone and all(beside)


def test_a_crash_is_the_outcome_of_its_rule(tmp_path: Path) -> None:
    """The other rules go on, and the crash is shown."""

    def crash(tables: Tables, policies: Policies) -> Judgement:
        raise ZeroDivisionError("planted")

    source = form_text.outcome(tmp_path, {"100|99.5|": "100|98|"}).source
    tables, _ = read_chunk([source], Config())
    rules = [replace(catalogue()["F102"], run=crash), catalogue()["S101"]]
    checked = check(tables, Policies.resolve(tables), rules=rules)
    assert checked.outcomes[0] == {"F102": Outcome.CRASHED, "S101": Outcome.HIT}
    assert "planted" in checked.crashes["F102"]


@pytest.mark.parametrize(
    ("written", "new"),
    [("80%", "0.95"), ("0.8", "0.95"), ("80", "95")],
)
def test_a_corrected_rate_is_spelt_as_before(tmp_path: Path, written: str, new: str) -> None:
    """A percentage stays a percentage, a fraction a fraction, a bare number a bare number."""
    patches = form_text.outcome(tmp_path, {"95%|9.5\n": f"{written}|9.5\n"}).plan.patches
    assert [(p.code, p.cell, p.old, p.new) for p in patches] == [("F102", "G6", written, new)]


def test_a_template_row_is_cleared(tmp_path: Path) -> None:
    """What the template left over is no entry of the unit's."""
    left_over = {"|时效指标|": "||指标3：||||||\n|时效指标|"}
    patches = form_text.outcome(tmp_path, left_over).plan.patches
    assert [(p.code, p.cell, p.old, p.new) for p in patches] == [("I113", "C15", "指标3：", "")]


def test_markup_goes_and_spilled_text_stays_where_it_is(tmp_path: Path) -> None:
    """The corrected cell holds its own words, not those of the rows below."""
    told = "全年养护 120 公里，路况评定为良"
    changes = {f"{told}\n": f"<p>{told}</p>\n|||||另有桥梁 3 座完成检测，结果合格\n"}
    patches = form_text.outcome(tmp_path, changes).plan.patches
    assert [(p.code, p.new) for p in patches] == [("R008", told)]


def test_a_corrected_score_changes_the_total_that_follows(tmp_path: Path) -> None:
    """The plan leaves the total to the unit, with the value that fits the corrected score."""
    changes = {"95%|9.5\n": "95%|5\n", "100|99.5|": "100|95|"}
    plan = form_text.outcome(tmp_path, changes).plan
    assert [(p.code, p.new) for p in plan.patches] == [("F103", "9.5")]
    assert [(item.cell, item.old, item.new) for item in plan.left_out] == [("G18", "95", "99.5")]
    confirmed = form_text.outcome(tmp_path, changes, Config(confirm=True)).plan
    assert [(p.cell, p.new) for p in confirmed.patches] == [("H6", "9.5"), ("G18", "99.5")]


def test_a_finding_that_rests_on_the_policy_names_its_clause(tmp_path: Path) -> None:
    """The parameter, its value, the file, the first year and the basis."""
    changes = {"200|200|190|10|95%|9.5\n": "200|200|190|15|95%|14.25\n"}
    found = form_text.form(tmp_path, changes).findings
    clause = next(f for f in found if f.code == "F106").derivation
    assert clause.startswith("预算执行率分值 10（000000 全国，2015 年起，依据：《")
