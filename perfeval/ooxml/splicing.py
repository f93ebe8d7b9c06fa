"""XML changed as text, where it is written as nearly every program writes it.

A part then stays as it is but for what is added, and is neither parsed nor written anew. Each
function returns None where a part is written in another way (a prefix before the names, comments,
another encoding): the parser has those.
"""

from __future__ import annotations

import re

from perfeval.ooxml.plain_part import UTF8

_HEAD = re.compile(
    rb"(?:%s" % UTF8 + rb"""(?: standalone=["'](?:yes|no)["'])? ?\?>\s*)?"""
    rb"""<([A-Za-z]+)(?=[\s/>])((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>"""
)
_SPACE = re.compile(rb"""\sxmlns=(?:"([^"]*)"|'([^']*)')""")
_ATTRIBUTE = re.compile(rb"""\s([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')""")
_TAG = rb"""<%s(?=[\s/>])(?:[^<>"']|"[^"<]*"|'[^'<]*')*>"""


def before_end(content: bytes, root: bytes, xml: str) -> bytes | None:
    """The part with `xml` as the last thing in its root element."""
    end = b"</%s>" % root
    body, head = content.rstrip(), _HEAD.match(content)
    if not body.endswith(end) or head is None or head[1] != root:
        return None
    at = len(body) - len(end)
    return content[:at] + xml.encode("ascii", "xmlcharrefreplace") + content[at:]


def start_tag(content: bytes, root: bytes) -> bytes | None:
    """What stands in the start tag of the root, if what looks like a tag in the part is one.

    Every name without a prefix then belongs to the namespace of the root, and no name with one.
    """
    head = _HEAD.match(content)
    if head is None or head[1] != root:
        return None
    end = head.end()
    if _has(b"<!", content, end) or _has(b"<?", content, end):
        return None
    declared = head[2] if content.find(b"xmlns", end) < 0 else content
    space = _SPACE.search(head[2])
    if space is None or declared.count(b"xmlns") != declared.count(b"xmlns:") + 1:
        return None
    address = space[1] or space[2]
    said = declared.count(b'"%s"' % address) + declared.count(b"'%s'" % address)
    return head[2] if said == 1 else None


def _has(sign: bytes, content: bytes, start: int) -> bool:
    """Whether a tag of a rare kind stands in a part: its second letter alone is found sooner."""
    return content.find(sign[1:], start) >= 0 and content.find(sign, start) >= 0


def before(content: bytes, tag: bytes, xml: str) -> bytes | None:
    """A part that has a `start_tag` with `xml` before `tag`, if this stands there once."""
    return content.replace(tag, xml.encode() + tag) if content.count(tag) == 1 else None


def after(content: bytes, tag: bytes, xml: str) -> bytes | None:
    """As `before`, with `xml` after `tag`."""
    return content.replace(tag, tag + xml.encode()) if content.count(tag) == 1 else None


def with_attributes(content: bytes, name: bytes, key: bytes, value: bytes) -> bytes | None:
    """A part that has a `start_tag`, where each element called `name` has this attribute."""
    made, count = re.subn(_TAG % name, lambda tag: with_attribute(tag[0], key, value), content)
    return made if count else None


def with_attribute(tag: bytes, key: bytes, value: bytes) -> bytes:
    """A start tag with an attribute that has another value."""
    for there in _ATTRIBUTE.finditer(tag):
        if there[1] == key:
            return b'%s"%s"%s' % (tag[: there.start(2)], value, tag[there.end(2) :])
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return b'%s %s="%s"%s' % (tag[:end].rstrip(), key, value, tag[end:])
