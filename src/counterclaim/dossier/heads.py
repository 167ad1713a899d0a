"""What stands at the head of an incident: its range, its voices, how they were made; looked up in its contest alone."""

from __future__ import annotations

from counterclaim.dossier import words
from counterclaim.dossier.desk import Desk
from counterclaim.dossier.rows import MadeRow
from counterclaim.records import Contest, Harm, Toll, TollRange

HARM_ORDER: tuple[Harm, ...] = ("killed", "casualties", "injured", "missing", "displaced", "detained")

OPEN_END = "9999"
"""What an unknown date sorts as: last."""


def incident_order(contest: Contest) -> tuple[object, ...]:
    """Incidents with most reports first, then totals over a time or an area, then those of which nothing was claimed."""
    start = contest.incident.date.start if contest.incident.date else OPEN_END
    return (slight(contest), contest.incident.aggregate, -len(contest.reports), start, contest.incident.id)


def slight(contest: Contest) -> bool:
    """Whether nothing is told of it but that it is told of: no toll, no position, no conflict."""
    return not (contest.tolls or contest.positions or contest.conflicts)


def count_line(contest: Contest) -> str:
    """What stands behind an incident, counted, in a line."""
    c = contest.count
    heard = f"{voices(contest)} {'voice' if c.voices == c.voices_at_most == 1 else 'voices'}"
    parts = (words.counted(c.reports, "report"), words.counted(c.texts, "text"), heard, words.counted(len(c.sides), "side"))
    return " · ".join(parts)


def voices(contest: Contest) -> str:
    """How many voices stand behind an incident: a number, or two where it may be more."""
    c = contest.count
    return words.number(c.voices) if c.voices == c.voices_at_most else f"{c.voices}–{c.voices_at_most}"


def headline(contest: Contest) -> tuple[str, str]:
    """How far the numbers said range over everyone, of the harm first in order, and what it is a range of; the word itself where
    nobody gave a number."""
    tolls = _whole(contest)
    if not tolls and contest.incident.aggregate:
        wide = [t for t in contest.tolls if t.scope != "part"]
        if len(wide) > 1:
            return words.counted(len(wide), "total"), "never added"
        return (phrase(wide[0]), wide[0].harm) if wide else (words.UNKNOWN, "toll")
    if not tolls:
        return words.UNKNOWN, "toll"
    found = _head_range(contest)
    if found is None:
        return phrase(tolls[0]), tolls[0].harm
    return words.range_phrase(found.low, found.high), f"{found.harm}, {words.RANGES[found.kind]}"


def _whole(contest: Contest) -> list[Toll]:
    """The tolls of the incident as a whole, those of the harm that leads first."""
    whole = (t for t in contest.tolls if t.scope == "incident")
    return sorted(whole, key=lambda t: (HARM_ORDER.index(t.harm), *toll_order(t)))


def _head_range(contest: Contest) -> TollRange | None:
    """The range at the head: the numbers said of the harm that leads; None where only words were said."""
    tolls = _whole(contest)
    vague = {t.ref for t in tolls if t.qualifier == "vague"}
    everyone = {
        r.kind: r for r in contest.ranges
        if tolls and (r.harm, r.victims, r.scope) == (tolls[0].harm, "unspecified", "incident")
    }  # fmt: skip
    found = everyone.get("numbers said") or everyone.get("all said")
    return None if found is None or {found.low_by, found.high_by} & vague else found


def in_words(contest: Contest) -> tuple[str, ...]:
    """Words that were said in place of a number, of the harm that leads, where others gave numbers: kept as words."""
    tolls = _whole(contest)
    if _head_range(contest) is None:
        return ()
    said = (words.inert(t.words) for t in tolls if t.harm == tolls[0].harm and t.qualifier == "vague")
    return tuple(dict.fromkeys(f"“{words.shortened(word, 40)}”" for word in said))


def made(desk: Desk, contest: Contest) -> tuple[MadeRow, ...]:
    """How the three numbers at the head were made: the range, the voices, the contradictions."""
    found = _head_range(contest)
    by_ref = {t.ref: t for t in contest.tolls}
    rows = []
    if found is not None:
        ends = [(name, by_ref[ref]) for name, ref in (("lowest", found.low_by), ("highest", found.high_by)) if ref in by_ref]
        line = "; ".join(
            f"{name}: {phrase(toll)}, {words.names(toll.speaker or toll.outlet or 'outlet unknown')}" for name, toll in ends
        )
        rows.append(MadeRow("ranges", words.inert(line), desk.said_cites(found.tolls)))
    heard = dict.fromkeys(ref for origin in contest.origins for ref in origin.statements)
    counted = dict.fromkeys(toll.ref for toll in contest.tolls)
    rows.append(MadeRow("voices", words.inert(contest.count.rule), desk.said_cites((*heard, *counted))))
    clashes = [c for c in contest.conflicts if c.kind == "contradiction"]
    if clashes:
        line = (
            f"{words.counted(len(clashes), 'pair')} of sides in {words.counted(len({c.question for c in clashes}), 'question')}"
        )
        said = dict.fromkeys(ref for c in clashes for ref in (*c.left_said, *c.right_said))
        rows.append(MadeRow("conflicts", line, desk.said_cites(said)))
    return tuple(rows)


def phrase(toll: Toll) -> str:
    """A toll in words."""
    return words.toll_phrase(toll.low, toll.high, toll.qualifier, words.inert(toll.words))


def toll_order(toll: Toll) -> tuple[object, ...]:
    """By the day on which they were said, then by number and place."""
    value = toll.low if toll.low is not None else toll.high if toll.high is not None else -1
    return (toll.said or OPEN_END, value, toll.ref.report, toll.span.start, toll.ref.figure)
