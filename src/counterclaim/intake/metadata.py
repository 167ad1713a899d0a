"""Read what a report says about itself: title, byline, agency, outlet, dateline, publication date, address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from counterclaim.errors import InputError
from counterclaim.intake.credits import byline, credit_line, given_outlet, owner_agency
from counterclaim.intake.dates import StatedDay, announced, before_label, date_line, day_in_address, days, machine_day
from counterclaim.intake.furniture import quoted_parts
from counterclaim.intake.layout import Layout
from counterclaim.records import DateKnown, Offsets, Sourced

Place = tuple[int, int, int]
"""Where words stand: number of the line, start and end in it."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A publication date and how it is known; `words` where it stands among the lines, `note` as in `Published`."""

    value: str
    how: DateKnown
    words: Place | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a report beside its text. Unknown is None."""

    title: str | None = None
    outlet: str | None = None
    agency: str | None = None
    dateline: str | None = None
    byline: str | None = None
    published: Dated | None = None
    modified: Dated | None = None
    url: str | None = None
    known: tuple[Sourced, ...] = ()

    def over(self, other: Facts) -> Facts:
        """These facts, and the other's where these are unknown."""
        mine = {name: value for name in _VALUES if (value := getattr(self, name)) is not None}
        known = (*(k for k in self.known if k.field in mine), *(k for k in other.known if k.field not in mine))
        return replace(other, **mine, known=known)

    def by(self, how: DateKnown, note: str | None = None) -> Facts:
        """The same, said of every value that does not tell yet how it is known (dates tell by themselves)."""
        told = {k.field for k in self.known}
        untold = [f for f in _VALUES if f not in ("published", "modified") and f not in told and getattr(self, f) is not None]
        return replace(self, known=(*self.known, *(Sourced(f, how, note) for f in untold)))

    def canonical(self, page: Facts) -> Facts:
        """These facts of a container, less its address where the page names its own: the same host's, and more than its front.

        A page that names another host's address is carried there and stands here all the same.
        """
        if not (self.url and page.url):
            return self
        try:
            here, own = urlsplit(self.url), urlsplit(page.url)
            same = _host(here.hostname) == _host(own.hostname)
        except ValueError:
            return self
        if not same or own.path.strip("/") == "" != here.path.strip("/"):
            return self
        return replace(self, url=None, known=tuple(k for k in self.known if k.field != "url"))


_VALUES = ("title", "outlet", "agency", "dateline", "byline", "published", "modified", "url")


def _host(name: str | None) -> str:
    return (name or "").lower().removeprefix("www.").removeprefix("m.").removeprefix("amp.")


NOTHING = Facts()
"""Nothing is known."""


def given(source: str, published: str | None, outlet: str | None, url: str | None, title: str | None) -> Facts:
    """The facts a user gave, their outlet name taken apart ("HeraldNet (AP)"). An empty string counts as not given.

    Raises InputError naming `source` where `published` is no EDTF date (`2017-04-02`, `2017-04`, `2017`, `XXXX-04-02`)
    and no ISO time.
    """
    name, agency = given_outlet(outlet) if outlet else (None, None)
    return Facts(
        title=title.strip() or None if title else None,
        outlet=name,
        agency=agency,
        published=Dated(_edtf(source, published.strip()), "given") if published and published.strip() else None,
        url=url.strip() or None if url else None,
    ).by("given")


def _edtf(source: str, value: str) -> str:
    if re.fullmatch(r"(?:\d{4}|\d{3}X|\d\dXX|XXXX)(?:-(?:0[1-9]|1[0-2]|XX)(?:-(?:0[1-9]|[12]\d|3[01]|XX))?)?[?~%]?", value):
        return value
    day = machine_day(value)
    if not day:
        raise InputError(source, f'"published" is {value!r}, which is no date', "write it as 2017-04-02 or leave it out")
    return day


def stated(lines: Sequence[str], layout: Layout) -> Facts:
    """The facts that the lines of a report state, each read from the lines that `layout` finds for it."""
    agency = outlet = names = None
    head = layout.body if layout.body is not None else len(lines)
    for n, (line, kind) in enumerate(zip(lines, layout.kinds, strict=True)):
        if kind == "byline" and (by := byline(line)):
            names = names or (line[slice(*by[0])] if by[0] else None)
            agency = agency or by[1]
        elif kind == "credit" and (credit := credit_line(line)):
            outlet, agency = outlet or credit[0], agency or credit[1]
        elif kind == "furniture" and n > head:
            agency = agency or owner_agency(line)
    opening = layout.dateline
    dateline = None
    if opening and layout.body is not None:
        dateline = lines[layout.body][slice(*opening.words)] if opening.words else None
        agency, outlet = opening.agency or agency, outlet or opening.outlet
    return Facts(
        title=before_label(lines[layout.title].strip()) if layout.title is not None else None,
        outlet=outlet,
        agency=agency,
        dateline=dateline,
        byline=names,
        published=_published(lines, layout),
        modified=_changed(lines, layout),
    ).by("stated")


def _published(lines: Sequence[str], layout: Layout) -> Dated | None:
    """The publication day the lines state: on a line that says so, on a bare date line, in the dateline; or inferred, with the
    reason, from the day of a change alone or from what the text itself calls today."""
    head = layout.body if layout.body is not None else len(lines)
    found: list[tuple[int, StatedDay]] = []
    for n, (line, kind) in enumerate(zip(lines, layout.kinds, strict=True)):
        if kind == "date":
            # Below the story "Date – January 16th" is as often the incident's; it has to say that it was published.
            found += [(n, d) for d in date_line(line) if n < head or (d.label and not line.strip().lower().startswith("date"))]
        elif n <= head and kind in ("title", "text"):
            found += [(n, d) for d in announced(line)]
    for label in ("written", None):
        for n, d in found:
            if d.label == label:
                return _dated(lines, n, d)
    if layout.dateline and layout.dateline.day and layout.body is not None:
        return _dated(lines, layout.body, layout.dateline.day)
    for n, d in found:
        dated = _dated(lines, n, d)
        return replace(dated, how="inferred", note=f"only the day of a change is stated: {dated.note}")
    return _today(lines, layout)


def _changed(lines: Sequence[str], layout: Layout) -> Dated | None:
    """The last day on which the lines around the story say that it was changed."""
    head = layout.body if layout.body is not None else len(lines)
    found = [
        (d.value, _dated(lines, n, d))
        for n, (line, kind) in enumerate(zip(lines, layout.kinds, strict=True))
        if kind == "date" or (n <= head and kind in ("title", "text"))
        for d in (date_line(line) if kind == "date" else announced(line))
        if d.label == "changed"
    ]
    return max(found, key=lambda f: f[0])[1] if found else None


def _dated(lines: Sequence[str], n: int, day: StatedDay) -> Dated:
    return Dated(day.value, "stated", (n, day.start, day.end), f'"{lines[n].strip()[:120]}"')


_TODAY_BEFORE = re.compile(r"\btoday,?\s+(?:on\s+)?(?:\w+day,?\s+)?(?:the\s+)?$", re.I)
_TODAY_AFTER = re.compile(r"\s*(?:,\s*today\b|\(today\))", re.I)


def _today(lines: Sequence[str], layout: Layout) -> Dated | None:
    """The one day that the outlet's own words call today ("today, April 2, recalled"); a speaker's today may be another."""
    found: dict[str, Dated] = {}
    for n, (line, kind) in enumerate(zip(lines, layout.kinds, strict=True)):
        if kind != "text" or "today" not in line.casefold():
            continue
        spoken = quoted_parts(line)
        for d in days(line):
            if any(s <= d.start < e for s, e in spoken):
                continue
            if _TODAY_BEFORE.search(line, max(0, d.start - 40), d.start) or _TODAY_AFTER.match(line, d.end):
                why = f"the text calls {line[d.start : d.end]} today"
                found.setdefault(d.value, Dated(d.value, "inferred", (n, d.start, d.end), why))
    return next(iter(found.values())) if len(found) == 1 else None


# Hosts that carry what others publish: the host is not the outlet.
_CARRIERS = (
    "facebook.com", "twitter.com", "x.com", "t.me", "telegram.me", "youtube.com", "youtu.be", "instagram.com", "tiktok.com",
    "vk.com", "reddit.com", "linkedin.com", "archive.org", "archive.is", "archive.ph", "archive.today", "perma.cc",
    "google.com", "drive.google.com", "dropbox.com", "t.co", "bit.ly", "wordpress.com", "blogspot.com", "medium.com",
)  # fmt: skip
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d+\w*/(?P<address>https?://.+)", re.I)


def from_address(url: str | None) -> Facts:
    """What a web address tells: the host as outlet where the host publishes itself, and a day written as /2017/03/24/."""
    if not url:
        return Facts()
    archived = _ARCHIVED.match(url)
    address = archived["address"] if archived else url
    try:
        host = (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    carried = not host or "." not in host or host in _CARRIERS
    day = day_in_address(address)
    return Facts(
        outlet=None if carried else host,
        published=Dated(day, "metadata", note="address") if day else None,
        url=url,
    ).by("inferred", "host of the address")


def place_in_text(words: Place | None, starts: Sequence[int | None]) -> Offsets | None:
    """The offsets of `words` in a text whose lines begin at `starts` (None: that line is left out)."""
    if words is None:
        return None
    start = starts[words[0]]
    return None if start is None else (start + words[1], start + words[2])
