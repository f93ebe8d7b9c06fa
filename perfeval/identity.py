"""Which project a form is of: its name, unit and year, however they are spaced."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import NamedTuple

from perfeval.findings import FileResult, FormResult
from perfeval.wording import bare_text


class Key(NamedTuple):
    """A project of a unit in a year (None where neither form nor run says one)."""

    who: str
    year: int | None


@lru_cache(1024)  # a ledger asks several times of the files that it takes together
def who(project: str, unit: str, department: str) -> str:
    """A hash of project and unit (the department where it is blank); "" without a project."""
    name = bare_text(project)
    if not name:
        return ""
    key = f"{name}\x1f{bare_text(unit or department)}"
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()[:24]


def key_of(form: FormResult) -> Key:
    """`who` is "" where the form does not name its project."""
    year = form.year
    if year is None and form.policy:
        year = form.policy.year
    return Key(who(form.project or "", form.unit or "", form.department or ""), year)


def keys_of(file: FileResult) -> set[Key]:
    """Those of the forms that name their project."""
    return {key for key in map(key_of, file.forms) if key.who}
