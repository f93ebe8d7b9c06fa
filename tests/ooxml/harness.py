"""How a written package is proved right: part by part against the one it was made from.

Opening it proves little. Every part outside of what was meant must be the same bytes; those that
were meant are compared as canonical XML, with what was added taken out again.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from perfeval.ooxml.elements import WORKSHEET, local
from perfeval.ooxml.package import Package
from tests.ooxml.books import members


def faults(before: bytes, after: bytes) -> list[str]:
    """What `after` has lost or changed beyond what a copy of ours may, and what is broken in it."""
    old, new = members(before), members(after)
    found = [f"{name} is gone" for name in old if name not in new]
    for name in old.keys() & new.keys():
        if old[name] != new[name]:
            found += [f"{name}: {fault}" for fault in _part_faults(name, old[name], new[name])]
    sound = set(soundness(before))
    return sorted(found + [fault for fault in soundness(after) if fault not in sound])


def _part_faults(name: str, old: bytes, new: bytes) -> Iterator[str]:
    if name.lower().endswith(".vml"):
        yield from _vml_faults(old, new)
        return
    try:
        was, now = etree.fromstring(old), etree.fromstring(new)
    except etree.XMLSyntaxError:
        yield "changed and no XML"
        return
    kind = local(was)
    if kind in ("Types", "Relationships"):
        kept = {canonical(node) for node in now}
        lost = (canonical(node) for node in was if canonical(node) not in kept)
        yield from (f"lost {text!r}" for text in lost)
    elif kind == "styleSheet":
        yield from _style_faults(was, now)
    elif kind == "worksheet":
        yield from _sheet_faults(was, now)
    elif kind == "workbook":
        yield from _workbook_faults(was, now)
    elif kind == "comments":
        yield from _comment_faults(was, now)
    elif kind == "chartsheet":  # deselected, as the sheet that we show is selected
        for view in was.iter("{*}sheetView"):
            view.set("tabSelected", "0")
        if canonical(was) != canonical(now):
            yield "more has changed than the selected tab"
    else:
        yield "should be the same bytes"


def canonical(node: etree._Element) -> bytes:
    """A node as its canonical text: order of attributes and unused names do not count."""
    if not isinstance(node.tag, str):  # a comment or instruction
        return etree.tostring(node, with_tail=False)
    copy = deepcopy(node)
    copy.tail = None
    return etree.tostring(copy, method="c14n2", strip_text=False)


def _style_faults(was: etree._Element, now: etree._Element) -> Iterator[str]:
    for part in was.iterchildren("*"):
        match = now.find(part.tag)
        if match is None:
            yield f"lost {local(part)}"
            continue
        grown = local(part) in ("fonts", "fills", "borders", "cellXfs")
        for at, entry in enumerate(part):
            if at >= len(match) or canonical(entry) != canonical(match[at]):
                yield f"{local(part)}[{at}] is another one"
        if not grown and len(part) != len(match):
            yield f"{local(part)} has grown"
        if grown and match.get("count") not in (None, str(len(match))):
            yield f"{local(part)} counts {match.get('count')} of {len(match)}"


def _cells(root: etree._Element) -> dict[str, etree._Element]:
    found = {}
    row_number = 0
    for row in root.iterfind("{*}sheetData/{*}row"):
        row_number = int(row.get("r") or row_number + 1)
        col = 0
        for cell in row.iterchildren("*"):
            letters = re.match(r"[A-Z]+", cell.get("r") or "")
            col = _column(letters.group()) if letters else col + 1
            found[f"{row_number}:{col}"] = cell
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _sheet_faults(was: etree._Element, now: etree._Element) -> Iterator[str]:
    old, new = _cells(was), _cells(now)
    for place, cell in old.items():
        twin = new.get(place)
        if twin is None:
            yield f"cell {place} is gone"
        elif [canonical(n) for n in cell] != [canonical(n) for n in twin]:
            yield f"cell {place} holds something else"
        elif cell.get("t") != twin.get("t"):
            yield f"cell {place} has another type"
    for place in new.keys() - old.keys():
        if len(new[place]):
            yield f"cell {place} is new and not empty"
    for part in was.iterchildren("*"):
        name = local(part)
        if name in ("sheetData", "dimension", "legacyDrawing"):
            continue
        twins = [canonical(n) for n in _selected(now).findall(part.tag)]
        if canonical(_selected(part)) not in twins:
            yield f"{name} has changed"
    more = {local(n) for n in now} - {local(n) for n in was} - {"legacyDrawing", "sheetData"}
    if more:
        yield f"has got {more}"
    rows = [dict(r.attrib) for r in was.iterfind("{*}sheetData/{*}row")]
    kept = [dict(r.attrib) for r in now.iterfind("{*}sheetData/{*}row")]
    plain = [{k: v for k, v in r.items() if k not in ("r", "spans")} for r in kept]
    for row in rows:
        if {k: v for k, v in row.items() if k not in ("r", "spans")} not in plain:
            yield f"row {row} has changed"


def _selected(node: etree._Element) -> etree._Element:
    copy = deepcopy(node)
    for view in copy.iter("{*}sheetView"):
        view.attrib.pop("tabSelected", "")
    return copy


def _workbook_faults(was: etree._Element, now: etree._Element) -> Iterator[str]:
    now = deepcopy(now)
    sheets = now.find("{*}sheets")
    assert sheets is not None
    sheets.remove(sheets[-1])
    for name in now.findall("{*}definedNames/{*}definedName"):
        ours = name.get("name", "").startswith("perfeval.")
        if ours or name.get("localSheetId") == str(len(sheets)):
            name.getparent().remove(name)
    for root in (was, now):
        for view in root.iterfind("{*}bookViews/{*}workbookView"):
            view.attrib.pop("activeTab", "")
        for calc in root.iterfind("{*}calcPr"):
            calc.attrib.pop("fullCalcOnLoad", "")
    added = ("bookViews", "definedNames", "calcPr")
    twins = {local(node): canonical(node) for node in now}
    for part in was:
        if twins.get(local(part)) != canonical(part):
            yield f"{local(part)} has changed"
    more = [n for n in now if now is not None and was.find(n.tag) is None]
    yield from (f"has got {local(n)}" for n in more if local(n) not in added)


def _comment_faults(was: etree._Element, now: etree._Element) -> Iterator[str]:
    twins = {c.get("ref"): c for c in now.iterfind(".//{*}comment")}
    for comment in was.iterfind(".//{*}comment"):
        twin = twins.get(comment.get("ref"))
        if twin is None:
            yield f"note {comment.get('ref')} is gone"
            continue
        old, new = ("".join(c.xpath("*[local-name()='text']//text()")) for c in (comment, twin))
        if not new.startswith(old) or comment.get("authorId") != twin.get("authorId"):
            yield f"note {comment.get('ref')} has changed"
        for run, kept in zip(comment.iterfind(".//{*}r"), twin.iterfind(".//{*}r"), strict=False):
            if canonical(run) != canonical(kept):
                yield f"note {comment.get('ref')} is written otherwise"
    authors = [[a.text for a in r.iterfind(".//{*}author")] for r in (was, now)]
    if authors[1][: len(authors[0])] != authors[0]:
        yield "authors have changed"


def _vml_faults(old: bytes, new: bytes) -> Iterator[str]:
    # a note that we continue may grow from its own corner: only its size differs
    size = rb"(?<=width:)[\d.]+pt|(?<=height:)[\d.]+pt|(?<=<x:Anchor>)((?:[^,<]*,){4})[^<]*"
    was, now = (re.sub(size, rb"\1", content) for content in (old, new))
    shapes = re.findall(rb"<v:shape .*?</v:shape>", was, re.DOTALL)
    yield from ("a shape has changed" for shape in shapes if shape not in now)
    ids = [re.findall(rb'<v:shape\s[^>]*\bid="([^"]+)"', content) for content in (old, new)]
    clashes = [len(found) - len(set(found)) for found in ids]  # LibreOffice calls all shape_0
    if clashes[1] > clashes[0]:
        yield "shape ids clash"


def soundness(data: bytes) -> Iterator[str]:
    """What is broken in a package, whoever wrote it."""
    package = Package.open(data)
    for name in package.names():
        if name.endswith("/"):
            continue
        if name != "[Content_Types].xml" and not package.content_type(name):
            yield f"{name} has no content type"
        if name.endswith(".rels"):
            folder, base = posixpath.split(name)
            owner = posixpath.join(posixpath.dirname(folder), base[: -len(".rels")])
            for rid, rel in package.rels(owner).items():
                if not rel.external and package.find(rel.target) is None:
                    yield f"{name} {rid} leads nowhere"
        if name.endswith(".xml"):
            root = etree.fromstring(package.read(name))
            yield from _undeclared(name, root)
            if local(root) == "worksheet":
                yield from _sheet_order(name, root)
                yield from _unboxed(package, name, root)


def _undeclared(name: str, root: etree._Element) -> Iterator[str]:
    ignorable = root.get(
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable", ""
    )
    for prefix in ignorable.split():
        if prefix not in root.nsmap:
            yield f"{name} ignores an undeclared {prefix}"


def _sheet_order(name: str, root: etree._Element) -> Iterator[str]:
    ranks = [WORKSHEET.index(local(node)) for node in root if local(node) in WORKSHEET]
    if ranks != sorted(ranks):
        yield f"{name} has its elements out of order"
    places = [tuple(map(int, place.split(":"))) for place in _cells(root)]
    if places != sorted(places):
        yield f"{name} has its cells out of order"
    ids = {value for node in root for key, value in node.attrib.items() if key.endswith("}id")}
    rels = {node.get("Id") for node in root} | ids
    if not ids <= rels:
        yield f"{name} refers to {ids - rels}"


def _unboxed(package: Package, name: str, root: etree._Element) -> Iterator[str]:
    drawing = root.find("{*}legacyDrawing")
    for rel in package.rels(name).values():
        if rel.kind != "comments" or package.find(rel.target) is None:
            continue
        vml = b""
        if drawing is not None:
            target = package.rels(name)[drawing.values()[0]].target
            vml = package.read(target)
        boxes = set(re.findall(rb"<x:Row>(\d+)</x:Row>\s*<x:Column>(\d+)</x:Column>", vml))
        for comment in package.xml(rel.target).iterfind(".//{*}comment"):
            letters, number = re.fullmatch(r"([A-Z]+)(\d+)", comment.get("ref", "")).groups()
            place = (b"%d" % (int(number) - 1), b"%d" % (_column(letters) - 1))
            if place not in boxes:
                yield f"{name} has a note without a box at {comment.get('ref')}"
