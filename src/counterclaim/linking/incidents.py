"""Joins the incident mentions of all reports to incidents, each with the reasons for every mention joined."""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, combinations, count
from math import ceil, log

from counterclaim.linking.likeness import CASE, Likeness, cosine, likeness
from counterclaim.linking.mentions import Comparable, comparables
from counterclaim.linking.wording import BACKGROUND, Rarity, telling_words
from counterclaim.records import CopyLink, DateRange, Incident, IncidentRef, Place, ReadReport

EVERY_PAIR = 400
"""Up to so many mentions every pair is compared; above it, only pairs that share telling words, or a day and a country."""

CROWD = 0.05
"""In a large case a word that stands in more than this part of the mentions brings no pairs up: it tells least and costs most."""

FAINT = 0.1
"""In a large case pairs below this cosine are not compared unless they share their day: of the gun violence articles' true
pairs within a week of each other 9 in 10 lie above it (1,642 of 1,798), and below it a pair hardly reaches 0."""

BUSY_DAY = 200
"""Mentions of one day in one country beyond which the day brings no pairs up: on a day of war words have to."""

RARE = 8
"""A pair of capitalised words held by so many mentions counts as one rare name; a commoner one as the square of its rarity
against that."""

SEVERAL = 5.0
"""Rare names a mention must hold before sharing none of them speaks against a pair in full."""

SMALL = 100
"""Mentions added to a case before its size is weighed, so that a handful of reports is not taken for one story."""

PARTIES = frozenset({"state", "organ", "armed group", "monitor", "agency", "organisation"})
"""Kinds of actor that are the parties of a war or tell of it."""

BEST = 1 / 3
"""Part of the pairs between two clusters that counts when they are compared, best first; contradicted pairs count all. Short
reports on one incident often share hardly a word with each other, but each with some third: of the restated field reports'
true pairs 67 in 100 are joined when all pairs count, 86 with the best third, none of them wrongly."""

STRANGERS = -2.0
"""Points of a pair that was not compared, when clusters are: less than nothing in common."""

Pair = tuple[int, int]


def join_incidents(
    reports: Sequence[ReadReport], copies: Iterable[CopyLink], names: Mapping[str, str], known: Sequence[Incident] = ()
) -> tuple[Incident, ...]:
    """Incidents behind the mentions in `reports`, sorted by date, then id.

    Pairwise `likeness`, then agglomerative clustering: the two clusters that look most like one incident are joined as long as
    that is likelier than not (see `BEST`). Two mentions of one report never join (they are two incidents), an
    aggregate joins aggregates only. An incident of `known` passes its id on to the cluster that holds most of its members.
    """
    mentions = sorted((c for r in reports for c in comparables(r, names)), key=lambda c: c.key)
    same_text = {frozenset((link.copy, link.original)) for link in copies}
    pairs = _compare(mentions, same_text, _parties(reports))
    clusters = _cluster(mentions, pairs)
    ids = _ids([[mentions[i].ref for i in cluster] for cluster in clusters], known)
    incidents = [_incident(id, [mentions[i] for i in c], _reasons(c, pairs)) for id, c in zip(ids, clusters, strict=True)]
    return tuple(sorted(incidents, key=lambda i: (i.date.start if i.date else "~", i.id)))


def describe(
    id: str, members: Iterable[IncidentRef], reports: Mapping[str, ReadReport], names: Mapping[str, str],
    why: Mapping[IncidentRef, str],
) -> Incident:  # fmt: skip
    """The incident of exactly these members, whoever brought them together: title, date, place and accused as for any other.

    `reports` by id hold them all; `why` gives the reason for a member, where there is one.
    """
    wanted = set(members)
    held = {ref.report for ref in wanted}
    found = [c for report in sorted(held) for c in comparables(reports[report], names) if c.ref in wanted]
    ordered = sorted(found, key=lambda c: c.key)
    return _incident(id, ordered, tuple(why.get(c.ref, "") for c in ordered[1:]))


def _parties(reports: Iterable[ReadReport]) -> frozenset[str]:
    """Words that name the parties of a war: they turn up in the reports of every incident."""
    named = {name for r in reports for a in r.reading.actors if a.kind in PARTIES for name in (a.name, *a.aliases)}
    return frozenset(word for name in named for word in telling_words(name))


def _compare(mentions: Sequence[Comparable], same_text: set[frozenset[str]], parties: frozenset[str]) -> dict[Pair, Likeness]:
    """The likeness of every pair worth a comparison."""
    rarity = Rarity((c.words for c in mentions), parties)
    vectors = [rarity.vector(c.words) for c in mentions]
    if len(mentions) <= EVERY_PAIR:
        cosines = {(i, j): cosine(vectors[i], vectors[j]) for i, j in combinations(range(len(mentions)), 2)}
    else:
        cosines = _shared_words(vectors, rarity, int(CROWD * len(mentions)))
        cosines |= {p: cosine(vectors[p[0]], vectors[p[1]]) for p in _shared_day(mentions) if p not in cosines}
    names = _rare_names(mentions)
    held = [sum(found.values()) for found in names]
    known = len(mentions) / (len(mentions) + BACKGROUND)
    size = log((CASE + SMALL) / (len(mentions) + SMALL))
    pairs = {}
    for (i, j), words in sorted(cosines.items()):
        a, b = mentions[i], mentions[j]
        if a.ref.report != b.ref.report and a.mention.aggregate == b.mention.aggregate:
            copied = frozenset((a.ref.report, b.ref.report)) in same_text
            shared = sum(weight for name, weight in names[i].items() if name in names[j])
            most = min(held[i], held[j])
            told = known * (1.0 if shared else min(1.0, most / SEVERAL))
            pairs[i, j] = likeness(a, b, words=words, names=shared, known=told, size=size, copied=copied)
    return pairs


def _rare_names(mentions: Sequence[Comparable]) -> list[dict[str, float]]:
    """Of each mention the pairs of capitalised words that others hold too, weighted 0 to 1 by how few do."""
    holders = Counter(name for c in mentions for name in c.names)
    texts = len(mentions) + BACKGROUND
    weight = {name: min(1.0, log(texts / n) / log(texts / RARE)) ** 2 for name, n in holders.items()}
    return [{name: weight[name] for name in sorted(c.names)} for c in mentions]


def _shared_words(vectors: Sequence[Mapping[str, float]], rarity: Rarity, crowd: int) -> dict[Pair, float]:
    """Cosines above `FAINT`, by an inverted index over words that neither stand alone nor in a crowd."""
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    found: dict[Pair, float] = {}
    for j, vector in enumerate(vectors):
        sums: dict[int, float] = defaultdict(float)
        for word, y in vector.items():
            if 1 < rarity.holders(word) <= crowd:
                for i, x in holders[word]:
                    sums[i] += x * y
                holders[word].append((j, y))
        found.update(((i, j), words) for i, words in sums.items() if words >= FAINT)
    return found


def _shared_day(mentions: Sequence[Comparable]) -> Iterable[Pair]:
    """Pairs that say the same day and a named place in the same country."""
    by_day: dict[tuple[int, str | None], list[int]] = defaultdict(list)
    for i, c in enumerate(mentions):
        place = c.mention.place
        if c.happened and c.happened.first == c.happened.last and place and place.lat is not None:
            by_day[c.happened.first, place.country].append(i)
    for held in by_day.values():
        if len(held) <= BUSY_DAY:
            yield from combinations(held, 2)


@dataclass(frozen=True, slots=True)
class _Between:
    """The compared pairs between two clusters: points of those that nothing contradicts, best first, and of the others."""

    like: tuple[float, ...] = ()
    contradicted: tuple[float, ...] = ()

    def __add__(self, other: _Between) -> _Between:
        like = tuple(sorted(self.like + other.like, reverse=True))
        return _Between(like, tuple(sorted(self.contradicted + other.contradicted)))

    def linkage(self, pairs: int) -> float:
        """Average of the best `BEST` of the pairs that nothing contradicts together with all that are contradicted. `pairs`:
        how many there are between the clusters; those not compared are strangers."""
        free = pairs - len(self.contradicted)
        best = self.like[: ceil(BEST * free)]
        strangers = max(0, ceil(BEST * free) - len(best))
        return (sum(best) + sum(self.contradicted) + STRANGERS * strangers) / (len(best) + strangers + len(self.contradicted))


def _cluster(mentions: Sequence[Comparable], pairs: Mapping[Pair, Likeness]) -> list[list[int]]:
    """Constrained agglomerative clustering; clusters and their members come out in the order of `mentions`."""
    members: dict[int, list[int]] = {i: [i] for i in range(len(mentions))}
    reports = {i: {c.ref.report} for i, c in enumerate(mentions)}
    between: dict[int, dict[int, _Between]] = defaultdict(dict)
    for (i, j), found in pairs.items():
        one = (found.points,)
        between[i][j] = between[j][i] = _Between(contradicted=one) if found.contradicted else _Between(like=one)
    queue = [(-found.points, i, j) for (i, j), found in pairs.items() if found.points > 0]
    heapq.heapify(queue)
    # A joined cluster keeps the lower number of the two; a queue entry is stale when its linkage is no longer true.
    while queue:
        points, i, j = heapq.heappop(queue)
        if i not in members or j not in members or reports[i] & reports[j]:
            continue
        if -points != between[i][j].linkage(len(members[i]) * len(members[j])):
            continue
        members[i] += members.pop(j)
        reports[i] |= reports.pop(j)
        for k, found_j in between.pop(j).items():
            del between[k][j]
            if k != i:
                between[i][k] = between[k][i] = between[i].get(k, _Between()) + found_j
        for k, found_k in between[i].items():
            linkage = found_k.linkage(len(members[i]) * len(members[k]))
            if linkage > 0:
                heapq.heappush(queue, (-linkage, min(i, k), max(i, k)))
    return [sorted(held) for _, held in sorted(members.items())]


def _reasons(cluster: Sequence[int], pairs: Mapping[Pair, Likeness]) -> tuple[str, ...]:
    """For every mention after the first, why it belongs: what it shares with the one before it that it is most like."""
    reasons = []
    for n, j in enumerate(cluster[1:], start=1):
        near = max((pairs[i, j] for i in cluster[:n] if (i, j) in pairs), key=lambda x: x.points, default=None)
        reasons.append("; ".join(near.reasons) if near and near.reasons else "like the others through reports that came later")
    return tuple(reasons)


def _ids(clusters: Sequence[Sequence[IncidentRef]], known: Sequence[Incident]) -> list[str]:
    """An id for each cluster: the known incident it shares most members with, else one made from its first member."""
    held: dict[IncidentRef, list[str]] = defaultdict(list)
    for incident in sorted(known, key=lambda i: i.id):
        for ref in incident.members:
            held[ref].append(incident.id)
    shared = Counter((n, id) for n, cluster in enumerate(clusters) for ref in cluster for id in held[ref])
    ids: dict[int, str] = {}
    passed_on: set[str] = set()
    for (n, id), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0][1], item[0][0])):
        if n not in ids and id not in passed_on:
            ids[n] = id
            passed_on.add(id)
    taken = {i.id for i in known}
    for n, cluster in enumerate(clusters):
        if n not in ids:
            again = (_id(cluster[0], turn) for turn in count(1))
            ids[n] = next(id for id in chain(map(_id, cluster), again) if id not in taken)
            taken.add(ids[n])
    return [ids[n] for n in range(len(clusters))]


def _id(ref: IncidentRef, turn: int = 0) -> str:
    """Made from a member; `turn` counts up where all of a cluster's ids are taken by incidents that its members have left."""
    return "i" + hashlib.sha256(f"{ref.report}#{ref.index}{'#' * turn}".encode()).hexdigest()[:11]


def _incident(id: str, members: Sequence[Comparable], reasons: tuple[str, ...]) -> Incident:
    said, place = _date(members), _place(members)
    alleged = Counter(name for c in members for name in c.accused)
    return Incident(
        id=id,
        title=_title(members[0], place, said),
        date=said,
        place=place,
        alleged=tuple(sorted(alleged, key=lambda name: (-alleged[name], name))),
        members=tuple(c.ref for c in members),
        aggregate=members[0].mention.aggregate,
        reasons=reasons,
    )


def _title(first: Comparable, place: Place | None, said: DateRange | None) -> str:
    """Where and when, as far as either is known; a total by its words, and what has neither place nor day by where it is told."""
    if first.mention.aggregate:
        return ", ".join([first.told, *([place.name] if place else []), _date_in_words(said)])
    if place is None and said is None:
        return f"{first.told}, place and date unknown"
    return f"{place.name if place else 'Place unknown'}, {_date_in_words(said)}"


def _date(members: Sequence[Comparable]) -> DateRange | None:
    """The most precise date that is said, most often where several are; a year that only linking gives is marked inferred."""
    dates = [c.mention.date for c in members if c.mention.date]
    if not dates:
        return None
    times = Counter((d.start, d.end) for d in dates)
    best = min(dates, key=lambda d: (d.precision, d.start[:4] == "XXXX", d.inferred is not None, -times[d.start, d.end], d.start))
    if best.start[:4] != "XXXX":
        return best
    years = {year for d in dates for year in (d.start[:4], d.end[:4]) if year != "XXXX"}
    if len(years) != 1:
        return best
    year, why = years.pop(), "the year from another report of the incident"
    return DateRange(best.start.replace("XXXX", year), best.end.replace("XXXX", year), best.precision, why)


def _place(members: Sequence[Comparable]) -> Place | None:
    """The place most mentions give among those that give it closest (a quarter of a city counts as its own place)."""
    fine = ("exact", "neighbourhood", "city", "near")
    places = [c.mention.place for c in members if c.mention.place]
    times = Counter(p.name for p in places)
    return min(
        places, key=lambda p: (p.precision not in fine, -times[p.name], p.lat is None, p.where_prec or 9, p.name), default=None
    )


def _date_in_words(said: DateRange | None) -> str:
    if said is None:
        return "date unknown"
    if said.end == "..":
        return f"since {_day_in_words(said.start[:7] if said.precision > 3 else said.start)}"
    if said.precision == 4 and said.start[:7] == said.end[:7]:
        return _day_in_words(said.start[:7])
    first, last = _day_in_words(said.start), _day_in_words(said.end)
    return first if first == last else f"{first} to {last}"


def _day_in_words(value: str) -> str:
    year, month, day = [*value[:10].split("-"), "", ""][:3]
    if not month.isdigit():
        return year if year.isdigit() else "date unknown"
    words = f"{date(2000, int(month), 1):%B}" if not day.isdigit() else f"{int(day)} {date(2000, int(month), 1):%B}"
    return f"{words} {year}" if year.isdigit() else f"{words}, year unknown"
