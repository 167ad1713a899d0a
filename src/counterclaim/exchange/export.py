"""What a format is given: everything of a case that may leave it for one audience, and the words that a file is made of."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from counterclaim.exchange.audiences import AUDIENCES, Audience, Coarseness, coarsened, tenth
from counterclaim.exchange.masking import Masks
from counterclaim.records import (
    NO_EVIDENCE,
    Contest,
    CopyLink,
    Evidence,
    FigureRef,
    Graded,
    Incident,
    IncidentRef,
    Linkage,
    Place,
    Range,
    ReadReport,
    Ref,
    Report,
    Run,
    Span,
    Standing,
    View,
)  # fmt: skip

NOT_VERIFIED = "machine-extracted, not verified"
"""What a row carries as long as nobody looked at it."""

_SHORT = 12
"""Signs of a report's id that tell it from others nearly always; where they do not it is given whole."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+")
"""Line ends and what else moves the cursor or turns the direction of a line around."""
_SOCIAL = re.compile(
    r"(?:^|\.)(?:twitter|x|facebook|instagram|tiktok|youtube|threads|vk|ok|telegram|bsky|mastodon)\.(?:com|me|ru|org|app|social)$"
    r"|(?:^|\.)(?:t|fb)\.me$|(?:^|\.)youtu\.be$"
)
"""Hosts whose addresses name whose account it is."""


def _unknown(place: Place) -> Place | None:
    """Where no place index is at hand: it is not known in what a place lies."""
    return None


@dataclass(frozen=True, slots=True)
class Earlier:
    """An export that was made before: when (ISO 8601), by whom, as what, for whom, how many rows, the SHA-256 of its file."""

    made: str
    user: str
    format: str
    audience: str
    rows: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Export:
    """What is taken out of a case, for one audience.

    `view` holds the reports as people corrected them, what links them, the decisions and the gradings; `contests` the incidents
    laid out (aggregates such as a month's total among them); `evidence` where the reports come from; `runs` the machine's passes,
    `earlier` the exports made before and `rules` those that the contests were made by, in words, by name. `region_of` and
    `country_of` give the first-order division and the country that a place lies in. `summaries` gives by incident what all its
    reports together say of those harmed, as a recorder's profile reads vague words: lowest and highest by name
    ("civilians_killed" ...), nothing where none was asked for. `left_out` says in words what stays behind and why (incidents too
    young, say). `made` is the time of the export (ISO 8601, UTC), `made_with` the program with its version.

    What leaves goes through `text`, `quote`, `outlet`, `address`, `signer`, `title_of`, `place` and `point`, which know
    the audience: a format that writes a value of a record as it stands shows what should stay behind.
    """

    title: str
    view: View
    contests: Sequence[Contest]
    audience: Audience = AUDIENCES["internal"]
    masks: Masks = field(default_factory=Masks)
    evidence: Evidence = NO_EVIDENCE
    runs: Sequence[Run] = ()
    earlier: Sequence[Earlier] = ()
    rules: Mapping[str, str] = field(default_factory=dict)
    region_of: Callable[[Place], Place | None] = _unknown
    country_of: Callable[[Place], Place | None] = _unknown
    summaries: Mapping[str, Mapping[str, Range]] = field(default_factory=dict)
    coarseness: Coarseness | None = None
    left_out: Sequence[str] = ()
    made: str
    made_with: str

    # --- what is in it ---

    @property
    def linkage(self) -> Linkage:
        """Copies, utterances, incidents and claims."""
        return self.view.linkage

    @cached_property
    def reports(self) -> Mapping[str, ReadReport]:
        """The reports by id."""
        return {read.report.id: read for read in sorted(self.view.reports, key=lambda read: read.report.id)}

    @cached_property
    def incidents(self) -> tuple[Contest, ...]:
        """The contests of single incidents, without aggregates, by date and id."""
        return tuple(sorted((c for c in self.contests if not c.incident.aggregate), key=_by_date))

    @cached_property
    def gradings(self) -> Mapping[str, tuple[Graded, ...]]:
        """The gradings of each incident by its id, the latest of each person and scale, in the order they were made."""
        found: defaultdict[str, dict[tuple[str, str], Graded]] = defaultdict(dict)
        for graded in sorted(self.view.graded, key=lambda g: g.assessment.made):
            if graded.incident is not None:
                found[graded.incident][graded.assessment.user, graded.assessment.scale] = graded
        return {
            id: tuple(sorted(latest.values(), key=lambda g: (g.assessment.made, g.assessment.id))) for id, latest in found.items()
        }

    @cached_property
    def contest_of(self) -> Mapping[IncidentRef, Contest]:
        """The contest of the incident that each mention is of."""
        return {ref: contest for contest in self.contests for ref in contest.incident.members}

    @cached_property
    def copied_from(self) -> Mapping[str, tuple[CopyLink, ...]]:
        """What each report that is a copy was copied from, by its id."""
        found: defaultdict[str, list[CopyLink]] = defaultdict(list)
        for link in self.linkage.copies:
            found[link.copy].append(link)
        return {id: tuple(links) for id, links in found.items()}

    def ref(self, target: Ref) -> str:
        """The short reference of a fact, as the command line takes it: the beginning of its report's id, and its own."""
        what = (
            f"m{target.index}"
            if isinstance(target, IncidentRef)
            else target.figure
            if isinstance(target, FigureRef)
            else target.statement
        )
        return f"{self.short(target.report)}:{what}"

    def short(self, report: str) -> str:
        """The beginning of a report's id that tells it from the others."""
        return self._short.get(report, report)

    @cached_property
    def _short(self) -> Mapping[str, str]:
        alike = Counter(id[:_SHORT] for id in self.reports)
        return {id: id if alike[id[:_SHORT]] > 1 else id[:_SHORT] for id in self.reports}

    def name(self, speaker: str | None) -> str | None:
        """The name that is shown of a speaker, or of several joined by "; "."""
        return "; ".join(self._names.get(one, one) for one in speaker.split("; ")) if speaker else None

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return dict(self.linkage.names)

    def side_of(self, name: str) -> str | None:
        """The side that the reports give a name, the one that most give where they differ; None where none does."""
        counted = self._sides.get(name)
        return min(counted, key=lambda side: (-counted[side], side)) if counted else None

    @cached_property
    def _sides(self) -> Mapping[str, Counter[str]]:
        said: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for read in self.reports.values():
            for actor in read.reading.actors:
                for name in {self.name(one) or one for one in (actor.name, *actor.aliases)} if actor.side else ():
                    said[name][actor.side or ""] += 1
        return said

    def span(self, report: str, start: int, end: int) -> Span:
        """The span of those offsets in a report."""
        return Span.of(report, self.reports[report].report.text, start, end)

    def sentence(self, span: Span) -> Span:
        """The whole sentence that a span stands in."""
        read = self.reports[span.report]
        return self.span(span.report, *read.reading.sentence_of((span.start, span.end)))

    # --- what people made of it ---

    @cached_property
    def _standings(self) -> Mapping[Ref | str, tuple[Standing, ...]]:
        found: defaultdict[Ref | str, list[Standing]] = defaultdict(list)
        for standing in self.view.standings:
            for target in standing.on:
                found[target].append(standing)
        return {target: tuple(standings) for target, standings in found.items()}

    def verified(self, *targets: Ref | str) -> str:
        """How far people stand behind a row made of these facts, for its column `status`.

        `NOT_VERIFIED` while nobody decided on any of them, else what they decided ("accepted", "corrected", "added"),
        "disputed" where they differ, "check again" where the machine reads otherwise since. A grading does not say that a fact
        was read well.
        """
        on = [standing for target in targets for standing in self._standings.get(target, ())]
        if any(standing.state == "disputed" for standing in on):
            return "disputed"
        held = [standing for standing in on if standing.state == "in force"]
        if any(standing.outcome in ("value changed: check again", "not found: kept") for standing in held):
            return "check again"
        done = {_DONE[standing.decision.kind] for standing in held if standing.decision.kind in _DONE}
        return next((word for word in ("corrected", "added", "accepted") if word in done), NOT_VERIFIED)

    # --- the words that leave ---

    def text(self, words: str | None) -> str:
        """Words on one line without what is masked; "" for None."""
        return self.masks(" ".join(_CONTROL.sub(" ", words).split())) if words else ""

    def quote(self, words: str | None) -> str:
        """A report's own words as `text` gives them, cut at a word's end where the audience gets short quotations only."""
        shown, most = self.text(words), self.audience.quote
        if most is None or len(shown) <= most:
            return shown
        # Cut after masking: half a name would be no name that is looked for.
        return shown[: most - 1].rpartition(" ")[0].rstrip(" ,;:–—-") + "…"

    def outlet(self, report: Report) -> str:
        """Who published a report; "[account]" for a person's or channel's account where these are masked."""
        how = report.how("outlet")
        if self.audience.accounts and how is not None and how.note == "above the post":
            return "[account]"
        return self.text(report.outlet)

    def address(self, url: str | None) -> str:
        """An address; its host alone where the rest may name an account or somebody who is masked."""
        if not url:
            return ""
        parts = urlsplit(url)
        shown = _CONTROL.sub("", url)
        if self.masks.tells(shown) or (self.audience.accounts and _SOCIAL.search(parts.hostname or "")):
            return f"{parts.scheme}://{parts.hostname}/" if parts.hostname else ""
        return shown

    def signer(self, user: str) -> str:
        """Who signed something; "analyst 1" and so on where those at work are not named."""
        return f"analyst {self._signers[user]}" if self.audience.signatures else user

    @cached_property
    def _signers(self) -> Mapping[str, int]:
        made = [(s.decision.made, s.decision.user) for s in self.view.standings]
        made += [(g.assessment.made, g.assessment.user) for g in self.view.graded]
        return {user: n for n, user in enumerate(dict.fromkeys(user for _, user in sorted(made)), 1)}

    def title_of(self, incident: Incident) -> str:
        """The title of an incident; where its place is told more coarsely than to the town, with that in its name's stead."""
        place, shown = incident.place, self.place(incident)
        if place is None or shown is None or shown.name == place.name:
            return self.text(incident.title)
        return self.text(incident.title.replace(place.name, shown.name))

    def place(self, incident: Incident) -> Place | None:
        """Where an incident was, as closely as may be told."""
        place = incident.place
        if place is None:
            return None
        return coarsened(place, self.closeness, self.region_of(place), self.country_of(place))

    @property
    def closeness(self) -> Coarseness:
        """How closely points are told."""
        return self.coarseness or self.audience.coarseness

    def point(self, lat: float | None, lon: float | None) -> tuple[float | None, float | None]:
        """A point of which it is not known in what it lies, as closely as may be told; none where not even to ten kilometres."""
        how = self.closeness
        if lat is None or lon is None or how == "exact":
            return lat, lon
        return tenth(lat, lon) if how == "10km" else (None, None)

    def region(self, incident: Incident) -> Place | None:
        """The first-order division that an incident lies in; None where it is not known or more than may be told."""
        return None if incident.place is None or self.closeness == "country" else self.region_of(incident.place)


_DONE = {
    "accept": "accepted",
    "correct": "corrected",
    "add": "added",
    "move": "corrected",
    "merge": "corrected",
    "split": "corrected",
}


def _by_date(contest: Contest) -> tuple[str, str]:
    date = contest.incident.date
    return (date.start if date else "9", contest.incident.id)


Piece = tuple[bytes, int]
"""A piece of a file, and how many of its rows (or whatever it is made of) stand in it: 0 for a heading."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its `key` on the command line and in an address, what it is called and is good for, the end of its file's
    name, its media type, and what writes it in pieces."""

    key: str
    name: str
    good_for: str
    ending: str
    media: str
    write: Callable[[Export], Iterator[Piece]]
