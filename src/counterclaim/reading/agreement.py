"""Brings together what the tagger heard and what the rules read: the one finds more, the other knows act, chain and target."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from counterclaim.models import load_tagger
from counterclaim.reading.acts import words_of
from counterclaim.reading.chains import follow
from counterclaim.reading.cues import CITING, CUES
from counterclaim.reading.document import Paragraph, without_pictures
from counterclaim.reading.quotations import Quotation, find_quotations
from counterclaim.reading.sayings import Saying
from counterclaim.reading.sifting import sifted
from counterclaim.reading.speakers import can_speak
from counterclaim.reading.speech import form_of
from counterclaim.reading.statements import find_sayings, is_heading
from counterclaim.reading.tagged import Attribution, link_pieces
from counterclaim.records import Offsets

if TYPE_CHECKING:
    from spacy.tokens import Token

_SURE = 0.33
"""Confidence from which an attribution counts that no rule confirms. Linked F1 on PolNeAR dev, our own conflict sentences'
dev part and the seeds: .774, .817 and .900 with .25; .776, .820 and .900 with .33; .775, .822 and .918 with .4."""

_NEW = 0.3
"""Part of a ruled content that may be covered by others for it to count where the tagger heard nothing: measured as above,
anything from 0.2 to 0.5 gives the same."""

_POINTS_BACK = re.compile(r"(?:this|that|it|so|these|those|the same)[.,]?", re.IGNORECASE)
_THAT = re.compile(r"that\s+(?=\S+\s+\S)")
_NOT = re.compile(r"\b(?:not|never|no|declin\w+|refus\w+)\b|n['’]t\b", re.IGNORECASE)


def sayings_of(text: str, paragraphs: Sequence[Paragraph]) -> list[Saying]:
    """Every act of saying in `text`, in order of content: heard by the tagger, read by the rules, and brought together."""
    quotations = [q for p in paragraphs for q in find_quotations(text[slice(*p.span)], p.span[0])]
    told = [p.span for p in paragraphs if len(paragraphs) == 1 or not is_heading(text[slice(*p.span)])]
    pieces = link_pieces(text, load_tagger().tag(without_pictures(text)))
    heard = [a for a in pieces if any(s <= a.content[0][0] < e for s, e in told)]
    return bring_together(text, paragraphs, quotations, find_sayings(text, paragraphs), heard)


def bring_together(
    text: str,
    paragraphs: Sequence[Paragraph],
    quotations: Sequence[Quotation],
    ruled: Sequence[Saying],
    heard: Sequence[Attribution],
) -> list[Saying]:
    """The sayings of a text: what was heard, told more closely by the rule that read the same; what no rule confirms where it is
    sure enough; and what only the rules read where nothing was heard."""
    pairs = _pairs(ruled, heard)
    sayings = []
    for attribution, rule in pairs:
        if rule is not None and _interjected(rule, attribution):
            sayings += _apart(text, paragraphs, rule, attribution)
        elif rule is not None:
            sayings.append(_both(text, rule, attribution))
        elif attribution.confidence >= _SURE:
            new = _heard_only(text, paragraphs, attribution)
            if new is not None:
                sayings.append(new)
    covered = [piece for saying in sayings for piece in saying.content]
    matched = {id(rule) for _, rule in pairs if rule is not None}
    spoken = [piece for saying in sayings for piece in saying.cue]
    for rule in ruled:
        if id(rule) in matched or (rule.cue and _overlap(rule.cue, spoken) and not rule.aside and rule.joined_at < 0):
            continue
        if _overlap(rule.content, covered) < _NEW * _length(rule.content) or any(_takes_its_own(text, rule, s) for s in sayings):
            sayings.append(rule)
    for saying in sayings:
        follow(text, paragraphs, saying)
        saying.form = form_of(saying.content, quotations)
    sayings += [rule for rule in ruled if id(rule) not in matched and _is_told_of(rule, sayings)]
    ordered = sorted(sifted(text, paragraphs, sayings), key=lambda s: (s.start, s.cue, s.source))
    for before, saying in pairwise(ordered):
        if saying.borrowed and not saying.source and saying.antecedent is None:
            saying.antecedent = before.source[0] if before.source else before.antecedent
    return ordered


def _pairs(ruled: Sequence[Saying], heard: Sequence[Attribution]) -> list[tuple[Attribution, Saying | None]]:
    """Each attribution with the rule's saying that shares its cue or most of its content; no saying is given twice."""
    out: list[tuple[Attribution, Saying | None]] = []
    taken: set[int] = set()
    reaches = [_reach(rule) for rule in ruled]
    for attribution in heard:
        best: tuple[float, int] | None = None
        opens, closes = _reach(attribution)
        for i, rule in enumerate(ruled):
            if i in taken or reaches[i][1] <= opens or reaches[i][0] >= closes:
                continue
            shorter = min(_length(attribution.content), _length(rule.content))
            shared = _overlap(attribution.content, rule.content) / max(1, shorter)
            same_cue = _overlap(attribution.cue, rule.cue) > 0
            if (same_cue and shared > 0.2) or (shared > 0.6 and not rule.aside):
                score = shared + same_cue
                if best is None or score > best[0]:
                    best = (score, i)
        if best is not None:
            taken.add(best[1])
        out.append((attribution, ruled[best[1]] if best is not None else None))
    return out


def _takes_its_own(text: str, rule: Saying, saying: Saying) -> bool:
    """Where the tagger hears one saying and the rules read two, the second takes its own words out of the first: said by
    another in passing, told with a verb of its own (", and asks why ..."), or by the next speaker with his own verb.

    What is said in passing counts only inside words of attack: there it is a claim of another side ("the raid, which the army
    calls an error, killed nine"), elsewhere mostly a turn of the first speaker's own.
    """
    if not _overlap(rule.content, saying.content):
        return False
    if rule.aside and any(words_of("violence").search(text, *piece) for piece in saying.content):
        saying.leave_out(rule)
        return True
    for k, (start, end) in enumerate(saying.content):
        if start < rule.joined_at < end:
            saying.content[k] = (start, rule.joined_at)
            return True
    own = [p for p in saying.content if _overlap([p], rule.content) > 0.8 * (p[1] - p[0])]
    elsewhere = rule.cue and rule.source and not any(_overlap(rule.source, [p]) for p in saying.content)
    if elsewhere and not _overlap(rule.source, saying.source) and 0 < len(own) < len(saying.content):
        saying.content = [p for p in saying.content if p not in own]
        return True
    return False


def _is_told_of(rule: Saying, sayings: Sequence[Saying]) -> bool:
    """Whether `rule` reads a noun of saying that another speaks about: "the ministry dismissed accusations by lawyers that ..."
    tells two things, what the ministry says and what the lawyers say."""
    if rule in sayings or not rule.owned:
        return False
    within = [s for s in sayings if _overlap(s.content, rule.content) and not _overlap(s.source, rule.source)]
    return bool(within) and not any(_overlap(s.source, rule.source) for s in sayings if _overlap(s.content, rule.content))


def _interjected(rule: Saying, heard: Attribution) -> bool:
    """Whether another speaker stands inside what `rule` reads: "officials said it was aircraft that bombed the area where,
    witnesses say, a hundred died"."""
    if not (rule.source and rule.cue and heard.source and heard.cue) or rule.aside:
        return False
    if _overlap(heard.cue, rule.cue) or _overlap(heard.source, rule.source):
        return False
    return any(a < heard.source[0][0] and heard.cue[-1][1] < b for a, b in rule.content) and not _overlap(
        rule.source, heard.content
    )


def _apart(text: str, paragraphs: Sequence[Paragraph], rule: Saying, heard: Attribution) -> list[Saying]:
    """The outer speaker's words up to the other speaker, and the other's behind him."""
    start = min(heard.source[0][0], heard.cue[0][0])
    end = max(heard.source[-1][1], heard.cue[-1][1])
    before = [(a, min(b, a + len(text[a:start].rstrip(" ,")))) for a, b in rule.content if a < start]
    behind = tuple(
        (s, b)
        for a, b in rule.content
        if b > end
        for s in [max(a, end + len(text[end:b]) - len(text[end:b].lstrip(" ,")))]
        if s < b
    )
    rule.content, rule.heard = before or rule.content, heard.confidence
    inner = _heard_only(text, paragraphs, replace(heard, content=behind)) if behind and before else None
    return [rule] if inner is None else [rule, inner]


def _both(text: str, rule: Saying, heard: Attribution) -> Saying:
    """The tagger's words with the rule's understanding; of a chain the rule's source, the first speaker and not the last."""
    inner = any(_overlap(rule.source, [piece]) and _overlap(rule.cue, [piece]) for piece in heard.content)
    if inner and not _overlap(rule.via, heard.source):
        # the rule read what the tagger's speaker passes on
        if not heard.source:
            rule.heard = heard.confidence
            return rule
        rule.source, rule.via, rule.act, rule.about = [], [], None, None
        rule.antecedent, rule.lemma, rule.cue = None, "", []
    chained = bool(rule.source and rule.via and not _overlap(heard.source, rule.source))
    # "its account answers claims from witnesses that ...": the witnesses' words, whoever speaks of them
    owned = rule.owned and bool(rule.source and heard.source) and not _overlap(rule.source, heard.source)
    chained = chained or owned
    # what is said in passing is short: the tagger then took in the words around it, which are another's
    before = rule.source and any(a < rule.source[0][0] for a, _ in heard.content)
    around = rule.aside and before and _length(heard.content) > 2 * _length(rule.content)
    # a sentence taken whole by the next ("This was stated by ...") of which the tagger heard a part, with a verb that is no cue
    part = bool(rule.cue) and "." in text[rule.content[-1][1] : rule.cue[0][0]] and not _overlap(heard.cue, rule.cue)
    if not chained and not around and not part:
        if rule.source and any(text[a:b].lower() in {"who", "which", "that"} for a, b in heard.source):
            rule.antecedent = rule.source[0]  # the words are "who"; the rule knows whom that stands for
        rule.source = list(heard.source) or rule.source
        rule.content = _said(text, heard)
        rule.cue = _cue(text, heard) or rule.cue
    rule.heard = heard.confidence
    return rule


def _heard_only(text: str, paragraphs: Sequence[Paragraph], heard: Attribution) -> Saying | None:
    """An attribution that no rule read; None where it says nothing by itself: "this was stated by", "citing the ministry"."""
    verb = _verb(paragraphs, heard.cue)
    lemma = verb.lemma_.lower() if verb is not None else ""
    if lemma in CITING and verb is not None and verb.tag_ == "VBG" and _names_a_speaker(paragraphs, heard.content[0]):
        return None
    if not heard.source and verb is not None and verb.tag_ == "VB" and verb.dep_ == "ROOT":
        return None  # "Recall that ..." speaks to the reader
    points_back = all(_POINTS_BACK.fullmatch(text, a, b) for a, b in heard.content)
    if points_back and not (heard.source and heard.cue and heard.cue[0] < heard.content[0]):
        return None  # "This was stated by the governor"; "the army denied it" says something
    if any(text[a:b].lower() == "as" for a, b in heard.source):
        return None  # "As writes the paper, ..." opens what another says
    cue = CUES.get(lemma)
    # a noun left out by mistake ("The also lamented ..."): whoever spoke before speaks on
    source = [(a, b) for a, b in heard.source if text[a:b].lower() not in {"the", "a", "an"}]
    return Saying(
        _said(text, heard),
        _cue(text, heard),
        source,
        borrowed=len(source) < len(heard.source),
        act=cue.act if cue is not None else None,
        lemma=lemma,
        negated=any(_NOT.search(text[a:b]) for a, b in heard.cue),
        ruled=False,
        heard=heard.confidence,
    )


def _said(text: str, heard: Attribution) -> list[Offsets]:
    """The content without the "that" which the corpus of the tagger counts in."""
    skipped = [(a + len(m.group()), b) if (m := _THAT.match(text, a, b)) else (a, b) for a, b in heard.content]
    return [(a, b) for a, b in skipped if a < b]


def _cue(text: str, heard: Attribution) -> list[Offsets]:
    return [(a, a + len(text[a:b].rstrip(" :,"))) for a, b in heard.cue if text[a:b].rstrip(" :,")]


def _verb(paragraphs: Sequence[Paragraph], cue: Sequence[Offsets]) -> Token | None:
    """The last verb of the cue's words, else its last word."""
    if not cue:
        return None
    start, end = cue[0][0], cue[-1][1]
    at = bisect_right([p.span[0] for p in paragraphs], start) - 1
    if at < 0:
        return None
    tokens = paragraphs[at].tokens((start, end))
    verbs = [t for t in tokens if t.pos_ == "VERB"]
    return verbs[-1] if verbs else tokens[-1] if tokens else None


def _names_a_speaker(paragraphs: Sequence[Paragraph], content: Offsets) -> bool:
    """Whether the head of what is cited can speak: "citing the ministry", and not "citing a threat to the dam"."""
    at = bisect_right([p.span[0] for p in paragraphs], content[0]) - 1
    if at < 0:
        return False
    tokens = paragraphs[at].tokens(content)
    return any(can_speak(t) for t in tokens if t.head not in tokens)


def _overlap(a: Sequence[Offsets], b: Sequence[Offsets]) -> int:
    return sum(max(0, min(p[1], q[1]) - max(p[0], q[0])) for p in a for q in b)


def _reach(said: Saying | Attribution) -> Offsets:
    """From the first to the last code point of its cue and its content."""
    spans = [*said.cue, *said.content]
    return min((a for a, _ in spans), default=0), max((b for _, b in spans), default=0)


def _length(pieces: Sequence[Offsets]) -> int:
    return sum(b - a for a, b in pieces)
