"""One chunk of files: read, recognise, extract, check; then, apart, write what goes back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from perfeval import policy, results, rules, stamp
from perfeval.checking import check
from perfeval.config import Config
from perfeval.errors import EncryptedError, SourceChangedError, UnreadableError
from perfeval.extract import Collector
from perfeval.findings import FileResult, Plan
from perfeval.fix import Spelling, plan
from perfeval.outbox import write_whole
from perfeval.read import read_bytes
from perfeval.report.policy_lines import policy_lines
from perfeval.report.variance import variance_html
from perfeval.sources import Source
from perfeval.tables import Tables
from perfeval.texts import Lang, Text
from perfeval.together import brief
from perfeval.write import annotate, correct, findings_book


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: the result and the plan of its corrections."""

    source: Source | None  # None: a result that is of no submission, as the register's
    result: FileResult
    plan: Plan


@dataclass(frozen=True, slots=True)
class Chunk:
    """What came of a chunk: its outcomes, and what the rules across forms need of its tables."""

    outcomes: tuple[Outcome, ...]
    brief: Tables


def read_chunk(sources: Sequence[Source], config: Config) -> tuple[Tables, list[str]]:
    """Tables of all files of a chunk, and the SHA-256 of each ("" where it cannot be opened)."""
    collector = Collector(run_year=config.year, region=config.region or None)
    hashes = []
    for source in sources:
        file_id = collector.add_file(source.name)
        data = b""
        try:
            data = source.read()
            workbook = read_bytes(data, source.name, passwords=config.passwords)
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
        hashes.append(hashlib.sha256(data).hexdigest() if data else "")
    return collector.tables(), hashes


def check_chunk(sources: Sequence[Source], config: Config) -> Chunk:
    """Check each form of a chunk by itself. Reads only; what cannot be read has a finding."""
    tables, hashes = read_chunk(sources, config)
    office = policy.own(config.policy)
    policies = policy.Policies.resolve(
        tables, region=config.region or None, year=config.year, own=office
    )
    single, _ = rules.parted(rules.chosen(config.select, config.ignore, office=office))
    checked = check(tables, policies, rules=single, lang=config.lang)
    files = results.files(tables, policies, checked, hashes, lang=config.lang)
    spellings = _spellings(tables)
    outcomes = []
    for file_id, (source, file) in enumerate(zip(sources, files, strict=True)):
        fixes = plan(file, spellings.get(file_id, {}), confirm=config.confirm, lang=config.lang)
        outcomes.append(Outcome(source, file, fixes))
    return Chunk(tuple(outcomes), brief(tables))


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the outputs of one file go: `folder` below --out, and a stem that is its own there."""

    out: Path
    folder: PurePosixPath
    stem: str

    def name(self, kind: str, lang: Lang) -> PurePosixPath:
        return self.folder / f"{self.stem}{ENDINGS[kind](lang)}"


PACKAGE = b"PK"  # how every .xlsx begins
ENDINGS = {
    "annotated": Text("_审核意见.xlsx", "_annotated.xlsx"),
    "corrected": Text("_更正稿.xlsx", "_corrected.xlsx"),
    "variance": Text("_差异报告.html", "_variance.html"),
}


def write_outputs(outcome: Outcome, to: Destination, config: Config) -> FileResult:
    """Write the annotated and the corrected workbook and the report; the result with their names.

    Raises SourceChangedError when the file is no longer the one that was checked; OSError when
    the disk refuses.
    """
    result, lang = outcome.result, config.lang
    if result.status == "unreadable" or outcome.source is None:
        return result
    data = outcome.source.read()
    if hashlib.sha256(data).hexdigest() != result.sha256:
        raise SourceChangedError(
            f"{result.path}：读取之后文件又被改动，未写出结果，请重新运行"
            "（changed since it was read; run again）"
        )
    report = variance_html(
        result,
        lang=lang,
        tool=stamp.tool(),
        rules_hash=stamp.rules_hash(),
        policy=policy_lines(result, lang),
        templates=config.templates,
    )
    books = returned_books(data, result, outcome.plan, config)
    names = {}
    for kind, content in {**books, "variance": report.encode()}.items():
        name = to.name(kind, lang)
        write_whole(to.out / name, content)
        names[kind] = name.as_posix()
    return replace(result, outputs=names)


def returned_books(
    data: bytes, result: FileResult, fixes: Plan, config: Config
) -> Mapping[str, bytes]:
    """Annotated and corrected copy of an .xlsx package; else a findings workbook of its own."""
    if data.startswith(PACKAGE):
        return {
            "annotated": annotate(data, result, lang=config.lang),
            "corrected": correct(data, result, fixes, lang=config.lang),
        }
    workbook = read_bytes(data, result.path, passwords=config.passwords)
    return {"annotated": findings_book(result, workbook, lang=config.lang)}


def _spellings(tables: Tables) -> dict[int, dict[tuple[str, str], Spelling]]:
    """How each cell is written, by file."""
    of_form = tables.forms.file_id.tolist()
    by_file: dict[int, dict[tuple[str, str], Spelling]] = {}
    names = ("form_id", "sheet", "ref", "raw", "number_format", "marks")
    for form_id, sheet, ref, raw, number_format, marks in zip(
        *(tables.cells[name].tolist() for name in names), strict=True
    ):
        if form_id >= 0:
            spelling = Spelling(raw, number_format, "text-number" in marks.split())
            by_file.setdefault(of_form[form_id], {})[sheet, ref] = spelling
    return by_file
