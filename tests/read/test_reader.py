"""From a path to a workbook, and every refusal."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.errors import UnreadableError
from perfeval.limits import Limits
from perfeval.model import Range
from perfeval.read import read, read_bytes
from perfeval.read.guarded import read_guarded
from perfeval.read.wire import from_json, to_json
from tests.ooxml.grid_package import package_bytes

ROW = '<row r="1" hidden="1"><c r="A1"><f>1/3</f><v>0.5</v></c><c r="B1" t="b"><v>1</v></c></row>'
CALLED = ("工作簿", "workbook")


def test_a_workbook_tells_its_path_and_hash(tmp_path: Path) -> None:
    """The hash is that of the file as it lies on the disk."""
    data = package_bytes(ROW)
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(data)
    workbook = read(path)
    assert workbook.path == path.as_posix()
    assert workbook.sha256 == hashlib.sha256(data).hexdigest()


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    """What cannot be opened is refused like what cannot be read."""
    for path in (tmp_path / "none.xlsx", tmp_path):
        with pytest.raises(UnreadableError, match="打不开"):
            read(path)


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    """The size is looked at before the content."""
    (tmp_path / "a.xlsx").write_bytes(bytes(100))
    with pytest.raises(UnreadableError, match="过大"):
        read(tmp_path / "a.xlsx", limits=Limits(file_bytes=99))


def test_the_worker_reads_as_this_process_does() -> None:
    """A large package goes through the worker, and comes back the same."""
    merged = "<mergeCells><mergeCell ref='A1:B1'/></mergeCells>"
    data = package_bytes(f"<sheetData>{ROW}</sheetData>{merged}")
    here = read_bytes(data, "a.xlsx")
    there = read_bytes(data, "a.xlsx", limits=Limits(in_process_bytes=0))
    assert here == there
    assert here.sheets[0].merges == (Range(1, 1, 1, 2),)


def test_what_the_worker_refuses_is_refused_here() -> None:
    """The refusal keeps its words."""
    with pytest.raises(UnreadableError, match="超过 1 个"):
        read_bytes(package_bytes(ROW), "a.xlsx", limits=Limits(in_process_bytes=0, cells=1))


def test_a_worker_that_takes_too_long_is_ended() -> None:
    """Time is limited; the message says how long it was given."""
    with pytest.raises(UnreadableError, match="0 秒"):
        read_guarded("package", package_bytes(ROW), Limits(worker_seconds=0), called=CALLED)


def test_a_worker_without_memory_is_a_refusal() -> None:
    """A reader that asks for too much memory dies alone."""
    limits = Limits(worker_bytes=2**20)
    large = package_bytes(f"<!--{' ' * 30 * 2**20}-->")
    with pytest.raises(UnreadableError, match="损坏"):
        read_guarded("package", large, limits, called=CALLED)


def test_a_file_after_a_crash_is_read() -> None:
    """What one file did to the worker is forgotten with the next."""
    good, bad = package_bytes(ROW), package_bytes(f"<!--{' ' * 30 * 2**20}-->")
    limits = Limits(worker_bytes=400 * 2**20)
    for data in (good, bad, good, b"PK", good):
        try:
            workbook = read_guarded("package", data, limits, called=CALLED)
            assert workbook.sheets[0].name == "自评表"
        except UnreadableError:
            assert data is not good


def test_the_wire_keeps_every_field() -> None:
    """What goes through JSON is the same workbook."""
    workbook = read_bytes(package_bytes(f"<sheetData>{ROW}</sheetData>"), "")
    workbook.sha256 = ""
    assert from_json(to_json(workbook)) == workbook


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"<table>", b"<?xml ?>", b"\xff\xfe"]),
)
def test_no_bytes_bring_the_reader_down(data: bytes, head: bytes) -> None:
    """Whatever the bytes, the answer is a workbook or a refusal of ours."""
    try:
        read_bytes(head + data, "a.bin")
    except UnreadableError as refusal:
        assert refusal.detail_zh
        assert refusal.detail_en
