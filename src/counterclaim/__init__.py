"""Counterclaim reads reports of strikes and violence and lays the claims out side by side.

    >>> import counterclaim
    >>> reading = counterclaim.read("The army said that 12 people had died.")   # doctest: +SKIP

Nothing heavy is imported until a name is first used.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from counterclaim.version import __version__

if TYPE_CHECKING:
    from counterclaim.pipeline import Case as Case
    from counterclaim.pipeline import read as read
    from counterclaim.records import Reading as Reading

# One thread a process and a process a core: numpy's products are small here, and more threads only wait for one another. It is
# read once, when numpy is first imported; whoever has set it keeps it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__all__ = ["Case", "Reading", "__version__", "read"]

_HOMES = {"Case": "counterclaim.pipeline", "Reading": "counterclaim.records", "read": "counterclaim.pipeline"}


def __getattr__(name: str) -> Any:
    """The public names, imported from their rooms when first used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
