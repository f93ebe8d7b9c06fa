"""What a package holds besides sheets that a reviewer should know of."""

from __future__ import annotations

from functools import lru_cache

from perfeval.ooxml.package import Package

_SIGNS = {
    "macros": ("vbaproject.bin", "/macrosheets/"),
    "external-links": ("/externallinks/externallink",),
    "embedded-objects": ("/embeddings/", "/activex/"),
    "signature": ("_xmlsignatures/",),
}


def traits_of(package: Package) -> frozenset[str]:
    """Some of macros, external-links, embedded-objects, signature."""
    return _traits(package.names())


@lru_cache(maxsize=128)  # forms of one template have the same parts
def _traits(members: tuple[str, ...]) -> frozenset[str]:
    names = "\n".join(f"/{name}" for name in members).lower().replace("\\", "/")
    return frozenset(
        trait for trait, signs in _SIGNS.items() if any(sign in names for sign in signs)
    )
