"""A workbook that comes in: if it is one that was returned, the round it answers, and itself."""

from __future__ import annotations

from perfeval.course import LastRound
from perfeval.errors import UnreadableError
from perfeval.ooxml.package import Package
from perfeval.write.our_sheets import carries_marks


def take_in(data: bytes) -> tuple[bytes, LastRound | None]:
    """The workbook as the unit's own, and the round that it answers to; None where it is the first.

    What is no .xlsx package, or a damaged one, is given back as it is.
    """
    if not data.startswith(b"PK"):
        return data, None
    try:
        package = Package.open(data)
        if not carries_marks(package):
            return data, None
        from perfeval.write.replies import read_replies  # seldom needed
        from perfeval.write.round_record import read_round
        from perfeval.write.stripping import strip

        last = read_round(package)
        replies = tuple(read_replies(package))
        return strip(data), LastRound(last, replies) if last else None
    except UnreadableError:
        return data, None
