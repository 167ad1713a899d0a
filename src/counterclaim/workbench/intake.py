"""Files that come in through the page: captured at once, read in the background, each with how far it is."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Literal

from counterclaim.errors import CounterclaimError
from counterclaim.pipeline import Case
from counterclaim.workbench.opened import Opened

Stage = Literal["waiting", "reading", "linking", "read", "kept", "known", "left out"]
"""Where a file is: captured and waiting, being read, read and to be linked, read and linked, kept but not read, in the case
before, or left out."""

_UNDERWAY = ("waiting", "reading", "linking")

REMEMBERED = 2000
"""Files whose state is remembered: what was dropped in one go, and no more."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that came in: its name, the report it became, where it is, and why it was left out."""

    name: str
    stage: Stage
    report: str | None = None
    why: str = ""


class Intake:
    """Takes files into the case one after the other and reads them, in one thread of its own."""

    def __init__(self, opened: Opened) -> None:
        self._case: Case = opened.case
        self._store = opened.store
        self._lock = threading.Lock()
        self._reading = threading.Lock()
        self._again = False
        self._thread: threading.Thread | None = None
        self._running = False
        self.arrivals: list[Arrival] = []
        self.stage = ""
        self.done = 0
        self.total = 0
        self.failed = ""

    @property
    def busy(self) -> bool:
        """Whether anything is being read."""
        return self._running

    def take(self, name: str, data: bytes) -> list[Arrival]:
        """Captures one file and says what became of it. It is read by the next `read`."""
        # A name is what a browser says it is: only its last part, and nothing that could lead anywhere.
        bare = PurePosixPath(name.replace("\\", "/")).name.strip() or "file"
        bare = "".join(c for c in bare if c.isprintable() and c not in '/\\:*?"<>|')[:150].lstrip(".") or "file"
        with tempfile.TemporaryDirectory(prefix="counterclaim-") as folder:
            path = Path(folder) / bare
            path.write_bytes(data)
            try:
                with self._lock:
                    added = self._case.add(path, under=Path(folder))
            except CounterclaimError as error:
                return self._remember([Arrival(bare, "left out", None, _plainly(str(error), folder))])
        found = [Arrival(bare, "kept" if r.not_read else "waiting", r.id, r.not_read or "") for r in added.added]
        found += [Arrival(bare, "left out", None, _plainly(f"{e.problem}; {e.remedy}", folder)) for e in added.left_out]
        if added.known:
            found.append(Arrival(bare, "known"))
        return self._remember(found)

    def read(self) -> None:
        """Reads what has not been read yet, in the background; while that goes on, once more afterwards."""
        with self._lock:
            self._again = True
            if not self._running:
                self._running = True
                self._thread = threading.Thread(target=self._run, name="reading", daemon=True)
                self._thread.start()

    def wait(self, seconds: float) -> None:
        """Waits until all is read, at most so long."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._again:
                    self._running = False
                    return
                self._again = False
            waiting = sorted(a.report for a in self.arrivals if a.stage in _UNDERWAY and a.report)
            self.failed = ""
            try:
                self._case.run(progress=partial(self._progress, waiting))
                self._mark(waiting, "read")
            except Exception as error:  # the page must say so, whatever it was
                self.failed = str(error)
            self.stage = ""

    def _progress(self, waiting: list[str], stage: str, done: int, total: int) -> None:
        self.stage, self.done, self.total = stage, done, total
        # Reports are read in the order of their ids; where others are read again as well, nothing tells how far these are.
        through = done if total == len(waiting) else 0
        if stage == "reading":
            self._mark(waiting[:through], "linking")
            self._mark(waiting[through:], "reading")
        else:
            self._mark(waiting, "linking")

    def _mark(self, reports: Iterable[str], stage: Stage) -> None:
        held = set(reports)
        with self._lock:
            self.arrivals = [replace(a, stage=stage) if a.report in held and a.stage in _UNDERWAY else a for a in self.arrivals]

    def _remember(self, found: list[Arrival]) -> list[Arrival]:
        with self._lock:
            self.arrivals = [*found, *self.arrivals][:REMEMBERED]
        return found


def _plainly(said: str, folder: str) -> str:
    """What is said of a file without the folder it was kept in for a moment."""
    return said.replace(f"{folder}/", "").replace(folder, "")
