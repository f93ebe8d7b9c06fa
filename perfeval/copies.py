"""How the copy that goes back was made, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from perfeval.texts import Lang, Text


class Copy(StrEnum):
    """What the annotated workbook is made from."""

    PATCHED = "patched"  # the submitted file itself
    CONVERTED = "converted"  # the submitted file as LibreOffice has converted it
    REBUILT = "rebuilt"  # a workbook of ours with the contents of the submitted file


REMARKS: Mapping[Copy, Text] = {
    Copy.CONVERTED: Text(
        "原件不是 .xlsx 格式，本副本由 LibreOffice 转换而成，各单元格的值已与原件核对一致；"
        "版式如有出入，以原件为准。",
        "The original is no .xlsx file: LibreOffice converted it, and the value of every cell "
        "was compared with the original, which counts where looks differ.",
    ),
    Copy.REBUILT: Text(
        "原件的格式不能直接批注，也没有转换"
        "（文本文件或网页，或未安装 LibreOffice，或转换结果与原件不一致）；"
        "本工作簿照原件内容另制，版式以原件为准。",
        "The original's format cannot be annotated, nor was it converted (a text, or no "
        "LibreOffice here, or its conversion differed): this workbook repeats the contents; for "
        "looks the original counts.",
    ),
}


def remark(copy: Copy | None, lang: Lang) -> str:
    """What is to be said of a copy, "" where it is the submitted file itself."""
    return REMARKS[copy](lang) if copy is not None and copy in REMARKS else ""
