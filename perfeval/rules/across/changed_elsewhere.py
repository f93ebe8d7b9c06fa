"""查什么：与上一轮相比，改动了没有任何问题涉及的地方。

不查：第一次报送的表；有问题的那一行的其他各格；随其他改动而变的总分和等级；由公式算出的格。

怎样算：退件里记有上一轮每一格的内容，各行按名称对应（行移动了也能对上），内容不同而那一行上一轮没有问题的，
逐格提出。总分有问题的，改动任何得分都算有问题涉及。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text

_BLANK = "—"


@rule(
    "Y109",
    "changed-elsewhere",
    level=Level.INFO,
    fix=Safety.MANUAL,
    title=Text("改动了问题以外的内容", "Changed where nothing was asked"),
    message=Text(
        "上一轮的意见没有涉及此处，内容由“{before}”改为“{after}”",
        'No finding of the last round asked for this: "{before}" is now "{after}"',
    ),
    advice=Text("请审核人留意；有误改的，请改回", "For the reviewer to note; undo it if a slip"),
    basis=("house",),
    needs=("changes",),
)
def changed_elsewhere(tables: Tables, policies: Policies) -> Judgement:
    """Values that differ from the last round; undecided on a form where none does."""
    changes = tables.changes
    shown = changes.assign(
        before=changes.before.mask(changes.before == "", _BLANK),
        after=changes.after.mask(changes.after == "", _BLANK),
    )
    return judge(shown, ~changes.asked, field="")
