"""Personal data does not leave the unit's own return; figures and names of offices do."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from msgspec import structs

from perfeval.course import Handled, Past, Reply, Standing
from perfeval.findings import FileResult
from perfeval.report.index import index_html
from perfeval.report.masking import mask, masked
from perfeval.report.results_json import results
from perfeval.report.summary import summary_xlsx


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("电话13812345678。", "电话138****5678。"),
        ("138 1234 5678", "138****5678"),
        ("+86 13812345678", "138****5678"),
        ("021-59732890", "021-****2890"),
        ("（0550）3021234", "（0550）****1234"),
        ("身份证 31011819800131123X", "身份证 310118********123X"),
        ("旧证 310118800131123", "旧证 310118******123"),
        ("zhang.san@qp.gov.cn", "z***@qp.gov.cn"),
        ("项目负责人：张三", "项目负责人：张*"),
        ("项目负责人及电话：欧阳修文 13812345678", "项目负责人及电话：欧*** 138****5678"),
        ("填报人(签字)：李四", "填报人(签字)：李*"),
        ("联系人 王五 021-59732890", "联系人 王* 021-****2890"),
        ("负责人（赵六）", "负责人（赵*）"),
        ("联系人：张三、李四", "联系人：张*、李*"),
        ("负责人: John Smith", "负责人: J*********"),
        ("138-1234-5678", "138****5678"),
        ("138·1234·5678", "138****5678"),
        ("１３８１２３４５６７８", "138****5678"),
        ("+8613812345678", "138****5678"),
        ("（+86）138 1234 5678", "（+86）138****5678"),
        ("13812345678/13912345678", "138****5678/139****5678"),
        ("021-5973 2890", "021-****2890"),
        ("021－59732890", "021－****2890"),
        ("电话：59732890", "电话：****2890"),
        ("传真:3021234", "传真:****1234"),
        ("310118 19800131 123x", "310118********123x"),
        ("310118-19800131-1234", "310118********1234"),
        ("项目负责人张三", "项目负责人张*"),
        ("联系人王五、李四", "联系人王*、李*"),
        ("项目负责人欧阳修，电话13812345678", "项目负责人欧**，电话138****5678"),
        ("项目负责人\n张三", "项目负责人\n张*"),
        (
            "填报人：王小明  审核人：李四  电话：59732890",
            "填报人：王**  审核人：李*  电话：****2890",
        ),
        ("法定代表人：张三", "法定代表人：张*"),
    ],
)
def test_people_are_masked(text: str, expected: str) -> None:
    """Phones, identity numbers, mail and names after a role are not readable any more."""
    assert mask(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "执行数 13800000000.00 元",
        "13812345678元",
        "1,381,234,567",
        "统一社会信用代码 91310118MA1JKXXXX7",
        "310118999999999999",
        "责任人：区域发展办公室",
        "负责人审核后报送",
        "负责人签字：",
        "手机 1200 部",
        "电话费 12345678 元",
        "座机 1000000元",
        "6222021234567890123",
        "2021年12月31日",
        "主管部门：上海市青浦区区域发展办公室",
        "",
    ],
)
def test_the_rest_is_left_alone(text: str) -> None:
    """Amounts, codes of offices, dates and sentences are no personal data."""
    assert mask(text) == text


def test_a_masked_result_keeps_its_figures(seed: FileResult) -> None:
    """Only texts change, in findings, goals and indicators; totals and cells stay."""
    form = seed.forms[0]
    phone = "联系人：张三 13812345678"
    found = replace(form.findings[0], message=phone, causes=(), found="13812345678")
    goal = structs.replace(form.goals[0], actual=phone)
    file = replace(seed, forms=(replace(form, project=phone, findings=(found,), goals=(goal,)),))
    clean = masked(file)
    data = results([clean], tool="t", rules_hash="h").decode()
    assert "1234" not in data.replace(seed.sha256, "")
    assert "张三" not in data
    assert clean.forms[0].total == form.total
    assert clean.forms[0].findings[0].cell == "G33"


def test_answers_and_earlier_rounds_are_masked(seed: FileResult) -> None:
    """What a unit replied, and what its cells held before."""
    phone = "联系人：张三 13812345678"
    reply = Reply("id", Handled.EXPLAINED, phone)
    past = Past("id", "S101", "", "error", "S", "A1", phone, ((1, Standing.NEW),), reply)
    form = seed.forms[0]
    findings = (replace(form.findings[0], reply=reply),)
    file = replace(seed, past=(past,), forms=(replace(form, findings=findings),))
    assert "张三" not in repr(masked(file))
    assert "1381" not in repr(masked(file))


def test_nothing_personal_nothing_changed(seed: FileResult) -> None:
    """A result without personal data comes back equal."""
    assert masked(seed) == seed


def test_overviews_hold_nothing_personal(seed: FileResult) -> None:
    """Whatever text it stood in: neither summary.xlsx nor index.html has it, unless asked for."""
    phone = "（联系人：张三 13812345678）"
    form = seed.forms[0]
    told = replace(form.findings[0], message=phone, advice=phone, found=phone, expected=phone)
    told = replace(told, derivation=phone, reply=Reply(told.id, Handled.EXPLAINED, phone))
    past = Past("id", "S101", phone, "error", "S", "A1", phone, ((1, Standing.NEW),), told.reply)
    line = structs.replace(
        form.indicators[0], level3=phone, target=phone, actual=phone, reason=phone
    )
    texts = {"project": phone, "department": phone, "unit": phone}
    form = replace(form, **texts, findings=(told,), indicators=(line,))
    file = replace(seed, forms=(form,), past=(past,), findings=(told,), round=2)
    for hidden in (True, False):
        page = index_html([file], masked=hidden)
        book = summary_text(summary_xlsx([file], masked=hidden))
        for text in (page, book):
            assert ("13812345678" in text, "张三" in text) == (not hidden, not hidden)


def summary_text(data: bytes) -> str:
    """Every text of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return "\n".join(str(v) for sheet in book for row in sheet.values for v in row if v is not None)
