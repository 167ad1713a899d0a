"""Deeds as clauses tell them: who did them, to whom, whether they are denied, and how deep below the main clause."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.reading.clauses import Clauses, Deed, Told
from counterclaim.reading.document import parse


def deeds(text: str) -> list[Deed]:
    return list(Told(Clauses(parse(text)), [(0, len(text))]).deeds())


def named(text: str) -> Iterator[tuple[str, str | None, str | None]]:
    for deed in deeds(text):
        words = [text[slice(*at)] if at is not None else None for at in (deed.doer, deed.to)]
        yield text[slice(*deed.word)], words[0], words[1]


@pytest.mark.parametrize(
    ("text", "word", "doer", "to"),
    [
        ("Kessam gunners shelled the mill.", "shelled", "Kessam gunners", "mill"),
        ("The mill was shelled by Kessam gunners.", "shelled", "Kessam gunners", "mill"),
        ("The mill was shelled.", "shelled", None, "mill"),
        ("Norland carried out a raid on the camp.", "raid", "Norland", "camp"),
        ("Soldiers fired at the crowd.", "fired", "Soldiers", "crowd"),
    ],
)
def test_a_deed_has_its_doer_and_whom_it_was_done_to(text: str, word: str, doer: str | None, to: str | None) -> None:
    assert (word, doer, to) in list(named(text))


def test_a_weapon_did_what_its_owner_did() -> None:
    (deed, *_) = [d for d in deeds("The army's shells killed nine.") if d.doer is not None]
    assert deed.armed


@pytest.mark.parametrize(
    "text",
    [
        "The army did not shell the mill.",
        "The army never shelled the mill.",
        "No soldier shelled the mill.",
        "The army did not intend to shell the mill.",
    ],
)
def test_a_deed_may_be_denied_on_its_verb_its_governor_or_its_doer(text: str) -> None:
    assert any(d.denied for d in deeds(text))
    assert not any(d.denied for d in deeds("The army shelled the mill without warning."))


def test_what_is_told_in_passing_lies_deeper() -> None:
    text = "Talks went on after the army shelled the mill."
    (deed,) = deeds(text)
    assert deed.depth > 0
    (deed,) = deeds("The army shelled the mill after talks.")
    assert deed.depth == 0


def test_main_clauses_are_told_apart_where_they_join() -> None:
    text = "It struck the depot and is still looking into it; nobody was hurt."
    told = Told(Clauses(parse(text)), [(0, len(text))])
    assert [text[at:].split()[0] for at in told.joints()] == ["and", "nobody"]


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=120))
def test_any_text_is_read_and_every_span_selects_words(text: str) -> None:
    for deed in deeds(text):
        for span in (deed.word, deed.doer, deed.to):
            assert span is None or (0 <= span[0] < span[1] <= len(text) and text[slice(*span)].strip())
