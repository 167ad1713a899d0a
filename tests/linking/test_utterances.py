"""The same act of saying, reworded, translated, shortened or carried; and look-alikes that are another saying."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from counterclaim.linking.copies import find_copies
from counterclaim.linking.utterances import join_utterances
from counterclaim.records import Incident, IncidentRef

SAME = [
    ("The aircraft struck the bakery on purpose, knowing that women queued there for bread",
     "The planes hit the bakery deliberately, in the knowledge that women were queueing there for bread"),
    ("We have seen these invented photographs before and they prove nothing about our artillery",
     "Such fabricated photographs we have seen earlier; they prove nothing concerning our artillery"),
    ("The command hides behind a veil of secrecy the crimes that its pilots committed against farmers",
     "With a curtain of secrecy the command covers up crimes committed by its pilots against farmers"),
    ("The convoy carried weapons for the militia and was therefore a legitimate military target under the law of war",
     "The convoy carried weapons for the militia"),
    ("Absurd explanations by the admiral's staff, excusing the sinking of the ferry, say more about their seamanship than ours",
     "The absurd explanation of the admiral's staff that excuses the ferry's sinking tells more of their seamanship than of us"),
    ("Nineteen bodies have been brought to the morgue of the district hospital, four of them children",
     "that nineteen bodies, among them four children, had been brought to the district hospital's morgue"),
    ("Our radar recorded no flights by our own aviation within fifty kilometres of the village that night",
     "radar had recorded no flights of its aviation within fifty kilometres of the village on that night"),
    ("The minister will ask the Security Council for an independent inquiry into the shelling of the reservoir",
     "would ask the Security Council for an independent investigation of the reservoir's shelling"),
    ("First, who gave the order to fire on the market? Second, why were the drone pictures kept from the investigators?",
     "Firstly, by whom was the order given to fire on the market, and why were the investigators not given the drone pictures?"),
    ("I deeply regret that a family lost its home because our coordinates were wrong",
     "he deeply regretted that a family had lost its home because the coordinates were wrong"),
    ("The observatory repeats rumours spread by the rebels from a flat in a foreign capital",
     "A observatory spreads the rebels' rumours out of a flat in some foreign capital"),
    ("The dam was mined by the retreating brigade and not damaged by our rockets",
     "that the retreating brigade had mined the dam, which was not damaged by rockets"),
]  # fmt: skip

ANOTHER = [
    ("The aircraft struck the bakery on purpose, knowing that women queued there for bread",
     "The aircraft will go on striking depots of the militia, wherever they are"),
    ("Nineteen bodies have been brought to the morgue of the district hospital",
     "Twenty-six bodies lie in the morgue: 26 were brought from the hospital of the district by 9 ambulances"),
    ("At least 40 farmers were killed in the raid on the mill", "At least 62 farmers were killed in the raid on the mill"),
    ("The convoy carried weapons for the militia and was a legitimate target",
     "The militia shelled our checkpoint twice before the convoy had left the town"),
    ("We have seen these invented photographs before", "These photographs will be handed to the court"),
    ("The minister will ask the Security Council for an inquiry into the shelling of the reservoir",
     "The Security Council has failed the people who live below the reservoir"),
    ("Our radar recorded no flights by our own aviation that night",
     "Our aviation flew eleven sorties against the rebels that week"),
    ("It was a mistake", "It was a tragic mistake"),
    ("The dam was mined by the retreating brigade", "The brigade is retreating along the river and has lost its armour"),
    ("Civilians were killed by the coalition in the city",
     "The coalition killed many civilians in the city over the past month"),
    ("I deeply regret that a family lost its home", "We regret nothing: the house was a rocket factory and its owner knew it"),
    ("I gave no order to shoot at the mourners by the gate of the upper church",
     "I gave the order to shoot at the mourners by the gate of the upper church"),
    ("The order to fire on the market came from the capital", "Whoever fired on the market will be brought before a tribunal"),
]  # fmt: skip


def _joined(read: Callable[..., Any], said: Callable[..., Any], one: str, other: str) -> bool:
    reports = [
        read("r1", f"He spoke on Monday. {one}.", "2021-05-03", statements=[said(one, "Ivo Maran")]),
        read("r2", f"There was more. {other}.", "2021-05-04", statements=[said(other, "Ivo Maran")]),
    ]
    return len(join_utterances(reports, (), {})) == 1


def test_pairs_of_sayings_are_told_apart(read: Callable[..., Any], said: Callable[..., Any]) -> None:
    missed = [pair for pair in SAME if not _joined(read, said, *pair)]
    wrong = [pair for pair in ANOTHER if _joined(read, said, *pair)]
    assert wrong == []
    assert len(missed) <= 2, missed


def test_another_word_for_the_same_thing_is_shared(read: Callable[..., Any], said: Callable[..., Any]) -> None:
    cleared = "Soldiers demolished the clinic beside the reservoir to clear a field of fire"
    translated = "The infirmary beside the reservoir was razed by troops, so that they had a clear field of fire"
    assert _joined(read, said, cleared, translated)
    assert not _joined(read, said, cleared, "Troops will fire on whoever comes near the reservoir, and no clinic is kept from it")


def test_a_spokesman_and_his_ministry_are_one_mouth(read: Callable[..., Any], said: Callable[..., Any]) -> None:
    words, translated = SAME[4]
    reports = [
        read("r1", f"{words}.", "2021-05-03", statements=[said(words, "Ministry of the Sea")]),
        read("r2", f"{translated}.", "2021-05-02", statements=[said(translated, "Ivo Maran", affiliation="Ministry of the Sea")]),
        read("r3", f"{translated}.", "2021-05-04", statements=[said(translated, "Ana Perez", affiliation="Ministry of Fish")]),
    ]
    together, alone = join_utterances(reports, (), {})
    assert [ref.report for ref in together.statements] == ["r2", "r1"]
    assert together.speaker == "Ivo Maran"
    assert "speaks for the Ministry of the Sea" in together.reasons[0]
    assert [ref.report for ref in alone.statements] == ["r3"]
    assert alone.reasons == ()


def test_of_two_incidents_only_the_same_words_are_one_saying(read: Callable[..., Any], said: Callable[..., Any]) -> None:
    words, reworded = SAME[6]
    reports = [
        read(f"r{n}", f"{text}.", "2021-05-03", statements=[said(text, "Ivo Maran", incident=0)])
        for n, text in enumerate((words, reworded.replace("fifty kilometres", "sight"), words))
    ]

    def incident(id: str, *reports: str) -> Incident:
        members = tuple(IncidentRef(report, 0) for report in reports)
        return Incident(id=id, title="", date=None, place=None, alleged=(), members=members)

    def groups(*incidents: Incident) -> list[list[str]]:
        return [[ref.report for ref in u.statements] for u in join_utterances(reports, (), {}, incidents)]

    assert groups(incident("i1", "r0", "r1", "r2")) == [["r0", "r1", "r2"]]
    assert groups(incident("i1", "r0"), incident("i2", "r1"), incident("i3", "r2")) == [["r0", "r2"], ["r1"]]


def test_months_later_only_the_same_words_are_one_saying(read: Callable[..., Any], said: Callable[..., Any]) -> None:
    words, reworded = SAME[6][0], SAME[6][1].replace("fifty kilometres", "sight")

    def joined(text: str, published: str) -> bool:
        reports = [
            read("r1", f"{words}.", "2021-05-03", statements=[said(words, "Ivo Maran")]),
            read("r2", f"{text}.", published, statements=[said(text, "Ivo Maran")]),
        ]
        return len(join_utterances(reports, (), {})) == 1

    assert joined(reworded, "2021-05-20")
    assert not joined(reworded, "2021-09-20")
    assert joined(words, "2021-09-20")


def test_two_spellings_of_a_speaker_are_one(read: Callable[..., Any], said: Callable[..., Any]) -> None:
    words, translated = SAME[2]
    reports = [
        read("r1", f"{words}.", statements=[said(words, "Ivo Maran")]),
        read("r2", f"{translated}.", statements=[said(translated, "Ivo Marran")]),
    ]
    assert len(join_utterances(reports, (), {})) == 2
    assert len(join_utterances(reports, (), {"Ivo Marran": "Ivo Maran"})) == 1


@pytest.mark.parametrize(("speaker", "kind"), [(None, "outlet"), ("a defence official", "unnamed")])
def test_nobody_by_name_is_one_voice_only_across_copies(
    read: Callable[..., Any], said: Callable[..., Any], speaker: str | None, kind: str
) -> None:
    content = "the pilots had been told of the wedding two hours before"
    body = (
        f"A report seen by this paper says that {content}. It lists four warnings, each of them logged by the watch officer in"
        " the harbour tower, and a fifth that reached the squadron when the first aircraft was already on the runway."
    )
    reports = [
        read("r1", body, "2021-05-03", statements=[said(content, speaker, kind)]),
        read("r2", body, "2021-05-04", statements=[said(content, speaker, kind)]),
        read("r3", f"It is now known that {content}.", "2021-05-04", statements=[said(content, speaker, kind)]),
    ]
    copies = find_copies([r.report for r in reports])
    assert [(link.copy, link.original) for link in copies] == [("r2", "r1")]
    groups = [[ref.report for ref in u.statements] for u in join_utterances(reports, copies, {})]
    assert groups == [["r1", "r2"], ["r3"]]
