"""Elements of a large part one after the other, in memory that does not grow with the part."""

from __future__ import annotations

import io
from collections.abc import Iterator

from lxml import etree

from perfeval.errors import UnreadableError
from perfeval.ooxml.package import parse

WHOLE = 8 * 2**20  # parts up to here are parsed at once, which is faster


def elements(content: bytes, name: str, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """The elements called one of `tags`, in document order; each stands until the next is asked.

    Raises UnreadableError if the part is no XML or has a DTD.
    """
    if len(content) <= WHOLE:
        yield from parse(content, name).iter(*tags)
        return
    events = etree.iterparse(
        io.BytesIO(content), tag=tags, resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for _, element in events:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as exc:
        raise UnreadableError(
            f"文件损坏：其中的“{name}”不是有效的 XML。请用 Excel 或 WPS 打开后另存一次",
            f"the file is damaged: {name!r} is no valid XML; "
            "open it in Excel or WPS and save it again",
        ) from exc
    if events.root.getroottree().docinfo.internalDTD is None:
        return
    raise UnreadableError(
        f"“{name}”中有文档类型声明，正常的工作簿没有，为安全起见不打开",
        f"{name!r} declares a document type, which no real workbook does; not opened for safety",
    )
