"""Recognises the same act of saying behind several statements: word for word, shortened, reported, or translated twice."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import fsum
from sys import intern

from counterclaim.linking.drift import drift
from counterclaim.linking.grouping import Groups
from counterclaim.linking.mentions import days
from counterclaim.linking.wording import Rarity, is_common, telling_words, thing
from counterclaim.records import NO_TIES, CopyLink, Incident, IncidentRef, ReadReport, Statement, StatementRef, Ties, Utterance

FEWEST = 4
"""Telling words both must have: below it ("it was a mistake") one man may well have said it twice."""

WORD_FOR_WORD = 0.85
"""Part of the shorter one's weight that stands in the longer one where that alone is enough: quoted alike, or cut."""

REWORDED, OVERLAP = 0.5, 0.3
"""Part of the shorter one's weight, and of both together, for a statement reported in other words or translated twice. The two
quotations that two seed reports carry in two translations lie at 0.70 and 0.39, 0.69 and 0.51; the tests' reworded pairs from
0.70 and 0.42 up; look-alikes that numbers and common words do not rule out below 0.48 and 0.27."""

CROWD = 40
"""In the statements of one speaker a word held by more than this many brings no pairs up."""

TELLING, TELLING_REWORDED = 3, 4
"""Shared words that not every report of a strike uses, for a shortened and for a reworded statement: without them two accusations
of one man look like one ("civilians were killed by the coalition in the city"). With this and the incidents taken in, 3 of the
128 sayings found across reports of the gun violence articles joined two incidents, each of them rightly; before, 10 of 151, most
of them formulas ("taken to hospital in good condition")."""

LONG_APART = 60
"""Days between two reports after which one man may say the same again in other words; word for word he is quoted even later."""

_NEGATION = re.compile(
    r"(?:\b(?:not|no|never|none|nobody|nothing|neither|nor|nowhere|cannot|without)|n['’]t)\b((?:[^\w.;:!?]+[\w'’-]+){0,4})",
    re.IGNORECASE,
)
"""Words that turn a statement round, and the few after them that they turn. Other denials ("fails", "far from") are not seen."""

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMERAL = {w: n for n, w in enumerate(_UNITS.split(), 1)} | {w: 10 * n for n, w in enumerate(_TENS.split(), 2)}
_NUMBER = re.compile(rf"\d[\d,.]*|\b(?:{'|'.join(_NUMERAL)})(?:-(?:{'|'.join(_UNITS.split()[:9])}))?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """A statement as it is compared with others. Its words are kept without the text they stand in, and not as sets, which would
    take most of the memory: few statements ever meet another."""

    ref: StatementRef
    read: ReadReport
    statement: Statement
    speaker: str | None
    institution: str | None
    incident: str | None
    published: int | None
    words: tuple[str, ...]
    key: tuple[str, str, int]

    @property
    def text(self) -> str:
        return _told(self.read, self.statement)

    @property
    def cue(self) -> str:
        return " ".join(self.read.report.text[start:end] for start, end in self.statement.cue)


def _told(read: ReadReport, statement: Statement) -> str:
    return " ".join(read.report.text[start:end] for start, end in statement.content)


def join_utterances(
    reports: Sequence[ReadReport],
    copies: Iterable[CopyLink],
    names: Mapping[str, str],
    incidents: Iterable[Incident] = (),
    ties: Ties = NO_TIES,
) -> tuple[Utterance, ...]:
    """Every statement of `reports` in exactly one utterance; an utterance of one statement is one that nobody else carries.

    Two statements are one act of saying when speaker (or a person and the institution he speaks for), wording and numbers
    agree; of two `incidents` or months apart only what is said word for word is one. The outlet's own voice (no speaker) and
    unnamed speakers join only between copies of one text. `ties` go before all of it. Sorted by their first statement: earliest
    publication, then report id, then place in the text."""
    incident_of = {ref: incident.id for incident in incidents for ref in incident.members}
    said = sorted((x for r in reports for x in _statements(r, names, incident_of)), key=lambda x: x.key)
    rarity = Rarity(x.words for x in said)
    weights = [fsum(map(rarity, x.words)) for x in said]
    same_text = Groups(r.report.id for r in reports)
    copies = tuple(copies)
    for link in copies:
        same_text.join(link.copy, link.original)
    place = {x.ref: i for i, x in enumerate(said)}
    together, apart = ([(place[a], place[b]) for a, b in pairs if a in place and b in place] for pairs in (ties.same, ties.apart))
    carried = {(link.original, link.copy) for link in copies}
    groups = Groups(range(len(said)), apart)
    why: dict[int, str] = {}
    for i, j in together:
        why[max(groups.root(i), groups.root(j))] = "somebody decided that it is the same saying"
        groups.join(i, j)
    for i, j in _worth_comparing(said, same_text):
        a, b = said[i], said[j]
        copied = same_text.root(a.ref.report) == same_text.root(b.ref.report) and a.ref.report != b.ref.report
        reason = _same_saying(a, b, weights[i], weights[j], rarity, copied)
        if reason and groups.root(i) != groups.root(j):
            later = max(groups.root(i), groups.root(j))
            if groups.join(i, j):
                why[later] = reason
    return tuple(
        _utterance([said[i] for i in group], [_reason(said[group[0]], said[i], why.get(i, ""), carried) for i in group[1:]])
        for group in groups.all()
    )


def _reason(first: _Said, later: _Said, why: str, carried: Container[tuple[str, str]]) -> str:
    """Why a statement belongs, and what became of the saying since its first report: since the original where one of two reports
    is `carried` by the other, else since the one published earlier. Of two of one day neither is known to come first."""
    if (later.ref.report, first.ref.report) in carried:
        first, later = later, first
    known = (first.ref.report, later.ref.report) in carried or (
        first.published is not None and later.published is not None and first.published < later.published
    )
    return "; ".join([*([why] if why else []), *drift(first.text, later.text, first.cue, later.cue, ordered=known)])


def _statements(read: ReadReport, names: Mapping[str, str], incident_of: Mapping[IncidentRef, str]) -> list[_Said]:
    found = []
    published = read.report.published.value if read.report.published else "unknown"
    came_out = days(published, published)
    for s in read.reading.statements:
        shown = "; ".join(names.get(name, name) for name in s.speaker.split("; ")) if s.speaker else None
        start = s.content[0][0] if s.content else 0
        found.append(
            _Said(
                ref=StatementRef(read.report.id, s.id),
                read=read,
                statement=s,
                speaker=shown,
                institution=names.get(s.affiliation, s.affiliation) if s.affiliation else None,
                incident=None if s.incident is None else incident_of.get(IncidentRef(read.report.id, s.incident)),
                published=came_out.last if came_out and not came_out.yearless else None,
                # a row repeats its table's words, which nobody said
                words=tuple(dict.fromkeys(map(intern, telling_words(_told(read, s)) if read.report.recorder is None else ()))),
                key=(published, read.report.id, start),
            )
        )
    return found


def _numbers(text: str) -> frozenset[str]:
    """Numbers above one in the text, in figures or words; "one" is too often no number."""
    found = set()
    for written in _NUMBER.findall(text):
        words = written.casefold().split("-")
        found.add(str(sum(_NUMERAL[w] for w in words)) if words[0] in _NUMERAL else written.replace(",", "").rstrip("."))
    return frozenset(found - {"1"})


def _denied(text: str) -> frozenset[str] | None:
    """The telling words that negations of a text turn round; None where it has none."""
    found = [m[1] for m in _NEGATION.finditer(text)]
    return frozenset(word for words in found for word in telling_words(words)[:1]) if found else None


def _turned(a: _Said, b: _Said) -> bool:
    """Whether `a` denies what `b`, which denies nothing, says: "gave no order" and "gave the order"."""
    denied = _denied(a.text)
    return denied is not None and not denied.isdisjoint(b.words) and _denied(b.text) is None


def _worth_comparing(said: Sequence[_Said], same_text: Groups[str]) -> list[tuple[int, int]]:
    """Pairs that share a speaker or institution, or a copied text, and a word that is not in every statement; ascending."""
    of: dict[str, list[int]] = defaultdict(list)
    for i, x in enumerate(said):
        for key in {name for name in (x.speaker, x.institution) if name and x.statement.speaker_kind == "named"}:
            of[key].append(i)
        of[f"text {same_text.root(x.ref.report)}"].append(i)
    counts: Counter[tuple[int, int]] = Counter()
    for some in of.values():
        held: dict[str, list[int]] = defaultdict(list)
        for i in some if len(some) > 1 else ():
            for word in said[i].words:
                held[word].append(i)
        for ids in held.values():
            if 1 < len(ids) <= CROWD:
                counts.update(combinations(ids, 2))
    return sorted(pair for pair, shared in counts.items() if shared >= 2)


def _same_saying(a: _Said, b: _Said, weight_a: float, weight_b: float, rarity: Rarity, copied: bool) -> str | None:
    """Why the two are one act of saying, None where they are not; the weights are those of all their words."""
    who = _same_speaker(a, b, copied)
    if who is None or min(len(a.words), len(b.words)) < (1 if copied else FEWEST):
        return None
    numbers, others = _numbers(a.text), _numbers(b.text)
    if numbers and others and not numbers & others:
        return None
    shared = _shared(frozenset(a.words), frozenset(b.words))
    weight = fsum(map(rarity, shared))
    part = weight / max(min(weight_a, weight_b), 1e-9)
    overlap = weight / max(weight_a + weight_b - weight, 1e-9)
    telling = sum(not is_common(w) for w in shared)
    if part < WORD_FOR_WORD and (copied or part < REWORDED or overlap < OVERLAP or telling < TELLING_REWORDED):
        return None
    if part < WORD_FOR_WORD and numbers - others and others - numbers:
        return None  # two men of 41 and 47, and one of 20 and one of 41: a formula that he uses of others
    if not copied and (_turned(a, b) or _turned(b, a)):
        return None
    if overlap < WORD_FOR_WORD and not copied and (telling < TELLING or _elsewhere(a, b)):
        return None
    rarest = sorted(shared, key=lambda w: (-rarity(w), w))[:5]
    how = "word for word" if overlap >= WORD_FOR_WORD else "shortened" if part >= WORD_FOR_WORD else "in other words"
    return f"{who}; {how}, sharing {', '.join(sorted(_as_written(w, a.text) for w in rarest))}"


def _elsewhere(a: _Said, b: _Said) -> bool:
    """Whether the two speak of different incidents, or months apart."""
    if a.incident and b.incident:
        return a.incident != b.incident
    return a.published is not None and b.published is not None and abs(a.published - b.published) > LONG_APART


def _same_speaker(a: _Said, b: _Said, copied: bool) -> str | None:
    if copied and a.speaker == b.speaker:
        return f"carried from one text, both by {a.speaker or 'the outlet'}"
    if not (a.speaker and b.speaker and a.statement.speaker_kind == b.statement.speaker_kind == "named"):
        return None
    if a.speaker == b.speaker:
        return f"both by {a.speaker}"
    for person, body in ((a, b), (b, a)):
        if person.institution and person.institution == body.speaker:
            return f"{person.speaker} speaks for the {body.speaker}".replace("the The", "The").replace("the the", "the")
    return None


def _shared(a: frozenset[str], b: frozenset[str]) -> set[str]:
    """Words of `a` that stand in `b`, begin alike there or have another word for the same thing: translators choose "planning" or
    "plans", "secrecy" or "secret", "plane" or "aircraft"."""
    shared = set(a & b)
    rest = b - shared
    beginnings, things = {w[:5] for w in rest if len(w) >= 5}, {thing(w) for w in rest} - {None}
    return shared | {w for w in a - shared if (len(w) >= 5 and w[:5] in beginnings) or thing(w) in things}


def _as_written(word: str, text: str) -> str:
    m = re.search(rf"\b{re.escape(word)}\w*", text, re.IGNORECASE)
    return m.group().casefold() if m else word


def _utterance(held: Sequence[_Said], reasons: Sequence[str]) -> Utterance:
    first = held[0].ref
    people = Counter(x.speaker for x in held if x.speaker and x.speaker != x.institution and x.institution)
    everybody = Counter(x.speaker for x in held if x.speaker)
    speakers = people or everybody
    return Utterance(
        id="u" + hashlib.sha256(f"{first.report}#{first.statement}".encode()).hexdigest()[:11],
        speaker=min(speakers, key=lambda name: (-speakers[name], name)) if speakers else None,
        statements=tuple(x.ref for x in held),
        reasons=tuple(reasons),
    )
