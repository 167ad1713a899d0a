"""What a toll covers: the incident, a running total since some day, or a time or area; told from the words around it."""

from __future__ import annotations

import re

from counterclaim.records import Offsets, Scope

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_SPAN = r"(?:days|weeks?|months?|years?|half)"
_WAR = r"(?:\w+[- ]){0,2}(?:war|conflict)"
_RUNNING = re.compile(
    "|".join(
        [
            rf"\bsince\s+(?:(?:late|early|mid|last|the|about|around)[\s-]+)?(?:{_MONTH}|\d{{4}}|\d{{1,2}}\s+{_MONTH})\b",
            r"\bsince\s+(?:last |the )?(?:start|beginning|outbreak|war|year|summer|spring|autumn|winter)\b",
            r"\bsince (?:it|the \w+) (?:began|started)",
            r"\bso far this (?:year|month)",
            r"\bto date\b",
            r"\boverall (?:death )?toll",
            rf"\b(?:total|toll) (?:for|of|from) the {_WAR}",
            rf"\b(?:in|during) the {_WAR}\b",
            r"\bwar (?:has )?killed",
        ]
    ),
    re.IGNORECASE,
)
_PERIOD = re.compile(
    "|".join(
        [
            rf"\b(?:in|over|during|for|within) (?:the )?(?:past|last|previous|recent|first|latest) (?:\w+ )?{_SPAN}\b",
            rf"\bin (?:two|three|four|five|six|\d+) {_SPAN}\b",
            rf"\bin recent {_SPAN}\b",
            r"\bthe past (?:week|month|year)\b",
            rf"\bin {_MONTH} and\b",
            r"\b(?:over|during|in|across) (?:the|that|this|a) (?:\w+ ){0,2}(?:weekend|holiday)\b",
            r"\b(?:this|last|the|that) (?:past |\w+ )?weekend\b",
            r"\b(?:this|last) year\b(?! old)",
            r"\bof (?:the|this) year\b",
            r"\bshooting incidents\b",
            r"\b(?:in|over) (?:an?|the) (?:\w+[- ])?hour (?:period|span)\b",
            r"\bin (?:the )?(?:past|last) (?:\w+ )?(?:24|48|72) hours\b",
            r"\bin (?:\w+ )?(?:separate|unrelated) (?:incidents|attacks|shootings|strikes|raids)\b",
            r"\b(?:shootings|attacks|incidents|violence|homicides|murders) (?:across|throughout|citywide|statewide|nationwide)\b",
            r"\b(?:a|the|this) (?:spate|wave|string|series|rash|spree) of\b",
            r"\bannually\b|\b(?:each|every|per|a) year\b(?![\s-]old)",
        ]
    ),
    re.IGNORECASE,
)
_BARE_PLURAL = re.compile(
    r"^[^.;,]{0,40}?\b(?:killed|dead|injured|wounded)\s+(?:by|in)\s+"
    r"(?!(?:the|these|those|two|three|several|its|their|his|\S+['’]s)\b)(?:[\w.-]+\s+){0,3}"
    r"(?:air\s?strikes|strikes|raids|attacks|bombings)\s*(?=[.;]|$)",
    re.IGNORECASE,
)
"""Dead of attacks that nothing tells of, neither which nor where nor when: "more than 500 killed by air strikes"."""
_ONE_HOUSE = re.compile(
    r"\b(?:hospitals?|clinics?|wards?|it|he said it)\s+(?:has\s|had\s)?(?:took in|taken in|received|treated|admitted)\s+"
    r"(?:[^.;,]{0,40}\band\s+treated\s+)?$",
    re.IGNORECASE,
)
"""Before a number: whom one hospital took in."""
_OF_THE_DEAD = re.compile(r"^[\w,]+ of the (?:dead|killed|wounded|injured|victims)\b", re.IGNORECASE)
_AROUND = 140
"""Code points before and behind a number in which the words of time that make it a total are looked for: the longest distance
in the restated reports and the seeds is 118; a semicolon ends it sooner."""

_NO_INCIDENT = 5_000
"""People harmed from which a number is a war's total and no incident's: no air strike or attack that casualty recorders list
for the wars of this century (Airwars, UCDP) reached it, and totals of wars in reports start above it."""


def scope_of(text: str, sentence: Offsets, span: Offsets, low: int) -> Scope:
    """The scope of the number at `span` in `sentence` of `text`; `low` is its lower bound, 0 where it is open."""
    start = max(sentence[0], text.rfind(";", sentence[0], span[0]) + 1, span[0] - _AROUND)
    end = text.find(";", span[1], sentence[1])
    around = text[start : min(end if end > 0 else sentence[1], span[1] + _AROUND)]
    if _ONE_HOUSE.search(text, start, span[0]) or _OF_THE_DEAD.search(text[span[0] : span[1] + 20]):
        return "part"
    if _BARE_PLURAL.search(text[span[0] : sentence[1]]):
        return "period"
    if _RUNNING.search(around):
        return "running"
    if _PERIOD.search(around):
        return "period"
    return "running" if low >= _NO_INCIDENT else "incident"
