"""How a team works on a large case in PostgreSQL: a million statements searched, laid out, decided on and brought up to date.

    python bench/team.py [--statements 1000000] [--times 15] [--url postgresql+psycopg://...]

Starts a server of its own on this machine, or takes an empty database at --url whose owner may do everything. Stores a case of
a thousand invented reports the usual way, then has the server copy it under other ids until there are so many statements.
Prints the median and the 95th percentile of what people ask for, by the clock, and this program's processor time for it; says so
and ends where PostgreSQL is not installed.
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
import sys
import threading
import time
from collections.abc import Callable

from sqlalchemy import create_engine, inspect, text

from counterclaim.case import Store
from counterclaim.contest import outline
from counterclaim.pipeline import Case
from counterclaim.workbench.opened import Opened
from opening import make
from servers import database

SEED_REPORTS = 1000
A_REPORT = 4
"""Statements of an invented report."""

OF_A_REPORT = {
    ("capture", "sha256"), ("report", "id"), ("incident", "id"), ("utterance", "id"), ("claim", "id"), ("copy_link", "copy"),
    ("copy_link", "original"),
}  # fmt: skip
REFERRING = ("report", "capture", "incident", "utterance", "claim")
"""Columns that hold, or refer to, what must be another in each copy of the case. An `incident` may also be a number: a place in
its report's reading, which stays."""


NOISE = {
    ("report", "published"): "(published::date - k)::text", ("report", "title"): "title || ' ' || k",
    ("incident", "title"): "title || ' ' || k", ("report_search", "found"): "found || to_tsvector('simple', 'copy' || k)",
}  # fmt: skip
"""What else tells one copy from another: its day, its title and a word of its own. `k` is the number of the copy."""


def grow(url: str, copies: int) -> None:
    """Copies everything that is there so many times under other ids, without the checks that the first was stored with."""
    began = time.monotonic()
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    kept = {"alembic_version", "run", "place", "log", "decision", "assessment", "same_name"}
    with engine.connect() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        for table in inspect(connection).get_table_names():
            if table in kept or table.startswith(("decision_", "assessment_", "past_", "further_")):
                continue
            columns = [c for c in inspect(connection).get_columns(table) if (table, c["name"]) != ("statement_search", "id")]
            names = [f'"{c["name"]}"' for c in columns]
            values = []
            for column, name in zip(columns, names, strict=True):
                new = column["name"] in REFERRING or (table, column["name"]) in OF_A_REPORT
                noise = NOISE.get((table, column["name"]))
                values.append(noise or (f"{name} || '-' || k" if new and "INTEGER" not in str(column["type"]) else name))
            connection.execute(
                text(
                    f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} "
                    f"FROM {table}, generate_series(1, {copies}) k"
                )
            )
        connection.execute(text("SET session_replication_role = DEFAULT"))
        connection.execute(text("VACUUM ANALYZE"))
        count = connection.execute(text("SELECT count(*) FROM statement")).scalar_one()
        size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
    engine.dispose()
    print(f"{count:,} statements, {size / 2**30:.1f} GB; grown in {time.monotonic() - began:.0f} s", flush=True)


def timed(what: str, asked: Callable[[int], object], times: int) -> None:
    """Asks so many times and prints how long it took."""
    took, cpu = [], -time.process_time()
    for n in range(times):
        began = time.perf_counter()
        asked(n)
        took.append(time.perf_counter() - began)
    cpu += time.process_time()
    told = f"median {statistics.median(took) * 1000:7.0f} ms, 95th percentile {_percentile(took) * 1000:7.0f} ms"
    print(f"{what:42} {told}, own CPU {cpu / times * 1000:7.0f} ms", flush=True)


def _percentile(took: list[float]) -> float:
    """The 95th, by nearest rank."""
    return sorted(took)[math.ceil(0.95 * len(took)) - 1]


def measure(url: str, times: int) -> None:
    """What people ask of the case, one thing after the other."""
    chance = random.Random(4)

    def opening(_: int) -> None:
        Store.open(url).close()

    timed("open the case", opening, times)
    with Case(url) as case:
        store = case.store
        timed("ids of all incidents", lambda _: store.incident_ids(), 1)
        ids, reports = (
            chance.sample(store.incident_ids(), min(2 * times + 200, len(store.incident_ids()))),
            chance.sample(store.report_ids(), times),
        )
        opened = Opened(case, "case")
        timed("what people did, once after each change", lambda _: opened.people(), 1)
        timed("one incident's contest", lambda n: opened.incident(ids[n]), times)
        forty = [ids[2 * times + 40 * n :][:40] for n in range(5)]
        timed("forty incidents for a list", lambda n: opened.lay(forty[n], outline), 5)
        timed("one report with its facts", lambda n: opened.report(reports[n]), times)
        timed("headings of a hundred reports", lambda n: store.headings(reports * (100 // times)), times)
        timed("ids of all reports in order", lambda _: store.report_ids(), 3)
        timed("search for a rare word", lambda n: store.search(f'"report {100 + n}"'), times)
        timed("search for two words", lambda n: store.search(f"witness {100 + n} depot"), times)
        timed("search for a word that all hold", lambda _: store.search("killed"), 5)
        timed("list of those found for it", lambda _: store.found("killed", 1000), 5)

        def deciding(n: int) -> None:
            laid = opened.incident(ids[times + n])
            assert laid is not None
            store.decide("accept", user=f"user {n % 10}", **laid.desk.anchored(laid.id))

        timed("decide on an incident, laid out anew", deciding, times)

    migrate(url)


def migrate(url: str) -> None:
    """Puts the tables back to those of 0006 and has them brought up to date while another reads; says how long that waits."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for table in ("place_mention", "incident_mention", "incident"):
            connection.execute(text(f"DROP INDEX ix_{table}_run_place"))
        connection.execute(text("DROP INDEX ix_statement_search_report"))
        connection.execute(text("DROP TABLE detail, passage_link"))
        connection.execute(text("ALTER TABLE report DROP COLUMN modified, DROP COLUMN known"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0006'"))
        waits: list[float] = []
        done = threading.Event()

        def reading() -> None:
            while not done.is_set():
                began = time.perf_counter()
                connection.execute(text("SELECT id, title FROM report LIMIT 100")).all()
                waits.append(time.perf_counter() - began)

        reader = threading.Thread(target=reading)
        reader.start()
        began = time.perf_counter()
        Store.open(url).close()
        took = time.perf_counter() - began
        done.set()
        reader.join()
    engine.dispose()
    print(f"tables of 0006 brought up to date in {took:.1f} s; another who read meanwhile waited {max(waits):.2f} s at most")


def main() -> int:
    """Runs it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--statements", type=int, default=1_000_000)
    options.add_argument("--times", type=int, default=15)
    options.add_argument("--url")
    given = options.parse_args()
    with database(given.url) as url:
        if url is not None:
            began = time.monotonic()
            reports = min(SEED_REPORTS, given.statements // A_REPORT)
            make(url, reports)
            took = time.monotonic() - began
            print(f"made and stored the usual way, with decisions on it, in {took:.0f} s", flush=True)
            if given.statements > A_REPORT * reports:
                grow(url, given.statements // (A_REPORT * reports) - 1)
            measure(url, given.times)
    return 0


if __name__ == "__main__":
    sys.exit(main())
