"""What `perfeval doctor` looks at: one function a thing, each answers a Probe."""

from __future__ import annotations

import importlib.metadata
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import perfeval
from perfeval.cli.language import of_locale
from perfeval.config import Config
from perfeval.errors import PerfevalError
from perfeval.texts import Lang, Text

_PATIENCE = 30.0  # seconds: LibreOffice is slow at its first start
OPTIONAL = {
    "pyarrow": Text("结果另存为 Parquet", "tables as Parquet"),
    "distributed": Text("多台机器一起审核", "many machines at once"),
    "psycopg": Text("台账放在 PostgreSQL", "the ledger in PostgreSQL"),
}
_COLUMNS = Text(" 列", " columns")
MISSING = Text("未安装", "not installed")


class State(StrEnum):
    """As it is shown."""

    GOOD = "✓"
    ABSENT = "–"  # something can not be done, the main job can
    FAULT = "✕"


@dataclass(frozen=True, slots=True)
class Probe:
    """What was looked at, how it stands, what it is good for."""

    state: State
    name: Text
    told: str
    enables: Text

    @property
    def is_fault(self) -> bool:
        return self.state is State.FAULT


def probes(config: Config) -> tuple[Probe, ...]:
    """Everything, what the main job needs first."""
    lang = config.lang
    return (
        _python(),
        _own(),
        _needed(lang),
        _folder(Path.cwd()),
        _terminal(lang),
        _settings(config),
        _ledger(config),
        _office(lang),
        _fonts(lang),
        *(_optional(package, enables, lang) for package, enables in OPTIONAL.items()),
    )


def _python() -> Probe:
    good = sys.version_info >= (3, 11)
    told = f"{platform.python_version()} ({platform.system()} {platform.machine()})"
    name = Text("Python", "Python")
    return Probe(_state(good), name, told, Text("须 3.11 及以上", "3.11 or newer"))


def _own() -> Probe:
    from perfeval.report.templates import folder
    from perfeval.rules import catalogue

    rules, templates = len(catalogue()), folder().is_dir()
    place = Path(perfeval.__file__).parent
    told = f"{perfeval.__version__}, {rules} rules, {place}"
    enables = Text("审核、重算、退件", "checking, recomputing, returning")
    return Probe(_state(templates and rules > 0), Text("perfeval", "perfeval"), told, enables)


def _needed(lang: Lang) -> Probe:
    """The packages that perfeval always needs."""
    missing = [name for name in _requirements() if not _version(name)]
    told = Text("缺 {names}", "missing: {names}")(lang, names=" ".join(missing))
    name = Text("必需的包", "packages")
    return Probe(
        _state(not missing),
        name,
        told if missing else Text("齐全", "all there")(lang),
        Text("读写工作簿、生成报告", "reading and writing workbooks, reports"),
    )


def _folder(folder: Path) -> Probe:
    """Whether results can be written here."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            state = State.GOOD
    except OSError:
        state = State.ABSENT
    free = shutil.disk_usage(folder).free / 2**30
    enables = Text("可把结果写在这里（--out）", "results can be written here (--out)")
    return Probe(state, Text("当前文件夹", "this folder"), f"{folder} ({free:.1f} GiB)", enables)


def _terminal(lang: Lang) -> Probe:
    encoding = sys.stdout.encoding or ""
    shows = _encodes("审核✕", encoding)
    told = f"{encoding}, {shutil.get_terminal_size().columns}{_COLUMNS(lang)}, {of_locale()}"
    enables = Text("显示中文；显示不了时设 PYTHONUTF8=1", "shows Chinese; else set PYTHONUTF8=1")
    return Probe(_optional_state(shows), Text("终端", "terminal"), told, enables)


def _settings(config: Config) -> Probe:
    none = Text("未找到，用默认设置", "none, the defaults hold")(config.lang)
    enables = Text("perfeval config show 列出各项", "perfeval config show lists them")
    return Probe(State.GOOD, Text("perfeval.toml", "perfeval.toml"), config.source or none, enables)


def _ledger(config: Config) -> Probe:
    """Whether the ledger that is set can be opened; where none is set, `run` makes one."""
    from perfeval.ledger import open_ledger

    name = Text("台账", "ledger")
    enables = Text("历次运行和未办结的问题", "past runs, and what is still open")
    if not config.ledger:
        told = Text("结果文件夹中的 ledger.sqlite", "ledger.sqlite in --out")(config.lang)
        return Probe(State.GOOD, name, told, enables)
    try:
        with open_ledger(config.ledger, create=False) as ledger:
            runs = sum(1 for _ in ledger.rows("runs"))
    except PerfevalError as error:
        return Probe(State.ABSENT, name, str(error), enables)
    told = Text("可用，{n} 次运行", "opens, {n} runs")(config.lang, n=runs)
    return Probe(State.GOOD, name, told, enables)


def _office(lang: Lang) -> Probe:
    from perfeval.convert import converter

    program = converter()
    said = _output(program, "--version") if program else ""
    found = re.search(r"\d+(?:\.\d+)+", said)
    enables = Text(
        ".xls、.ods、.xlsb 转为 .xlsx 后在原表上批注；没有时退回另制的工作簿",
        ".xls, .ods, .xlsb are converted and annotated; without it, a workbook of ours goes back",
    )
    told = f"{found[0] if found else '?'}, {program}" if program else MISSING(lang)
    return Probe(_optional_state(bool(program)), Text("LibreOffice", "LibreOffice"), told, enables)


def _fonts(lang: Lang) -> Probe:
    """Known only where fontconfig is; Windows and macOS have Chinese fonts of their own."""
    program = shutil.which("fc-list")
    families = set(_output(program, ":lang=zh", "family").splitlines()) if program else set()
    own = platform.system() in ("Windows", "Darwin")
    told = f"{len(families)}: {min(families)}" if families else MISSING(lang)
    enables = Text("打印、转 PDF 和截图里的中文字形", "Chinese letters in print, PDF and pictures")
    name = Text("中文字体", "Chinese fonts")
    return Probe(_optional_state(bool(families) or own), name, told if not own else "—", enables)


def _optional(package: str, enables: Text, lang: Lang) -> Probe:
    version = _version(package)
    state = _optional_state(bool(version))
    return Probe(state, Text(package, package), version or MISSING(lang), enables)


def _requirements() -> list[str]:
    """Names of the packages that perfeval requires, without its extras."""
    required = importlib.metadata.requires("perfeval") or []
    names = (re.match(r"[\w.-]+", line) for line in required if "extra ==" not in line)
    return [name[0] for name in names if name]


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _output(program: str, *args: str) -> str:
    """What a program prints; "" where it fails or takes too long."""
    try:
        done = subprocess.run(
            [program, *args], capture_output=True, text=True, timeout=_PATIENCE, check=True
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return ""
    return done.stdout


def _encodes(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _state(good: bool) -> State:
    return State.GOOD if good else State.FAULT


def _optional_state(good: bool) -> State:
    return State.GOOD if good else State.ABSENT
