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
        ("demand", None, "asserts"), ("damage", None, "asserts"), ("responsibility", "Norland", "asserts"),
        ("other", None, "questions"),
    }  # fmt: skip


def test_a_justification_is_about_the_own_side_whoever_it_names(
    read: Callable[..., Any], said: Callable[..., Any], mention: Callable[..., Any]
) -> None:
    shield = said("rebels hid there", "Ana Perez", side="Norland", act="justification", target="the rebels", incident=0)
    (claim,) = gather_claims([read("r1", "rebels hid there", statements=[shield], incidents=[mention()])], [_incident("r1")], {})
    assert (claim.question, claim.target) == ("responsibility", "Norland")


def test_whoever_blames_a_party_does_not_clear_it_by_denying_its_account(
    read: Callable[..., Any], said: Callable[..., Any], mention: Callable[..., Any]
) -> None:
    blame = said("they hit it", "Ana Perez", side="Norland", act="blame", target="Sudland", incident=0)
    deny = said("their account is false", "Ana Perez", side="Norland", act="denial", target="Sudland", incident=0)
    friend = said("they were elsewhere", "Ivo Maran", side="Westland", act="denial", target="Sudland", incident=0)
    text = "they hit it. their account is false. they were elsewhere"
    reports = [read("r1", text, statements=[blame, deny, friend], incidents=[mention()])]
    claims = gather_claims(reports, [_incident("r1")], {})
    edges = {c.question: [(ref.statement, polarity) for ref, polarity in c.edges] for c in claims}
    assert edges == {"responsibility": [("s0", "asserts"), ("s2", "denies")], "other": [("s1", "denies")]}


def test_two_who_deny_together_deny_each_for_himself(
    read: Callable[..., Any], said: Callable[..., Any], mention: Callable[..., Any]
) -> None:
    deny = said("it was not us", "Ana Perez; Ivo Maran", side="Norland; Westland", act="denial", incident=0)
    claims = gather_claims([read("r1", "it was not us", statements=[deny], incidents=[mention()])], [_incident("r1")], {})
    assert [(c.question, c.target) for c in claims] == [("responsibility", "Norland"), ("responsibility", "Westland")]


def test_a_statement_of_no_incident_makes_no_claim(read: Callable[..., Any], said: Callable[..., Any]) -> None:
    reports = [read("r1", "they lie", statements=[said("they lie", "Ana Perez", act="blame", target="Norland")])]
    assert gather_claims(reports, [_incident("r1")], {}) == ()
