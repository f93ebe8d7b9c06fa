"""查什么：自评表缺少表样规定的部分，如项目资金、年度总体目标、绩效指标、总分。

不查：表样本来就没有的部分；部分在而未填的单元格，由相应的规则提出。

怎样算：按认出的表样列出必有的部分，逐一核对是否找得到。有总分一栏而没有填总分、
填的不是数字的，也按缺少总分提出；是公式而没有结果的，见 R010。
"""

from __future__ import annotations

import numpy as np

from perfeval.exact import Flags, Texts, among, one_of
from perfeval.findings import Level, Safety
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rows import texts
from perfeval.rules.among import marked
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Lang, Text


@rule(
    "R004",
    "missing-block",
    level=Level.ERROR,
    fix=Safety.MANUAL,
    title=Text("缺少规定的部分", "Missing block"),
    message=Text("{detail_zh}", "{detail_en}"),
    advice=Text("请按表样补上所缺部分后重新报送", "Add the missing part as the layout has it"),
    basis=("form-layout",),
)
def missing_block(tables: Tables, policies: Policies) -> Judgement:
    """Forms without a block that their layout requires, or with a blank total."""
    forms = tables.rows("forms")
    blank = forms.has_total & one_of(forms.total_score_state, State.BLANK, State.TEXT)
    blank &= ~among(forms.row_id, marked(tables, "no-cache", "error").row_id)
    blocks = forms.missing_blocks
    lacking = np.where(blank, blocks + "、总分", blocks)
    lacking = texts(text.strip("、") for text in lacking)
    field = np.where(blocks != "", "missing_blocks", "total_score").astype(object)
    return judge(
        forms.assign(lacking=lacking, field=field),
        lacking != "",
        field="",
        found="lacking",
        detail_zh=lambda: _detail(blocks, blank, "zh"),
        detail_en=lambda: _detail(blocks, blank, "en"),
    )


_LACKS = Text("自评表缺少：{blocks}", "The form lacks: {blocks}")
_BLANK = Text("总分没有填写，或不是数字", "The total is blank or is no number")


def _detail(blocks: Texts, blank: Flags, lang: Lang) -> Texts:
    """What is missing altogether, and whether the total is there and not filled in."""
    between = Text("；", "; ")(lang)
    return texts(
        between.join(
            filter(None, (_LACKS(lang, blocks=lacks) if lacks else "", _BLANK(lang) * is_blank))
        )
        for lacks, is_blank in zip(blocks, blank.tolist(), strict=True)
    )
