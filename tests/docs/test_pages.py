"""The pages of docs/: both languages say the same, and what they show runs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.docs.tutorial import blocks

DOCS = Path(__file__).parents[2] / "docs"
GENERATED_OR_CHINESE = {"benchmarks.md"}
PAGES = sorted(p for p in DOCS.glob("*.md") if not p.name.endswith(".en.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_each_page_has_its_other_language(page: Path) -> None:
    """The same number of sections, examples and tables: neither language is behind the other."""
    if page.name in GENERATED_OR_CHINESE:
        pytest.skip("one language: figures, or made by the program")
    shapes = [
        re.findall(r"^(#{1,3}(?= )|```(?!text)\w+|\|--)", text.read_text("utf-8"), re.M)
        for text in (page, page.with_suffix(".en.md"))
    ]
    assert shapes[0] == shapes[1]


def test_both_tutorials_give_the_same_commands() -> None:
    """Names of files and --lang apart, the commands are the same in the same order."""
    told = []
    for name in ("tutorial.md", "tutorial.en.md"):
        lines = "".join(text for kind, text in blocks(DOCS / name) if kind == "sh").splitlines()
        told.append([" ".join(re.findall(r"^\w+|perfeval \w+|--(?!lang)[\w-]+", x)) for x in lines])
    assert told[0] == told[1]
    assert len(told[0]) > 20


@pytest.mark.parametrize("name", ["library.md", "library.en.md"])
def test_the_library_page_runs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its examples run one after the other, in the folder of the repository."""
    monkeypatch.chdir(DOCS.parent)
    names: dict[str, object] = {}
    found = re.findall(r"^```python\n(.*?)^```$", (DOCS / name).read_text("utf-8"), re.M | re.S)
    for example in found:
        exec(example, names)
    assert len(found) == 2
    assert "lost" in names


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_settings_that_are_shown_are_toml(page: Path) -> None:
    """Each toml example can be read."""
    for example in re.findall(r"^```toml\n(.*?)^```$", page.read_text("utf-8"), re.M | re.S):
        assert tomllib.loads(example)
