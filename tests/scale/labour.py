"""Work that the tests give to other processes, which have to find it by name."""

from __future__ import annotations

import os
import signal
import time
from functools import partial
from pathlib import Path

from counterclaim.errors import EmptyInput


def doubled(n: int) -> int:
    return n * 2


def dies_of(n: int, *, of: int) -> int:
    if n == of:
        os.kill(os.getpid(), signal.SIGKILL)
    return n * 2


def dies_once(n: int, *, beside: Path) -> int:
    if n == 5 and not beside.exists():
        beside.touch()
        os._exit(7)
    return n * 2


def refuses(n: int) -> int:
    raise EmptyInput(f"text {n}", "holds no words", "leave it out")


def takes_its_time(n: int) -> int:
    time.sleep(30 if n else 0)
    return n


def from_nowhere() -> partial[int]:
    """Work that ends the process that loads it."""

    class Never:
        def __reduce__(self) -> tuple[object, tuple[int]]:
            return os._exit, (3,)

    return partial(doubled, Never())  # type: ignore[arg-type]
