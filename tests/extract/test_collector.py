"""What a collector gathers, and when it becomes tables."""

from __future__ import annotations

from perfeval.extract import Collector
from tests.building.sketch import sketch, workbook

FORM = """
    | 一级指标 | 二级指标 | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分 |
    | 产出指标 | 数量指标 | 推进完成率 | =100%      | 100%       | 8    | 8    |
    | ^        | ^        | 项目库梳理 | =100%      |            | 6    | 5    |
"""


def test_tables_stay_as_they_were_when_more_files_come() -> None:
    """A column that is asked for later has the rows of its time."""
    collector = Collector()
    collector.add_workbook(collector.add_file("a.xlsx"), workbook(sketch(FORM)))
    before = collector.tables()
    collector.add_workbook(collector.add_file("b.xlsx"), workbook(sketch(FORM)))
    after = collector.tables()
    assert before.rows("indicators").level3.tolist() == ["推进完成率", "项目库梳理"]
    assert before.rows("files").file.tolist() == ["a.xlsx"]
    assert after.rows("indicators").form_id.tolist() == [0, 0, 1, 1]


def test_cells_stand_row_by_row() -> None:
    """The cells of a row stand together, in the order of its fields; a blank one has its place."""
    collector = Collector()
    collector.add_workbook(collector.add_file("a.xlsx"), workbook(sketch(FORM)))
    cells = collector.tables().rows("cells")
    second = cells[cells.position == 2]
    assert list(second.values("field", "ref", "raw")) == [
        ("level1", "A2", "产出指标"),
        ("level2", "B2", "数量指标"),
        ("level3", "C3", "项目库梳理"),
        ("target", "D3", "=100%"),
        ("actual", "E3", ""),
        ("points", "F3", "6"),
        ("score", "G3", "5"),
    ]
