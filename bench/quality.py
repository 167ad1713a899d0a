"""How well texts are read and linked, measured on sets of labelled reports that lie beside the clone, as one table.

    python bench/quality.py [--full] [--check | --pin] [SET ...]

The sets and their scorers are looked for in ../shared, but for our own sentences, which lie beside this file; where they are
not there, nothing is measured and the table says so.
Each set's texts go through `counterclaim read` and `counterclaim link` as a user's would. Large sets are sampled by a hash
of the document or incident, the same ones every time; --full takes all. --check fails where a figure sinks below its floor in
floors.json, or where the data is not what the floors were measured on; --pin writes the floors anew.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import acts
import headlines
import official
import whereabouts
from whereabouts import Task

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"
FLOORS = HERE / "floors.json"

Row = dict[str, Any]


@dataclass(frozen=True)
class Measure:
    """One scorer's task on one set: `gold` and `extra` below shared/data, `texts` make_input.py's name of the set.

    `command` is the command whose lines are scored; `unit` the key that the sample is drawn by, so that an incident's
    reports stay together; `share` how much of it is taken without --full, in 256ths, from the top of the hash's range:
    the end that is for reporting, while what lies below c0 may have been learned from. `pinned` are the figures with floors.
    `options` go to the command; `scorer` is a file of this folder where the shared scorers have none for the set.
    """

    name: str
    task: str
    gold: str
    texts: str
    command: str
    pinned: tuple[str, ...]
    unit: str = "id"
    share: int = 256
    extra: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    scorer: str | None = None


NEAR = "within 161 km, of all"
TASKS = whereabouts.TASKS | {
    "acts": Task(official.texts, lambda gold, answers: dict(flat(acts.scored(gold, statements_of(answers))))),
    "conceded": Task(official.texts, official.scored),
    "headlines link": Task(headlines.texts, headlines.scored),
}
"""Sets whose scorers lie in this folder, by the name that a measure gives as its task."""
OURS = "conflict speech"
"""The project's own sentences, which lie in this folder with their scorer."""
RECORDED = ("civilians_killed.exact_both", "civilians_injured.exact_both")
VICTIMS = ("number.f1", "effect.f1")
AIRWARS = ("--profile", "airwars")
MEASURES = (
    Measure(
        "seeds", "seeds", "seeds/gold_000_003.json", "seeds", "read",
        ("statements found", "statements.f1", "speaker right", "act right", "figures.f1"),
    ),
    Measure("field figures", "figures", "field/dev_restated.jsonl", "field", "read", ("f1",)),
    Measure("field positions", "positions", "field/dev_restated.jsonl", "field", "read", ("f1",)),
    Measure("field link", "link", "field/dev_restated.jsonl", "field", "link", ("pairs.f1", "b-cubed.f1")),
    Measure("dates", "dates", "timex/tempeval3_train.jsonl.gz", "timex", "read", ("all.value.f1",), share=64),
    Measure("places, world", "places", "geoparsing/gwn_dev.jsonl.gz", "geoparsing", "read", (NEAR,), share=64),
    Measure("places, local", "places", "geoparsing/lgl_dev.jsonl.gz", "geoparsing", "read", (NEAR,), share=64),
    Measure("places, health", "places", "geoparsing/geovirus.jsonl.gz", "geoparsing", "read", (NEAR,), share=64),
    Measure("events placed", "events placed", "ucdp/candidate_dev.jsonl.gz", "", "read", ("within 25 km",), share=64),
    Measure("strikes placed", "strikes placed", "airwars/dev.jsonl.gz", "", "read", ("within 10 km",), share=64),
    Measure("sources placed", "sources placed", "airwars/syria_dev.jsonl.gz", "", "read", ("within 10 km",)),
    Measure(
        "shootings dated", "shootings dated", "gva/dev.jsonl.gz", "", "read",
        ("within a day",), "cluster", 12, ("gva/dev_incidents.jsonl.gz",),
    ),
    Measure("statements", "statements", "polnear/dev.jsonl.gz", "polnear", "read", ("linked.content+source.f1",), share=64),
    Measure(
        OURS, "speech", "conflict_speech.jsonl", OURS, "read",
        tuple(
            f"{part}.all.{figure}" for part in ("dev", "test") for figure in ("f1", "speaker", "first", "chain", "act", "target")
        ),
    ),
    Measure("acts", "acts", "acts.jsonl", "", "read", ("dev.act", "test.act", "test.target", "test.hedge", "test.unhedged")),
    Measure(
        "conceded", "conceded", "airwars/statements_dev.jsonl.gz", "", "read", ("conceded", "conceded where a death is"),
    ),
    Measure("headlines link", "headlines link", "ucdp/candidate_dev.jsonl.gz", "", "link", ("pairs.f1",)),
    Measure("news link", "link", "newscluster/dev.jsonl.gz", "newscluster", "link", ("pairs.f1",)),
    Measure("events link", "link", "ecbplus/dev.jsonl.gz", "ecbplus", "link", ("pairs.f1",)),
    Measure(
        "counts", "counts", "gva/dev.jsonl.gz", "gva", "read",
        ("killed exact", "injured exact"), "cluster", 12, ("gva/dev_incidents.jsonl.gz",),
    ),
    Measure(
        "headlines", "headlines", "ucdp/candidate_dev.jsonl.gz", "ucdp", "read", ("right",), share=64, scorer="score_figures.py"
    ),
    Measure("victims 1992", "victims", "muc4/dev.jsonl.gz", "muc4", "read", VICTIMS, share=128, scorer="score_figures.py"),
    Measure("recorder", "airwars", "airwars/dev.jsonl.gz", "airwars", "read", RECORDED, share=64, options=AIRWARS),
    Measure("recorder, cut", "airwars", "airwars/dev.jsonl.gz", "airwars-cut", "read", RECORDED, share=64, options=AIRWARS),
    Measure("shootings link", "link", "gva/dev.jsonl.gz", "gva", "link", ("pairs.f1",), "cluster", 12),
    Measure("copies", "copies", "gva/copies_silver.jsonl.gz", "gva", "link", ("recall",)),
)  # fmt: skip


def main() -> int:
    """Measures, prints the table, and checks or pins the floors; 1 where something sank."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", help="names of sets; all by default")
    parser.add_argument("--full", action="store_true", help="every text of the large sets")
    parser.add_argument("--check", action="store_true", help="fail where a figure sinks below its floor")
    parser.add_argument("--pin", action="store_true", help="write the floors anew")
    asked = parser.parse_args()
    if asked.full and asked.pin:
        parser.error("floors are pinned on the sample: leave out --full")
    if not (SHARED / "data").is_dir():
        print("no data beside the clone (../shared/data): nothing was measured")
        return 0
    floors: dict[str, Row] = json.loads(FLOORS.read_text("utf-8")) if FLOORS.is_file() else {}
    sunk: list[str] = []
    print(f"{'set':<16}{'texts':>6}  {'figure':<28}{'is':>7}{'floor':>7}")
    with tempfile.TemporaryDirectory() as folder:
        answers = Answers(Path(folder))
        for measure in MEASURES:
            if asked.sets and measure.name not in asked.sets:
                continue
            if not (folder_of(measure) / measure.gold).is_file():
                print(f"{measure.name:<16}{'':>6}  no data")
                continue
            figures, texts, digest = measured(measure, answers, asked.full)
            # the floors hold for the sample that they were measured on
            pinned = {} if asked.full else floors.get(measure.name, {})
            if pinned and pinned["data"] != digest:
                sunk.append(f"{measure.name}: not the data that its floors were measured on; look why, then --pin")
            for key in measure.pinned:
                floor = pinned.get("floors", {}).get(key)
                shown = "" if floor is None else f"{floor:.2f}"
                print(f"{measure.name:<16}{texts:>6}  {key:<28}{figures[key]:>7.3f}{shown:>7}", flush=True)
                if floor is not None and figures[key] < floor:
                    sunk.append(f"{measure.name}: {key} is {figures[key]:.3f}, its floor {floor:.2f}")
            # rounded down, so that a floor is never above what was measured
            floors[measure.name] = {"data": digest, "floors": {k: math.floor(figures[k] * 100) / 100 for k in measure.pinned}}
    if asked.pin:
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", "utf-8")
    elif asked.check and sunk:
        print("\n".join(sunk), file=sys.stderr)
        return 1
    return 0


class Answers:
    """What the two commands gave for each sample of texts, each asked once and kept in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def of(self, texts: str, command: str, ids: frozenset[str] | None, options: tuple[str, ...] = ()) -> tuple[Path, int]:
        """The answers' file for the texts with these ids (all where None), and how many texts there were. A text whose id is
        "id/number" is one of several of the document `id`."""
        name = f"{texts}-{command}-{hashlib.sha256(repr((sorted(ids or ()), options)).encode()).hexdigest()[:8]}"
        given, answered = self.folder / f"{name}.in.jsonl", self.folder / f"{name}.out.jsonl"
        if not answered.is_file():
            maker = SHARED / "eval" / "make_input.py"
            made = (
                (HERE / "conflict_speech.jsonl").read_bytes()
                if texts == OURS
                else subprocess.run([sys.executable, maker, texts], check=True, capture_output=True).stdout
            )
            lines = made.splitlines(keepends=True)
            kept = [line for line in lines if ids is None or {(i := str(json.loads(line)["id"])), i.split("/")[0]} & ids]
            self._ask(command, kept, given, answered, options)
        return answered, sum(1 for _ in given.open("rb"))

    def to(self, name: str, command: str, lines: list[Row]) -> Path:
        """The answers' file for these input lines."""
        answered = self.folder / f"{name}.out.jsonl"
        kept = [json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines]
        self._ask(command, kept, self.folder / f"{name}.in.jsonl", answered)
        return answered

    def _ask(self, command: str, lines: list[bytes], given: Path, answered: Path, options: tuple[str, ...] = ()) -> None:
        given.write_bytes(b"".join(lines))
        code = "from counterclaim.cli import main; main()"
        # 3 says that some lines were left out, which is for the scorer to count
        asked: list[str | Path] = [sys.executable, "-c", code, command, given, "-o", answered, *options]
        done = subprocess.run(asked, stderr=subprocess.PIPE, text=True)
        if done.returncode not in (0, 3):
            raise SystemExit(f"{command} on {given.name} failed:\n{done.stderr[-2000:]}")


def measured(measure: Measure, answers: Answers, full: bool) -> tuple[dict[str, float], int, str]:
    """The figures of one measure, by dotted name; how many texts; the digest of the data, sample rule included."""
    if measure.task in TASKS:
        return measured_here(measure, TASKS[measure.task], answers, full)
    data = folder_of(measure)
    share = 256 if full else measure.share
    files = [measure.gold, *measure.extra]
    digest = hashlib.sha256(f"{measure.unit} {share}".encode())
    for name in files:
        digest.update((data / name).read_bytes())
    with tempfile.TemporaryDirectory() as folder:
        gold, ids = data / measure.gold, None
        if measure.task not in ("seeds", "copies", "speech"):
            rows = [row for row in read_rows(gold) if chosen(str(row[measure.unit]), share)]
            ids = frozenset(str(row["id"]) for row in rows)
            # the scorers know a gold file by its name and take every text in it, so the sample gets a file of the same name
            gold = Path(folder) / gold.name
            write_rows(gold, rows)
            for name in measure.extra:
                (Path(folder) / Path(name).name).write_bytes((data / name).read_bytes())
        elif measure.task == "copies":
            ids = frozenset(row[end] for row in read_rows(gold) if "a" in row for end in ("a", "b"))
        answered, texts = answers.of(measure.texts, measure.command, ids, measure.options)
        scorer: list[str | Path]
        if measure.name == OURS:
            scorer = [HERE / "conflict_speech.py", "score", answered, "--json"]
        else:
            own = SHARED / "eval" / "score_reading.py" if measure.scorer is None else HERE / measure.scorer
            scorer = [own, measure.task, gold, answered]
        done = subprocess.run([sys.executable, *scorer], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{measure.name}: the scorer failed:\n{done.stderr[-2000:]}")
    return dict(flat(json.loads(done.stdout))), texts, digest.hexdigest()


def folder_of(measure: Measure) -> Path:
    """The folder that a measure's gold lies in."""
    return HERE if (HERE / measure.gold).is_file() else SHARED / "data"


def statements_of(answers: dict[str, Row]) -> dict[str, list[Row]]:
    """The statements of the answers by id."""
    return {id: answer.get("statements", []) for id, answer in answers.items()}


def measured_here(measure: Measure, task: Task, answers: Answers, full: bool) -> tuple[dict[str, float], int, str]:
    """The same for a set that has no scorer in ../shared."""
    share = 256 if full else measure.share
    digest = hashlib.sha256(f"{measure.unit} {share}".encode())
    files = [folder_of(measure) / name for name in (measure.gold, *measure.extra)]
    for file in files:
        digest.update(file.read_bytes())
    rows = [row for row in read_rows(files[0]) if chosen(str(row[measure.unit]), share)]
    gold, lines = task.lines(rows, *(read_rows(file) for file in files[1:]))
    answered = answers.to(measure.name.replace(" ", "-"), measure.command, lines)
    return task.score(gold, {row["id"]: row for row in read_rows(answered)}), len(lines), digest.hexdigest()


def chosen(unit: str, share: int) -> bool:
    """Whether a document or incident is in the sample: its hash's first byte lies in the top `share` of 256."""
    return hashlib.sha256(unit.encode()).digest()[0] >= 256 - share


def flat(value: Any, name: str = "") -> Iterator[tuple[str, float]]:
    """Every number of a nested answer under its dotted name."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(inner, f"{name}.{key}" if name else key)
    elif isinstance(value, int | float):
        yield name, float(value)


def opener(path: Path) -> Callable[..., Any]:
    """What opens a plain or a gzipped file."""
    return gzip.open if path.suffix == ".gz" else open


def read_rows(path: Path) -> list[Row]:
    """The rows of a file of JSON lines."""
    with opener(path)(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def write_rows(path: Path, rows: list[Row]) -> None:
    """Writes rows as JSON lines."""
    with opener(path)(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


if __name__ == "__main__":
    sys.exit(main())
