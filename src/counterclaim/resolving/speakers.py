"""Fills statements and figures with who speaks, for whom, through whom and about whom."""

from __future__ import annotations

import re
from dataclasses import replace

from counterclaim.records import Actor, Extraction, Figure, Offsets, SpeakerKind, Statement
from counterclaim.resolving.actors import Cast

_ACCUSABLE = frozenset({"state", "organ", "armed group", "organisation"})
_ABOUT_A_PARTY = frozenset({"blame", "denial", "admission", "justification", "demand"})
_SELF = re.compile(r"\b(?:we|our|us|it|its|they|their|ours|accusations?|allegations?|claims?|charges?|responsible)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:it|them|him|her|they|this|that)", re.IGNORECASE)
_HARMED = re.compile(
    r"\s+(?:\w+\s+)?(?:civilians?|citizens?|people|persons?|children|women|men|soldiers?|troops|victims?|famil(?:y|ies)|residents?|dead|wounded|deaths?|"
    r"casualties|personnel|cit(?:y|ies)|villages?|towns?)\b"
)
_TOWARDS = re.compile(r"\b(?:to|with|against|on|for|from|supporting|backing|back|backs|aiding|helping)\s+(?:the\s+|an?\s+)?[\"“]?$", re.IGNORECASE)
_OFFICIAL = re.compile(r"\b(?:officials?|spokes\w+|representatives?)\b")
_OURS = re.compile(r"\b(?:this|our)\s+(?:newspaper|paper|channel|correspondents?|reporters?|agency|website|site)\b|^(?:us|we)$", re.IGNORECASE)


def attribute(
    extraction: Extraction, cast: Cast, *, outlet: str | None = None, agency: str | None = None
) -> tuple[tuple[Statement, ...], tuple[Figure, ...]]:
    """The statements and figures of `extraction` with speaker, speaker kind, affiliation, side, chain and target filled in.

    A figure takes them from its statement; one in no statement is in the outlet's own voice and stays without. `outlet` and
    `agency` are names: they stand in a chain where the text says "told us" or "this newspaper".
    """
    statements: list[Statement] = []
    for statement in extraction.statements:
        statements.append(_attributed(statement, extraction.text, cast, outlet or agency, statements[-1] if statements else None))
    by_id = {s.id: s for s in statements}
    figures = tuple(_figure(f, by_id.get(f.statement)) if f.statement else f for f in extraction.figures)
    return tuple(statements), figures


def _figure(figure: Figure, statement: Statement | None) -> Figure:
    if statement is None:
        return figure
    return replace(figure, speaker=statement.speaker, affiliation=statement.affiliation, side=statement.side, chain=statement.chain)


def _attributed(statement: Statement, text: str, cast: Cast, outlet: str | None, before: Statement | None) -> Statement:
    actors = _speakers(statement, text, cast)
    chain = _chain(statement, text, cast, actors, outlet)
    if not actors:
        return replace(statement, chain=chain, target=_target(statement, text, cast, (), before))
    return replace(
        statement,
        speaker="; ".join(dict.fromkeys(a.name for a in actors)),
        speaker_kind=_kind(actors, cast),
        affiliation=_joined(a.affiliation for a in actors),
        side=_joined(a.side for a in actors),
        chain=chain,
        target=_target(statement, text, cast, actors, before),
    )


def _joined(values: object) -> str | None:
    kept = list(dict.fromkeys(v for v in values if v))  # type: ignore[attr-defined]
    return "; ".join(kept) or None


def _kind(actors: tuple[Actor, ...], cast: Cast) -> SpeakerKind:
    """The most definite kind among those who speak together: one name is enough to ask somebody."""
    kinds = {cast.kind_of(a) for a in actors}
    return next(k for k in ("named", "unnamed", "collective", "outlet") if k in kinds)  # type: ignore[return-value]


def _speakers(statement: Statement, text: str, cast: Cast) -> tuple[Actor, ...]:
    """Who speaks: the source's words, each of its pieces, else the words that name the speaker elsewhere."""
    if any(_OURS.search(text[slice(*s)]) for s in statement.source):
        return ()
    found = [a for span in statement.source for a in cast.all_at(span)]
    if not found and statement.antecedent is not None:
        found = list(cast.all_at(statement.antecedent))
    return tuple(dict.fromkeys(found))


def _chain(statement: Statement, text: str, cast: Cast, speakers: tuple[Actor, ...], outlet: str | None) -> tuple[str, ...]:
    names: list[str] = []
    for span in statement.via:
        words = " ".join(text[slice(*span)].split())
        if _OURS.search(words):
            names += [outlet] if outlet else []
            continue
        actors = cast.all_at(span)
        if any(a.kind == "people" and _OFFICIAL.search(a.name) for a in actors):
            continue  # "..., officials said in a statement": the party's own people are nobody it came through
        names += [a.name for a in actors if a not in speakers] if actors else [re.sub(r"^(?:the|an?)\s+", "", words, flags=re.IGNORECASE)]
    return tuple(dict.fromkeys(names))


def _target(statement: Statement, text: str, cast: Cast, speakers: tuple[Actor, ...], before: Statement | None) -> str | None:
    """Whom the statement is about: the accused it names; else for an act of blame, denial, admission or justification the first
    party in its content that can have done it. A pronoun takes up whom the same speaker was just speaking of; "we", "it" and
    "the allegations" in a denial or admission mean the speaker's own side."""
    own = next((a.affiliation or a.name for a in speakers if a.kind in ("person", "people", *_ACCUSABLE) and (a.affiliation or a.kind != "people")), None)
    if statement.about is not None:
        words = text[slice(*statement.about)]
        if _PRONOUN.fullmatch(words):
            if before is not None and before.target and before.speaker == "; ".join(a.name for a in speakers):
                return before.target
        else:
            named = [a for a in (*cast.all_at(statement.about), *_doers(cast, text, statement.about)) if a not in speakers or statement.act != "justification"]
            person = next((a for a in named if a.kind == "person"), None)
            accused = next((a for a in named if a.kind in _ACCUSABLE), None)
            if person is not None and named[0] is person:
                return person.affiliation or person.name
            if accused is not None:
                return accused.name
    if statement.act not in _ABOUT_A_PARTY:
        return None
    sides = {a.side for a in speakers}
    accused_there = [a for span in statement.content for a in _doers(cast, text, span) if a.kind in _ACCUSABLE]
    if statement.act not in ("denial", "admission"):
        return next((a.name for a in accused_there if a.side not in sides), None)
    if accused_there:
        return accused_there[0].name
    said = " ".join(text[slice(*span)] for span in statement.content)
    return own if _SELF.search(said) else None


def _doers(cast: Cast, text: str, span: Offsets) -> list[Actor]:
    """The parties named in `span` that can be the ones who did it: not those whose people were harmed, nor those something
    was done to, with or for."""
    found = []
    for mention, actor in cast.mentions_within(span):
        if not _HARMED.match(text, mention[1]) and not _TOWARDS.search(text, max(span[0], mention[0] - 16), mention[0]):
            found.append(actor)
    return list(dict.fromkeys(found))
