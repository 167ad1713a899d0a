"""Exports and imports, a file a format: how readings leave the project and texts come in."""

from counterclaim.exchange.lines import (
    InputLine,
    Scalar,
    dump_line,
    error_line,
    link_line,
    parse_line,
    reading_to_line,
)
from counterclaim.exchange.masking import Hidden, Masks, hidden_in
from counterclaim.exchange.recorders import read_row

__all__ = [
    "Hidden",
    "InputLine",
    "Masks",
    "Scalar",
    "dump_line",
    "error_line",
    "hidden_in",
    "link_line",
    "parse_line",
    "read_row",
    "reading_to_line",
]
