"""Gather the forms of many files into the Tables of one chunk."""

from __future__ import annotations

from perfeval import schema
from perfeval.extract.draft import Draft, FormDraft
from perfeval.extract.form import Given, read_form
from perfeval.layout import Layout, Lexicon, lexicon, nearest, recognise
from perfeval.model import Workbook
from perfeval.tables import Tables

_TRAITS = ("macros", "external-links", "embedded-objects", "signature")


class Collector:
    """Takes files one after the other; `tables` gives what was gathered.

    `run_year` is the year that the run asks for; `region` and `year` win over what a form says.
    `words` are the labels that forms are found by, those of the package unless given.
    """

    def __init__(
        self,
        run_year: int | None = None,
        region: str | None = None,
        year: int | None = None,
        *,
        words: Lexicon | None = None,
    ) -> None:
        self._draft = Draft()
        self._given = Given(run_year, region, year)
        self._words = words or lexicon()
        self._files: list[str] = []
        self._rows: list[int] = []
        self._problems: dict[int, tuple[str, str, str]] = {}
        self._forms = 0

    def add_file(self, path: str) -> int:
        """A file of the chunk; answers its file_id."""
        self._files.append(path)
        self._rows.append(self._draft.new_id())
        return len(self._files) - 1

    def add_problem(self, file_id: int, problem: str, detail_zh: str, detail_en: str) -> None:
        """Why a file yields no form: unreadable, encrypted, no-form."""
        self._problems[file_id] = (problem, detail_zh, detail_en)

    def add_workbook(self, file_id: int, workbook: Workbook) -> int:
        """Read the forms of a workbook; answers their number, and adds "no-form" when it is 0."""
        layouts = recognise(workbook, words=self._words)
        if not layouts:
            self._no_form(file_id, workbook)
        typed = workbook.format not in ("text", "html")
        first: FormDraft | None = None
        on_sheet: dict[int, int] = {}
        for layout in layouts:
            form = FormDraft(self._draft, layout, form_id=self._forms, file_id=file_id, typed=typed)
            self._forms += 1
            on_sheet[layout.sheet] = on_sheet.get(layout.sheet, 0) + 1
            name = self._name(file_id, layout, on_sheet[layout.sheet])
            read_form(form, self._words, self._given, file=self._files[file_id], form_name=name)
            first = first or form
        self._traits(file_id, workbook, first, len(layouts))
        return len(layouts)

    def tables(self) -> Tables:
        """The tables of everything gathered so far."""
        files = [
            (row_id, file_id, path, *self._problems.get(file_id, ("", "", "")))
            for file_id, (row_id, path) in enumerate(zip(self._rows, self._files, strict=True))
        ]
        return self._draft.tables().having(files=schema.rows("files", files))

    def _name(self, file_id: int, layout: Layout, number: int) -> str:
        name = f"{self._files[file_id]}#{layout.grid.sheet.name}"
        return name if number == 1 else f"{name}!{number}"

    def _no_form(self, file_id: int, workbook: Workbook) -> None:
        near = nearest(workbook, words=self._words)
        zh, en = near.reason_zh, near.reason_en
        if near.nearest:
            labels = "、".join(near.missing)
            zh += f"；最接近的样式是 {near.nearest}，缺少：{labels or '表头的完整一行'}"
            en += f"; the nearest layout is {near.nearest}, which misses: "
            en += labels or "a whole heading row"
        self.add_problem(file_id, "no-form", zh, en)

    def _traits(
        self, file_id: int, workbook: Workbook, first: FormDraft | None, number: int
    ) -> None:
        """Remarks on the file as a whole, held by its first form."""
        if first is None:
            return
        for trait in _TRAITS:
            if trait in workbook.traits:
                first.remark(trait, "file", trait)
        if number > 1:
            first.remark("several-forms", "file", str(number))
