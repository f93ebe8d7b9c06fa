"""Workbooks of other formats made .xlsx by LibreOffice: many in one call, their values compared."""

from __future__ import annotations

import math
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from perfeval.errors import UnreadableError
from perfeval.model import Cell, Sheet, Workbook
from perfeval.ooxml.grid_merges import covered
from perfeval.read import read_bytes

# What LibreOffice knows a file by, whatever the submitter called it. A web page is none of them: it
# holds no values, and each program reads its texts in its own way.
ENDINGS: Mapping[str, str] = {
    "xls": ".xls",
    "xlsb": ".xlsb",
    "ods": ".ods",
    "xml": ".xml",
}
BATCH = 40  # files in one call: starting LibreOffice takes as long as converting ten
_START, _EACH = 60.0, 10.0  # seconds that a call may take, and that each file may add
_NEARLY = 1e-9


def converter() -> str | None:
    """The path of LibreOffice, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_packages(books: Sequence[tuple[bytes, str]]) -> list[bytes | None]:
    """Each file (content, format as model.Workbook has it) as .xlsx, in order.

    None where LibreOffice is missing, fails, takes too long, or gives other values than the file.
    """
    soffice = converter()
    made: list[bytes | None] = [None] * len(books)
    if soffice is None:
        return made
    with tempfile.TemporaryDirectory(prefix="perfeval-", ignore_cleanup_errors=True) as folder:
        names = [f"{n}{ENDINGS[kind]}" for n, (_, kind) in enumerate(books)]
        for name, (data, _) in zip(names, books, strict=True):
            Path(folder, name).write_bytes(data)
        _convert(soffice, Path(folder), names)
        for n, (data, _) in enumerate(books):
            copy = Path(folder, "out", f"{n}.xlsx")
            if copy.is_file():
                content = copy.read_bytes()
                made[n] = content if same_values(data, content) else None
    return made


def same_values(data: bytes, copy: bytes) -> bool:
    """Whether our reader finds the same values at the same places of the same sheets."""
    try:
        before, after = (read_bytes(content, "a") for content in (data, copy))
    except UnreadableError:
        return False
    sheets = {sheet.name: sheet for sheet in after.sheets}
    names_kept = all(sheet.name in sheets for sheet in before.sheets)
    return names_kept and not list(_differences(before, sheets))


def _differences(before: Workbook, after: Mapping[str, Sheet]) -> Iterator[tuple[str, str]]:
    for sheet in before.sheets:
        cells, copies = _seen(sheet), _seen(after[sheet.name])
        for key in {*cells, *copies}:
            old, new = cells.get(key), copies.get(key)
            if not _same(old, new):
                yield sheet.name, (old or new).ref  # type: ignore[union-attr]  # one is there


def _seen(sheet: Sheet) -> dict[tuple[int, int], Cell]:
    under = covered(sheet)
    return {key: cell for key, cell in sheet.cells.items() if key not in under}


def _same(old: Cell | None, new: Cell | None) -> bool:
    first, second = _value(old), _value(new)
    if isinstance(first, float) and isinstance(second, float):
        return math.isclose(first, second, rel_tol=_NEARLY, abs_tol=_NEARLY)
    return first == second


def _value(cell: Cell | None) -> float | str:
    """What a cell holds, however it is stored; "" for nothing."""
    if cell is None or cell.value is None:
        return ""
    if isinstance(cell.value, str):
        return cell.value.replace("\r", "").rstrip()
    return float(cell.value)


def _convert(soffice: str, folder: Path, names: list[str]) -> None:
    """Convert into folder/out. Where a call hangs, its halves are tried, down to the guilty one."""
    if _call(soffice, folder, names) or len(names) == 1:
        return
    middle = len(names) // 2
    for half in (names[:middle], names[middle:]):
        left = [name for name in half if not (folder / "out" / f"{Path(name).stem}.xlsx").exists()]
        if left:
            _convert(soffice, folder, left)


def _call(soffice: str, folder: Path, names: list[str]) -> bool:
    """Whether a call came to its end in time. It has a profile of its own, without macros."""
    command = [
        soffice, "--headless", "--norestore", f"-env:UserInstallation={(folder / 'me').as_uri()}",
        "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"),
        *(str(folder / name) for name in names),
    ]  # fmt: skip
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # soffice starts another process, which must end with it
    )
    try:
        return process.wait(_START + _EACH * len(names)) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
