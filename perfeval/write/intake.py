"""A workbook that comes in: if it is one that was returned, the round it answers, and itself."""

from __future__ import annotations

from dataclasses import replace

from perfeval.course import LastRound, Reply, Round
from perfeval.errors import UnreadableError
from perfeval.model import Cell, Sheet, Workbook
from perfeval.ooxml.package import Package
from perfeval.write.our_sheets import carries_marks


def take_in(data: bytes) -> tuple[bytes, Package | None, LastRound | None]:
    """The workbook as the unit's own, the same opened, and the round that it answers to.

    The round is None where it is the first. What is no .xlsx package, or a damaged one, is given
    back as it is, not opened.
    """
    if not data.startswith(b"PK"):
        return data, None, None
    try:
        package = Package.open(data)
        if not carries_marks(package):
            return data, package, None
        from perfeval.write.replies import read_replies  # seldom needed
        from perfeval.write.round_record import read_round
        from perfeval.write.stripping import unmarked

        last = read_round(package)
        replies = tuple(read_replies(package))
        own = unmarked(package)
        return own.with_parts({}), own, LastRound(last, replies) if last else None
    except UnreadableError:
        return data, None, None


def take_in_grid(workbook: Workbook) -> tuple[Workbook, LastRound | None]:
    """As `take_in`, of a file that is no package and has been read: an .xls, .et or .ods that a
    unit has saved our copy as. Notes and fills are not part of what was read.
    """
    from perfeval.write.replies import replies_in
    from perfeval.write.round_record import round_in

    last: Round | None = None
    replies: list[Reply] = []
    theirs = []
    for sheet in workbook.sheets:
        found = round_in(_stored(cell) for cell in sheet.cells.values())
        if found is None:
            theirs.append(sheet)
            continue
        last = last or found
        replies += replies_in(_texts(sheet))
    if last is None:
        return workbook, None
    return replace(workbook, sheets=tuple(theirs)), LastRound(last, tuple(replies))


def _texts(sheet: Sheet) -> list[dict[int, str]]:
    rows: dict[int, dict[int, str]] = {}
    for (row, col), cell in sheet.cells.items():
        rows.setdefault(row, {})[col] = _stored(cell)
    return [rows[number] for number in sorted(rows)]


def _stored(cell: Cell) -> str:
    """A text as it is stored, not as it is shown."""
    return cell.value if isinstance(cell.value, str) else cell.text
