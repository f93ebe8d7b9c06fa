"""Which files a call means: files, folders searched through, and .zip archives."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from perfeval.errors import UnreadableError, UsageError
from perfeval.limits import DEFAULT, Limits
from perfeval.ooxml.archive import Archive, opened
from perfeval.read.refusals import too_large

# What people send for a form, the right kind or not: anything else in a folder is not a submission.
SUBMISSIONS = frozenset(
    [
        ".xlsx",
        ".xlsm",
        ".xltx",
        ".xls",
        ".et",
        ".ett",
        ".xlt",
        ".xlsb",
        ".ods",
        ".fods",
        ".odt",
        ".csv",
        ".tsv",
        ".txt",
        ".htm",
        ".html",
        ".mht",
        ".mhtml",
        ".xml",
        ".zip",
        ".doc",
        ".docx",
        ".wps",
        ".wpt",
        ".rtf",
        ".pdf",
        ".ofd",
        ".ppt",
        ".pptx",
        ".rar",
        ".7z",
        ".jpg",
        ".jpeg",
        ".png",
        ".tif",
        ".tiff",
        ".bmp",
        ".gif",
        ".webp",
        ".heic",
        ".eml",
        ".msg",
    ]
)


@dataclass(frozen=True, slots=True)
class Source:
    """One submission. Outputs call it `name`; they go to `rel` below --out.

    Paths are plain texts: a run may have tens of thousands of these in memory.
    """

    name: str
    rel: str  # of POSIX
    path: str
    member: str = ""  # name inside of the archive `path`
    leaves: bool = False  # a link out of the folder that was searched
    data: bytes | None = field(default=None, repr=False)  # the bytes, where they travel

    def read(self, limits: Limits = DEFAULT) -> bytes:
        """The bytes. Raises OSError or UnreadableError."""
        if self.data is not None:
            return self.data
        if self.member:
            return opened(Path(self.path)).read(self.member)
        if self.leaves:
            raise UnreadableError(
                "这是指向文件夹之外的链接，没有读取；请提交文件本身",
                "a link that leaves the folder was not followed: submit the file itself",
            )
        path = Path(self.path)
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise UnreadableError("不是普通文件，没有读取", "not a regular file: it was not read")
        if state.st_size > limits.file_bytes:
            raise too_large(state.st_size, limits)
        return path.read_bytes()

    def loaded(self, limits: Limits = DEFAULT) -> Source:
        """The source with its bytes, if they can be read here."""
        try:
            return replace(self, data=self.read(limits))
        except (OSError, UnreadableError):
            return self

    def sha256(self, limits: Limits = DEFAULT) -> str:
        """The SHA-256 of the bytes; "" where they cannot be read."""
        try:
            return hashlib.sha256(self.read(limits)).hexdigest()
        except (OSError, UnreadableError):
            return ""


def single(path: Path) -> Source:
    """A file by itself, whatever it is called."""
    return _plain(path, PurePosixPath(path.name))


def find(paths: Iterable[Path], *, outside: Path | None = None) -> list[Source]:
    """All submissions under `paths` in a stable order, without the output folder `outside`.

    Raises UsageError for a path that does not exist.
    """
    found: dict[tuple[Path, str], Source] = {}
    folders: dict[Path, Path] = {}
    barred = outside.resolve() if outside else None
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}：没有这个文件或文件夹，请检查路径（no such file or folder）")
        sources = _folder(path, barred) if path.is_dir() else _file(path, PurePosixPath(path.name))
        for source in sources:
            found.setdefault((_place(Path(source.path), folders), source.member), source)
    return list(found.values())


def _place(path: Path, folders: dict[Path, Path]) -> Path:
    """The path without links; that of a folder, once it is known, is in `folders`."""
    if path.is_symlink():
        return path.resolve()
    folder = path.parent
    if folder not in folders:
        folders[folder] = folder.resolve()
    return folders[folder] / path.name


def _folder(folder: Path, barred: Path | None) -> Iterator[Source]:
    root = folder.resolve()
    for here, folders, files in os.walk(folder):
        if barred and Path(here).resolve() == barred:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(here, name)
            rel = PurePosixPath(path.relative_to(folder).as_posix())
            if not is_submission(name):
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(root):
                yield _plain(path, rel, leaves=True)
            else:
                yield from _file(path, rel)


def _file(path: Path, rel: PurePosixPath) -> Iterator[Source]:
    found = list(_members(path, rel)) if path.suffix.lower() == ".zip" and path.is_file() else []
    yield from found or [_plain(path, rel)]  # the reader will say what it is


def _plain(path: Path, rel: PurePosixPath, *, leaves: bool = False) -> Source:
    name = path.as_posix()
    return Source(name, str(rel), name, leaves=leaves)


def _members(path: Path, rel: PurePosixPath) -> Iterator[Source]:
    """The submissions in an archive; none where it cannot be opened."""
    with suppress(UnreadableError):
        for member, inside in Archive.open(path).members():
            if is_submission(inside.name):
                name, place = f"{path.as_posix()}!{inside}", rel.with_suffix("") / inside
                yield Source(name, str(place), path.as_posix(), member)


def is_submission(name: str) -> bool:
    """Lock files, partial files and hidden files are left alone."""
    return (
        Path(name).suffix.lower() in SUBMISSIONS
        and not name.startswith(("~$", "."))
        and not name.endswith((".part", ".tmp"))
    )
