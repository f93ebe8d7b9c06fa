"""From tables to findings: run every rule once, give each hit its cell, words, causes and root."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple  # rows of hits carry columns of the rules' choosing

import numpy as np

from perfeval import regulations, slips
from perfeval.exact import Flags, Operand, among, holds, known
from perfeval.findings import Cause, Finding, Fix, Outcome, Safety
from perfeval.policy import Policies
from perfeval.policy.keys import KEYS
from perfeval.rows import Column, Rows
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
_TOLD = frozenset({"row_id", "form_id", "file_id", "field", "safety", "operands", "roots"})
_Places = Mapping[tuple[int, str], Sequence[str]]  # (row_id, field) → table, sheet, ref


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
    outcomes: dict[str, list[Outcome]] = {}
    forms = len(tables.rows("forms"))
    crashes: dict[str, str] = {}
    labels: dict[int, str] = {}
    for rule in catalogue().values() if rules is None else rules:
        if any(not len(tables.rows(name)) for name in rule.needs):
            outcomes[rule.code] = _outcomes(Judgement.nothing(), policies.off(rule.code))
            continue
        try:
            judgement = rule.run(tables, policies)
        except Exception as error:  # noqa: BLE001  # a rule's crash is that rule's outcome, never the end of a run
            crashes[rule.code] = f"{type(error).__name__}: {error}"
            outcomes[rule.code] = [Outcome.CRASHED] * forms
            continue
        outcomes[rule.code] = _outcomes(judgement, policies.off(rule.code))
        if not len(judgement.rows):
            continue
        labels = labels or _labels(tables)
        writer = _Writer(tables, policies, rule, lang, labels)
        for form_id, file_id, found in writer.findings(judgement):
            if form_id < 0:
                if not policies.is_off(-1, rule.code):
                    by_file.setdefault(file_id, []).append(found.finding)
            elif outcomes[rule.code][form_id] is not Outcome.OFF:
                by_form.setdefault(form_id, []).append(found)
    return Checked(
        {form_id: _ranked(rows) for form_id, rows in by_form.items()},
        {file_id: tuple(findings) for file_id, findings in by_file.items()},
        [{code: of_form[at] for code, of_form in outcomes.items()} for at in range(forms)],
        crashes,
    )


class _Found(NamedTuple):
    """A finding, its row, and the codes of those that would explain it."""

    row_id: int
    finding: Finding
    roots: tuple[str, ...]


def _outcomes(judgement: Judgement, off: Flags) -> list[Outcome]:
    """Per form: hit if any row hit, else pass if any row was decided, else undecided."""
    best = np.zeros(len(off), dtype=np.int8)
    of_form = judgement.form_ids >= 0
    best[judgement.form_ids[of_form & known(judgement.hit)]] = 1
    best[judgement.form_ids[of_form & holds(judgement.hit)]] = 2
    best[off] = len(_WORDS) - 1
    return [_WORDS[value] for value in best.tolist()]


_WORDS = (Outcome.UNDECIDED, Outcome.PASS, Outcome.HIT, Outcome.OFF)


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
        finding = one.finding
        if nearest:
            finding = replace(finding, root=nearest[0].finding.id)
        rooted.append((position, finding))
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

    def __init__(
        self, tables: Tables, policies: Policies, rule: Rule, lang: Lang, labels: Mapping[int, str]
    ) -> None:
        self.tables, self.policies, self.rule, self.lang = tables, policies, rule, lang
        self.labels = labels
        self.parameters: list[str] = []
        self.shown: dict[str, str] = {}
        self.texts = [t for t in (rule.message, rule.advice, rule.derivation) if t is not None]
        self.basis = tuple(regulations.cited(key, lang) for key in rule.basis)
        self.times: Counter[tuple[int, int, str, str]] = Counter()

    def findings(self, judgement: Judgement) -> Iterator[tuple[int, int, _Found]]:
        """(form_id, file_id, finding with its row) for each hit."""
        hits = judgement.rows
        self.parameters = [name for name, key in KEYS.items() if key.column in hits]
        self.shown = {"found": judgement.found, "expected": judgement.expected}
        operand_rows = [o.row_id for group in _column(hits, "operands") for o in group]
        places = _places(self.tables, [*hits.row_id.tolist(), *operand_rows])
        files = self.tables.rows("forms").file_id
        names = [name for name in hits if self._looks_at(name)]
        for values in hits.values(*names):
            row = dict(zip(names, values, strict=True))
            form_id = row.get("form_id", -1)
            file_id = int(files[form_id]) if form_id >= 0 else row["file_id"]
            label = self.labels.get(row["row_id"], "")
            finding = self._finding(row, form_id, file_id, places, label)
            roots = tuple(row["roots"].split()) if "roots" in row else self.rule.follows
            yield form_id, file_id, _Found(row["row_id"], finding, roots)

    def _looks_at(self, name: str) -> bool:
        """Whether a column of the hits goes into the finding."""
        return (
            name in _TOLD
            or name in self.shown.values()
            or any(f"{{{name}}}" in text.zh or f"{{{name}}}" in text.en for text in self.texts)
        )

    def _finding(
        self,
        row: Mapping[str, Any],
        form_id: int,
        file_id: int,
        places: _Places,
        label: str,
    ) -> Finding:
        rule, lang, row_id, name = self.rule, self.lang, row["row_id"], str(row["field"])
        table, sheet, ref = places.get((row_id, name), ("", "", ""))
        unit = "" if form_id < 0 else self.tables.rows("forms").money_unit[form_id]
        found, expected = (
            as_number(column, row.get(column), unit) for column in self.shown.values()
        )
        operands: tuple[Operand, ...] = row.get("operands") or ()
        words = {key: as_words(key, value, unit) for key, value in row.items()}
        words |= {
            which: as_words(column, row.get(column), unit) for which, column in self.shown.items()
        }
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
            id=self._fingerprint(form_id, file_id, f"{table}.{name}", label),
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
            causes=_causes(self.shown["found"], row, operands, unit, lang),
            basis=self.basis,
            derivation=Text("；", "; ")(lang).join(part for part in steps if part),
            fix=Fix(safety, ref or None, found, "" if safety is Safety.MANUAL else expected),
            trial=trial,
        )

    def _derivation(
        self,
        row: Mapping[str, Any],
        operands: tuple[Operand, ...],
        places: _Places,
        words: dict[str, str],
        unit: str,
    ) -> str:
        """How the expected value follows, each operand with its cell."""
        if operands:
            addends = (
                _with_cell(
                    as_number(self.shown["expected"], o.value, unit), places, o.row_id, o.field
                )
                for o in operands
            )
            return " + ".join(addends) + f" = {words['expected']}"
        if self.rule.derivation is None:
            return ""
        placed = {
            key: _with_cell(text, places, row["row_id"], _field_of(key))
            for key, text in words.items()
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

    def _fingerprint(self, form_id: int, file_id: int, name: str, label: str) -> str:
        """Stable over rounds: of what the finding is about, not where it stands or what it says."""
        form = "" if form_id < 0 else self.tables.rows("forms").form[form_id].partition("#")[2]
        same = (form_id, file_id, name, label)
        self.times[same] += 1
        key = "\x1f".join((self.rule.code, form, name, label, str(self.times[same])))
        return hashlib.sha256(key.encode()).hexdigest()[:16]


def _causes(
    column: str, row: Mapping[str, Any], operands: tuple[Operand, ...], unit: str, lang: Lang
) -> tuple[Cause, ...]:
    if not operands or row[column] is None:
        return ()
    scale = 4 if column.endswith("_e4") else 2
    return slips.explain(row[column], operands, scale=scale, lang=lang, money_unit=unit or "元")


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
    cells = tables.rows("cells")
    cells = cells[among(cells.row_id, np.fromiter(row_ids, dtype=np.int64))]
    values = cells.values("row_id", "field", "table", "sheet", "ref")
    return {(row_id, name): place for row_id, name, *place in values}


def _labels(tables: Tables) -> dict[int, str]:
    """The name that a row goes by: 三级指标 of an indicator, label of a kind of money."""
    labels: dict[int, str] = {}
    for name, column in (("indicators", "level3"), ("funds", "label"), ("remarks", "field")):
        labels |= dict(tables.rows(name).values("row_id", column))
    return labels


def _column(rows: Rows, name: str) -> Column:
    """A column of the hits, empty where there is none of this name."""
    return rows.column(name) if name in rows else ()
