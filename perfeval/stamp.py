"""Which perfeval and which rules made a result."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache
from importlib.metadata import EntryPoints, PackageNotFoundError, entry_points, version
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import perfeval
from perfeval.config import Config
from perfeval.errors import UsageError

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


# What a check of a file by itself does not look at.
_BESIDE = frozenset(
    {
        "fail_on", "jobs", "templates", "register", "waivers", "waiver", "passwords", "ledger",
        "previous", "markdown", "letters", "reply_by", "letter_date",
        "mask", "scheduler", "source", "origins",
    }
)  # fmt: skip
_LIBRARIES = (
    "lxml", "msoffcrypto-tool", "numpy", "openpyxl", "pandas", "pyarrow", "rapidfuzz", "simpleeval",
    "xlrd",
)  # fmt: skip


def judging(config: Config) -> bytes:
    """A hash of all that a check of one file depends on, beside its name, content and passwords.

    Raises UsageError where the policy cannot be read.
    """
    told = {f.name: getattr(config, f.name) for f in fields(config) if f.name not in _BESIDE}
    digest = hashlib.sha256(code_hash())
    digest.update(json.dumps(told, default=repr, sort_keys=True).encode("utf-8", "replace"))
    digest.update(_policy(config.policy))
    return digest.digest()


def _policy(path: str) -> bytes:
    try:
        return Path(path).read_bytes() if path else b""
    except OSError as error:
        raise UsageError(f"{path}：无法读取政策文件（cannot read policy）：{error}") from error


def returning(config: Config) -> bytes:
    """A hash of all that a file's outputs depend on, beside the results and corrections in them."""
    digest = hashlib.sha256(code_hash())
    office = which("soffice") or which("libreoffice")
    places = [*_files(Path(config.templates))] if config.templates else []
    if office:
        real = Path(office).resolve()
        digest.update(f"{real} {real.stat().st_mtime_ns}".encode())
    _take(digest, Path(config.templates), places)
    digest.update(f"{config.lang} {config.markdown}".encode())
    return digest.digest()


@cache
def code_hash() -> bytes:
    """A hash of this package, of plug-ins, and of the libraries below: whatever may decide."""
    package = Path(__file__).parent
    digest = hashlib.sha256(sys.version.encode())
    _take(digest, package, _files(package))
    beside = package.parent / "templates"  # in a checkout
    _take(digest, beside, [] if (package / "templates").is_dir() else _files(beside))
    for name in _LIBRARIES:
        digest.update(f"{name} {_version(name)}\0".encode())
    for module in sorted({point.module for point in _plugins()}):
        spec = find_spec(module.partition(".")[0])
        for place in sorted(spec.submodule_search_locations or []) if spec else []:
            _take(digest, Path(place), _files(Path(place)))
        if spec and spec.origin:
            digest.update(Path(spec.origin).read_bytes())
    return digest.digest()


def _take(digest: hashlib._Hash, root: Path, paths: Iterable[Path]) -> None:
    for path in paths:
        digest.update(path.relative_to(root).as_posix().encode("utf-8", "replace") + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder that are no caches, in a stable order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in (".pyc", ".pyo"):
            yield path


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _plugins() -> EntryPoints:
    return entry_points(group="perfeval.rules")
