"""Work through a concurrent.futures.Executor, answers in the order of the work at any parallelism.

In this process, in a pool of processes, or through a dask scheduler; never more work under way than
keeps everybody busy, so that memory does not grow with the batch.
"""

from __future__ import annotations

import gc
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from perfeval.config import Config
from perfeval.errors import SchedulerError, UsageError
from perfeval.stamp import code_hash

if TYPE_CHECKING:
    from distributed import Client

_PATIENCE = "10s"  # how long a scheduler may take to answer
In = TypeVar("In")
Out = TypeVar("Out")
Work = Callable[[Sequence[In]], list[Out]]


class Crew:
    """Those who do the work: `size` processes, none where this process does it itself."""

    def __init__(self, config: Config) -> None:
        self._executor: Executor | None = None
        self._far = _Far.at(config.scheduler) if config.scheduler else None
        self.is_far = bool(self._far)
        self._broken = self._far.broken if self._far else (BrokenProcessPool,)
        self._lost = self._far.lost if self._far else ()
        self.size = self._far.threads if self._far else config.jobs if config.jobs > 1 else 0

    def results(
        self, work: Work[In, Out], parts: Iterable[Sequence[In]], lost: Callable[[In, str], Out]
    ) -> Iterator[list[Out]]:
        """What `work` answers for each part, in order.

        Where the process that works on a part comes to its end, each of its items is tried alone;
        of the guilty one `lost` says what is made. Raises SchedulerError where that is lost.
        """
        if not self.size:
            yield from map(work, parts)
            return
        try:
            yield from self._results(work, parts, lost)
        except self._lost as error:
            raise SchedulerError(
                "调度器断开了，已写出的有效，恢复后请重新运行"
                f"（the scheduler is gone; what was written is valid: run again）：{error!r}"
            ) from error

    def _results(
        self, work: Work[In, Out], parts: Iterable[Sequence[In]], lost: Callable[[In, str], Out]
    ) -> Iterator[list[Out]]:
        waiting = iter(parts)
        under_way: deque[tuple[Sequence[In], Future[list[Out]]]] = deque()
        while True:
            for part in islice(waiting, 2 * self.size - len(under_way)):
                under_way.append((part, self._submit(work, part)))
            if not under_way:
                return
            part, future = under_way.popleft()
            try:
                yield future.result()
            except self._broken:
                self._rest()
                left = [part, *(other for other, _ in under_way)]
                under_way.clear()
                for each in left:
                    yield self._alone(work, each, lost)

    def _alone(
        self, work: Work[In, Out], part: Sequence[In], lost: Callable[[In, str], Out]
    ) -> list[Out]:
        """A part with nothing else under way: if the pool breaks now, one of its items does it."""
        try:
            return self._submit(work, part).result()
        except self._broken:
            self._rest()
        if len(part) == 1:
            return [lost(part[0], "进程异常终止（its process was killed）")]
        return [out for item in part for out in self._alone(work, [item], lost)]

    def _submit(self, work: Work[In, Out], part: Sequence[In]) -> Future[list[Out]]:
        if self._executor is None:
            self._executor = self._far.executor() if self._far else _pool(self.size)
        return self._executor.submit(work, part)

    def _rest(self) -> None:
        """Let the executor go once what is under way has ended; another one follows if need be."""
        if self._far is None and self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
        self._executor = None

    def stop(self) -> None:
        """Let everybody go."""
        self._rest()
        if self._far:
            self._far.client.close()  # type: ignore[no-untyped-call]  # so is all of dask


@contextmanager
def crew(config: Config) -> Iterator[Crew]:
    """The crew of a run; nobody of it is left at the end, however that comes."""
    made = Crew(config)
    try:
        yield made
    finally:
        made.stop()


def _pool(size: int) -> Executor:
    barred = [name for name, module in tuple(sys.modules.items()) if module is None]
    return ProcessPoolExecutor(size, initializer=_set_up, initargs=(gc.get_threshold(), barred))


def _set_up(threshold: tuple[int, int, int], barred: Sequence[str]) -> None:
    """As the process is that shares out the work, where it is not forked: its collector, and the
    modules that it does without. Ctrl-C reaches every process of a terminal, and that one answers.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*threshold)
    for name in barred:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # None: it cannot be imported


@dataclass(frozen=True, slots=True)
class _Far:
    """The workers of a dask scheduler.

    Files travel with the work and outputs come back; the files of the settings (policy, templates)
    must be there under the same paths.
    """

    client: Client
    threads: int
    broken: tuple[type[Exception], ...]
    lost: tuple[type[Exception], ...]

    @classmethod
    def at(cls, address: str) -> _Far:
        """Raises UsageError where there is no scheduler, or workers have another perfeval."""
        try:
            from distributed import Client, KilledWorker
            from distributed.comm.core import CommClosedError
        except ImportError as error:
            raise UsageError(
                "--scheduler 须先安装（install first）：pip install 'perfeval[cluster]'"
            ) from error
        try:
            client = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, TimeoutError, ValueError) as error:
            raise UsageError(f"{address}：连不上调度器（no scheduler there）：{error}") from error
        found = client.run(code_hash)
        others = sorted(worker for worker, code in found.items() if code != code_hash())
        if not found or others:
            client.close()  # type: ignore[no-untyped-call]
            which = "、".join(others) or "没有工作进程（no workers）"
            raise UsageError(f"{address}：perfeval 或其库的版本不一致（versions differ）：{which}")
        threads = sum(client.nthreads().values())  # type: ignore[no-untyped-call]
        return cls(client, threads, (KilledWorker,), (CancelledError, CommClosedError))

    def executor(self) -> Executor:
        made: Executor = self.client.get_executor(pure=False)  # type: ignore[no-untyped-call]
        return made
