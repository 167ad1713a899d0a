"""Incidents in the shape of Airwars' records: civilian harm, its grading, and what each accused party says to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from counterclaim.exchange.export import Export
from counterclaim.exchange.incidents import STATUS, checked_of, hashes_of, reports_of, status_of, toll_range
from counterclaim.exchange.tables import Cell, Column, Table, joined
from counterclaim.records import Act, Aspect, Conceded, Contest, Harm, Place, PlacePrecision, Position, Victims

BLOCKS = 3
"""Parties that have columns of their own: of 4,337 of that recorder's incidents in Syria none names more, and 2 name as many. All
are named in `belligerents`."""

_POSITIONS: dict[Act, str] = {
    "admission": "accepts", "denial": "denies", "justification": "justifies", "regret": "regrets",
    "investigation": "investigates", "uncertainty": "leaves open",
}  # fmt: skip
_HEAVY, _SMALL = "Heavy weapons and explosive munitions", "Small arms and light weapons"
_PLANTED = "Planted explosives and unexploded ordnance (UXO)"
_OWN = ("responsibility", "occurrence", "intent", "object", "investigation", "regret", "toll")
"""The questions on which a party's own part is what it speaks of."""

_ACCURACY: dict[PlacePrecision, str] = {
    "exact": "exact_location", "neighbourhood": "neighbourhood", "city": "city", "near": "within 10 km", "region": "governorate",
    "country": "country",
}  # fmt: skip


def _when(position: Position) -> str:
    """The order in which positions were taken, what has no date before all that has one."""
    return position.said or ""


@dataclass(frozen=True, slots=True)
class Party:
    """An accused party: its name, the positions it takes on its own part, what it concedes, and whether it says itself that it
    struck."""

    name: str
    positions: tuple[Position, ...]
    conceded: tuple[Conceded, ...]

    @property
    def declared(self) -> bool:
        """Whether it says itself that it made the attack."""
        return any(p.stance in ("admission", "justification") and p.about != "another's part" for p in self.positions)


def parties_of(export: Export, contest: Contest) -> tuple[Party, ...]:
    """The accused parties, those who speak for themselves first, and parties that concede something without being accused.

    Names of one side are one party: the body that is accused by name speaks where its ministry or its spokesman does.
    """
    sides: dict[str, list[str]] = {}
    for name in (*contest.accused, *(conceded.party for conceded in contest.conceded)):
        sides.setdefault(export.side_of(name) or name, []).append(name)
    found = []
    for side, names in sides.items():
        shown = side if side in names else names[0]
        held = tuple(
            p for p in contest.positions
            if p.question in _OWN and p.stance in _POSITIONS and p.about != "another's part"
            and side in (*(p.side or "").split("; "), p.actor, p.affiliation)
        )  # fmt: skip
        found.append(Party(shown, tuple(sorted(held, key=_when)), tuple(c for c in contest.conceded if c.party == side)))
    return tuple(sorted(found, key=lambda party: not party.positions))


def _rows(export: Export) -> Iterator[Contest]:
    for contest in export.incidents:
        if contest.tolls or contest.positions:
            yield contest


_CLASSES: dict[str, tuple[Harm, tuple[Victims, ...]]] = {
    "killed": ("killed", ("unspecified",)), "injured": ("injured", ("unspecified",)),
    "civilians_killed": ("killed", ("civilians",)), "civilians_injured": ("injured", ("civilians",)),
    "combatants_killed": ("killed", ("military", "militants")), "children": ("killed", ("children",)),
    "women": ("killed", ("women",)), "men": ("killed", ("men",)),
}  # fmt: skip


def _summed(name: str, end: str, export: Export, contest: Contest) -> int | None:
    """One end of a range: as the profile that was asked for sums it up, else by each speaker's latest number."""
    harm, classes = _CLASSES[name]
    if export.summaries:
        summed = export.summaries.get(contest.incident.id, {}).get(name)
        return (summed.low if end == "min" else summed.high) if summed else None
    held = [found for victims in classes if (found := toll_range(contest, harm, victims)) is not None]
    numbers = [number for one in held if (number := one.low if end == "min" else one.high) is not None]
    return (min if end == "min" else max)(numbers) if numbers else None


def _toll(column: str, name: str, what: str) -> tuple[Column[Contest], Column[Contest]]:
    return (
        Column(
            f"{column}_min", "integer", f"{what}, the lowest number; empty where none is said.", partial(_summed, name, "min")
        ),
        Column(f"{column}_max", "integer", f"{what}, the highest number.", partial(_summed, name, "max")),
    )


def _grading(export: Export, contest: Contest) -> str | None:
    """The latest grading on that recorder's scale; "differs" with all of them where two people's latest are not the same."""
    given = [g.assessment for g in export.gradings.get(contest.incident.id, ()) if g.assessment.scale == "airwars"]
    grades = {assessment.grade for assessment in given}
    if len(grades) > 1:
        return "differs: " + ", ".join(f"{one.grade.capitalize()} ({export.signer(one.user)})" for one in given)
    return given[-1].grade.capitalize() if given else None


def _strike(export: Export, contest: Contest) -> str | None:
    """Airwars' strike status, as far as it is only about who said what."""
    parties = parties_of(export, contest)
    if any(party.declared for party in parties):
        return "Declared strike"
    if len(parties) > 1:
        return "Contested strike"
    return "Single source claim" if contest.count.voices == 1 else None


def _at(field: str) -> Callable[[Export, Contest], Cell]:
    def value(export: Export, contest: Contest) -> str | float | None:
        place: Place | None = export.place(contest.incident)
        found: str | float | None = getattr(place, field) if place else None
        return found

    return value


def _accuracy(export: Export, contest: Contest) -> str | None:
    place = export.place(contest.incident)
    return _ACCURACY.get(place.precision) if place else None


_TERMS = {
    "airstrike": "Airstrike", "drone strike": "Drone Strike", "shelling": "Artillery", "missile or rocket attack": "Artillery",
    "ground attack": "Ground operation", "shooting": "Small arms and light weapons", "naval attack": "Naval bombardment",
    "hospital": "Healthcare", "school": "Education", "place of worship": "Religious", "homes": "Residential", "market": "Market",
    "building": "Building", "camp": "IDP or Refugee Camp", "aid workers' premises": "Humanitarian", "firearm": _SMALL,
    "bomb": _HEAVY, "barrel bomb": _HEAVY, "cluster munition": _HEAVY, "missile": _HEAVY, "rocket": _HEAVY,
    "artillery shell": _HEAVY, "incendiary": _HEAVY, "grenade": _HEAVY, "mine": _PLANTED, "improvised explosive": _PLANTED,
    "car bomb": _PLANTED, "suicide bomb": _PLANTED, "chemical agent": "Chemical, Biological, Radiological, Nuclear (CBRN)",
}  # fmt: skip
"""Kinds of what was hit, with what and how, in that recorder's terms; a kind without one is told in its own word."""


def _told(aspect: Aspect) -> Callable[[Export, Contest], Cell]:
    """What was hit, with what, or how, as anybody says; with a question mark where somebody denies or doubts it."""

    def value(_: Export, contest: Contest) -> str | None:
        told = [d for d in contest.described if d.aspect == aspect and d.holders]
        sure = {_TERMS.get(d.kind, d.kind.capitalize()) for d in told if not (d.deniers or d.doubters)}
        terms = (_TERMS.get(d.kind, d.kind.capitalize()) for d in told)
        return joined(term if term in sure else f"{term}?" for term in terms)

    return value


def _block(n: int) -> Iterator[Column[Contest]]:
    """The columns of the n-th accused party, from 0."""

    def party(export: Export, contest: Contest) -> Party | None:
        found = parties_of(export, contest)
        return found[n] if n < len(found) else None

    def of(get: Callable[[Export, Party], Cell]) -> Callable[[Export, Contest], Cell]:
        def value(export: Export, contest: Contest) -> Cell:
            found = party(export, contest)
            return get(export, found) if found else None

        return value

    head = f"belligerent_{n + 1}"
    yield Column(head, "text", "An accused party." if n == 0 else "As above.", of(lambda _, p: p.name))
    yield Column(f"{head}_role", "word", "“known” where it says itself that it struck, else “suspected”.",
                 of(lambda _, p: "known" if p.declared else "suspected"))  # fmt: skip
    yield Column(f"{head}_position", "word", "What it does, in the order in which it first did: " + ", ".join(_POSITIONS.values())
                 + "; with the day, as far as that is known. Empty where it is not heard in these reports.",
                 of(_taken))  # fmt: skip
    yield Column(f"{head}_statement", "quote", "Its latest statement on its own part, in the report's words.",
                 of(lambda _, p: p.positions[-1].sentences[0].quote if p.positions else None))  # fmt: skip
    yield Column(f"{head}_statement_date", "date", "When it was said (EDTF).",
                 of(lambda _, p: p.positions[-1].said if p.positions else None))  # fmt: skip
    yield Column(f"{head}_statements", "id", "All its statements on its own part (see claims.csv).",
                 of(lambda export, p: joined(export.ref(ref) for q in p.positions for ref in q.statements)))  # fmt: skip
    for harm, what in (("killed", "deaths"), ("injured", "injuries")):
        yield Column(f"{head}_{what}_conceded_min", "integer", f"The lowest number of {harm} that it gives itself, fighters left "
                     "out.", of(partial(_conceded, harm, "low")))  # type: ignore[arg-type]  # fmt: skip
        yield Column(f"{head}_{what}_conceded_max", "integer", "The highest.",
                     of(partial(_conceded, harm, "high")))  # type: ignore[arg-type]  # fmt: skip


def _taken(_: Export, party: Party) -> str | None:
    first: dict[str, str] = {}
    for position in party.positions:
        word = _POSITIONS[position.stance]
        first.setdefault(word, f"{word} ({position.said})" if position.said else word)
    return joined(first.values())


def _conceded(harm: Harm, end: str, _: Export, party: Party) -> int | None:
    """The lowest or highest number over everyone that a party concedes; over classes where it names no whole."""
    given = [c for c in party.conceded if c.harm == harm]
    whole = [c for c in given if c.victims in ("unspecified", "civilians")] or given
    numbers = [number for c in whole if (number := getattr(c, end)) is not None]
    return (min if end == "low" else max)(numbers) if numbers else None


TABLE = Table[Contest](
    name="airwars",
    meaning="A row is an incident. Numbers are each speaker's latest, lowest and highest; with `--profile airwars` they are "
    "summed up report by report by that recorder's published values (“dozens” is 12 to 24). The grading is a person's; nobody's "
    "is made up.",
    key="code",
    rows=_rows,
    columns=(
        Column("code", "id", "The incident's id in the case.", lambda _, c: c.incident.id),
        Column("date", "date", "The day, or the first that it may have been (EDTF; XXXX where the year is not known).",
               lambda _, c: c.incident.date.start if c.incident.date else None),
        Column("date_end", "date", "The last day, where it is another.",
               lambda _, c: d.end if (d := c.incident.date) and d.end != d.start else None),
        Column("location", "text", "Where it was, as closely as the audience may be told.", _at("name")),
        Column("lat", "number", "Degrees north (WGS 84).", _at("lat")),
        Column("lon", "number", "Degrees east.", _at("lon")),
        Column("geolocation_accuracy", "word", "How closely: " + ", ".join(_ACCURACY.values()) + ".", _accuracy),
        Column("country", "id", "The country (ISO 3166 alpha-2).", _at("country")),
        *_toll("civilians_killed", "civilians_killed", "Civilians reported killed"),
        *_toll("children_killed", "children", "Children among the killed"),
        *_toll("women_killed", "women", "Women among the killed"),
        *_toll("men_killed", "men", "Men among the killed"),
        *_toll("civilians_injured", "civilians_injured", "Civilians reported injured"),
        *_toll("combatants_killed", "combatants_killed", "Fighters and soldiers reported killed"),
        *_toll("killed", "killed", "Everyone reported killed, whoever they were"),
        *_toll("injured", "injured", "Everyone reported injured"),
        Column("grading", "word", "A person's grading on that scale: Confirmed, Fair, Weak, Contested, Discounted; empty until "
               "somebody graded it, “differs: …” where people do.", _grading),
        Column("strike_status", "word", "Declared strike (a party says itself that it struck), Contested strike (several are "
               "accused), Single source claim (one voice), else empty.", _strike),
        Column("strike_type", "word", "What kind of attack, as said; a question mark where somebody denies or doubts it.",
               _told("strike")),
        Column("cause", "word", "With which weapon, as said.", _told("weapon")),
        Column("infrastructure", "word", "What was hit, as said.", _told("hit")),
        Column("belligerents", "text", "Those whom the reports say to have done it, or who say so themselves.",
               lambda export, c: joined(party.name for party in parties_of(export, c))),
        *(column for n in range(BLOCKS) for column in _block(n)),
        Column("voices", "integer", "Independent speakers behind it.", lambda _, c: c.count.voices),
        Column("status", "word", STATUS, status_of),
        Column("checked", "word", "How many of its figures and positions people decided on, of how many.", checked_of),
        Column("reports", "id", "The ids of the reports that tell of it.", lambda _, c: reports_of(c)),
        Column("sha256", "id", "The hashes of what they were read from.", hashes_of),
    ),
)  # fmt: skip
