"""The workbook: a form on a sheet, protected but for its inputs, set up for A4."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any  # openpyxl's sheets carry no types of use here

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from perfeval.blank.blocks import write_blocks
from perfeval.blank.carried import LastYear
from perfeval.blank.draft import Draft
from perfeval.blank.guards import guard
from perfeval.blank.notes import notes
from perfeval.blank.page import Page
from perfeval.blank.printed import Printed, printed
from perfeval.blank.sections import Section, section
from perfeval.blank.weights import weights
from perfeval.ooxml.results import with_results
from perfeval.ooxml.undated import saved
from perfeval.policy import PolicyFile, load
from perfeval.texts import Lang, Text, points_text

DIFFERS = Text(
    "{label}沿用的分值合计 {given}，新表应为 {due}，请调整",
    "The points carried over for {label} add to {given} and should add to {due}",
)
ROWS = 2  # indicators for each second level
SHEET = "自评表"
_A4, _PORTRAIT_WIDTH = 9, 135  # characters that can still be read across a page on end
_YUAN = ("31",)  # provinces whose forms are in 元


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form is asked for. `region` is a code or a policy's name; "" picks the unit."""

    region: str
    year: int
    rows: int = ROWS
    money_unit: str = ""
    cost: bool = True
    office: PolicyFile | None = None


@dataclass(frozen=True, slots=True)
class Blank:
    """The form as .xlsx, and how it came out."""

    content: bytes
    layout: str
    policy: str  # names of the policies that its weights are from
    rows: int
    remarks: tuple[str, ...] = ()  # classes whose points of last year are not those of the policy


def blank_form(asked: Asked, last: LastYear | None = None, *, lang: Lang = "zh") -> Blank:
    """The empty form of a region and year. Raises PolicyError for a region that is none."""
    form = printed(asked.region)
    policy = load(asked.region, asked.year, layout=form.slug, own=asked.office)
    carried = last or LastYear()
    of_classes = weights(policy, cost=asked.cost and form.cost)
    sections = tuple(section(c, carried.rows, asked.rows) for c in of_classes.classes)
    book = Workbook()
    book.properties.creator = "perfeval"
    book.properties.title = form.title
    sheet: Any = book.active
    sheet.title = SHEET
    unit = asked.money_unit or ("元" if asked.region[:2] in _YUAN else "万元")
    draft = Draft(
        Page(sheet), form, policy, of_classes, carried, sections, asked.year, unit,
        notes(policy, asked.office, lang),
    )  # fmt: skip
    last_row = write_blocks(draft)
    guard(draft, lang)
    _set_up(sheet, form, draft, last_row)
    book.calculation.fullCalcOnLoad = True
    content = with_results(saved(book), draft.page.results)
    remarks = tuple(line for s in sections if (line := _differs(s, lang)))
    return Blank(content, form.slug, policy.name, sum(s.height for s in sections), remarks)


def _differs(section: Section, lang: Lang) -> str:
    given, due = section.given_e4, section.class1.points_e4
    if given is None or due is None or given == due:
        return ""
    label = section.class1.label if lang == "zh" else section.class1.name
    return DIFFERS(lang, label=label, given=points_text(given), due=points_text(due))


def has_cost(asked: Asked) -> bool:
    """Whether the form has first-level cost indicators."""
    form = printed(asked.region)
    policy = load(asked.region, asked.year, layout=form.slug, own=asked.office)
    return any(c.name == "cost" for c in weights(policy, cost=asked.cost and form.cost).classes)


def _set_up(sheet: Any, form: Printed, draft: Draft, last_row: int) -> None:
    for number, width in enumerate(form.widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.sheet_view.showGridLines = False
    setup = sheet.page_setup
    wide = sum(form.widths) > _PORTRAIT_WIDTH
    setup.orientation, setup.paperSize = "landscape" if wide else "portrait", _A4
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.5, 0.7, 0.3
    sheet.print_title_rows = f"{draft.head[0]}:{draft.head[1]}"
    sheet.print_area = f"A1:{get_column_letter(form.width)}{last_row}"
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    guarded = sheet.protection
    guarded.sheet = True
    # what a unit may do without taking the protection off: make room for its texts
    guarded.formatRows = guarded.formatColumns = False
