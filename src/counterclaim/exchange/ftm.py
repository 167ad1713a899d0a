"""A case as FollowTheMoney entities, a line each: reports, incidents, who speaks or is accused, every claim with its proof."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from counterclaim.exchange import iris
from counterclaim.exchange.export import Export, Piece
from counterclaim.exchange.numbers import said_number, said_range
from counterclaim.records import Act, Actor, ActorKind, Contest, Position, ReadReport, Ref, Span, Toll

_SCHEMAS: Mapping[ActorKind, str] = {
    "person": "Person", "state": "PublicBody", "organ": "PublicBody", "armed group": "Organization", "monitor": "Organization",
    "agency": "Organization", "organisation": "Organization",
}  # fmt: skip
"""What kind of entity an actor is; all others are a LegalEntity, of which nothing more is said. "People" (residents, doctors) are
nobody in particular and no entity."""

_DOES: Mapping[Act, str] = {
    "blame": "accuses", "denial": "denies", "admission": "admits", "justification": "justifies", "investigation": "on an inquiry",
    "demand": "demands of", "regret": "regrets", "damage": "on damage", "uncertainty": "is not sure", "other": "says",
    "figure": "says",
}  # fmt: skip
_LANGUAGES: Mapping[str, str] = {
    "ar": "ara", "az": "aze", "bn": "ben", "de": "deu", "en": "eng", "es": "spa", "fa": "fas", "fr": "fra", "he": "heb",
    "hi": "hin", "hy": "hye", "it": "ita", "ka": "kat", "ku": "kur", "my": "mya", "nl": "nld", "pl": "pol", "ps": "pus",
    "pt": "por", "ro": "ron", "ru": "rus", "so": "som", "sw": "swa", "tr": "tur", "uk": "ukr", "ur": "urd", "zh": "zho",
}  # fmt: skip
"""ISO 639-1 to 639-3, which is what FollowTheMoney takes; of another language it is only said in the notes."""
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def write(export: Export) -> Iterator[Piece]:
    """The entities: those that others point at come first.

    What somebody claims is a link (`UnknownLink`) between who says it and the incident, its `role` the claim, its `summary` the
    sentence, its `proof` the report; where nobody is named, a `Note` on the incident. Nothing in it says that it is so: `status`
    says whether anybody checked that it was said. A person whose name is masked is no entity.
    """
    told = _Entities(export)
    for read in export.reports.values():
        yield from told.article(read)
    yield from told.actors()
    for contest in export.contests:
        yield from told.event(contest)
        for toll in contest.tolls:
            yield from told.toll(contest, toll)
        for position in contest.positions:
            yield from told.position(contest, position)


class _Entities:
    """The entities of one export; who is whom is looked up once."""

    def __init__(self, export: Export) -> None:
        self.export = export
        self.shown = dict(export.linkage.names)
        self.found: defaultdict[str, list[tuple[ReadReport, Actor]]] = defaultdict(list)
        for read in export.reports.values():
            for actor in read.reading.actors:
                if actor.kind != "people" and actor.mentions:
                    self.found[self.shown.get(actor.name, actor.name)].append((read, actor))
        self.named = {name for name in self.found if export.masks(name) == name}

    def article(self, read: ReadReport) -> Iterator[Piece]:
        report, export = read.report, self.export
        source = export.evidence.sources.get(report.id)
        yield _entity(
            _id("report", report.id), "Article", title=export.text(report.title), publisher=export.outlet(report),
            sourceUrl=export.address(report.url), publishedAt=_date(report.published.value if report.published else None),
            author=export.text(report.byline), language=_LANGUAGES.get(report.language or ""),
            retrievedAt=source.received[:19] if source else None,  # in UTC, which FollowTheMoney takes for granted
            notes=(f"SHA-256 of the capture: {report.capture}", report.not_read, f"language: {report.language or 'unknown'}"),
            keywords=iris.report(report.id),
            bodyText=export.masks(report.text) if export.audience.texts else None,
        )  # fmt: skip

    def actors(self) -> Iterator[Piece]:
        for name in sorted(self.named):
            held = self.found[name]
            kinds = [actor.kind for _, actor in held]
            schema = _SCHEMAS.get(max(sorted(set(kinds)), key=kinds.count), "LegalEntity")
            told = {alias for _, actor in held for alias in (actor.name, *actor.aliases) if self.export.masks(alias) == alias}
            aliases = {alias for alias in told - {name} if _is_name(alias, name, schema)}
            roles = {actor.role for _, actor in held if actor.role and schema == "Person"}
            yield _entity(
                self.actor(name), schema, name=name, alias=sorted(aliases), position=sorted(map(self.export.text, roles)),
                proof=sorted({_id("report", read.report.id) for read, _ in held}),
            )  # fmt: skip
            for id in sorted({read.report.id for read, _ in held}):
                yield _entity(
                    _id("mention", id, name), "Mention", document=_id("report", id), name=name, resolved=self.actor(name),
                    detectedSchema=schema,
                )  # fmt: skip

    def event(self, contest: Contest) -> Iterator[Piece]:
        incident, export = contest.incident, self.export
        place, date = export.place(incident), incident.date
        address = _id("place", incident.id) if place and place.lat is not None else None
        if address and place:
            yield _entity(
                address, "Address", full=export.text(place.name), country=_lower(place.country), latitude=str(place.lat),
                longitude=str(place.lon), remarks=f"precision: {place.precision}",
            )  # fmt: skip
        ranges = [
            f"{r.kind}: {r.harm}, {r.victims}, {r.scope}: {said_range(r.low, r.high)}"
            for r in contest.ranges
            if r.kind in ("all said", "standing")
        ]
        yield _entity(
            self.incident(contest), "Event", name=export.title_of(incident), startDate=_date(date.start if date else None),
            endDate=_date(date.end if date else None), location=export.text(place.name) if place else None,
            country=_lower(place.country) if place else None, addressEntity=address, recordId=incident.id,
            summary=f"What {contest.count.reports} reports claim; {export.verified(incident.id)}. {contest.count.rule}",
            notes=ranges, proof=[_id("report", id) for id in contest.reports],
        )  # fmt: skip

    def toll(self, contest: Contest, toll: Toll) -> Iterator[Piece]:
        number = said_number(toll.low, toll.high, toll.qualifier, toll.words)
        claim = f"says {toll.harm} ({toll.victims}, {toll.scope}): {number}"
        whose = toll.speaker or toll.outlet
        yield from self.claim(contest, whose, claim, toll.said, (toll.sentence,), (toll.ref,), toll.chain)

    def position(self, contest: Contest, position: Position) -> Iterator[Piece]:
        whom = f" {position.target}" if position.target and position.stance in ("blame", "demand") else ""
        claim = f"{_DOES[position.stance]}{whom} ({position.question})"
        yield from self.claim(
            contest, position.actor, claim, position.said, position.sentences, position.statements, position.chain
        )

    def claim(
        self, contest: Contest, whose: str | None, claim: str, said: str | None, sentences: Sequence[Span],
        on: Sequence[Ref], chain: Sequence[str],
    ) -> Iterator[Piece]:  # fmt: skip
        """One claim: a link for each named speaker, else a note."""
        export, incident = self.export, self.incident(contest)
        speakers = [name for name in (whose or "").split("; ") if name in self.named]
        summary = [export.quote(span.quote) for span in sentences]
        proof = sorted({_id("report", span.report) for span in sentences})
        through = f", through {' and '.join(chain)}" if chain else ""
        key = (contest.incident.id, claim, *(f"{span.report} {span.start}" for span in sentences))
        for name in speakers:
            yield _entity(
                _id("claim", name, *key), "UnknownLink", subject=self.actor(name), object=incident,
                role=export.text(claim + through), date=_date(said), status=export.verified(*on), summary=summary, proof=proof,
            )  # fmt: skip
        if not speakers:
            by = export.text(whose) or "the outlet itself"
            yield _entity(
                _id("claim", by, *key), "Note", name=f"{by}: {export.text(claim + through)}", entity=incident,
                description=summary, summary=export.verified(*on), proof=proof,
            )  # fmt: skip

    def actor(self, name: str) -> str:
        return _id("actor", name)

    def incident(self, contest: Contest) -> str:
        return _id("incident", contest.incident.id)


def _entity(id: str, schema: str, **properties: str | Sequence[str | None] | None) -> Piece:
    held: dict[str, list[str]] = {}
    for name, given in properties.items():
        values = [value for value in ((given,) if isinstance(given, str | None) else given) if value]
        if values:
            held[name] = list(dict.fromkeys(values))
    line: dict[str, Any] = {"id": id, "schema": schema, "properties": held}
    return (json.dumps(line, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace"), 1


def _id(*parts: str) -> str:
    """The same for the same thing in every export of every case, so that entities of two cases meet."""
    return f"counterclaim-{parts[0]}-{sha256(chr(0).join(parts).encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"


def _is_name(alias: str, name: str, schema: str) -> bool:
    """Whether somebody is called so beyond one text: not "he", "the ministry", "Moscow's" or "the man in the car"."""
    if "," in alias or alias.endswith(("'s", "’s")):
        return False
    if schema == "Person" and {w.casefold() for w in alias.split()}.isdisjoint(w.casefold() for w in name.split()):
        return False
    return not alias.islower() and alias.split()[0].casefold() not in ("the", "a", "an", "he", "she", "they", "it", "we", "i")


def _date(edtf: str | None) -> str | None:
    """A year, month or day; None where any of that is not known."""
    return edtf if edtf and _DATE.fullmatch(edtf) else None


def _lower(country: str | None) -> str | None:
    return country.lower() if country else None
