"""Which perfeval and which rules made a result."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import EntryPoints, entry_points
from pathlib import Path

import perfeval

# What a finding depends on, beside the file itself.
DECIDING = ("data", "extract", "layout", "policy", "read", "rules", "scores")


def tool() -> str:
    """`perfeval 0.1.0`."""
    return f"perfeval {perfeval.__version__}"


@cache
def rules_hash() -> str:
    """A hash of everything that decides what is found; the same on every machine."""
    package = Path(__file__).parent
    digest = hashlib.sha256()
    for folder in DECIDING:
        for path in sorted((package / folder).rglob("*")):
            if path.suffix in (".py", ".toml"):
                digest.update(path.relative_to(package).as_posix().encode() + b"\0")
                digest.update(path.read_bytes() + b"\0")
    for plugin in sorted({f"{p.dist.name} {p.dist.version}" for p in _plugins() if p.dist}):
        digest.update(plugin.encode() + b"\0")
    return digest.hexdigest()[:16]


def _plugins() -> EntryPoints:
    return entry_points(group="perfeval.rules")
