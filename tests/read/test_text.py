"""Plain text as a grid."""

from __future__ import annotations

import pytest

from perfeval.errors import UnreadableError
from perfeval.limits import Limits
from perfeval.read import read_bytes

FORM = (
    "\n## 财政项目支出绩效自评表\n\n(2021 年度)\n\n"
    "项目名称\t规划统筹\t\t\n"
    "\t年度资金总额\t180,000.00\t99.96%\n"
    '产出指标\t"数量\n指标"\t=100%\n'
)


def grid(text: str | bytes, name: str = "a.txt") -> dict[str, object]:
    data = text.encode() if isinstance(text, str) else text
    (sheet,) = read_bytes(data, name).sheets
    return {cell.ref: cell.value for cell in sheet.cells.values()}


def test_tabs_part_the_fields_and_lines_the_rows() -> None:
    """Rows count the lines; numbers stay texts; the mark of a heading is no content."""
    assert grid(FORM) == {
        "A2": "财政项目支出绩效自评表",
        "A4": "(2021 年度)",
        "A6": "项目名称",
        "B6": "规划统筹",
        "B7": "年度资金总额",
        "C7": "180,000.00",
        "D7": "99.96%",
        "A8": "产出指标",
        "B8": "数量\n指标",
        "C8": "=100%",
    }


def test_the_sheet_is_named_after_the_file() -> None:
    """The stem of the name, as Excel does; 文本 where there is none."""
    assert read_bytes(b"a\tb", "报送/青浦 2021.txt").sheets[0].name == "青浦 2021"
    assert read_bytes(b"a\tb", "").sheets[0].name == "文本"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ends_make_no_difference(encoding: str, end: str) -> None:
    """Notepad, WPS and report systems write different bytes for the same table."""
    text = "项目名称,得分\n规划统筹,92\n"
    assert grid(text.replace("\n", end).encode(encoding)) == {
        "A1": "项目名称",
        "B1": "得分",
        "A2": "规划统筹",
        "B2": "92",
    }


def test_commas_part_fields_only_where_there_is_no_tab() -> None:
    """An amount with separators in a file of tabs is one field."""
    assert grid("a\t1,000\n") == {"A1": "a", "B1": "1,000"}
    assert grid('a,"1,000"\n') == {"A1": "a", "B1": "1,000"}


def test_a_quotation_at_the_start_of_a_field_is_text() -> None:
    """Only a quote that closes right before a delimiter encloses a field."""
    assert grid('x\t"一厅一片"建设\n"未完\ty\n"说""好"""\tz\n') == {
        "A1": "x",
        "B1": '"一厅一片"建设',
        "A2": '"未完',
        "B2": "y",
        "A3": '说"好"',
        "B3": "z",
    }


def test_damage_in_a_few_places_does_not_change_the_encoding() -> None:
    """A cut character becomes U+FFFD; the rest is not read as another encoding."""
    data = ("绩效自评" * 100).encode()
    assert grid(data[:-1])["A1"] == "绩效自评" * 99 + "绩效自\ufffd"


def test_bytes_that_are_no_text_are_refused() -> None:
    """Control characters all over are no text in any encoding."""
    with pytest.raises(UnreadableError, match="无法识别"):
        read_bytes(bytes(range(256)) * 20, "a.txt")


def test_more_cells_than_the_limit_are_refused() -> None:
    """The limit holds for texts too."""
    with pytest.raises(UnreadableError, match="过多"):
        read_bytes(b"1\t2\t3", "a.txt", limits=Limits(cells=2))
