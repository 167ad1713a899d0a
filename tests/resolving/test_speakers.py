"""Statements and figures with who speaks, for whom, through whom, about whom."""

from __future__ import annotations

from typing import Any

import counterclaim
from counterclaim.records import Statement
from counterclaim.resolving.actors import resolve_actors
from counterclaim.resolving.speakers import attribute


def filled(t: Any, **known: str) -> list[Statement]:
    extraction = t.extraction()
    statements, _ = attribute(extraction, resolve_actors(extraction, **known), **known)
    return list(statements)


def test_a_statement_tells_speaker_affiliation_side_and_chain(told: Any) -> None:
    text = "Col. Ali Verrin, head of Iraqi civil forces working there, told CNN that 14 bodies were found."
    t = told(text).says("Col. Ali Verrin, head of Iraqi civil forces working there", "14 bodies were found", via="CNN")
    (s,) = filled(t.mentions_of("person", "Ali Verrin"))
    assert (s.speaker, s.speaker_kind, s.affiliation, s.side) == ("Ali Verrin", "named", "Iraqi civil forces", "Iraq")
    assert s.chain == ("CNN",)


def test_several_are_joined_and_one_name_makes_them_named(told: Any) -> None:
    t = told("Damascus and Moscow put it at 62. Witnesses and the Iraqi army put it at 70.")
    t.says("Damascus and Moscow", "it at 62").says("Witnesses and the Iraqi army", "it at 70")
    first, second = filled(t)
    assert (first.speaker, first.side) == ("Syria; Russia", "Syria; Russia")
    assert (second.speaker, second.speaker_kind, second.side) == ("witnesses; Iraqi army", "named", "residents; Iraq")


def test_a_left_out_source_is_found_elsewhere_and_no_source_is_the_outlet(told: Any) -> None:
    text = "Syria's army labelled the raid proof, calling it brazen. Ten people died."
    t = (
        told(text)
        .says("Syria's army", "the raid proof")
        .says(None, "brazen", antecedent="Syria's army")
        .says(None, "Ten people died")
    )
    kinds = [(s.speaker, s.speaker_kind) for s in filled(t)]
    assert kinds == [("Syrian army", "named"), ("Syrian army", "named"), (None, "outlet")]


def test_figures_take_their_statements_speaker_or_none(told: Any) -> None:
    text = "The Syrian Observatory said 90 died. Another 12 had died before."
    t = told(text).says("The Syrian Observatory", "90 died").counts("90", 90, "s1").counts("12", 12, None)
    extraction = t.extraction()
    _, figures = attribute(extraction, resolve_actors(extraction))
    assert [(f.speaker, f.side) for f in figures] == [("Syrian Observatory for Human Rights", "monitor"), (None, None)]
    assert [text[slice(*f.span)] for f in figures] == ["90", "12"]


def test_the_chain_names_agencies_and_unknown_channels_but_not_the_speakers_own_officials(told: Any) -> None:
    t = told("The news agency IRNA quoted Oleg Verrin: it fell.").says("Oleg Verrin", "it fell", via="The news agency IRNA")
    assert filled(t.mentions_of("person", "Oleg Verrin"))[0].chain == ("IRNA",)
    t = told("He told a local channel of ten dead, said Oleg Verrin.").says("Oleg Verrin", "ten dead", via="a local channel")
    assert filled(t.mentions_of("person", "Oleg Verrin"))[0].chain == ("local channel",)
    t = told("The Russian Foreign Ministry asked for calm, officials said.").says(
        "The Russian Foreign Ministry", "calm", via="officials"
    )
    assert filled(t)[0].chain == ()


def test_the_agency_and_told_us_mean_the_publisher(told: Any) -> None:
    t = told("An officer told us that ten died.").says("An officer", "ten died", via="us")
    assert filled(t, outlet="The Harbour Post")[0].chain == ("The Harbour Post",)
    t = told("An officer told the agency that ten died.").says("An officer", "ten died", via="the agency")
    assert filled(t, outlet="The Harbour Post", agency="Reuters")[0].chain == ("Reuters",)
    t = told("Anadolu Agency reported it. An officer told the agency that ten died.").says(
        "An officer", "ten died", via="the agency"
    )
    assert filled(t, agency="Reuters")[0].chain == ("Anadolu Agency",)
    t = told("Our correspondent said ten died.").says("Our correspondent", "ten died")
    assert filled(t, outlet="The Harbour Post")[0].speaker is None


def test_a_source_that_is_only_a_dateline_names_nobody(told: Any) -> None:
    t = told("CAIRO (AP) - Ten died, it was said.").says("CAIRO (AP", "Ten died")
    assert filled(t)[0].speaker is None


def test_the_accused_is_whom_the_grammar_gives_or_the_first_who_can_have_done_it(told: Any) -> None:
    cases = [
        ("Hamas accused Moscow of lying.", "Hamas", "Moscow of lying", "Moscow", "Russia"),
        ("Hamas said Russian raids on Syrian civilians went on.", "Hamas", "Russian raids on Syrian civilians", None, "Russia"),
        (
            "Hamas said 12 Iraqi soldiers were killed by Turkish drones.",
            "Hamas",
            "12 Iraqi soldiers were killed by Turkish",
            None,
            "Turkey",
        ),
        (
            "Russia accused the Western pilots of it.",
            "Russia",
            "the Western pilots of it",
            "the Western pilots",
            "Western pilots",
        ),
        ("Hamas said it rained.", "Hamas", "it rained", None, None),
    ]
    for text, source, content, about, target in cases:
        t = told(text).says(source, content, act="blame", about=about)
        assert filled(t)[0].target == target, text


def test_a_denial_and_an_admission_are_about_ones_own_side_unless_they_name_another(told: Any) -> None:
    t = told("The Iraqi army said its men did not fire.").says("The Iraqi army", "its men did not fire", act="denial")
    assert filled(t)[0].target == "Iraqi army"
    t = told("Iraq's military saw a mine of the Islamic State group and no trace of a strike by the US-led coalition.")
    t.says("Iraq's military", "a mine of the Islamic State group and no trace of a strike by the US-led coalition", act="denial")
    assert filled(t)[0].target == "US-led coalition"
    t = told("Ten were killed by mistake, the Pentagon admitted.").says(
        "the Pentagon", "Ten were killed by mistake", act="admission"
    )
    assert filled(t)[0].target == "Pentagon"


def test_who_disputes_a_count_disputes_whoever_gave_it(told: Any) -> None:
    t = told("Health authorities in Gaza said 100 died. Israel disputed the count.")
    t.says("Health authorities in Gaza", "100 died", act="figure").says("Israel", "the count", act="denial")
    assert filled(t)[1].target == "Gaza Health Ministry"


def test_a_pronoun_for_the_accused_takes_up_the_statement_before(told: Any) -> None:
    text = "Syria's army labelled the strikes proof of US support, calling them brazen."
    t = told(text).says("Syria's army", "the strikes proof of US support", act="blame")
    t.says(None, "brazen", act="blame", about="them", antecedent="Syria's army")
    assert [s.target for s in filled(t)] == ["United States", "United States"]


def test_a_numbered_channel_is_an_outlet() -> None:
    reading = counterclaim.read("Russian television's 2nd channel said that twelve people were killed in the strike.")
    (actor,) = (a for a in reading.actors if a.name == reading.statements[0].speaker)
    assert (actor.kind, actor.side) == ("agency", "media")


def test_the_regime_is_the_only_state_that_a_report_names() -> None:
    reading = counterclaim.read("The regime said that twelve people were killed by a strike in Syria.")
    assert reading.statements[0].speaker == "Syria"
    (actor,) = (a for a in reading.actors if a.name == "Syria")
    assert "inferred: the only state that the report names" in actor.why
