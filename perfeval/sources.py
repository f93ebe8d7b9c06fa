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
        state = os.stat(self.path)  # noqa: PTH116  # as in `find`; a third of the time of pathlib
        if stat.S_ISDIR(state.st_mode):
            next(Path(self.path).iterdir(), None)  # raises what kept us out of it
            raise UnreadableError(
                "文件夹当时打不开，其中的文件没有审核，请重新运行",
                "this folder could not be listed, nor its files be checked: run again",
            )
        if not stat.S_ISREG(state.st_mode):
            raise UnreadableError("不是普通文件，没有读取", "not a regular file: it was not read")
        if state.st_size > limits.file_bytes:
            raise too_large(state.st_size, limits)
        with open(self.path, "rb", buffering=0) as file:  # noqa: PTH123  # as above
            return file.read()

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

    A folder below them that cannot be listed is one too, which reading will say. Raises UsageError
    for a path that does not exist.
    """
    found: dict[tuple[Path, str], Source] = {}
    folders: dict[Path, Path] = {}
    barred = outside.resolve() if outside else None
    for path in paths:
        if not os.path.exists(path):  # noqa: PTH110  # pathlib's raise what os.path's take as no
            raise UsageError(f"{path}：没有这个文件或文件夹，请检查路径（no such file or folder）")
        is_folder = os.path.isdir(path)  # noqa: PTH112
        for source in _folder(path, barred) if is_folder else _file(path, PurePosixPath(path.name)):
            found.setdefault((_place(Path(source.path), folders), source.member), source)
    return list(found.values())


def _place(path: Path, folders: dict[Path, Path]) -> Path:
    """The path without links; that of a folder, once it is known, is in `folders`."""
    if os.path.islink(path):  # noqa: PTH114  # as in `find`
        return _real(path)
    folder = path.parent
    if folder not in folders:
        folders[folder] = _real(folder)
    return folders[folder] / path.name


def _real(path: Path) -> Path:
    """Without links, as far as they lead anywhere: pathlib raises RuntimeError for a circle."""
    return Path(os.path.realpath(path))


def _folder(folder: Path, barred: Path | None) -> Iterator[Source]:
    root = _real(folder)
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        if barred and _real(here) == barred:
            continue
        try:
            folders, files = _listed(here)
        except FileNotFoundError:  # it has been removed since
            continue
        except OSError:
            yield _plain(here, PurePosixPath(here.relative_to(folder).as_posix()))
            continue
        waiting += [here / name for name in reversed(folders) if not name.startswith(".")]
        for name, is_link in files:
            path = here / name
            rel = PurePosixPath(path.relative_to(folder).as_posix())
            if is_link and not _real(path).is_relative_to(root):
                yield _plain(path, rel, leaves=True)
            else:
                yield from _file(path, rel)


def _listed(folder: Path) -> tuple[list[str], list[tuple[str, bool]]]:
    """The folders in a folder, not those that are links, and its submissions, which may be."""
    folders, files = [], []
    with os.scandir(folder) as entries:
        for entry in entries:
            if not _is_folder(entry):
                if is_submission(entry.name):
                    files.append((entry.name, entry.is_symlink()))
            elif not entry.is_symlink():
                folders.append(entry.name)
    return sorted(folders), sorted(files)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # links in a circle
        return False


def _file(path: Path, rel: PurePosixPath) -> Iterator[Source]:
    is_zip = path.suffix.lower() == ".zip" and os.path.isfile(path)  # noqa: PTH113  # as in `find`
    yield from (list(_members(path, rel)) if is_zip else []) or [_plain(path, rel)]


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
