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
    source = re.sub(r"\s+copy$", "", inner)
    if agency := agency_named(inner):
        return outer, agency
    if agency := agency_named(outer):
        return source, agency
    return (outer, source) if source != inner else (outlet.strip(), None)


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
# Words in capitals that open a line with a dash or colon and are no places.
_NO_PLACE = frozenset({
    "ANALYSIS", "BREAKING", "CORRECTION", "EDITORIAL", "EXCLUSIVE", "EXPLAINER", "FACTBOX", "FILE", "ISIL", "ISIS",
    "LIVE", "MORE", "NATO", "NEWS", "NOTE", "OPCW", "OPINION", "PHOTO", "PHOTOS", "READ", "RELATED", "REVIEW",
    "STORY", "TEXT", "UNHCR", "UNICEF", "UNRWA", "UPDATE", "UPDATED", "URGENT", "VIDEO", "WARNING", "WATCH",
    "WITNESS",
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
        at, day = closing if closing else (len(before), None)
        place = before[:at].rstrip(" ,.-–")
        credit = m["credit"] or m["slashed"]
        if place and not _PLACE.fullmatch(place):
            if credit:
                continue
            return None
        if credit and m["dash"] and place and _capitals(place, colon=False) and (inner := closing_day(credit)) and inner[0] == 0:
            shift = m.start("credit")  # "FRANKLIN (Feb. 4, 2014) –": the bracket holds the day
            named_day = inner[1] and replace(inner[1], start=inner[1].start + shift, end=inner[1].end + shift)
            return Dateline((0, m.end("credit") + 1), named_day, None, None, _sentence(line, m.end()))
        agency = agency_named(credit) if credit else None
        outlet = None
        if credit:
            if not (m["dash"] or m["slashed"]) or (m["slashed"] and not agency):
                continue
            if not agency:
                outlet = _self_credit(credit, alone=not place)
                if not outlet:
                    continue
        elif not place:
            return None
        elif "," in place and (named := agency_named(place.rpartition(",")[2])):
            place, agency = place.rpartition(",")[0], named
        elif not (closing and (place[0].isupper())) and not _capitals(place, colon=m["bare"] == ":"):
            return None
        words = before.rstrip(" ,.") if closing else place + "." * bool(_SHORT_REGION.search(before[: len(place) + 1]))
        end = _sentence(line, m.end())
        if len(line[end:].split()) < 3:
            return None
        return Dateline((0, len(words)) if words else None, day, agency, outlet, end)
    return None


def _sentence(line: str, at: int) -> int:
    return len(line) - len(line[at:].lstrip(" .-–—_"))


def _self_credit(credit: str, *, alone: bool) -> str | None:
    """An outlet that credits itself: short, no sentence, and beside a place in capitals of its own ("RICHMOND (CBS SF) —")."""
    named = re.fullmatch(r"[^\W\d_][\w.&' ]{1,29}", credit) and len(credit.split()) <= 4
    return credit.strip() if named and credit[0].isupper() and (alone or (credit.upper() == credit and len(credit) > 2)) else None


def _capitals(place: str, *, colon: bool) -> bool:
    first, _, rest = place.partition(",")
    words = re.findall(r"[^\W\d_]+", first)
    if not words or (colon and rest and not rest.strip()[0].isupper()):
        return False
    return first == first.upper() and any(len(w) >= 4 for w in words)


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
