"""A bulk job on a Spark of this machine: the same facts as a case's, whatever is lost on the way."""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np
import pytest

from counterclaim.errors import CounterclaimError
from counterclaim.linking.comparing import habits, words_of_the_day
from counterclaim.linking.incidents import join_incidents
from counterclaim.linking.mentions import comparables, told_in
from counterclaim.pipeline import Case

pytest.importorskip("pyspark", reason="Spark is not installed: pip install 'counterclaim[spark]'")
pq = pytest.importorskip("pyarrow.parquet", reason="Parquet is not installed: pip install 'counterclaim[spark]'")

from counterclaim.scale import Bulk, bulk, load  # noqa: E402  # after what may be missing
from counterclaim.scale.joined import incidents_on  # noqa: E402
from counterclaim.scale.spark import missing, session  # noqa: E402
from counterclaim.scale.steps import Steps, read_reports  # noqa: E402
from counterclaim.scale.tables import COLUMNS, files, rows  # noqa: E402

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

TOWNS = ("Aleppo", "Mosul", "Raqqa", "Gaza City", "Kharkiv", "Sirte")
HAMLETS = ("Tarsk", "Loum", "Vedra", "Osk", "Mirrin", "Halde", "Pell", "Quorn")
"""On so many days an outlet is heard that begins every headline alike, which tells of it and not of what happened."""

ALERT = (
    "A missile flattened the bakery beside the old bus depot of {town} shortly before dawn on {day} May, while people queued for "
    "bread along the wall, and {dead} of them died where they stood, the city's ambulance service said. Rescuers pulled bodies "
    "from under the oven's roof until noon, when the last of the wounded was driven off to the clinic on the ring road."
)
DENIAL = (
    "The {town} garrison command denied on {day} May that its batteries had shelled any bakery, and called the toll of {dead} "
    "made up. A spokesman, Major Pavel Orlik, said that the depot had been empty since March."
)


@dataclass(frozen=True)
class Done:
    """The folder with the input; how the reports came out of a job over which workers died and which was then cut off; what it
    said of itself when it was gone on with; the folder it wrote; and the session."""

    given: Path
    came_out: dict[str, str | None]
    said: Bulk
    out: Path
    spark: SparkSession


@pytest.fixture(scope="session")
def done(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Done]:
    lacking = missing()
    if lacking is not None:
        pytest.skip(lacking)
    folder = tmp_path_factory.mktemp("bulk")
    given, out, mark = folder / "in", folder / "out", folder / "mark"
    given.mkdir()

    def cut_off(*given: object) -> NoReturn:
        raise InterruptedError

    with pytest.MonkeyPatch.context() as patch:
        here = str(Path(__file__).parent)
        patch.syspath_prepend(here)
        patch.setenv("PYTHONPATH", os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH")])]))
        import dying

        write_input(given, dying.POISON)
        with session("local[2]", folder / "log") as spark:
            with patch.context() as within:
                within.setattr("counterclaim.scale.archive._link", cut_off)
                with pytest.raises(InterruptedError):
                    bulk([given], out, read=partial(dying.read, mark=str(mark)))
            assert mark.exists(), "nobody was killed: the test tested nothing"
            came_out = {str(row["text"]): row["error"] for row in table(out, "reports") if row["id"]}
            for file in files(out / "reports"):
                if any("killed by" in str(row["error"]) for row in rows(file)):
                    (out / "readings" / file.name).unlink()
            yield Done(given, came_out, bulk([given], out), out, spark)


def write_input(given: Path, poison: str) -> None:
    """Lines of JSON, one of them broken; Parquet; a web archive; a text; a picture."""
    import pyarrow as pa

    told = [
        {"title": f"{what} in {town}", "text": text.format(town=town, day=n + 3, dead=12 + n), "published": f"2021-05-{n + 4:02}"}
        for n, town in enumerate(TOWNS)
        for what, text in (("Bakery hit", ALERT), ("Army denies strike", DENIAL))
    ]
    carried = {**told[0], "outlet": "The Other Paper", "text": told[0]["text"] + " The mayor asked for blood donors."}
    alerts = [
        {
            "text": f"ALERT: unknown gunmen raid a hamlet in the district, {place}",
            "published": f"2021-06-{n:02}",
            "outlet": "Post",
        }
        for n, place in enumerate(HAMLETS, 1)
    ]
    lines = [json.dumps(row) for row in (*told[:6], carried, *alerts)]
    (given / "a.jsonl").write_text("\n".join([*lines[:3], '{"text": "cut off', *lines[3:]]), "utf-8")
    pq.write_table(pa.Table.from_pylist([{**row, "views": 3} for row in told[6:]]), given / "b.parquet")
    with gzip.open(given / "c.warc.gz", "wb") as file:
        file.write(page(told[1]["text"]) + page("Twelve cats won prizes at the village fair. The mayor thanked the judges."))
    # read first in its file, so that those who die over it have loaded nothing yet
    fatal = (f"{ALERT.format(town='Idlib', day=20, dead=31 + n)}\n\n{poison}".encode() for n in count())
    (given / "d.txt").write_bytes(next(text for text in fatal if sha256(text).hexdigest().startswith("0")))
    (given / "e.txt").write_bytes(b"\x89PNG\r\n\x1a\n")


def page(text: str) -> bytes:
    """A web archive's record of a page."""
    body = f"<html><head><title>A page</title></head><body><article><p>{text}</p></article></body></html>".encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    name = f"{abs(hash(text)) % 10**12:012}"
    return (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{name}>\r\nWARC-Date: 2021-05-09T08:00:00Z\r\n"
        f"WARC-Target-URI: https://paper.example/{len(text)}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(head + body)}\r\n\r\n"
    ).encode() + head + body + b"\r\n\r\n"  # fmt: skip


def table(out: Path, folder: str) -> list[dict[str, Any]]:
    return [row for file in files(out / folder) for row in rows(file)]


def test_a_worker_that_dies_costs_nothing_and_a_text_that_kills_costs_itself(done: Done) -> None:
    assert len(done.came_out) == done.said.read == 16 + len(HAMLETS)
    (lost,) = (text for text, error in done.came_out.items() if error)
    assert "killed by SIGKILL" in str(done.came_out[lost])
    assert "Idlib" in lost


def test_a_job_that_was_cut_off_has_the_facts_of_a_case(done: Done, tmp_path: Path) -> None:
    with Case(tmp_path / "one.db") as alone, Case(tmp_path / "two.db") as loaded:
        alone.add(*sorted(f for f in done.given.iterdir() if f.suffix != ".parquet"))
        alone.add(*parquet_as_lines(done.given / "b.parquet", tmp_path))
        alone.run()
        came = load(done.out, loaded)
        assert loaded.reports == alone.reports
        assert loaded.linkage == alone.linkage
        assert loaded.store.facts_digest() == alone.store.facts_digest() == done.said.facts
        assert (len(came.added), len(came.left_out)) == (16 + len(HAMLETS), done.said.left_out)
        assert loaded.store.verify() == ()
        again = load(done.out, loaded)
        assert (len(again.added), again.known) == (0, 16 + len(HAMLETS))
        assert loaded.store.facts_digest() == done.said.facts


def test_many_mentions_meet_by_their_words_as_in_one_process(
    done: Done, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """As in a case in which not every pair is compared, for which this one is too small."""
    for module in ("counterclaim.scale.joined", "counterclaim.linking.candidates"):
        monkeypatch.setattr(f"{module}.EVERY_PAIR", 0)
    found = files(done.out / "readings")
    reports = sorted((read for file in found for read in read_reports(file)), key=lambda read: read.report.id)
    told = {each for read in reports for c in comparables(read, {}) for each in words_of_the_day(c)}
    assert habits(Counter((outlet, word) for outlet, word, _ in told)), "no outlet has a habit: nothing is compared of them"
    incidents, events = join_incidents(reports, (), {})
    keys = sorted(key for read in reports for key, _ in told_in(read))
    places = [[np.array([keys.index(key) for key, _ in told_in(read)]) for read in read_reports(file)] for file in found]
    steps = Steps(done.spark, found, tmp_path / "kept", 9, None)
    assert incidents_on(steps, steps.shared(places), len(keys), reports, (), {}) == (incidents, events)
    assert (tmp_path / "kept" / "pairs").is_dir()


def parquet_as_lines(file: Path, folder: Path) -> list[Path]:
    """The same rows as JSON, spelled as they are taken in, each in a file of its own."""
    made = []
    for n, row in enumerate(pq.read_table(file).to_pylist()):
        made.append(folder / f"row{n}.json")
        made[-1].write_text(json.dumps(row, ensure_ascii=False, sort_keys=True), "utf-8")
    return made


def test_bad_records_become_rows_with_an_error(done: Done) -> None:
    bad = [row for row in table(done.out, "reports") if row["id"] is None]
    assert len(bad) == done.said.left_out == 2
    assert any("a.jsonl#line 4: is no JSON" in str(row["error"]) for row in bad)
    assert any("e.txt: this is a PNG image" in str(row["error"]) for row in bad)


def test_every_value_has_its_words(done: Done) -> None:
    texts = {row["id"]: str(row["text"]) for row in table(done.out, "reports")}
    figures = table(done.out, "figures")
    assert len(figures) >= 12
    for row in figures:
        start, end = row["span"]
        assert texts[row["report"]][start:end] == row["text"]


def test_copies_are_found_and_every_mention_has_its_incident(done: Done) -> None:
    carried = next(row["id"] for row in table(done.out, "reports") if row["outlet"] == "The Other Paper")
    copies = [row for row in table(done.out, "copies") if row["kind"] != "passage"]
    assert len(copies) == done.said.copies
    assert any(carried in (row["copy"], row["original"]) for row in copies)
    held = {(row["report"], row["index"]): row["incident"] for row in table(done.out, "links")}
    told = {(row["report"], row["index"]) for row in table(done.out, "mentions")}
    assert told <= held.keys()
    incidents = {row["id"]: row["reports"] for row in table(done.out, "incidents")}
    assert {held[key] for key in told} == incidents.keys()
    assert max(incidents.values()) > 1


def test_rows_are_sorted_and_every_folder_is_there(done: Done) -> None:
    for folder in COLUMNS:
        assert files(done.out / folder), folder
    for folder, key in (("reports", "id"), ("statements", "report"), ("readings", "id"), ("links", "report")):
        for file in files(done.out / folder):
            found = [row[key] for row in rows(file) if row[key] is not None]
            assert found == sorted(found)
    assert list(done.out.glob("**/.part-*")) == []


def test_the_record_says_what_made_it(done: Done) -> None:
    record = json.loads((done.out / "run.json").read_text("utf-8"))
    assert record["facts"] == done.said.facts
    assert record["version"]
    assert record["rules"]
    assert record["finished"]
    assert [Path(i["path"]).name for i in record["inputs"]] == ["a.jsonl", "b.parquet", "c.warc.gz", "d.txt", "e.txt"]


def test_a_folder_of_something_else_is_left_alone(done: Done, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Aunt", "utf-8")
    with pytest.raises(CounterclaimError, match="holds other files"):
        bulk([done.given], tmp_path)
    with pytest.raises(CounterclaimError, match="holds what another input"):
        bulk([done.given / "a.jsonl"], done.out)
    with Case(tmp_path / "a.db") as case, pytest.raises(CounterclaimError, match="no output of"):
        load(tmp_path, case)


def test_what_is_missing_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    assert "needs Java 17" in str(missing())
    monkeypatch.delenv("JAVA_HOME")
    monkeypatch.setenv("PATH", "")
    assert "openjdk-17" in str(missing())
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert "pip install 'counterclaim[spark]'" in str(missing())
