"""Opening a ledger: which database is meant, and its tables brought to the version of this tool."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any  # a connection of whichever driver

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from perfeval.errors import LedgerError, UsageError
from perfeval.ledger.books import metadata

NAME = "ledger.sqlite"
_GONE = (
    "文件不见了，请放回原处；要另起台账，请重新启动 perfeval"
    "（it is gone: put it back; for a new one start perfeval again）"
)
VERSIONS = "ledger_version"  # the table that alembic keeps
_versions = sa.Table(
    VERSIONS, sa.MetaData(), sa.Column("version_num", sa.String(32), primary_key=True)
)
REVISIONS = ("0001", "0002")  # from the first to this tool's own
_WAIT = 60  # seconds for another process's transaction
# For a server that does not answer, or is cut off in the midst of an answer (milliseconds).
_PATIENCE = {"connect_timeout": 10, "keepalives_idle": 30, "tcp_user_timeout": _WAIT * 1000}
_LOCK = 0x70657266  # advisory, for writers of one PostgreSQL ledger


def address(given: str | Path) -> sa.URL:
    """The database of a URL, a file, or a folder (ledger.sqlite in it). Raises UsageError."""
    text = str(given)
    if "://" not in text:
        path = Path(text)
        return sa.URL.create("sqlite", database=str(path / NAME if path.is_dir() else path))
    try:
        url = sa.make_url(text)
    except (sa.exc.ArgumentError, ValueError) as error:
        scheme = text.partition("://")[0]  # the rest may hold a password
        raise UsageError(f"台账地址有误（not a database URL）：{scheme}://…") from error
    kind = url.get_backend_name()
    if kind in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    if kind != "sqlite":
        raise UsageError(
            f"台账只能用 SQLite 或 PostgreSQL（SQLite or PostgreSQL only）：{shown(url)}"
        )
    return url


def shown(url: sa.URL) -> str:
    """The address as it may be printed: never with a password, which may stand behind ? too."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.set(query={}).render_as_string(hide_password=True)


def engine_of(url: sa.URL, *, create: bool) -> sa.Engine:
    """An engine on a ledger whose tables are those of books.py.

    Raises LedgerError where the database cannot be opened now; UsageError where it is none, is
    not there and not to be made, or is a later version's.
    """
    is_file = url.get_backend_name() == "sqlite"
    if is_file and not create and not Path(url.database or "").is_file():
        raise UsageError(
            f"没有台账 {url.database}，请先用 perfeval run 生成，或用 --ledger 指明"
            "（no such ledger）"
        )
    try:
        engine = _sqlite(url, to_write=create) if is_file else _postgresql(url)
        _current(engine, url)
    except ModuleNotFoundError as error:
        raise UsageError(
            f"连接 {shown(url)} 需要 psycopg，请先 pip install 'perfeval[postgresql]'"
            "（the driver is missing）"
        ) from error
    except sa.exc.DBAPIError as error:
        away = isinstance(error, sa.exc.OperationalError)  # it may be back in a moment
        raise (LedgerError if away else UsageError)(
            f"打不开台账（cannot open the ledger）{shown(url)}：{_why(error)}"
        ) from error
    if is_file:
        _never_made_anew(engine, Path(url.database or ""))
    return engine


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that sees one state. Raises LedgerError when the database fails."""
    with _told(engine), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction, alone among writers. Raises LedgerError when the database fails."""
    with _told(engine), _alone(engine) as connection:
        yield connection


@contextmanager
def _alone(engine: sa.Engine) -> Iterator[sa.Connection]:
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text(f"SET LOCAL lock_timeout = '{_WAIT}s'"))
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        yield connection


@contextmanager
def _told(engine: sa.Engine) -> Iterator[None]:
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise LedgerError(
            f"台账读写失败（the ledger failed）{shown(engine.url)}：{_why(error)}"
        ) from error


def _why(error: sa.exc.DBAPIError) -> str:
    cause = str(getattr(error, "orig", None) or error)
    return cause.strip().splitlines()[0] if cause.strip() else type(error).__name__


def _postgresql(url: sa.URL) -> sa.Engine:
    return sa.create_engine(url, poolclass=NullPool, connect_args=_PATIENCE)


def _sqlite(url: sa.URL, *, to_write: bool) -> sa.Engine:
    path = Path(url.database or "")
    if not to_write and _is_still(path):  # else SQLite wants to write beside it, even to read
        still = f"{path.absolute().as_uri()}?immutable=1"
        open_still = partial(sqlite3.connect, still, uri=True)
        return sa.create_engine(url, poolclass=NullPool, creator=open_still)
    engine = sa.create_engine(url, poolclass=NullPool, connect_args={"timeout": _WAIT})

    @sa.event.listens_for(engine, "connect")
    def connected(connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")

    @sa.event.listens_for(engine, "begin")
    def begun(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _is_still(path: Path) -> bool:
    """Whether a ledger lies where nobody can write, as on a share for reading, and is whole."""
    can_write = all(os.access(place, os.W_OK) for place in (path, path.parent))
    return not can_write and not path.with_name(f"{path.name}-wal").exists()


def _never_made_anew(engine: sa.Engine, path: Path) -> None:
    """SQLite would put an empty database where the ledger was taken away from under us."""

    @sa.event.listens_for(engine, "do_connect")
    def connecting(dialect: sa.Dialect, *_: object) -> None:
        if not path.is_file():
            raise dialect.loaded_dbapi.OperationalError(_GONE)


def _write_ahead(connection: Any) -> None:
    """Readers never wait for the writer. The change of mode does not heed the busy timeout."""
    for _ in range(_WAIT * 20):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except connection.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(0.05)
        else:
            return


def _current(engine: sa.Engine, url: sa.URL) -> None:
    """Make or migrate the tables where they are not of this version."""
    with engine.connect() as connection:
        if _version(connection, url) == REVISIONS[-1]:
            return
    with _alone(engine) as connection:
        version = _version(connection, url)  # another process may have been quicker
        if version is None:
            _make(connection)
        elif version != REVISIONS[-1]:
            migrate(connection, REVISIONS[-1])


def _make(connection: sa.Connection) -> None:
    """All tables where there are none: alembic, 11 MiB and half a second, is for older ones."""
    metadata.create_all(connection, checkfirst=False)
    _versions.create(connection, checkfirst=True)
    connection.execute(sa.insert(_versions).values(version_num=REVISIONS[-1]))


def migrate(connection: sa.Connection, revision: str) -> None:
    """Bring the tables to a revision, in the transaction of the connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    folder = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _version(connection: sa.Connection, url: sa.URL) -> str | None:
    """The version of the tables, None where there are none. Raises UsageError for a later one."""
    if not sa.inspect(connection).has_table(VERSIONS):
        return None
    version = connection.execute(sa.text(f"SELECT version_num FROM {VERSIONS}")).scalar()
    if version is not None and version not in REVISIONS:
        raise UsageError(
            f"台账 {shown(url)} 是更新版本的 perfeval 写的（版本 {version}），请先升级 perfeval"
            "（the ledger is of a later version; upgrade perfeval）"
        )
    return version
