"""What a verb of saying takes as said: a clause, a thing, 'X of Y', 'X as Y', 'X to do', a toll put at a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from counterclaim.reading.cues import Cue
from counterclaim.reading.document import Paragraph
from counterclaim.reading.phrases import noun_phrase, runs, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Token

_TOLL_NOUNS = frozenset(
    ["toll", "number", "dead", "wounded", "injured", "count", "figure", "tally", "total", "loss", "death", "casualty", "killed"]
)
_PRONOUN_OBJECTS = frozenset(["it", "them", "this", "that", "him", "her"])


def closes_what_is_said(verb: Token) -> bool:
    """Whether the cue comes right after a comma, dash or quotation mark, as in '"...", added the minister'."""
    before = next((verb.doc[i] for i in range(verb.i - 1, -1, -1) if not verb.doc[i].is_space), None)
    return before is not None and before.text in {",", '"', "'", "—", "–", "-", "''"}


def joined_at(paragraph: Paragraph, verb: Token) -> int:
    """Offset of the comma or dash before ", and asks": where what the first verb says ends; -1 where none."""
    doc, i = verb.doc, verb.i - 1
    while i > verb.sent.start and doc[i].pos_ == "ADV":
        i -= 1
    if i - 1 > verb.sent.start and doc[i].lower_ in {"and", "but"} and doc[i - 1].text in {",", "—", "–", "-", ";"}:
        end = doc[i - 2] if not doc[i - 2].is_space else doc[i - 3]
        return paragraph.end_of(end)
    return -1


def sentence_before(verb: Token) -> list[list[Token]]:
    """ "Two bridges were hit. This was stated by the governor": what "this" stands for is the sentence before."""
    this = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if this is None or this.lower_ not in {"this", "it", "that"} or verb.sent.start == 0:
        return []
    before = trimmed(list(verb.doc[verb.sent.start - 1].sent))
    return [before] if before else []


def content_of(verb: Token, cue: Cue, who: Token | None, passive: bool) -> list[list[Token]]:
    """The tokens said, as unbroken runs."""
    frames = cue.frames
    clause = _clause(verb)
    if "clause" in frames and clause is not None:
        return runs(_clause_tokens(verb, clause))
    if "clause" in frames and not passive:
        around = _clause_around(verb, who)
        if around:
            return around
        before = _clause_before(verb, who)
        if before:
            return [before]
    if "toll" in frames:
        return _toll(verb)
    if passive:
        return _passive(verb, frames)
    return _object(verb, frames, clause)


def _clause(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "ccomp" or (child.dep_ == "xcomp" and child.pos_ in {"VERB", "AUX"} and child.i > verb.i):
            return child
    for child in verb.children:
        # "said: the planes ..." and "said it: ..." are often tied the other way
        if child.dep_ in {"parataxis"} and child.i > verb.i and child.pos_ in {"VERB", "AUX"}:
            return child
    return None


def _clause_tokens(verb: Token, clause: Token) -> list[Token]:
    own = set(_subtree_without(verb, clause))
    tokens = [t for t in clause.subtree if t not in own]
    if clause.i < verb.i:
        # what is said stands before the cue: all of it from where the clause begins, the parser's loose ends included
        edge = min((t.i for t in own), default=verb.i)
        start = max((t.i for t in tokens if t.text == ";" and t.i < edge), default=-1)
        return [t for t in tokens if start < t.i < edge] or tokens
    tokens = [t for t in tokens if t.i > verb.i]
    while tokens and tokens[0].lower_ in {"that", ":", ","}:
        tokens = tokens[1:]
    return tokens


def _subtree_without(verb: Token, left_out: Token) -> Iterator[Token]:
    yield verb
    for child in verb.children:
        if child != left_out:
            yield from child.subtree


def _clause_around(verb: Token, who: Token | None) -> list[list[Token]]:
    """What an interposed cue belongs to: "the street where, witnesses say, nine people died"."""
    if verb.dep_ != "parataxis" or who is None or who.i > verb.i or verb.i + 1 >= len(verb.doc) or verb.nbor().text != ",":
        return []
    phrase = noun_phrase(who) or [who]
    opens = verb.doc[phrase[0].i - 2] if phrase[0].i >= 2 else None
    if opens is None or opens.tag_ not in {"WRB", "WDT", "WP", "IN"}:
        return []
    tokens = trimmed([t for t in verb.head.subtree if t.i > verb.i + 1])
    return [tokens] if tokens else []


def _clause_before(verb: Token, who: Token | None) -> list[Token]:
    """What stands before a cue that closes its sentence: "Two buses were hit, the army said on Sunday." """
    doc, sentence = verb.doc, verb.sent
    edge = verb.i
    if who is not None and who.i < verb.i:
        edge = min(t.i for t in noun_phrase(who)) if noun_phrase(who) else who.i
    while edge > sentence.start and doc[edge - 1].is_space:
        edge -= 1
    before = doc[edge - 1] if edge > sentence.start else None
    if before is None or before.text not in {",", "”", '"', "—", "–", "’", "''", "»"}:
        return []
    start = edge - 1
    while start > sentence.start and doc[start - 1].text != ";":
        start -= 1
    tokens = trimmed([doc[i] for i in range(start, edge)])
    return tokens if any(t.pos_ in {"VERB", "AUX"} for t in tokens) or len(tokens) > 4 else []


def right_children(verb: Token, wanted: frozenset[str] | set[str]) -> list[Token]:
    return [c for c in verb.children if c.i > verb.i and c.dep_ in wanted]


def through(first: Token, verb: Token, parts: Sequence[Token]) -> list[list[Token]]:
    """The run from the phrase of `first` to the end of the last of `parts`."""
    start = min(t.i for t in first.subtree)
    start = max(start, verb.i + 1)
    end = max(t.i for p in parts for t in p.subtree)
    tokens = trimmed([verb.doc[i] for i in range(start, end + 1)])
    return [tokens] if tokens else []


def _object(verb: Token, frames: frozenset[str], clause: Token | None) -> list[list[Token]]:
    things = right_children(verb, {"dobj", "oprd", "acomp", "attr", "dative"})
    preps = [
        c for c in right_children(verb, {"prep"}) if c.lower_ in {"for", "of", "as", "on", "about", "with", "over", "against"}
    ]
    if "as" in frames:
        named = right_children(
            verb, {"oprd", "acomp", "attr"} if "thing" in frames else {"oprd", "acomp", "attr", "ccomp", "xcomp"}
        )
        as_ = [c for c in right_children(verb, {"prep", "advcl", "mark"}) if c.lower_ == "as"]
        as_ += [g for c in things for g in c.children if g.dep_ == "prep" and g.lower_ == "as"]
        if named or as_:
            parts = [*things, *named, *as_]
            first = things[0] if things else parts[0]
            if first.lower_ in _PRONOUN_OBJECTS:
                rest = [p for p in parts if p.i > first.i]
                if rest:
                    return through(rest[0], verb, rest)
            return through(first, verb, parts)
        if (
            len([c for c in things if c.dep_ == "dobj"]) == 1
            and verb.lemma_.lower() == "call"
            and clause is None
            and "for" not in {p.lower_ for p in preps}
        ):
            small = things[0]
            # "calling them dangerous": a small clause the parser read as one object
            if any(c.dep_ in {"nsubj", "poss"} for c in small.children):
                return through(small, verb, [small])
            return []
    if "of" in frames:
        of = [c for c in preps if c.lower_ == "of"] or [
            g for t in things for g in t.children if g.lower_ == "of" and g.dep_ == "prep"
        ]
        if things and of:
            return through(things[0], verb, [*things, *of])
        return []
    if "to" in frames or ("on" in frames and any(p.lower_ == "on" for p in preps)):
        aim = right_children(verb, {"xcomp", "ccomp", "advcl"})
        addressed = things or [p for p in preps if p.lower_ == "on"]
        if addressed and aim:
            first = addressed[0] if addressed[0].dep_ != "prep" else next(iter(addressed[0].children), addressed[0])
            return through(first, verb, [*addressed, *aim])
        if verb.lemma_.lower() == "ask" and clause is not None:
            return runs(clause.subtree)
    if "for" in frames:
        for_ = [c for c in preps if c.lower_ == "for"]
        if for_ and (verb.lemma_.lower() in {"call", "appeal", "press", "ask", "apologize", "apologise"} or things):
            first = (
                things[0]
                if things and "thing" not in frames and verb.lemma_.lower() in {"blame", "fault"}
                else next(iter(for_[0].children), for_[0])
            )
            return through(first, verb, [*things, *for_])
        if verb.lemma_.lower() in {"blame", "fault"} and things:
            return through(things[0], verb, [*things, *preps])
    if "on" in frames and verb.lemma_.lower() == "insist":
        on = [c for c in preps if c.lower_ == "on"]
        if on:
            return through(next(iter(on[0].children), on[0]), verb, on)
    if "thing" in frames:
        parts = [*things, *[c for c in preps if things], *right_children(verb, {"xcomp", "ccomp"})]
        if parts and not (len(parts) == 1 and parts[0].pos_ == "PRON"):
            return [_untimely(run) for run in through(parts[0], verb, parts)]
    return []


def _untimely(tokens: list[Token]) -> list[Token]:
    """A thing spoken about, without the clause of time behind it ("decried the refusal after planes had killed nine")."""
    for k, token in enumerate(tokens):
        if (
            k
            and token.lower_ in {"after", "before", "while", "when"}
            and any(t.pos_ == "VERB" for t in tokens[k:])
            and token.dep_ in {"mark", "prep", "advmod"}
        ):
            return trimmed(tokens[:k])
    return tokens


def _passive(verb: Token, frames: frozenset[str]) -> list[list[Token]]:
    """ "The army was accused of firing", "the raid was condemned by ..." """
    victim = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if victim is None or (victim.pos_ == "PRON" and victim.lower_ == "it"):
        return []
    parts = [c for c in right_children(verb, {"prep", "xcomp", "oprd"}) if c.dep_ != "prep" or c.lower_ in {"of", "for", "as"}]
    phrase = noun_phrase(victim)
    if not parts and "thing" not in frames:
        return []
    return runs([*phrase, *[t for p in parts for t in p.subtree]])


def _toll(verb: Token) -> list[list[Token]]:
    """ "put the death toll at 62", "counts more than 500 civilians killed", "gives at least 112 dead": with a number only."""
    things = right_children(verb, {"dobj", "ccomp", "nsubj"})
    if not things:
        return []
    at = [c for c in right_children(verb, {"prep"}) if c.lower_ in {"at", "to"}]
    at += [g for t in things for g in t.children if g.lower_ in {"at", "to"} and g.dep_ == "prep"]
    parts = [*things, *at]
    tokens = [t for p in parts for t in p.subtree]
    lemmas = {t.lemma_.lower() for t in tokens} | {t.lower_ for t in tokens}
    if not any(t.like_num for t in tokens) or not lemmas & _TOLL_NOUNS:
        return []
    if verb.lemma_ in {"put", "place"} and not at:
        return []
    conj = [c for c in verb.children if c.dep_ == "conj" and c.pos_ not in {"VERB", "AUX"}]
    return through(things[0], verb, [*parts, *conj])
