"""What the corrected copies would change, without writing them: for `perfeval check --diff`."""

from __future__ import annotations

from collections.abc import Sequence

from perfeval.config import Config
from perfeval.findings import Plan
from perfeval.pipeline import Outcome, checked_bytes, is_returned
from perfeval.returning import Submitted, carried_out, conversions


def changes(outcomes: Sequence[Outcome], config: Config) -> list[Plan]:
    """The plan of each file as its corrected copy carries it out: a formula is never replaced.

    Raises SourceChangedError where a file is no longer the one that was checked.
    """
    with_fixes = [o for o in outcomes if is_returned(o) and o.plan.patches]
    files = [(checked_bytes(outcome), outcome.format) for outcome in with_fixes]
    converted = conversions(files, config.passwords)
    done = {
        id(outcome): carried_out(
            Submitted(data, kind, package), outcome.plan,
            passwords=config.passwords, lang=config.lang,
        )
        for outcome, (data, kind), package in zip(with_fixes, files, converted, strict=True)
    }  # fmt: skip
    return [done.get(id(outcome), outcome.plan) for outcome in outcomes]
