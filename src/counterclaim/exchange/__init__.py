"""Exports and imports, a file a format: how readings leave the project and texts come in."""

from counterclaim.exchange.audiences import AUDIENCES, COARSENESSES, Audience, Coarseness
from counterclaim.exchange.export import NOT_VERIFIED, Earlier, Export, Format, Piece
from counterclaim.exchange.formats import FORMATS
from counterclaim.exchange.lines import (
    InputLine,
    Scalar,
    dump_line,
    error_line,
    link_line,
    parse_line,
    reading_to_line,
)
from counterclaim.exchange.masking import Hidden, Masks, accounts_in, handles_in, hidden_in
from counterclaim.exchange.narrowing import narrowed, told_of
from counterclaim.exchange.recorders import read_row
from counterclaim.exchange.ro_crate import bundled

__all__ = [
    "AUDIENCES",
    "COARSENESSES",
    "FORMATS",
    "NOT_VERIFIED",
    "Audience",
    "Coarseness",
    "Earlier",
    "Export",
    "Format",
    "Hidden",
    "InputLine",
    "Masks",
    "Piece",
    "Scalar",
    "accounts_in",
    "bundled",
    "dump_line",
    "error_line",
    "handles_in",
    "hidden_in",
    "link_line",
    "narrowed",
    "parse_line",
    "read_row",
    "reading_to_line",
    "told_of",
]
