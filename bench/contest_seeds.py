"""Whether the dossier of the seed reports holds what the project was promised for them, line by line.

    python bench/contest_seeds.py [--check]

Reads the five texts of shared/data/seeds as a user's files would be, and looks for each line by its facts (numbers, who, which
side, which act), never by the texts' own words. --check fails where a line is missing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from counterclaim.pipeline import Case
from counterclaim.records import Act, Contest, Origin, Position, Question, Toll

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
SEEDS = SHARED / "data" / "seeds"
US = {"United States", "US-led coalition", "US military", "Pentagon"}
Line = tuple[str, bool]


def mosul(contest: Contest) -> Iterator[Line]:
    """The three reports of Mosul, one of them English, two in rough translation."""
    yield "three reports of one incident", len(contest.reports) == 3 and not contest.incident.aggregate
    yield "Iraq's 141 bodies", _said(contest, lambda t: (t.low, t.high, t.side) == (141, 141, "Iraq"))
    yield "the reporter's more than 100", _said(contest, lambda t: t.low == 101 and t.high is None and t.speaker is None)
    yield "Russia blames the coalition or the United States", _held(contest, "blame", "Russia", target=US)
    yield "the coalition admits a part", _held(contest, "admission", "US-led coalition")
    yield (
        "the coalition points at IS",
        _held(contest, "justification", "US-led coalition", target={"Islamic State"})
        or _held(contest, "blame", "US-led coalition", target={"Islamic State"}),
    )
    yield "the investigation is widened", _held(contest, "investigation", "United States", question="investigation")
    spoken = [one for one in contest.origins if "Konashenkov" in one.name]
    yield "Konashenkov is one voice of all three reports", len(spoken) == 1 and len(spoken[0].reports) == 3
    yield "Scrocca and Skrocki are one man", _named(contest, "Scrocca") == 1 and _named(contest, "Skrocki") == 0
    yield "396 since 2014 is a running total", _said(contest, lambda t: (t.low, t.scope) == (396, "running"))
    yield "up to 100 is another month's", _said(contest, lambda t: (t.low, t.high, t.scope) == (None, 100, "period"))
    yield "101 to 141 are said of the incident", _range(contest) == (101, 141)
    yield "nobody counts tens of thousands", not _said(contest, lambda t: max(t.low or 0, t.high or 0) > 1000)
    yield (
        "Russia neither denies nor admits a part of its own",
        not any(p.side == "Russia" and p.about == "own part" and p.stance in ("denial", "admission") for p in contest.positions),
    )
    yield "nobody is said to have accused civilians", all("civilians" not in (p.target or "") for p in contest.positions)


def deir_ez_zor(contest: Contest) -> Iterator[Line]:
    """The report of the strike near Deir ez-Zor."""
    yield (
        "62 against at least 90",
        any(
            c.kind == "contradiction" and "62 killed" in c.left_label and "at least 90 killed" in c.right_label
            for c in contest.conflicts
        ),
    )
    yield "unintentional against conclusive evidence", any(
        c.kind == "contradiction" and c.question == "intent" and {"Syrian army", "United States"} <= _who(contest, c.left_said)
        | _who(contest, c.right_said)
        for c in contest.conflicts
    )  # fmt: skip
    yield "regret from the United States", _held(contest, "regret", "United States")
    yield "condolences from Australia", _held(contest, "regret", "Australia")
    yield "Russia demands an investigation of the United States", _held(contest, "demand", "Russia", target=US)
    yield "the headline is 62 to 90, words apart", _range(contest, "numbers said") == (62, 90)
    yield (
        "Russia accuses the pilots, between negligence and connivance",
        any(p.stance == "blame" and p.question == "intent" and p.side == "Russia" for p in contest.positions),
    )
    yield (
        "Syria accuses Russia of nothing",
        not any(
            p.side == "Syria" and p.stance == "blame" and "Russia" in (p.target or "").split("; ") for p in contest.positions
        ),
    )


def _said(contest: Contest, fits: Callable[[Toll], bool]) -> bool:
    return any(fits(toll) for toll in contest.tolls)


def _held(contest: Contest, stance: Act, side: str, *, target: set[str] | None = None, question: Question | None = None) -> bool:
    def fits(p: Position) -> bool:
        on = target is None or bool(target & set((p.target or "").split("; ")))
        return p.stance == stance and p.side == side and on and question in (None, p.question)

    return any(fits(p) for p in contest.positions)


def _named(contest: Contest, name: str) -> int:
    def speaks(one: Origin) -> bool:
        return name in one.name

    return sum(map(speaks, contest.origins))


def _range(contest: Contest, kind: str = "all said") -> tuple[int | None, int | None]:
    found = (r for r in contest.ranges if (r.kind, r.harm, r.victims, r.scope) == (kind, "killed", "unspecified", "incident"))
    return next(((r.low, r.high) for r in found), (None, None))


def _who(contest: Contest, said: tuple[object, ...]) -> set[str | None]:
    return {p.actor for p in contest.positions if set(p.statements) & set(said)}


def main() -> int:
    """Prints every line with whether it holds; 0 also where there is no data."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="fail where a line is missing")
    asked = parser.parse_args()
    if not any(SEEDS.glob("*.txt")):
        print("no data beside the clone (../shared/data/seeds): nothing was measured")
        return 0
    missing = 0
    with Case() as case:
        case.add(*sorted(SEEDS.glob("*.txt")))
        case.run()
        for place, lines in (("Mosul", mosul), ("Deir", deir_ez_zor)):
            contest = next(c for c in case.contests if c.incident.title.startswith(place))
            print(contest.incident.title)
            for line, holds in lines(contest):
                missing += not holds
                print(f"  {'holds  ' if holds else 'MISSING'} {line}")
    return 1 if asked.check and missing else 0


if __name__ == "__main__":
    sys.exit(main())
