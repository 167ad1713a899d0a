"""Voices, not echoes: what is counted once, and what may be several."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.contest import lay_out
from counterclaim.records import Contest, PassageLink


def contest(reports: list[Any], linkage: Any) -> Contest:
    (only,) = lay_out(reports, linkage)
    return only


def test_five_papers_with_one_spokesman_are_one_voice(write: Any, link: Any) -> None:
    reports = [
        write(f"r{k}", outlet=f"Paper {k}")
        .says("Igor Vale", "blame", f"they lied {k} times", affiliation="Ministry of War")
        .read()
        for k in range(5)
    ]
    found = contest(reports, link(reports))
    (origin,) = found.origins
    assert (origin.name, origin.kind, origin.at_most, len(origin.reports)) == ("Ministry of War (Igor Vale)", "named", 1, 5)
    assert (found.count.reports, found.count.texts, found.count.voices, found.count.utterances) == (5, 5, 1, 5)


def test_a_person_and_the_institution_he_speaks_for_are_one_voice(write: Any, link: Any) -> None:
    a = write("a").says("Igor Vale", "blame", "they lied", affiliation="Ministry of War").read()
    b = write("b").says("Ministry of War", "blame", "it was absurd").read()
    c = write("c").says("a spokesman", "blame", "shame", affiliation="Ministry of War", speaker_kind="unnamed").read()
    assert [o.name for o in contest([a, b, c], link([a, b, c])).origins] == ["Ministry of War (Igor Vale)"]


def test_a_man_described_differently_is_one_voice(write: Any, link: Any) -> None:
    a = write("a").says("Igor Vale", "blame", "they lied", affiliation="Ministry of War").read()
    b = write("b").says("Igor Vale", "blame", "they lied", affiliation="Army Staff").read()
    c = write("c").says("Igor Vale", "blame", "they lied").read()
    found = contest([a, b, c], link([a, b, c]))
    assert [o.name for o in found.origins] == ["Army Staff (Igor Vale)"]


def test_names_found_to_be_one_man_are_one_voice(write: Any, link: Any) -> None:
    a = write("a").says("Josef Skrok", "admission", "we hit it").read()
    b = write("b").says("Joseph Scrock", "admission", "we did hit it").read()
    found = contest([a, b], link([a, b], names=[("Josef Skrok", "Joseph Scrock")]))
    assert [o.name for o in found.origins] == ["Joseph Scrock"]


def test_several_who_say_one_thing_are_a_voice_each(write: Any, link: Any) -> None:
    read = write("a").counts("Arda; Velia", 62, 62, "62 dead", side="Arda; Velia").read()
    found = contest([read], link([read]))
    assert [(o.name, o.side) for o in found.origins] == [("Arda", None), ("Velia", None)]
    assert len(found.tolls) == 1


def test_an_unnamed_speaker_is_one_to_n(write: Any, link: Any) -> None:
    reports = [write(f"r{k}").says("a defence official", "blame", f"words {k}", speaker_kind="unnamed").read() for k in range(3)]
    found = contest(reports, link(reports))
    assert [(o.name, o.at_most) for o in found.origins] == [("a defence official", 3)]
    assert (found.count.voices, found.count.voices_at_most) == (1, 3)
    assert "1 to 3 voices" in found.count.rule


def test_equal_utterances_join_an_unnamed_speaker_to_the_name(write: Any, link: Any) -> None:
    a = write("a").says("Igor Vale", "blame", "they lied to the whole town").read()
    b = write("b").says("an official", "blame", "they lied to the whole town", speaker_kind="unnamed").read()
    apart, joined = (contest([a, b], link([a, b], together=t)) for t in ([], [[("a", "s0"), ("b", "s0")]]))
    assert (apart.count.voices, joined.count.voices) == (2, 1)


def test_an_outlet_counts_under_the_agency_credited(write: Any, link: Any) -> None:
    a = write("a", outlet="Valley Post", agency="Morning Wire").counts(None, 9, 9, "nine dead").read()
    b = write("b", outlet="Hill Post", agency="Morning Wire").counts(None, 11, 11, "eleven dead").read()
    c = write("c", outlet="Hill Post").counts(None, 12, 12, "twelve dead").read()
    d = write("d", outlet=None).counts(None, 13, 13, "thirteen dead").read()
    found = contest([a, b, c, d], link([a, b, c, d]))
    assert [o.name for o in found.origins] == ["Morning Wire", "Hill Post", "outlet not known"]
    assert found.tolls[0].outlet == "Morning Wire"


def test_a_party_named_as_such_may_be_one_of_its_bodies(write: Any, link: Any) -> None:
    read = (
        write("a")
        .says("Velia", "blame", "shame on them", side="Velia")
        .says("Velian army", "blame", "it was them", side="Velia")
        .says("Arda", "denial", "no", side="Arda")
        .read()
    )
    count = contest([read], link([read])).count
    assert (count.voices, count.voices_at_most, count.sides) == (2, 3, ("Arda", "Velia"))
    assert "Velia may be one of its own bodies" in count.rule


def test_the_rule_is_written_out(write: Any, link: Any) -> None:
    read = write("a").says("Arda", "denial", "no").read()
    assert contest([read], link([read])).count.rule == (
        "1 report, 1 text, 1 voice: copies collapsed, quotations followed to their first speaker, equal utterances joined."
    )


saying = st.tuples(
    st.sampled_from(
        [("Igor Vale", "named"), ("Arda", "named"), ("an official", "unnamed"), ("residents", "collective"), (None, "outlet")]
    ),
    st.sampled_from(["blame", "denial", "admission", "figure", "other"]),
    st.integers(0, 3),
)


def build(write: Any, shelf: list[list[Any]]) -> list[Any]:
    reports = []
    for k, sayings in enumerate(shelf):
        report = write(f"r{k}", f"2031-05-0{k + 1}", outlet=f"Paper {k}")
        for (speaker, kind), act, n in sayings:
            report.says(speaker, act, f"word number {n} was said", speaker_kind=kind)
            report.counts(speaker, n, n, f"{n} dead", speaker_kind=kind)
        reports.append(report.read())
    return reports


@settings(deadline=None)  # a machine under load is slow, not wrong
@given(st.lists(st.lists(saying, min_size=1, max_size=4), min_size=1, max_size=4), st.data())
def test_a_copy_never_adds_a_voice(write: Any, link: Any, shelf: list[Any], data: Any) -> None:
    reports = build(write, shelf)
    k = data.draw(st.integers(0, len(reports) - 1))
    more = build(write, [*shelf, shelf[k]])
    links = [(f"r{len(shelf)}", f"r{k}")]
    before, after = contest(reports, link(reports)), contest(more, link(more, copies=links))
    assert (after.count.voices, after.count.voices_at_most) == (before.count.voices, before.count.voices_at_most)
    assert (after.count.texts, after.count.utterances) == (before.count.texts, before.count.utterances)
    assert len(after.tolls) == len(before.tolls)


def test_copies_are_followed_to_the_end_and_circles_do_not_hang(write: Any, link: Any) -> None:
    reports = [write(f"r{k}", outlet=f"Paper {k}").counts(None, 5, 5, "five dead").read() for k in range(3)]
    chain = contest(reports, link(reports, copies=[("r2", "r1"), ("r1", "r0")]))
    circle = contest(reports, link(reports, copies=[("r2", "r1"), ("r1", "r0"), ("r0", "r2")]))
    assert (chain.count.texts, chain.count.voices, circle.count.texts, circle.count.voices) == (1, 1, 1, 1)


def test_a_paragraph_of_another_report_adds_no_voice(write: Any, link: Any) -> None:
    first = write("r0", outlet="Valley Herald").counts(None, 5, 5, "five dead").read()
    more = write("r1", outlet="Coast Times").counts(None, 5, 5, "five dead").counts(None, 3, 3, "three hurt", harm="injured")
    more = more.read()
    carried = PassageLink("r1", more.reading.sentence_of(more.reading.figures[0].span), "r0", (0, 20), 1.0)
    said_by = [
        {origin.name for origin in contest([first, more], link([first, more], passages=links)).origins}
        for links in ((), (carried,), (replace(carried, span=(0, len(more.report.text))),))
    ]
    assert said_by == [{"Valley Herald", "Coast Times"}, {"Valley Herald", "Coast Times"}, {"Valley Herald"}]


def test_a_vaguer_description_may_be_the_same_speaker(write: Any, link: Any) -> None:
    reports = [
        write(f"r{k}").says(name, "blame", f"words {k}", speaker_kind="unnamed", side="Arda").read()
        for k, name in enumerate(["officials", "a health official", "two health officials", "a police officer"])
    ]
    count = contest(reports, link(reports)).count
    assert (count.voices, count.voices_at_most) == (2, 4)
    assert "“officials”, “two health officials” may be others who are described more closely" in count.rule


def test_an_inquiry_and_its_investigators_may_be_the_same(write: Any, link: Any) -> None:
    a = write("a").says("an inquiry into the raid", "admission", "errors were made", speaker_kind="unnamed").read()
    b = write("b").says("Ardan investigators", "admission", "errors were made", speaker_kind="unnamed", side="Arda").read()
    assert contest([a, b], link([a, b])).count.voices == 1


def test_who_only_tells_something_else_is_no_voice(write: Any, link: Any) -> None:
    read = write("a").says("Arda", "denial", "no").says("Fisherman", "other", "the night was calm").read()
    assert [origin.name for origin in contest([read], link([read])).origins] == ["Arda"]


def test_an_outlet_admits_nothing_in_its_own_words(write: Any, link: Any) -> None:
    read = write("a").says(None, "admission", "it was an Ardan plane").read()
    assert contest([read], link([read])).positions == ()


def test_officials_of_a_field_are_its_ministry_where_that_is_named(write: Any, link: Any) -> None:
    a = write("a").knows("Ardan Health Ministry", "Arda").counts("Ardan Health Ministry", 9, 9, "nine dead", side="Arda").read()
    b = write("b").counts("health officials", 9, 9, "nine dead", side="Arda", speaker_kind="unnamed").read()
    c = write("c").counts("health officials", 9, 9, "nine dead", side="Velia", speaker_kind="unnamed").read()
    d = write("d").counts("a health official", 9, 9, "nine dead", side="Arda", speaker_kind="unnamed").read()
    found = contest([a, b, c, d], link([a, b, c, d]))
    assert sorted(origin.name for origin in found.origins) == ["Ardan Health Ministry", "a health official", "health officials"]


def test_two_who_give_numbers_that_exclude_each_other_are_two(write: Any, link: Any) -> None:
    a = write("a").counts("an official", 3, 3, "three dead", side="Arda", speaker_kind="unnamed").read()
    b = write("b").counts("a health official", 6, 6, "six dead", side="Arda", speaker_kind="unnamed").read()
    c = write("c").counts("a health official", 3, 3, "three dead", side="Arda", speaker_kind="unnamed").read()
    assert contest([a, b], link([a, b])).count.voices == 2
    assert contest([a, c], link([a, c])).count.voices == 1


def test_reports_that_nobody_is_named_for_are_the_outlets_words(write: Any, link: Any) -> None:
    read = write("a").counts("the first reports", 9, 9, "nine dead", speaker_kind="unnamed").read()
    other = write("b", outlet="Hill Post").counts("activists' accounts", 9, 9, "nine dead", speaker_kind="unnamed").read()
    found = contest([read, other], link([read, other]))
    assert [(o.name, o.kind) for o in found.origins] == [("activists' accounts", "unnamed"), ("The Valley Post", "outlet")]
