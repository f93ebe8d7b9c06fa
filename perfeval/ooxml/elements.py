"""XML of a SpreadsheetML part: namespaces, text escapes, and the order its schema asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONSHIPS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# Children of CT_Worksheet, CT_Workbook and CT_Stylesheet in the order of ECMA-376.
WORKSHEET = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]
WORKBOOK = [
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
]
STYLES = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
]

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LITERAL = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def local(node: etree._Element) -> str:
    """The name of an element without its namespace; "" for comments and instructions."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def namespace(root: etree._Element) -> str:
    """The main namespace as this part writes it (transitional or strict)."""
    return root.tag[1:].partition("}")[0] if root.tag.startswith("{") else ""


def child(parent: etree._Element, name: str) -> etree._Element | None:
    """The first child called `name` in the namespace of its parent."""
    tag = f"{{{namespace(parent)}}}{name}"
    return next(parent.iterchildren(tag), None)


def ensure_child(parent: etree._Element, name: str, order: Sequence[str]) -> etree._Element:
    """The child called `name`, made at its place in `order` if it is not there."""
    found = child(parent, name)
    if found is None:
        found = parent.makeelement(f"{{{namespace(parent)}}}{name}")
        insert_ordered(parent, found, order)
    return found


def insert_ordered(parent: etree._Element, node: etree._Element, order: Sequence[str]) -> None:
    """Insert `node` before the first child that comes later in `order`."""
    rank = order.index(local(node))
    for position, sibling in enumerate(parent):
        if _rank(sibling, order) > rank:
            parent.insert(position, node)
            return
    parent.append(node)


def serialise(root: etree._Element) -> bytes:
    """The part as bytes, in UTF-8, with whatever stood before the root."""
    body = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=False)
    return DECLARATION.encode() + body


def needs_escape(text: str) -> bool:
    """Whether a text holds what XML or SpreadsheetML spells otherwise; nearly none does."""
    return "&" in text or "<" in text or ">" in text or "_x" in text or _has_control(text)


def escape_text(text: str) -> str:
    """As SpreadsheetML stores it: what XML cannot hold, and a literal _x0041_, as _xHHHH_."""
    if "_x" in text:
        text = _LITERAL.sub("_x005F_", text)
    if _has_control(text):
        text = _CONTROL.sub(lambda match: f"_x{ord(match.group()):04X}_", text)
    return text


def xml_text(text: str) -> str:
    """As `escape_text`, and ready to stand in XML."""
    if not needs_escape(text):
        return text
    return escape_text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape_text(text: str) -> str:
    """The reverse of `escape_text`."""
    return _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text)


def set_text(node: etree._Element, text: str) -> None:
    """Put `text` into a `t` element, its blanks kept."""
    node.text = escape_text(text)
    if text != text.strip() or "\n" in text:
        node.set(XML_SPACE, "preserve")


def _has_control(text: str) -> bool:
    if text.isprintable() or text.replace("\n", "").replace("\u3000", "").isprintable():
        return False
    return _CONTROL.search(text) is not None


def _rank(node: etree._Element, order: Sequence[str]) -> int:
    name = local(node)
    if name == "AlternateContent":  # controls and oleObjects come wrapped in one
        inner = [local(leaf) for branch in node for leaf in branch]
        name = next((leaf for leaf in inner if leaf in order), "")
    return order.index(name) if name in order else -1
