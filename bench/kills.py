"""Kills `counterclaim run` at random moments, again and again, and looks what is left of the case each time.

    python bench/kills.py [--reports 200] [--kills 200] [--seed 8]

The reports are invented. One run is left alone; its facts are what all others must come to. Then runs on another case are begun
and killed (SIGKILL) after a random time, some while they capture, read, link or finish. After each kill `verify` must find it
sound; when the case is whole its facts must be the same byte for byte, and a new case is begun. Ends with status 1 where not.
Each run is a fork of one process that has read a text, so that kills fall on work and not on loading; and the time after which
it is killed is what it has had of a processor, so that they fall on the same stages however busy the machine is.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import counterclaim.dossier
import counterclaim.linking
from counterclaim.case import Store
from counterclaim.cli import main as command
from workbench import invented

A_QUARTER = 4
"""A run is killed within its first fourth, so that the kills of one case fall on all stages of it."""


def write(folder: Path, reports: int) -> None:
    """The reports, a file each: what they tell of the strike, without the witnesses, whose many sentences would be read most of
    the time and add nothing that can be lost in another way."""
    for n, (_, report, _, _) in enumerate(invented(reports)):
        day = report.published.value if report.published else ""
        told = report.text.rpartition("\n\n")[0]
        (folder / f"{n:04}.txt").write_text(f"{report.title}\n\n{day}\n\n{told}\n\nReport {n}.", "utf-8")


def running(folder: Path, case: Path) -> int:
    """A run on the case, under way; the id of its process."""
    process = os.fork()
    if process == 0:
        status = 1
        try:
            nothing = os.open(os.devnull, os.O_RDWR)
            os.dup2(nothing, 1)
            os.dup2(nothing, 2)
            sys.argv = ["counterclaim", "run", str(folder), "--case", str(case)]
            command()
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 0
        finally:
            os._exit(status)
    return process


def ended(process: int) -> float:
    """Waits for a run that is left alone; the seconds it had of a processor. SystemExit where it fails."""
    _, how, used = os.wait4(process, 0)
    status = os.waitstatus_to_exitcode(how)
    if status:
        raise SystemExit(f"a run that was left alone ended with status {status}")
    return used.ru_utime + used.ru_stime


def killed(process: int, after: float) -> bool:
    """Kills a run that has had so many seconds of a processor; whether it was still at work."""
    stat, ticks = Path(f"/proc/{process}/stat"), os.sysconf("SC_CLK_TCK")
    while True:
        state, *told = stat.read_text().rpartition(")")[2].split()
        if state == "Z" or (int(told[10]) + int(told[11])) / ticks >= after:
            break
        time.sleep(0.005)
    os.kill(process, signal.SIGKILL)  # one that has ended is there until it is waited for
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


def stage(case: Path) -> tuple[str, str, tuple[str, ...]]:
    """How far the case has come, the digest of its facts where it is whole, and what verify finds wrong with it."""
    if not case.exists():
        return "before there was a case", "", ()
    with Store.open(case) as store:
        events = [entry.event for entry in store.log()]
        wrong = store.verify()
        if "run finished" in events:
            return "after the run", store.facts_digest(), wrong
        return ("while reading or linking" if "run started" in events else "while capturing"), "", wrong


def told(where: Counter[str]) -> str:
    """How many kills fell on which stage."""
    return ", ".join(f"{n} {at}" for at, n in where.most_common())


def main() -> int:
    """Kills and prints what was found."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--reports", type=int, default=200)
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--seed", type=int, default=8)
    given = options.parse_args()
    chance = random.Random(given.seed)
    counterclaim.read("At least 12 people were killed in Mosul on Monday, the ministry said.")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "reports"
        folder.mkdir()
        write(folder, given.reports)
        whole = Path(place) / "whole.case"
        took = ended(running(folder, whole))
        _, expected, wrong = stage(whole)
        assert expected, "the run that was left alone did not finish"
        print(f"{given.reports} reports: a run left alone takes {took:.1f} s of a processor", flush=True)
        kills, cases, failures, where = 0, 0, list(wrong), Counter[str]()
        while kills < given.kills and not failures:
            case = Path(place) / f"{cases}.case"
            while kills < given.kills and not failures:
                was_killed = killed(running(folder, case), chance.random() * took / A_QUARTER)
                at, digest, wrong = stage(case)
                failures += wrong
                if was_killed:
                    kills += 1
                    where[at] += 1
                if digest:
                    break
            ended(running(folder, case))
            _, digest, wrong = stage(case)
            failures += wrong
            if digest != expected:
                failures.append(f"case {cases}: its facts are not those of the run that was left alone")
            cases += 1
            case.unlink(missing_ok=True)
            print(f"{kills} kills, {cases} cases gone on with: {told(where)}", flush=True)
    for failure in failures:
        print(f"FAILED: {failure}")
    print("every case sound after every kill, every one that went on the same byte for byte" if not failures else "not sound")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
