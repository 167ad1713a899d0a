"""Three hundred facts reviewed, then read by rules that move, change and drop them: nothing decided is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

import counterclaim
from counterclaim import pipeline, reading
from counterclaim.case import Asked
from counterclaim.commands.checkup import bundled_case
from counterclaim.records import Reading

RESTATED = Path(__file__).parent.parent / "case" / "restated.jsonl"
"""News reports on four strikes restated in the project's own words; see the bundled case's README for how that is done."""


def lot(*parts):
    """A number from 0 to 99 drawn by what is named: the same in every process."""
    return sha256("|".join(map(str, parts)).encode()).digest()[0] * 100 // 256


class Patched:
    """An extractor whose rules changed: it widens spans, changes values, drops facts, turns the order of mentions around."""

    def __init__(self, readings):
        self.readings = readings
        self.did: dict[tuple[str, str, str], str] = {}

    def __call__(self, report, **_):
        held = self.readings[report.id]
        figures, statements = [], []
        for s in held.statements:
            luck = lot("statement", report.id, s.id)
            if luck < 12:
                self.did["statement", report.id, s.id] = "dropped"
                continue
            if luck < 30:
                self.did["statement", report.id, s.id] = "changed"
                s = replace(s, act="demand" if s.act != "demand" else "regret")
            elif luck < 50 and s.content and s.content[0][0] > 0:
                self.did["statement", report.id, s.id] = "moved"
                s = replace(s, content=((s.content[0][0] - 1, s.content[0][1]), *s.content[1:]))
            statements.append(s)
        kept = {s.id for s in statements}
        for f in held.figures:
            luck = lot("figure", report.id, f.id)
            if luck < 12:
                self.did["figure", report.id, f.id] = "dropped"
                continue
            if luck < 30:
                self.did["figure", report.id, f.id] = "changed"
                f = replace(f, low=(f.low or 0) + 1)
            elif luck < 50:
                self.did["figure", report.id, f.id] = "moved"
                f = replace(f, span=(f.span[0], min(len(report.text), f.span[1] + 1)))
            figures.append(replace(f, statement=f.statement if f.statement in kept else None))
        turned = list(range(len(held.incidents)))[::-1]
        gone = {n for n in turned if lot("mention", report.id, n) < 15}
        order = [n for n in turned if n not in gone]
        for n in gone:
            self.did["mention", report.id, str(n)] = "dropped"
        place = {n: at for at, n in enumerate(order)}
        return replace(
            held,
            figures=tuple(replace(f, id=f"x{f.id}", incident=place.get(f.incident), statement=f.statement) for f in figures),
            statements=tuple(replace(s, incident=place.get(s.incident)) for s in statements),
            details=tuple(
                replace(d, incident=place.get(d.incident), statement=d.statement if d.statement in kept else None)
                for d in held.details
            ),
            incidents=tuple(held.incidents[n] for n in order),
        )


@pytest.fixture(scope="module")
def read_once(tmp_path_factory):
    """A folder of the bundled and the restated reports, and what is read in them by the report's id."""
    folder = tmp_path_factory.mktemp("reviewed")
    for line in RESTATED.read_text("utf-8").splitlines():
        report = json.loads(line)
        day = f"{report['published']}\n\n" if report["published"] else ""
        (folder / f"{report['id']}.txt").write_text(day + report["text"], "utf-8")
    with counterclaim.Case() as case, bundled_case() as bundled:
        case.add(folder, bundled)
        case.run()
        return folder, {r.report.id: r.reading for r in case.store.readings()}


def review(case):
    """Decides on every fact by lot, as a script does; then on incidents: merges two, splits one, grades all."""
    asked = []
    for n, read in enumerate(case.view.reports):
        id = read.report.id
        for f in read.reading.figures:
            ref, luck = f"{id}:{f.id}", lot("review", id, f.id)
            user = ("Ada", "Ben")[luck % 2]
            if luck < 50:
                asked.append(Asked(kind="accept", target=ref, user=user))
            elif luck < 80:
                values = {"high": (f.high or 0) + 100}
                asked.append(Asked(kind="correct", target=ref, user=user, values=values, reason="misread"))
            else:
                asked.append(Asked(kind="reject", target=ref, user=user, reason="no toll"))
        for s in read.reading.statements:
            ref, luck = f"{id}:{s.id}", lot("review", id, s.id)
            if luck < 60:
                asked.append(Asked(kind="accept", target=ref, user="Ada"))
            elif luck < 85:
                asked.append(Asked(kind="correct", target=ref, user="Ben", values={"speaker": f"Speaker {n}"}))
            else:
                asked.append(Asked(kind="reject", target=ref, user="Cleo"))
        for index in range(len(read.reading.incidents)):
            asked.append(Asked(kind="accept", target=f"{id}:m{index}", user="Ada"))
    assert len(case.decide_all(asked)) == len(asked)
    held = [i for i in case.view.linkage.incidents if len(i.members) > 1]
    case.decide("merge", held[0].id, others=[held[1].id], user="Ada")
    case.decide("split", held[2].id, others=held[2].members[:1], user="Ben")
    for incident in case.view.linkage.incidents:
        case.assess(incident.id, scale="airwars", grade="fair", low=1, high=9, best=4, user="Cleo")


def told(case):
    """What became of each decision."""
    return {s.decision.id: (s.state, s.outcome) for s in case.view.standings}


def graded(case):
    """Each grading with the reports of the incident it is of."""
    held = {i.id: frozenset(ref.report for ref in i.members) for i in case.view.linkage.incidents}
    return [(g.assessment, g.incident, held[g.incident]) for g in case.view.graded]


def rerun(case, monkeypatch, patched, rules):
    monkeypatch.setattr(pipeline, "read_report", patched)
    monkeypatch.setattr(reading, "RULES", rules)
    case.run()


def test_no_decision_is_lost_and_every_conflict_is_told(target, read_once, monkeypatch):
    folder, readings = read_once
    assert sum(len(r.figures) + len(r.statements) + len(r.incidents) for r in readings.values()) >= 300
    patched = Patched(readings)
    with counterclaim.Case(target) as case, bundled_case() as bundled:
        case.add(folder, bundled)
        rerun(case, monkeypatch, lambda report, **_: readings[report.id], "as first read")
        review(case)
        decisions, seen = case.store.decisions(), case.view
        assert len(decisions) >= 300
        assert {state for state, _ in told(case).values()} == {"in force"}
        assert {outcome for _, outcome in told(case).values()} == {"same"}
        before, grades = told(case), graded(case)
        rerun(case, monkeypatch, patched, "patched")
        assert case.store.decisions() == decisions
        assert graded(case) == grades
        assert case.store.verify() == ()
        assert told(case).keys() == before.keys()
        assert not [r.reading.error for r in case.store.readings() if r.reading.error]
        expected = {"dropped": "not found: kept", "changed": "value changed: check again", "moved": "moved"}
        seen_by_id = {r.report.id: r for r in seen.reports}
        done = dict.fromkeys(("same", *expected.values()), 0)
        for standing in case.view.standings:
            fact = fact_of(standing.decision, seen_by_id)
            if fact is None or shares_its_words(fact, readings):
                continue
            assert standing.state == before[standing.decision.id][0]
            did = patched.did.get(fact)
            if did == "changed" and standing.decision.kind == "correct":
                did = None  # the corrected value is not the one that changed
            outcome = expected[did] if did else "same"
            done[outcome] += 1
            assert standing.outcome == outcome, (did, fact, standing.decision)
        assert min(done.values()) > 5, done
        assert len(case.view.check_again) >= done["not found: kept"]
        stands(decisions, case.view, seen)
        rerun(case, monkeypatch, lambda report, **_: readings[report.id], "as before")
        assert told(case) == before
        assert (case.view.reports, graded(case)) == (seen.reports, grades)


def fact_of(decision, seen):
    """Which fact of the first reading a decision is on."""
    if decision.fact not in ("figure", "statement", "mention") or decision.anchor is None:
        return None
    told = json.loads(decision.seen)
    id = decision.anchor.report
    if decision.fact == "mention":
        evidence = tuple(tuple(at) for at in told["evidence"])
        index = next((n for n, m in enumerate(seen[id].reading.incidents) if m.evidence == evidence), None)
        return None if index is None else ("mention", id, str(index))
    return decision.fact, id, told["id"]


def shares_its_words(fact, readings):
    """Whether another fact of the report stands on the same words, so that it is found there when the first is gone."""
    kind, id, name = fact
    held: Reading = readings[id]
    if kind == "mention":
        mine = held.incidents[int(name)]
        sentences = {held.sentence_of(at) for at in mine.evidence}
        others = (m for n, m in enumerate(held.incidents) if str(n) != name)
        return not mine.evidence or any(held.sentence_of(at) in sentences for m in others for at in m.evidence)
    facts = held.figures if kind == "figure" else held.statements
    pieces = {f.id: [f.span] if kind == "figure" else list(f.content or f.cue or f.source) for f in facts}
    mine = pieces.pop(name)
    return any(a < d and c < b for others in pieces.values() for a, b in mine for c, d in others)


def stands(decisions, now, before):
    """Every accepted or corrected figure and statement is in the view as decided; every rejected one is not."""
    words = {r.report.id: r for r in now.reports}
    then = {r.report.id: r for r in before.reports}
    for d in decisions:
        if d.fact != "figure":
            continue
        id, seen = d.anchor.report, json.loads(d.seen)
        here = [f for f in words[id].reading.figures if f.span[0] == d.anchor.start and f.harm == seen["harm"]]
        if d.kind == "reject":
            assert not [f for f in here if f.victims == seen["victims"]], d
        elif d.kind == "accept":
            assert [f for f in here if (f.low, f.high) == (seen["low"], seen["high"])], d
        else:
            assert [f for f in here if f.high == json.loads(d.value)], d
        assert then[id].report.text[d.anchor.start : d.anchor.end] == d.anchor.quote
