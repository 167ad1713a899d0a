"""Cases that older versions wrote open, with everything in them, and are brought up to date."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

import counterclaim
from counterclaim.case import schema

OLDER = sorted((Path(__file__).parent / "older").glob("*.case.gz"))
"""A case of each released revision of the tables, named after it; `make.py` beside them adds one."""


def test_there_is_one_of_the_last_revision_but_one():
    assert int(OLDER[-1].name[:4]) >= int(schema.HEAD) - 1, "run tests/case/older/make.py before the tables change"


@pytest.mark.parametrize("older", OLDER, ids=lambda path: path.name[:4])
def test_older_case_keeps_everything(path, older, sample):
    path.write_bytes(gzip.decompress(older.read_bytes()))
    with counterclaim.Case(path) as case:
        assert case.store.verify() == ()
        assert len(case.store.reports()) == len(sample.TEXTS)
        assert sorted(len(case.store.origins(report.capture)) for report in case.store.reports()) == [1, 1, 1, 2]
        correction = next(s for s in case.view.standings if s.decision.kind == "correct")
        assert (correction.state, correction.outcome) == ("in force", "same")
        (ref,) = correction.on
        assert next(r for r in case.view.reports if r.report.id == ref.report).figure(ref.figure).high == 15
        states = {(s.decision.kind, s.decision.user): s.state for s in case.view.standings}
        if ("split", "Ben") in states:
            assert states["split", "Ben"] == "undone"
            assert states["reject", "Ben"] == "disputed"
            assert [f.low for r in case.view.reports for f in r.reading.figures if f.harm == "injured"] == [3]
        (graded,) = case.view.graded
        assert (graded.assessment.best, graded.outcome) == (14, "same")
        assert graded.incident == case.view.linkage.incidents[0].id
        case.decide("reject", ref, user="Ada")
        case.assess(graded.incident, scale="airwars", grade="weak", user="Ada")
        assert case.store.verify() == ()
        first_end = next(entry.made for entry in case.store.log() if entry.event == "run finished")
        for moment in (first_end, case.store.log()[-1].made):
            assert len(case.store.at(moment).reports) == len(sample.TEXTS)
