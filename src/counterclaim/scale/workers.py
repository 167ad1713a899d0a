"""Work on the cores of one machine: a process a core, answers in order, and a process that dies costs nothing but its time."""

from __future__ import annotations

import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

from counterclaim.errors import CounterclaimError
from counterclaim.pipeline import Readings, one_by_one, read_or_say
from counterclaim.records import Reading, Report

Item = TypeVar("Item")
Answer = TypeVar("Answer")

Say = Callable[[str], None]

AHEAD = 16
"""Items a process that may be under way or waiting behind a slow one: what is held in memory is bounded by it, and a text that
takes as long as sixteen others makes nobody wait."""

EACH = 20
"""Reports that make a further process worth while: to start one takes about as long as to read so many."""

TRIES = 2
"""Times an item is tried in processes that die over it: the first may have died of something else."""


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def jobs_for(asked: int | None, items: int) -> int:
    """How many processes: those asked for, else a core's each, but not more than so many reports are worth."""
    return asked if asked is not None else max(1, min(cores(), items // EACH))


def readings_on(jobs: int | None, say: Say) -> Readings:
    """What makes readings on `jobs` processes (None: as many as are worth while); `say` is told of each that dies.

    The readings are those that one process makes, byte for byte and in the same order.
    """

    def readings(reports: Sequence[Report], actors: str = "", triage: bool = False) -> Iterator[Reading]:
        count = jobs_for(jobs, len(reports))
        if count == 1:
            return one_by_one(reports, actors, triage)
        work = partial(read_or_say, actors=actors, triage=triage)
        return in_order(work, reports, count, lost=not_read, named=lambda r: r.id, say=say)

    return readings


def not_read(report: Report, why: str) -> Reading:
    """The reading of a report on which processes die: none, and why."""
    return Reading(text=report.text, error=f"could not be read: {why}; please report this text")


def in_order(
    work: Callable[[Item], Answer], items: Iterable[Item], jobs: int, *,
    lost: Callable[[Item, str], Answer], named: Callable[[Item], str], say: Say,
) -> Iterator[Answer]:  # fmt: skip
    """What `work`, which has to be a function that can be pickled, gives for each item, in order, on `jobs` processes.

    Items are taken as they are needed. One on which a process dies is tried again in another; where that dies too, `lost` gives
    the answer, from the item and why. `say` is told of each process that dies, with the item as `named`. An exception of `work`
    is raised here. Whatever ends it, no process is left behind.
    """
    pool = _Pool(work, jobs, lost, named, say)
    waiting: deque[Future[Answer]] = deque()
    coming = iter(items)
    try:
        waiting.extend(pool.submit(item) for item in islice(coming, jobs * AHEAD))
        while waiting:
            answer = waiting.popleft().result()
            waiting.extend(pool.submit(item) for item in islice(coming, 1))
            yield answer
    finally:
        pool.close()


class _Pool(Generic[Item, Answer]):
    """Processes, each with a thread that hands it an item and waits for the answer: no process idles while answers are kept."""

    def __init__(
        self,
        work: Callable[[Item], Answer],
        jobs: int,
        lost: Callable[[Item, str], Answer],
        named: Callable[[Item], str],
        say: Say,
    ) -> None:
        self._work, self._lost, self._named, self._say = work, lost, named, say
        self._threads = ThreadPoolExecutor(jobs)
        self._idle: SimpleQueue[_Process] = SimpleQueue()
        self._all: list[_Process] = []
        self._closed = False
        for _ in range(jobs):
            self._idle.put(self._started())

    def submit(self, item: Item) -> Future[Answer]:
        return self._threads.submit(self._answer, item)

    def close(self) -> None:
        """Ends all processes, in the midst of their work where there is any."""
        self._closed = True
        for process in self._all:
            process.end()
        self._threads.shutdown(cancel_futures=True)

    def _started(self) -> _Process:
        process = _Process(self._work)
        self._all.append(process)
        return process

    def _answer(self, item: Item) -> Answer:
        process = self._idle.get()
        try:
            for _ in range(TRIES):
                try:
                    done, answer = process.ask(item)
                except (EOFError, OSError):
                    if self._closed:
                        raise
                    why = process.end()
                    self._say(f"{self._named(item)}: {why} while reading it; it is tried in another")
                    self._all.remove(process)
                    process = self._started()
                    continue
                if not done:
                    raise answer
                return answer  # type: ignore[no-any-return] # what `work` gave, through a pipe
            return self._lost(item, why)
        finally:
            self._idle.put(process)


class _Process:
    """One process that answers what it is asked, one item after the other."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        context = get_context("spawn")  # the same everywhere; a fork would carry over the networks' threads and open files
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, pickle.dumps(work)), daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False

    def ask(self, item: object) -> tuple[bool, Any]:
        """Whether it could be done, and the answer, or the exception. EOFError or OSError where the process dies."""
        if not self._ready:
            try:
                self._connection.recv()
            except (EOFError, OSError):
                raise CounterclaimError("a process for reading could not be started; give --jobs 1 to do without") from None
            self._ready = True
        self._connection.send(item)
        done, answer = self._connection.recv()
        return bool(done), answer

    def end(self) -> str:
        """Ends the process if it has not ended, and says how it did."""
        with suppress(OSError):
            self._connection.close()
        self._process.join(0.2)
        died = self._process.exitcode
        if died is None:
            self._process.kill()
            self._process.join()
        if died is not None and died < 0:
            return f"the process was killed by {signal.Signals(-died).name}"
        return f"the process ended with status {died}"


def _serve(connection: Connection, work: bytes) -> None:
    """What a process does until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the first process's to handle
    does = pickle.loads(work)
    connection.send("ready")
    with suppress(EOFError, OSError):
        while True:
            item = connection.recv()
            try:
                answer = True, does(item)
            except Exception as error:
                answer = False, error
            connection.send(answer)
