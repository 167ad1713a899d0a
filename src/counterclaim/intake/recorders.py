"""Read other recorders' tables (CSV): every row a document of its own."""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.errors import InputError, WrongFormat
from counterclaim.intake.documents import Document
from counterclaim.records import Capture


def read(capture: Capture) -> Iterator[Document | InputError]:
    yield WrongFormat(capture.origin, "a table of a kind that is not read", "give UCDP GED, ACLED or Airwars-shaped columns")
