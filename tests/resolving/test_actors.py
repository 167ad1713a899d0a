"""Who is who in one report: surnames, titles, acronyms, bodies called by a noun, and pronouns."""

from __future__ import annotations

import random
from typing import Any

import pytest

from counterclaim.reading import extract
from counterclaim.records import Actor, Extraction
from counterclaim.resolving import resolve
from counterclaim.resolving.actors import resolve_actors
from counterclaim.resolving.cast import Cast


def by_name(cast: Cast, name: str) -> Actor:
    return next(a for a in cast.actors if a.name == name)


def words_of(actor: Actor, text: str) -> set[str]:
    for start, end in actor.mentions:
        assert 0 <= start < end <= len(text)
    return {text[start:end] for start, end in actor.mentions}


def test_a_man_is_one_through_rank_surname_initial_and_another_spelling(told: Any) -> None:
    text = (
        "Coalition spokesperson Col. Marcus Tvrenko spoke first. Tvrenko said the raid was over. "
        "The film was shown by M. Tvrenko. Marcus Tvrenka promised more, and Tvrenko left."
    )
    t = told(text).says("Tvrenko", "the raid was over", after=60).mentions_of("person", "Marcus Tvrenko", "Marcus Tvrenka")
    cast = resolve_actors(t.extraction())
    people = [a for a in cast.actors if a.kind == "person"]
    assert [a.name for a in people] == ["Marcus Tvrenko"]
    assert words_of(people[0], text) == {"Marcus Tvrenko", "Tvrenko", "M. Tvrenko", "Marcus Tvrenka"}
    assert people[0].role == "Coalition spokesperson"


def test_the_spelling_that_most_mentions_have_is_shown(told: Any) -> None:
    text = "Marcus Tvrenka came. Marcus Tvrenko said it rained. Tvrenko went. Tvrenko slept."
    cast = resolve_actors(told(text).says("Marcus Tvrenko", "it rained").mentions_of("person", "Marcus Tvrenka").extraction())
    assert [a.name for a in cast.actors] == ["Marcus Tvrenko"]
    assert "Marcus Tvrenka" in cast.actors[0].aliases


def test_two_people_of_one_surname_stay_two(told: Any) -> None:
    text = "Anna Berger said the road was open. Peter Berger said it was shut. Berger added that nobody knew."
    t = (
        told(text)
        .says("Anna Berger", "the road was open")
        .says("Peter Berger", "it was shut")
        .says("Berger", "nobody knew", after=66)
    )
    cast = resolve_actors(t.extraction())
    assert [a.name for a in cast.actors] == ["Anna Berger", "Peter Berger"]
    assert cast.at(t.statements[2].source[0]) == cast.actors[1]


def test_a_word_that_opens_the_sentence_is_no_given_name(told: Any) -> None:
    text = "Marcus Tvrenko left. Note M. Tvrenko and his film."
    cast = resolve_actors(told(text).mentions_of("person", "Marcus Tvrenko", "Note M. Tvrenko").extraction())
    assert [a.name for a in cast.actors if a.kind == "person"] == ["Marcus Tvrenko"]


def test_affiliation_comes_from_before_the_name_or_behind_it(told: Any) -> None:
    cases = {
        "Pentagon spokesman Paul Verrin said so.": ("Paul Verrin", "Pentagon", "United States"),
        "US Defense Department spokesman Paul Verrin said so.": ("Paul Verrin", "Pentagon", "United States"),
        "Russian Foreign Minister Oleg Verrin said so.": ("Oleg Verrin", "Russian Foreign Ministry", "Russia"),
        "US Secretary of State Paul Verrin said so.": ("Paul Verrin", "US State Department", "United States"),
        "Linda Verrin, US ambassador to the UN, said so.": ("Linda Verrin", "United States", "United States"),
        "Russia's ambassador Verrin said so.": ("Verrin", "Russia", "Russia"),
        "Col. Ali Verrin, head of Iraqi civil forces working there, said so.": ("Ali Verrin", "Iraqi civil forces", "Iraq"),
        "Rear Adm. Paul Verrin of the Israel Defense Forces said so.": ("Paul Verrin", "Israeli military", "Israel"),
        "Paul Verrin, who heads the Harbour District Council, said so.": ("Paul Verrin", "Harbour District Council", None),
        "The official representative of the Russian defence ministry Oleg Verrin said so.":
            ("Oleg Verrin", "Russian Ministry of Defence", "Russia"),
        "An Al Jazeera correspondent in Erbil, Huda Verrin, said so.": ("Huda Verrin", "Al Jazeera", "media"),
        "The United Nations humanitarian coordinator for Iraq, Lise Verrin, said so.": ("Lise Verrin", "United Nations", "UN"),
        "A spokesman for the coalition of Oleg Verrin said so. The US-led coalition left.":
            ("Oleg Verrin", "US-led coalition", "US-led coalition"),
        "The Farside spokeswoman Linda Verrin said so.": ("Linda Verrin", "Farside", None),
    }  # fmt: skip
    for text, (name, affiliation, side) in cases.items():
        t = told(text).says(text.split(" said so")[0], "so").mentions_of("person", name)
        cast = resolve_actors(t.extraction())
        speaker = cast.at(t.statements[0].source[0])
        assert speaker is not None, text
        assert (speaker.name, speaker.kind, speaker.affiliation, speaker.side) == (name, "person", affiliation, side), text


def test_who_only_governs_or_explains_a_noun_does_not_speak(told: Any) -> None:
    for source in ("A spokesman for President Oleg Verrin", "The Verrin administration", "Oleg Verrin's sister"):
        text = f"{source} said the talks were off."
        t = told(text).says(source, "the talks were off").mentions_of("person", "Oleg Verrin", "Verrin")
        speaker = resolve_actors(t.extraction()).at(t.statements[0].source[0])
        assert speaker is not None
        assert speaker.kind != "person", source


def test_a_spokesman_named_without_his_body_speaks_for_the_one_that_spoke(told: Any) -> None:
    text = "Russia's Defense Ministry said two jets took part. Its spokesman, Gen. Oleg Verrin, gave no name. Verrin told more."
    t = told(text).says("Russia's Defense Ministry", "two jets took part").says("Verrin", "more", after=80)
    cast = resolve_actors(t.extraction())
    assert by_name(cast, "Oleg Verrin").affiliation == "Russian Ministry of Defence"


def test_an_acronym_means_what_the_report_says_it_means(told: Any) -> None:
    text = "The Harbour Relief Council (HRC) said ten boats were lost. HRC gave no names."
    t = told(text).says("The Harbour Relief Council", "ten boats were lost").says("HRC", "no names", after=40)
    cast = resolve_actors(t.mentions_of("organisation", "Harbour Relief Council").extraction())
    assert [a.name for a in cast.actors] == ["Harbour Relief Council"]
    assert words_of(cast.actors[0], text) >= {"Harbour Relief Council", "HRC"}


def test_the_military_is_that_of_the_state_that_spoke_last(told: Any) -> None:
    text = (
        "The US military said the sortie had a target. Australia, which took part, offered condolences. "
        "It would never aim at a Syrian military unit, the military said. The military later said more."
    )
    t = told(text).says("The US military", "the sortie had a target").says("Australia", "condolences")
    t.says("the military", "It would never aim at a Syrian military unit")
    cast = resolve_actors(t.extraction())
    assert cast.at(t.statements[2].source[0]) == by_name(cast, "Australian military")
    assert by_name(cast, "Australian military").side == "Australia"


def test_the_ministry_and_its_statement_are_the_ministry_named_before(told: Any) -> None:
    text = (
        "Russia's Ministry of Defense issued a statement that mocks the Pentagon. “Nonsense,” the statement reads. "
        "The Russian ministry statement asks why. The ministry said no more."
    )
    t = (
        told(text)
        .says("a statement", "mocks the Pentagon", antecedent="Russia's Ministry of Defense")
        .says("the statement", "“Nonsense,”")
    )
    t.says("The Russian ministry statement", "why").says("The ministry", "no more")
    cast = resolve_actors(t.extraction())
    assert {cast.at(s.source[0]).name for s in t.statements} == {"Russian Ministry of Defence"}  # type: ignore[union-attr]


def test_a_health_ministry_is_that_of_the_place_and_not_of_who_spoke(told: Any) -> None:
    text = "Crowds gathered in Gaza City. Israel said it fired into the air. The health ministry counted ten dead."
    t = told(text).says("Israel", "it fired into the air").says("The health ministry", "ten dead")
    assert resolve_actors(t.extraction()).at(t.statements[1].source[0]).name == "Gaza Health Ministry"  # type: ignore[union-attr]


def test_the_coalition_is_the_one_named_or_the_one_at_war_with_the_group_named(told: Any) -> None:
    for text, why in (
        ("The coalition said so. A U.S.-led coalition jet crashed.", "known by name"),
        ("The coalition said so. Islamic State fled.", "inferred: the coalition at war with the group that the report names"),
    ):
        t = told(text).says("The coalition", "so")
        actor = resolve_actors(t.extraction()).at(t.statements[0].source[0])
        assert actor is not None
        assert actor.name == "US-led coalition"
        assert why in actor.why
    t = told("The coalition said so.").says("The coalition", "so")
    assert resolve_actors(t.extraction()).at(t.statements[0].source[0]).name == "the coalition"  # type: ignore[union-attr]


def test_the_group_and_the_other_group(told: Any) -> None:
    text = (
        "Amnesty International said tanks had fired. Human Rights Watch said so too. That group gave dates. "
        "The other group's list has names."
    )
    t = told(text).says("Amnesty International", "tanks had fired").says("Human Rights Watch", "so too")
    t.says("That group", "dates").says("The other group's", "names")
    cast = resolve_actors(t.extraction())
    named = [cast.at(s.source[0]).name for s in t.statements[2:]]  # type: ignore[union-attr]
    assert named == ["Human Rights Watch", "Amnesty International"]


def test_pronouns_take_up_the_last_speaker_who_agrees(told: Any) -> None:
    text = (
        "Power, Linda Power, the US envoy, accused Oleg Verrin of lying. She said the raid was known. Verrin said it was not. "
        "He added that nobody asked. The US military said it fired. They added that the raid was stopped."
    )
    t = (
        told(text)
        .says("Linda Power", "Oleg Verrin of lying")
        .says("She", "the raid was known")
        .says("Verrin", "it was not", after=90)
    )
    t.says("He", "nobody asked").says("The US military", "it fired").says("They", "the raid was stopped")
    t.mentions_of("person", "Linda Power", "Oleg Verrin").mentions_of("pronoun", "it", "She", "He", "They")
    cast = resolve_actors(t.extraction())
    named = [cast.at(s.source[0]).name for s in t.statements]  # type: ignore[union-attr]
    assert named == ["Linda Power", "Linda Power", "Oleg Verrin", "Oleg Verrin", "US military", "US military"]


def test_the_official_is_the_one_introduced_before(told: Any) -> None:
    text = (
        "The US military said it looked again. A house was hit, a defense official told CNN. The official said more would come."
    )
    t = told(text).says("The US military", "it looked again").says("a defense official", "A house was hit", via="CNN")
    t.says("The official", "more would come")
    cast = resolve_actors(t.extraction())
    first, again = (cast.at(s.source[0]) for s in t.statements[1:])
    assert first is not None
    assert first is again
    assert (first.name, first.side, cast.kind_of(first)) == ("a defense official", "United States", "unnamed")
    assert any(w.startswith("side inferred") for w in first.why)


def test_a_representative_of_a_body_is_the_one_named_before_or_after(told: Any) -> None:
    text = (
        "The foreign minister of the Russian Federation asked for a meeting. The foreign minister of the Russian Federation "
        "Oleg Verrin spoke of ten dead. The spokesman of the Iraqi police, Ali Sadoun, said nine. The spokesman then said ten."
    )
    t = told(text).says("The foreign minister of the Russian Federation", "a meeting").says("Oleg Verrin", "ten dead")
    t.says("The spokesman of the Iraqi police, Ali Sadoun", "nine").says("The spokesman", "ten.", after=200)
    cast = resolve_actors(t.extraction())
    assert [cast.at(s.source[0]).name for s in t.statements] == ["Oleg Verrin", "Oleg Verrin", "Ali Sadoun", "Ali Sadoun"]  # type: ignore[union-attr]


def test_several_who_speak_together(told: Any) -> None:
    cases = {
        "Damascus and Moscow": ["Syria", "Russia"],
        "Egypt, Qatar and the United States": ["Egypt", "Qatar", "United States"],
        "Two residents and a member of parliament from the area": ["two residents", "a member of parliament from the area"],
        "People from the quarter and local officials": ["people from the quarter", "local officials"],
        "Crews from Australia and Denmark": ["crews from Australia and Denmark"],
        "the Ministry of Foreign Affairs and Trade": None,
    }
    for source, expected in cases.items():
        t = told(f"{source} put the toll at ten.").says(source, "the toll at ten")
        found = [a.name for a in resolve_actors(t.extraction()).all_at(t.statements[0].source[0])]
        assert len(found) == 1 if expected is None else found == expected, source


def test_neutral_sides_are_told_by_the_noun(told: Any) -> None:
    for source, side, kind in (
        ("Residents", "residents", "collective"),
        ("Doctors", "medical", "collective"),
        ("one witness", "residents", "unnamed"),
        ("Syrian media", "media", "collective"),
        ("Russian officials", "Russia", "unnamed"),
        ("Activists", None, "collective"),
    ):
        t = told(f"{source} said ten had died.").says(source, "ten had died")
        cast = resolve_actors(t.extraction())
        actor = cast.at(t.statements[0].source[0])
        assert actor is not None
        assert (actor.side, cast.kind_of(actor)) == (side, kind), source


def test_a_surname_that_is_also_a_groups_or_states_name_is_a_persons(told: Any) -> None:
    text = "Ann Wagner said it rained. Wagner added that Israel Katz left. The rebel group slept."
    t = told(text).says("Ann Wagner", "it rained").says("Wagner", "Israel Katz left", after=20)
    cast = resolve_actors(t.mentions_of("person", "Ann Wagner", "Israel Katz").extraction())
    assert [(a.name, a.kind) for a in cast.actors] == [("Ann Wagner", "person"), ("Israel Katz", "person")]


def test_the_rebel_group_is_an_armed_group_and_no_other_body(told: Any) -> None:
    text = "Hamas met Amnesty International. Amnesty International said so. The militant group said no."
    t = told(text).says("Amnesty International", "so.", after=33).says("The militant group", "no.")
    assert resolve_actors(t.extraction()).at(t.statements[1].source[0]).name == "Hamas"  # type: ignore[union-attr]


def test_a_side_is_not_guessed_from_a_word_inside_a_name(told: Any) -> None:
    text = "Switzerland said so. Ali Verrin, leader of the Union of Syrian Workers, said no. Syrian rebels of the hills said ten."
    t = told(text).says("Switzerland", "so.").says("Ali Verrin, leader of the Union of Syrian Workers", "no.")
    t.says("Syrian rebels of the hills", "ten").mentions_of("person", "Ali Verrin")
    cast = resolve_actors(t.extraction())
    leader, rebels = (cast.at(s.source[0]) for s in t.statements[1:])
    assert leader is not None
    assert rebels is not None
    assert (leader.affiliation, leader.side) == ("Union of Syrian Workers", None)
    assert rebels.side != "Syria"


def test_actors_stand_in_the_order_of_their_first_mention_and_all_mentions_fit_the_text(told: Any) -> None:
    text = "Hamas and Israel met Oleg Verrin, a UN official, in Cairo. Verrin said Israel agreed; the army did not."
    t = told(text).says("Verrin", "Israel agreed", after=50).mentions_of("person", "Oleg Verrin")
    cast = resolve_actors(t.extraction())
    firsts = [min(a.mentions) for a in cast.actors]
    assert firsts == sorted(firsts)
    for actor in cast.actors:
        words_of(actor, text)


def test_at_gives_nobody_where_nobody_is_named() -> None:
    text = "It rained."
    extraction = Extraction(text=text, sentences=((0, 10),), paragraphs=((0, 10),), statements=(), figures=(), mentions=())
    cast = resolve_actors(extraction)
    assert cast.actors == ()
    assert cast.at((0, 2)) is None
    assert cast.all_at((3, 9)) == ()


def test_any_words_can_be_read(told: Any) -> None:
    """Speakers' phrases cut at any place, as a parser may, break nothing and name only what the text holds."""
    text = "The “US-led” coalition's Maj. Gen. O'Brien, of the (so-called) Army's press-office — and Al-Q; HE, D. said no-one's."
    draw = random.Random(3)
    for _ in range(300):
        start = draw.randrange(len(text) - 1)
        end = draw.randrange(start + 1, len(text))
        t = told(text).says(text[start:end], "no-one").mentions_of("person", "O'Brien")
        for actor in resolve_actors(t.extraction()).actors:
            assert actor.name
            assert words_of(actor, text)


def test_whoever_speaks_for_a_person_speaks_for_that_ones_body() -> None:
    text = "Ibrahim Saadi, the Iranian foreign minister, said ten people died. A spokesman for Saadi said more were missing."
    reading = resolve(extract(text), published="2019-05-06")
    spoken = next(s for s in reading.statements if s.speaker == "a spokesman for Saadi")
    assert spoken.affiliation == "Iranian Foreign Ministry"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The newspaper Al-Midan said ten people were killed in a strike on Raqqa.", "agency"),
        ("He told the newspaper Assad had ordered the strike on Raqqa. Assad said so.", "person"),
    ],
)
def test_an_outlet_named_behind_what_it_is(text: str, kind: str) -> None:
    reading = resolve(extract(text), published="2019-05-06")
    named = [a.kind for a in reading.actors if a.name in {"Al-Midan", "Assad"}]
    assert named == [kind]


def test_whose_spokesman_it_is_stands_in_his_name(told: Any) -> None:
    text = "Hamas denied it. Its commanders said nobody was hit. Its men on the hill said so too."
    t = (
        told(text)
        .says("Hamas", "it", act="denial")
        .says("Its commanders", "nobody was hit")
        .says("Its men on the hill", "so too")
    )
    cast = resolve_actors(t.extraction())
    assert [cast.at(t.at(words)).name for words in ("Its commanders", "Its men on the hill")] == [
        "commanders of Hamas", "men on the hill",
    ]  # fmt: skip


def test_a_bare_surname_of_two_is_his_who_spoke_under_it(told: Any) -> None:
    text = "Jan Byl denied it on a tour with his wife Ann Byl. Byl said it was staged."
    t = told(text).says("Jan Byl", "it", act="denial").says("Byl", "it was staged", after=50)
    t = t.mentions_of("person", "Jan Byl", "Ann Byl")
    cast = resolve_actors(t.extraction())
    assert cast.at(t.at("Byl", 50)).name == "Jan Byl"


def test_a_nickname_stands_within_one_name(told: Any) -> None:
    text = "Gen. Kenneth F. “Frank” Doelan Jr. of the Southern Command denied it. Frank Doelan said so twice."
    t = told(text).says("Gen. Kenneth F. “Frank” Doelan Jr. of the Southern Command", "it", act="denial")
    t = t.says("Frank Doelan", "so twice")
    cast = resolve_actors(t.extraction())
    assert cast.at(t.at("Frank Doelan")) is cast.at(t.at("Gen. Kenneth F. “Frank” Doelan Jr. of the Southern Command"))


@pytest.mark.parametrize(
    ("speaker", "affiliation"),
    [
        ("Ann Byl, intelligence director with Lake's defence group,", "Lake's defence group"),
        ("Ann Byl, spokeswoman for Hamas,", "Hamas"),
        ("Ann Byl for president", None),
    ],
)
def test_a_post_sought_is_no_body_and_who_one_works_with_is(told: Any, speaker: str, affiliation: str | None) -> None:
    t = told(f"{speaker} said it was staged.").says(speaker, "it was staged")
    actor = resolve_actors(t.extraction()).at(t.at(speaker))
    assert actor is not None
    assert actor.affiliation == affiliation
