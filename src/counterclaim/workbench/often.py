"""How often somebody did something lately, so that a program cannot guess or flood."""

from __future__ import annotations

import threading
import time
from collections import deque


class Often:
    """How often something was done lately, by whom."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._times: dict[str, deque[float]] = {}

    def again(self, who: str, often: tuple[int, float]) -> bool:
        """Counts one more; False where that is too many."""
        many, seconds = often
        now = time.monotonic()
        with self._lock:
            if len(self._times) > 10_000:
                self._times = {key: kept for key, kept in self._times.items() if kept and now - kept[-1] < 600}
            times = self._times.setdefault(who, deque())
            while times and now - times[0] > seconds:
                times.popleft()
            if len(times) >= many:
                return False
            times.append(now)
        return True
