"""A bulk job: files in, Parquet out, on Spark; each step a folder of files that are whole, so that a job cut off goes on."""

from __future__ import annotations

import json
import os
import pickle
import platform
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from itertools import groupby
from math import ceil
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counterclaim.case.canonical import canonical, facts_digest, reading_digest, revived
from counterclaim.errors import CounterclaimError, InputError
from counterclaim.intake import reports
from counterclaim.pipeline import made_by, read_or_say
from counterclaim.records import Capture, Linkage, Reading, Report
from counterclaim.scale import tables
from counterclaim.scale.linked import STEPS, link_on
from counterclaim.scale.sources import captures_in, files_behind
from counterclaim.scale.spark import TRIES, Progress, each, in_batches, missing, rows_of, session, watched
from counterclaim.scale.steps import Steps
from counterclaim.scale.workers import in_order, not_read

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyspark.sql import SparkSession

    from counterclaim.intake.containers import Taken
    from counterclaim.intake.metadata import Facts

RECORD = "run.json"
"""The file that says what a folder was made from and by."""

TASK = 4 * 2**20
"""Bytes of input, packed as they are, to a task of reading: of a web archive some 150 pages, half a minute of a core.
A job that is cut off loses at most the tasks that were under way."""

GUARDED = TRIES - 2
"""Tries of a task that die before it is done with care; two more are left, should the machine itself be lost."""

FEWEST = 2
"""Tasks of a small job, so that it is spread as well."""

_TAKEN = "key string, file int, place int, taken binary"


@dataclass(frozen=True, slots=True)
class Bulk:
    """What became of a bulk job: reports read, reports kept unread, what was left out, incidents and copies found, and the digest
    of all facts, which is the one a case with the same reports has."""

    read: int
    unread: int
    left_out: int
    incidents: int
    copies: int
    facts: str


def bulk(
    paths: Sequence[str | Path], out: str | Path, *, master: str = "local[*]", actors: str = "",
    triage: bool = False, progress: Progress | None = None, read: Callable[[Report], Reading] | None = None,
) -> Bulk:  # fmt: skip
    """Reads all that is behind `paths` on the Spark at `master`, links it, and writes the folder `out`.

    The same functions as for a case do it, and give the same facts. What cannot be read becomes a row of `reports` with `error`.
    A folder in which the same job was cut off is gone on with, and one in which it was finished left as it is. `actors` is the
    text of a list of one's own; with `triage` what a first look finds no violence in is kept and not read; `read` is what is done
    with each report instead of reading it as a case does. InputError where nothing is behind `paths`; CounterclaimError where
    Spark is missing or gives up, or `out` holds something else.
    """
    files = files_behind(paths)
    problem = missing()
    if problem is not None:
        raise CounterclaimError(problem)  # before a folder is begun
    folder = Path(out).absolute()
    record = _begun(folder, files, actors, triage)
    if record["finished"] and not _unread(folder):
        return Bulk(**record["counts"], facts=record["facts"])
    received = datetime.fromisoformat(record["received"])
    with session(master, folder / "spark.log") as spark:
        record["spark"] = spark.version
        _take_in(spark, files, received, folder, progress)
        _read(spark, folder, read or partial(read_or_say, actors=actors, triage=triage), progress)
        done = _link(spark, folder, progress)
    record |= {"finished": datetime.now(UTC).isoformat(), "counts": {n: getattr(done, n) for n in _COUNTED}, "facts": done.facts}
    _keep(folder, record)
    return done


_COUNTED = ("read", "unread", "left_out", "incidents", "copies")


def _begun(folder: Path, files: Sequence[Path], actors: str, triage: bool) -> dict[str, Any]:
    """The record of a job in `folder`: the one it was begun with, or a new one."""
    version, models, rules = made_by(actors, triage)
    inputs = [{"path": str(f), "bytes": f.stat().st_size} for f in files]
    asked = {"version": version, "models": models, "rules": rules, "actors": actors, "triage": triage, "inputs": inputs}
    if (folder / RECORD).is_file():
        record: dict[str, Any] = json.loads((folder / RECORD).read_text("utf-8"))
        if any(record.get(name) != value for name, value in asked.items()):
            raise CounterclaimError(f"{folder}: holds what another input or version gave; name another folder with --out")
        return record
    if folder.is_dir() and any(folder.iterdir()):
        raise CounterclaimError(f"{folder}: holds other files; name a folder that is empty or not there with --out")
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC).isoformat()
    record = {**asked, "python": platform.python_version(), "received": now, "finished": None}
    _keep(folder, record)
    return record


def _keep(folder: Path, record: dict[str, Any]) -> None:
    unfinished = folder / f".{RECORD}"
    unfinished.write_text(json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    os.replace(unfinished, folder / RECORD)


# --- captures and the reports in them ---


def _take_in(
    spark: SparkSession, files: Sequence[Path], received: datetime, folder: Path, progress: Progress | None
) -> None:  # fmt: skip
    """Opens the files, brings equal bytes together wherever they came from, and keeps captures with the reports in them."""
    done = folder / "captures" / "_SUCCESS"
    if done.is_file():
        return
    sizes = [f.stat().st_size for f in files]
    parts = max(FEWEST, ceil(sum(sizes) / TASK))
    groups = _grouped(sizes)

    def opened(task: int) -> Iterator[dict[str, Any]]:
        for n in range(*groups[task]):
            for place, taken in enumerate(captures_in(files[n], received)):
                yield {"key": _key(taken), "file": n, "place": place, "taken": pickle.dumps(_packed(taken))}

    def kept(batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
        from pyspark import TaskContext

        context = TaskContext.get()
        number = context.partitionId() if context else 0
        rows = (row for _, same in groupby(rows_of(batches), itemgetter("key")) for row in _captured(same))
        yield from in_batches([{"rows": tables.write(folder / "captures", _named(number), rows)}], "rows bigint")

    taken = each(spark, len(groups), opened, _TAKEN).repartition(parts, "key").sortWithinPartitions("key", "file", "place")
    with watched(spark, progress, "taking in", 0, max(len(groups), parts)):
        taken.mapInArrow(kept, "rows bigint").collect()
    done.parent.mkdir(exist_ok=True)
    done.touch()


def _grouped(sizes: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of files that are opened by one task: small ones together, `TASK` bytes and no more than a thousand files."""
    groups: list[tuple[int, int]] = []
    start = size = 0
    for n, bytes_ in enumerate(sizes):
        if n > start and (size + bytes_ > TASK or n - start >= 1000):
            groups.append((start, n))
            start, size = n, 0
        size += bytes_
    return [*groups, (start, len(sizes))]


def _named(number: int) -> str:
    return f"part-{number:06}.parquet"


def _key(taken: Taken) -> str:
    """What brings equal bytes together."""
    return sha256(_written(taken.source).encode()).hexdigest() if isinstance(taken, InputError) else taken[0].sha256


def _packed(taken: Taken) -> tuple[Capture, Facts] | tuple[str, str, str]:
    """An error as its parts: as it is it does not come back from a pickle."""
    return (taken.source, taken.problem, taken.remedy) if isinstance(taken, InputError) else taken


def _captured(same: Iterable[dict[str, Any]]) -> Iterator[tables.Row]:
    """The rows of `captures` for the same bytes, wherever they came from, the first origin with the bytes."""
    seen: set[str] = set()
    first = True
    for row in same:
        taken = pickle.loads(row["taken"])
        if len(taken) == 3:
            yield {"origin": _written(taken[0]), "reports": [], "errors": [_error(*taken)]}
            continue
        capture, facts = taken
        found, errors = [], []
        for report in _reports(capture, facts):
            if isinstance(report, InputError):
                errors.append(_error(report.source, report.problem, report.remedy))
            elif report.id not in seen:
                seen.add(report.id)
                found.append(canonical(report))
        yield {
            "sha256": capture.sha256, "origin": _written(capture.origin), "received": capture.received.isoformat(),
            "media_type": capture.media_type, "data": capture.data if first else None, "reports": found, "errors": errors,
        }  # fmt: skip
        first = False


def _reports(capture: Capture, facts: Facts) -> Iterator[Report | InputError]:
    """The reports in a capture; what breaks on it in a way nobody foresaw costs it alone."""
    try:
        for report in reports(capture, known=facts):
            if isinstance(report, Report):
                canonical(report).encode()  # half a pair of surrogates is no text, and no case takes it either
            yield report
    except (ImportError, MemoryError):
        raise
    except Exception as error:
        yield InputError(capture.origin, f"could not be opened ({type(error).__name__}: {error})", "please report this file")


def _error(source: str, problem: str, remedy: str) -> tables.Row:
    return {"source": _written(source), "problem": _written(problem), "remedy": remedy}


def _written(words: str) -> str:
    """Words that a file can hold: of a name that is no text, its escapes."""
    return words.encode("utf-8", "backslashreplace").decode()


# --- readings ---


def _read(spark: SparkSession, folder: Path, read: Callable[[Report], Reading], progress: Progress | None) -> None:
    """Reads the reports of every file of captures that has no file of readings yet."""
    captures = len(tables.files(folder / "captures"))
    todo = _unread(folder)

    def work(task: int) -> Iterator[dict[str, Any]]:
        yield {"rows": _read_file(todo[task], folder, read)}

    with watched(spark, progress, "reading", captures - len(todo), captures):
        each(spark, len(todo), work, "rows bigint").collect()


def _unread(folder: Path) -> list[Path]:
    """The files of captures that have no file of readings yet."""
    there = {file.name for file in tables.files(folder / "readings")}
    return [file for file in tables.files(folder / "captures") if file.name not in there]


def _read_file(file: Path, folder: Path, read: Callable[[Report], Reading]) -> int:
    """Writes the facts of one file of captures to the folders of facts, the readings last: they say that all is there."""
    kept: list[tables.Row] = []
    found: dict[str, list[tables.Row]] = {name: [] for name in tables.FACTS}
    captured = list(tables.rows(file, "origin", "received", "reports", "errors"))
    reports = [[revived(Report, json.loads(told)) for told in row["reports"]] for row in captured]
    readings = _readings([report for some in reports for report in some if report.not_read is None], read)
    for row, some in zip(captured, reports, strict=True):
        for error in row["errors"]:
            said = f"{error['source']}: {error['problem']}; {error['remedy']}"
            found["reports"].append({"origin": row["origin"], "received": row["received"], "error": said})
        for report, told in zip(some, row["reports"], strict=True):
            reading = next(readings) if report.not_read is None else None
            error = reading.error if reading else None
            found["reports"].append(tables.report_row(report, row["origin"], row["received"], error))
            for name, rows in tables.fact_rows(report.id, reading).items() if reading else ():
                found[name] += rows
            kept.append({
                "id": report.id, "report": told, "reading": canonical(replace(reading, text="")) if reading else None,
                "digest": reading_digest(reading) if reading else None,
            })  # fmt: skip
    for name, rows in found.items():
        tables.write(folder / name, file.name, sorted(rows, key=_by_report))
    return tables.write(folder / "readings", file.name, sorted(kept, key=itemgetter("id")))


def _readings(reports: Sequence[Report], read: Callable[[Report], Reading]) -> Iterator[Reading]:
    """The readings of some reports, in their order. Where workers died over them another process reads in the worker's place, so
    that a text that kills it costs itself alone."""
    from pyspark import TaskContext

    context = TaskContext.get()
    if context is None or context.attemptNumber() < GUARDED:
        return map(read, reports)
    return in_order(read, reports, 1, lost=not_read, named=lambda report: str(report.id), say=partial(print, file=sys.stderr))


def _by_report(row: tables.Row) -> tuple[bool, str]:
    """Sorts by report; what is no report comes last, by where it came from. Facts of one report stay in their order."""
    id = row.get("report", row.get("id"))
    return id is None, str(id or row.get("origin"))


# --- links ---


def _link(spark: SparkSession, folder: Path, progress: Progress | None) -> Bulk:
    """Links what was read, keeps it, and counts."""
    files = tables.files(folder / "readings")
    found = [row for file in files for row in tables.rows(file, "id", "digest")]
    digests = [(row["id"], row["digest"]) for row in found if row["digest"] is not None]
    linkage = link_on(Steps(spark, files, folder / "steps", STEPS, progress))
    for name, rows in tables.link_rows(linkage).items():
        tables.write(folder / name, _named(0), rows)
    tables.write(folder / "linkage", _named(0), _records(linkage))
    shutil.rmtree(folder / "steps", ignore_errors=True)
    left_out = sum(len(row["errors"]) for file in tables.files(folder / "captures") for row in tables.rows(file, "errors"))
    facts = facts_digest(digests, linkage)
    told = [row["error"] for file in tables.files(folder / "reports") for row in tables.rows(file, "id", "error") if row["id"]]
    return Bulk(told.count(None), len(told) - told.count(None), left_out, len(linkage.incidents), len(linkage.copies), facts)


def _records(linkage: Linkage) -> Iterator[tables.Row]:
    for kind in fields(linkage):
        for n, record in enumerate(getattr(linkage, kind.name)):
            yield {"kind": kind.name, "n": n, "record": canonical(record)}
