"""The table of reports: what every other table leads back to."""

from __future__ import annotations

from counterclaim.exchange.backlinks import about_report
from counterclaim.exchange.export import Export
from counterclaim.exchange.tables import Column, Table, joined
from counterclaim.records import ReadReport


def _copied(export: Export, read: ReadReport) -> str | None:
    return joined(link.original for link in export.copied_from.get(read.report.id, ()))


def _status(_: Export, read: ReadReport) -> str:
    return read.report.not_read or (f"not read: {read.reading.error}" if read.reading.error else "read")


TABLE = Table[ReadReport](
    name="reports",
    meaning="A row is a report, read or not: an article, a page, a message, a row of another recorder's table.",
    key="report",
    rows=lambda export: export.reports.values(),
    columns=(
        *about_report(lambda read: read),
        Column("headline", "quote", "Its headline.", lambda _, r: r.report.title, "#meta+title"),
        Column("agency", "text", "The news agency it credits.", lambda _, r: r.report.agency, "#meta+agency"),
        Column("language", "word", "Its language (ISO 639-1).", lambda _, r: r.report.language, "#meta+lang"),
        Column("part", "text", "Which part of the capture it is (an entry of a feed, an attachment, a row); empty for the whole.",
               lambda _, r: r.report.part),
        Column("recorder", "text", "Whose table it is a row of; empty for all that is prose.", lambda _, r: r.report.recorder),
        Column("copy_of", "id", "The reports that its text was copied, edited or translated from.", _copied),
        Column("received", "date", "When it was captured (UTC, ISO 8601).",
               lambda export, r: s.received if (s := export.evidence.sources.get(r.report.id)) else None, "#date+received"),
        Column("reading", "text", "\"read\", or why it was not read.", _status),
    ),
)  # fmt: skip
