"""A shared formula as each of its cells has it: relative references moved along."""

from __future__ import annotations

import re

from perfeval.model import column_name

_MAX_ROW, _MAX_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(
    r"""
    "(?:[^"]|"")*+" | '(?:[^']|'')*+'!? | \[[^\]]*\]
  | (?<![\w.$\\])
    (?: (?P<cell>(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7}))
      | (?P<columns>(\$?)([A-Za-z]{1,3}):(\$?)([A-Za-z]{1,3}))
      | (?P<rows>(\$?)([0-9]{1,7}):(\$?)([0-9]{1,7})) )
    (?![\w.(!\\])
    """,
    re.VERBOSE,
)


def moved(formula: str, rows: int, columns: int) -> str:
    """`formula` as it reads `rows` further down and `columns` further right.

    >>> moved("SUM(A1:$B$2)*LOG10(C3)", 1, 1)
    'SUM(B2:$B$2)*LOG10(D4)'
    """

    def move(match: re.Match[str]) -> str:
        if match["cell"]:
            return _column(match[2], match[3], columns) + _row(match[4], match[5], rows)
        if match["columns"]:
            return f"{_column(match[7], match[8], columns)}:{_column(match[9], match[10], columns)}"
        if match["rows"]:
            return f"{_row(match[12], match[13], rows)}:{_row(match[14], match[15], rows)}"
        return match[0]

    return _REFERENCE.sub(move, formula)


def _column(fixed: str, letters: str, by: int) -> str:
    if fixed:
        return fixed + letters
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return column_name((number + by - 1) % _MAX_COLUMN + 1)


def _row(fixed: str, digits: str, by: int) -> str:
    return fixed + digits if fixed else str((int(digits) + by - 1) % _MAX_ROW + 1)
