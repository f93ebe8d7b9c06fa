"""Work through a concurrent.futures.Executor, answers in the order of the work at any parallelism.

In this process, in a pool of processes, or through a dask scheduler; never more work under way than
keeps everybody busy, so that memory does not grow with the batch.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

from perfeval.config import Config
from perfeval.errors import UsageError

In = TypeVar("In")
Out = TypeVar("Out")
Work = Callable[[Sequence[In]], list[Out]]


class Crew:
    """Those who do the work: `size` processes, none where this process does it itself."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._executor: Executor | None = None
        self.is_far = bool(config.scheduler)
        self.size = config.jobs if config.jobs > 1 or self.is_far else 0

    def results(
        self, work: Work[In, Out], parts: Iterable[Sequence[In]], lost: Callable[[In, str], Out]
    ) -> Iterator[list[Out]]:
        """What `work` answers for each part, in order.

        Where the process that works on a part comes to its end, each of its items is tried alone;
        of the guilty one `lost` says what is made.
        """
        if not self.size:
            yield from map(work, parts)
            return
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
            except BrokenProcessPool:
                self.stop()
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
        except BrokenProcessPool:
            self.stop()
        if len(part) == 1:
            return [lost(part[0], "进程异常终止（its process was killed）")]
        return [out for item in part for out in self._alone(work, [item], lost)]

    def _submit(self, work: Work[In, Out], part: Sequence[In]) -> Future[list[Out]]:
        if self._executor is None:
            self._executor = _far(self._config) if self.is_far else _pool(self.size)
        return self._executor.submit(work, part)

    def stop(self) -> None:
        """Let everybody go once what is under way has ended."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None


@contextmanager
def crew(config: Config) -> Iterator[Crew]:
    """The crew of a run; nobody of it is left at the end, however that comes."""
    made = Crew(config)
    try:
        yield made
    finally:
        made.stop()


def _pool(size: int) -> Executor:
    return ProcessPoolExecutor(size, initializer=_leave_interrupts)


def _leave_interrupts() -> None:
    """Ctrl-C reaches every process of a terminal: the one that shares out the work answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _far(config: Config) -> Executor:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(
            "--scheduler 需要另装 perfeval[cluster]（pip install 'perfeval[cluster]'）"
        ) from error
    raise NotImplementedError
