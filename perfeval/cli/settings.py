"""What may stand in perfeval.toml: each setting's meaning and an example, for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from perfeval.config import Config
from perfeval.limits import Limits
from perfeval.texts import Text


@dataclass(frozen=True, slots=True)
class Setting:
    """`example` is the line, or the section, as it stands in the file."""

    means: Text
    example: str

    @property
    def is_section(self) -> bool:
        return self.example.startswith("[")


# In the order in which a file is best read; sections come last, as TOML wants it.
SETTINGS: Mapping[str, Setting] = {
    "region": Setting(
        Text(
            "行政区划代码、全名或政策名称；不填则从各表识别",
            "region: code, full name, or name of a policy; else found in each form",
        ),
        'region = "310118"',
    ),
    "year": Setting(
        Text("评价年度；不填则从各表识别", "year of the evaluation; else found in each form"),
        "year = 2021",
    ),
    "lang": Setting(
        Text(
            "消息、文件名和报告的语言：zh 或 en；不填则按系统语言",
            "language of messages, names of files and reports: zh or en; else that of the system",
        ),
        'lang = "zh"',
    ),
    "select": Setting(
        Text(
            "只用这些规则：代码、代码的开头或名称",
            "only these rules: their codes, the beginnings of codes, or names",
        ),
        'select = ["S", "F102"]',
    ),
    "ignore": Setting(Text("不用这些规则", "not these rules"), 'ignore = ["I112"]'),
    "fail_on": Setting(
        Text(
            "有此级别及以上的问题即以 1 退出：error、warning、info、never",
            "exit with 1 from this level on: error, warning, info, never",
        ),
        'fail_on = "error"',
    ),
    "jobs": Setting(
        Text(
            "并行进程数，结果与此无关；0 由文件数和处理器数决定",
            "processes; the results do not depend on it; 0: as files and processors allow",
        ),
        "jobs = 2",
    ),
    "confirm": Setting(
        Text(
            "更正稿中也写入须单位确认的更正",
            "also write the fixes that need confirmation into the corrected copy",
        ),
        "confirm = true",
    ),
    "templates": Setting(
        Text("本单位的报告模板文件夹", "a folder with report templates of your own"),
        'templates = "模板"',
    ),
    "markdown": Setting(
        Text("差异报告另写一份 Markdown", "a Markdown variant beside each variance report"),
        "markdown = true",
    ),
    "letters": Setting(
        Text("为每个须更正的单位写退件函", "a return letter for each unit that must correct"),
        "letters = false",
    ),
    "reply_by": Setting(
        Text("退件函要求的报回日期；不填则留空", "the day letters ask for replies by; else blank"),
        "reply_by = 2022-12-31",
    ),
    "letter_date": Setting(
        Text("退件函的落款日期；不填则留空", "the date of letters; else blank"),
        "letter_date = 2022-12-01",
    ),
    "policy": Setting(
        Text("本单位的政策文件", "a policy file of your own"), 'policy = "本单位.toml"'
    ),
    "register": Setting(
        Text(
            "批复项目清单：找出未报送、重复报送和预算不符的项目",
            "list of approved projects: finds those missing, sent twice, or of another budget",
        ),
        'register = "批复项目.xlsx"',
    ),
    "waivers": Setting(
        Text("经签字同意的例外所在的文件", "file of the findings that someone has signed for"),
        'waivers = "豁免.toml"',
    ),
    "previous": Setting(
        Text(
            "上年的报送文件夹，或上年结果文件夹（results.json）：与上年比较目标和文字",
            "last year's submissions, or results of its run: targets and texts are compared",
        ),
        'previous = "../2020/结果"',
    ),
    "mask": Setting(
        Text(
            "总览、汇总和台账导出中隐去电话、证件号码和负责人、联系人姓名；退给单位的文件照原样",
            "phone and identity numbers and names of contacts are hidden in overview, summary and "
            "exports of the ledger; what goes back to the unit stays as it is",
        ),
        "mask = false",
    ),
    "ledger": Setting(
        Text(
            "台账数据库：文件或 postgresql:// 地址；不填则为结果文件夹中的 ledger.sqlite",
            "database of the ledger: a file or a postgresql:// URL; else ledger.sqlite in --out",
        ),
        'ledger = "台账.sqlite"',
    ),
    "scheduler": Setting(
        Text(
            "dask 调度器的地址，由其下各机器来做", "address of a dask scheduler that does the work"
        ),
        'scheduler = "tcp://10.0.0.1:8786"',
    ),
    "waiver": Setting(
        Text(
            "经签字同意的例外，也可直接写在这里，一条一节；project 可省",
            "findings that someone has signed for, one section each; project may be left out",
        ),
        '[[waiver]]\nunit = "养护中心"\nproject = "道路养护"\nrule = "S107"\n'
        'reason = "按合同分期验收，评分经财政局认可"\nsignatory = "王某某（绩效科）"\n'
        "until = 2022-12-31",
    ),
    "limits": Setting(
        Text(
            "读取文件的上限：字节、单元格、行列、秒；默认远大于任何自评表",
            "how much of a file is read at most; the defaults are far above any form",
        ),
        "[limits]\nfile_bytes = 268435456\ncells = 300000\nworker_seconds = 60",
    ),
    "labels": Setting(
        Text(
            "本单位表上特有的标签，按版块和含义；一个标签原来认不出，加在这里就认得",
            "wordings of your own forms, by section and role: an unknown label becomes known",
        ),
        '[labels.heading]\nproject = ["扶持事项"]',
    ),
}


def default_text(name: str) -> str:
    """The default as it would stand in the file; "" where there is none that is fixed."""
    if name == "lang":  # that of the system
        return ""
    return written(getattr(Config(), name))


def written(value: object) -> str:
    """A value as TOML has it, a section in short; "" for one that is empty."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple) and all(isinstance(item, str) for item in value):
        return f"[{', '.join(map(written, value))}]" if value else ""
    if isinstance(value, str):
        return f'"{value}"' if value else ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Limits):
        changed = (f.name for f in fields(value) if getattr(value, f.name) != f.default)
        return ", ".join(f"{name} = {getattr(value, name)}" for name in changed)
    return f"({len(value)})" if isinstance(value, Mapping | tuple) and value else ""
