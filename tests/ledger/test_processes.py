"""Two runs at once do not spoil the ledger."""

from __future__ import annotations

import subprocess
import sys

from perfeval.ledger import open_ledger
from tests.ledger.handed import table

SCRIPT = """
import sys
from perfeval.ledger import open_ledger
from tests.ledger.handed import DOUBTFUL, WRONG, begun, file
url, name = sys.argv[1:]
sys.stdin.read(1)
with open_ledger(url) as ledger:
    run = begun(ledger)
    for part in range(10):
        names = [f"{name}{part}{n}" for n in range(5)]
        own = [file(f"in/{one}.xlsx", WRONG, project=one) for one in names]
        shared = [file(f"in/{part}.xlsx", WRONG, DOUBTFUL, project=f"共{part}")]
        ledger.record(run, own + shared, [None] * 6)
    ledger.end(run)
"""


def test_two_processes_make_and_fill_one_ledger(url: str) -> None:
    """Each has its own files in it and both have the shared ones once, with unique ids."""
    command = [sys.executable, "-c", SCRIPT, url]
    both = [
        subprocess.Popen([*command, name], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for name in ("甲", "乙")
    ]
    for process in both:
        assert process.stdin
        process.stdin.write("!")
        process.stdin.flush()
    for process in both:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
    with open_ledger(url) as ledger:
        assert table(ledger, "runs", "run", "state") == [(1, "done"), (2, "done")]
        rounds = table(ledger, "rounds", "submission", "file")
        assert len(rounds) == len(set(rounds)) == 110
        assert len({submission for submission, _ in rounds}) == 110
        assert len(table(ledger, "findings", "code")) == 120
