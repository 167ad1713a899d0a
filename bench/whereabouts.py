"""Scores where and when on sets that have no scorer of their own in ../shared: coded events, strikes, shootings."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Row = dict[str, Any]
Score = Callable[[Sequence[Row], dict[str, Row]], dict[str, float]]
"""From the gold rows and the answers by id to figures by name."""


def km(a: Row, b: Row) -> float:
    """Great-circle distance of two things with `lat` and `lon`, infinite where one has none."""
    if any(x is None or x.get("lat") is None for x in (a, b)):
        return math.inf
    p, q, r, s = map(math.radians, (a["lat"], a["lon"], b["lat"], b["lon"]))
    h = math.sin((r - p) / 2) ** 2 + math.cos(p) * math.cos(r) * math.sin((s - q) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def main_incident(answer: Row) -> Row:
    """The incident a text is about; an empty row where it tells of none."""
    told: list[Row] = answer["incidents"]
    return next((i for i in told if i["main"]), told[0] if told else {})


def placed(gold: Sequence[Row], answers: dict[str, Row], reach: float) -> dict[str, float]:
    """Of the texts whose gold row has a point, those whose main incident lies within `reach` km of it, and with any point."""
    there = [g for g in gold if g.get("lat") is not None and g["id"] in answers]
    said = [main_incident(answers[g["id"]]).get("place") or {} for g in there]
    near = sum(km(g, p) <= reach for g, p in zip(there, said, strict=True))
    return {
        f"within {reach:g} km": near / max(len(there), 1),
        "with a point": sum(p.get("lat") is not None for p in said) / max(len(there), 1),
    }


def event_text(event: Row) -> str:
    """A sentence that names an event's place as its coder did: by `where` and `where_description`, and the country."""
    country = re.sub(r"\s*\(.*", "", event["country"])
    return (
        f"An attack was reported in {event['where']}, {country}. It happened at {event['where_description'] or event['where']}."
    )


def named(gold: Sequence[Row], answers: dict[str, Row]) -> dict[str, float]:
    """Of the events, those where the most precise place read from `event_text` lies within 25 km; and where any does."""
    fine = {"exact": 0, "neighbourhood": 0, "city": 0, "near": 1, "region": 2, "country": 3}
    best = anywhere = 0
    for event in gold:
        points = [p for p in answers[event["id"]]["places"] if p["lat"] is not None and p.get("use") != "association"]
        points.sort(key=lambda p: fine.get(p["precision"], 4))
        best += bool(points) and km(points[0], event) <= 25
        anywhere += any(km(p, event) <= 25 for p in points)
    return {"within 25 km": best / len(gold), "any within 25 km": anywhere / len(gold)}


def dated(gold: Sequence[Row], answers: dict[str, Row]) -> dict[str, float]:
    """Of the shootings' reports, those whose main incident is dated within a day of the archive's date, and those dated at all.

    Rows are articles with the incident's own date as `when`; an interval counts where it is of one day.
    """
    right = told = 0
    for article in gold:
        when = main_incident(answers[article["id"]]).get("date") or {}
        start, end = when.get("start") or "", when.get("end") or ""
        day = re.fullmatch(r"\d{4}-\d\d-\d\d", start)
        told += bool(start)
        if day and start == end:
            right += abs((date.fromisoformat(start) - date.fromisoformat(article["when"])).days) <= 1
    return {"within a day": right / len(gold), "dated": told / len(gold)}


def events(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """UCDP's events as gold, and the input lines they make."""
    return list(rows), [{"id": r["id"], "text": event_text(r)} for r in rows]


def strikes(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Airwars' assessments of Gaza; undated, for the date is an answer."""
    told = [r for r in rows if r["narrative"]]
    return told, [{"id": r["id"], "text": r["narrative"]} for r in told]


def sources(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The English sources of Airwars' Syrian records, each placed where its record is."""
    gold, lines = [], []
    for row in rows:
        for n, source in enumerate(row["sources"]):
            if source["lang"] == "en" and source["text"] and row["lat"] is not None:
                gold.append({"id": f"{row['id']}/{n}", "lat": row["lat"], "lon": row["lon"]})
                line = {"id": f"{row['id']}/{n}", "text": source["text"], "outlet": source["name"]}
                lines.append(line | ({"published": source["published"]} if source["published"] else {}))
    return gold, lines


def shootings(rows: Sequence[Row], incidents: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The usable reports of one shooting each, with the archive's date of it as `when`."""
    when = {i["incident"]: i["date"] for i in incidents}
    told = [r for r in rows if r["usable"] and not r.get("also") and r["cluster"] in when]
    gold = [{"id": r["id"], "when": when[r["cluster"]]} for r in told]
    return gold, [{"id": r["id"], "text": r["text"], "published": r["date"], "title": r["title"]} for r in told]


@dataclass(frozen=True)
class Task:
    """What a set asks: `lines` makes gold rows and input lines of its rows (and of a second file's), `score` the figures."""

    lines: Callable[..., tuple[list[Row], list[Row]]]
    score: Score


TASKS = {
    "events placed": Task(events, named),
    "strikes placed": Task(strikes, lambda gold, answers: placed(gold, answers, 10)),
    "sources placed": Task(sources, lambda gold, answers: placed(gold, answers, 10)),
    "shootings dated": Task(shootings, dated),
}
"""By the name that a measure gives as its task."""
