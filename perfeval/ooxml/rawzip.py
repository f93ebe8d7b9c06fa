"""A zip archive whose members are copied as they lie, not unpacked and packed again."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import NamedTuple

from perfeval.errors import EncryptedError, UnreadableError
from perfeval.ooxml.alike import ALIKE, once

MAX_UNPACKED = 512 * 2**20
MAX_MEMBERS = 20_000
MAX_RATIO = 400  # a sheet of equal rows packs about 100:1; bombs are beyond 1000:1
RATIO_FROM = 32 * 2**20  # below this much unpacked data a ratio says nothing

STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
_LEVEL = 1  # an eighth larger than 6 and more than twice as fast
_EPOCH = (0, 33)  # 1980-01-01 00:00 in MS-DOS form: the date of every member that is new
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_COMMON = struct.Struct("<5H3L2H")  # of _LOCAL and _CENTRAL: from the version to two lengths
_PLACE = struct.Struct("<3H2L")  # what _CENTRAL goes on with
_UTF8, _LOCKED = 0x800, 1
_USUAL = 0x80E  # flags: how hard it was packed, sizes said again after it, the name in UTF-8
_VERSION = 45  # the latest that office programs ask for


class Member(NamedTuple):
    """One entry: its packed bytes and what the directory says of them."""

    name: str
    packed: bytes
    method: int
    crc: int
    size: int
    dos_time: tuple[int, int] = _EPOCH
    attributes: int = 0

    def unpack(self) -> bytes:
        """The content. Raises UnreadableError if it is damaged."""
        if self.method == STORED:
            content = self.packed
        elif self.method == DEFLATED:
            try:
                content = zlib.decompressobj(-15).decompress(self.packed, self.size + 1)
            except zlib.error as exc:
                raise _damaged(self.name) from exc
        else:
            raise UnreadableError(
                f"“{self.name}”用了少见的压缩方法（{self.method}）。"
                "请用 Excel 或 WPS 打开后另存一次",
                f"member {self.name!r} uses an unusual compression method ({self.method}); "
                "open the file in Excel or WPS and save it again",
            )
        if len(content) != self.size or zlib.crc32(content) != self.crc:
            raise _damaged(self.name)
        return content


def pack(
    name: str, content: bytes, *, like: Member | None = None, method: int = DEFLATED
) -> Member:
    """A member from its content. Date and attributes are those of `like`: no clock is read."""
    packed = content
    if method == DEFLATED:
        packed = _deflated_once(content) if name.endswith(ALIKE) else _deflated(content)
    dos_time, attributes = (like.dos_time, like.attributes) if like else (_EPOCH, 0)
    return Member(name, packed, method, zlib.crc32(content), len(content), dos_time, attributes)


def pack_pieces(name: str, pieces: Iterable[bytes], *, like: Member) -> Member:
    """As `pack` does, a member whose content is never in memory as a whole."""
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    packed, crc, size = bytearray(), 0, 0
    for piece in pieces:
        packed += deflate.compress(piece)
        crc, size = zlib.crc32(piece, crc), size + len(piece)
    packed += deflate.flush()
    return Member(name, bytes(packed), DEFLATED, crc, size, like.dos_time, like.attributes)


def _deflated(content: bytes) -> bytes:
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    return deflate.compress(content) + deflate.flush()


_deflated_once = once(_deflated)


def read_members(data: bytes) -> dict[str, Member]:
    """All members by name, in the order of the directory.

    Raises UnreadableError for what is no zip, is damaged, is a bomb or holds a name twice;
    EncryptedError for a zip with a password.
    """
    entries = _plain_entries(data)
    if entries is None:
        entries = _entries(data)
    _refuse_bombs(entries)
    members: dict[str, Member] = {}
    for entry in entries:
        if entry.name in members:
            raise UnreadableError(
                f"压缩包里有两个同名的“{entry.name}”，内容无法确定。"
                "请用 Excel 或 WPS 打开后另存一次",
                f"the archive holds {entry.name!r} twice, so that its content is ambiguous; "
                "open the file in Excel or WPS and save it again",
            )
        members[entry.name] = _member(data, entry)
    return members


def write_members(members: Iterable[Member]) -> bytes:
    """A zip archive of `members` as they are: no data descriptors, no extra fields, no zip64."""
    out: list[bytes] = []
    directory: list[bytes] = []
    offset = count = 0
    for stored, packed, method, crc, size, (time, date), attributes in members:
        name = stored.encode()
        common = _COMMON.pack(
            20, 0 if name.isascii() else _UTF8, method, time, date, crc, len(packed), size,
            len(name), 0,
        )  # fmt: skip
        out += (b"PK\3\4", common, name, packed)
        directory += (b"PK\1\2\x14\0", common, _PLACE.pack(0, 0, 0, attributes, offset), name)
        offset += _LOCAL.size + len(name) + len(packed)
        count += 1
    listed = b"".join(directory)
    out += (listed, _END.pack(b"PK\5\6", 0, 0, count, count, len(listed), offset, 0))
    return b"".join(out)


def with_comment(archive: bytes, comment: bytes) -> bytes:
    """An archive that `write_members` made, with another comment at its end."""
    end = archive.rfind(b"PK\5\6") + _END.size - 2
    return archive[:end] + struct.pack("<H", len(comment)) + comment


def replaced(
    members: Mapping[str, Member], parts: Mapping[str, bytes | Member | None]
) -> list[Member]:
    """`members` with `parts` replaced in place, removed (None), or added at the end in order."""
    kept = [
        member if name not in parts else _packed(name, content, like=member)
        for name, member in members.items()
        if (content := parts.get(name, b"")) is not None
    ]
    new = [_packed(name, c) for name, c in parts.items() if c is not None and name not in members]
    return kept + new


def undated(members: Mapping[str, Member]) -> dict[str, Member]:
    """`members` without the time they were written at."""
    return {name: member._replace(dos_time=_EPOCH) for name, member in members.items()}


def _packed(name: str, content: bytes | Member, *, like: Member | None = None) -> Member:
    return content if isinstance(content, Member) else pack(name, content, like=like)


class _Entry(NamedTuple):
    """What the directory says of a member."""

    name: str
    flags: int
    method: int
    dos_time: tuple[int, int]
    crc: int
    packed: int  # bytes
    size: int
    attributes: int
    offset: int


def _plain_entries(data: bytes) -> list[_Entry] | None:
    """The directory as office programs write it; None for one that is in any way unlike that."""
    end = len(data) - _END.size
    if end < _CENTRAL.size:
        return None
    signature, disk, first, here, count, size, start, comment = _END.unpack_from(data, end)
    whole = signature == b"PK\5\6" and here == count and start + size == end
    if not whole or disk or first or comment or data[end - 20 : end - 16] == b"PK\6\7":
        return None
    entries = []
    at = start
    while at < end:
        try:
            signature, _, version, flags, method, *rest = _CENTRAL.unpack_from(data, at)
        except struct.error:
            return None
        time, date, crc, packed, size, length, extra, comment, _, _, attributes, offset = rest
        at += _CENTRAL.size
        name = data[at : at + length]
        at += length
        odd = signature != b"PK\1\2" or version > _VERSION or flags & ~_USUAL or extra or comment
        if odd or not name.isascii() or b"\0" in name:
            return None
        entries.append(
            _Entry(
                name.decode(), flags, method, (time, date), crc, packed, size, attributes, offset
            )
        )
    return entries if at == end and len(entries) == count else None


def _entries(data: bytes) -> list[_Entry]:
    """The directory of any zip."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        ValueError,
        struct.error,
        OverflowError,
    ) as exc:
        raise UnreadableError(
            "文件损坏或没有传完：不是完整的压缩包。请让对方重新发送",
            "the file is damaged or incomplete: it is no whole zip archive; ask for it again",
        ) from exc
    return [
        _Entry(
            info.orig_filename.partition("\0")[0],
            info.flag_bits,
            info.compress_type,
            _dos_time(info.date_time),
            info.CRC,
            info.compress_size,
            info.file_size,
            info.external_attr,
            info.header_offset,
        )
        for info in infos
    ]


def _dos_time(moment: tuple[int, int, int, int, int, int]) -> tuple[int, int]:
    year, month, day, hour, minute, second = moment
    date = (max(year - 1980, 0) & 0x7F) << 9 | month << 5 | day
    return hour << 11 | minute << 5 | second // 2, date


def _refuse_bombs(entries: list[_Entry]) -> None:
    unpacked = sum([entry.size for entry in entries])
    packed = sum([entry.packed for entry in entries])
    bomb = unpacked > RATIO_FROM and unpacked > MAX_RATIO * max(packed, 1)
    if len(entries) > MAX_MEMBERS or unpacked > MAX_UNPACKED or bomb:
        raise UnreadableError(
            f"解压后过大（{unpacked / 2**20:.0f} MB，{len(entries)} 个部件），"
            "为安全起见不打开。请删去多余内容后另存",
            f"too large when unpacked ({unpacked / 2**20:.0f} MB, {len(entries)} members), "
            "not opened for safety; remove what is not needed and save again",
        )


def _member(data: bytes, entry: _Entry) -> Member:
    name, flags, method, dos_time, crc, length, size, attributes, start = entry
    if flags & _LOCKED:
        raise EncryptedError(
            "压缩包设有密码，请取消密码后重新发送",
            "the zip archive has a password; remove it and send it again",
        )
    try:
        signature, *_, name_length, extra_length = _LOCAL.unpack_from(data, start)
    except struct.error as exc:
        raise _damaged(name) from exc
    begin = start + _LOCAL.size + name_length + extra_length
    packed = data[begin : begin + length]
    if signature != b"PK\3\4" or len(packed) != length:
        raise _damaged(name)
    return Member(name, packed, method, crc, size, dos_time, attributes)


def _damaged(name: str) -> UnreadableError:
    return UnreadableError(
        f"文件损坏：其中的“{name}”读不出来。请让对方重新发送",
        f"the file is damaged: its member {name!r} cannot be read; ask for it again",
    )
