"""What only a whole run can tell: the rules across forms, and the register of approved projects.

The rules that compare a form with its last round (course.ROUND_RULES) or with the year before
(years.YEAR_RULES) judge each form by itself, given which explanations were copied from file to
file: they are asked for some files at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from perfeval import register
from perfeval.alignment import aligned
from perfeval.checking import Checked, check
from perfeval.config import Config
from perfeval.course import ROUND_RULES, LastRound
from perfeval.findings import FileResult, FormResult, heaviest
from perfeval.policy import Policies, own
from perfeval.round_tables import with_rounds
from perfeval.rounds import Spread, accepted, followed, hollow_in
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
    brief: Brief  # with every row where the file has come back


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
        briefs: Iterable[Brief],
        spread: Spread,
        rules: Sequence[Rule],
        config: Config,
        *,
        years: Iterable[Years] = (),
    ) -> Across:
        """Judge the files of which the briefs are, in their order; `years` keep earlier forms."""
        listed = register.load(config.register) if config.register else None
        tables = joined(briefs, listed)
        later = ROUND_RULES | YEAR_RULES
        parted = [[r for r in rules if (r.code in later) is on] for on in (False, True)]
        checked = check(tables, _policies(tables, config), rules=parted[False], lang=config.lang)
        return cls(checked, parted[True], spread, config, tuple(years))

    def onto(self, files: Sequence[Single]) -> list[FileResult]:
        """The results with the findings across the run, and the course of each finding."""
        made = [_merged(file.result, self.checked, file.at, file.form) for file in files]
        made = over_years(made, self.years, self.later_rules, self.config)
        lasts = [
            file.last and aligned(result, file.last)
            for file, result in zip(files, made, strict=True)
        ]
        hollow = [hollow_in(last, self.spread) for last in lasts]
        made = [
            followed(result, last, empty) if last else result
            for result, last, empty in zip(made, lasts, hollow, strict=True)
        ]
        tables = with_rounds(joined(file.brief for file in files), made, lasts, hollow)
        lang, policies = self.config.lang, _policies(tables, self.config)
        asked = [rule for rule in self.later_rules if rule.code in ROUND_RULES]
        checked = check(tables, policies, rules=asked, lang=lang)
        done, form_id = [], 0
        for at, result in enumerate(made):
            done.append(accepted(_merged(result, checked, at, form_id), lang))
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


def _policies(tables: Tables, config: Config) -> Policies:
    office = own(config.policy)
    return Policies.resolve(tables, region=config.region or None, year=config.year, own=office)


def _merged(file: FileResult, checked: Checked, file_id: int, form_id: int) -> FileResult:
    """The file with what was found of it; its first form is `form_id`."""
    forms = tuple(_form(form, at, checked) for at, form in enumerate(file.forms, form_id))
    findings = file.findings + checked.by_file.get(file_id, ())
    status = file.status if file.status == "unreadable" else heaviest(findings, forms)
    return replace(file, status=status, findings=findings, forms=forms)


def _form(form: FormResult, form_id: int, checked: Checked) -> FormResult:
    return replace(
        form,
        findings=form.findings + checked.by_form.get(form_id, ()),
        outcomes={**form.outcomes, **checked.outcomes[form_id]},
    )
