"""What goes back to the submitter: annotated and corrected copies; our marks taken away.

Each is imported on first use: a check reads what comes in and writes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from perfeval.write.annotation import annotate
    from perfeval.write.book import rebuilt_books
    from perfeval.write.both import annotate_and_correct
    from perfeval.write.correction import correct
    from perfeval.write.intake import take_in, take_in_grid
    from perfeval.write.replies import read_replies
    from perfeval.write.stripping import strip

__all__ = [
    "annotate",
    "annotate_and_correct",
    "correct",
    "read_replies",
    "rebuilt_books",
    "strip",
    "take_in",
    "take_in_grid",
]

_HOMES = {
    "annotate": "annotation",
    "annotate_and_correct": "both",
    "correct": "correction",
    "rebuilt_books": "book",
    "read_replies": "replies",
    "strip": "stripping",
    "take_in": "intake",
    "take_in_grid": "intake",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'perfeval.write' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"perfeval.write.{_HOMES[name]}"), name)
