"""Files to workbooks: by content, within limits, with an answer for whatever is sent."""

from perfeval.read.reader import read, read_bytes

__all__ = ["read", "read_bytes"]
