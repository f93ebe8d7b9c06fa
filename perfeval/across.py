"""What only a whole run can tell: the rules across forms, and the register of approved projects."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from perfeval import register
from perfeval.checking import Checked, check
from perfeval.config import Config
from perfeval.course import ROUND_RULES, LastRound
from perfeval.findings import FileResult, Finding, FormResult, heaviest
from perfeval.policy import Policies, own
from perfeval.round_tables import with_rounds
from perfeval.rounds import accepted, followed, hollow_replies
from perfeval.rules import Rule
from perfeval.tables import Tables
from perfeval.together import joined


def check_across(
    files: Sequence[FileResult],
    briefs: Sequence[Tables],
    rules: Sequence[Rule],
    config: Config,
    *,
    lasts: Sequence[LastRound | None],
) -> list[FileResult]:
    """The results of a run with the findings across its forms, and the course of each finding.

    `briefs` are the tables of its chunks as together.brief keeps them, in the order of `files`;
    `lasts` the rounds that the files answer to. With a register, a result of its own follows for
    the projects that nobody submitted.
    """
    listed = register.load(config.register) if config.register else None
    tables = joined(briefs, listed)
    policies = Policies.resolve(
        tables, region=config.region or None, year=config.year, own=own(config.policy)
    )
    parted = [[r for r in rules if (r.code in ROUND_RULES) is on] for on in (False, True)]
    checked = check(tables, policies, rules=parted[False], lang=config.lang)
    made = _merged(files, checked)
    hollow = hollow_replies(lasts)
    made = [
        followed(file, last, empty) if last else file
        for file, last, empty in zip(made, lasts, hollow, strict=True)
    ]
    tables = with_rounds(tables, made, lasts, hollow)
    made = _merged(made, check(tables, policies, rules=parted[True], lang=config.lang))
    made = [accepted(file, config.lang) for file in made]
    return made + ([_of_register(config.register, checked)] if config.register else [])


def _merged(files: Sequence[FileResult], checked: Checked) -> list[FileResult]:
    form_ids = iter(range(len(checked.outcomes)))
    return [
        _with(
            file,
            checked.by_file.get(file_id, ()),
            [_form(f, next(form_ids), checked) for f in file.forms],
        )
        for file_id, file in enumerate(files)
    ]


def _form(form: FormResult, form_id: int, checked: Checked) -> FormResult:
    return replace(
        form,
        findings=form.findings + checked.by_form.get(form_id, ()),
        outcomes={**form.outcomes, **checked.outcomes[form_id]},
    )


def _with(file: FileResult, more: tuple[Finding, ...], forms: Sequence[FormResult]) -> FileResult:
    findings = file.findings + more
    status = file.status if file.status == "unreadable" else heaviest(findings, forms)
    return replace(file, status=status, findings=findings, forms=tuple(forms))


def _of_register(path: str, checked: Checked) -> FileResult:
    missing = checked.by_file.get(-1, ())
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    status = heaviest(missing, ()) if missing else "clean"
    return FileResult(Path(path).as_posix(), digest, status, findings=missing)
