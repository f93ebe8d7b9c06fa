"""A Word template that is opened once and filled for many documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any  # docxtpl has no types

from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2 import Environment, StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from perfeval.ooxml.rawzip import read_members, replaced, undated, write_members

_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
_NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_BREAK = re.compile(r"[\t\n\a\f]")


class _Environment(SandboxedEnvironment):
    """docxtpl hands in the same sources for every document: each is compiled once."""

    @lru_cache(64)  # noqa: B019  # it goes with its template
    def from_string(self, *args: Any, **kwargs: Any) -> Template:  # type: ignore[override]  # cached
        return super().from_string(*args, **kwargs)


class WordTemplate(DocxTemplate):  # type: ignore[misc]
    """What docxtpl does to a template before it fills it is done once, not for every document.

    Filling replaces parts of the opened package: what they were in the template is kept here. Of
    headers, footers and properties only those are filled that have something to fill in.
    """

    def __init__(self, data: bytes) -> None:
        """Raises UnreadableError for what is no sound archive, and what python-docx raises."""
        read_members(data)
        super().__init__(BytesIO(data))
        super().init_docx()
        self._filling = _Environment(undefined=StrictUndefined, autoescape=True)
        self._prepared: dict[str, str] = {}
        self._body: str = super().get_xml()
        self._edges = {uri: self._to_fill(uri) for uri in (self.HEADER_URI, self.FOOTER_URI)}
        core, parts = self.docx.core_properties, self.docx.part.package.parts
        self._properties = {}
        for name in _PROPERTIES:
            text = getattr(core, name)
            setattr(core, name, text)  # now there is one, as in every document of docxtpl
            if "{" in text:
                self._properties[name] = text
        self._core = [part for part in parts if getattr(part, "element", None) is core._element]
        self._notes = {part: part.blob for part in parts if part.content_type == _NOTES}
        out = BytesIO()
        self.docx.save(out)
        self._members = undated(read_members(out.getvalue()))

    def _to_fill(self, uri: str) -> list[tuple[str, Any]]:
        edges = super().get_headers_footers(uri)
        return [(key, part) for key, part in edges if "{" in self.get_part_xml(part)]

    def filled(self, values: Mapping[str, object]) -> bytes:
        """The document. The same values give the same bytes."""
        self.render(values, self._filling)
        document = self.docx.part
        edges = (document.rels[key].target_part for keys in self._edges.values() for key, _ in keys)
        core = self._core if self._properties else ()
        changed = (document, *edges, *core, *self._notes)
        parts = {part.partname.membername: part.blob for part in changed}
        return write_members(replaced(self._members, parts))

    # What docxtpl calls to fill the template:

    def init_docx(self, reload: bool = True) -> None:
        """It is open."""

    def get_xml(self) -> str:
        return self._body

    def get_headers_footers(self, uri: str) -> Iterator[tuple[str, Any]]:
        yield from self._edges[uri]

    def patch_xml(self, src_xml: str) -> str:
        if src_xml not in self._prepared:
            self._prepared[src_xml] = super().patch_xml(src_xml)
        return self._prepared[src_xml]

    def resolve_listing(self, xml: str) -> str:
        """Tabs and line breaks in values; docxtpl takes every paragraph apart to look for them."""
        of_paragraph = super().resolve_listing
        return _PARAGRAPH.sub(lambda p: of_paragraph(p[0]) if _BREAK.search(p[0]) else p[0], xml)

    def render_properties(self, context: Mapping[str, object], jinja_env: Environment) -> None:
        for name, text in self._properties.items():
            setattr(self.docx.core_properties, name, jinja_env.from_string(text).render(context))

    def render_footnotes(self, context: Mapping[str, object], jinja_env: Environment) -> None:
        for part, blob in self._notes.items():
            part._blob = blob
        if self._notes:
            super().render_footnotes(context, jinja_env)
