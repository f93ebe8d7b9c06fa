"""A ledger is opened, made and migrated, or refused in one clear line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from perfeval.errors import LedgerError, UsageError
from perfeval.ledger import books, open_ledger, opening
from tests.ledger.handed import WRONG, begun, file, run, table

SECRET = "s3cret"


def engine(url: str) -> sa.Engine:
    """A plain engine, without what opening does."""
    return sa.create_engine(opening.address(url))


def test_a_ledger_of_the_first_version_is_brought_to_this_one(url: str) -> None:
    """Every table with a row in it: all is there afterwards, and new columns are empty."""
    rows = {
        "runs": {"id": 1, "started": "2021-01-02 03:04:05", "state": "done", "tool": "perfeval 0",
                 "rules": "r", "policy": "p", "out": "/out"},
        "submissions": {"id": 1, "year": 2020, "project": "道路养护", "unit": "养护中心",
                        "department": "", "latest": 1},
        "rounds": {"id": 1, "submission_id": 1, "number": 1, "run_id": 1, "judged_by": 1,
                   "path": "/in/a.xlsx", "name": "a.xlsx", "sha256": "0", "status": "error",
                   "reason": "", "errors": 1, "warnings": 0, "infos": 0, "memo_sha256": ""},
        "forms": {"id": 1, "round_id": 1, "sheet": "s", "kind": "project", "region": "",
                  "year": 2020, "project": "道路养护", "department": "", "unit": "养护中心",
                  "who": "w", "grade_reported": "", "grade": "优", "budget_fen": 1234,
                  "content": b"x"},
        "findings": {"id": 1, "round_id": 1, "form_id": 1, "finding": "f", "code": "S101",
                     "level": "error", "title": "t", "sheet": "s", "cell": "G1", "field": "x",
                     "found": "1", "expected": "2", "message": "m", "state": "new"},
        "replies": {"id": 1, "round_id": 1, "finding": "f", "handled": "explained",
                    "explanation": "按合同"},
        "waivers": {"id": 1, "round_id": 1, "finding": "f", "code": "S101", "reason": "r",
                    "signatory": "王", "until": "2030-01-01"},
    }  # fmt: skip
    plain = engine(url)
    with plain.begin() as connection:
        opening.migrate(connection, opening.REVISIONS[0])
        for name, row in rows.items():
            columns, values = ", ".join(row), ", ".join(f":{key}" for key in row)
            connection.execute(sa.text(f"INSERT INTO {name} ({columns}) VALUES ({values})"), row)
    plain.dispose()
    with open_ledger(url) as ledger:
        assert table(ledger, "open", "project", "code", "reply_by") == [("道路养护", "S101", None)]
        assert str(table(ledger, "forms", "budget")[0][0]) == "12.34"
        for view in ("runs", "replies", "waivers", "rounds"):
            assert len(table(ledger, view, "tool")) == 1
        run(ledger, file("in/b.xlsx", WRONG))
        assert table(ledger, "submissions", "submission") == [(1,), (2,)]


@pytest.mark.parametrize("steps", [(), opening.REVISIONS, opening.REVISIONS[-1:]])
def test_new_and_migrated_ledgers_have_the_tables_that_the_code_speaks_of(
    url: str, steps: tuple[str, ...]
) -> None:
    """No column, type or index differs; the revisions are those that opening knows."""
    plain = engine(url)
    for revision in steps:
        with plain.begin() as connection:
            opening.migrate(connection, revision)
    plain.dispose()
    with open_ledger(url) as ledger, ledger.engine.connect() as connection:
        migrated = MigrationContext.configure(
            connection, opts={"version_table": opening.VERSIONS}
        ).get_current_revision()
        assert migrated == opening.REVISIONS[-1]
        context = MigrationContext.configure(
            connection, opts={"version_table": opening.VERSIONS, "compare_type": True}
        )
        assert compare_metadata(context, books.metadata) == []
    config = Config()
    config.set_main_option("script_location", str(Path(opening.__file__).parent / "migrations"))
    script = ScriptDirectory.from_config(config)
    known = [step.revision for step in script.walk_revisions()]
    assert tuple(reversed(known)) == opening.REVISIONS


def test_a_ledger_of_a_later_version_is_refused(url: str) -> None:
    """In a line that says what to do; it is left as it is."""
    with open_ledger(url):
        pass
    plain = engine(url)
    with plain.begin() as connection:
        connection.execute(sa.text(f"UPDATE {opening.VERSIONS} SET version_num = '9999'"))
    plain.dispose()
    with pytest.raises(UsageError, match=r"9999.*升级"), open_ledger(url):
        pass


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    """A file that is no database, a folder that is not there, a ledger that is not."""
    other = tmp_path / "summary.xlsx"
    other.write_bytes(b"PK\3\4" * 100)
    with (
        pytest.raises(UsageError, match=r"summary.xlsx：file is not a database"),
        open_ledger(other),
    ):
        pass
    assert other.read_bytes() == b"PK\3\4" * 100
    with pytest.raises(LedgerError, match="打不开台账"), open_ledger(tmp_path / "no" / "a.sqlite"):
        pass
    with pytest.raises(UsageError, match="没有台账"), open_ledger(tmp_path, create=False):
        pass


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://office:{SECRET}@127.0.0.1:1/x",
        f"postgresql://127.0.0.1:1/x?user=office&password={SECRET}",
        f"mysql://office:{SECRET}@127.0.0.1/x",
        f"no such://office:{SECRET}@[x",
    ],
)
def test_a_password_is_never_told(url: str) -> None:
    """Whatever is wrong with a URL, the complaint is one line without the password."""
    with pytest.raises((UsageError, LedgerError)) as error, open_ledger(url):
        pass
    assert SECRET not in str(error.value) and "\n" not in str(error.value)


def test_a_missing_driver_is_named() -> None:
    """Without psycopg the line says what to install."""
    script = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from perfeval.ledger import open_ledger\n"
        "from perfeval.errors import UsageError\n"
        "try:\n    open_ledger('postgresql://127.0.0.1:1/x').__enter__()\n"
        "except UsageError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, encoding="utf-8"
    )
    assert "perfeval[postgresql]" in done.stdout and done.stdout.count("\n") == 1


def test_a_folder_stands_for_the_ledger_in_it(tmp_path: Path) -> None:
    """As run --out leaves it."""
    with open_ledger(tmp_path) as ledger:
        run(ledger, file())
    assert (tmp_path / "ledger.sqlite").is_file()
    with open_ledger(tmp_path, create=False) as ledger:
        assert table(ledger, "runs", "state") == [("done",)]


def test_a_database_that_goes_away_is_an_error_of_ours(url: str) -> None:
    """A LedgerError; when it is back, the ledger goes on where it was."""
    with open_ledger(url) as ledger:
        number = begun(ledger)
        plain = engine(url)
        with plain.begin() as connection:
            connection.execute(sa.text("ALTER TABLE replies RENAME TO gone"))
        with pytest.raises(LedgerError, match="台账读写失败"):
            table(ledger, "replies", "finding")
        with plain.begin() as connection:
            connection.execute(sa.text("ALTER TABLE gone RENAME TO replies"))
        plain.dispose()
        ledger.record(number, [file()], [None])
        assert table(ledger, "rounds", "round") == [(1,)]
