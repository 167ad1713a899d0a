"""The table of figures: every toll that a report gives, in its own words, with who said it and whether it still stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counterclaim.exchange.backlinks import Stands, back_to_words
from counterclaim.exchange.export import Export
from counterclaim.exchange.tables import Column, Table, joined
from counterclaim.records import Contest, Figure, FigureRef, IncidentRef, ReadReport, Scope, SpeakerKind, Toll


@dataclass(frozen=True, slots=True)
class Row:
    """A figure where it stands, the incident it is of, and the toll that the contest counts it as; None where it is of none."""

    read: ReadReport
    figure: Figure
    contest: Contest | None
    toll: Toll | None

    @property
    def ref(self) -> FigureRef:
        """Where it stands."""
        return FigureRef(self.read.report.id, self.figure.id)

    @property
    def scope(self) -> Scope:
        """What it counts, as the contest takes it: a number that adds up with another to a third is a part."""
        return self.toll.scope if self.toll else self.figure.scope

    @property
    def kind(self) -> SpeakerKind | None:
        """How its speaker is named."""
        if self.toll:
            return self.toll.speaker_kind
        return "outlet" if self.figure.speaker is None else None


def _rows(export: Export) -> Iterator[Row]:
    of = {(c.incident.id, ref): toll for c in export.contests for toll in c.tolls for ref in (toll.ref, *toll.repeats)}
    for id, read in export.reports.items():
        for figure in sorted(read.reading.figures, key=lambda f: (f.span, f.id)):
            contest = None if figure.incident is None else export.contest_of.get(IncidentRef(id, figure.incident))
            toll = of.get((contest.incident.id, FigureRef(id, figure.id))) if contest else None
            yield Row(read, figure, contest, toll)


def _speaker(export: Export, row: Row) -> str | None:
    return export.name(row.toll.speaker if row.toll else row.figure.speaker)


def _repeats(export: Export, row: Row) -> str | None:
    return export.ref(row.toll.ref) if row.toll and row.toll.ref != row.ref else None


TABLE = Table[Row](
    name="figures",
    meaning="A row is a number of people harmed as one report gives it. Do not add rows up: many repeat one voice, some count "
    "parts of what others count, and totals of a month or a war stand beside those of incidents (`scope`).",
    key="figure",
    rows=_rows,
    refers=(("incident", "incidents"), ("report", "reports")),
    columns=(
        Column("figure", "id", "The figure's reference, as `counterclaim facts` and `decide` take it.",
               lambda export, r: export.ref(r.ref), "#meta+id"),
        Column("incident", "id", "The id of the incident that it is of; empty where the report does not tell.",
               lambda _, r: r.contest.incident.id if r.contest else None, "#event+id"),
        Column("incident_title", "text", "Where and when that was.",
               lambda export, r: export.title_of(r.contest.incident) if r.contest else None, "#event+name"),
        Column("harm", "word", "killed, injured, missing, displaced, detained, or casualties (killed or injured).",
               lambda _, r: r.figure.harm, "#indicator+harm+name"),
        Column("victims", "word", "Who was harmed: civilians, children, women, men, military, militants, staff or unspecified.",
               lambda _, r: r.figure.victims, "#population+group"),
        Column("low", "integer", "The lowest number that the words allow; empty where they are open downwards (“up to 100”).",
               lambda _, r: r.figure.low, "#indicator+value+min"),
        Column("high", "integer", "The highest; empty where they are open upwards (“at least 90”, “more than 90”).",
               lambda _, r: r.figure.high, "#indicator+value+max"),
        Column("qualifier", "word", "How the number is given: exact, about, at least, more than, up to, less than, between, none "
               "or vague (“dozens”: read as 24 to 99).", lambda _, r: r.figure.qualifier, "#indicator+qualifier"),
        Column("scope", "word", "What is counted: the incident, a part of it, a period (a month, an area), or a running total.",
               lambda _, r: r.scope, "#indicator+scope"),
        Column("as_of", "date", "The day for which the number is given, where the text says so (EDTF).",
               lambda _, r: r.figure.as_of, "#date+as_of"),
        Column("words", "quote", "The exact words of the number.",
               lambda _, r: r.read.report.text[slice(*r.figure.span)], "#indicator+words"),
        Column("speaker", "text", "Whose number it is; empty where the outlet gives it in its own voice.",
               _speaker, "#org+speaker"),
        Column("speaker_kind", "word", "named, unnamed (“a defence official”), collective (“residents”) or outlet.",
               lambda _, r: r.kind, "#org+type"),
        Column("affiliation", "text", "The institution spoken for.",
               lambda export, r: export.name(r.toll.affiliation if r.toll else r.figure.affiliation), "#org+affiliation"),
        Column("side", "text", "The party it belongs to, where that is known.",
               lambda export, r: export.name(r.toll.side if r.toll else r.figure.side), "#org+side"),
        Column("chain", "text", "Through whom it came, from the outlet inwards, the first speaker left out.",
               lambda export, r: joined(map(export.name, r.toll.chain if r.toll else r.figure.chain)), "#org+chain"),
        Column("said", "date", "When this voice first gave it in these reports (EDTF).",
               lambda _, r: r.toll.said if r.toll else None, "#date+said"),
        Column("repeats", "id", "The figure of the same voice that this one repeats; empty for the one that counts.", _repeats),
        Column("standing", "boolean", "Whether the same speaker gave no later number and nobody took it back; empty where the "
               "figure is of no incident.", 
               lambda _, r: r.toll.standing and not r.toll.withdrawn if r.toll else None, "#status+standing"),
        Column("superseded_by", "id", "The later figure of the same speaker.",
               lambda export, r: export.ref(r.toll.superseded_by) if r.toll and r.toll.superseded_by else None),
        Column("confidence", "number", "How sure the reading is, 0 to 1. Never how true the claim is.",
               lambda _, r: round(r.figure.confidence, 3), "#meta+confidence"),
        Column("status", "word", "“machine-extracted, not verified”, or what people decided: accepted, corrected, added, "
               "disputed, check again.", lambda export, r: export.verified(r.ref), "#status+verified"),
        *back_to_words(lambda r: Stands(r.read, *r.figure.span)),
    ),
)  # fmt: skip
