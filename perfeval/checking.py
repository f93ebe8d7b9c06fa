"""From tables to findings: run every rule once, give each hit its cell, words, causes and root."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple  # rows of hits carry columns of the rules' choosing

import numpy as np
import pandas as pd

from perfeval import regulations, slips
from perfeval.exact import Operand
from perfeval.findings import Cause, Finding, Fix, Outcome, Safety
from perfeval.policy import Policies
from perfeval.policy.keys import KEYS
from perfeval.rules import Judgement, Rule, catalogue
from perfeval.shown import as_number, as_words
from perfeval.tables import Tables
from perfeval.texts import Lang, Text

FAMILIES = "RSFHGIY"  # in a level: what could not be read, then the sums, the rows, all others
CLAUSE = Text(
    "{label} {value}（{source}，{year} 年起，依据：{basis}）",
    "{label} {value} ({source}, from {year}, basis: {basis})",
)
TRIAL = Text("【试行】", "[on trial] ")
LONGEST_WORDS = 40  # characters of a cell's text in a message
_Places = Mapping[tuple[int, str], tuple[str, str, str]]  # (row_id, field) → table, sheet, ref


@dataclass(frozen=True, slots=True)
class Checked:
    """What the rules said of a chunk: findings by file (form_id -1) and form, outcomes by form."""

    by_form: Mapping[int, tuple[Finding, ...]]
    by_file: Mapping[int, tuple[Finding, ...]]
    outcomes: Sequence[Mapping[str, Outcome]]
    crashes: Mapping[str, str] = field(default_factory=dict)


def check(
    tables: Tables, policies: Policies, *, rules: Iterable[Rule] | None = None, lang: Lang = "zh"
) -> Checked:
    """Run `rules` (all of the catalogue if None) over the tables of a chunk."""
    by_form: dict[int, list[_Found]] = {}
    by_file: dict[int, list[Finding]] = {}
    outcomes: list[dict[str, Outcome]] = [{} for _ in range(len(tables.forms))]
    crashes: dict[str, str] = {}
    for rule in catalogue().values() if rules is None else rules:
        try:
            judgement = rule.run(tables, policies)
        except Exception as error:  # noqa: BLE001  # a rule's crash is that rule's outcome, never the end of a run
            crashes[rule.code] = f"{type(error).__name__}: {error}"
            for outcome in outcomes:
                outcome[rule.code] = Outcome.CRASHED
            continue
        decided = _outcomes(judgement, len(outcomes))
        off = policies.off(rule.code)
        for outcome, value, is_off in zip(outcomes, decided, off, strict=True):
            outcome[rule.code] = Outcome.OFF if is_off else value
        if judgement.hits.empty:
            continue
        for form_id, file_id, found in _Writer(tables, policies, rule, lang).findings(
            judgement.hits
        ):
            if form_id < 0:
                if not policies.is_off(-1, rule.code):
                    by_file.setdefault(file_id, []).append(found.finding)
            elif outcomes[form_id][rule.code] is not Outcome.OFF:
                by_form.setdefault(form_id, []).append(found)
    return Checked(
        {form_id: _ranked(rows) for form_id, rows in by_form.items()},
        {file_id: tuple(findings) for file_id, findings in by_file.items()},
        outcomes,
        crashes,
    )


class _Found(NamedTuple):
    """A finding, its row, and the codes of those that would explain it."""

    row_id: int
    finding: Finding
    roots: tuple[str, ...]


def _outcomes(judgement: Judgement, forms: int) -> list[Outcome]:
    """Per form: hit if any row hit, else pass if any row was decided, else undecided."""
    best = np.zeros(forms, dtype=np.int8)
    form_ids = judgement.judged.form_id.to_numpy()
    hit = judgement.judged.hit.array
    decided = (form_ids >= 0) & ~hit.isna()
    weight = 1 + hit.to_numpy(dtype=np.int8, na_value=0)
    np.maximum.at(best, form_ids[decided], weight[decided])
    words = (Outcome.UNDECIDED, Outcome.PASS, Outcome.HIT)
    return [words[value] for value in best]


def _ranked(found: list[_Found]) -> tuple[Finding, ...]:
    """Order by weight, and put what follows from another finding behind its root, naming it.

    A finding weighs as much as the heaviest that follows from it.
    """
    by_code: dict[str, list[_Found]] = {}
    for one in found:
        by_code.setdefault(one.finding.code, []).append(one)
    rooted = []
    for position, one in enumerate(found):
        roots = [root for code in one.roots for root in by_code.get(code, [])]
        same_row = [root for root in roots if root.row_id == one.row_id]
        nearest = same_row or roots
        root = nearest[0].finding.id if nearest else None
        rooted.append((position, replace(one.finding, root=root)))
    place = {f.id: (f.level.rank, _family(f), at) for at, f in rooted}
    for _, f in rooted:
        if f.root is not None:
            place[f.root] = min(place[f.root], place[f.id])

    def order(item: tuple[int, Finding]) -> tuple[tuple[int, int, int], bool, int]:
        at, finding = item
        own = place[finding.id]
        return place.get(finding.root or finding.id, own), finding.root is not None, at

    return tuple(finding for _, finding in sorted(rooted, key=order))


def _family(finding: Finding) -> int:
    place = FAMILIES.find(finding.code[0])
    return len(FAMILIES) if place < 0 else place


class _Writer:
    """Gives the hits of one rule their cells and words."""

    def __init__(self, tables: Tables, policies: Policies, rule: Rule, lang: Lang) -> None:
        self.tables, self.policies, self.rule, self.lang = tables, policies, rule, lang
        self.parameters: list[str] = []
        self.basis = tuple(regulations.cited(key, lang) for key in rule.basis)
        self.times: Counter[tuple[int, str, str]] = Counter()

    def findings(self, hits: pd.DataFrame) -> Iterator[tuple[int, int, _Found]]:
        """(form_id, file_id, finding with its row) for each hit."""
        self.parameters = [name for name, key in KEYS.items() if key.column in hits]
        operand_rows = [o.row_id for group in hits.get("operands", ()) for o in group]
        places = _places(self.tables, [*hits.row_id, *operand_rows])
        labels = _labels(self.tables, hits.row_id)
        files = self.tables.forms.file_id.tolist()
        for row in hits.to_dict("records"):
            form_id = int(row.get("form_id", -1))
            file_id = files[form_id] if form_id >= 0 else int(row["file_id"])
            finding = self._finding(row, form_id, places, labels.get(int(row["row_id"]), ""))
            roots = tuple(row["roots"].split()) if "roots" in row else self.rule.follows
            yield form_id, file_id, _Found(int(row["row_id"]), finding, roots)

    def _finding(
        self, row: Mapping[Any, Any], form_id: int, places: _Places, label: str
    ) -> Finding:
        rule, lang, row_id, name = self.rule, self.lang, int(row["row_id"]), str(row["field"])
        table, sheet, ref = places.get((row_id, name), ("", "", ""))
        unit = "" if form_id < 0 else str(self.tables.forms.money_unit.iat[form_id])
        found, expected = (as_number(row[which], row.get(row[which]), unit) for which in _SHOWN)
        operands: tuple[Operand, ...] = row.get("operands") or ()
        words = {str(key): as_words(str(key), value, unit) for key, value in row.items()}
        words |= {which[:-7]: as_words(row[which], row.get(row[which]), unit) for which in _SHOWN}
        words = {k: w if k.startswith("detail") else _clipped(w) for k, w in words.items()}
        words["label"] = label
        safety = Safety(row.get("safety") or rule.fix)
        trial = self.policies.is_trial(form_id, rule.code)
        if trial and safety is Safety.SAFE:
            safety = Safety.CONFIRM  # what is only tried out changes nobody's figures
        steps = (
            self._derivation(row, operands, places, words, unit),
            *self._clauses(form_id),
        )
        return Finding(
            id=self._fingerprint(form_id, f"{table}.{name}", label),
            code=rule.code,
            rule=rule.name,
            level=self.policies.level(form_id, rule.code, rule.level),
            title=rule.title(lang),
            sheet=sheet or None,
            cell=ref or None,
            field=_published(table, name),
            found=found,
            expected=expected,
            message=(TRIAL(lang) if trial else "") + rule.message(lang, **words),
            advice=rule.advice(lang, **words),
            causes=_causes(row, operands, unit, lang),
            basis=self.basis,
            derivation=Text("；", "; ")(lang).join(part for part in steps if part),
            fix=Fix(safety, ref or None, found, "" if safety is Safety.MANUAL else expected),
            trial=trial,
        )

    def _derivation(
        self,
        row: Mapping[Any, Any],
        operands: tuple[Operand, ...],
        places: _Places,
        words: dict[str, str],
        unit: str,
    ) -> str:
        """How the expected value follows, each operand with its cell."""
        if operands:
            column = str(row["expected_column"])
            addends = (
                _with_cell(as_number(column, o.value, unit), places, o.row_id, o.field)
                for o in operands
            )
            return " + ".join(addends) + f" = {words['expected']}"
        if self.rule.derivation is None:
            return ""
        row_id = int(row["row_id"])
        placed = {
            key: _with_cell(text, places, row_id, _field_of(key)) for key, text in words.items()
        }
        return self.rule.derivation(self.lang, **placed)

    def _clauses(self, form_id: int) -> Iterator[str]:
        """The parameters of the policy that the rule has used, each with where it stands."""
        values = (self.policies.of(form_id).values[name] for name in self.parameters)
        return (
            CLAUSE(
                self.lang,
                label=value.label,
                value=value.written,
                source=value.source,
                year=value.from_year,
                basis=regulations.cited(value.basis, self.lang),
            )
            for value in values
            if value.value is not None
        )

    def _fingerprint(self, form_id: int, name: str, label: str) -> str:
        """Stable over rounds: of what the finding is about, not where it stands or what it says."""
        form = "" if form_id < 0 else str(self.tables.forms.form.iat[form_id]).partition("#")[2]
        self.times[form_id, name, label] += 1
        key = "\x1f".join(
            (self.rule.code, form, name, label, str(self.times[form_id, name, label]))
        )
        return hashlib.sha256(key.encode()).hexdigest()[:16]


_SHOWN = ("found_column", "expected_column")


def _causes(
    row: Mapping[Any, Any], operands: tuple[Operand, ...], unit: str, lang: Lang
) -> tuple[Cause, ...]:
    column = str(row["found_column"])
    if not operands or pd.isna(row[column]):
        return ()
    scale = 4 if column.endswith("_e4") else 2
    return slips.explain(
        int(row[column]), operands, scale=scale, lang=lang, money_unit=unit or "元"
    )


def _clipped(text: str) -> str:
    """A long text by its beginning: a message is to be read aloud."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_WORDS else line[:LONGEST_WORDS] + "…"


def _published(table: str, name: str) -> str:
    """The field as results.json names it: funds.rate, and total.score for the form's own total."""
    if table == "forms" and name.startswith("total_"):
        return name.replace("_", ".")
    return f"{table}.{name}" if table else name


def _field_of(column: str) -> str:
    """budget_fen → budget: the field whose value a column holds."""
    return re.sub(r"_(e4|e6|fen)$", "", column)


def _with_cell(text: str, places: _Places, row_id: int, name: str) -> str:
    place = places.get((row_id, name))
    return f"{text}（{place[2]}）" if place and place[2] else text


def _places(tables: Tables, row_ids: Iterable[int]) -> _Places:
    cells = tables.cells[tables.cells.row_id.isin(set(row_ids))]
    keys = zip(cells.row_id, cells.field, strict=True)
    values = zip(cells.table, cells.sheet, cells.ref, strict=True)
    return dict(zip(keys, values, strict=True))


def _labels(tables: Tables, row_ids: pd.Series[Any]) -> dict[int, str]:
    """The name that a row goes by: 三级指标 of an indicator, label of a kind of money."""
    wanted = set(row_ids)
    named = ((tables.indicators, "level3"), (tables.funds, "label"), (tables.remarks, "field"))
    return {
        row_id: label
        for table, column in named
        for row_id, label in zip(table.row_id, table[column], strict=True)
        if row_id in wanted
    }
