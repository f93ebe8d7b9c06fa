"""The cut-out: faulty rows where they stand on the sheet, merged as there, each cell marked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from perfeval.report.cutout import Cutout, cutout
from perfeval.report.review import review
from tests.form_text import form


def of(folder: Path, changes: Mapping[str, str]) -> Cutout | None:
    return cutout(review(form(folder, changes)), "zh")


def test_a_clean_form_has_none(tmp_path: Path) -> None:
    """Nothing has to be corrected, so nothing is cut out."""
    assert of(tmp_path, {}) is None


def test_a_faulty_row_stands_where_it_is(tmp_path: Path) -> None:
    """Under the letters of its columns, by its row number, its faulty cells marked; then the
    total.
    """
    cut = of(tmp_path, {"≥95%|97%|15|15": "≥95%||15|15"})
    assert cut is not None
    assert "".join(cut.letters) == "ABCDEFGH"
    assert cut.heads[3:7] == ("年度指标值", "实际完成值", "分值", "得分")
    (number, cells), (last, total) = cut.rows
    assert (number, last) == (14, 18)
    assert [(cell.ref, cell.level) for cell in cells if cell.marks] == [("E14", "error")]
    assert [cell.text for cell in total][:2] == ["总分", "99.5"]


def test_a_level_spans_its_rows(tmp_path: Path) -> None:
    """Two faulty rows of a class: its label is one cell over both."""
    cut = of(tmp_path, {"≥95%|97%": "≥95%|", "2022年12月底前|2022年11月": "2022年12月底前|"})
    assert cut is not None
    first, second, _ = (cells for _, cells in cut.rows)
    assert (first[0].text, first[0].rows) == ("产出指标", 2)
    assert len(second) == len(first) - 1


@pytest.mark.parametrize("rows", [9])
def test_many_faults_are_not_all_drawn(rows: int, tmp_path: Path) -> None:
    """The first six rows; the report tells of the rest."""
    line = "|质量指标|验收合格率|≥95%|97%|15|15|\n"
    more = "".join(f"|质量指标|第{n}段验收合格率|≥95%||1|1|\n" for n in range(rows))
    cut = of(tmp_path, {line: line + more})
    assert cut is not None
    assert (len(cut.rows), cut.more) == (6 + 1, rows - 6)
