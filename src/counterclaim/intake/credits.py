"""Read who brought a report: agency and outlet credits, the dateline, the byline."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from counterclaim.intake.dates import StatedDay, closing_day
from counterclaim.records import Offsets


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening of a first sentence: `words` are the offsets of place and day in the line (None for a bare credit),
    `day` the day if one is named, `agency` and `outlet` who is credited, `end` where the sentence itself begins."""

    words: Offsets | None
    day: StatedDay | None
    agency: str | None
    outlet: str | None
    end: int


@cache
def _agencies() -> dict[str, str]:
    """Every spelling of a news agency in `agencies.csv`, casefolded, to the name used here."""
    table = files("counterclaim.intake").joinpath("agencies.csv").read_text("utf-8")
    return {
        spelling.casefold(): row["name"]
        for row in csv.DictReader(table.splitlines())
        for spelling in (row["name"], *filter(None, row["also"].split("|")))
    }


def agency_named(words: str) -> str | None:
    """The agency or agencies that `words` name and nothing else ("AA" -> "Anadolu", "AP/PA" -> "AP; PA"), else None."""
    names = _agencies()
    cleaned = re.sub(r"\s+", " ", re.sub(r"\b(?:copy|news agency)$", "", words.strip(" .,;:-–—_"), flags=re.I)).strip()
    if cleaned.casefold() in names:
        return names[cleaned.casefold()]
    parts = [p.strip().casefold() for p in re.split(r"[/,;&+]|\band\b", cleaned)]
    if len(parts) < 2 or not all(p in names for p in parts):
        return None
    return "; ".join(dict.fromkeys(names[p] for p in parts))


def given_outlet(outlet: str) -> tuple[str | None, str | None]:
    """Outlet and agency from a name as users write it: "HeraldNet (AP)" is outlet HeraldNet with AP's report, and
    "SANA (All News Today)" SANA's report at All News Today. A bracket that names neither stays part of the outlet."""
    m = re.fullmatch(r"\s*(.+?)\s*\(([^()]+)\)\s*", outlet)
    if not m:
        return outlet.strip() or None, None
    outer, inner = m[1], m[2].strip()
    if agency := agency_named(inner):
        return outer, agency
    if agency := agency_named(outer):
        return re.sub(r"\s+copy$", "", inner), agency
    return outlet.strip(), None


_WORD = r"[^\W\d_a-zß-ÿ][\w'’.-]*"
_PART = rf"(?:{_WORD}|of|the|al|el|de|du|la)"
_PLACE = re.compile(rf"{_PART}(?:[ /-]{_PART}){{0,4}}(?:\s?\({_WORD}\))?(?:,\s?{_WORD}(?:\s{_WORD}){{0,2}})?")
_DASH = r"(?:\s+[-–—_]{1,2}(?=\s)|\s?[–—]{1,2}|\s?--|:(?=\s))"
_ENDS = re.compile(
    rf"[.,]?\s*(?:\((?P<credit>[^()\n]{{2,40}})\)|/(?P<slashed>[^/\n]{{2,30}})/\.?)(?P<dash>{_DASH})?|(?P<bare>{_DASH})"
)
_SHORT_REGION = re.compile(r",\s?[^\W\d_]{1,5}\.$")  # "ADRIAN, Mich."
# How far a dateline may reach: place, region, day and a long agency name.
_LONGEST = 110
# Words that open a line with a dash or colon, or stand before a day, and are no places.
_NO_PLACE = frozenset({
    "AFTER", "ANALYSIS", "BEFORE", "BREAKING", "BY", "CORRECTION", "EDITORIAL", "EXCLUSIVE", "EXPLAINER", "FACTBOX",
    "FILE", "FRIDAY", "FROM", "IN", "ISIL", "ISIS", "LAST", "LIVE", "MONDAY", "MORE", "NATO", "NEWS", "NOTE", "ON",
    "OPCW", "OPINION", "PHOTO", "PHOTOS", "READ", "RELATED", "REVIEW", "SATURDAY", "SINCE", "STORY", "SUNDAY", "TEXT",
    "THURSDAY", "TODAY", "TUESDAY", "UNHCR", "UNICEF", "UNRWA", "UNTIL", "UPDATE", "UPDATED", "URGENT", "VIDEO",
    "WARNING", "WATCH", "WEDNESDAY", "WITNESS",
})  # fmt: skip


def dateline(line: str) -> Dateline | None:
    """The dateline and credit at the beginning of a sentence, else None.

    Read are "WASHINGTON (AP) —", "MOSCOW, April 2. /TASS/.", "Damascus, Sept. 17 (Xinhua) -", "(CNN) —", "MOSUL, Iraq -",
    "HONG KONG:", "Damascus, SANA -". A bracketed name that is no agency is the outlet's own credit. Without any
    credit or day the place must be in capitals: an ordinary sentence can hold a dash as well.
    """
    for m in _ENDS.finditer(line, 0, _LONGEST):
        before = line[: m.start()]
        closing = closing_day(before)
        at, day = closing or (len(before), None)
        place = before[:at].rstrip(" ,.-–")
        words = before.rstrip(" ,.") if closing else place + "." * bool(_SHORT_REGION.search(line[: len(place) + 1]))
        agency = outlet = None
        if place and (not _PLACE.fullmatch(place) or _NO_PLACE.intersection(re.findall(r"\w+", place.upper()))):
            if m["bare"]:
                return None
            continue
        if m["bare"]:
            agency = _behind_comma(place)
            if agency:
                words = place = place.rpartition(",")[0]
            elif not place or not (closing or _capitals(place)):
                return None
        elif m["dash"] and place and (inner := closing_day(m["credit"] or "")) and inner[0] == 0:
            at = m.start("credit")  # "FRANKLIN (Feb. 4, 2014) –": the bracket holds the day
            day = inner[1] and replace(inner[1], start=inner[1].start + at, end=inner[1].end + at)
            words = line[: m.end("credit") + 1]
        elif m["slashed"] or m["dash"]:
            agency = agency_named(m["slashed"] or m["credit"])
            outlet = _self_credit(m["credit"], alone=not place) if m["credit"] and not agency else None
            if not (agency or outlet):
                continue
        else:
            continue
        end = len(line) - len(line[m.end() :].lstrip(" .-–—_"))
        return Dateline((0, len(words)) if words else None, day, agency, outlet, end) if len(line[end:].split()) >= 3 else None
    return None


def _behind_comma(place: str) -> str | None:
    """The agency of "Damascus, SANA -". Two letters are a state ("ERIE, Pa. -"), and an acronym comes in capitals."""
    named = place.rpartition(",")[2].strip() if "," in place else ""
    return agency_named(named) if len(named) > 2 and (named.isupper() or len(named) > 4) else None


def _self_credit(credit: str, *, alone: bool) -> str | None:
    """An outlet that credits itself: short, no sentence, and beside a place in capitals of its own ("RICHMOND (CBS SF) —")."""
    named = re.fullmatch(r"[^\W\d_][\w.&' ]{1,29}", credit) and len(credit.split()) <= 4
    return credit.strip() if named and credit[0].isupper() and (alone or (credit.upper() == credit and len(credit) > 2)) else None


def _capitals(place: str) -> bool:
    """Whether the place is set in capitals, up to its region ("MOSUL, Iraq"); acronyms of three letters do not count."""
    first = place.partition(",")[0]
    return first == first.upper() and any(len(w) >= 4 for w in re.findall(r"[^\W\d_]+", first))


_BY = re.compile(r"(?:by|written by|reported by|story by|from)\s*:?\s+(?=[^\W\d_])", re.I)
_NAMED = r"[^\W\d_a-zß-ÿ](?:\w?\w?\.|[\w'’-]*)"
_NAME = rf"(?:{_NAMED}\s+)(?:(?:{_NAMED}|al|el|bin|ibn|de|del|der|di|du|la|van|von|ter)\s+){{0,3}}{_NAMED}"
_NAMES = re.compile(rf"{_NAME}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s*;\s*){_NAME})*")
_AFTER_NAMES = re.compile(r"(?:\s*[,|/•·(–—-]\s*|\s+(?:for|in|at|of)\s+|\s+)(?P<rest>.{2,60})")


def byline(line: str) -> tuple[Offsets | None, str | None] | None:
    """Names and agency of a byline ("By Ann Ray and Bo Li, Reuters"): offsets of the names in the line, the agency; else None."""
    by = _BY.match(line)
    if not by or len(line) > 150:
        return None
    rest = line[by.end() :].rstrip()
    if agency := agency_named(rest):
        return None, agency
    if by[0].casefold().startswith("from"):
        return None
    m = _NAMES.match(rest)
    if not m or rest.endswith((".", "?", "!")):
        return None
    tail = _AFTER_NAMES.fullmatch(rest, m.end())
    if m.end() < len(rest) and not (tail and not re.search(r"\b(?:said|says|killed|was|were|is|are|has|have|had)\b", tail[0])):
        return None
    agency, end = agency_named(tail["rest"]) if tail else None, m.end()
    for last in re.finditer(r"[\s,]+(?=\S+(?:\s+\S+){0,2}$)", rest[:end]):  # "By Ann Ray Associated Press"
        if named := agency_named(rest[last.end() : end]):
            agency, end = named, last.start()
            break
    return (by.end(), by.end() + end), agency


_BRACKETED = re.compile(r"\(([^\W\d_][\w/.&,'’ -]{1,40})\)")
_SOURCED = re.compile(r"(?:source|sources|via|credit)\s*:\s*(.{2,60})", re.I)
_OWNED = re.compile(r"(?:copyright|©|\(c\))[\s©(c)0-9,–-]*(?:by\s+)?([^.,]{2,50})", re.I)


def credit_line(line: str) -> tuple[str | None, str | None] | None:
    """Outlet and agency of a line that is a credit and nothing else ("(DW)", "Source: Xinhua", "- Reuters"); else None."""
    line = line.strip()
    bracket, sourced = _BRACKETED.fullmatch(line), _SOURCED.fullmatch(line)
    words = bracket[1] if bracket else sourced[1] if sourced else line
    if len(words) <= 50 and (agency := agency_named(words)):
        return None, agency
    if bracket and len(words.split()) <= 3 and words.upper() == words:
        return words, None
    return (None, None) if sourced and len(words.split()) <= 6 else None


def owner_agency(line: str) -> str | None:
    """The agency a copyright line names as owner ("Copyright © The Associated Press."), else None."""
    m = _OWNED.match(line.strip(" ("))
    return agency_named(m[1]) if m else None
