"""The two jobs that processes are given: to check some files, and to write what goes back."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from perfeval import outbox
from perfeval.config import Config
from perfeval.convert import ENDINGS
from perfeval.errors import PerfevalError, UsageError
from perfeval.findings import FileResult, Plan
from perfeval.findings import Outcome as Answer
from perfeval.kept import CHECKED, Checked, Fresh, New, Packed, Written
from perfeval.pipeline import Chunk, Destination, Outcome, check_chunk, checked_bytes, is_returned
from perfeval.pipeline import outputs as made_outputs
from perfeval.sources import Source
from perfeval.together import COLUMNS

Job = tuple[Outcome, Destination]


@dataclass(frozen=True, slots=True)
class Made:
    """What was returned for a file, what it was made `of`, and the contents of the outputs where
    they are still to be written.
    """

    written: Written
    of: bytes
    contents: Mapping[str, bytes]


def check_part(sources: Sequence[Source], config: Config) -> list[New]:
    """Check some files together, in order."""
    return [file for chunk in chunks(sources, config) for file in _fresh(chunk)]


def packed_part(sources: Sequence[Source], config: Config) -> list[New]:
    """The same in another process."""
    return [file.packed() for chunk in chunks(sources, config) for file in _fresh(chunk)]


def chunks(sources: Sequence[Source], config: Config) -> list[Chunk]:
    """A chunk; if something unforeseen breaks it, each file alone: only the guilty one is lost."""
    try:
        return [check_chunk(sources, config)]
    except UsageError:
        raise
    except Exception as error:  # noqa: BLE001  # the border at which one bad file must not stop the rest
        if len(sources) == 1:
            return [lost(sources[0], f"{type(error).__name__}: {error}")]
        return [chunk for source in sources for chunk in chunks([source], config)]


def lost(source: Source, why: str) -> Chunk:
    """What is said of a file whose check broke down."""
    outcome = Outcome(source, FileResult(source.name, "", "unreadable", _reason(why)), Plan())
    return Chunk((outcome,), ({name: [] for name in COLUMNS},), (None,))


def packed_lost(source: Source, why: str) -> Packed:
    """The same of a file whose check ended its process."""
    (file,) = _fresh(lost(source, why))
    return file.packed()


def made_lost(job: Job, why: str) -> Made:
    """The same of a file whose outputs did."""
    return Made(_failed(why), b"", {})


def write_part(
    work: Sequence[Job], config: Config, *, returning: bytes, here: bool = True
) -> list[Made]:
    """Write the outputs of some files, or with `here` off only make them. `returning` as in `of`.

    Those that have to be converted are converted in one call. What cannot be written says why.
    """
    alien = [o for o, _ in work if o.format in ENDINGS and is_returned(o)]
    books = _converted(alien, config) if alien else []
    made = {id(outcome): book for outcome, book in zip(alien, books, strict=True)}
    done = []
    for outcome, to in work:
        written, contents = _written(outcome, to, made.get(id(outcome)), config, here)
        done.append(Made(written, of(outcome, to, returning), contents))
    gc.collect(1)  # a page's macros are cycles that hold all of its result
    return done


def of(outcome: Outcome, to: Destination, returning: bytes) -> bytes:
    """A hash of all that the outputs of a file depend on; `returning` is stamp.returning."""
    checked = Checked(outcome.result, outcome.plan, outcome.format, outcome.last, None, True)
    place = f"{to.folder}/{to.stem}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(returning + CHECKED.plain(checked) + place).digest()


def put(to: Destination, contents: Mapping[str, bytes]) -> None:
    """Write outputs; durable after outbox.settle or make_durable. Raises OSError."""
    for name, content in contents.items():
        outbox.put(to.out / name, content)


def _fresh(chunk: Chunk) -> Iterator[Fresh]:
    for came, brief, whole in zip(chunk.outcomes, chunk.briefs, chunk.whole, strict=True):
        result = came.result
        crashed = any(Answer.CRASHED in form.outcomes.values() for form in result.forms)
        again = result.status != "unreadable" and not came.locked and not crashed
        yield Fresh(Checked(result, came.plan, came.format, came.last, whole, again), brief)


def unwritten(error: Exception) -> Written:
    """Of a file whose outputs cannot be written."""
    return Written({}, {}, why=str(error))


def _failed(why: str) -> Written:
    return Written({}, {}, why=_reason(why), stays=False)


def _reason(why: str) -> str:
    return f"程序内部错误，请连同文件反馈（internal failure）：{why}"


def _bytes(outcome: Outcome) -> bytes:
    """The file; nothing where it cannot be read any more, which writing will say."""
    try:
        return checked_bytes(outcome)
    except (PerfevalError, OSError):
        return b""


_Converted = bytes | Exception | None  # what kept a file from being converted is told of it


def _converted(outcomes: Sequence[Outcome], config: Config) -> list[_Converted]:
    """Files as .xlsx, in one call; if something unforeseen breaks that, each alone."""
    from perfeval.returning import conversions

    try:
        return [*conversions([(_bytes(o), o.format) for o in outcomes], config.passwords)]
    except Exception as error:  # noqa: BLE001  # as in `chunks`
        if len(outcomes) == 1:
            return [error]
        return [book for outcome in outcomes for book in _converted([outcome], config)]


def _written(
    outcome: Outcome, to: Destination, converted: _Converted, config: Config, here: bool
) -> tuple[Written, Mapping[str, bytes]]:
    try:
        if isinstance(converted, Exception):
            raise converted
        result, contents = made_outputs(outcome, to, config, converted=converted)
        if here:
            put(to, contents)
    except UsageError:
        raise
    except (PerfevalError, OSError) as error:
        return unwritten(error), {}
    except Exception as error:  # noqa: BLE001  # as in `chunks`
        return _failed(f"{type(error).__name__}: {error}"), {}
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    return Written(result.outputs, hashes, result.copy), {} if here else contents
