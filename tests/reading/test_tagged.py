"""Linking of tagged pieces: who gets which words, on sentences of our own marked by hand."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Literal

import pytest

from counterclaim.reading.tagged import link_pieces

Role = Literal["source", "cue", "content"]
_ROLES: dict[str, Role] = {"S": "source", "Q": "cue", "C": "content"}


@dataclass(frozen=True)
class Piece:
    role: Role
    start: int
    end: int
    probability: float = 0.9


def marked(text: str) -> tuple[str, list[Piece]]:
    """ "[S the army] [Q said] [C no]" without its marks, and the pieces they mark."""
    clean, pieces, at = "", [], 0
    for m in re.finditer(r"\[([SQC]) ([^\]]*)\]", text):
        clean += text[at : m.start()]
        pieces.append(Piece(_ROLES[m[1]], len(clean), len(clean) + len(m[2])))
        clean += m[2]
        at = m.end()
    return clean + text[at:], pieces


def linked(text: str) -> list[tuple[str, str, str]]:
    clean, pieces = marked(text)
    return [
        tuple(" + ".join(clean[a:b] for a, b in part) for part in (x.source, x.cue, x.content))  # type: ignore[misc]
        for x in link_pieces(clean, pieces)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "[S The army] [Q said] [C the raid was over].",
            [("The army", "said", "the raid was over")],
            id="plain",
        ),
        pytest.param(
            "[C “We heard it,”] [Q said] [S the nurse]. [C “Then it went dark.”]",
            [("the nurse", "said", "“We heard it,” + “Then it went dark.”")],
            id="a quotation cut by its speaker",
        ),
        pytest.param(
            "[S The mayor] [Q denied] [C it] and [Q called] [C it a lie].",
            [("The mayor", "denied", "it"), ("The mayor", "called", "it a lie")],
            id="a speaker shared in one sentence",
        ),
        pytest.param(
            "[S The mayor] [Q denied] [C it]. [C Nine bodies were found], it [Q was reported].",
            [("The mayor", "denied", "it"), ("", "was reported", "Nine bodies were found")],
            id="a passive has no speaker to share",
        ),
        pytest.param(
            "[Q Listing] [C what was lost], [S the farmer] [Q said] [C he would stay].",
            [("the farmer", "Listing", "what was lost"), ("the farmer", "said", "he would stay")],
            id="a participle before its speaker",
        ),
        pytest.param(
            "[S Karam], [S who] [Q said] [C she was hit], [Q added] [C that two fled].",
            [("who", "said", "she was hit"), ("Karam", "added", "that two fled")],
            id="a relative pronoun speaks once",
        ),
        pytest.param(
            "[Q According to] [S medics], [C six died]. [S The ministry] [Q put] [C the toll at four].",
            [("medics", "According to", "six died"), ("The ministry", "put", "the toll at four")],
            id="according to, then another voice",
        ),
        pytest.param(
            "[S The envoy] [Q said] [C talks failed.]\n\n[C “There was no will.”]",
            [("The envoy", "said", "talks failed. + “There was no will.”")],
            id="a quotation goes on in the next paragraph",
        ),
        pytest.param(
            "[S The envoy] [Q said] [C talks failed].\n\nRain fell.\n\n[C “There was no will.”]",
            [("The envoy", "said", "talks failed"), ("", "", "“There was no will.”")],
            id="but not over a paragraph between",
        ),
        pytest.param(
            "[S The envoy] [Q spoke].\n\n[C “There was no will.”] [S His aide].",
            [("His aide", "", "“There was no will.”")],
            id="a speaker without a verb",
        ),
        pytest.param(
            "[C “It shook,”] [Q said] [S Karam], [S who] [Q asked] [C to stay unnamed]. [C “Then it fell.”]",
            [("Karam", "said", "“It shook,” + “Then it fell.”"), ("who", "asked", "to stay unnamed")],
            id="a quotation goes on past what is told of its speaker",
        ),
        pytest.param(
            "[S Salman] [Q went on:]\n\n[C “We wait.”]\n\n[C “And we count.”] [S Karam] [Q agreed].",
            [("Salman", "went on:", "“We wait.”"), ("Karam", "agreed", "“And we count.”")],
            id="a colon leads over to the next paragraph",
        ),
        pytest.param(
            "Rain fell.\n\n[C “First the noise.]\n\n[C “Then the dust,”] [Q said] [S a baker].",
            [("a baker", "said", "“First the noise. + “Then the dust,”")],
            id="an open quotation leads over to the next paragraph",
        ),
        pytest.param(
            "[S The mayor] [Q said] [C the roads were open].\n\n[C The army blamed the rebels].",
            [("The mayor", "said", "the roads were open"), ("", "", "The army blamed the rebels")],
            id="what is told anew in the next paragraph is not the same speaker's",
        ),
        pytest.param("[S The envoy] [Q nodded].", [], id="nothing said, no attribution"),
    ],
)
def test_who_said_what(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert linked(text) == expected


def test_the_order_of_pieces_does_not_matter() -> None:
    clean, pieces = marked("[S The mayor] [Q denied] [C it] and [Q said] [C so].")
    wanted = link_pieces(clean, pieces)
    assert len(wanted) == 2
    assert all(link_pieces(clean, list(p)) == wanted for p in itertools.permutations(pieces))


def test_a_long_report_is_linked_paragraph_by_paragraph() -> None:
    clean, pieces = marked("\n\n".join(["[S The mayor] [Q said] [C it was over]. [S Guards] [Q denied] [C it]."] * 400))
    found = link_pieces(clean, pieces)
    assert len(found) == 800
    assert all("\n" not in clean[a.source[0][0] : a.content[0][1]] for a in found)


def test_a_surer_tagger_makes_surer_attributions() -> None:
    text = "Medics said six died."
    confidences = [
        link_pieces(text, [Piece("source", 0, 6, p), Piece("cue", 7, 11, p), Piece("content", 12, 20, p)])[0].confidence
        for p in (0.3, 0.6, 0.95)
    ]
    assert confidences == sorted(confidences)
    assert confidences[0] < confidences[-1]
    assert all(0 <= c <= 1 for c in confidences)
