"""PROV read by the prov library: from every fact back to the capture, the run and the person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from prov.identifier import QualifiedName
from prov.model import (
    ProvActivity,
    ProvAgent,
    ProvAssociation,
    ProvAttribution,
    ProvDerivation,
    ProvDocument,
    ProvEntity,
    ProvGeneration,
    ProvUsage,
)

from counterclaim.exchange import Export
from counterclaim.pipeline import Case


@pytest.fixture(scope="module")
def document(written: Callable[[str, str], Path]) -> ProvDocument:
    return ProvDocument.deserialize(str(written("prov", "internal")), format="json")


def pairs(document: ProvDocument, kind: type) -> set[tuple[str, str]]:
    """The first two ends of every tie of a kind."""
    found = set()
    for record in document.get_records(kind):
        ends = [value for _, value in record.formal_attributes if isinstance(value, QualifiedName)]
        found.add((str(ends[0]), str(ends[1]) if len(ends) > 1 else ""))
    return found


def test_every_report_comes_from_its_capture_and_was_read_by_the_run(document: ProvDocument, case: Case) -> None:
    derived, used = pairs(document, ProvDerivation), pairs(document, ProvUsage)
    for read in case.reports:
        assert (f"report:{read.report.id}", f"capture:{read.report.capture}") in derived
        assert ("run:1", f"report:{read.report.id}") in used
    for incident in case.linkage.incidents:
        for member in incident.members:
            assert (f"incident:{incident.id}", f"report:{member.report}") in derived
    assert ("facts:1", "run:1") in pairs(document, ProvGeneration)


def test_the_run_says_which_code_models_and_rules(document: ProvDocument, leaves: Callable[..., Export]) -> None:
    (run,) = leaves().runs
    (told,) = [each for each in document.get_records(ProvActivity) if str(each.identifier) == "run:1"]
    assert (told.get_startTime(), told.get_endTime()) == (run.started, run.finished)
    (agent, plan) = next(
        (str(each.args[1]), str(each.args[2])) for each in document.get_records(ProvAssociation) if str(each.args[0]) == "run:1"
    )
    assert agent == f"code:{run.version}"
    labels = {str(each.identifier): each.label for each in document.get_records(ProvEntity)}
    assert labels[plan] == run.rules
    assert labels["models:1"] == run.models


def test_what_people_did_is_theirs(document: ProvDocument, case: Case) -> None:
    people = {str(each.identifier): each.label for each in document.get_records(ProvAgent)}
    signed = {(name, people[who]) for name, who in pairs(document, ProvAttribution)}
    decisions = {(f"decision:{s.decision.id}", s.decision.user) for s in case.view.standings}
    gradings = {(f"grading:{g.assessment.id}", g.assessment.user) for g in case.view.graded}
    assert len(decisions) == 2
    assert signed == decisions | gradings
    derived = pairs(document, ProvDerivation)
    for standing in case.view.standings:
        (on,) = standing.on
        assert not isinstance(on, str)
        assert (f"decision:{standing.decision.id}", f"report:{on.report}.{case.references.shown(on).split(':')[1]}") in derived
    times = {
        str(each.args[0]): each.args[2]
        for each in document.get_records(ProvGeneration)
        if str(each.args[0]).startswith("decision")
    }
    assert times == {f"decision:{s.decision.id}": s.decision.made for s in case.view.standings}


def test_outside_nobody_at_work_is_named(written: Callable[[str, str], Path]) -> None:
    text = written("prov", "public").read_text("utf-8")
    assert "analyst 1" in text
    assert not [name for name in ("Ann", "Lyst", "Okul", "own list", "two outlets", "radio.txt") if name in text]
    assert ProvDocument.deserialize(content=text, format="json").get_records(ProvAttribution)
