"""Stems, telling words, name pairs and how much a shared word tells."""

from __future__ import annotations

import pytest

from counterclaim.linking.wording import Rarity, name_pairs, stem, telling_words, undated


@pytest.mark.parametrize(
    ("one", "other"),
    [("bombing", "bombed"), ("mines", "mine"), ("regretted", "regret"), ("officials'", "official"), ("U.S.", "us")],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_function_words_and_cue_verbs_do_not_tell() -> None:
    told = telling_words("He said on Monday that 62 of them hadn't been at the mill's gate, they're told")
    assert told == ["62", stem("mill"), stem("gate")]


def test_function_words_of_other_languages_do_not_tell() -> None:
    told = telling_words("Hallan el cuerpo de una maestra en la presa")
    assert told == [stem(word) for word in ("hallan", "cuerpo", "maestra", "presa")]
    assert telling_words("where men die in war") == ["men", "die", "war"]


@pytest.mark.parametrize("day", ["23 Feb 26", "March 3, 2021", "Feb. 23rd", "2021", "2021-03-03", "3/3/21", "the 3rd of March"])
def test_the_words_of_a_date_do_not_tell(day: str) -> None:
    assert telling_words(undated(f"Bridge at Tarsk hit on {day}: 23 hurt")) == telling_words("Bridge at Tarsk hit 23 hurt")


def test_a_name_is_two_capitalised_words_in_a_row() -> None:
    assert name_pairs("On Monday Ana Perez Lopez left Mill Road. The Pentagon knew") == {"Ana Perez", "Perez Lopez", "Mill Road"}


def test_a_rare_word_tells_more_and_a_common_word_of_the_field_little_even_in_a_small_case() -> None:
    rarity = Rarity([telling_words(text) for text in ("a strike on a mill", "strikes at the mill", "the strike on the ferry")])
    strike, mill, ferry = telling_words("strike mill ferry")
    assert rarity(ferry) > rarity(mill) > rarity(strike) > 0
    assert rarity(strike) < rarity(mill) / 3
    parties = Rarity([telling_words("the ferry to Norland")], frozenset(telling_words("Norland")))
    assert parties(*telling_words("Norland")) < parties(ferry) / 3
