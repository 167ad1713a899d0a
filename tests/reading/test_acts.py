"""What a saying does, in our own sentences: each phenomenon with its act, whom it is about, and the words that hedge it."""

from __future__ import annotations

import pytest

from counterclaim.reading import extract
from counterclaim.reading.acts import words_of
from counterclaim.records import Act, Statement


def only(text: str) -> Statement:
    (statement,) = extract(text).statements
    return statement


def acts(text: str) -> list[tuple[Act, str]]:
    return [(s.act, " … ".join(text[a:b] for a, b in s.content)) for s in extract(text).statements]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        # deeds: who did it, denied or not, one's own or another's
        ("The governor said Kessam gunners had shelled the bus station.", "blame"),
        ("Medics said the soldiers opened fire on the queue.", "blame"),
        ("The mayor said the bakery had been struck by a Turkish missile.", "blame"),
        ("The army said it did not fire on the bakery.", "denial"),
        ("The army said none of its aircraft were over the valley.", "denial"),
        ("The ministry said no rocket had been launched from the village.", "denial"),
        ("The army said its gunners shelled the school.", "admission"),
        ("The army said its gunners shelled a rebel headquarters.", "justification"),
        ("A widow said they had been shot at from the hill.", "blame"),
        ("The militia said it had shot down a drone over the lake.", "other"),
        # a toll is a figure; with a party as its subject it is an accusation
        ("The clinic said nine people were killed when a shell hit the mill.", "figure"),
        ("The clinic said Kessam soldiers shot dead nine people at the mill.", "blame"),
        # who asks how a mistake could be made admits none, and troops who ask for a strike demand nothing
        ("A lawyer asked how it could be that a mistake had been made.", "blame"),
        ("A lawyer asked whether the strike was a mistake.", "other"),
        ("The coalition said Norland's troops had asked for the air strike.", "other"),
        # words that admit, defend, regret, inquire, ask
        ("The colonel said the crew had mistaken the lorry for a launcher.", "admission"),
        ("The army said two civilians were unintentionally killed.", "admission"),
        ("The army said the drone had removed an imminent threat.", "justification"),
        ("The army called it a self-defence strike that removed a threat to the gate.", "justification"),
        ("The spokeswoman said families had been warned by leaflets to leave.", "justification"),
        ("The minister said he was deeply sorry for the deaths.", "regret"),
        ("The navy said it was looking into the reports.", "investigation"),
        ("The bishop said those responsible must be held to account.", "demand"),
        ("The committee called for a full inquiry into the raid.", "demand"),
        ("The envoy said the valley demanded an apology.", "demand"),
        # held back or left open
        ("The ministry would not say whose guns had fired.", "uncertainty"),
        ("The ministry declined to confirm that its jets were in the air.", "uncertainty"),
        ("The governor could not be reached to say who was behind the raid.", "uncertainty"),
        # who is not named is described between two words of a cue; nothing is held back by it
        ("The paper quoted a nurse it did not name as saying that seven people were killed.", "figure"),
        ("The command did not rule out that its bomb had hit the hall.", "uncertainty"),
        ("The army said it was unaware of any such incident.", "uncertainty"),
        ("The mission said it was too soon to tell whose mine it was.", "uncertainty"),
        # a denial by its cue, however worded
        ("Norland refuted claims that its drones had hit the ferry.", "denial"),
        ("Norland rejected reports that a funeral had been bombed.", "denial"),
        ("Norland categorically denied any role in the blast.", "denial"),
        ("The command said there was no indication of civilian casualties.", "denial"),
        # what is negated does nothing
        ("The envoy did not accuse the coalition.", "uncertainty"),
        ("The mayor said nobody was to blame for the landslide.", "other"),
        ("The coach said the match would go on as planned.", "other"),
    ],
)
def test_the_act_follows_from_the_words(text: str, act: Act) -> None:
    assert only(text).act == act


def test_the_same_deed_reads_the_same_for_every_side() -> None:
    for one, other in (("Norland", "Kessam"), ("Kessam", "Norland"), ("Russia", "Ukraine"), ("Ukraine", "Russia")):
        text = f"{one}'s ministry said {other} soldiers had shelled the market."
        assert only(text).act == "blame", text
        text = f"{one}'s ministry said its soldiers had not shelled the market."
        assert only(text).act == "denial", text


def test_the_main_clause_tells_before_those_that_hang_on_it() -> None:
    assert only("The ministry said talks would resume once the army had buried those it bombed.").act == "other"
    assert only("Doctors said they had treated dozens of wounded after Kessam jets bombed the port.").act == "figure"


def test_a_saying_that_does_two_things_is_two_statements_with_one_speaker() -> None:
    text = "The coalition said it did strike the depot and is still investigating."
    assert acts(text) == [("admission", "it did strike the depot"), ("investigation", "is still investigating")]
    first, second = extract(text).statements
    assert first.source == second.source
    assert first.cue == second.cue
    text = "The army said it was sorry for the deaths but that its gunners had come under fire."
    assert [act for act, _ in acts(text)] == ["regret", "justification"]


def test_what_is_said_once_or_denied_as_a_whole_stays_whole() -> None:
    assert len(acts("Medics said nine people were killed and twenty were wounded.")) == 1
    assert len(acts("The army denied that it had shelled the mill and that its men had looted it.")) == 1


def test_whom_a_deed_is_laid_to_is_kept_as_it_stands() -> None:
    text = "The clinic said Kessam soldiers shot dead nine people at the mill."
    about = only(text).about
    assert about is not None
    assert text[slice(*about)] == "Kessam soldiers"
    text = "The council said the hall was hit by shells of the Norland army."
    assert only(text).act == "blame"


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("A chief said Kessam drones may have hit the convoy.", "may have"),
        ("The army said one of its shells probably killed the shepherd.", "probably"),
        ("The envoy said it appeared to be a Kessam rocket.", "appeared to"),
        ("The command conceded that its raid contributed in at least some way to the deaths.", "in at least some way"),
        ("The ministry declined to confirm that the strike was its own.", "declined to"),
        ("The ministry did not rule out that its bomb had hit the hall.", "did not rule out"),
    ],
)
def test_the_words_that_hedge_are_kept_verbatim(text: str, hedge: str) -> None:
    found = [text[a:b] for s in extract(text).statements for a, b in s.hedge]
    assert any(words.startswith(hedge) for words in found), found


def test_what_is_said_outright_has_no_hedge() -> None:
    assert only("The army said its gunners shelled the school.").hedge == ()


def test_the_it_of_it_was_assessed_is_nobody() -> None:
    text = "During a strike on a Kessam depot it was assessed that two civilians were killed."
    statement = only(text)
    assert statement.source == ()
    assert statement.antecedent is None


def test_to_plead_not_guilty_is_to_deny() -> None:
    assert only("The guard pleaded not guilty.").act == "denial"


def test_words_are_found_in_any_case_and_where_a_letter_grows_when_made_small() -> None:
    text = "İzmir İdlib: The army DENIED it. ARMY: IT WAS AN ERROR."
    found = words_of("cue denial").search(text)
    assert found is not None
    assert text[slice(*found.span())] == "DENIED"
    assert [text[slice(*m.span())] for m in words_of("cue denial").finditer(text, 0, 26)] == []


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("All parties rejected the murder of the candidate.", "blame"),
        ("The front rejected the attacks on the villages.", "blame"),
        ("The front rejected the murder claims.", "denial"),
        ("The front rejected the killings as an invention.", "denial"),
        ("The front denied the killings.", "denial"),
    ],
)
def test_a_deed_rejected_is_condemned_and_a_claim_denied(text: str, act: Act) -> None:
    assert only(text).act == act


def test_a_terrorist_attack_accuses_nobody_by_that_word() -> None:
    statement = extract("The mayor recalled that a terrorist attack had wrecked the hall.").statements[0]
    assert statement.about is None


def test_not_meaning_to_give_way_denies_nothing() -> None:
    assert only("The coalition “does not intend to retreat”, its spokesman said.").act == "other"
    assert only("The army did not intend to hit the mill, its spokesman said.").act == "denial"
