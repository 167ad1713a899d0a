"""Chooses the place of the incident that a report is about, among all places that it names."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence

from counterclaim.records import Extraction, Place, PlaceMention, Statement
from counterclaim.resolving.harms import HarmSentence, stands_for_a_speaker, within

FINENESS = {"exact": 0, "neighbourhood": 1, "near": 2, "city": 2, "region": 3, "country": 4, "unknown": 5}
"""How finely a place is known, finest first."""

_HARM, _PLAIN, _PLAIN_REACH = 1.0, 0.5, 6
"""What a place counts in a sentence that tells of harm, and elsewhere, which counts in the first sentences only.

These and the factors below were fitted on 155 assessments of strikes, 133 sources on strikes in Syria and 307 reports of
shootings: placed .91 -> .92, .39 -> .43, .59 -> .66; of those not learned on the first moved from .85 to .87, the last from .52
to .56."""
_OPENING, _OPENING_REACH, _LEAD, _LEAD_REACH, _FIRST = 3.0, 2, 2.0, 6, 1.3
"""Factors of the first two sentences, of the next four, and of the first that tells of harm."""
_NEAR, _LED, _TAKEN = 1.25, 1.3, 0.3
"""Factors of standing near a word of attack, behind "in" and the like, and of being where those harmed were brought."""
_FINE = {0: 4.0, 1: 4.0, 2: 4.0, 3: 1.0, 4: 0.5, 5: 1.0}
"""Factors by fineness."""
_TOGETHER = 15.0
"""Kilometres within which two places name one scene and count for each other: a city with its suburbs."""

_LEADS = re.compile(r"\b(?:in|at|near|on|of|outside|around)\s(?:the\s)?(?:\w+\s){0,3}$", re.IGNORECASE)
_BROUGHT = re.compile(
    r"\b(?:taken|transferred|transported|rushed|brought|carried|ferried|flown|evacuated|moved|arriv(?:ed|ing)|admitted|reached|received|airlifted|treated"
    r"|pronounced|according|director|spokes\w+|sources?|doctors?|officials?|morgue|from)\b[^.]{0,45}$",
    re.IGNORECASE,
)


def main_place(extraction: Extraction, statements: Sequence[Statement], told: Sequence[HarmSentence],
               places: Sequence[PlaceMention]) -> Place | None:  # fmt: skip
    """The place that weighs most in the report, its mentions and those of places close by added up, a quarter before its city.

    None where the report names none but where it was written or where speakers sit.
    """
    own: dict[str, float] = defaultdict(float)
    first: dict[str, Place] = {}
    beside = {p.span: rank for rank, s in reversed(list(enumerate(told))) if not s.background for p in s.places}
    for mention in places:
        weight = _weight(extraction, statements, mention, beside.get(mention.span))
        if weight:
            first.setdefault(mention.place.name, mention.place)
            own[mention.place.name] += weight
    if not own:
        return None
    weights = {n: own[n] + sum(own[m] for m in own if m != n and _one_scene(first[n], first[m])) for n in own}
    place = first[max(weights, key=lambda n: weights[n])]
    finer = [p for p in first.values() if FINENESS[p.precision] < FINENESS[place.precision] and _within_reach(p, place)]
    return max(finer, key=lambda p: weights[p.name]) if finer and place.precision in {"city", "near"} else place


def _weight(extraction: Extraction, statements: Sequence[Statement], mention: PlaceMention, rank: int | None) -> float:
    """What one mention counts for its place; `rank` is the place in order of the sentence of harm that it stands in."""
    text, start = extraction.text, mention.span[0]
    if _is_dateline(extraction, mention) or (rank is None and stands_for_a_speaker(extraction, mention, statements)):
        return 0
    number, span = next(((i, s) for i, s in enumerate(extraction.sentences) if s[0] <= start < s[1]), (0, (0, len(text))))
    weight = _HARM if rank is not None else _PLAIN if number < _PLAIN_REACH else 0
    weight *= _FIRST if rank == 0 else 1
    weight *= _OPENING if number < _OPENING_REACH else _LEAD if number < _LEAD_REACH else 1
    events = (e for e in extraction.events if within(e, span))
    weight *= _NEAR if any(0 <= start - e[1] <= 60 or 0 <= e[0] - mention.span[1] <= 30 for e in events) else 1
    weight *= _LED if _LEADS.search(text, max(0, start - 30), start) else 1
    weight *= _TAKEN if _BROUGHT.search(text, max(span[0], start - 70), start) else 1
    return weight * _FINE[FINENESS[mention.place.precision]]


def _is_dateline(extraction: Extraction, mention: PlaceMention) -> bool:
    """Whether the place only says where the report was written ("BAGHDAD (Reuters) - ...")."""
    start, end = mention.span
    opens = any(p[0] <= start <= p[0] + 40 for p in extraction.paragraphs)
    return opens and (
        extraction.text[start:end].isupper()
        or re.match(r"[^.\n]{0,30}(?:\([^)]{2,30}\)|/[A-Z]{2,}/)\s*[-–—:.]", extraction.text[end : end + 70]) is not None
    )


def _one_scene(a: Place, b: Place) -> bool:
    """Whether two towns or finer places lie together."""
    return FINENESS[a.precision] <= 2 and FINENESS[b.precision] <= 2 and _within_reach(a, b)


def _within_reach(a: Place, b: Place) -> bool:
    apart = distance(a, b)
    return apart is not None and apart < _TOGETHER


def distance(a: Place, b: Place) -> float | None:
    """Great-circle distance in kilometres, None where one has no point."""
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return None
    la, lo, lb, lp = map(math.radians, (a.lat, a.lon, b.lat, b.lon))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((lp - lo) / 2) ** 2
    return 12742 * math.asin(math.sqrt(h))
