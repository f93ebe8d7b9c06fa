"""Finding submissions: what is taken, what is left; no name leads out of the output folder."""

from __future__ import annotations

import errno
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from perfeval.errors import UnreadableError, UsageError
from perfeval.ooxml.archive import Archive
from perfeval.places import destinations
from perfeval.sources import Source, find
from perfeval.watch.inbox import look


def touch(path: Path, data: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_a_folder_is_searched_through_in_a_stable_order(tmp_path: Path) -> None:
    """Nested folders count; lock files, hidden files and files of other kinds do not."""
    for name in ("b/二.xlsx", "a/一.xls", "~$一.xlsx", ".hidden.xlsx", "notes.py", "c.xlsx.part"):
        touch(tmp_path / name)
    assert [s.rel for s in find([tmp_path])] == ["a/一.xls", "b/二.xlsx"]


@pytest.mark.parametrize(
    "name",
    [
        *("表.fods", "表.odt", "表.ODS", "表.wps", "表.mhtml", "照片.gif", "照片.webp"),
        *("照片.HEIC", "邮件.eml", "邮件.msg"),
    ],
)
def test_what_is_sent_for_a_form_is_taken(tmp_path: Path, name: str) -> None:
    """Whatever office programs, telephones and mail programs make of a form: none is passed over
    in silence."""
    (tmp_path / name).write_bytes(b"x")
    assert [source.rel for source in find([tmp_path])] == [name]


def test_the_output_folder_is_not_searched(tmp_path: Path) -> None:
    """A run over its own parent folder does not take its outputs for submissions."""
    touch(tmp_path / "in.xlsx")
    touch(tmp_path / "out" / "in_审核意见.xlsx")
    assert [s.rel for s in find([tmp_path], outside=tmp_path / "out")] == ["in.xlsx"]


def test_a_file_named_twice_is_taken_once(tmp_path: Path) -> None:
    """A file and the folder that holds it make one submission."""
    path = touch(tmp_path / "in.xlsx")
    assert len(find([path, tmp_path, path])) == 1


def test_a_missing_path_is_a_wrong_call(tmp_path: Path) -> None:
    """The message names the path."""
    with pytest.raises(UsageError, match=r"nothing\.xlsx"):
        find([tmp_path / "nothing.xlsx"])


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """A symbolic link that leaves the folder is named, and what it leads to is not read."""
    touch(tmp_path / "elsewhere" / "secret.xlsx")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link.xlsx").symlink_to(tmp_path / "elsewhere" / "secret.xlsx")
    (source,) = find([folder])
    assert source.name.endswith("in/link.xlsx")
    with pytest.raises(UnreadableError, match="链接"):
        source.read()


def archive(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as zipped:
        for name in names:
            zipped.writestr(name, b"content")
    return path


def test_archive_members_stay_below_the_output_folder(tmp_path: Path) -> None:
    """`../`, absolute paths and drive letters become plain relative paths; twins are told apart."""
    path = archive(
        tmp_path / "in.zip", "../../a.xlsx", "/etc/b.xlsx", "c:\\d\\e.xlsx", "x/a.xlsx", "a.xlsx"
    )
    rels = {s.rel for s in find([path])}
    assert rels == {"in/a.xlsx", "in/a(2).xlsx", "in/etc/b.xlsx", "in/c_/d/e.xlsx", "in/x/a.xlsx"}
    assert [s.read() for s in find([path])] == [b"content"] * 5


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_chinese_names_of_old_archives_are_read(tmp_path: Path, encoding: str) -> None:
    """Windows stores GBK names without saying so, other programs UTF-8."""
    info = zipfile.ZipInfo("自评表.xlsx".encode(encoding).decode("cp437"))
    assert Archive(tmp_path, {"m": info}).members() == [("m", PurePosixPath("自评表.xlsx"))]


def test_a_damaged_archive_is_one_unreadable_submission(tmp_path: Path) -> None:
    """The reader says what is wrong; the search does not fail."""
    path = touch(tmp_path / "in.zip", b"PK\x03\x04 broken")
    (source,) = find([path])
    assert source.path == path.as_posix()
    with pytest.raises(UnreadableError):
        Archive.open(path)


def source(rel: str) -> Source:
    return Source(rel, rel, rel)


def test_no_two_sources_share_an_output() -> None:
    """Same stem, names that differ by case, same name in two folders: each has its own outputs."""
    sources = [source(n) for n in ("a.xlsx", "a.xls", "A.xlsx", "a.xlsx", "b/a.xlsx")]
    places = [(d.folder.as_posix(), d.stem) for d in destinations(sources, Path("out"))]
    assert places == [(".", "a"), (".", "a.xls"), (".", "A.xlsx"), (".", "a.xlsx(2)"), ("b", "a")]


def test_a_long_name_is_shortened_and_stays_its_own() -> None:
    """200 Chinese characters with our ending are more than a file system takes."""
    names = ("长" * 200 + "甲.xlsx", "长" * 200 + "乙.xlsx")
    places = list(destinations(map(source, names), Path("out")))
    assert len({p.stem for p in places}) == 2
    assert all(len(p.name("annotated", "zh").name.encode()) <= 255 for p in places)


def test_links_in_a_circle_are_named(tmp_path: Path) -> None:
    """Reading one says what it is; the good file beside it is done."""
    (tmp_path / "圈.xlsx").symlink_to("圈.xlsx")
    (tmp_path / "好.xlsx").write_bytes(b"content")
    circle, good = find([tmp_path])
    assert good.read() == b"content"
    with pytest.raises(OSError, match="symbolic links"):
        circle.read()


def test_no_folder_is_too_deep(tmp_path: Path) -> None:
    """A thousand folders in one another, as somebody may send them."""
    deepest = tmp_path
    for _ in range(1100):
        deepest = deepest / "a"
        deepest.mkdir()
    (deepest / "甲.xlsx").touch()
    try:
        (source,) = find([tmp_path])
        assert source.path == str(deepest / "甲.xlsx")
        assert list(look(tmp_path)) == [deepest.relative_to(tmp_path) / "甲.xlsx"]
    finally:  # pytest would remove them by recursion
        (deepest / "甲.xlsx").unlink()
        while deepest != tmp_path:
            deepest.rmdir()
            deepest = deepest.parent


@pytest.mark.parametrize("error", [errno.EIO, errno.EACCES])
def test_a_folder_that_cannot_be_listed_is_named(
    error: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it holds is not checked, and it is not passed over in silence; the rest is done."""
    for folder in ("可", "禁"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "甲.xlsx").touch()
    listed, barred = os.scandir, tmp_path / "禁"

    def failing(folder: Path) -> Iterator[os.DirEntry[str]]:
        if Path(folder) == barred:
            raise OSError(error, os.strerror(error))
        return listed(folder)

    monkeypatch.setattr(os, "scandir", failing)
    sources = find([tmp_path])
    assert [source.rel for source in sources] == ["可/甲.xlsx", "禁"]
    monkeypatch.undo()
    with pytest.raises(UnreadableError):
        sources[1].read()
