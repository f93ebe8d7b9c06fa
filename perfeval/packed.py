"""Values as bytes and back: MessagePack, compressed, read by type, never executed."""

from __future__ import annotations

import zlib
from typing import Any, Generic, TypeVar  # what MessagePack holds before it is converted

import msgspec

T = TypeVar("T")
_LEVEL = 1  # a third of the size in a thirtieth of the time of a check
_SHORT = 1024  # bytes below which packing takes longer than it saves room
_COMPRESSED = b"x"  # begins what zlib has compressed


class PackedError(ValueError):
    """The bytes are not a value of the type: damaged, or written by something else."""


class Packing(Generic[T]):
    """The form in which values of one type are kept."""

    def __init__(self, of: type[T]) -> None:
        self._type = of
        self._decoder = msgspec.msgpack.Decoder(of)

    def pack(self, value: T) -> bytes:
        """As few bytes as are worth the time."""
        plain = self.plain(value)
        return plain if len(plain) < _SHORT else zlib.compress(plain, _LEVEL)

    def plain(self, value: T) -> bytes:
        """Not compressed."""
        try:
            return b"t" + msgspec.msgpack.encode(value)
        except UnicodeEncodeError:  # names that are no UTF-8 hold lone surrogates
            return b"b" + msgspec.msgpack.encode(_in_bytes(msgspec.to_builtins(value)))

    def unpack(self, data: bytes) -> T:
        """The value. Raises PackedError."""
        try:
            plain = zlib.decompress(data) if data[:1] == _COMPRESSED else data
            if plain[:1] == b"t":
                return self._decoder.decode(memoryview(plain)[1:])
            return msgspec.convert(_in_text(msgspec.msgpack.decode(plain[1:])), self._type)
        except (zlib.error, msgspec.MsgspecError, ValueError, RecursionError) as error:
            raise PackedError(str(error)) from error


def _in_bytes(value: Any) -> Any:
    """Every text as bytes, which may be no UTF-8."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    if isinstance(value, dict):
        return {_in_bytes(key): _in_bytes(item) for key, item in value.items()}
    return [_in_bytes(item) for item in value] if isinstance(value, list | tuple) else value


def _in_text(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogatepass")
    if isinstance(value, dict):
        return {_in_text(key): _in_text(item) for key, item in value.items()}
    return [_in_text(item) for item in value] if isinstance(value, list) else value
