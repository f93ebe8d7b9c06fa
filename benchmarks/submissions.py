"""Forms of real size to measure with: as generate.py makes them, with as many rows as asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

from benchmarks.drawing import draw, with_total
from benchmarks.faults import plant
from sample_workbooks.building.form import Form
from sample_workbooks.building.page import Page
from sample_workbooks.building.save import xlsx
from sample_workbooks.building.template import write_form

ROWS = 40  # of a sheet; published forms have 20 to 50


def write_files(folder: Path, count: int, *, seed: int = 1) -> list[Path]:
    """`count` workbooks in `folder`, two in five with faults; the same seed, the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for serial in range(1, count + 1):
        random = Random(f"{seed}-{serial}")
        form, template = draw(random, serial)
        faults = random.choices((0, 1, 2, 3), (60, 25, 10, 5))[0]
        planted = plant(_grown(form), template, random, faults)
        page = Page("自评表")
        write_form(page, planted.form, template)
        path = folder / f"{serial:06d}_{template.slug}.xlsx"
        path.write_bytes(xlsx([page], author=f"单位{serial}"))
        paths.append(path)
    return paths


def _grown(form: Form) -> Form:
    """The form with rows of no weight under its first 二级指标, up to ROWS rows of the sheet."""
    first, *others = form.indicators
    weighed = isinstance(first.points, int)
    more = tuple(
        replace(
            first,
            level1=None,
            level2=None,
            level3=f"{first.level3}（第{number}片区）",
            points=0 if weighed else first.points,
            score=0 if weighed else first.score,
        )
        for number in range(1, ROWS - 13 - len(others))
    )
    return with_total(replace(form, indicators=(first, *more, *others)))
