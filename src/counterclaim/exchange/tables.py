"""Tables: columns that say what they mean, and the ways to write their rows as CSV, with HXL's tags, and as Parquet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from counterclaim.errors import CounterclaimError
from counterclaim.exchange.export import Export, Piece

R = TypeVar("R")
Kind = Literal["id", "text", "quote", "address", "date", "word", "integer", "number", "boolean"]
"""What a column holds. `id` (of ours), `word` (of a fixed list) and `date` (EDTF) are written as they are, `text` without what is
masked, `quote` (a report's own words) shortened as well where the audience gets short quotations only, `address` cut to its host
where the rest may name somebody; the last three are no words."""
Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A column: its name, what it holds, what it means (for the codebook), what gives its value for a row, and its HXL tag."""

    name: str
    kind: Kind
    meaning: str
    value: Callable[[Export, R], Cell]
    hxl: str = ""

    def cell(self, export: Export, row: R) -> Cell:
        """The value of a row as the export's audience may see it; None where it is not known."""
        value = self.value(export, row)
        if not isinstance(value, str):
            return value
        shown = _SHOWN.get(self.kind)
        return (shown(export, value) if shown else value) or None


_SHOWN: dict[Kind, Callable[[Export, str], str]] = {
    "text": Export.text, "quote": Export.quote, "address": Export.address,
}  # fmt: skip


@dataclass(frozen=True)
class Table(Generic[R]):
    """A table: its name, what a row is, its columns, its rows in order, and the name of the column that tells rows apart.

    `refers` names, by column, the table of the same package whose key it holds.
    """

    name: str
    meaning: str
    key: str
    columns: tuple[Column[R], ...]
    rows: Callable[[Export], Iterable[R]]
    refers: tuple[tuple[str, str], ...] = ()

    def cells(self, export: Export) -> Iterator[list[Cell]]:
        """The rows as the audience may see them."""
        for row in self.rows(export):
            yield [column.cell(export, row) for column in self.columns]

    def csv(self, export: Export) -> Iterator[Piece]:
        """Comma-separated values in UTF-8, with a line of names; empty where not known, `true` and `false`."""
        yield _line([column.name for column in self.columns]), 0
        for cells in self.cells(export):
            yield _line(map(_safe, cells)), 1

    def hxl(self, export: Export) -> Iterator[Piece]:
        """The same with HXL's tags in a second line, of the columns that have one."""
        tagged = [n for n, column in enumerate(self.columns) if column.hxl]
        yield _line([self.columns[n].name for n in tagged]), 0
        yield _line([self.columns[n].hxl for n in tagged]), 0
        for cells in self.cells(export):
            yield _line(_safe(cells[n]) for n in tagged), 1

    def parquet(self, export: Export) -> Iterator[Piece]:
        """Parquet with the columns' types. CounterclaimError where the extra that writes it is not installed."""
        from contextlib import closing
        from tempfile import TemporaryDirectory

        try:
            import duckdb
        except ModuleNotFoundError:
            raise CounterclaimError("duckdb is not installed; install counterclaim[parquet]") from None
        rows = 0
        with TemporaryDirectory() as folder, closing(duckdb.connect(config={"threads": 1})) as base:
            with open(f"{folder}/rows.csv", "wb") as sink:
                for cells in self.cells(export):
                    sink.write(_line(cells))
                    rows += 1
            types = ", ".join(f"'{column.name}': '{_TYPES.get(column.kind, 'VARCHAR')}'" for column in self.columns)
            read = f"read_csv('{folder}/rows.csv', header=false, auto_detect=false, delim=',', quote='\"', columns={{{types}}})"
            base.execute(f"COPY (SELECT * FROM {read}) TO '{folder}/rows.parquet' (FORMAT parquet)")
            with open(f"{folder}/rows.parquet", "rb") as source:
                yield source.read(), rows


_TYPES: dict[Kind, str] = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}
_FORMULA = re.compile(r"[=+@\t\r]|-(?![\d.])")
"""How a cell begins that a spreadsheet takes for a formula."""


def _safe(cell: Cell) -> Cell:
    """A cell that no spreadsheet runs: words of a report that begin as a formula get an apostrophe before them."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _line(cells: Iterable[Any]) -> bytes:
    line = io.StringIO()
    shown = (str(cell).lower() if isinstance(cell, bool) else cell for cell in cells)
    csv.writer(line, lineterminator="\n").writerow("" if cell is None else cell for cell in shown)
    return line.getvalue().encode("utf-8", "backslashreplace")


def joined(values: Iterable[str | None]) -> str | None:
    """Several values in one cell, each once and in their order; None where there are none."""
    return "; ".join(dict.fromkeys(value for value in values if value)) or None
