"""What a saying does: accuse, deny, admit, justify, announce an inquiry, demand, regret; told from its cue and its words."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from counterclaim.reading.clauses import Clauses, Deed, Told
from counterclaim.reading.cues import CUES
from counterclaim.reading.document import lowered
from counterclaim.reading.sayings import Saying
from counterclaim.reading.things import is_built
from counterclaim.reading.wordlists import section
from counterclaim.records import Act, Figure, Offsets


@dataclass(frozen=True, slots=True)
class Words:
    """Words looked for from a word's beginning and in any case of letters, with the methods of a compiled pattern.

    They are looked for in small letters, which takes a quarter of the time that a pattern blind to case takes.
    """

    pattern: re.Pattern[str]

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The words at `start`."""
        return self.pattern.match(_small(text), start, end)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first words from `start` on."""
        return self.pattern.search(_small(text), start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """All words from `start` to `end`."""
        return self.pattern.finditer(_small(text), start, end)


@lru_cache(maxsize=16)
def _small(text: str) -> str:
    return lowered(text)  # the text of a report is asked for hundreds of times, the words of a cue a few


@cache
def words_of(name: str) -> Words:
    """The words of one section of acts.txt, compiled."""
    return Words(re.compile(r"\b(?:" + "|".join(f"(?:{line})" for line in section("acts.txt", name)) + ")"))


_NOT = re.compile(r"\b(?:not|never|without)\b|n['’]t\b", re.IGNORECASE)

_BY_CUE: tuple[Act, ...] = ("denial", "admission", "regret", "demand", "blame", "investigation")
"""Acts that a cue's own words may perform ("refused to say", "shrugged off"), in the order asked."""

_ORDER: tuple[Act, ...] = (
    "regret", "uncertainty", "denial", "investigation", "justification", "admission", "blame", "figure", "damage", "demand",
)  # fmt: skip
"""Where the words of one clause show several acts, the first of these."""

_ANYWHERE: frozenset[Act] = frozenset({"regret", "justification"})
"""Acts whose words tell wherever they stand; those of the others tell less the deeper the clause they stand in."""

_PASSING = 2
"""Depth from which a deed is only mentioned: "the burial of those that the army shelled before it left" tells of a burial."""

_ASKED_FOR: frozenset[Act] = frozenset({"investigation", "regret"})
"""Acts that one may also ask of others."""

_HEAD = 48
"""Code points of what is said that are read on with the cue: "declined | to confirm that", "made no | mention of"."""


def act_of_words(text: str, saying: Saying, clauses: Clauses, figures: Sequence[Figure]) -> Act:
    """The act of one saying as what is said tells it, its main clause before those that hang on it.

    Whose side the accused is on is not known here: an accusation against the speaker's own side is told later.
    """
    told = Told(clauses, saying.content)
    best: tuple[int, int] | None = None
    for act, depth in _signs(text, saying, told, figures):
        key = (0 if act in _ANYWHERE else depth, _ORDER.index(act))
        if best is None or key < best:
            best = key
    if best is None and saying.lemma == "allege":
        return "blame"
    return _ORDER[best[1]] if best is not None else "other"


def act_by_cue(text: str, saying: Saying) -> Act | None:
    """The act that the cue performs itself ("accused", "refused to say"), None where it leaves that to what is said."""
    said = " ".join(text[a:b] for a, b in saying.content)
    cue = " ".join(text[a:b] for a, b in saying.cue)
    if _withheld(text, saying) or (saying.negated and saying.act in {"denial", "admission"}):
        return "uncertainty"
    if saying.act == "admission":
        return "uncertainty" if words_of("uncertainty").search(said) else "admission"
    if saying.lemma in {"reject", "repudiate"} and words_of("deeds condemned").match(said) and " as " not in said:
        return "blame"  # "rejected the murder": what is done and not what is claimed
    if saying.act == "blame" and words_of("failures").match(said):
        return "admission"  # "blamed human error": nobody else is accused
    of_strikes = any(words_of("strikes asked for").match(text, *piece) for piece in saying.content)
    if saying.act == "demand" and of_strikes:
        return "other"
    if saying.act is not None:
        return "other" if saying.negated or _NOT.search(cue) else saying.act
    if saying.lemma in CUES and CUES[saying.lemma].frames == {"toll"}:
        return "figure"
    if saying.lemma == "plead" and (guilty := re.match(r"(not )?guilty\b", said, re.IGNORECASE)):
        return "denial" if guilty[1] else "admission"
    if re.match(r"(?:no one|nobody|none)\b", said, re.IGNORECASE) and words_of("cue blame").search(cue):
        return "other"
    for act in _BY_CUE:
        if words_of(f"cue {act}").search(cue) and not (act == "demand" and of_strikes):
            return act
    if saying.lemma in {"ask", "demand", "wonder", "question"} or said.rstrip("\"”’' ").endswith("?"):
        if re.match(r"[\W_]*(?:why|how (?:it )?(?:could|can|is it|was it))\b", said, re.IGNORECASE):
            return "blame"
        if saying.lemma in {"ask", "wonder"} and _QUESTION.match(said):
            return "other"  # whoever asks whether it was a mistake admits none
    return None


_QUESTION = re.compile(r"[\W_]*(?:if|whether|who|whom|whose|what|which|when|where|how)\b", re.IGNORECASE)


def _withheld(text: str, saying: Saying) -> bool:
    """Whether the cue, with the auxiliaries before it and the first words behind it, holds something back."""
    if not saying.cue:
        return False
    # between the words of a cue of several the speaker may be described: "quoted a man it did not name as saying"
    found = words_of("cue withheld").finditer(text, *_around(saying))
    return any(m.start() < end and m.end() > start for m in found for start, end in saying.cue)


def _around(saying: Saying) -> Offsets:
    """The cue with the auxiliaries before it and, where what is said stands behind it, the first words of that."""
    (start, _), (_, end) = saying.cue[0], saying.cue[-1]
    before = max([e for _, e in (*saying.source, *saying.content) if e <= start], default=0)
    head = min(saying.content[0][1], saying.content[0][0] + _HEAD) if saying.content[0][0] >= end else end
    return max(before, start - _AUXILIARIES), head


def hedges_in(text: str, saying: Saying) -> tuple[Offsets, ...]:
    """Offsets of the words that leave open or soften what is said: those of a cue that holds back, and hedges in the content."""
    found: set[Offsets] = set()
    if saying.cue and _withheld(text, saying):
        opens, end = _around(saying)
        found.update(_trimmed(text, m.span()) for m in words_of("cue withheld").finditer(text, opens, end))
    for start, end in saying.content:
        for name in ("hedge", "uncertainty"):
            found.update(_trimmed(text, m.span()) for m in words_of(name).finditer(text, start, end))
    out: list[Offsets] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not out or start >= out[-1][1]:
            out.append((start, end))
    return tuple(out)


def _trimmed(text: str, span: Offsets) -> Offsets:
    return span[0], span[0] + len(text[slice(*span)].rstrip())


_AUXILIARIES = 32
"""Code points before a cue that hold "could not yet be independently "."""


def _signs(text: str, saying: Saying, told: Told, figures: Sequence[Figure]) -> Iterator[tuple[Act, int]]:
    """The acts that the words of a content show, each with how deep its clause lies."""
    for act in _ORDER:
        for start, end in saying.content:
            if act == "demand" and words_of("order").match(text, _opens(text, start), end):
                yield act, 0
            for match in words_of(act).finditer(text, start, end):
                if act in _UNDONE_BY_NOT and _NOT_BEFORE.search(text, start, match.start()):
                    continue
                if act == "demand" and _STRIKES_FOR.match(text, match.end()):
                    continue
                if act in _ASKED_FOR and words_of("demand").search(text, start, match.end()):
                    continue  # "calls for an inquiry", "must be investigated", "demanded an apology"
                yield act, told.depth(match.start())
    for verb in told.sayings():
        for act in _BY_CUE:
            found = words_of(f"cue {act}").match(text, verb)
            if found is not None and not (act == "demand" and _STRIKES_FOR.match(text, found.end())):
                yield act, 0
    for deed in told.deeds():
        act_done = _done(text, saying, deed)
        if act_done is not None and deed.depth < _PASSING:
            yield act_done, deed.depth
    opens, closes = min(a for a, _ in saying.content), max(b for _, b in saying.content)
    for figure in figures:
        if figure.span[0] < closes and figure.span[1] > opens and saying.covers(figure.span) > 0.99:
            yield "figure", told.depth(figure.span[0])


def _done(text: str, saying: Saying, deed: Deed) -> Act | None:
    """What telling of a deed does: denies it, owns up to it, defends it as done to fighters, or accuses its doer."""
    doer = text[slice(*deed.doer)].lower() if deed.doer is not None else None
    own = deed.own and (saying.form != "direct" or _speaks_of_itself(text, deed))
    if deed.denied:
        return "denial" if own or deed.armed or doer is None or doer in _NOBODY else None
    if doer is None and deed.suffered and deed.depth == 0 and words_of("assaults").match(text, *deed.word):
        return "blame"  # "we were fired on"
    if deed.to is not None and words_of("machines").match(text, *deed.to):
        return None  # a plane shot down is fighting, nobody's crime
    if own and re.search(r"\bdid\s+$", text[max(0, deed.word[0] - 6) : deed.word[0]]):
        return "admission"
    if own:
        foe = deed.to is not None and words_of("foes").match(text, *deed.to)
        return "justification" if foe else "admission"
    if deed.armed or (saying.form == "direct" and doer in _OTHERS):
        return "blame" if deed.main else None
    if deed.main and deed.to is not None and is_built(text[slice(*deed.to)].lower()):
        return "damage"  # nobody is said to have done it
    return None


def _opens(text: str, start: int) -> int:
    """Where the words begin behind an opening quotation mark."""
    return start + len(text[start:]) - len(text[start:].lstrip("\"“”„«'‘` "))


_UNDONE_BY_NOT: frozenset[Act] = frozenset({"demand", "blame", "justification"})
_NOT_BEFORE = re.compile(r"\b(?:nor|not|never|no|no one|nobody)\b[^.;,]{0,24}$|n['’]t[^.;,]{0,24}$", re.IGNORECASE)
"""What stands before words of an act that was not done ("nor has it demanded", "nobody is to blame", "no military target").
24 code points hold "has it ever formally "."""

_NOBODY = frozenset({"nobody", "no-one", "none", "nothing"})
_STRIKES_FOR = re.compile(
    r"\s+(?:(?:for|in|on)\s+)?(?:the\s+|an?\s+)?(?:air\s?)?(?:strikes?|raids?|air\s+support|air\s+power|reinforcements|fire\s+support)\b",
    re.IGNORECASE,
)
"""Behind a word of asking: what soldiers ask for in a fight, which is no demand on anybody."""
_OTHERS = frozenset({"they", "he", "them"})
_SELF = frozenset("i we our us my ours".split())


def _speaks_of_itself(text: str, deed: Deed) -> bool:
    """Whether in direct speech the doer is who speaks: "we", "our aircraft", and not "they"."""
    if deed.doer is None:
        return False
    before = text[max(0, deed.doer[0] - 16) : deed.doer[1]].lower()
    return bool(set(re.findall(r"[a-z]+", before)[-3:]) & _SELF)
