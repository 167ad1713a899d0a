"""A Spark of one's own: quiet, on this machine unless another is named, one Python worker a core."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counterclaim.errors import CounterclaimError

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyspark.sql import DataFrame, SparkSession

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how many are done and how many there are."""

TRIES = 4
"""Times a task is tried before the job gives up: what Spark does on a cluster, and does not do on one machine unless told."""

ROWS, BYTES = 64, 8 * 2**20
"""Rows and bytes that pass between Spark and a Python worker in one piece: saved pages have 100 kB, a few of them several MB."""

_SETTINGS = {
    "spark.python.daemon.module": "counterclaim.scale.daemon",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.adaptive.enabled": "false",  # the number of partitions decides the names of files
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(ROWS),
    "spark.sql.execution.arrow.maxBytesPerBatch": str(BYTES),
    "spark.sql.sources.default": "parquet",
}
_LOCAL = re.compile(r"local(?:\[(\d+|\*)(?:,\d+)?\])?")
_ON_THIS_MACHINE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "1g",
    # the work is Python's: what Java spends on compiling itself it takes from the same cores and does not earn back
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.codegen.wholeStage": "false",
}


@contextlib.contextmanager
def session(master: str, log: Path) -> Iterator[SparkSession]:
    """A session on `master` ("local[2]", "spark://host:7077", "yarn"), stopped at the end; what Spark says goes to `log`.

    A session that is there already, as in a notebook, is used and left as it is. A master on this machine listens to this machine
    only. CounterclaimError where Spark does not start; `missing` tells before.
    """
    from pyspark.sql import SparkSession

    active = SparkSession.getActiveSession()
    if active is not None:
        for name in (name for name in _SETTINGS if name.startswith("spark.sql.")):
            active.conf.set(name, _SETTINGS[name])
        yield active
        return
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(_retrying(master)).appName("counterclaim")
    here = _LOCAL.fullmatch(master) is not None
    if here:
        os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    for name, value in {**_SETTINGS, **(_ON_THIS_MACHINE if here else {})}.items():
        builder = builder.config(name, value)
    try:
        with _stderr_to(log):
            spark = builder.getOrCreate()
    except Exception as error:  # of its launcher, the gateway and Java, none of which share a class
        raise CounterclaimError(f"Spark did not start on {master} ({_first_line(error)}); what it said is in {log}") from None
    try:
        yield spark
    finally:
        spark.stop()


def missing() -> str | None:
    """What Spark lacks here and how to get it; None where nothing is."""
    from importlib.util import find_spec

    if any(find_spec(name) is None for name in ("pyspark", "pyarrow", "pandas")):
        return "Spark is not installed; pip install 'counterclaim[spark]'"
    home = os.environ.get("JAVA_HOME")
    if (shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")) is None:
        where = f"there is none in JAVA_HOME ({home})" if home else "none is on the path"
        return f"Spark needs Java 17 or 21, and {where}; install one (Debian: apt-get install openjdk-17-jre-headless)"
    return None


def _retrying(master: str) -> str:
    local = _LOCAL.fullmatch(master)
    return master if local is None else f"local[{local[1] or 1},{TRIES}]"


@contextlib.contextmanager
def _stderr_to(log: Path) -> Iterator[None]:
    """What is started meanwhile keeps `log` as its standard error: Java and its workers talk there for as long as they live."""
    sys.stderr.flush()
    ours = os.dup(2)
    try:
        with open(log, "ab") as file:
            os.dup2(file.fileno(), 2)
        yield
    finally:
        os.dup2(ours, 2)
        os.close(ours)


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def each(spark: SparkSession, count: int, work: Callable[[int], Iterable[dict[str, Any]]], columns: str) -> DataFrame:
    """The rows that `work` gives for every number below `count`, each a task of its own. `columns` are named as in SQL."""

    def run(batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
        numbers = (n for batch in batches for n in batch.column(0).to_pylist())
        yield from in_batches((row for n in numbers for row in work(n)), columns)

    return spark.range(0, count, 1, max(count, 1)).mapInArrow(run, columns)


def in_batches(rows: Iterable[dict[str, Any]], columns: str) -> Iterator[RecordBatch]:
    """Rows as Arrow's batches, none much larger than what passes at once."""
    import pyarrow as pa

    schema = pa.schema([(name, _ARROW[kind]()) for name, kind in (column.split(maxsplit=1) for column in columns.split(", "))])
    held: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        held.append(row)
        size += sum(len(v) for v in row.values() if isinstance(v, bytes | str))
        if len(held) >= ROWS * 16 or size >= BYTES:
            yield pa.RecordBatch.from_pylist(held, schema)
            held, size = [], 0
    if held:
        yield pa.RecordBatch.from_pylist(held, schema)


def _arrow(name: str) -> Callable[[], Any]:
    def kind() -> Any:
        import pyarrow as pa

        return getattr(pa, name)()

    return kind


_ARROW = {
    "string": _arrow("string"), "binary": _arrow("binary"), "int": _arrow("int32"), "bigint": _arrow("int64"),
    "double": _arrow("float64"),
}  # fmt: skip


def rows_of(batches: Iterable[RecordBatch]) -> Iterator[dict[str, Any]]:
    """The rows of Arrow's batches, one by one."""
    for batch in batches:
        yield from batch.to_pylist()


@contextlib.contextmanager
def watched(spark: SparkSession, step: Progress | None, stage: str, before: int, total: int) -> Iterator[None]:
    """Tells `step` how many tasks of what runs meanwhile are done, `before` of the `total` having been done earlier."""
    if step is None:
        yield
        return
    over = threading.Event()
    tracker = spark.sparkContext.statusTracker()

    def look() -> None:
        while not over.wait(1.0):
            done = [i.numCompletedTasks for n in tracker.getActiveStageIds() if (i := tracker.getStageInfo(n))]
            if done:
                step(stage, min(before + max(done), total), total)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield
        step(stage, total, total)
    finally:
        over.set()
        watcher.join()
