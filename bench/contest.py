"""How the contests of the four incidents of shared/data/field compare with what contest_gold.toml says they must be.

    python bench/contest.py [--why]

Then how many voices are heard, and who is not, in eight more incidents, of the seeds and of the gun violence articles.

Reads and links the 49 texts as a user's would be, takes for each incident the contest that holds most of its reports, and
compares: ranges (exact or not), contradictions between what is anchored in the gold (found, and false ones), pairs that must be
told apart, moves, and the number of voices. --why lists what is missing and what is false.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from counterclaim.contest import lay_out
from counterclaim.intake import report_of
from counterclaim.pipeline import link
from counterclaim.records import Contest, FigureRef, Harm, Linkage, RangeKind, ReadReport, Said, StatementRef, Victims

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"
GOLD = HERE / "contest_gold.toml"
KINDS: dict[str, RangeKind] = {"said": "all said", "standing": "standing", "others": "all said by others"}

Row = dict[str, Any]


@dataclass
class Score:
    """What came out for one incident; lists hold what is wrong, in words."""

    incident: str
    ranges: list[str] = field(default_factory=list)
    ranges_asked: int = 0
    found: set[tuple[str, str]] = field(default_factory=set)
    missing: list[tuple[str, str]] = field(default_factory=list)
    false: set[tuple[str, str]] = field(default_factory=set)
    mixed: list[str] = field(default_factory=list)
    kinds_asked: int = 0
    still: list[tuple[str, str]] = field(default_factory=list)
    moves_asked: int = 0
    voices: int = 0
    voices_gold: int = 0
    silent: tuple[str, ...] = ()
    silent_gold: tuple[str, ...] = ()

    @property
    def heard(self) -> bool:
        """Whether the voices are right within one."""
        return abs(self.voices - self.voices_gold) <= 1

    @property
    def waited_for(self) -> tuple[int, int, int]:
        """How many who do not speak are rightly named, named, and to be named."""
        named = {name for one in self.silent for name in (one, "#" + sha256(one.casefold().encode()).hexdigest()[:12])}
        return len(named & {*self.silent_gold}), len(self.silent), len(self.silent_gold)


class Places:
    """Where the gold's names stand in the texts, and which of them a figure or statement covers."""

    def __init__(self, gold: Row, reports: Sequence[ReadReport]) -> None:
        self._read = {read.report.id: read for read in reports}
        self._at: dict[str, list[tuple[str, int, int]]] = {}
        for name, anchors in gold["words"].items():
            for anchor in anchors:
                report, _, words = anchor.partition(": ")
                start = self._read[report].report.text.index(words)
                self._at.setdefault(report, []).append((name, start, start + len(words)))

    def names(self, said: Said) -> frozenset[str]:
        """The names that what stands at `said` goes by; empty for what the gold does not name."""
        return frozenset(
            name
            for start, end in self._pieces(said)
            for name, first, last in self._at.get(said.report, [])
            if start < last and first < end
        )

    def words(self, said: Said) -> str:
        """The words themselves, for what has no name."""
        text = self._read[said.report].report.text
        return f"{said.report}: " + " ".join(text[start:end] for start, end in self._pieces(said))[:90]

    def _pieces(self, said: Said) -> Iterable[tuple[int, int]]:
        read = self._read[said.report]
        if isinstance(said, FigureRef):
            return (read.figure(said.figure).span,)
        statement = read.statement(said.statement)
        return statement.content or statement.cue


def score(gold: Row, contests: Sequence[Contest], reports: Sequence[ReadReport]) -> Score:
    """Compares the contest that holds most of the gold's reports with the gold of one incident."""
    contest = max(contests, key=lambda c: (len(set(c.reports) & set(gold["reports"])), not c.incident.aggregate, len(c.tolls)))
    result, places = Score(gold["id"]), Places(gold, reports)
    _ranges(gold, contest, result)
    _contradictions(gold, contest, places, result)
    _moves(gold, contest, places, result)
    result.voices = contest.count.voices
    result.voices_gold = sum(len(gold["voices"][k]) for k in ("named", "unnamed", "outlets"))
    result.silent, result.silent_gold = tuple(one.name for one in contest.silent), tuple(gold["silent"])
    return result


def hear(gold: Row) -> Score:
    """Compares the voices and the silent of one more incident, read and linked by itself."""
    if gold["set"] == "seeds":
        files = sorted((SHARED / "data" / "seeds").glob("*.txt"))
        texts = [report_of(file.read_text("utf-8"), id=file.name[:3]) for file in files if file.name[:3] in gold["texts"]]
    else:
        with gzip.open(SHARED / "data" / "gva" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [row for row in map(json.loads, lines) if str(row["cluster"]) == gold["id"] and row["usable"]]
        texts = [report_of(r["text"], id=r["id"], published=r["date"], url=r["url"], title=r["title"]) for r in rows]
    contest = lay_out(*link(texts))[0]
    return Score(
        f"{gold['set']} {gold['id']}", voices=contest.count.voices, voices_gold=len(gold["voices"]),
        silent=tuple(one.name for one in contest.silent), silent_gold=tuple(gold["silent"]),
    )  # fmt: skip


def _ranges(gold: Row, contest: Contest, result: Score) -> None:
    for harm, classes in gold["ranges"].items():
        for victims, kinds in classes.items():
            for kind, want in kinds.items():
                _compare(f"{harm} {victims} {kind}", want, _range(contest, harm, victims, KINDS[kind]), result)
    for known in gold["known"]:
        upto = [k for k in contest.known if k.date <= known["day"] and k.range and k.range.harm == known["harm"]]
        last = upto[-1].range if upto else None
        _compare(f"{known['harm']} known on {known['day']}", known["range"], [last.low, last.high] if last else None, result)
    for party in gold["conceded"]:
        told = [c for c in contest.conceded if c.party == party["party"] and c.harm == "killed"]
        lows, highs = [c.low for c in told if c.low is not None], [c.high for c in told if c.high is not None]
        bounds: list[int | None] | None = [min(lows), max(highs)] if lows and highs else None
        _compare(f"conceded by {party['party']}", party["killed"], bounds, result)
    if not gold["conceded"] and any(c.harm == "killed" and c.high for c in contest.conceded):
        result.ranges.append(f"conceded, but nobody did: {contest.conceded}")


def _range(contest: Contest, harm: Harm, victims: str, kind: RangeKind) -> list[int | None] | None:
    of: Victims = "unspecified" if victims == "everyone" else victims  # type: ignore[assignment]
    for r in contest.ranges:
        if (r.harm, r.victims, r.kind, r.scope) == (harm, of, kind, "incident"):
            return [r.low, r.high]
    return None


def _compare(what: str, want: list[int], got: list[int | None] | None, result: Score) -> None:
    result.ranges_asked += 1
    if got != want:
        result.ranges.append(f"{what}: {got}, must be {want}")


def _contradictions(gold: Row, contest: Contest, places: Places, result: Score) -> None:
    wanted = [tuple(pair) for pair in gold["contradictions"]]
    arguable = {frozenset(pair) for pair in gold["arguable"]}
    for kind, left, right in _pairs(contest):
        if kind != "contradiction":
            continue
        one, other = places.names(left), places.names(right)
        hits = {(a, b) for a, b in wanted if (a in one and b in other) or (b in one and a in other)}
        result.found |= hits
        if not hits and not any(frozenset((a, b)) in arguable for a in one for b in other):
            names = sorted(", ".join(sorted(named)) or places.words(ref) for named, ref in ((one, left), (other, right)))
            result.false.add((names[0], names[1]))
    result.missing = [pair for pair in wanted if pair not in result.found]
    for a, b, want in gold["kinds"]:
        result.kinds_asked += 1
        told = {
            kind for kind, left, right in _pairs(contest)
            if (a in places.names(left) and b in places.names(right)) or (b in places.names(left) and a in places.names(right))
        }  # fmt: skip
        if "contradiction" in told or (want != "none" and want not in told):
            result.mixed.append(f"{a} / {b}: {', '.join(sorted(told)) or 'nothing'}, must be {want}")


def _pairs(contest: Contest) -> Iterator[tuple[str, Said, Said]]:
    for conflict in contest.conflicts:
        for left in conflict.left_said:
            for right in conflict.right_said:
                yield conflict.kind, left, right


def _moves(gold: Row, contest: Contest, places: Places, result: Score) -> None:
    replaced = {t.ref: t.superseded_by for t in contest.tolls if t.superseded_by}
    by_ref = {t.ref: t for t in contest.tolls}
    for first, then in gold["moves"]:
        result.moves_asked += 1
        seen = any(
            first in _named(places, (old, *by_ref[old].repeats)) and then in _named(places, (new, *by_ref[new].repeats))
            for old, new in replaced.items() if new in by_ref
        )  # fmt: skip
        for course in contest.courses:
            before: set[str] = set()
            for step in course.steps:
                moved = _named(places, (ref for p in step.moved for ref in p.statements))
                seen = seen or (then in moved and first in before)
                before |= _named(places, (ref for p in step.positions for ref in p.statements))
        if not seen:
            result.still.append((first, then))


def _named(places: Places, refs: Iterable[FigureRef | StatementRef]) -> set[str]:
    return {name for ref in refs for name in places.names(ref)}


def field_set() -> tuple[tuple[ReadReport, ...], Linkage]:
    """The texts of the field set, read and linked."""
    made = subprocess.run(
        [sys.executable, str(SHARED / "eval" / "make_input.py"), "field"], capture_output=True, text=True, check=True
    )
    rows = [json.loads(line) for line in made.stdout.splitlines()]
    keys = ("published", "outlet", "url", "title")
    return link([report_of(row["text"], id=row["id"], **{k: row.get(k) for k in keys}) for row in rows])


def show(scores: Sequence[Score], *, why: bool) -> None:
    """Prints the table, and with `why` what is wrong."""
    print(f"{'incident':<28}{'ranges':>9}{'contradictions':>16}{'false':>7}{'apart':>8}{'moves':>8}{'voices':>9}")
    for s in scores:
        cells = (
            f"{s.ranges_asked - len(s.ranges)}/{s.ranges_asked}", f"{len(s.found)}/{len(s.found) + len(s.missing)}",
            str(len(s.false)), f"{s.kinds_asked - len(s.mixed)}/{s.kinds_asked}",
            f"{s.moves_asked - len(s.still)}/{s.moves_asked}", f"{s.voices}/{s.voices_gold}",
        )  # fmt: skip
        print(f"{s.incident:<28}{cells[0]:>9}{cells[1]:>16}{cells[2]:>7}{cells[3]:>8}{cells[4]:>8}{cells[5]:>9}")
        if why:
            for line in s.ranges:
                print(f"    range    {line}")
            for pair in s.missing:
                print(f"    missing  {pair[0]} | {pair[1]}")
            for pair in sorted(s.false):
                print(f"    false    {pair[0]} | {pair[1]}")
            for line in s.mixed:
                print(f"    apart    {line}")
            for pair in s.still:
                print(f"    no move  {pair[0]} -> {pair[1]}")
    found, listed = sum(len(s.found) for s in scores), sum(len(s.found) + len(s.missing) for s in scores)
    false = sum(len(s.false) for s in scores)
    right, asked = sum(s.ranges_asked - len(s.ranges) for s in scores), sum(s.ranges_asked for s in scores)
    print(f"ranges exact in {sum(not s.ranges for s in scores)} of {len(scores)} incidents ({right} of {asked} ranges)")
    print(f"contradictions found {found / listed:.3f} ({found} of {listed}), false {false / max(false + found, 1):.3f}")
    print(f"voices within one in {sum(s.heard for s in scores)} of {len(scores)}")
    _waited_for(scores)


def show_heard(scores: Sequence[Score]) -> None:
    """Prints the voices and the silent of the further incidents."""
    print()
    for s in scores:
        print(f"{s.incident:<42}{s.voices:>3} voices of {s.voices_gold}, {len(s.silent)} silent")
    print(f"voices within one in {sum(s.heard for s in scores)} of {len(scores)} more")
    _waited_for(scores)


def _waited_for(scores: Sequence[Score]) -> None:
    right, named, wanted = (sum(column) for column in zip(*(s.waited_for for s in scores), strict=True))
    print(f"not heard: {right} of {wanted} named, {named - right} wrongly")


def main() -> int:
    """Measures and prints; 0 also where there is no data."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--why", action="store_true", help="list what is missing and what is false")
    asked = parser.parse_args()
    if not (SHARED / "data" / "field").is_dir():
        print("no data beside the clone (../shared/data/field): nothing was measured")
        return 0
    reports, linkage = field_set()
    contests = lay_out(reports, linkage)
    gold = tomllib.loads(GOLD.read_text("utf-8"))
    show([score(each, contests, reports) for each in gold["incident"]], why=asked.why)
    show_heard([hear(each) for each in gold["heard"]])
    return 0


if __name__ == "__main__":
    sys.exit(main())
