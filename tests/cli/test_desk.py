"""doctor, completion, --diff, --statistics, --quiet; no escapes where nobody sees them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from perfeval.cli.health import State, probes
from perfeval.cli.help_text import width
from perfeval.config import Config
from tests import form_text
from tests.cli.calling import SAMPLES, SEED, Caller


def test_doctor_tells_what_is_there(call: Caller) -> None:
    """The main job can run: exit 0, nothing marked as a fault; what is optional is named."""
    done = call("doctor")
    assert done.code == 0
    assert "✕" not in done.out
    assert all(name in done.out for name in ("Python", "LibreOffice", "psycopg", "pyarrow"))


def test_doctor_names_what_is_missing(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without programs on the path the main job still runs; what it loses is said."""
    monkeypatch.setenv("PATH", "")
    assert call("doctor").code == 0
    found = {probe.name.zh: probe for probe in probes(Config())}
    assert found["LibreOffice"].state is State.ABSENT
    assert "未安装" in found["LibreOffice"].told


def test_doctor_tries_the_ledger_that_is_set(call: Caller, tmp_path: Path) -> None:
    """What cannot be opened is told with its reason, without the password; the main job can run."""
    (tmp_path / "perfeval.toml").write_text('ledger = "none.sqlite"', encoding="utf-8")
    done = call("doctor")
    assert done.code == 0
    assert re.search(r"^–  台账 .*none\.sqlite", done.out, re.MULTILINE)


def test_what_is_exported_of_the_ledger_is_masked(call: Caller, tmp_path: Path) -> None:
    """Unless it is asked for: a phone number that stood in the unit's name."""
    form = form_text.text_of({"项目名称|": "项目名称|（联系人：张三 13812345678）"})
    (tmp_path / "in.txt").write_text(form, encoding="utf-8")
    call("run", "in.txt", "--out", "out")
    for option, hidden in (("--mask", True), ("--no-mask", False)):
        done = call(
            "ledger", "export", "--table", "submissions", "-o", "a.csv", "--ledger", "out", option
        )
        assert done.code == 0, done.err
        text = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
        assert ("13812345678" in text, "张三" in text) == (not hidden, not hidden)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str, call: Caller) -> None:
    """Each names the program and the variable that it is asked by."""
    done = call("completion", shell)
    assert done.code == 0
    assert "_PERFEVAL_COMPLETE" in done.out


@pytest.mark.parametrize(
    ("words", "at", "offered"),
    [
        ("perfeval che", 1, "check"),
        ("perfeval check --sel", 2, "--select"),
        ("perfeval rules S10", 2, "S101"),
        ("perfeval check --select F,S10", 3, "F,S101"),
        ("perfeval policy show 31011", 3, "310118"),
    ],
)
def test_completion_offers(
    words: str,
    at: int,
    offered: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Commands, options, codes of rules and regions."""
    from perfeval.cli import main

    monkeypatch.setenv("_PERFEVAL_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(at))
    with pytest.raises(SystemExit):
        main([])
    assert f"plain,{offered}" in capsys.readouterr().out.splitlines()


def test_diff_is_what_the_corrected_copy_holds(call: Caller, tmp_path: Path) -> None:
    """Each cell that --diff names has its new value in the copy, and no other cell differs."""
    sample = next(SAMPLES.glob("信岭*.xlsx"))
    shown = call("check", sample, "--diff").out
    told = re.findall(r"^@@ (.+)!([A-Z]+\d+) @@ \S+ .*\n-(.*)\n\+(.*)$", shown, re.MULTILINE)
    call("run", sample, "--out", tmp_path / "out")
    before = openpyxl.load_workbook(sample)
    (path,) = (tmp_path / "out").glob("*_更正稿.xlsx")
    after = openpyxl.load_workbook(path)
    changed = {
        (sheet.title, cell.coordinate, str(after[sheet.title][cell.coordinate].value))
        for sheet in before
        for row in sheet.iter_rows()
        for cell in row
        if cell.value != after[sheet.title][cell.coordinate].value
    }
    assert {(sheet, cell, new) for sheet, cell, _, new in told} == changed
    assert changed


def test_diff_with_confirmation_shows_more(call: Caller) -> None:
    """--confirm adds what the unit must agree to; the exit code stays that of the findings."""
    safe, all_of_them = call("check", SEED, "--diff"), call("check", SEED, "--diff", "--confirm")
    assert len(all_of_them.out) > len(safe.out)
    assert "-92\n+92.996\n" in all_of_them.out
    assert safe.code == all_of_them.code == 1
    assert re.search(r"另有 \d+ 处须单位自行处理", safe.err)


def test_statistics_count_each_rule(call: Caller) -> None:
    """Most frequent first; --quiet leaves the closing line away, nothing else."""
    loud, quiet = call("check", SEED, "--statistics"), call("check", SEED, "--statistics", "-q")
    assert re.search(r"^ +13  I102  ", loud.out, re.MULTILINE)
    assert loud.out.startswith(quiet.out)
    assert loud.out.removeprefix(quiet.out).startswith("共 1 个文件")


def test_a_pipe_gets_no_escapes_and_aligned_columns() -> None:
    """Whatever the terminal is said to be; a Chinese letter takes two columns."""
    done = subprocess.run(
        [sys.executable, "-m", "perfeval", "policy", "show", "310118", "2021"],
        capture_output=True, text=True, check=True,
        env={"PATH": "", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert "\x1b" not in done.stdout
    head, *lines = done.stdout.splitlines()
    at = width(head[: head.index("取值")])
    assert len(lines) > 20
    assert all(_cut(line, at)[-2:] == "  " for line in lines)


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo terminal is Unix")
@pytest.mark.parametrize("command", ["config show", "policy show 310118 2021", "doctor"])
def test_a_terminal_gets_a_table_that_fits(command: str) -> None:
    """No line wider than 60 columns, no text cut off, and without an escape where NO_COLOR is."""
    shown = on_terminal(command.split(), columns=60, NO_COLOR="1")
    assert "\x1b" not in shown
    assert "…" not in shown
    assert max(map(width, shown.splitlines())) <= 60
    assert "\x1b[1m" in on_terminal(command.split(), columns=60)


def on_terminal(args: list[str], *, columns: int, **environment: str) -> str:
    """What a command shows on a pseudo terminal."""
    import pty

    ours, its = pty.openpty()
    env = {
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm",
        "COLUMNS": str(columns),
    }
    command = [sys.executable, "-m", "perfeval", *args]
    with subprocess.Popen(command, stdout=its, stderr=its, stdin=its, env=env | environment):
        os.close(its)
        parts = []
        while part := _read(ours):
            parts.append(part)
    os.close(ours)
    return b"".join(parts).decode().replace("\r", "")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other side is closed
        return b""


def _cut(line: str, columns: int) -> str:
    while width(line) > columns:
        line = line[:-1]
    return line
