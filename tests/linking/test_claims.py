"""Statements that meet on a question of an incident."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from counterclaim.linking.claims import gather_claims
from counterclaim.records import Actor, Incident, IncidentRef


def _incident(*reports: str) -> Incident:
    return Incident(id="i1", title="", date=None, place=None, alleged=(), members=tuple(IncidentRef(r, 0) for r in reports))


def test_an_accusation_meets_its_denial_and_its_admission(
    read: Callable[..., Any], said: Callable[..., Any], mention: Callable[..., Any]
) -> None:
    staff = Actor(name="General Staff", kind="organ", side="Norland")
    accuse = said("Norland did it", "Ana Perez", side="Sudland", act="blame", target="General Staff", incident=0)
    deny = said("we did not", "General Staff", side="Norland", act="denial", incident=0)
    admit = said("it was us", "General Staff", side="Norland", act="admission", incident=0)
    reports = [
        read("r1", "Norland did it. But: we did not.", statements=[accuse, deny], incidents=[mention()], actors=[staff]),
        read("r2", "Later: it was us.", statements=[admit], incidents=[mention()]),
    ]
    (claim,) = gather_claims(reports, [_incident("r1", "r2")], {})
    assert (claim.incident, claim.question, claim.target) == ("i1", "responsibility", "Norland")
    assert [(ref.report, ref.statement, polarity) for ref, polarity in claim.edges] == [
        ("r1", "s0", "asserts"), ("r1", "s1", "denies"), ("r2", "s0", "admits"),
    ]  # fmt: skip
    assert gather_claims(reports[::-1], [_incident("r2", "r1")], {}) == (claim,)


def test_each_question_has_its_own_claim(read: Callable[..., Any], said: Callable[..., Any], mention: Callable[..., Any]) -> None:
    acts = ["figure", "investigation", "regret", "demand", "damage", "justification", "uncertainty", "other"]
    text = ". ".join(f"words on {act}" for act in acts)
    statements = [said(f"words on {act}", "Ana Perez", side="Norland", act=act, incident=0) for act in acts]
    claims = gather_claims([read("r1", text, statements=statements, incidents=[mention()])], [_incident("r1")], {})
    assert {(c.question, c.target, c.edges[0][1]) for c in claims} == {
        ("toll", None, "asserts"), ("investigation", "Norland", "asserts"), ("regret", "Norland", "asserts"),
        ("demand", None, "asserts"), ("damage", None, "asserts"), ("intent", "Norland", "asserts"),
        ("responsibility", None, "questions"),
    }  # fmt: skip


def test_pointing_at_another_side_is_no_word_on_intent(
    read: Callable[..., Any], said: Callable[..., Any], mention: Callable[..., Any]
) -> None:
    shield = said("rebels hid there", "Ana Perez", side="Norland", act="justification", target="the rebels", incident=0)
    (claim,) = gather_claims([read("r1", "rebels hid there", statements=[shield], incidents=[mention()])], [_incident("r1")], {})
    assert (claim.question, claim.target) == ("responsibility", "the rebels")


def test_a_statement_of_no_incident_makes_no_claim(read: Callable[..., Any], said: Callable[..., Any]) -> None:
    reports = [read("r1", "they lie", statements=[said("they lie", "Ana Perez", act="blame", target="Norland")])]
    assert gather_claims(reports, [_incident("r1")], {}) == ()
