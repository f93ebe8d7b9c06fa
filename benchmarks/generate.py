"""Make submissions with known faults.

    python benchmarks/generate.py --out DIR --count 1000 --seed 1

Beside the workbooks stands truth.json: for each file its layout, what must be found in it, and the
cell of every field. The same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any  # JSON is untyped

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.drawing import draw  # found through the line above
from benchmarks.faults import plant
from sample_workbooks.building.page import Page
from sample_workbooks.building.save import xlsx
from sample_workbooks.building.template import write_form


def submissions(count: int, seed: int) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """Name, content and truth of each submission; three in five are without a fault."""
    for serial in range(1, count + 1):
        random = Random(f"{seed}-{serial}")
        form, template = draw(random, serial)
        faults = random.choices((0, 1, 2, 3), (60, 25, 10, 5))[0]
        planted = plant(form, template, random, faults)
        page = Page("自评表")
        write_form(page, planted.form, template)
        findings = [
            {"code": e.code, "cell": page.where(e.table, e.position, e.field)}
            for e in planted.findings
        ]
        fields = [
            {"table": table, "row": row, "field": field, "cell": cell}
            for (_, table, row, field), cell in page.places.items()
        ]
        name = f"{serial:06d}_{template.slug}.xlsx"
        truth = {"layout": template.slug, "findings": findings, "fields": fields}
        yield name, xlsx([page], author=f"单位{serial}"), truth


def main() -> None:
    """Write the submissions into folders of 500 and the truth beside them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, required=True, help="folder to fill")
    parser.add_argument("--count", type=int, default=1000, help="how many (default 1000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other forms")
    asked = parser.parse_args()
    truths: dict[str, Any] = {}
    for serial, (name, content, truth) in enumerate(submissions(asked.count, asked.seed)):
        path = Path(f"batch{serial // 500:03d}") / name
        (asked.out / path.parent).mkdir(parents=True, exist_ok=True)
        (asked.out / path).write_bytes(content)
        truths[path.as_posix()] = truth
    document = json.dumps(truths, ensure_ascii=False, separators=(",", ":"))
    (asked.out / "truth.json").write_text(document, encoding="utf-8")
    print(f"{asked.count} submissions in {asked.out}")


if __name__ == "__main__":
    main()
