"""A small clean form as tab text, for tests that change one thing in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from perfeval.config import Config
from perfeval.findings import FileResult, FormResult
from perfeval.pipeline import Outcome, check_chunk
from perfeval.sources import Source

CLEAN = """\
项目支出绩效自评表
（2022年度）
项目名称|农村公路养护
主管部门|某县交通运输局||||实施单位|公路管理所
项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分
|年度资金总额|200|200|190|10|95%|9.5
|其中：当年财政拨款|200|200|190|—|95%|—
|上年结转资金||||—||—
|其他资金||||—||—
年度总体目标|预期目标||||实际完成情况
|养护县道 120 公里，路况保持良好||||全年养护 120 公里，路况评定为良
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
产出指标|数量指标|养护里程|≥120公里|120公里|20|20|
|质量指标|验收合格率|≥95%|97%|15|15|
|时效指标|完成时间|2022年12月底前|2022年11月|15|15|
效益指标|社会效益指标|通行事故下降率|≥5%|6%|30|30|
满意度指标|服务对象满意度指标|群众满意度|≥90%|92%|10|10|
总分|||||100|99.5|
"""


def text_of(changes: Mapping[str, str]) -> str:
    """CLEAN with each key, which must stand in it once, replaced by its value."""
    text = CLEAN
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text.replace("|", "\t")


def outcome(folder: Path, changes: Mapping[str, str], config: Config | None = None) -> Outcome:
    """The changed form, written as a text file and checked."""
    path = folder / "form.txt"
    path.write_text(text_of(changes), encoding="utf-8")
    source = Source(path.name, path.name, str(path))
    return check_chunk([source], config or Config()).outcomes[0]


def form(folder: Path, changes: Mapping[str, str], config: Config | None = None) -> FormResult:
    result: FileResult = outcome(folder, changes, config).result
    assert len(result.forms) == 1
    return result.forms[0]
