"""Writes a case as the tables of today keep it, for the tests of tomorrow: run it whenever a revision of the tables is added.

    python tests/case/older/make.py

The file is named after the revision. One that is there is never written again: it is what that version wrote.
"""

from __future__ import annotations

import gzip
import importlib.util
import sqlite3
import sys
import tempfile
from pathlib import Path

from counterclaim.case import Asked, Desk, Store, decided, schema, view

HERE = Path(__file__).parent
spec = importlib.util.spec_from_file_location("sample_case", HERE.parent / "conftest.py")
assert spec is not None
assert spec.loader is not None
sample = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = sample
spec.loader.exec_module(sample)


def make(path: Path) -> None:
    """A case of two runs, with bytes from two places, and one of each kind of what people do."""
    with Store.open(path) as store:
        sample.play(store)
        store.add(*sample.make(sample.TEXTS[0], "elsewhere.txt"))
        held = store.now()
        desk = Desk(view(held.reports, held.linkage, ()))
        (incident,) = desk.incidents
        first, second, _ = sorted(read.report.id for read in held.reports if read.reading.figures)
        asked = (
            Asked(kind="correct", target=f"{first}:f1", values={"high": 15}, user="Ada", reason="misread"),
            Asked(kind="accept", target=f"{first}:s1", user="Ada"),
            Asked(kind="reject", target=f"{second}:f1", user="Ben"),
            Asked(kind="accept", target=f"{second}:f1", user="Ada"),
            Asked(kind="add", target=first, words="killed", values={"harm": "injured", "low": 3}, incident=incident, user="Ben"),
            Asked(kind="same", names=("The army", "A spokesman"), user="Ada"),
            Asked(kind="split", target=incident, others=(f"{second}:m0",), user="Ben"),
        )
        made = store.decide_all(list(decided(desk, asked)), sample.NOON)
        store.undo(made[-1].id, user="Ben", made=sample.NOON)
        store.assess(incident, scale="own", grade="fair", best=14, user="Ada", made=sample.NOON, **desk.graded(incident))
        sample.play(store, version="2")
        assert store.verify() == ()
    with sqlite3.connect(path) as db:
        db.execute("VACUUM")


if __name__ == "__main__":
    to = HERE / f"{schema.HEAD}.case.gz"
    if to.exists():
        sys.exit(f"{to.name} is there; what a version wrote is not written again")
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder) / "a.case")
        to.write_bytes(gzip.compress((Path(folder) / "a.case").read_bytes(), 9, mtime=0))
    print(f"{to.name}: {to.stat().st_size:,} bytes")
