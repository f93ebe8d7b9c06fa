"""查什么：一个工作表或一个工作簿里有几张自评表。

不查：附有项目清单、填表说明的工作簿。

怎样算：每张表各自审核、各自出结果；本条只作提示，每个文件提一次。
"""

from __future__ import annotations

import numpy as np

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.among import among_forms, first_of_each, remarked
from perfeval.rules.rule import Judgement, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "R015",
    "several-forms",
    level=Level.INFO,
    fix=Safety.MANUAL,
    title=Text("一个文件里有几张表", "Several forms"),
    message=Text(
        "文件里有 {text} 张自评表，已分别审核",
        "The file has {text} self-evaluation forms; each was checked by itself",
    ),
    advice=Text(
        "无须更正；按要求一表一报的，请拆开", "Nothing to do, unless one file a form is asked for"
    ),
    basis=("house",),
)
def several_forms(tables: Tables, policies: Policies) -> Judgement:
    """Files with more than one form, once a file."""
    remarks = first_of_each(remarked(tables, "several-forms"), "file_id")
    counts = np.bincount(tables.rows("forms").file_id, minlength=len(tables.rows("files")))
    number = counts[remarks.file_id].astype(str).astype(object)
    return among_forms(tables, remarks.assign(text=number))
