"""A .zip with submissions in it: names made safe, sizes limited, members read one at a time."""

from __future__ import annotations

import zipfile
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from perfeval.errors import UnreadableError
from perfeval.ooxml.rawzip import MAX_RATIO, RATIO_FROM, Member

MAX_MEMBERS = 200_000
MAX_MEMBER_BYTES = 256 << 20
_LOCKED = 1  # of the flags of a member
_LOCAL = 30  # bytes of the fixed part of a local header


@dataclass(frozen=True, slots=True)
class Archive:
    """Members by the name under which they are stored, and a number where that is not the first."""

    path: Path
    infos: dict[str, zipfile.ZipInfo]

    @classmethod
    def open(cls, path: Path) -> Archive:
        """Raises UnreadableError when it is no zip or holds too much."""
        try:
            with zipfile.ZipFile(path) as zipped:
                infos = [info for info in zipped.infolist() if not info.is_dir()]
        except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise UnreadableError(f"压缩包已损坏：{error}", f"damaged archive: {error}") from error
        if len(infos) > MAX_MEMBERS:
            raise UnreadableError(
                f"压缩包内文件过多（{len(infos)}），请分批报送",
                f"too many members ({len(infos)}): send them in parts",
            )
        seen: Counter[str] = Counter()
        stored = {}
        for info in infos:
            seen[info.filename] += 1
            again = seen[info.filename] - 1  # a name may stand in it twice: neither file is lost
            stored[f"{info.filename}\0{again}" if again else info.filename] = info
        return cls(path, stored)

    def members(self) -> list[tuple[str, PurePosixPath]]:
        """(key in `infos`, safe relative path) of each member, sorted; no path leaves its folder.

        Names that become the same when made safe are told apart by a number.
        """
        safe: dict[PurePosixPath, int] = {}
        found = []
        for name in sorted(self.infos):
            parts = [
                p
                for p in _decoded(self.infos[name]).replace("\\", "/").split("/")
                if p not in ("", ".", "..")
            ]
            path = PurePosixPath(*(part.replace(":", "_") for part in parts or ["_"]))
            safe[path] = safe.get(path, 0) + 1
            if safe[path] > 1:
                path = path.with_name(f"{path.stem}({safe[path]}){path.suffix}")
            found.append((name, path))
        return found

    def read(self, member: str) -> bytes:
        """The bytes of a member. Raises UnreadableError: damaged, too large or encrypted."""
        info = self.infos.get(member)
        if info is None or info.file_size > MAX_MEMBER_BYTES or _is_bomb(info):
            raise UnreadableError(
                f"压缩包内的文件过大或不存在：{member}", f"member missing or too large: {member}"
            )
        try:
            packed = self._packed(info)
        except OSError as error:
            raise UnreadableError(f"压缩包已损坏：{error}", f"damaged archive: {error}") from error
        return Member(member, packed, info.compress_type, info.CRC, info.file_size).unpack()

    def _packed(self, info: zipfile.ZipInfo) -> bytes:
        """The member as it lies; the directory, which may be long, is not read for each."""
        if info.flag_bits & _LOCKED:
            raise UnreadableError(
                "压缩包内的文件有密码，无法解压；请解压后再提交",
                "the member is encrypted: unpack it before submitting it",
            )
        with self.path.open("rb") as file:
            file.seek(info.header_offset)
            head = file.read(_LOCAL)
            names = head[26:]
            if head[:4] != b"PK\x03\x04" or len(head) < _LOCAL:
                raise OSError("no member where the directory says so")
            skipped = int.from_bytes(names[:2], "little") + int.from_bytes(names[2:4], "little")
            file.seek(skipped, 1)
            return file.read(info.compress_size)


def opened(path: Path) -> Archive:
    """The archive, kept for the members that follow. Raises OSError or UnreadableError."""
    stat = path.stat()
    return _opened(path, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=2)
def _opened(path: Path, size: int, mtime_ns: int) -> Archive:
    return Archive.open(path)


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    most = max(RATIO_FROM, MAX_RATIO * info.compress_size)
    return info.file_size > most


def _decoded(info: zipfile.ZipInfo) -> str:
    """The name as the sender saw it: Chinese Windows stores GBK, other zips UTF-8, unsaid."""
    if info.flag_bits & 0x800:
        return info.filename
    for encoding in ("utf-8", "gb18030"):  # GBK is hardly ever UTF-8 by chance
        try:
            return info.filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return info.filename
