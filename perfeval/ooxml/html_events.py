"""The elements and texts of a web page, repaired as browsers do.

libxml2 and not html.parser: the latter takes quadratic time on unclosed comments, and leaves cells
open whose end tag is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from lxml import etree


class Listener(Protocol):
    """What is told of a page, in its order. Names of elements are in small letters."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...


class _Target:
    """The listener as lxml wants it."""

    def __init__(self, listener: Listener) -> None:
        self.start = listener.start
        self.end = listener.end
        self.data = listener.data

    def close(self) -> None:
        return None


def listen(page: str, listener: Listener) -> None:
    """Tell `listener` of `page`; what follows damage that cannot be repaired is not told."""
    target = _Target(listener)
    parser = etree.HTMLParser(target=target, no_network=True)  # type: ignore[arg-type]  # lxml-stubs ask for bytes, too
    try:
        parser.feed(page)
        parser.close()
    except etree.XMLSyntaxError:
        return
