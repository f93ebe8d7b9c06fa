"""Files of a run that have a project or a long text in common: they must be judged together.

All others may be judged some at a time. Kept of a file are a few numbers, whatever it says.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

import numpy as np

from perfeval.exact import Ints
from perfeval.rules.across.matching import identities
from perfeval.tables import Tables
from perfeval.wording import bare_texts

_TEXTS = (("goals", "expected"), ("goals", "actual"), ("indicators", "reason"))  # as in together


@dataclass(frozen=True, slots=True)
class Kin:
    """Grows file by file: what each says of itself, as hashes; one that is met by chance does no
    harm.
    """

    _files: array[int] = field(default_factory=lambda: array("q"))
    _said: array[int] = field(default_factory=lambda: array("q"))

    def add(self, tables: Tables, first: int) -> None:
        """Take in the tables of some files, of which the first is number `first`."""
        forms = tables.rows("forms")
        projects = [*identities(forms).values("project", "unit", "year")]
        self._note(first, forms.file_id, [hash(said) if said[0] else 0 for said in projects])
        for table, column in _TEXTS:
            rows = tables.rows(table)
            said = [hash(text) if text else 0 for text in bare_texts(rows.column(column))]
            self._note(first, tables.of_form(rows, "file_id"), said)

    def related(self) -> list[int]:
        """The files that say something that another one says, too; in order."""
        files, said = np.array(self._files), np.array(self._said)
        order = np.lexsort((files, said))
        files, said = files[order], said[order]
        again = (said[1:] == said[:-1]) & (files[1:] != files[:-1])
        twice = said[1:][again]
        if not len(twice):
            return []
        nearest = twice[np.minimum(np.searchsorted(twice, said), len(twice) - 1)]
        return sorted(set(files[said == nearest].tolist()))

    def _note(self, first: int, files: Ints, said: list[int]) -> None:
        for file, hashed in zip(files.tolist(), said, strict=True):
            if hashed:
                self._files.append(first + file)
                self._said.append(hashed)
