"""Several files as one: a zip archive whose bytes follow from its files alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip archive can hold: when it was packed is no fact about the files."""


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip archive of these files (path, bytes), in their order."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, data in files:
            entry = zipfile.ZipInfo(path, _NO_TIME)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(entry, data)
    return archive.getvalue()
