"""A rerun does only what changed, and never gives what is not true any more."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from perfeval.batch import Run, run
from perfeval.config import Config
from perfeval.kept import NAME
from perfeval.sources import find
from tests.test_cli import CLEAN, SEED

QUIET = Config(letters=False)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name, sample in (("a.xlsx", SEED), ("b.xlsx", CLEAN)):
        (tmp_path / "in" / name).write_bytes(sample.read_bytes())
    return tmp_path / "in"


def again(inbox: Path, config: Config = QUIET, *, out: str = "out", fresh: bool = False) -> Run:
    return run(find([inbox]), inbox.parent / out, config, fresh=fresh)


def reused(done: Run) -> tuple[int, int]:
    return done.checked_before, done.written_before


def outputs(out: Path) -> dict[str, bytes]:
    """What a run has left, but for its own store and the ledger."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and ".sqlite" not in path.name
    }


def test_what_is_the_same_is_not_done_again(inbox: Path) -> None:
    """The second run leaves every check and return as it was, and its outputs are the same."""
    assert reused(again(inbox)) == (0, 0)
    before = outputs(inbox.parent / "out")
    assert reused(again(inbox)) == (2, 2)
    assert outputs(inbox.parent / "out") == before
    assert reused(again(inbox, fresh=True)) == (0, 0)
    assert outputs(inbox.parent / "out") == before


def test_content_names_and_settings_count(inbox: Path) -> None:
    """A file that changed, one under a new name, and other settings are checked anew."""
    again(inbox)
    shutil.copy(SEED, inbox / "b.xlsx")
    assert reused(again(inbox)) == (1, 0)  # both hold one project now: what goes back is another
    (inbox / "b.xlsx").rename(inbox / "c.xlsx")
    assert reused(again(inbox))[0] == 1
    assert reused(again(inbox, QUIET.with_options(year=2020)))[0] == 0
    assert reused(again(inbox, QUIET.with_options(year=2020, jobs=2)))[0] == 2


def test_the_text_of_a_policy_counts(inbox: Path) -> None:
    """The same path with other words in it is another policy."""
    office = inbox.parent / "office.toml"
    office.write_text("", encoding="utf-8")
    config = QUIET.with_options(policy=str(office))
    again(inbox, config)
    assert reused(again(inbox, config)) == (2, 2)
    office.write_text('[rules.S101]\nlevel = "info"\n', encoding="utf-8")
    assert reused(again(inbox, config)) == (0, 0)


def test_a_waiver_that_ends_is_seen(inbox: Path) -> None:
    """Waivers are looked at anew each run: only what they change is returned anew."""
    signed = {"unit": "综合科", "rule": "S101", "reason": "已核", "signatory": "王某"}
    valid = ({**signed, "until": date(2999, 1, 1)},)
    over = ({**signed, "until": date(2000, 1, 1)},)
    again(inbox, QUIET.with_options(waiver=valid))
    assert reused(again(inbox, QUIET.with_options(waiver=valid))) == (2, 2)
    assert reused(again(inbox, QUIET.with_options(waiver=over))) == (2, 1)


def test_outputs_that_are_gone_or_changed_are_made_again(inbox: Path) -> None:
    """What lies in --out is used only if it is what was written there."""
    again(inbox)
    before, out = outputs(inbox.parent / "out"), inbox.parent / "out"
    (out / "a_差异报告.html").unlink()
    (out / "b_审核意见.xlsx").write_bytes(b"changed by hand")
    assert reused(again(inbox)) == (2, 0)
    assert outputs(out) == before


def test_templates_count_for_what_is_returned(inbox: Path) -> None:
    """Checks stay, reports are made anew."""
    own = inbox.parent / "own"
    own.mkdir()
    config = QUIET.with_options(templates=str(own))
    again(inbox, config)
    (own / "variance.html.j2").write_text("<p>{{ tool }}</p>", encoding="utf-8")
    assert reused(again(inbox, config)) == (2, 0)
    assert (inbox.parent / "out" / "a_差异报告.html").read_text(encoding="utf-8")[:3] == "<p>"


def test_unreadable_files_are_tried_again(inbox: Path) -> None:
    """What stood in the way may be gone: a time that was too short, a right, a password."""
    (inbox / "c.xlsx").write_bytes(b"%PDF-1.7")
    again(inbox)
    assert reused(again(inbox)) == (2, 2)


@pytest.mark.parametrize("harm", ["cut", "garbage", "foreign", "rows"])
def test_a_broken_store_is_not_used(inbox: Path, harm: str) -> None:
    """Damaged, foreign or tampered with: the run does everything anew and ends as ever."""
    again(inbox)
    before, store = outputs(inbox.parent / "out"), inbox.parent / "out" / NAME
    if harm == "cut":
        store.write_bytes(store.read_bytes()[: store.stat().st_size // 2])
    elif harm == "garbage":
        store.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 40)
    else:
        with sqlite3.connect(store) as opened:
            if harm == "foreign":
                opened.execute("drop table checked")
                opened.execute("create table checked (other int)")
            else:
                opened.execute("update checked set outcome = x'00'")
                opened.execute("update written set result = x'00'")
        opened.close()
    assert again(inbox).checked_before == 0
    assert outputs(inbox.parent / "out") == before


def test_two_runs_at_once_do_not_wait_for_each_other(inbox: Path) -> None:
    """A run that starts while another writes into the same folder: both end, outputs are whole."""
    from perfeval.kept import kept_in

    again(inbox)
    before = outputs(inbox.parent / "out")
    with kept_in(inbox.parent / "out", fresh=False) as other:
        other.commit()
        assert reused(again(inbox)) == (2, 2)
    assert reused(again(inbox))[1] == 0  # the other has ended last, and had kept nothing
    assert outputs(inbox.parent / "out") == before


def test_a_killed_run_leaves_what_it_has_checked(inbox: Path) -> None:
    """Its store is found under its own name, used, and cleared away."""
    again(inbox)
    out = inbox.parent / "out"
    (out / NAME).rename(out / f"{NAME}.0123456789ab.part")
    assert reused(again(inbox)) == (2, 2)
    assert [path.name for path in out.glob(f"{NAME}*")] == [NAME]
