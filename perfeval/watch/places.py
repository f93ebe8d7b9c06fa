"""Where the outputs of a submission go, by round: decided once, before anything is written.

    OUT/.perfeval/received/<name>/<round>/place.json
    OUT/.perfeval/received/<name>/<round>/files.bin     its results: written when all outputs stand

A round is what was received under a name: 甲.xlsx is returned as 甲_审核意见.xlsx, and when
甲.xlsx or that 甲_审核意见.xlsx comes in again, as 甲_第2轮_审核意见.xlsx. The same content again
is the same round, and its returns are written again. The folder of a round is made elsewhere and
renamed into place, which only one of two watchers can do, and never without its contents.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any  # JSON

from perfeval.batch import destinations
from perfeval.outbox import write_whole
from perfeval.pipeline import ENDINGS
from perfeval.sources import SUBMISSIONS, Source
from perfeval.texts import Lang, Text
from perfeval.watch.claims import HIDDEN, Claim

ROUND = Text("_第{n}轮", "_round{n}")
RECEIPT = Text("_回执.txt", "_receipt.txt")
REASON = Text("_原因.txt", "_reason.txt")
KEPT = Text("存档", "archive")
REJECTED = Text("退件", "rejected")
# In whichever of these a form comes, it is the same submission.
TABLES = SUBMISSIONS - {
    *(".zip", ".rar", ".7z", ".doc", ".docx", ".odt", ".wps", ".wpt", ".rtf", ".pdf", ".ofd"),
    *(".ppt", ".pptx", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp"),
    *(".heic", ".eml", ".msg"),
}
_OURS = "|".join(
    re.escape(ending.removesuffix(PurePosixPath(ending).suffix))
    for kind in ("annotated", "corrected")
    for ending in (ENDINGS[kind].zh, ENDINGS[kind].en)
)
_PLACE = "place.json"
_RETURNED = re.compile(rf"((_第\d+轮|_round\d+)?({_OURS}))+$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where everything about one received file goes. Paths are relative to --out."""

    folder: Path  # of the round, in our own room
    number: int
    claim: str
    sha256: str
    stem: PurePosixPath  # of the returns; of a .zip, the folder for those of its members
    receipt: PurePosixPath
    dated: PurePosixPath  # below 存档 or 退件

    @property
    def results(self) -> Path:
        return self.folder / "files.bin"

    @property
    def is_done(self) -> bool:
        return self.results.exists()


def reserve(claim: Claim, sha256: str, out: Path, archive: Path, *, lang: Lang) -> Place:
    """The place of a claimed file, the same after every restart. Raises OSError."""
    room = _room(claim.rel, out)
    while True:
        places = _places(room)
        for place in places:
            if place.claim == claim.id and not place.is_done:
                return _changed(place, sha256)
            if place.sha256 == sha256 and (place.claim == claim.id or place is places[-1]):
                return place
        number = max(_numbers(room), default=0) + 1
        place = _place(room, number, claim, sha256, lang)
        while not _is_free(place, out, archive, lang):
            number += 1
            place = _place(room, number, claim, sha256, lang)
        if _published(place, out):
            return place


def latest(out: Path) -> Iterator[Place]:
    """The last finished round of everything that was received, by name."""
    for room in sorted(_rooms(out)):
        done = [place for place in _places(room) if place.is_done]
        if done:
            yield done[-1]


def finished(out: Path) -> int:
    """How many rounds have their results."""
    return sum(place.is_done for room in _rooms(out) for place in _places(room))


def _rooms(out: Path) -> Iterator[Path]:
    with suppress(FileNotFoundError):
        yield from (out / HIDDEN / "received").iterdir()


def _room(rel: PurePosixPath, out: Path) -> Path:
    """Case, Unicode forms and what we appended ourselves make no other submission."""
    is_table = rel.suffix.lower() in TABLES
    name = _RETURNED.sub("", rel.stem) if is_table else rel.name
    key = unicodedata.normalize("NFC", str(rel.parent / name)).casefold()
    kind = "table" if is_table else "file"
    digest = hashlib.sha256(f"{kind}\0{key}".encode(errors="surrogatepass")).hexdigest()
    return out / HIDDEN / "received" / digest[:24]


def _places(room: Path) -> list[Place]:
    """The rounds of a name, in order, without damaged ones."""
    found = (_read(room / str(number)) for number in _numbers(room))
    return [place for place in found if place]


def _numbers(room: Path) -> list[int]:
    try:
        return sorted(int(path.name) for path in room.iterdir() if path.name.isdecimal())
    except (FileNotFoundError, NotADirectoryError):
        return []


def _place(room: Path, number: int, claim: Claim, sha256: str, lang: Lang) -> Place:
    rel, turn = claim.rel, ROUND(lang, n=number) if number > 1 else ""
    is_table, is_zip = rel.suffix.lower() in TABLES, rel.suffix.lower() == ".zip"
    name = _RETURNED.sub("", rel.stem) if is_table else rel.stem if is_zip else rel.name
    kept = _short(rel.parent, rel.stem + turn)
    receipt = _short(rel.parent, (name if is_table else rel.name) + turn)
    return Place(
        folder=room / str(number),
        number=number,
        claim=claim.id,
        sha256=sha256,
        stem=_short(rel.parent, name + turn),
        receipt=receipt.with_name(receipt.name + RECEIPT(lang)),
        dated=PurePosixPath(f"{claim.at:%Y-%m-%d}") / kept.with_name(kept.name + rel.suffix),
    )


def _short(folder: PurePosixPath, stem: str) -> PurePosixPath:
    """The stem as a batch would write it: one that file systems would refuse is cut."""
    rel = folder / f"{stem}.x"
    (to,) = destinations([Source(str(rel), str(rel), str(rel))], Path())
    return to.folder / to.stem


def _is_free(place: Place, out: Path, archive: Path, lang: Lang) -> bool:
    """Whether nothing of another origin would be written over, as returns of an earlier run."""
    stem = out / place.stem
    if place.dated.suffix.lower() == ".zip":
        outputs = [stem]
    else:
        endings = [ending(lang) for ending in ENDINGS.values()]
        outputs = [stem.with_name(stem.name + end) for end in (*endings, endings[0][:-1] + "m")]
    kept = [archive / kind(lang) / place.dated for kind in (KEPT, REJECTED)]
    return not any(path.exists() for path in (*outputs, *kept, out / place.receipt))


def _published(place: Place, out: Path) -> bool:
    """Make the folder of the round; False where another watcher was quicker."""
    room, draft = place.folder.parent, out / HIDDEN / "new" / secrets.token_hex(8)
    for folder in (draft.parent, room.parent, room, draft):  # never --out: it may have gone away
        folder.mkdir(exist_ok=True)
    write_whole(draft / _PLACE, _written(place))
    try:
        draft.rename(place.folder)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        if place.folder.exists():
            return False
        raise
    return True


def _changed(place: Place, sha256: str) -> Place:
    """The place of a file that was altered after its place was settled."""
    if place.sha256 != sha256:
        place = replace(place, sha256=sha256)
        write_whole(place.folder / _PLACE, _written(place))
    return place


def _written(place: Place) -> bytes:
    document = {
        "claim": place.claim,
        "sha256": place.sha256,
        "stem": str(place.stem),
        "receipt": str(place.receipt),
        "dated": str(place.dated),
    }
    return json.dumps(document).encode()


def _read(folder: Path) -> Place | None:
    """A round, None where what was settled of it is damaged. Raises OSError."""
    try:
        told: Any = json.loads((folder / _PLACE).read_bytes())
        stem, receipt, dated = (PurePosixPath(told[name]) for name in ("stem", "receipt", "dated"))
        return Place(folder, int(folder.name), told["claim"], told["sha256"], stem, receipt, dated)
    except (ValueError, KeyError, TypeError):
        return None
    except FileNotFoundError:
        if folder.is_dir():
            return None
        raise
