"""The table of claims: who asserts, denies, admits or questions what, statement by statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counterclaim.exchange.backlinks import Stands, back_to_words
from counterclaim.exchange.export import Export
from counterclaim.exchange.tables import Column, Table, joined
from counterclaim.records import Claim, Contest, Offsets, Polarity, ReadReport, Statement, StatementRef


@dataclass(frozen=True, slots=True)
class Row:
    """A statement on the claim that it bears on; `said` is when it was said, `utterance` the act of saying behind it."""

    claim: Claim
    contest: Contest
    polarity: Polarity
    read: ReadReport
    statement: Statement
    said: str | None
    utterance: str | None

    @property
    def ref(self) -> StatementRef:
        """Where the statement stands."""
        return StatementRef(self.read.report.id, self.statement.id)

    @property
    def pieces(self) -> tuple[Offsets, ...]:
        """What was said; the words of saying where there is nothing else."""
        return self.statement.content or self.statement.cue

    def words(self, pieces: tuple[Offsets, ...]) -> str:
        """The words that stand there, with an ellipsis where they are cut."""
        return " … ".join(self.read.report.text[start:end] for start, end in pieces)


def _rows(export: Export) -> Iterator[Row]:
    laid = {contest.incident.id: contest for contest in export.contests}
    said = _said(export)
    behind = {ref: utterance.id for utterance in export.linkage.utterances for ref in utterance.statements}
    for claim in export.linkage.claims:
        for ref, polarity in claim.edges:
            if claim.incident not in laid or ref.report not in export.reports:
                continue
            read = export.reports[ref.report]
            try:
                statement = read.statement(ref.statement)
            except KeyError:  # it went with what did not leave
                continue
            yield Row(claim, laid[claim.incident], polarity, read, statement, said.get(ref), behind.get(ref))


def _said(export: Export) -> dict[StatementRef, str | None]:
    """When each statement was first said: as the position that it takes, else as the toll that it gives."""
    said = {ref: p.said for c in export.contests for p in c.positions for ref in p.statements}
    for contest in export.contests:
        for toll in contest.tolls:
            for ref in (toll.ref, *toll.repeats):
                within = export.reports[ref.report].figure(ref.figure).statement
                if within is not None:
                    said.setdefault(StatementRef(ref.report, within), toll.said)
    return said


TABLE = Table[Row](
    name="claims",
    meaning="A row is one statement on one claim: an accusation and its denial share the claim's id and differ in polarity. "
    "A statement that bears on several claims has a row for each.",
    key="row",
    rows=_rows,
    refers=(("incident", "incidents"), ("report", "reports")),
    columns=(
        Column("row", "id", "Claim and statement together: what tells rows apart.",
               lambda export, r: f"{r.claim.id}/{export.ref(r.ref)}", "#meta+id"),
        Column("claim", "id", "The claim: one question of one incident about one party.",
               lambda _, r: r.claim.id, "#meta+claim+id"),
        Column("statement", "id", "The statement's reference, as `counterclaim facts` and `decide` take it.",
               lambda export, r: export.ref(r.ref), "#meta+statement+id"),
        Column("utterance", "id", "The act of saying behind it: statements that share it are echoes of one another.",
               lambda _, r: r.utterance, "#meta+utterance+id"),
        Column("incident", "id", "The id of the incident.", lambda _, r: r.claim.incident, "#event+id"),
        Column("incident_title", "text", "Where and when that was.",
               lambda export, r: export.title_of(r.contest.incident), "#event+name"),
        Column("question", "word", "What it answers: toll, occurrence, responsibility, intent, object, means, investigation, "
               "regret, demand, damage, other.", lambda _, r: r.claim.question, "#indicator+question"),
        Column("target", "text", "Whom it is about: who is said to have done it, of whom something is demanded.",
               lambda export, r: export.name(r.claim.target), "#org+target"),
        Column("polarity", "word", "What the statement does to the claim: asserts, denies, admits or questions.",
               lambda _, r: r.polarity, "#indicator+polarity"),
        Column("act", "word", "What is done in saying it: blame, denial, admission, justification, investigation, demand, "
               "regret, figure, damage, uncertainty, other.", lambda _, r: r.statement.act, "#indicator+act"),
        Column("speaker", "text", "Who says it; empty for the outlet's own voice. Several who say one thing together are joined "
               "by “; ”.", lambda export, r: export.name(r.statement.speaker), "#org+speaker"),
        Column("speaker_kind", "word", "named, unnamed (“a defence official”), collective (“residents”) or outlet.",
               lambda _, r: r.statement.speaker_kind, "#org+type"),
        Column("affiliation", "text", "The institution spoken for.",
               lambda export, r: export.name(r.statement.affiliation), "#org+affiliation"),
        Column("side", "text", "The party the speaker belongs to, where that is known.",
               lambda export, r: export.name(r.statement.side), "#org+side"),
        Column("chain", "text", "Through whom it came, from the outlet inwards, the first speaker left out.",
               lambda export, r: joined(map(export.name, r.statement.chain)), "#org+chain"),
        Column("form", "word", "direct (in quotation marks), indirect or mixed.", lambda _, r: r.statement.form),
        Column("said", "date", "When this speaker first said it in these reports (EDTF); empty where that is not known.",
               lambda _, r: r.said, "#date+said"),
        Column("content", "quote", "What was said, in the report's words; “ … ” where the quotation is cut.",
               lambda _, r: r.words(r.pieces), "#meta+content"),
        Column("cue", "quote", "The words of saying (“said”, “denied that”).", lambda _, r: r.words(r.statement.cue)),
        Column("hedge", "quote", "The words that leave it open or soften it (“may have”).",
               lambda _, r: r.words(r.statement.hedge)),
        Column("confidence", "number", "How sure the reading is, 0 to 1. Never how true the claim is.",
               lambda _, r: round(r.statement.confidence, 3), "#meta+confidence"),
        Column("status", "word", "“machine-extracted, not verified”, or what people decided: accepted, corrected, added, "
               "disputed, check again.", lambda export, r: export.verified(r.ref), "#status+verified"),
        *back_to_words(lambda r: Stands(r.read, r.pieces[0][0], r.pieces[-1][1])),
    ),
)  # fmt: skip
