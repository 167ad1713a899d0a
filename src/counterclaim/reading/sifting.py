"""Leaves out what is no act of saying after all, and cuts a speaker's words down to who speaks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from counterclaim.reading.acts import words_of
from counterclaim.reading.cues import CITING, CUES, SAYING_NOUNS
from counterclaim.reading.document import Paragraph
from counterclaim.reading.phrases import phrase_of, subject
from counterclaim.reading.sayings import Saying
from counterclaim.reading.speakers import BODIES, can_speak
from counterclaim.records import Figure, Offsets

if TYPE_CHECKING:
    from spacy.tokens import Token


def sifted(text: str, paragraphs: Sequence[Paragraph], sayings: Sequence[Saying]) -> list[Saying]:
    """The sayings that say something, with sources that name who speaks and nothing beside."""
    _handed_back(text, sayings)
    kept = []
    for saying in sayings:
        paragraph = _at(paragraphs, (saying.cue or saying.source or saying.content)[0][0])
        if paragraph is None:
            continue
        named = bool(saying.source)
        _whose(text, paragraph, saying)
        saying.source = [s for span in saying.source if (s := _speaker(text, paragraph, span)) is not None]
        saying.via = [s for span in saying.via if (s := _speaker(text, paragraph, span)) is not None]
        if named and not saying.source and saying.antecedent is None and not _told_by_nobody(text, saying):
            continue  # "Sunday's condemnation", "you acknowledge": nobody is named who says it
        if not _says_nothing(text, paragraph, saying):
            kept.append(saying)
    return kept


def without_dead_speakers(sayings: Sequence[Saying], figures: Sequence[Figure]) -> None:
    """Gives back what the parser lays into the mouths of those counted as killed: in "they hold that fire killed nine and call
    it a massacre" it is not the nine who call it so, but whoever said what stands before."""
    counted = [f.span for f in figures if f.harm == "killed"]
    for k, saying in enumerate(sayings):
        if any(a < end and start < b for start, end in saying.source for a, b in counted):
            before = next((s for s in reversed(sayings[:k]) if s.source or s.antecedent is not None), None)
            saying.source = []
            saying.antecedent = (before.source[0] if before.source else before.antecedent) if before is not None else None


# --- who speaks

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|yesterday|tonight|tomorrow"
_DAY = rf"(?:(?:last|this|next|late|early|on|earlier)\s+)*(?:{_DAYS}|(?:{_MONTHS})\.?\s+\d{{1,2}}|\d{{1,2}}\s+(?:{_MONTHS}))"
_TIME_BEHIND = re.compile(rf"(?:,?\s+(?:{_DAY})(?:\s+(?:morning|afternoon|evening|night))?,?)+$", re.IGNORECASE)
"""Days that stand behind a speaker's name: "the second channel today, April 2,"."""
_TIME = re.compile(
    rf"(?:the\s+)?(?:{_DAY}|(?:this|last|next)\s+(?:week|month|year))(?:\s+(?:morning|afternoon|evening|night))?(?:['’]s?)?",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’-]+(?:[ ,/]+[A-Z][A-Za-z.'’-]*){0,4}(?:,? \w{3,9}\.? \d{1,2})?(?: \([\w ]+\))?(?:\s+[-–—]+|:)\s+"
)
"""The place, day and agency that open a report, up to the dash or colon behind them."""
_CLAUSE_OPENS = re.compile(r",?\s+(?:who|which|whom|whose)$", re.IGNORECASE)
"""The word that opens a clause about the speaker and is left over from it: "a health official of the province, who"."""
_NOBODY = frozenset("you which what that this it's there whoever anyone anybody everyone".split())
_PAPERS = frozenset("information data evidence indication detail estimate".split())
"""What is known, which says nothing where nobody is named whose it is ("according to available information")."""


def _speaker(text: str, paragraph: Paragraph, span: Offsets) -> Offsets | None:
    """The words of `span` without a dateline before, a day behind and the mark of possession; None where they name nobody."""
    start, end = span
    opening = _DATELINE.match(text, start, end)
    if opening is not None and start == paragraph.span[0]:
        start = opening.end()
    if start == paragraph.span[0] and re.match(r"\s*:|\s+[-–—]\s", text[end : end + 3]) and text[start:end].isupper():
        return None  # "BAGHDAD: The army said"
    clause = _CLAUSE_OPENS.search(text, start, end)
    if clause is not None and clause.start() > start:
        end = clause.start()
    behind = _TIME_BEHIND.search(text, start, end)
    if behind is not None and behind.start() > start:
        end = behind.start()
    words = text[start:end]
    if words[-2:] in {"'s", "’s"}:
        end -= 2
    if not words.strip(" ,") or words.lower() in _NOBODY or _TIME.fullmatch(words.strip(" ,")):
        return None
    head = next((t for t in paragraph.tokens((start, end)) if not start <= paragraph.start_of(t.head) < end), None)
    owned = head is None or any(c.dep_ in {"poss", "compound", "prep", "nmod"} for c in head.children)
    if head is not None and head.lemma_.lower() in _PAPERS and not owned:
        return None
    return start, end


_SAID = re.compile(r"(said|says|told|added|wrote)\s+(?:that\s+)?(?=\S+\s)")
_OWNERS = frozenset({"his", "her", "their", "its", "whose"})


def _whose(text: str, paragraph: Paragraph, saying: Saying) -> None:
    """Puts right who speaks where the words are not a speaker's: of "the minister in his statement demanded" the minister; and of
    "General Said said" the whole name."""
    opening = _DATELINE.match(text, *paragraph.span)
    if opening is not None and saying.cue and len(saying.source) == 1 and saying.source[0][1] < opening.end() < saying.cue[0][0]:
        # "TARSK (AP) - Officials said": the parser takes the dateline for the speaker
        between = text[opening.end() : saying.cue[0][0]].rstrip(" ,")
        saying.source = [(opening.end(), opening.end() + len(between))] if between else saying.source
    named = text[slice(*saying.source[0])].strip(" ,") if len(saying.source) == 1 else ""
    if named.lower() in _OWNERS or (named and _TIME.fullmatch(named)):
        verb = _verb(paragraph, saying)
        who = subject(verb) if verb is not None else None
        if who is not None and can_speak(who):
            saying.source, saying.antecedent = [phrase_of(paragraph, who)], None
    if named.lower() == "who":
        verb = _verb(paragraph, saying)
        who = subject(verb) if verb is not None else None
        if who is not None and who.lemma_.lower() in BODIES and who.dep_ == "pobj" and who.head.head.pos_ == "NOUN":
            who = who.head.head  # "a volunteer for the group, who": a body is no "who"
        told_by = subject(who.head) if who is not None and who.dep_ in {"dobj", "dative"} and who.head.lemma_ == "tell" else None
        if who is not None and told_by is not None and can_speak(told_by):
            # "the surgeon told a volunteer, who told the agency": the surgeon's words, through the volunteer
            saying.source, saying.via = [phrase_of(paragraph, told_by)], [*saying.via, phrase_of(paragraph, who)]
            saying.antecedent = None
        elif who is not None and saying.antecedent is None and who.lower_ != "who" and can_speak(who):
            saying.antecedent = phrase_of(paragraph, who)
    for k, (start, end) in enumerate(saying.cue):
        first, _, rest = text[start:end].partition(" ")
        if rest and first.istitle() and rest.split()[0].islower() and saying.source and saying.source[-1][1] + 1 == start:
            saying.source[-1] = (saying.source[-1][0], start + len(first))
            saying.cue[k] = (start + len(first) + 1, end)
        said = _SAID.match(text, *saying.content[0])
        if not rest and first.istitle() and said is not None and saying.source and saying.source[-1][1] + 1 == start:
            saying.source[-1], saying.cue[k] = (saying.source[-1][0], end), said.span(1)
            saying.content[0] = (said.end(), saying.content[0][1])


def _told_by_nobody(text: str, saying: Saying) -> bool:
    """Whether the words are told on without a speaker, in so many words: "according to available information"."""
    return any(text[a:b].lower().startswith(("according", "as ")) for a, b in saying.cue)


# --- what is said

_EMPTY = re.compile(r"(?:this|that|it|so|these|those|them|the same|what|which)[.,]?", re.IGNORECASE)
_NAMING = re.compile(
    r"(?:is|was|are|were|been|be)?\s*(?:also\s+)?(?:referred (?:to )?as|known as|nicknamed|dubbed|named after|titled|entitled)\b"
)
_MAKING = frozenset({"denial", "admission", "blame", "regret"})
"""Acts that say something of "it" too ("the army denied it")."""


def _says_nothing(text: str, paragraph: Paragraph, saying: Saying) -> bool:
    """Whether nothing is said: a word that only points elsewhere, another name for somebody, whom an outlet cites, or what the
    speaker may have said or its opposite."""
    verb = _verb(paragraph, saying)
    lemma = verb.lemma_.lower() if verb is not None else ""
    cue = " ".join(text[a:b] for a, b in saying.cue)
    if all(_EMPTY.fullmatch(text[a:b].strip(" \"'“”‘’")) for a, b in saying.content):
        act = CUES[lemma].act if lemma in CUES else None
        return act not in _MAKING and not any(words_of(f"cue {a}").search(cue) for a in sorted(_MAKING))
    if _NAMING.match(cue):
        return True
    if lemma in CITING and "as" not in cue.split() and verb is not None and _cites_somebody(paragraph, saying):
        return True
    return verb is not None and _echoes(text, verb, saying)


def _cites_somebody(paragraph: Paragraph, saying: Saying) -> bool:
    """Whether what is cited is somebody, or somebody's words: "which cited a source", "referring to the words of the mayor"."""
    tokens = paragraph.tokens(saying.content[0])
    if any(t.pos_ in {"VERB", "AUX"} and t.tag_ not in {"VBN", "VBG"} for t in tokens) or len(saying.content) > 1:
        return False
    heads = [t for t in tokens if t.head not in tokens]
    return any(t.lemma_.lower() in {"word", "source"} or (can_speak(t) and t.lemma_.lower() not in SAYING_NOUNS) for t in heads)


_NOT = re.compile(r"\b(?:not|never|no)\b|n['’]t\b", re.IGNORECASE)


def _echoes(text: str, verb: Token, saying: Saying) -> bool:
    """ "The bombs have not hit the camp, as the ministry claims": whether it claims that they have or have not cannot be told."""
    fronted = any(c.lower_ == "as" and c.dep_ in {"mark", "advmod", "prep"} for c in verb.children)
    before = saying.content[-1][1] <= (saying.source or saying.cue)[0][0]
    return fronted and before and verb.dep_ == "advcl" and any(_NOT.search(text, *piece) for piece in saying.content)


# --- words that are another's

_BESIDE = re.compile(r"[\s,\"”’']*")
_RANKS = re.compile(r"\b[A-Z][a-z]{1,5}\.\s+")
"""Abbreviated ranks, whose full stop ends no sentence."""

_NEAR = 40
"""Code points that hold marks and the ranks of a name: "Maj. Gen. "."""


def _handed_back(text: str, sayings: Sequence[Saying]) -> None:
    """Gives a piece of another sentence to the speaker right behind it: of "... more flights. It was the enemy, the general said,
    who fired first" the second sentence is all the general's."""
    for saying in sayings:
        if len(saying.content) < 2 or not saying.cue:
            continue
        for piece in list(saying.content):
            between = text[min(piece[1], saying.cue[-1][1]) : max(piece[0], saying.cue[0][0])]
            ended = text[max(0, piece[1] - _NEAR) : piece[1]].rstrip("\"”’'")[-1:] in {".", "!", "?"}
            if ". " not in between or piece[0] < saying.cue[0][0] or ended:
                continue
            for other in sayings:
                near = min((a for a, _ in (*other.source, *other.cue)), default=-1)
                if (
                    other is saying
                    or not piece[1] <= near <= piece[1] + _NEAR
                    or not _BESIDE.fullmatch(_RANKS.sub("", text[piece[1] : near]))
                ):
                    continue
                if other.content[0][0] > near and ". " not in _RANKS.sub("", text[piece[1] : other.content[0][0]]):
                    saying.content.remove(piece)
                    other.content.insert(0, piece)
                    break


def _verb(paragraph: Paragraph, saying: Saying) -> Token | None:
    tokens = [t for span in saying.cue for t in paragraph.tokens(span)]
    verbs = [t for t in tokens if t.pos_ == "VERB"]
    return verbs[-1] if verbs else tokens[-1] if tokens else None


def _at(paragraphs: Sequence[Paragraph], offset: int) -> Paragraph | None:
    k = bisect_right([p.span[0] for p in paragraphs], offset) - 1
    return paragraphs[k] if k >= 0 else None
