"""What only a whole run can tell: the rules across forms, and the register of approved projects.

Files that have nothing in common with another (kin.py) are judged some at a time, those that have
together; with a register, which is asked what is missing in it, all together.

The rules that compare a form with its last round (course.ROUND_RULES) or with the year before
(years.YEAR_RULES) judge each form by itself, given which explanations were copied from file to
file: they are asked for some files at a time.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from perfeval import register
from perfeval.alignment import aligned
from perfeval.checking import Checked, check
from perfeval.config import Config
from perfeval.course import ROUND_RULES, LastRound
from perfeval.findings import FileResult, Finding, FormResult, Outcome, heaviest
from perfeval.kin import Kin
from perfeval.policy import Policies, own
from perfeval.round_tables import with_rounds
from perfeval.rounds import Spread, accepted, followed, hollow_in
from perfeval.rows import Rows
from perfeval.rules import Rule
from perfeval.tables import Tables
from perfeval.together import Brief, joined
from perfeval.years import YEAR_RULES, Years, over_years


@dataclass(frozen=True, slots=True)
class Single:
    """A file as it was checked by itself, where it stands in the run, and what it answers to.

    `at` is its position among the files, `form` that of its first form among all forms.
    """

    at: int
    form: int
    result: FileResult
    last: LastRound | None
    brief: Callable[[], Brief]  # with every row where the file has come back


@dataclass(frozen=True, slots=True)
class Across:
    """What the rules across forms say of a run."""

    checked: Checked
    later_rules: Sequence[Rule]  # those over rounds and over years
    spread: Spread
    config: Config
    years: Sequence[Years] = ()

    @classmethod
    def of(
        cls,
        brief: Callable[[int], Brief],
        files: int,
        spread: Spread,
        rules: Sequence[Rule],
        config: Config,
        *,
        years: Iterable[Years] = (),
        at_once: int = 512,
    ) -> Across:
        """Judge `files` files, of each of which `brief` gives the brief; `years` keep earlier
        forms. The tables of `at_once` files are in memory at once.
        """
        later = ROUND_RULES | YEAR_RULES
        parted = [[r for r in rules if (r.code in later) is on] for on in (False, True)]
        run = _Run(brief, parted[False], config)
        if config.register:
            run.judge(range(files), register.load(config.register))
        else:
            kin = Kin()
            for start in range(0, files, at_once):
                some = range(start, min(start + at_once, files))
                kin.add(run.judge(some), start)
            if related := kin.related():
                run.judge(related)
        return cls(run.checked, parted[True], spread, config, tuple(years))

    def onto(self, files: Sequence[Single]) -> list[FileResult]:
        """The results with the findings across the run, and the course of each finding."""
        asked = [rule for rule in self.later_rules if rule.code in ROUND_RULES]
        alone = all(file.last is None for file in files)
        over = over_years(
            [file.result for file in files], self.years, self.later_rules, self.config,
            also=asked if alone else (),
        )  # fmt: skip
        made, form_id = [], 0
        for at, file in enumerate(files):
            run = (self.checked, file.at, file.form)
            made.append(_merged(file.result, run, (over, at, form_id)))
            form_id += len(file.result.forms)
        if alone:
            return made
        lasts = [
            file.last and aligned(result, file.last)
            for file, result in zip(files, made, strict=True)
        ]
        hollow = [hollow_in(last, self.spread) for last in lasts]
        made = [
            followed(result, last, empty) if last else result
            for result, last, empty in zip(made, lasts, hollow, strict=True)
        ]
        tables = with_rounds(joined(file.brief() for file in files), made, lasts, hollow)
        lang, policies = self.config.lang, _policies(tables, self.config)
        checked = check(tables, policies, rules=asked, lang=lang)
        done, form_id = [], 0
        for at, result in enumerate(made):
            done.append(accepted(_merged(result, (checked, at, form_id)), lang))
            form_id += len(result.forms)
        return done

    def of_register(self) -> FileResult | None:
        """A result of its own for the projects of the register that nobody submitted."""
        path = self.config.register
        if not path:
            return None
        missing = self.checked.by_file.get(-1, ())
        digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
        status = heaviest(missing, ()) if missing else "clean"
        return FileResult(Path(path).as_posix(), digest, status, findings=missing)


class _Run:
    """What the rules have said so far of the files of a run, numbered over the whole of it."""

    def __init__(
        self, brief: Callable[[int], Brief], rules: Sequence[Rule], config: Config
    ) -> None:
        self._brief, self._rules, self._config = brief, rules, config
        self._first = array("q", [0])  # the first form of each file met, and of the next one
        self._by_form: dict[int, tuple[Finding, ...]] = {}
        self._by_file: dict[int, tuple[Finding, ...]] = {}
        self._outcomes: list[Mapping[str, Outcome]] = []
        self._same: dict[tuple[Outcome, ...], Mapping[str, Outcome]] = {}
        self.checked = Checked(self._by_form, self._by_file, self._outcomes)

    def judge(self, files: Sequence[int], listed: Rows | None = None) -> Tables:
        """Judge some files together, the next ones or such as were judged before; their tables."""
        tables = joined(map(self._met, files), listed)
        policies = _policies(tables, self._config)
        checked = check(tables, policies, rules=self._rules, lang=self._config.lang)
        forms = [form for n in files for form in range(self._first[n], self._first[n + 1])]
        _renew(self._by_form, checked.by_form, forms)
        _renew(self._by_file, checked.by_file, files)
        self._by_file |= {n: found for n, found in checked.by_file.items() if n < 0}
        self._outcomes += [{}] * (self._first[-1] - len(self._outcomes))
        for form, outcomes in zip(forms, checked.outcomes, strict=True):
            self._outcomes[form] = self._same.setdefault(tuple(outcomes.values()), outcomes)
        return tables

    def _met(self, n: int) -> Brief:
        brief = self._brief(n)
        if n == len(self._first) - 1:
            self._first.append(self._first[n] + len(brief["forms"]))
        return brief


def _renew(
    whole: dict[int, tuple[Finding, ...]],
    found: Mapping[int, tuple[Finding, ...]],
    numbers: Iterable[int],
) -> None:
    """Let `whole` have what was found of some, which stand in it under other numbers."""
    for at, number in enumerate(numbers):
        whole.pop(number, None)
        if at in found:
            whole[number] = found[at]


def _policies(tables: Tables, config: Config) -> Policies:
    office = own(config.policy)
    return Policies.resolve(tables, region=config.region or None, year=config.year, own=office)


def _merged(file: FileResult, *said: tuple[Checked, int, int]) -> FileResult:
    """The file with what was found of it, each with its number and that of its first form there."""
    findings = file.findings
    for checked, file_id, _ in said:
        findings += checked.by_file.get(file_id, ())
    forms = tuple(
        _form(form, [(checked, first + n) for checked, _, first in said])
        for n, form in enumerate(file.forms)
    )
    status = file.status if file.status == "unreadable" else heaviest(findings, forms)
    return replace(file, status=status, findings=findings, forms=forms)


def _form(form: FormResult, said: Iterable[tuple[Checked, int]]) -> FormResult:
    findings, outcomes = form.findings, dict(form.outcomes)
    for checked, form_id in said:
        findings += checked.by_form.get(form_id, ())
        outcomes |= checked.outcomes[form_id]
    return replace(form, findings=findings, outcomes=outcomes)
