"""`perfeval blank`: an empty form to hand out."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfeval.cli import options
from perfeval.texts import Lang, Text

if TYPE_CHECKING:
    from perfeval.blank import Asked, LastYear

FIRST, LAST = 2010, 2100
MADE = Text(
    "已写出 {file}：{layout}，指标 {rows} 行，口径 {policy}",
    "Wrote {file}: {layout}, {rows} rows of indicators, policies {policy}",
)
NATIONWIDE = Text(
    "{region} 没有自己的口径，按全国口径填好分值",
    "{region} has no policy of its own; the nationwide one is used",
)
NO_FORM = Text("{file} 里没有自评表，未写出", "{file} holds no form; nothing was written")


def _year(_: click.Context, __: click.Parameter, value: str) -> int:
    if re.fullmatch("[0-9]{4}", value) and FIRST <= int(value) <= LAST:
        return int(value)
    years = [str(year) for year in range(FIRST, LAST + 1)]
    short = re.fullmatch("[0-9]{2}", value)
    near = [f"20{value}"] if short else difflib.get_close_matches(value, years, 1, 0.5)
    hint = f"，是否应为 {near[0]}（did you mean {near[0]}?）" if near else ""
    raise click.BadParameter(f"{value} 不是 {FIRST}–{LAST} 的年份（not a year）{hint}")


@click.command("blank")
@click.option(
    "--region",
    required=True,
    shell_complete=options.complete_regions,
    help="行政区划代码、地名或政策名称，如 310118、四川省  code or name of the region",
)
@click.option("--year", required=True, callback=_year, help="评价年度  year of the form")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="写到（.xlsx）  write to (.xlsx)",
)
@click.option(
    "--from",
    "last",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="沿用上年自评表的项目、单位、指标  take project, unit and indicators of last year",
)
@click.option(
    "--indicators",
    type=click.IntRange(1, 20),
    help="每个二级指标的行数，默认 2，沿用上年时 1  rows for each second level",
)
@click.option(
    "--money-unit",
    type=click.Choice(["元", "万元"]),
    help="金额单位，默认按当地通行做法  unit of money, by default that of the place",
)
@click.option(
    "--no-cost", is_flag=True, help="不设一级成本指标  without first-level cost indicators"
)
@click.option("--force", is_flag=True, help="覆盖已有文件  overwrite the file")
@click.option("--policy", "own", help=options.POLICY)
@options.language
def command(
    region: str,
    year: int,
    output: Path,
    last: Path | None,
    indicators: int | None,
    money_unit: str | None,
    no_cost: bool,
    force: bool,
    own: str | None,
    lang: Lang,
) -> int:
    """生成空白自评表：分值按当地口径填好，执行率、得分、小计和总分自动计算，各栏有批注和下拉列表。

    An empty form: points of the policy, live formulas, drop-downs and notes.

    \b
    perfeval blank --region 310118 --year 2024 -o 自评表.xlsx
    perfeval blank --region 四川省 --year 2024 -o 新表.xlsx --from 上年自评表.xls
    perfeval blank --region 000000 --year 2024 -o 自评表.xlsx --indicators 3 --no-cost
    """  # fmt: skip
    from perfeval import policy
    from perfeval.blank import ROWS, Asked, blank_form, has_own_policy
    from perfeval.config import discover
    from perfeval.outbox import write_whole

    if output.suffix.lower() != ".xlsx":
        raise click.UsageError(f"{output}：只能写 .xlsx（only .xlsx can be written）")
    if output.exists() and not force:
        raise click.UsageError(
            f"{output} 已存在，不覆盖；请换一个文件名，或加 --force（exists, not overwritten）"
        )
    code = options.place(region)
    asked = Asked(
        region=code,
        year=year,
        rows=indicators or (1 if last else ROWS),
        money_unit=money_unit or "",
        cost=not no_cost,
        office=policy.own(discover(Path.cwd()).policy if own is None else own),
    )
    carried = _carried(last, asked, lang) if last else None
    made = blank_form(asked, carried, lang=lang)
    write_whole(output, made.content)
    said = {"layout": made.layout, "rows": made.rows, "policy": made.policy}
    click.echo(MADE(lang, file=output, **said))
    if not has_own_policy(code):
        click.echo(NATIONWIDE(lang, region=region))
    for line in (*(carried.left_out if carried else ()), *made.remarks):
        click.echo(f"  · {line}")
    return 0


def _carried(file: Path, asked: Asked, lang: Lang) -> LastYear:
    """What the form in `file` hands on. Raises UsageError where there is none."""
    from perfeval.blank import has_cost, last_year
    from perfeval.config import Config
    from perfeval.errors import UsageError
    from perfeval.pipeline import read_chunk
    from perfeval.sources import single

    tables, _ = read_chunk([single(file)], Config())
    found = last_year(tables, lang, cost=has_cost(asked))
    if found is None:
        why = str(tables.files[f"detail_{lang}"].iat[0])
        raise UsageError(f"{NO_FORM(lang, file=file)}：{why}")
    return found
