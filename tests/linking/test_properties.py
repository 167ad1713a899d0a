"""What linking keeps to whatever reports come: their order plays no part, ids stay, what people decided goes first."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterclaim.linking import link
from counterclaim.records import (
    DateRange,
    IncidentMention,
    IncidentRef,
    Place,
    Published,
    Range,
    Reading,
    ReadReport,
    Report,
    Statement,
    StatementRef,
    Tied,
    Ties,
)

# few events in few words: reports of a case are mostly alike, and what is only nearly alike lies beside them
EVENTS = (
    ("Tarin", 36.1, 43.2, "rockets struck the flour mill and buried workers of the night shift under the grain silo"),
    ("Loum", 38.9, 47.0, "a drone hit the ferry landing where families waited with their baskets for the morning boat"),
    ("Tarin", 36.1, 43.2, "shells fell on the weavers' market and set the cloth halls beside the old bathhouse alight"),
)
SAID = (
    "No aircraft of ours flew over the valley between midnight and dawn that day",
    "Between midnight and dawn of that day none of our aircraft flew over the valley",
    "The garrison fired only on men who carried launchers across the dry canal",
)
SPEAKERS = ("Ivo Maran", "Dela Korvat", "Norland army")

quickly = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
chance = st.randoms(use_true_random=False)


def case_of(draw: Random, most: int = 6) -> list[ReadReport]:
    """Three to `most` reports on few events, each with up to two mentions and two statements, some without a date."""
    return [_read(f"r{n}", draw) for n in range(draw.randint(3, most))]


def _read(id: str, draw: Random) -> ReadReport:
    event, day = draw.choice(EVENTS), draw.randint(3, 5)
    quoted = [(draw.choice(SAID), draw.choice(SPEAKERS)) for _ in range(draw.randint(0, 2))]
    opening = draw.choice(("Residents of {0} said {1}.", "In {0}, {1}, officials said.", "{0}: {1}."))
    text = opening.format(event[0], event[3])
    statements = []
    for n, (content, speaker) in enumerate(quoted):
        start = len(text) + 1
        text += f" {content}, {speaker} said."
        statements.append(
            Statement(
                id=f"s{n}", content=((start, start + len(content)),), cue=(), source=(), form="indirect", act="denial",
                confidence=1.0, speaker=speaker, speaker_kind="named", incident=draw.choice((None, 0)),
            )
        )  # fmt: skip
    mentions = [_mention(event, day, draw)]
    if draw.random() < 0.4:
        mentions.append(replace(_mention(draw.choice(EVENTS), day - 1, draw), main=False))
    published = Published(f"2021-05-{day + draw.randint(0, 2):02}", "given") if draw.random() < 0.8 else None
    report = Report(id=id, capture=f"c{id}", text=text, published=published)
    return ReadReport(report, Reading(text=text, statements=tuple(statements), incidents=tuple(mentions)))


def _mention(event: tuple[str, float, float, str], day: int, draw: Random) -> IncidentMention:
    name, lat, lon, _ = event
    return IncidentMention(
        main=True,
        date=DateRange(f"2021-05-{day:02}", f"2021-05-{day:02}", 1) if draw.random() < 0.7 else None,
        place=Place(name=name, lat=lat, lon=lon, precision="city") if draw.random() < 0.7 else None,
        killed=draw.choice((None, Range(4, 4), Range(9, None))),
    )


@quickly
@given(chance)
def test_the_order_of_reports_plays_no_part(draw: Random) -> None:
    reports = case_of(draw)
    assert repr(link(draw.sample(reports, len(reports)))) == repr(link(reports))


@quickly
@given(chance)
def test_a_report_that_joins_renames_nothing(draw: Random) -> None:
    *reports, later = case_of(draw)
    before = link(reports).incidents
    after = link(draw.sample([later, *reports], len(reports) + 1), known=before).incidents
    known = {ref: old.id for old in before for ref in old.members}
    assert len({new.id for new in after}) == len(after)
    for new in after:
        homes = {known[ref] for ref in new.members if ref in known}
        if new.id in known.values():
            assert new.id in homes, "an id goes to no mention that it was never for"
        else:
            assert homes <= {other.id for other in after}, "nothing gets another id while its own is free"


@quickly
@given(chance)
def test_what_is_linked_again_keeps_its_ids(draw: Random) -> None:
    reports = case_of(draw)
    first = link(reports)
    assert repr(link(reports, known=first.incidents)) == repr(first)


def _two_groups(refs: Sequence[Tied], draw: Random) -> tuple[list[Tied], list[Tied]]:
    """Any two groups of `refs` that share none; either may be empty."""
    mixed = draw.sample(refs, len(refs))
    first, last = sorted((draw.randint(0, len(refs)), draw.randint(0, len(refs))))
    return mixed[:first], mixed[last:]


@quickly
@given(chance)
def test_what_people_decided_holds_whatever_is_alike(draw: Random) -> None:
    reports = case_of(draw)
    mentions = [IncidentRef(r.report.id, n) for r in reports for n in range(len(r.reading.incidents))]
    statements = [StatementRef(r.report.id, s.id) for r in reports for s in r.reading.statements]
    decided = _two_groups(mentions, draw), _two_groups(statements, draw)
    same = tuple(pair for groups in decided for group in groups for pair in pairwise(group))
    # one pair parts all that is tied to either
    apart = tuple((one[0], other[-1]) for one, other in decided if one and other)
    linkage = link(reports, ties=Ties(same, apart))
    found = [*(set[Tied](i.members) for i in linkage.incidents), *(set[Tied](u.statements) for u in linkage.utterances)]
    for one, other in decided:
        assert all(any(held.issuperset(group) for held in found) for group in (one, other))
        assert not any(held.intersection(one) and held.intersection(other) for held in found)


def test_a_process_with_another_hash_seed_links_to_the_same_bytes() -> None:
    code = "import runpy, sys; runpy.run_path(sys.argv[1], run_name='told')"
    seen = set()
    for seed in ("1", "2"):
        bare = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", code, __file__], env=bare, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        seen.add(done.stdout)
    assert len(seen) == 1
    assert "IncidentRef" in seen.pop()


if __name__ == "told":
    print([link(case_of(Random(seed), most=20)) for seed in range(6)])
