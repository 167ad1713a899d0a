"""What a saying does: accuse, deny, admit, justify, announce an inquiry, demand, regret; told from its cue and its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from counterclaim.reading.sayings import Saying
from counterclaim.reading.wordlists import section
from counterclaim.records import Act, Figure, Mention, Offsets


@cache
def words_of(act: str) -> re.Pattern[str]:
    """The words of one section of acts.txt, compiled."""
    return re.compile("|".join(rf"\b(?:{line})" for line in section("acts.txt", act)), re.IGNORECASE)


def act_of(text: str, saying: Saying, mentions: Sequence[Mention], figures: Sequence[Figure]) -> Act:
    """The act of one saying. The cue decides where it performs the act itself ("accused", "denied"); else what is said does.

    Whose side the accused is on is not known here: an accusation against the speaker's own side is told later.
    """
    said = " ".join(text[a:b] for a, b in saying.content)
    if saying.act == "denial":
        return "uncertainty" if saying.negated else "denial"
    if saying.act == "admission":
        if saying.negated:
            return "uncertainty"
        return "uncertainty" if words_of("uncertainty").search(said) else "admission"
    if saying.act == "blame":
        return "other" if saying.negated else "blame"
    if saying.act in {"demand", "regret"}:
        return "other" if saying.negated else saying.act
    if saying.act is not None:
        return saying.act
    if saying.negated and saying.lemma in _WITHHELD:
        return "uncertainty"  # "would not say who", "could not verify that"
    if saying.lemma in {"ask", "demand", "wonder"} and re.match(r"[\W_]*(?:why|how (?:could|can|is it))\b", said, re.IGNORECASE):
        return "blame"
    tolls = [f for f in figures if saying.covers(f.span) > 0.99]
    if words_of("regret").search(said):
        return "regret"
    if saying.lemma == "confirm" and saying.negated:
        return "uncertainty"
    inquiry = words_of("investigation").search(said)
    if inquiry is not None and not words_of("demand").search(said[: inquiry.end()]) and not _finding(said, inquiry.start()):
        return "investigation"
    if words_of("uncertainty").search(said) and not words_of("accusation").search(said):
        return "uncertainty"
    if words_of("denial").search(said):
        return "denial"
    if words_of("justification").search(said):
        return "justification"
    if words_of("admission").search(said):
        return "admission"
    if words_of("accusation").search(said) or (words_of("violence").search(said) and _agent(text, saying, mentions)):
        return "blame"
    if tolls:
        return "figure"
    if words_of("damage").search(said):
        return "damage"
    if _NEGATION.search(said) and (words_of("violence").search(said) or words_of("doers").search(said)):
        return "denial"
    if words_of("demand").search(said):
        return "demand"
    return "other"


_WITHHELD = frozenset("say tell verify confirm comment disclose know reveal".split())
"""Verbs that, negated, hold something back."""

_NEGATION = re.compile(r"\b(?:no|not|never|nobody|none|neither)\b|n['’]t\b", re.IGNORECASE)


def _finding(said: str, at: int) -> bool:
    """Whether the inquiry is named only in passing, behind what it found ("... , an inquiry showed")."""
    return at > 160


def _agent(text: str, saying: Saying, mentions: Sequence[Mention]) -> bool:
    """Whether what is said names who did it: a party's name right before an act of violence, in the same clause."""
    for start, end in saying.content:
        for match in words_of("violence").finditer(text, start, end):
            clause = re.split(r"[,;:.]", text[max(start, match.start() - 60) : match.start()])[-1]
            if words_of("doers").search(clause):
                return True
            if any(
                m.kind in {"organisation", "nationality"}
                and m.span[1] <= match.start() <= m.span[1] + 25
                and m.span[0] >= start
                and "," not in text[m.span[1] : match.start()]
                for m in mentions
            ):
                return True
    return False


_SCENE = re.compile(
    r"\b(?:in|near|at|outside|around|over|above|inside|across|from|to|of)\s+(?:the\s+|\w+ern\s+)?$", re.IGNORECASE
)
"""Words before a place that make it where it happened and not who did it."""

_SUFFERED = re.compile(r"\b(?:was|were|been|being|be|is|are|got)\s+(?:\w+ly\s+|also\s+|all\s+)?$")


def accused_in(text: str, saying: Saying, mentions: Sequence[Mention], figures: Sequence[Figure]) -> Offsets | None:
    """Offsets of the party that what is said names as the doer, None where it names none: whose crime or attack it is
    ("Russia's aggression", "a coalition air strike"), behind "by" in a passive, else the party nearest before the word of
    violence. Those counted as victims are not asked."""
    parties = [
        m
        for m in mentions
        if m.kind in {"organisation", "nationality", "place", "role"}
        and not (m.kind == "place" and _SCENE.search(text[max(0, m.span[0] - 24) : m.span[0]]))
        and not any(a < m.span[1] and m.span[0] < b for a, b in (f.span for f in figures))
    ]
    best: tuple[int, Offsets] | None = None
    for start, end in saying.content:
        for pattern in (words_of("accusation"), words_of("violence")):
            for match in pattern.finditer(text, start, end):
                suffered = _SUFFERED.search(text[max(start, match.start() - 30) : match.start()])
                by = re.compile(r"[^.;]{0,40}?\bby\s+(?:the\s+|an?\s+)?").match(text, match.end(), end) if suffered else None
                at = by.end() if by else match.start()
                for mention in parties:
                    gap = abs(mention.span[0] - at) if by else at - mention.span[1]
                    # 40 code points hold "forces had carried out a " between the doer and the deed
                    near = gap <= 3 if by else not suffered and start <= mention.span[0] and -1 <= gap <= 40
                    if near and (best is None or gap < best[0]):
                        best = (gap, mention.span)
    return best[1] if best is not None else None
