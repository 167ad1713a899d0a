"""The order of EDTF dates: which came surely before which, and nothing where the dates do not tell."""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?[?~%]?\Z")
UNKNOWN_LAST = "~"
"""Sorts after every EDTF date: what is undated comes last."""


@lru_cache(4096)
def days(value: str | None) -> tuple[str, str] | None:
    """First and last day that an EDTF date or interval covers, as `YYYY-MM-DD`; None where the year or a part is unknown."""
    if value is None:
        return None
    first, _, last = value.partition("/")
    begin, end = _bounds(first), _bounds(last or first)
    return (begin[0], end[1]) if begin and end else None


def surely_before(earlier: str | None, later: str | None) -> bool:
    """Whether the last day of one date lies before the first day of the other; False where either is unknown."""
    a, b = days(earlier), days(later)
    return a is not None and b is not None and a[1] < b[0]


def sort_key(value: str | None) -> str:
    """A string to sort by: the first day covered, undated last."""
    covered = days(value)
    return covered[0] if covered else UNKNOWN_LAST + (value or "")


def _bounds(value: str) -> tuple[str, str] | None:
    match = _DATE.match(value)
    if not match:
        return None
    year, month, day = match.groups()
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    if not 1 <= int(month) <= 12:
        return None
    last = monthrange(int(year), int(month))[1] if int(year) else 31
    return (f"{year}-{month}-{day}",) * 2 if day else (f"{year}-{month}-01", f"{year}-{month}-{last:02d}")
