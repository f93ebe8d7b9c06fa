"""The workbooks that go back to a submitter, by what was sent: patched, converted, or rebuilt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from perfeval import convert
from perfeval.copies import Copy
from perfeval.errors import PerfevalError
from perfeval.findings import FileResult, Plan
from perfeval.read import read_bytes
from perfeval.read.locks import locked, unlocked
from perfeval.texts import Lang
from perfeval.write import annotate_and_correct, rebuilt_books

PATCHABLE = "xlsx"  # the format that can be patched, as model.Workbook has it


@dataclass(frozen=True, slots=True)
class Submitted:
    """A file as it came: its format as the reader found it, and as .xlsx where it was converted."""

    data: bytes
    format: str
    converted: bytes | None = None


def conversions(files: Sequence[tuple[bytes, str]], passwords: Sequence[str]) -> list[bytes | None]:
    """Each file (content, format) as .xlsx where it has to be converted and can be, in order."""
    wanted = [n for n, (_, kind) in enumerate(files) if kind in convert.ENDINGS]
    books = [(_opened(files[n][0], passwords), files[n][1]) for n in wanted]
    made = dict(zip(wanted, convert.to_packages(books), strict=True)) if wanted else {}
    return [made.get(n) for n in range(len(files))]


@dataclass(frozen=True, slots=True)
class Returned:
    """`books` are the copies, annotated and corrected; `result` says how they were made.

    Excel opens what `has_macros` under no other ending than .xlsm.
    """

    result: FileResult
    books: Mapping[str, bytes]
    has_macros: bool


def returned_books(
    submitted: Submitted, result: FileResult, fixes: Plan, *, passwords: Sequence[str], lang: Lang
) -> Returned:
    """The workbooks that go back.

    What was encrypted is encrypted again with its password; its bytes differ in every run, since
    encryption must begin with chance. A file that can neither be patched nor converted goes back as
    a workbook of ours with its contents.
    """
    data, password = unlocked(submitted.data, passwords)
    package = data if submitted.format == PATCHABLE else submitted.converted
    if package is None:
        result = replace(result, copy=Copy.REBUILT)
        workbook = read_bytes(submitted.data, result.path, passwords=passwords)
        copies = rebuilt_books(result, fixes, workbook, lang=lang)
    else:
        converted = submitted.format != PATCHABLE
        result = replace(result, copy=Copy.CONVERTED if converted else Copy.PATCHED)
        copies = annotate_and_correct(package, result, fixes, lang=lang)
    books = {"annotated": copies.annotated, "corrected": copies.corrected}
    if password:
        books = {name: locked(book, password) for name, book in books.items()}
    return Returned(result, books, copies.has_macros)


def carried_out(submitted: Submitted, fixes: Plan, *, passwords: Sequence[str], lang: Lang) -> Plan:
    """The plan as the corrected copy carries it out; as it is where a copy has to be rebuilt."""
    from perfeval.write.correction import patched_plan

    data = submitted.converted
    if submitted.format == PATCHABLE:
        data = unlocked(submitted.data, passwords)[0]
    return patched_plan(data, fixes, lang=lang) if data else fixes


def _opened(data: bytes, passwords: Sequence[str]) -> bytes:
    try:
        return unlocked(data, passwords)[0]
    except PerfevalError:
        return data
