"""What goes into a bulk job: the files behind the paths that were named, and the captures in each, rows of Parquet too."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counterclaim.errors import InputError
from counterclaim.intake import captures, find_files
from counterclaim.records import Capture

if TYPE_CHECKING:
    from counterclaim.intake.containers import Taken

_PARQUET = b"PAR1"
_ENDINGS = (".parquet", ".parq")
_ROWS = 64


def files_behind(paths: Sequence[str | Path]) -> tuple[Path, ...]:
    """The files to read, absolute, sorted, each once: what a case takes in from `paths`, and Parquet. InputError for a path that
    is not there, or where nothing is behind any."""
    given = [Path(p).absolute() for p in paths]
    found = set(find_files(given))
    for folder in given:
        if folder.is_dir():
            found |= {f for f in folder.rglob("*") if f.name.endswith(_ENDINGS) and not f.name.startswith((".", "_"))}
    if not found:
        raise InputError(", ".join(map(str, paths)), "holds no file that is read", "name WARC, JSONL or Parquet files")
    return tuple(sorted(found, key=lambda f: (f.parts, str(f))))


def captures_in(path: Path, received: datetime) -> Iterator[Taken]:
    """Every capture in a file, as for a case; a row of Parquet is one as a line of JSON is, by its columns' names."""
    try:
        with open(path, "rb") as file:
            parquet = file.read(4) == _PARQUET
    except OSError:
        parquet = False  # what is wrong with it is said below
    yield from _rows(path, received) if parquet else captures(path, received)


def _rows(path: Path, received: datetime) -> Iterator[Taken]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from counterclaim.intake.formats import JSON
    from counterclaim.intake.metadata import Facts

    try:
        number = 0
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_ROWS):
                for row in batch.to_pylist():
                    number += 1
                    told = {name: _as_json(value) for name, value in row.items() if value is not None}
                    data = json.dumps(told, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
                    yield Capture(sha256(data).hexdigest(), f"{path}#row {number}", received, JSON, data), Facts()
    except (pa.ArrowException, OSError) as e:
        problem = f"is damaged or cut off ({str(e).splitlines()[0]})"
        yield InputError(str(path), problem, "what stood before the damage is kept; get a whole copy if you can")


def _as_json(value: Any) -> Any:
    """A value of a Parquet file as JSON spells it; bytes, which are no text, as nothing."""
    if isinstance(value, dict):
        return {str(name): _as_json(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_as_json(one) for one in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and (value != value or abs(value) == float("inf")):
        return None
    return value if isinstance(value, str | int | float | bool | None) else None
