"""Throw damaged workbooks and texts at reading, recognition and extraction.

    nice -n 19 python benchmarks/fuzz_read.py --inputs 100000 --seed 1 --keep DIR

Each input is a real or hostile file with something broken in it: bytes, a part of its package, or
the grid itself. Allowed outcomes are a workbook with its tables, or UnreadableError. Anything else,
and any input that takes this process more than ten seconds, is kept in DIR and makes the exit code
1. The same seed gives the same inputs.
"""

from __future__ import annotations

import argparse
import io
import re
import signal
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from types import FrameType

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from perfeval.errors import UnreadableError  # found through the line above
from perfeval.extract import Collector
from perfeval.model import Cell, Range, Sheet, Workbook, parse_ref
from perfeval.read import read_bytes

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 10
LARGEST = 5_000_000  # bytes unpacked; packing more again takes too long
GROUP = 20  # inputs whose tables are made together
# fmt: off
TOKENS = [
    "-", "—", "/", "%", "≥", "（50分）", "=100%", "0/0", "…", "100", "1e308", "-1", "9" * 20,
    "9" * 400, "１２", "万元", "得分", "分值", "总分", "其中：", "产出指标", "年度资金总额",
    "执行率", "全年执行数", "三级指标", "合计", "2021年13月45日", "1-3天", "±5%", "一百二十三",
    "\ufffd", "\u202e", "𠮷", "<p>", "&#0;", "", " ", "\t", "\n", '"', "=", "A" * 5000,
]
XML_TOKENS = [
    'r="A1"', 'r="XFD1048576"', 't="s"', 't="e"', 's="999"', 'spans="0:0"', 'ref="A1:XFD1048576"',
    "<v>-1</v>", "<v/>", "<f>", "</c>", "<row>", "</row>", "_xD800_", "&lt;", "<!--", "]]>",
]
# fmt: on


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print the count of each outcome, answer 1 if anything was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-kept"))
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGPROF, _too_long)
    outcomes: Counter[str] = Counter()
    begun = time.monotonic()
    group: list[tuple[str, Workbook]] = []
    for name, make in inputs(options.inputs, options.seed):
        outcome = _try(lambda name=name, make=make: _read(name, make, group), name, options.keep)
        outcomes[outcome] += 1
        if len(group) == GROUP:
            outcomes[_try(lambda: _tabulate(group), f"{name} and before", options.keep)] += 1
            group.clear()
        if sum(outcomes.values()) % 5000 < 2:
            print(f"{time.monotonic() - begun:7.0f} s  {dict(outcomes)}", flush=True)
    print(f"{options.inputs} inputs, seed {options.seed}, {time.monotonic() - begun:.0f} s")
    print("\n".join(f"{count:8d}  {outcome}" for outcome, count in sorted(outcomes.items())))
    return 1 if any(outcome.startswith("FAILED") for outcome in outcomes) else 0


def inputs(count: int, seed: int) -> Iterator[tuple[str, Callable[[], bytes | Workbook]]]:
    """Name and maker of each input."""
    files = [
        path
        for folder in ("sample_workbooks", "tests/hostile/corpus")
        for path in sorted((ROOT / folder).iterdir())
        if path.suffix in (".xlsx", ".txt", ".csv", ".fods", ".xls", ".mht")
        and 0 < path.stat().st_size < 60_000
        and not path.read_bytes().startswith(b"\xd0\xcf\x11\xe0")  # a process each: too slow here
    ]
    contents = {path.name: path.read_bytes() for path in files}
    books = {}
    for name, data in contents.items():
        try:
            books[name] = read_bytes(data, name)
        except UnreadableError:
            continue
    forms = [name for name in books if sum(len(sheet.cells) for sheet in books[name].sheets) > 50]
    for number in range(count):
        random = Random(f"{seed}:{number}")
        way = random.random()
        if way < 0.4:
            name = random.choice(forms)
            book = books[name]
            yield f"{number} grid of {name}", lambda book=book, random=random: _grid(book, random)
            continue
        packed = way < 0.82
        mine = forms if random.random() < 0.7 else list(contents)
        name = random.choice([name for name in mine if contents[name].startswith(b"PK") == packed])
        data = contents[name]
        if way < 0.8:
            yield f"{number} part of {name}", lambda data=data, random=random: _part(data, random)
        else:
            yield f"{number} bytes of {name}", lambda data=data, random=random: _bytes(data, random)


def _read(
    name: str, make: Callable[[], bytes | Workbook], group: list[tuple[str, Workbook]]
) -> str:
    made = make()
    try:
        workbook = made if isinstance(made, Workbook) else read_bytes(made, name)
    except UnreadableError as refusal:
        assert refusal.detail_zh and refusal.detail_en
        return "refused"
    collector = Collector()
    forms = collector.add_workbook(collector.add_file(name), workbook)
    group.append((name, workbook))
    return f"{'a form' if forms else 'no form'}, {name.split()[1]}"


def _tabulate(group: list[tuple[str, Workbook]]) -> str:
    collector = Collector()
    for name, workbook in group:
        collector.add_workbook(collector.add_file(name), workbook)
    collector.tables()
    return "tables"


def _try(action: Callable[[], str], name: str, keep: Path) -> str:
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        return action()
    except BaseException as error:  # a fuzzer is there to see them all
        if isinstance(error, KeyboardInterrupt):
            raise
        keep.mkdir(parents=True, exist_ok=True)
        kept = keep / f"{re.sub(r'[^0-9A-Za-z]+', '-', name)}.txt"
        kept.write_text(f"{name}\n{traceback.format_exc()}", encoding="utf-8")
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"FAILED {type(error).__name__} {Path(last.filename).name}:{last.lineno}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError(f"more than {SECONDS} seconds of work")


def _bytes(data: bytes, random: Random) -> bytes:
    """Some bytes changed, cut out, doubled, or the end cut off."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 5, 20))):
        at = random.randrange(len(changed) + 1)
        way = random.randrange(6)
        if way == 0:
            changed[at : at + 1] = bytes([random.randrange(256)])
        elif way == 1:
            del changed[at : at + random.choice((1, 4, 100, 2000))]
        elif way == 2:
            changed[at:at] = changed[at : at + random.choice((1, 50, 1000))]
        elif way == 3:
            changed[at:at] = random.choice(TOKENS).encode()
        elif way == 4 and random.random() < 0.2:
            del changed[at:]
        else:
            changed[at : at + 1] = random.choice((b"\t", b"\n", b'"', b",", b"<", b"\x00", b"\xff"))
    return bytes(changed)


def _part(data: bytes, random: Random) -> bytes:
    """One XML part of a package with pieces swapped, doubled, lost, or strange; packed again."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > LARGEST:
                return _bytes(data, random)
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError):
        return _bytes(data, random)
    for _ in range(random.choice((1, 1, 2, 4))):
        name = random.choice([name for name in parts if len(parts[name]) < 500_000])
        if random.random() < 0.05:
            del parts[name]
            if not parts:
                break
            continue
        pieces = re.split(rb"(?=<)|(?<=>)", parts[name])
        at, other = random.randrange(len(pieces)), random.randrange(len(pieces))
        way = random.choice((0, 1, 2, 3, 3, 3, 3, 3, 4, 5, 5, 5, 5, 5))
        if way == 0:
            pieces[at], pieces[other] = pieces[other], pieces[at]
        elif way == 1:
            del pieces[at : at + random.choice((1, 2, 9))]
        elif way == 2:
            pieces[at:at] = pieces[at : at + random.choice((1, 3, 30))] * random.choice((1, 2, 50))
        elif way == 3:
            pieces[at] = re.sub(rb'="[^"]*"', b'="' + _token(random) + b'"', pieces[at], count=1)
        elif way == 4:
            pieces[at : at + 1] = [random.choice(XML_TOKENS).encode()]
        else:
            pieces[at] = re.sub(rb"\d+", lambda _: _number(random), pieces[at], count=1)
        parts[name] = b"".join(pieces)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


def _grid(book: Workbook, random: Random) -> Workbook:
    """A workbook with cells swapped, lost, changed, shifted, and merges made and undone."""
    sheets = []
    for sheet in book.sheets:
        cells = {place: _copy(cell, *place) for place, cell in sheet.cells.items()}
        merges = list(sheet.merges)
        for _ in range(random.choice((1, 3, 10, 40))):
            _change(cells, merges, random)
        hidden = frozenset(random.sample(range(1, 60), 3)) if random.random() < 0.2 else frozenset()
        sheets.append(Sheet(sheet.name, cells, tuple(merges), hidden_rows=hidden))
    return Workbook(book.path, book.sha256, tuple(sheets), book.format, book.traits)


def _change(cells: dict[tuple[int, int], Cell], merges: list[Range], random: Random) -> None:
    if not cells:
        return
    place, other = random.choice(list(cells)), random.choice(list(cells))
    way = random.randrange(9)
    if way == 0:
        cells[place], cells[other] = _copy(cells[other], *place), _copy(cells[place], *other)
    elif way == 1:
        del cells[place]
    elif way in (2, 3):
        text = random.choice(TOKENS)
        cells[place] = Cell(*place, text or None, text)
    elif way == 4:
        number = random.choice((0, -1, 0.1 + 0.2, 1e15, 1e300, -0.0, 44561, 99.96, 5e-324))
        cells[place] = Cell(*place, number, str(number), random.choice((None, "A1")), kind="n")
    elif way == 5:
        by, across = random.choice((1, -1, 3)), random.random() < 0.5
        moved = {}
        for (row, col), cell in cells.items():
            at = (row, max(1, col + by)) if across else (max(1, row + by), col)
            moved[at if row >= place[0] else (row, col)] = cell
        cells.clear()
        cells.update({at: _copy(cell, *at) for at, cell in moved.items()})
    elif way == 6:
        merges.append(Range(*place, place[0] + random.randrange(5), place[1] + random.randrange(9)))
    elif way == 7 and merges:
        del merges[random.randrange(len(merges))]
    else:
        far = parse_ref(random.choice(("XFD1048576", "A1048576", "XFD1", "ZZ999")))
        cells[far] = _copy(cells[place], *far)


def _copy(cell: Cell, row: int, col: int) -> Cell:
    return Cell(row, col, cell.value, cell.text, cell.formula, cell.number_format, cell.kind)


def _token(random: Random) -> bytes:
    text = random.choice(TOKENS)
    return text.replace("&", "").replace("<", "").replace('"', "").encode()


def _number(random: Random) -> bytes:
    return random.choice((b"0", b"-1", b"1048577", b"99999999999", b"1.5", b"", b"1e5", b"16385"))


if __name__ == "__main__":
    sys.exit(main())
