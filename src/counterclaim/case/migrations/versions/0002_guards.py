"""What the tables alone do not hold: rows written once, views to read by, and the word search.

SQLite only: an engine with other words for triggers and text search gets a branch of its own beside these.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

WRITTEN_ONCE = ("capture", "further_origin", "report", "span", "decision", "assessment", "log")

GUARD = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'a row of {table} is written once and never changed or deleted'); END
"""

SENTENCE = """
(SELECT group_concat(words, ' ') FROM (
    SELECT substr(r.text, s.start + 1, s."end" - s.start) AS words FROM sentence s
    WHERE s.run = {fact}.run AND s.report = {fact}.report AND s.start < {end} AND s."end" > {start} ORDER BY s.n))
"""

CURRENT = "(SELECT id FROM run WHERE current)"

TOLL = f"""
CREATE VIEW toll AS
SELECT m.incident, f.harm, f.victims, f.low, f.high, f.qualifier, f.scope, f.as_of, f.speaker, f.affiliation, f.side, f.chain,
    w.quote AS words, {SENTENCE.format(fact="f", start="f.start", end='f."end"')} AS sentence,
    r.outlet, r.agency, r.published, r.title, f.report, f.id AS figure, f.statement, f.start, f."end", f.confidence
FROM figure f
JOIN report r ON r.id = f.report
JOIN span w ON w.report = f.report AND w.start = f.start AND w."end" = f."end"
LEFT JOIN incident_member m ON m.run = f.run AND m.report = f.report AND m.mention = f.incident
WHERE f.run = {CURRENT}
"""

SAID = f"""
CREATE VIEW said AS
SELECT m.incident, t.act, t.speaker, t.speaker_kind, t.affiliation, t.side, t.chain, t.target, t.form,
    (SELECT group_concat(quote, ' ... ') FROM (
        SELECT w.quote FROM statement_span p JOIN span w ON w.report = p.report AND w.start = p.start AND w."end" = p."end"
        WHERE p.run = t.run AND p.report = t.report AND p.statement = t.id AND p.role = 'content' ORDER BY p.n)) AS content,
    r.outlet, r.agency, r.published, r.title, t.report, t.id AS statement, t.confidence
FROM statement t
JOIN report r ON r.id = t.report
LEFT JOIN incident_member m ON m.run = t.run AND m.report = t.report AND m.mention = t.incident
WHERE t.run = {CURRENT}
"""

# The texts are kept a second time in the index: an index over `report` itself would need row numbers that outlast a VACUUM.
SEARCH = (
    "CREATE VIRTUAL TABLE report_search USING fts5(report UNINDEXED, title, text, tokenize = 'unicode61 remove_diacritics 2')",
    "CREATE VIRTUAL TABLE statement_search USING fts5(run UNINDEXED, report UNINDEXED, statement UNINDEXED, who, words, "
    "tokenize = 'unicode61 remove_diacritics 2')",
    """
    CREATE TRIGGER report_into_search AFTER INSERT ON report
    BEGIN INSERT INTO report_search (report, title, text) VALUES (NEW.id, NEW.title, NEW.text); END
    """,
)


def upgrade() -> None:
    """Makes the triggers, the views and the search tables."""
    if op.get_bind().dialect.name != "sqlite":
        return
    guards = [GUARD.format(table=table, verb=verb) for table in WRITTEN_ONCE for verb in ("update", "delete")]
    for statement in (*guards, TOLL, SAID, *SEARCH):
        op.execute(statement)
