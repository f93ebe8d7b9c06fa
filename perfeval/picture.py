"""results.json, index.html and summary.xlsx of a run, from files as they pass."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from perfeval import stamp
from perfeval.config import Config
from perfeval.findings import FileResult
from perfeval.ooxml.undated import REFUSED
from perfeval.outbox import Part, writing
from perfeval.report.index import index_pieces
from perfeval.report.overview import Overview
from perfeval.report.results_json import FIRST, NEXT, closing, file_json, opening
from perfeval.report.summary import Summary
from perfeval.tally import State, Tally
from perfeval.texts import Text

_LACKS = Text(
    "运行被中断：只含已完成的 {done} 个文件，共 {of} 个；重新运行即可续上",
    "interrupted: {done} of {of} files are in it; run again to go on",
)


@contextmanager
def picture_in(out: Path, config: Config) -> Iterator[Picture]:
    """The picture of a run into `out`; nothing is left of one that is not written.

    Raises OSError where the disk is full.
    """
    picture = Picture(out, config)
    try:
        yield picture
    except REFUSED as error:
        raise OSError(f"summary.xlsx: {error}") from error
    finally:
        with suppress(OSError, REFUSED):
            picture.close()


class Picture:
    """Takes the final results one by one; none of them stays in memory."""

    def __init__(self, out: Path, config: Config) -> None:
        self._out, self._config = out, config
        self.tally = Tally()
        self._results: Part | None = None  # is written as files come
        self._overview = Overview(with_masks=config.mask)
        self._summary = Summary(config.lang, masked=config.mask)

    def add(self, file: FileResult) -> None:
        results = self._begun()
        results.file.write((NEXT if self.tally.files else FIRST) + file_json(file))
        self.tally.add(file)
        self._overview.add(file)
        self._summary.add(file)

    def write(self, *, of: int, state: State = "done") -> None:
        """Write the three, each whole. Raises OSError.

        Where the run was interrupted they say so, and that they are of fewer files than `of`.
        """
        lang, tool = self._config.lang, stamp.tool()
        broken = state == "interrupted"
        notice = _LACKS(lang, done=self.tally.files, of=of) if broken else ""
        results = self._begun()
        results.file.write(closing(self.tally.summary(), state=state if broken else ""))
        results.put(durable=True)
        index = index_pieces(
            self._overview, lang=lang, tool=tool, templates=self._config.templates, notice=notice
        )
        with writing(self._out / "index.html") as file:
            file.writelines(index)
        with writing(self._out / "summary.xlsx") as file:
            file.write(self._summary.done(self._overview, notice=notice))

    def close(self) -> None:
        """Let go of what was not written."""
        if self._results:
            self._results.drop()
        self._summary.close()

    def _begun(self) -> Part:
        if self._results is None:
            self._results = Part(self._out / "results.json")
            self._results.file.write(opening(tool=stamp.tool(), rules_hash=stamp.rules_hash()))
        return self._results
