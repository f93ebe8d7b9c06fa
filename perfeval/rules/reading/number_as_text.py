"""查什么：应填数字的单元格里是文本：以文本保存的数字、全角数字、夹有空格或千分位的数字、中文数字、数字后带单位。

不查：指标值和实际完成值（本来可写文字），用数字格式显示的千分位和百分号；
表样把名称和金额印在一格里的；文本文件（.txt、.csv）中的普通数字。

怎样算：只看资金、分值、得分、执行率和总分各格。去掉空格、千分位并改为半角后正好是一个数的，更正稿改存为数字；
带单位、带百分号和中文数字的，请单位自行改填。读出的数照常参加审核。
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from perfeval.exact import one_of
from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rows import texts
from perfeval.rules.among import among_forms, marked
from perfeval.rules.rule import Judgement, rule
from perfeval.tables import Tables
from perfeval.texts import Text

# a separator alone is how a text file shows a number
TYPED = ("text-number", "full-width", "blanks", "unit-inside", "chinese-numeral")
NUMBERS = (
    "initial_budget", "budget", "executed", "points", "rate", "score",
    "total_points", "total_score",
)  # fmt: skip

# 湖南部门整体支出表把“项目支出:2985.5万元”印在一格里，那是表样，不是填法
_FIGURE = re.compile(r"[+-]?[\d.]|[〇零一二三四五六七八九十百千万两壹贰叁肆伍陆柒捌玖拾佰仟]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_SEPARATORS = re.compile(r"[\s,]")


@rule(
    "R007",
    "number-as-text",
    level=Level.INFO,
    fix=Safety.SAFE,
    title=Text("数字存为文本", "Number stored as text"),
    message=Text(
        "“{found}”是文本，不是数字，表内公式不会把它计入",
        "“{found}” is a text, not a number: formulas will not count it",
    ),
    advice=Text(
        "请改填为数字，单位写在表头", "Type a plain number; the unit belongs in the heading"
    ),
    basis=("house",),
)
def number_as_text(tables: Tables, policies: Policies) -> Judgement:
    """Cells of figures that hold a text."""
    cells = marked(tables, *TYPED)
    cells = cells[one_of(cells.field, *NUMBERS) & (cells.table != "remarks")]
    plain = [_SEPARATORS.sub("", unicodedata.normalize("NFKC", raw)) for raw in cells.raw]
    cells = cells[np.array([bool(_FIGURE.match(text)) for text in plain], dtype=bool)]
    plain = [text for text in plain if _FIGURE.match(text)]
    simple = [bool(_NUMBER.fullmatch(text)) for text in plain]
    hits = cells.assign(
        plain=texts(text if one else "" for text, one in zip(plain, simple, strict=True)),
        safety=texts((Safety.SAFE if one else Safety.MANUAL).value for one in simple),
    )
    return among_forms(tables, hits, found="raw", expected="plain")
