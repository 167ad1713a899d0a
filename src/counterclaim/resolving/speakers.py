"""Fills statements and figures with who speaks, for whom, through whom and about whom."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from counterclaim.records import Actor, Detail, Extraction, Figure, SpeakerKind, Statement
from counterclaim.resolving.cast import Cast
from counterclaim.resolving.targets import laid_to_another, target_of

_OURS = re.compile(
    r"\b(?:this|our)\s+(?:newspaper|paper|channel|correspondents?|reporters?|agency|website|site)\b|^(?:us|we)$", re.IGNORECASE
)
"""Words by which an outlet speaks of itself."""

_OFFICIAL = re.compile(r"(?:\w+ )?(?:officials?|spokes\w+|representatives?)", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_KINDS: tuple[SpeakerKind, ...] = ("named", "unnamed", "collective", "outlet")


def attribute(
    extraction: Extraction, cast: Cast, *, outlet: str | None = None, agency: str | None = None
) -> tuple[tuple[Statement, ...], tuple[Figure, ...]]:
    """The statements and figures of `extraction` with speaker, speaker kind, affiliation, side, chain and target filled in.

    A figure takes them from its statement; one in no statement is in the outlet's own voice and stays without. `outlet` and
    `agency` are names: they stand in a chain where the text says "told us" or "this newspaper".
    """
    statements: list[Statement] = []
    for statement in extraction.statements:
        before = statements[-1] if statements else None
        statements.append(_attributed(statement, extraction.text, cast, outlet or agency, before))
    return tuple(statements), spoken(extraction.figures, statements)


_Claimed = TypeVar("_Claimed", Figure, Detail)


def spoken(claims: Iterable[_Claimed], statements: Iterable[Statement]) -> tuple[_Claimed, ...]:
    """Figures or details with the speaker, affiliation, side and chain of the statement that each stands in."""
    by_id = {s.id: s for s in statements}
    return tuple(
        replace(c, speaker=s.speaker, affiliation=s.affiliation, side=s.side, chain=s.chain)
        if (s := by_id.get(c.statement or "")) is not None
        else c
        for c in claims
    )


def _attributed(statement: Statement, text: str, cast: Cast, outlet: str | None, before: Statement | None) -> Statement:
    actors = _speakers(statement, text, cast)
    chain = _chain(statement, text, cast, actors, outlet)
    statement = laid_to_another(statement, text, cast, actors)
    target = target_of(statement, text, cast, actors, before)
    if not actors:
        return replace(statement, chain=chain, target=target)
    kinds = {cast.kind_of(a) for a in actors}
    return replace(
        statement,
        speaker=_joined(a.name for a in actors),
        speaker_kind=next(k for k in _KINDS if k in kinds),  # one name among several is enough to ask somebody
        affiliation=_joined(a.affiliation for a in actors),
        side=_joined(a.side for a in actors),
        chain=chain,
        target=target,
    )


def _joined(values: Iterable[str | None]) -> str | None:
    return "; ".join(dict.fromkeys(v for v in values if v)) or None


def _speakers(statement: Statement, text: str, cast: Cast) -> tuple[Actor, ...]:
    """Who speaks: whom the source's words name, else whom the words elsewhere do; nobody where the outlet means itself."""
    if any(_OURS.search(text[slice(*s)]) for s in statement.source):
        return ()
    relative = statement.antecedent is not None and [text[slice(*s)].lower() for s in statement.source] == ["who"]
    found = [] if relative else [a for span in statement.source for a in cast.all_at(span)]
    if not found and statement.antecedent is not None:
        found = list(cast.all_at(statement.antecedent))
    return tuple(dict.fromkeys(found))


def _chain(statement: Statement, text: str, cast: Cast, speakers: tuple[Actor, ...], outlet: str | None) -> tuple[str, ...]:
    """Names of those it came through, from the outlet's side inwards, speakers left out."""
    names: list[str] = []
    for span in statement.via:
        words = " ".join(text[slice(*span)].split())
        if _OURS.search(words):
            names += [outlet] if outlet else []
            continue
        actors = cast.all_at(span)
        own = {a.affiliation for a in speakers} | {a.name for a in speakers} | {None}
        if all(a.kind == "people" and a.affiliation in own for a in actors) and _OFFICIAL.fullmatch(_ARTICLE.sub("", words)):
            continue  # "..., officials said in a statement": the party's own people are nobody it came through
        names += [a.name for a in actors if a not in speakers] if actors else [_ARTICLE.sub("", words)]
    return tuple(dict.fromkeys(names))
