"""What a run keeps in memory of each form is a stated number of bytes, however many forms."""

from __future__ import annotations

import gc
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from perfeval.across import Across
from perfeval.config import Config
from perfeval.findings import FileResult
from perfeval.picture import picture_in
from perfeval.report.letters import Letters
from perfeval.rules import catalogue
from perfeval.sources import Source
from perfeval.together import Brief
from tests.form_text import outcome

FEW, MANY = 150, 600
WRONG = {"200|200|190|10|95%|9.5": "200|200|190|10|95%|9", "|20|20|": "|20|19|"}


def grown(work: Callable[[int], object]) -> float:
    """By how many bytes a form the peak of what Python holds is higher for many than for few."""
    peaks = []
    for forms in (8, FEW, MANY):  # the first for whatever is made once
        gc.collect()
        tracemalloc.start()
        held = work(forms)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        del held
    return (peaks[2] - peaks[1]) / (MANY - FEW)


def numbered(result: FileResult, forms: int) -> Iterator[FileResult]:
    """The result under ever new names of files, projects, departments and units, with outputs."""
    for number in range(forms):
        stem = f"某县/收件/{number:06d}_绩效自评表"
        outputs = {kind: f"{stem}_{kind}.xlsx" for kind in ("annotated", "variance")}
        of = tuple(
            replace(
                form,
                project=f"农村公路养护（{number}）",
                department=f"某县交通运输局第{number}分局",
                unit=f"公路管理所第{number // 3}站",
            )
            for form in result.forms
        )
        yield replace(result, path=f"{stem}.xlsx", forms=of, outputs=outputs)


def test_overviews_are_made_of_what_waits_on_disk(tmp_path: Path) -> None:
    """results.json, index.html and summary.xlsx with two links a form, and a department each: of
    this only the packed workbook, twice, is in memory. Results are 20 KB a form.
    """
    result = outcome(tmp_path, WRONG).result
    assert result.status == "error"

    def work(forms: int) -> None:
        out = tmp_path / str(forms)
        out.mkdir()
        with picture_in(out, Config()) as picture:
            for file in numbered(result, forms):
                picture.add(file)
            picture.write(of=forms)

    assert grown(work) < 1000


def test_letters_keep_nothing_of_a_unit(tmp_path: Path) -> None:
    """What they tell of it waits on disk."""
    result = outcome(tmp_path, WRONG).result

    def work(forms: int) -> object:
        letters = Letters("zh")
        for file in numbered(result, forms):
            letters.add(file)
        return letters

    assert grown(work) < 400


def brief(number: int) -> Brief:
    """A file with a form, a goal of its own, and six cells."""
    file = f"某县/收件/{number:06d}_绩效自评表.xlsx"
    return {
        "forms": [[0, 0, file, f"{file}#自评表", "", "mof10-standard", 2021, None,
                   f"农村公路养护（{number}）", "某县交通运输局", "公路管理所", "元"]],
        "funds": [[1, 0, 0, "年度资金总额", 20000, 1, 20000, 1]],
        "goals": [[2, 0, f"{number:064d}", ""]],
        "indicators": [],
        "cells": [[0, 0, "forms", "project", "自评表", "B3", ""],
                  [0, 0, "forms", "department", "自评表", "B4", ""],
                  [0, 0, "forms", "unit", "自评表", "G4", ""],
                  [1, 0, "funds", "initial_budget", "自评表", "C6", ""],
                  [1, 0, "funds", "budget", "自评表", "D6", ""],
                  [2, 0, "goals", "expected", "自评表", "B12", ""]],
    }  # fmt: skip


def test_files_without_kin_are_not_in_memory_together() -> None:
    """The rules across forms keep outcomes and a few numbers of a file, not its tables."""
    rules = [catalogue()[code] for code in ("Y101", "Y102")]

    def work(forms: int) -> object:
        return Across.of(brief, forms, Counter(), rules, Config(), at_once=50)

    assert grown(work) < 256


def test_a_submission_that_waits_is_a_few_texts() -> None:
    """Tens of thousands are named before the first is read."""

    def work(forms: int) -> object:
        names = (f"某县/收件/{number:06d}_绩效自评表.xlsx" for number in range(forms))
        return [Source(name, name, name) for name in names]

    assert grown(work) < 512
