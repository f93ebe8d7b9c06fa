"""What the note at a cell says: all its findings, short enough to be read where it pops up."""

from __future__ import annotations

from perfeval.findings import Finding
from perfeval.texts import Lang, Text
from perfeval.write.marks import HEADING, WORDS

_HEAD = Text("【{level} {code}】{title}", "[{level} {code}] {title}")
_CAUSE = Text("可能原因：{text}", "Likely cause: {text}")
_ADVICE = Text("建议：{text}", "Advice: {text}")
_MORE = Text("（其余见末页“审核意见”表）", "(for the rest see the last sheet)")
_LONGEST = 700


def note_of(findings: list[Finding], lang: Lang) -> str:
    """The heading, then each finding; what would make the note too long is left to the sheet."""
    text = HEADING(lang)
    for finding in findings:
        block = "\n" + _block(finding, lang)
        if len(text) + len(block) > _LONGEST and text != HEADING(lang):
            return f"{text}\n{_MORE(lang)}"
        text += block
    return text


def _block(finding: Finding, lang: Lang) -> str:
    head = _HEAD(
        lang,
        level=WORDS[finding.level](lang),
        code=finding.code,
        title=finding.title,
    )
    lines = [head, finding.message]
    lines += [_CAUSE(lang, text=cause.text) for cause in finding.causes[:1]]
    lines += [_ADVICE(lang, text=finding.advice)] if finding.advice else []
    return "\n".join(line for line in lines if line)
