"""Every submission has the outputs that the contract names; the workbooks open elsewhere."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import openpyxl


def main(out: Path, samples: Path) -> None:
    results = json.loads((out / "results.json").read_text(encoding="utf-8"))
    for name in ("index.html", "summary.xlsx"):
        assert (out / name).stat().st_size, f"{name} is empty"
    submitted = {
        p.name for p in samples.rglob("*") if p.suffix in (".xlsx", ".xls", ".csv", ".txt")
    }
    checked = {Path(file["path"]).name for file in results["files"]}
    assert submitted == checked, (
        f"not checked: {submitted - checked}; unexpected: {checked - submitted}"
    )
    for file in results["files"]:
        wanted = {"annotated", "corrected", "variance"}
        assert wanted <= set(file["outputs"]), (file["path"], file["outputs"])
        for output in file["outputs"].values():
            path = out / output
            if path.suffix == ".xlsx":
                openpyxl.load_workbook(path)
            assert path.stat().st_size, f"{output} is empty"
    print(f"{len(checked)} submissions, all outputs there")


main(Path(sys.argv[1]), Path(sys.argv[2]))
