"""Make the pictures of README.md anew (needs soffice, pdftoppm, chromium)."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import perfeval

HERE = Path(__file__).parent
SAMPLE = next((HERE.parent.parent / "sample_workbooks").glob("青浦*.xlsx"))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        (file,) = perfeval.run(SAMPLE, out).files
        annotated(out / file.outputs["annotated"], out)
        report(out / file.outputs["variance"], out)


def annotated(workbook: Path, out: Path) -> None:
    """The form with its marks: the first page as LibreOffice prints it, white borders cut off."""
    profile = f"-env:UserInstallation=file://{out}/profile"
    quiet("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", out, workbook)
    pdf = out / f"{workbook.stem}.pdf"
    quiet("pdftoppm", "-png", "-r", "110", "-f", "1", "-l", "1", "-singlefile",
          "-x", "40", "-y", "40", "-W", "840", "-H", "800", pdf, HERE / "annotated")  # fmt: skip


def report(page: Path, out: Path) -> None:
    """The variance report as a browser shows it."""
    quiet("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
          "--disable-background-networking", "--no-first-run", f"--user-data-dir={out}/browser",
          "--window-size=980,900", f"--screenshot={HERE / 'report.png'}",
          page.as_uri())  # fmt: skip


def quiet(*command: str | Path) -> None:
    subprocess.run([str(word) for word in command], check=True, capture_output=True, timeout=180)


if __name__ == "__main__":
    main()
