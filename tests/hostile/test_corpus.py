"""Hostile and odd files: none crashes or hangs, each is read or refused with its cause."""

from __future__ import annotations

import re

import pytest

from perfeval.errors import EncryptedError, UnreadableError
from perfeval.read import read
from tests.hostile.make_corpus import CORPUS, PASSWORD, made

EXPECTED = {name: expected for name, (_, expected) in made().items()}


@pytest.mark.parametrize("name", EXPECTED)
def test_each_file_is_read_or_refused_with_its_cause(name: str) -> None:
    """The refusal is ours, names what the file is and says what to do, in both languages."""
    expected = EXPECTED[name]
    if isinstance(expected, int):
        workbook = read(CORPUS / name)
        assert sum(len(sheet.cells) for sheet in workbook.sheets) == expected
        for sheet in workbook.sheets:
            for cell in sheet.cells.values():
                cell.text.encode()
        return
    with pytest.raises(UnreadableError) as caught:
        read(CORPUS / name)
    assert re.search(expected, caught.value.detail_zh), caught.value.detail_zh
    assert re.search("请|不打开|上限", caught.value.detail_zh), caught.value.detail_zh
    assert caught.value.detail_en
    assert isinstance(caught.value, EncryptedError) == (expected == "密码")


def test_the_corpus_on_disk_is_the_one_that_the_script_makes() -> None:
    """No file without expectation, no expectation without file."""
    assert {path.name for path in CORPUS.iterdir()} == set(EXPECTED)


def test_a_password_opens_an_encrypted_workbook() -> None:
    """Given passwords are tried in turn; a wrong one changes the message only."""
    workbook = read(CORPUS / "locked.xlsx", passwords=("错", PASSWORD))
    assert [cell.text for cell in workbook.sheets[0].cells.values()] == ["总分", "92"]
    with pytest.raises(EncryptedError, match="1 个密码都不对"):
        read(CORPUS / "locked.xlsx", passwords=("错",))
