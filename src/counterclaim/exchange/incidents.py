"""The tables of incidents, one row each, and of how far their tolls range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counterclaim.exchange.export import NOT_VERIFIED, Export
from counterclaim.exchange.tables import Column, Kind, Table, joined
from counterclaim.records import Contest, Harm, RangeKind, Ref, TollRange, Victims


def toll_range(contest: Contest, harm: Harm, victims: Victims = "unspecified", kind: RangeKind = "standing") -> TollRange | None:
    """How far the numbers for the whole incident range; None where nobody gave one."""
    for one in contest.ranges:
        if (one.harm, one.victims, one.kind, one.scope) == (harm, victims, kind, "incident"):
            return one
    return None


def _ends(harm: Harm, victims: Victims = "unspecified", kind: RangeKind = "standing") -> tuple[Column[Contest], Column[Contest]]:
    """The columns of the lowest and the highest number."""
    who = "" if victims == "unspecified" else f"{victims}_"
    said = "_all_said" if kind == "all said" else ""
    of = f"{harm}" if victims == "unspecified" else f"{victims} {harm}"
    which = "by each speaker's latest number" if kind == "standing" else "by every number ever said"
    tag = f"#affected+{harm}" + ("" if victims == "unspecified" else f"+{victims}") + ("+all" if said else "")

    def low(_: Export, contest: Contest) -> int | None:
        found = toll_range(contest, harm, victims, kind)
        return found.low if found else None

    def high(_: Export, contest: Contest) -> int | None:
        found = toll_range(contest, harm, victims, kind)
        return found.high if found else None

    return (
        Column(f"{who}{harm}{said}_low", "integer", f"The lowest number of {of}, {which}. What was said, not what is true.",
               low, f"{tag}+min"),
        Column(f"{who}{harm}{said}_high", "integer", f"The highest number of {of}, {which}.", high, f"{tag}+max"),
    )  # fmt: skip


def reports_of(contest: Contest) -> str | None:
    """The ids of the reports that tell of an incident."""
    return joined(contest.reports)


def hashes_of(export: Export, contest: Contest) -> str | None:
    """The hashes of what these reports were read from, in the same order."""
    return "; ".join(export.reports[id].report.capture for id in contest.reports) or None


def graded_as(export: Export, contest: Contest) -> str | None:
    """The gradings that stand, each with its scale, who gave it and on which day."""
    return joined(
        f"{g.assessment.scale}: {g.assessment.grade} ({export.signer(g.assessment.user)}, {g.assessment.made:%Y-%m-%d})"
        for g in export.gradings.get(contest.incident.id, ())
    )


STATUS = (
    "“machine-extracted, not verified”; “graded” where a person graded it; or what people decided on the incident itself: "
    "accepted, corrected, added, disputed, check again. Its figures and statements have a status of their own."
)


def status_of(export: Export, contest: Contest) -> str:
    """How far people stand behind an incident: what they decided on it or its mentions, else whether anybody graded it."""
    decided = export.verified(contest.incident.id, *contest.incident.members)
    if decided != NOT_VERIFIED or contest.incident.id not in export.gradings:
        return decided
    return "graded" if all(g.outcome in ("same", "moved") for g in export.gradings[contest.incident.id]) else "check again"


def checked_of(export: Export, contest: Contest) -> str:
    """How many of the figures and statements of an incident people decided on, of how many."""
    refs: set[Ref] = {ref for toll in contest.tolls for ref in (toll.ref, *toll.repeats)}
    refs |= {ref for position in contest.positions for ref in position.statements}
    return f"{sum(export.verified(ref) != NOT_VERIFIED for ref in refs)} of {len(refs)}"


def _place(what: str) -> Column[Contest]:
    names: dict[str, tuple[Kind, str, str, str]] = {
        "place": ("text", "Where it was, as closely as the audience may be told.", "name", "#loc+name"),
        "latitude": ("number", "Degrees north (WGS 84) of the point that stands for the place.", "lat", "#geo+lat"),
        "longitude": ("number", "Degrees east.", "lon", "#geo+lon"),
        "place_precision": ("word", "How closely the place is known: exact, neighbourhood, city, near, region, country, unknown.",
                            "precision", "#geo+precision"),
        "where_prec": ("integer", "The same as UCDP's class, 1 (the place itself) to 7; see ged.csv.", "where_prec",
                       "#geo+precision+ucdp"),
        "country": ("id", "The country (ISO 3166 alpha-2).", "country", "#country+code+iso2"),
    }  # fmt: skip
    kind, meaning, field, tag = names[what]

    def value(export: Export, contest: Contest) -> str | float | None:
        place = export.place(contest.incident)
        found: str | float | None = getattr(place, field) if place else None
        return found

    return Column(what, kind, meaning, value, tag)


def _region(export: Export, contest: Contest) -> str | None:
    region = export.region(contest.incident)
    return region.name if region else None


def _contradictions(_: Export, contest: Contest) -> int:
    return sum(conflict.kind == "contradiction" for conflict in contest.conflicts)


TABLE = Table[Contest](
    name="incidents",
    meaning="A row is one moment and place of alleged harm as all its reports tell of it, or a total over a month, a war, an "
    "area (`total`). Totals cover incidents that have rows of their own: never add them to these.",
    key="incident",
    rows=lambda export: (*export.incidents, *(c for c in export.contests if c.incident.aggregate)),
    columns=(
        Column("incident", "id", "The incident's id, which it keeps.", lambda _, c: c.incident.id, "#event+id"),
        Column("title", "text", "Where and when.", lambda export, c: export.title_of(c.incident), "#event+name"),
        Column("total", "boolean", "Whether it is a total over several incidents.", lambda _, c: c.incident.aggregate),
        Column("date_start", "date", "The first day that it may have been (EDTF; XXXX where the year is not known).",
               lambda _, c: c.incident.date.start if c.incident.date else None, "#date+start"),
        Column("date_end", "date", "The last day; “..” where it is open.",
               lambda _, c: c.incident.date.end if c.incident.date else None, "#date+end"),
        Column("date_prec", "integer", "UCDP's class: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 a year.",
               lambda _, c: c.incident.date.precision if c.incident.date else None, "#date+precision"),
        Column("date_inferred", "text", "Why the date was inferred, where its words do not give it whole.",
               lambda _, c: c.incident.date.inferred if c.incident.date else None),
        _place("place"),
        Column("adm_1", "text", "The first-order division it lies in.", _region, "#adm1+name"),
        _place("country"), _place("latitude"), _place("longitude"), _place("place_precision"), _place("where_prec"),
        Column("alleged", "text", "Those whom the reports say to have done it. Alleged, not found.",
               lambda _, c: joined(c.accused), "#org+alleged"),
        *_ends("killed"), *_ends("killed", kind="all said"), *_ends("killed", "civilians"), *_ends("killed", "children"),
        *_ends("killed", "women"), *_ends("killed", "men"), *_ends("killed", "military"), *_ends("killed", "militants"),
        *_ends("injured"), *_ends("missing"), *_ends("displaced"), *_ends("detained"), *_ends("casualties"),
        Column("voices", "integer", "How many independent speakers stand behind it: copies and echoes count once.",
               lambda _, c: c.count.voices, "#meta+voices"),
        Column("voices_at_most", "integer", "The same where every unnamed speaker is another one.",
               lambda _, c: c.count.voices_at_most),
        Column("texts", "integer", "How many distinct texts tell of it, copies left out.", lambda _, c: c.count.texts),
        Column("sides", "text", "The parties that are heard.", lambda _, c: joined(c.count.sides), "#org+sides"),
        Column("contradictions", "integer", "How many pairs of claims exclude one another.",
               _contradictions),
        Column("gradings", "text", "What people graded it as, each signed and dated.", graded_as),
        Column("status", "word", STATUS, status_of, "#status+verified"),
        Column("checked", "word", "How many of its figures and positions people decided on, of how many.", checked_of),
        Column("reports", "id", "The reports that tell of it.", lambda _, c: reports_of(c), "#meta+report+id"),
        Column("sha256", "id", "The hashes of what they were read from, in the same order.", hashes_of, "#meta+sha256"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ranged:
    """A range with the contest that it belongs to."""

    contest: Contest
    range: TollRange


def _ranges(export: Export) -> Iterator[Ranged]:
    for contest in TABLE.rows(export):
        for one in contest.ranges:
            yield Ranged(contest, one)


RANGES = Table[Ranged](
    name="ranges",
    meaning="A row is the lowest and the highest number said for one harm, class of victims and scope of an incident, by one of "
    "the named ranges.",
    key="range",
    rows=_ranges,
    refers=(("incident", "incidents"), ("low_by", "figures"), ("high_by", "figures")),
    columns=(
        Column("range", "id", "What tells rows apart.", lambda _, r: "/".join(
            (r.contest.incident.id, r.range.harm, r.range.victims, r.range.scope, r.range.kind.replace(" ", "-")))),
        Column("incident", "id", "The id of the incident.", lambda _, r: r.contest.incident.id),
        Column("harm", "word", "killed, injured, casualties, missing, displaced or detained.", lambda _, r: r.range.harm),
        Column("victims", "word", "Of whom; “unspecified” is the range over everyone.", lambda _, r: r.range.victims),
        Column("scope", "word", "incident, period or running; never mixed.", lambda _, r: r.range.scope),
        Column("kind", "word", "“all said” never narrows as reports come in; “numbers said” leaves out words such as “dozens”; "
               "“standing” takes each speaker's latest number; “by others” leaves out what the accused say.",
               lambda _, r: r.range.kind),
        Column("low", "integer", "The lowest number said.", lambda _, r: r.range.low),
        Column("high", "integer", "The highest.", lambda _, r: r.range.high),
        Column("low_by", "id", "The figure that gave the lowest.",
               lambda export, r: export.ref(r.range.low_by) if r.range.low_by else None),
        Column("high_by", "id", "The figure that gave the highest.",
               lambda export, r: export.ref(r.range.high_by) if r.range.high_by else None),
        Column("figures", "integer", "Over how many tolls it was taken, echoes left out.", lambda _, r: len(r.range.tolls)),
    ),
)  # fmt: skip
