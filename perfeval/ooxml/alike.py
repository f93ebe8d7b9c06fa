"""Parts that are the same in file after file: what is made of them is kept for the next file.

Forms of one template share their content types, relationships, list of sheets and styles. What is
kept is found by the very bytes it was made of, so that it is never out of date; nobody may change
it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar, TypeVarTuple

ALIKE = (".rels", "[Content_Types].xml", "/workbook.xml", "/styles.xml")  # ends of their names
SMALL = 16 * 2**10  # bytes or letters of a part from which things are kept
_KEPT = 128  # parts, for each kind of work

Part = TypeVar("Part", bytes, str)
Rest = TypeVarTuple("Rest")
Made = TypeVar("Made")


def once(work: Callable[[Part, *Rest], Made]) -> Callable[[Part, *Rest], Made]:
    """`work` done once for equal arguments, the first of which is a part."""
    kept = lru_cache(maxsize=_KEPT)(work)

    def done(part: Part, *rest: *Rest) -> Made:
        return work(part, *rest) if len(part) > SMALL else kept(part, *rest)

    return done
