"""Finds words in all reports, read or not, and in what statements say and who says it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from counterclaim.case.words import as_tsquery, as_vector, places
from counterclaim.records import Offsets, Reading, Report

AROUND = 90
"""Code points shown before and after the first word found: with the word about two lines of a terminal."""

COMMON = 5000
"""Reports or statements that hold the words from which on these are common: ranking 50,000 hits costs 200 ms and tells nothing
apart, so the reports that came in last go first, and nothing is said of statements."""

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
"""Marks around a word found. Unicode keeps both out of texts for ever, for uses such as this."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A report in which the words were found.

    `start` and `end` are the snippet to show, in code points of its clean text, and `snippet` its words; `words` the words found,
    all of them within the text; empty where they stand in the title or only in the names of who says something. `statements`
    are the ids of the statements that hold all the words, counting the names of their speaker, target and chain.
    """

    report: str
    start: int
    end: int
    words: tuple[Offsets, ...]
    statements: tuple[str, ...]
    snippet: str


def find(connection: Connection, words: str, run: int | None, limit: int) -> tuple[Hit, ...]:
    """The reports that hold every one of `words`, best first, then those of which only a statement does, by id. Of common words
    (see `COMMON`) the reports that came in last are first, and the statements are left out.

    Words between double quotation marks must stand together; a word that ends in * finds all that begin so. Letters are
    compared without case or accents. Nothing that is typed can be an error: signs are no words.
    """
    if connection.dialect.name != "sqlite":
        return _find_elsewhere(connection, words, run, limit)
    query, pieces = as_query(words)
    if not query and not pieces:
        return ()
    given = {"query": query, "run": run, "open": _OPEN, "close": _CLOSE, "limit": limit}
    given |= {f"piece{n}": piece for n, piece in enumerate(pieces)}
    statements: defaultdict[str, list[str]] = defaultdict(list)
    held = _conditions("statement_search", "who || words", query, pieces)
    said = connection.execute(text(_STATEMENTS.format(held)), given | {"limit": COMMON + 1}).all()
    for report, statement in said if len(said) <= COMMON else ():
        statements[report].append(statement)
    hits: dict[str, Hit] = {}
    held = _conditions("report_search", "text", query, pieces)
    many = connection.execute(text(_MANY.format(held)), given | {"limit": COMMON + 1}).scalar_one() > COMMON
    order = "rowid DESC" if many else "rank, report"
    for report, plain, marked in connection.execute(text(_REPORTS.format(held, order)), given):
        unmarked, found = _unmark(marked)
        # A text that holds the marks itself would be cut wrongly: better no places than false ones.
        places = found if unmarked == plain else ()
        places += tuple(match.span() for piece in pieces for match in re.finditer(re.escape(piece), plain))
        hits[report] = _hit(report, plain, tuple(sorted(places)), statements[report])
    for report in sorted(statements.keys() - hits.keys())[: max(0, limit - len(hits))]:
        plain = connection.execute(text("SELECT text FROM report WHERE id = :id"), {"id": report}).scalar_one()
        hits[report] = _hit(report, plain, (), statements[report])
    return tuple(hits.values())


def reports_with(connection: Connection, words: str, run: int | None, limit: int) -> tuple[str, ...]:
    """The ids of at most `limit` reports that hold every one of `words`, in their text or in a statement, in no order."""
    if connection.dialect.name != "sqlite":
        return _found_elsewhere(connection, words, run, limit)
    query, pieces = as_query(words)
    if not query and not pieces:
        return ()
    given = {"query": query, "run": run, "limit": limit} | {f"piece{n}": piece for n, piece in enumerate(pieces)}
    in_texts = _conditions("report_search", "text", query, pieces)
    in_statements = _conditions("statement_search", "who || words", query, pieces)
    # Two queries, as one with UNION would go through all that is found before it comes to the limit.
    found: dict[str, None] = {}
    for held in (f"report_search WHERE {in_texts}", f"statement_search WHERE {in_statements} AND run = :run"):
        if len(found) < limit:
            rows = connection.execute(text(f"SELECT report FROM {held} LIMIT :limit"), given).scalars()
            found |= dict.fromkeys(rows)
    return tuple(found)[:limit]


def _find_elsewhere(connection: Connection, words: str, run: int | None, limit: int) -> tuple[Hit, ...]:
    """`find` on PostgreSQL. Of common words the best of some `COMMON` reports come first, with their statements."""
    terms, query, pieces, given = _asked_elsewhere(words, run, limit)
    if not query and not pieces:
        return ()
    rank = "ts_rank(c.found, to_tsquery('simple', :query))" if query else "0"
    # Ranked by what the index holds, so that only the texts that are shown are fetched.
    wanted = (
        f"WITH c AS MATERIALIZED (SELECT s.report, s.found FROM {_holding('report', query, pieces)} LIMIT {COMMON}), "
        f"best AS (SELECT c.report, {rank} AS rank FROM c ORDER BY 2 DESC, 1 LIMIT :limit) "
        "SELECT r.id, r.text FROM best JOIN report r ON r.id = best.report ORDER BY best.rank DESC, r.id"
    )
    plain = {row.id: row.text for row in connection.execute(text(wanted), given)}
    wanted = f"SELECT s.report, s.statement FROM {_holding('statement', query, pieces)} AND s.run = :run"
    if len(plain) < limit:
        # There may be reports of which only a statement holds the words; each has no more statements than a text has sentences.
        rows = connection.execute(text(f"{wanted} ORDER BY s.id LIMIT {COMMON}"), given)
    else:
        rows = connection.execute(text(f"{wanted} AND s.report = ANY(:reports) ORDER BY s.id"), given | {"reports": list(plain)})
    statements: defaultdict[str, list[str]] = defaultdict(list)
    for report, statement in rows:
        statements[report].append(statement)
    hits = {}
    for report, held in plain.items():
        found = {*places(held, terms), *(m.span() for piece in pieces for m in re.finditer(re.escape(piece), held))}
        hits[report] = _hit(report, held, tuple(sorted(found)), statements[report])
    for report in sorted(statements.keys() - hits.keys())[: max(0, limit - len(hits))]:
        held = connection.execute(text("SELECT text FROM report WHERE id = :id"), {"id": report}).scalar_one()
        hits[report] = _hit(report, held, (), statements[report])
    return tuple(hits.values())


def _found_elsewhere(connection: Connection, words: str, run: int | None, limit: int) -> tuple[str, ...]:
    """`reports_with` on PostgreSQL."""
    _, query, pieces, given = _asked_elsewhere(words, run, limit)
    if not query and not pieces:
        return ()
    in_texts, in_statements = (f"SELECT s.report FROM {_holding(table, query, pieces)}" for table in ("report", "statement"))
    wanted = f"({in_texts} LIMIT :limit) UNION ({in_statements} AND s.run = :run LIMIT :limit) LIMIT :limit"
    return tuple(connection.execute(text(wanted), given).scalars())


def _asked_elsewhere(words: str, run: int | None, limit: int) -> tuple[tuple[str, ...], str, tuple[str, ...], dict[str, Any]]:
    terms, pieces = _terms(words)
    query = as_tsquery(terms)
    return terms, query, pieces, {"query": query, "run": run, "limit": limit} | {f"piece{n}": p for n, p in enumerate(pieces)}


def _holding(table: str, query: str, pieces: tuple[str, ...]) -> str:
    """The rows `s` of a table of words that hold what is asked for, as what follows FROM."""
    conditions = ["s.found @@ to_tsquery('simple', :query)"] if query else []
    conditions += [f"strpos(p.text, :piece{n}) > 0" for n in range(len(pieces))]
    joined = " JOIN report p ON p.id = s.report" if pieces else ""
    return f"{table}_search s{joined} WHERE {' AND '.join(conditions)}"


def index_reports(connection: Connection, reports: Iterable[Report]) -> None:
    """Makes the words of reports findable; on SQLite a trigger does."""
    if connection.dialect.name != "sqlite":
        held = {report.id: as_vector(f"{report.title or ''} {report.text}") for report in reports}
        connection.execute(text(_INDEX_REPORTS), {"reports": list(held), "words": list(held.values())})


def index(connection: Connection, run: int, batch: Iterable[tuple[Report, Reading]]) -> None:
    """Makes the statements of readings findable."""
    rows = [
        {
            "run": run,
            "report": report.id,
            "statement": s.id,
            "who": " \n".join(name for name in (s.speaker, s.affiliation, s.target, *s.chain) if name),
            "words": " \n".join(reading.text[start:end] for start, end in (*s.source, *s.cue, *s.content)),
        }
        for report, reading in batch
        for s in reading.statements
    ]
    if rows and connection.dialect.name == "sqlite":
        connection.execute(_INDEX, rows)
    elif rows:
        words = [as_vector(f"{row['who']} {row['words']}") for row in rows]
        given = {f"{name}s": [row[name] for row in rows] for name in ("report", "statement")}
        connection.execute(text(_INDEX_SAID), {"run": run, "words": words, **given})


def replace(connection: Connection, report: str, title: str | None, words: str) -> None:
    """Puts other words in place of a report's, and takes what is said in it out of the index."""
    if connection.dialect.name == "sqlite":
        given = {"report": report, "title": title, "text": words}
        connection.execute(text("DELETE FROM statement_search WHERE report = :report"), given)
        connection.execute(text("DELETE FROM report_search WHERE report = :report"), given)
        connection.execute(text("INSERT INTO report_search (report, title, text) VALUES (:report, :title, :text)"), given)
        for table in ("report_search", "statement_search"):
            # An entry that was deleted stays in the index until its parts are joined.
            connection.exec_driver_sql(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
    else:
        for table in ("report_search", "statement_search"):
            connection.execute(text(f"DELETE FROM {table} WHERE report = :report"), {"report": report})
        connection.execute(text(_INDEX_REPORTS), {"reports": [report], "words": [as_vector(f"{title or ''} {words}")]})


def forget(connection: Connection, run: int) -> None:
    """Takes the statements of all runs but this out of the index."""
    connection.execute(text("DELETE FROM statement_search WHERE run <> :run"), {"run": run})


def as_query(words: str) -> tuple[str, tuple[str, ...]]:
    """What was typed as a query of FTS5 in which everything is a quoted string, and the pieces to be looked for as they are.

    The pieces are what is typed in a script without spaces between words, of which the index knows whole sentences only.
    """
    terms, pieces = _terms(words)
    return " AND ".join(f'"{term.rstrip("*")}"' + ("*" if term.endswith("*") else "") for term in terms), pieces


def _terms(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words and phrases that were typed, with a * where anything may follow; and the pieces to be looked for as they are."""
    clean = words.encode("utf-8", "ignore").decode().replace("\0", " ")
    terms, pieces = [], []
    for phrase, word in re.findall(r'"([^"]+)"|([^\s"]+)', clean):
        term = phrase.rstrip("*") or word.rstrip("*")
        if _UNSPACED.search(term):
            pieces.append(term)
        elif any(character.isalnum() for character in term):
            terms.append(term + ("*" if word.endswith("*") else ""))
    # SQLite takes a thousand conditions; whoever types more than a hundred has pasted a text.
    return tuple(terms), tuple(dict.fromkeys(pieces))[:100]


_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese letters."""

_REPORTS = """
SELECT report, text, highlight(report_search, 2, :open, :close) FROM report_search WHERE {} ORDER BY {} LIMIT :limit
"""
_MANY = "SELECT count(*) FROM (SELECT 1 FROM report_search WHERE {} LIMIT :limit)"
_STATEMENTS = "SELECT report, statement FROM statement_search WHERE {} AND run = :run ORDER BY rowid LIMIT :limit"


def _conditions(table: str, column: str, query: str, pieces: tuple[str, ...]) -> str:
    whole = [f"{table} MATCH :query"] if query else []
    return " AND ".join([*whole, *(f"instr({column}, :piece{n}) > 0" for n in range(len(pieces)))])


_INDEX_REPORTS = """
INSERT INTO report_search (report, found) SELECT given.report, to_tsvector('simple', given.words)
FROM unnest(CAST(:reports AS text[]), CAST(:words AS text[])) AS given (report, words)
"""
_INDEX_SAID = """
INSERT INTO statement_search (run, report, statement, found)
SELECT :run, given.report, given.statement, to_tsvector('simple', given.words)
FROM unnest(CAST(:reports AS text[]), CAST(:statements AS text[]), CAST(:words AS text[])) AS given (report, statement, words)
"""
_INDEX = text(
    "INSERT INTO statement_search (run, report, statement, who, words) VALUES (:run, :report, :statement, :who, :words)"
)


def _unmark(marked: str) -> tuple[str, tuple[Offsets, ...]]:
    """The text without its marks, and where the marked words stand in it."""
    plain: list[str] = []
    words: list[Offsets] = []
    at = 0
    for part in re.split(f"({_OPEN}[^{_CLOSE}]*{_CLOSE})", marked):
        bare = part.strip(_OPEN + _CLOSE)
        if part.startswith(_OPEN):
            words.append((at, at + len(bare)))
        plain.append(bare)
        at += len(bare)
    return "".join(plain), tuple(words)


def _hit(report: str, plain: str, words: tuple[Offsets, ...], statements: list[str]) -> Hit:
    first, last = words[0] if words else (0, 0)
    start, end = max(0, first - AROUND), min(len(plain), last + AROUND)
    # Not to begin or end within a word, unless the text is written without spaces.
    start = plain.find(" ", start, first) + 1 or start if start else 0
    end = max(plain.rfind(" ", last, end), last) if end < len(plain) else end
    return Hit(report, start, end, words, tuple(statements), plain[start:end])
