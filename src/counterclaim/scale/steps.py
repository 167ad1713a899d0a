"""What linking on Spark is made of: work on each file of readings, work on what shares a key, and results kept on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from counterclaim.records import ReadReport
from counterclaim.scale import tables
from counterclaim.scale.spark import Progress, each, in_batches, rows_of
from counterclaim.scale.tables import Row

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyspark import Broadcast
    from pyspark.sql import DataFrame, SparkSession

_T = TypeVar("_T")

_ROWS = 1000
"""Rows that pass between Spark and a worker in one piece: they are pairs of numbers, or single reports of a few kB."""


class Steps:
    """The steps of one job: its readings in `files`, and a folder `kept` in which what a step found lies until the job is done.

    A step that was kept whole is not done again. `total` is how many there will be, for those who watch.
    """

    def __init__(
        self, spark: SparkSession, files: Sequence[Path], kept: Path, total: int, progress: Progress | None
    ) -> None:  # fmt: skip
        spark.conf.set("spark.sql.shuffle.partitions", str(max(len(files), 1)))
        spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(_ROWS))
        self._spark = spark
        self._files = list(files)
        self._kept = kept
        self._total = total
        self._done = 0
        self._progress = progress

    def each_report(self, work: Callable[[int, int, ReadReport], Iterable[Row]], columns: str) -> DataFrame:
        """The rows that `work` gives for every report that was read; it is told the file's number and the report's in it."""
        files = self._files

        def of_file(number: int) -> Iterator[Row]:
            for n, read in enumerate(read_reports(files[number])):
                yield from work(number, n, read)

        return each(self._spark, len(files), of_file, columns)

    def each_row(self, frame: DataFrame, work: Callable[[Row], Iterable[Row]], columns: str) -> DataFrame:
        """The rows that `work` gives for every row."""

        def run(batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
            yield from in_batches((found for row in rows_of(batches) for found in work(row)), columns)

        return frame.mapInArrow(run, columns)

    def each_group(
        self, frame: DataFrame, key: str, order: Sequence[str], work: Callable[[Iterator[Row]], Iterable[Row]], columns: str
    ) -> DataFrame:  # fmt: skip
        """The rows that `work` gives for all rows of one `key`, which come to it in `order`."""

        def run(batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
            groups = groupby(rows_of(batches), itemgetter(key))
            yield from in_batches((found for _, same in groups for found in work(same)), columns)

        return self.together(frame, key, order).mapInArrow(run, columns)

    def together(self, frame: DataFrame, key: str, order: Sequence[str]) -> DataFrame:
        """The rows with those of one key in one part, sorted by the key and then by `order`."""
        return frame.repartition(max(len(self._files), 1), key).sortWithinPartitions(key, *order)

    def once(self, work: Callable[[int], Iterable[Row]], columns: str) -> DataFrame:
        """The rows that `work` gives, made by one task."""
        return each(self._spark, 1, work, columns)

    def beside(self, pairs: DataFrame, held: DataFrame, key: str) -> DataFrame:
        """The pairs of numbers `a` and `b` with what is `held` under either as its `key`; the names of b's columns end in _b."""
        of_b = held.toDF(*("b" if name == key else f"{name}_b" for name in held.columns))
        return pairs.join(held.withColumnRenamed(key, "a"), "a").join(of_b, "b").sortWithinPartitions("a", "b")

    def keep(self, name: str, frame: DataFrame) -> DataFrame:
        """Does the work now, and gives what came of it as often as it is asked for."""
        at = self._kept / name
        if not (at / "_SUCCESS").is_file():
            frame.write.mode("overwrite").parquet(at.as_uri())
        self._done += 1
        if self._progress:
            self._progress("linking", min(self._done, self._total), self._total)
        return self._spark.read.parquet(at.as_uri())

    def found(self, name: str) -> Iterator[Row]:
        """The rows of a step that was kept, in no order that means anything."""
        for file in tables.files(self._kept / name):
            yield from tables.rows(file)

    def shared(self, value: _T) -> Broadcast[_T]:
        """A value that every worker is sent once."""
        return self._spark.sparkContext.broadcast(value)


def read_reports(file: Path) -> Iterator[ReadReport]:
    """The reports of a file of readings that were read, in its order."""
    return (tables.read_report(row) for row in tables.rows(file) if row["reading"] is not None)
