"""Labels that share a cell with their value: 项目名称：X."""

from __future__ import annotations

import re

from perfeval.layout.grid import Item
from perfeval.layout.lexicon import Label, Lexicon

_COLON = re.compile(r"[:：]")
_NEXT = re.compile(r"(?:\s{2,}|\t)\S{2,10}?[:：]")


def label_before(words: Lexicon, item: Item, *, last: bool = False) -> Label:
    """The label before the (last) colon where a value follows it; the whole cell's label otherwise."""
    text = item.cell.text
    if ":" not in text and "：" not in text:
        return item.label
    label, value = split(text, last=last)
    return words.look(label) if value or last else item.label


def split(text: str, *, last: bool = False) -> tuple[str, str]:
    """Label and value of "label: value"; the value ends where a further label begins.

    >>> split("单位名称：甲局   填报日期：2021.3"), split("其中：基本支出：17万元", last=True)
    (('单位名称', '甲局'), ('其中：基本支出', '17万元'))
    """
    found = [
        colon for colon in _COLON.finditer(text) if last or text[: colon.start()].strip() != "其中"
    ]
    if not found:
        return text.strip(), ""
    colon = found[-1] if last else found[0]
    value = text[colon.end() :]
    if not last and (following := _NEXT.search(value)):
        value = value[: following.start()]
    return text[: colon.start()].strip(), value.strip(" \t\n\u3000:：")
