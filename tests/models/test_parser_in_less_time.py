"""What the parser does in less time comes out as its own parts have it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from counterclaim.models import load_parser

TEXTS = (
    "Rear Adm. Lena Vogt of the Northern Fleet said on 3 May that at least 12 people, among them six children, weren't "
    "warned. Nobody in Port Amsel ain't afraid, a nurse told Radio Halden.",
    "There were two strikes; there's one more to come. Let's wait, they're gonna say it's nothin' new. Y'all got ta see "
    "that which Gen. Otto Brandt denied. What did it hit? It hit us, and you know it.",
    "  The  United  Relief Society  counted 1,250 tents near Lake Orla\tand the town of Nord-Ribbe  last week.  ",
    "HALDEN: THE ARMY SAID IT HAD NOT DONE IT. C'm on, I'd say; so did Mr. and Mrs. Holm-Iversen of Oslo, Norway",
    "Oslo",
    "",
)


@pytest.fixture(scope="module")
def parser() -> Any:
    """The parser, its own slow parts still in it but switched off."""
    return load_parser()


def parsed(parser: Any, text: str, *, slowly: bool) -> list[tuple[object, ...]]:
    """What each word of the text is, with the parser's own parts or with those that take less time."""
    fast = {"attribute_ruler": "attributes at once", "ner": "entities at once"}
    doc = parser.make_doc(text)
    for name in ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"):
        doc = parser.get_pipe(name if slowly else fast.get(name, name))(doc)
    return [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_) for t in doc]


@pytest.mark.parametrize("text", TEXTS)
def test_every_word_is_what_the_parsers_own_parts_say(parser: Any, text: str) -> None:
    assert parsed(parser, text, slowly=False) == parsed(parser, text, slowly=True)


def test_the_texts_try_names_of_several_words_and_rules_on_two(parser: Any) -> None:
    words = [word for text in TEXTS for word in parsed(parser, text, slowly=False)]
    assert {"B", "I", "O"} <= {word[7] for word in words}
    assert ("Let", "'s", "us") in [(a[0], b[0], b[4]) for a, b in pairwise(words)]
    assert ("There", "were", "VERB") in [(a[0], b[0], b[2]) for a, b in pairwise(words)]
