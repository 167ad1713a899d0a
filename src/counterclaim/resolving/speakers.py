"""Fills statements and figures with who speaks, for whom, through whom and about whom."""

from __future__ import annotations

import re
from dataclasses import replace

from counterclaim.records import Actor, Extraction, Figure, Offsets, SpeakerKind, Statement
from counterclaim.resolving.actors import Cast

_ACCUSABLE = frozenset({"state", "organ", "armed group", "organisation"})
_ABOUT_A_PARTY = frozenset({"blame", "denial", "admission", "justification", "demand"})
_COUNT = re.compile(r"\b(?:count|toll|figures?|numbers?)\b")
_NEGATION = re.compile(r"\b(?:no|not|never|neither|nor|without|cannot)\b|n[’']t\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:its?|them|their|him|his|her|he|she|they|this|that)", re.IGNORECASE)
_HARMED = re.compile(
    r"\s+(?:(?:government|security|army|police|service|young|regime|military)\s+)?(?:civilians?|citizens?|people|persons?|children|women|men|soldiers?|"
    r"troops|victims?|famil(?:y|ies)|residents?|deaths?|casualties|personnel|cit(?:y|ies)|villages?|towns?|army post|post|position|positions|loss(?:es)?|service members?|lives)\b"
    r"|(?:\s+[\w-]+){0,5}?\s+(?:were|was|are|been)\s+(?:\w+\s+)?(?:killed|wounded|injured|hurt|shot|trampled|displaced|dead)\b"
)
_MEN = re.compile(r"\b(?:pilots?|crews?|drivers?|crowds?|mobs?|gunmen|attackers?|settlers?|fighters|militants|rebels|looters?)$")
_TOWARDS = re.compile(
    r"\b(?:to|(?<!lies )(?<!lay )with|against|on|for|from|support(?:s|ing)?|back(?:s|ed|ing)?|aid(?:s|ing)?|help(?:s|ed|ing)?|hit(?:s|ting)?|str(?:ike|ikes|iking|uck)|"
    r"target(?:s|ed|ing)?|bomb(?:s|ed|ing)?|attack(?:s|ed|ing)?|kill(?:s|ed|ing)?|wound(?:s|ed|ing)?|injur(?:ed|ing)|shell(?:ed|ing)|aimed at|fired at|"
    r"(?:headquarters|positions?|posts?|bases?|dozens|hundreds|scores|some) of)\s+(?:the\s+|an?\s+|\d+\s+)?[\"“]?$|\d\s+$",
    re.IGNORECASE,
)
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
        if not any(a.kind != "people" for a in actors) and _OFFICIAL.search(words):
            continue  # "..., officials said in a statement": the party's own people are nobody it came through
        names += [a.name for a in actors if a not in speakers] if actors else [re.sub(r"^(?:the|an?)\s+", "", words, flags=re.IGNORECASE)]
    return tuple(dict.fromkeys(names))


def _target(statement: Statement, text: str, cast: Cast, speakers: tuple[Actor, ...], before: Statement | None) -> str | None:
    """Whom the statement is about: the accused whom the grammar gives; else for an act of blame, denial, admission or justification
    the first party in its content that can have done it. A pronoun takes up whom the same speaker was just speaking of; a denial,
    an admission or a justification that names nobody is about the speaker's own side."""
    if statement.about is not None and _given_by_grammar(statement, text):
        accused = _accused(statement, text, cast, speakers, before)
        if accused is not None:
            return accused
    if statement.act not in _ABOUT_A_PARTY:
        return None
    sides = {a.side for a in speakers}
    doers = [(at, a) for span in statement.content for at, a in _doers(cast, text, span) if a.kind in _ACCUSABLE]
    own = next((a for _, a in doers if a.side in sides), None)
    other = next((a for _, a in doers if a.side not in sides), None)
    self_name = next((a.affiliation or a.name for a in speakers if a.affiliation or a.kind in ("person", *_ACCUSABLE)), None)
    if statement.act in ("blame", "demand"):
        if other is None and statement.about is not None:
            return _accused(statement, text, cast, speakers, before)
        return other.name if other is not None else None
    if statement.act == "justification":
        return other.name if other is not None else self_name
    if statement.act == "denial" and own is None and other is not None:
        denied = min((m.end() for span in statement.content for m in _NEGATION.finditer(text, *span)), default=0)
        return next((a.name for at, a in doers if at >= denied), other.name)
    if own is not None:
        return own.name
    if statement.act == "denial" and any(_COUNT.search(text, *span) for span in statement.content):
        return (before.affiliation or before.speaker) if before is not None and before.side not in sides else None
    return self_name


def _given_by_grammar(statement: Statement, text: str) -> bool:
    """Whether the accused stands where the cue puts it ("accused X of ...") and was not merely found inside what is said."""
    about = statement.about
    if about is None or any(a < about[0] < b for a, b in statement.content):
        return False
    near = min(statement.content, key=lambda c: abs(c[0] - about[0]), default=about)
    return ". " not in text[min(near[0], about[1]) : max(near[0], about[0])]


def _accused(statement: Statement, text: str, cast: Cast, speakers: tuple[Actor, ...], before: Statement | None) -> str | None:
    """Whom the words at the statement's `about` name; None where they name nobody who can be accused."""
    about = statement.about
    if about is None or _HARMED.match(text, about[1]):
        return None
    words = text[slice(*about)]
    if _PRONOUN.fullmatch(words):
        own = {n for a in speakers for n in (a.name, a.affiliation, a.side)}
        return before.target if before is not None and before.target not in own else None
    named = [*cast.all_at(about), *(a for _, a in _doers(cast, text, about))]
    named = [a for a in named if a not in speakers or statement.act not in ("justification", "blame")]
    if named and named[0].kind == "person" and len(words) < 3 * len(named[0].name):
        return named[0].affiliation or named[0].name
    accused = next((a for a in named if a.kind in _ACCUSABLE), None)
    if accused is not None:
        return accused.name
    if statement.act == "blame" and not named and _MEN.search(words):
        return re.sub(r"^(?:the|an?)\s+", "", words, flags=re.IGNORECASE)
    return None


def _doers(cast: Cast, text: str, span: Offsets) -> list[tuple[int, Actor]]:
    """The parties named in `span` that can be the ones who did it, with where: not those whose people were harmed, nor those
    something was done to, with or for. Bare soldiers and troops count only where nobody else is named."""
    found: dict[str, tuple[int, Actor]] = {}
    for weak in (False, True):
        for mention, actor in cast.mentions_within(span, bare=weak):
            if actor.kind == "organisation" and actor.side != actor.name:
                continue  # aid bodies, hospitals and the like may be accused in so many words, but are not taken for it
            if not _PRONOUN.fullmatch(text, *mention) and not _HARMED.match(text, mention[1]) and not _TOWARDS.search(text, max(span[0], mention[0] - 32), mention[0]):
                found.setdefault(actor.name, (mention[0], actor))
        if found:
            break
    return list(found.values())
