"""A .zip with submissions in it: names made safe, sizes limited, members read one at a time."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from perfeval.errors import UnreadableError

MAX_MEMBERS = 200_000
MAX_MEMBER_BYTES = 256 << 20


@dataclass(frozen=True, slots=True)
class Archive:
    """Members by the name under which they are stored."""

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
        return cls(path, {info.filename: info for info in infos})

    def members(self) -> list[tuple[str, PurePosixPath]]:
        """(stored name, safe relative path) of each member, sorted; no path leaves its folder.

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
        if info is None or info.file_size > MAX_MEMBER_BYTES:
            raise UnreadableError(
                f"压缩包内的文件过大或不存在：{member}", f"member missing or too large: {member}"
            )
        try:
            with zipfile.ZipFile(self.path) as zipped, zipped.open(info) as stream:
                data = stream.read(MAX_MEMBER_BYTES + 1)
        except (
            OSError,
            zipfile.BadZipFile,
            NotImplementedError,
            RuntimeError,
            ValueError,
            EOFError,
            zlib.error,
        ) as error:
            raise UnreadableError(
                f"压缩包内的文件无法解压（已损坏或有密码）：{error}",
                f"cannot unpack (damaged or encrypted): {error}",
            ) from error
        if len(data) > MAX_MEMBER_BYTES:
            raise UnreadableError("压缩包内的文件解压后过大", "the member unpacks to too much")
        return data


def _decoded(info: zipfile.ZipInfo) -> str:
    """The name as the sender saw it: Chinese Windows stores GBK and does not say so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename
