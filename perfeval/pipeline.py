"""One chunk of files: read, recognise, extract, check; then, apart, write what goes back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import numpy as np

from perfeval import policy, results, rules, stamp
from perfeval.checking import check
from perfeval.config import Config
from perfeval.course import LastRound
from perfeval.errors import EncryptedError, SourceChangedError, UnreadableError
from perfeval.exact import among
from perfeval.extract import Collector
from perfeval.findings import FileResult, Plan, Safety
from perfeval.fix import Spelling, plan
from perfeval.layout import extended
from perfeval.model import Workbook
from perfeval.read import read_bytes
from perfeval.read.locks import unlocked
from perfeval.sources import Source
from perfeval.tables import Tables
from perfeval.texts import Lang, Text
from perfeval.together import Brief, briefs
from perfeval.write import take_in, take_in_grid


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: the result and the plan of its corrections."""

    source: Source | None  # None: a result that is of no submission, as the register's
    result: FileResult
    plan: Plan
    format: str = ""  # as model.Workbook has it, "" where nothing could be read
    last: LastRound | None = None  # the round that the file answers to
    locked: bool = False  # with a password


@dataclass(frozen=True, slots=True)
class Chunk:
    """What came of a chunk: its outcomes, and of each file what the rules across forms look at.

    `whole` is that with every row, of files that were returned before (else None).
    """

    outcomes: tuple[Outcome, ...]
    briefs: tuple[Brief, ...]
    whole: tuple[Brief | None, ...]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it came in; "" where it cannot be opened."""

    sha256: str
    format: str
    last: LastRound | None = None  # the round that it answers to, if it was returned before
    locked: bool = False


def read_chunk(sources: Sequence[Source], config: Config) -> tuple[Tables, list[Incoming]]:
    """Tables of all files of a chunk, and what each file is."""
    words = extended(config.labels) if config.labels else None
    collector = Collector(run_year=config.year, region=config.region or None, words=words)
    incoming = []
    for source in sources:
        file_id = collector.add_file(source.name)
        digest, kind, last, locked = "", "", None, False
        try:
            data = source.read(config.limits)
            digest = hashlib.sha256(data).hexdigest() if data else ""
            opened, password = unlocked(data, config.passwords)
            locked = bool(password)
            sha256 = digest if opened is data else None
            workbook, last = unit_workbook(opened, source.name, config, sha256=sha256)
            kind = workbook.format
            collector.add_workbook(file_id, workbook)
        except EncryptedError as error:
            collector.add_problem(file_id, "encrypted", error.detail_zh, error.detail_en)
        except UnreadableError as error:
            collector.add_problem(file_id, "unreadable", error.detail_zh, error.detail_en)
        except OSError as error:
            why = error.strerror or str(error)
            collector.add_problem(
                file_id, "unreadable", f"无法打开：{why}", f"cannot be opened: {why}"
            )
        incoming.append(Incoming(digest, kind, last, locked))
    return collector.tables(), incoming


def unit_workbook(
    data: bytes, name: str, config: Config, *, sha256: str | None = None
) -> tuple[Workbook, LastRound | None]:
    """A file as the unit's own, without what an earlier round has put in, and the round that it
    answers to. `sha256` is the hash of `data`, where the caller has it.

    Raises UnreadableError and EncryptedError.
    """
    own, package, last = take_in(data)
    workbook = read_bytes(
        own,
        name,
        passwords=config.passwords,
        limits=config.limits,
        package=package,
        sha256=sha256 if own is data else None,
    )
    return (workbook, last) if workbook.format == "xlsx" else take_in_grid(workbook)


def check_chunk(sources: Sequence[Source], config: Config) -> Chunk:
    """Check each form of a chunk by itself. Reads only; what cannot be read has a finding."""
    tables, incoming = read_chunk(sources, config)
    office = policy.own(config.policy)
    policies = policy.Policies.resolve(
        tables, region=config.region or None, year=config.year, own=office
    )
    single, _ = rules.parted(rules.chosen(config.select, config.ignore, office=office))
    checked = check(tables, policies, rules=single, lang=config.lang)
    hashes = [file.sha256 for file in incoming]
    files = results.files(tables, policies, checked, hashes, lang=config.lang)
    spellings = _spellings(tables, files)
    outcomes = []
    for file_id, (source, file) in enumerate(zip(sources, files, strict=True)):
        fixes = plan(file, spellings.get(file_id, {}), confirm=config.confirm, lang=config.lang)
        came = incoming[file_id]
        outcomes.append(Outcome(source, file, fixes, came.format, came.last, came.locked))
    returned = [file_id for file_id, came in enumerate(incoming) if came.last]
    whole = briefs(tables, returned) if returned else []
    return Chunk(
        tuple(outcomes),
        tuple(briefs(tables)),
        tuple(whole[n] if came.last else None for n, came in enumerate(incoming)),
    )


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the outputs of one file go: `folder` below --out, and a stem that is its own there."""

    out: Path
    folder: PurePosixPath
    stem: str

    def name(self, kind: str, lang: Lang, *, has_macros: bool = False) -> PurePosixPath:
        ending = ENDINGS[kind](lang)
        if ending.endswith(".xlsx") and has_macros:
            ending = ending[:-1] + "m"
        return self.folder / f"{self.stem}{ending}"


ENDINGS = {
    "annotated": Text("_审核意见.xlsx", "_annotated.xlsx"),
    "corrected": Text("_更正稿.xlsx", "_corrected.xlsx"),
    "variance": Text("_差异报告.html", "_variance.html"),
    "markdown": Text("_差异报告.md", "_variance.md"),
}


def outputs(
    outcome: Outcome, to: Destination, config: Config, *, converted: bytes | None = None
) -> tuple[FileResult, dict[str, bytes]]:
    """The result with the names of its outputs, and these by name below --out: the annotated and
    the corrected workbook and the report, with `markdown` also as Markdown.

    `converted` is the file as .xlsx where it is none. Raises SourceChangedError when the file is
    no longer the one that was checked.
    """
    # what writes takes as long to import as a check of one form, which needs none of it
    from perfeval.report.policy_lines import policy_lines
    from perfeval.report.variance import variance_html, variance_markdown
    from perfeval.returning import Submitted, returned_books

    result, lang = outcome.result, config.lang
    if not is_returned(outcome):
        return result, {}
    submitted = Submitted(checked_bytes(outcome), outcome.format, converted)
    back = returned_books(submitted, result, outcome.plan, passwords=config.passwords, lang=lang)
    reported = {"variance": variance_html}
    if config.markdown:
        reported["markdown"] = variance_markdown
    contents = dict(back.books)
    for kind, written in reported.items():
        report = written(
            back.result,
            lang=lang,
            tool=stamp.tool(),
            rules_hash=stamp.rules_hash(),
            policy=policy_lines(back.result, lang),
            templates=config.templates,
        )
        contents[kind] = report.encode()
    names = {kind: to.name(kind, lang, has_macros=back.has_macros).as_posix() for kind in contents}
    made = {names[kind]: content for kind, content in contents.items()}
    return replace(back.result, outputs=names), made


def is_returned(outcome: Outcome) -> bool:
    """Whether there is a file that something can be returned for."""
    return outcome.source is not None and outcome.result.status != "unreadable"


def checked_bytes(outcome: Outcome) -> bytes:
    """The file as it was checked. Raises SourceChangedError where it has been changed since."""
    data = outcome.source.read() if outcome.source else b""
    if hashlib.sha256(data).hexdigest() != outcome.result.sha256:
        raise SourceChangedError(
            f"{outcome.result.path}：读取之后文件又被改动，未写出结果，请重新运行"
            "（changed since it was read; run again）"
        )
    return data


def _spellings(
    tables: Tables, files: Sequence[FileResult]
) -> dict[int, dict[tuple[str, str], Spelling]]:
    """How the cells are written, by file, where there is something to correct."""
    asked = {file_id: _corrected(file) for file_id, file in enumerate(files) if _is_corrected(file)}
    by_file: dict[int, dict[tuple[str, str], Spelling]] = {file_id: {} for file_id in asked}
    of_form, cells = tables.rows("forms").file_id.tolist(), tables.rows("cells")
    corrected = [form_id for form_id, file_id in enumerate(of_form) if file_id in asked]
    cells = cells[among(cells.form_id, np.array(corrected, dtype=np.int64))]
    names = ("form_id", "sheet", "ref", "raw", "number_format", "marks")
    for form_id, sheet, ref, raw, number_format, marks in cells.values(*names):
        file_id = of_form[form_id]
        if ref in asked[file_id]:
            spelling = Spelling(raw, number_format, "text-number" in marks.split())
            by_file[file_id][sheet, ref] = spelling
    return by_file


def _corrected(file: FileResult) -> frozenset[str | None]:
    """The cells that a correction may be written into: those of findings, and the totals'."""
    totals = (form.total.cell for form in file.forms)
    return frozenset([*totals, *(finding.cell for finding in file.all_findings())])


def _is_corrected(file: FileResult) -> bool:
    return any(
        finding.fix is not None and finding.fix.safety is not Safety.MANUAL
        for finding in file.all_findings()
    )
