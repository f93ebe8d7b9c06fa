"""回执: what was received, what was found, what goes back; beside a rejected file, its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from perfeval.findings import FileResult
from perfeval.report.phrases import words
from perfeval.texts import Lang, Text
from perfeval.watch.claims import Claim
from perfeval.watch.places import Place

TITLE = Text("绩效自评表收件回执", "Receipt of a self-evaluation form")
_FILE = Text("文件", "File")
_RECEIVED = Text("收到", "Received")
_SIZE = Text("大小", "Size")
_BYTES = Text("{n} 字节", "{n} bytes")
_ROUND = Text("轮次", "Round")
_NTH = Text("第 {n} 轮", "{n}")
_VERDICT = Text("结论", "Verdict")
_COUNTS = Text(
    "强制 {error} 项，核实 {warning} 项，提示 {info} 项",
    "{error} to correct, {warning} to explain or correct, {info} for information",
)
_REASON = Text("原因", "Reason")
_RETURNS = Text("退回", "Returned")
_MEMBERS = Text("压缩包内 {n} 个文件", "{n} files in the archive")


def receipt(claim: Claim, place: Place, files: Sequence[FileResult], lang: Lang) -> bytes:
    """The receipt as a text that every Windows opens: UTF-8 with its mark, lines ended for it."""
    head = [
        (_FILE(lang), str(claim.rel)),
        (_RECEIVED(lang), f"{claim.at:%Y-%m-%d %H:%M:%S}"),
        (_SIZE(lang), _BYTES(lang, n=f"{claim.state.size:,}")),
        ("SHA-256", place.sha256),
        (_ROUND(lang), _NTH(lang, n=place.number)),
    ]
    is_archive = not files[0].path.endswith(str(claim.rel))
    blocks = [[(TITLE(lang), ""), *head]]
    if is_archive:
        blocks[0].append((_RETURNS(lang), _MEMBERS(lang, n=len(files))))
    for file in files:
        inside = file.path.partition(f"{claim.rel}!")[2]
        named = [(_FILE(lang), inside)] if is_archive else []
        blocks.append([*named, *_came_of(file, lang)])
    text = "\n\n".join("\n".join(_line(*line) for line in block) for block in blocks) + "\n"
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(errors="replace")


def verdict(files: Iterable[FileResult], lang: Lang) -> str:
    """The heaviest verdict of what was in a file."""
    order = ("unreadable", "error", "warning", "info", "clean")
    statuses = {file.status for file in files}
    heaviest = next((status for status in order if status in statuses), "unreadable")
    return words(lang)[f"verdict_{heaviest}"]


def counts(files: Iterable[FileResult]) -> dict[str, int]:
    """Findings by level."""
    found = Counter(finding.level.value for file in files for finding in file.all_findings())
    return {level: found[level] for level in ("error", "warning", "info")}


def reason(files: Sequence[FileResult], lang: Lang) -> str:
    """Why nothing could be checked."""
    several = " " if lang == "en" else ""
    return f"；{several}".join(dict.fromkeys(file.reason or "" for file in files))


def _came_of(file: FileResult, lang: Lang) -> list[tuple[str, str]]:
    lines = [(_VERDICT(lang), verdict([file], lang))]
    if file.status == "unreadable":
        return [*lines, (_REASON(lang), file.reason or "")]
    lines.append(("", _COUNTS(lang, **counts([file]))))
    names = list(file.outputs.values())
    return [*lines, *((_RETURNS(lang) if i == 0 else "", name) for i, name in enumerate(names))]


def _line(label: str, text: str) -> str:
    """A label and its text in two columns; a name with line breaks stays on its line."""
    text = " ".join(text.split())
    width = sum(2 if ord(c) > 0x2E80 else 1 for c in label)
    return f"{label}{' ' * max(1, 10 - width)}{text}" if text else label
