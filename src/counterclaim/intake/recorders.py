"""Read other recorders' tables (CSV of UCDP GED, ACLED, Airwars' shape): every row a document that says what its columns say."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator

from counterclaim.errors import EmptyInput, InputError, WrongFormat
from counterclaim.intake.decoding import decode
from counterclaim.intake.document import Document
from counterclaim.intake.metadata import Facts
from counterclaim.intake.pieces import Piece
from counterclaim.records import Capture

_OURS = ("status", "checked", "reports", "sha256")
# Columns that only this recorder's tables have together; the first names the event. The first recorder whose columns are there
# counts: what this program wrote in another's shape is not that other's word.
_RECORDERS: dict[str, tuple[str, ...]] = {
    "Counterclaim, as UCDP GED": ("id", "type_of_violence", "side_a", "best", "date_start", *_OURS),
    "Counterclaim, as Airwars": ("code", "civilians_killed_min", "civilians_killed_max", *_OURS),
    "UCDP GED": ("id", "type_of_violence", "side_a", "best", "date_start"),
    "ACLED": ("event_id_cnty", "event_date", "actor1", "fatalities"),
    "Airwars": ("code", "civilians_killed_min", "civilians_killed_max"),
}


def read(capture: Capture) -> Iterator[Document | InputError]:
    """A document for each row: a heading with the recorder and its number, then a line "column: value" for each that is filled.

    What stands there is that recorder's statement and is read as such, by its columns and not as prose
    (`exchange.read_row`). WrongFormat for a table whose columns belong to no recorder that is known.
    """
    decoded, encoding = decode(capture.data, capture.origin)
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    rows = csv.reader(io.StringIO(decoded), delimiter=_delimiter(decoded))
    try:
        header = [name.strip().lower() for name in next(rows, [])]
        recorder = next((r for r, columns in _RECORDERS.items() if set(columns) <= set(header)), None)
        if recorder is None:
            known = "; ".join(f"{r}: {', '.join(columns)}" for r, columns in _RECORDERS.items() if not set(_OURS) <= set(columns))
            raise WrongFormat(capture.origin, "this table has the columns of no known recorder", f"name them so ({known})")
        for n, row in enumerate(rows, 2):
            values = {name: " ".join(v.split()) for name, v in zip(header, row, strict=False) if v.strip()}
            number = values.get(_RECORDERS[recorder][0])
            if not row:
                continue
            if number is None:
                yield EmptyInput(
                    f"{capture.origin}#row {n}", "the row does not name its event", f"fill {_RECORDERS[recorder][0]}"
                )
                continue
            lines = [f"{recorder} {number}", *(f"{name}: {value}" for name, value in values.items())]
            pieces = tuple(Piece(line) for line in lines)
            fields = Facts(title=lines[0], outlet=recorder).by("inferred", "columns of its table")
            yield Document(
                source=decoded, lines=pieces, fields=fields, part=f"row {n}", encoding=encoding, what="the row", recorder=recorder
            )
    except csv.Error as e:
        raise InputError(capture.origin, f"is a damaged table ({e})", "export it again as CSV in UTF-8") from None


def _delimiter(decoded: str) -> str:
    """The sign that parts the columns: the one the first line has most of."""
    first = decoded.partition("\n")[0]
    return max(",;\t", key=first.count)
