"""A year's inbox: submissions of all layouts, few with a fault, some broken, oddly named, nested.

Of every hundred files three have a fault, each kind in turn; of every two hundred one is broken.
A file depends on the seed and on its serial only.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Any  # JSON is untyped

from benchmarks.drawing import draw
from benchmarks.faults import plant
from benchmarks.printed import KINDS, Truth, clean_form, faulty_form
from sample_workbooks.building.page import Page
from sample_workbooks.building.save import delimited, xlsx
from sample_workbooks.building.template import write_form
from sample_workbooks.building.templates import MOF
from tests.hostile.make_corpus import CORPUS, made

_FAULTY = (17, 50, 83)  # of every hundred
_BROKEN, _EACH = 100, 200  # of every two hundred
_PACKED, _BLOCKS = 7, 20  # every twentieth ten are sent in an archive, the eighth of them
_CITIES = ("青山市", "云溪市", "石桥市", "金塘市")
_OFFICES = ("农业农村局", "水利局", "交通运输局", "教育体育局", "卫生健康局", "民政局")
_ODD = (  # about the stem of a name
    "{0}", "{0}", "{0}", "{0}", "{0} 自评表（终稿）", "={0}", "-{0}", "{0}'\"&;", "{0}\n二",
    "<script>{0}", "{0}😀", "{0}" + "长" * 60, "{0}%2e%2e#", "{0}.xlsx", " {0} ",
    "é{0}e\u0301", "[{0}]*?",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Submission:
    """One file. `broken` is a word of the reason that must be given, "" where it can be read."""

    folder: str
    name: str
    content: bytes
    layout: str = ""
    truth: Truth = field(default_factory=Truth)
    broken: str = ""
    archive: str = ""  # the .zip in `folder` that it lies in
    member: str = ""  # the one name in it, of a .zip that is locked


def year(count: int, seed: int) -> Iterator[Submission]:
    """The submissions of a year, in the order of their serials."""
    for serial in range(1, count + 1):
        yield _submission(serial, seed)


def write_inbox(folder: Path, count: int, seed: int) -> dict[str, dict[str, Any]]:
    """Fill `folder`; the truth by the name that perfeval calls the file below it."""
    truths: dict[str, dict[str, Any]] = {}
    archives: dict[Path, list[tuple[str, bytes]]] = {}
    for one in year(count, seed):
        at = folder / one.folder
        at.mkdir(parents=True, exist_ok=True)
        inside = Path(one.folder, one.archive).as_posix()
        if one.archive:
            archives.setdefault(folder / inside, []).append((one.name, one.content))
        else:
            (at / one.name).write_bytes(one.content)
        name = f"{inside}!{one.name}" if one.archive else f"{one.folder}/{one.name}"
        name += one.member and f"!{one.member}"
        truths[name] = {"layout": one.layout, "broken": one.broken, **asdict(one.truth)}
        if one.truth.findings:  # what lies about in real folders, and is no submission
            for other in ("Thumbs.db", "~$" + one.name[:20] + ".xlsx", "说明.md", "a.xlsx.part"):
                (at / other).write_bytes(b"\x05")
    for path, members in archives.items():
        with zipfile.ZipFile(path, "w") as packed:
            for name, content in members:
                packed.writestr(zipfile.ZipInfo(name), content)
    return truths


def _submission(serial: int, seed: int) -> Submission:
    random = Random(f"{seed}-{serial}")
    folder = f"{random.choice(_CITIES)}/{random.choice(_OFFICES)}"
    if serial % _EACH == _BROKEN:
        return _broken(random, folder, serial, seed)
    layout, ending, content, truth = _read(random, serial, seed)
    stem = random.choice(_ODD).format(f"{serial:06d}")
    block = serial // 10
    if block % _BLOCKS == _PACKED:
        folder, archive = f"{_CITIES[0]}/打包", f"{block}批.zip"
        return Submission(folder, f"{stem}.{ending}", content, layout, truth, archive=archive)
    if random.random() < 0.1:  # the same name in many folders
        folder, stem = f"{folder}/{serial}", "自评表"
    return Submission(folder, f"{stem}.{ending}", content, layout, truth)


def _read(random: Random, serial: int, seed: int) -> tuple[str, str, bytes, Truth]:
    """Layout, ending, content and truth of a file that can be read."""
    if serial % 100 in _FAULTY:
        nth = serial // 100 * len(_FAULTY) + _FAULTY.index(serial % 100) + seed
        if nth % 4:  # counted without gaps, so that no kind is left out
            turn, kind = divmod(nth - nth // 4 - 1, len(KINDS))
            layout, content, truth = faulty_form(kind, turn, serial)
            return layout, "xlsx", content, truth
        return _drawn(random, serial, random.randint(1, 3))
    if random.random() < 0.5:
        layout, content = clean_form(random, serial)
        return layout, "xlsx", content, Truth()
    return _drawn(random, serial, 0)


def _drawn(random: Random, serial: int, faults: int) -> tuple[str, str, bytes, Truth]:
    """A form as generate.py makes them; one in thirty of those without a fault is text."""
    kind = random.randrange(60)
    as_text = not faults and kind < 2
    form, template = draw(random, serial, (MOF,)) if as_text else draw(random, serial)
    planted = plant(form, template, random, faults)
    while faults and not planted.findings:  # not every template has a place for every fault
        planted = plant(form, template, random, faults)
    page = Page("自评表")
    write_form(page, planted.form, template)
    truth = Truth(
        tuple((e.code, page.where(e.table, e.position, e.field)) for e in planted.findings)
    )
    if as_text:
        ending, separator, encoding = (("csv", ",", "gb18030"), ("txt", "\t", "utf-8"))[kind]
        content = delimited(page, separator=separator, encoding=encoding)
        return template.slug, ending, content, truth
    ending = "XLSX" if kind == 2 else "xlsx"
    return template.slug, ending, xlsx([page], author=f"单位{serial}"), truth


def _broken(random: Random, folder: str, serial: int, seed: int) -> Submission:
    """Each kind in turn: a real form cut short, or a file of the hostile corpus."""
    name, why = BROKEN[(serial // _EACH + seed) % len(BROKEN)]
    stem, _, ending = name.rpartition(".")
    content = (CORPUS / name).read_bytes() if name != CUT else b""
    if name == CUT:
        whole = _drawn(random, serial, 1)[2]
        content = whole[: random.randrange(100, len(whole) - 30)]
    member = "a.xlsx" if name == "locked.zip" else ""
    return Submission(folder, f"{stem}_{serial:06d}.{ending}", content, broken=why, member=member)


CUT = "cut.xlsx"
BROKEN: tuple[tuple[str, str], ...] = (
    (CUT, "不完整|损坏"),
    *(
        (name, why)
        for name, (_, why) in made().items()
        if isinstance(why, str) and not name.startswith("~$")  # which no folder is searched for
    ),
)
