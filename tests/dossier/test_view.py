"""The rows behind both printers: colours, headline, pairs gathered, copies that never stand for their original."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from counterclaim.dossier.view import dossier_view
from counterclaim.records import Conflict

if TYPE_CHECKING:
    from counterclaim.dossier.rows import DossierView
    from counterclaim.records import Contest

    from .conftest import Made


def view_of(made: Made, contest: Contest | None = None) -> DossierView:
    contests = made.contests if contest is None else (contest,)
    return dossier_view(contests, made.reports, made.linkage, made.left_out)


def market(made: Made) -> Contest:
    return made.contests[1]


def test_incidents_with_most_reports_come_first_and_wider_totals_after(made: Made) -> None:
    empty = replace(market(made), tolls=(), ranges=(), positions=(), conflicts=(), origins=(), timeline=())
    view = dossier_view((empty, *made.contests), made.reports, made.linkage)
    assert [(i.aggregate, i.slight) for i in view.incidents] == [(False, False), (True, False), (False, True)]


def test_reports_are_numbered_by_date_the_undated_last(made: Made) -> None:
    reports = view_of(made).reports
    assert [r.said.date for r in reports] == ["6 May 2031", "7 May 2031", "8 May 2031", "unknown", "unknown"]
    assert [r.original for r in reports] == [None, None, None, 1, None]


def test_sides_that_meet_have_colours_of_their_own(made: Made) -> None:
    tones = [s.tone for s in view_of(made).incidents[0].sides]
    assert len(set(tones)) == len(tones) == 4
    assert 0 not in tones


def test_more_sides_than_colours_share_the_last(made: Made) -> None:
    first = market(made).tolls[0]
    crowd = replace(market(made), tolls=tuple(replace(first, side=f"side {n:02}") for n in range(10)), positions=(), origins=())
    tones = {s.name: s.tone for s in view_of(made, crowd).incidents[0].sides}
    assert sorted(tones.values()) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 9]


def test_the_headline_is_what_everyone_said(made: Made) -> None:
    assert view_of(made).incidents[0].headline == ("25–44", "killed, all said")


def test_readings_of_words_make_no_headline(made: Made) -> None:
    c = market(made)
    vague = next(t for t in c.tolls if t.qualifier == "vague")
    numbers = replace(next(r for r in c.ranges if r.kind == "standing"), kind="numbers said")
    wide = replace(numbers, kind="all said", low=24, high=99, low_by=vague.ref, high_by=vague.ref)
    shown = view_of(made, replace(c, ranges=(numbers, wide))).incidents[0]
    assert (shown.headline, shown.in_words) == (("25–44", "killed, all numbers said"), ("“Dozens”",))
    only = view_of(made, replace(c, tolls=(vague,), ranges=(wide,))).incidents[0]
    assert (only.headline, only.in_words) == (("“Dozens”", "killed"), ())


def test_each_number_at_the_head_tells_how_it_was_made(made: Made) -> None:
    i = view_of(made).incidents[0]
    rules = {m.rule: m for m in i.made}
    assert list(rules) == ["ranges", "voices", "conflicts"]
    assert rules["ranges"].line == "lowest: up to 25, Ivo Marsh; highest: 41–44, doctors"
    assert rules["voices"].line == i.count_rule
    assert rules["ranges"].cites
    assert rules["voices"].cites


def test_what_is_at_issue_is_told_question_by_question(made: Made) -> None:
    i = view_of(made).incidents[0]
    (issue,) = i.issues
    clash = next(c for c in i.conflicts if c.clash)
    assert (issue.question, issue.label, issue.anchor) == (clash.question, "; ".join(clash.face.lines), clash.anchor)
    assert issue.against == clash.against[0][0].lines


def test_the_claim_against_most_others_stands_alone_on_its_side(made: Made) -> None:
    spans = [t.span for t in market(made).tolls[:3]]

    def pair(a: int, b: int) -> Conflict:
        labels = ("doctors: 41", "mayor: 30", "army: 25")
        return Conflict(
            kind="contradiction",
            question="toll",
            left_label=labels[a],
            right_label=labels[b],
            left=spans[a],
            right=spans[b],
            reason=f"{a} and {b}",
        )

    rows = view_of(made, replace(market(made), conflicts=(pair(0, 1), pair(2, 1)))).incidents[0].conflicts
    assert [(r.face.label, [face.label for face, _ in r.against]) for r in rows] == [("mayor: 30", ["doctors: 41", "army: 25"])]
    assert [reason for _, reason in rows[0].against] == ["0 and 1", "2 and 1"]


def test_what_contradicts_stands_before_what_only_seems_to(made: Made) -> None:
    rows = view_of(made).incidents[0].conflicts
    assert [(r.kind, r.clash) for r in rows] == [("Contradiction", True), ("Different class of victims", False)]
    assert view_of(made).incidents[0].clashes == 1


def test_a_copy_never_stands_for_its_original(made: Made) -> None:
    c = market(made)
    denial = c.positions[0]
    start = denial.sentences[0].start + len("Port Selm\n\n")
    echoed = replace(denial.sentences[0], report="d4", start=start, end=start + len(denial.sentences[0].quote))
    both = replace(denial, sentences=(echoed, *denial.sentences))
    (block,) = view_of(made, replace(c, positions=(both,))).incidents[0].positions
    (entry,) = block.actors[0].stances[0].entries
    assert [cite.report for cite in entry.shown] == [1]
    assert [cite.report for cite in entry.echoes] == [4]
    assert block.actors[0].stances[0].sentences == 1


def test_one_utterance_in_two_wordings_is_shown_once(made: Made) -> None:
    (joined,) = view_of(made).incidents[0].joined
    assert joined.speaker == "Ada Brenn"
    assert [cite.report for cite in joined.cites] == [1, 3]
    assert joined.reasons == ("two wordings of one sentence",)


def test_tolls_run_in_time_and_wider_totals_stand_apart(made: Made) -> None:
    incident = view_of(made).incidents[0]
    (table,) = incident.tolls
    assert [[t.phrase for t in g.rows] for g in table.groups] == [["at least 30", "“Dozens”", "up to 25", "41–44"], ["none"]]
    assert [t.phrase for table in incident.others for g in table.groups for t in g.rows] == ["612"]
    assert all(not g.ranges for table in incident.others for g in table.groups)


def test_a_toll_replaced_later_points_to_the_later_one(made: Made) -> None:
    c = market(made)
    later = c.tolls[0]
    past = replace(c.tolls[1], standing=False, superseded_by=later.ref)
    (table,) = view_of(made, replace(c, tolls=(later, past))).incidents[0].tolls
    rows = {t.phrase: t for t in table.groups[0].rows}
    assert rows["at least 30"].superseded == (rows["41–44"].anchor, "later figure")
    assert rows["41–44"].superseded is None


def test_an_utterance_told_in_the_same_words_is_quoted_once() -> None:
    from counterclaim.dossier.cites import Cite
    from counterclaim.dossier.rows import WORDINGS, Joined

    def cite(report: int, sentence: str) -> Cite:
        return Cite(report, 1, "Line", f"r{report}-0-4", sentence, 0, 4, False)

    same = tuple(cite(n, "It was no mistake.") for n in range(1, 4))
    others = tuple(cite(n, f"It was no mistake, version {n}.") for n in range(4, 13))
    joined = Joined("a minister", (*same, *others), ())
    assert joined.shown == (same[0], *others[: WORDINGS - 1])
    assert joined.further == (*same[1:], *others[WORDINGS - 1 :])
