"""What the corrected copies would change, as a unified diff of cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfeval.findings import FileResult, Patch, Plan
from perfeval.report.plain import one_line
from perfeval.texts import Lang, Text

CORRECTED = Text("（更正稿）", " (corrected)")
COUNTED = Text(
    "更正稿将改 {done} 个单元格（{files} 个文件），另有 {left} 处须单位自行处理",
    "The corrected copies would change {done} cells in {files} files; {left} are left to the units",
)


def change_lines(file: FileResult, plan: Plan, lang: Lang) -> Iterator[str]:
    """A file's head, and for each cell its place, rule and reason, its old and its new value."""
    if not plan.patches:
        return
    yield one_line(f"--- {file.path}")
    yield one_line(f"+++ {file.path}{CORRECTED(lang)}")
    for patch in plan.patches:
        yield from _change(patch)


def _change(patch: Patch) -> Iterator[str]:
    yield one_line(f"@@ {patch.sheet}!{patch.cell} @@ {patch.code} {patch.reason}")
    yield one_line(f"-{patch.old}")
    yield one_line(f"+{patch.new}")


def counted(plans: Sequence[Plan], lang: Lang) -> str:
    """The closing line."""
    return COUNTED(
        lang,
        done=sum(len(plan.patches) for plan in plans),
        files=sum(bool(plan.patches) for plan in plans),
        left=sum(len(plan.left_out) for plan in plans),
    )
