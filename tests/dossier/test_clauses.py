"""Where a sentence may be cut short: at a clause, else between words, never inside a name."""

from __future__ import annotations

import pytest

from counterclaim.dossier.clauses import cut, head, tail, widened
from counterclaim.dossier.marks import Mark, excerpts, lay

LONG = (
    "The harbour office said on Monday that at least 14 people had died when the ferry struck the old pier, although "
    "Colonel Ada Maria Brenn of the coast guard put the number at nine and told reporters that divers were still looking for the "
    "crew, who had not been heard of since the night before."
)


@pytest.mark.parametrize("most", range(5, len(LONG) + 5))
def test_a_cut_keeps_to_its_room_and_leaves_no_half_name(most: int) -> None:
    end, start = head(LONG, most), tail(LONG, most)
    assert end <= most
    assert len(LONG) - start <= most
    for piece in (LONG[:end], LONG[start:]):
        for name in ("Ada Maria Brenn", "Colonel Ada"):
            assert (name in piece) == any(word in piece for word in name.split())
        assert not piece or piece.strip() == piece
    assert LONG[:end].split(" ") == LONG.split(" ")[: len(LONG[:end].split(" "))] or not end
    assert LONG[:end].rpartition(" ")[2] not in ("the", "at", "of", "had", "that")


def test_a_clause_is_taken_before_a_word() -> None:
    assert LONG[: head(LONG, 120)].endswith("struck the old pier,")
    assert LONG[tail(LONG, 60) :].startswith("who had not")
    assert cut(LONG, 120).endswith("struck the old pier…")
    assert cut("Nuri Saleh Haddo", 12) == "Nuri Saleh Haddo"  # rather whole than half a name


def test_a_span_is_widened_to_whole_names_and_words() -> None:
    at = LONG.index("Maria")
    start, end = widened(LONG, at, at + 3)
    assert LONG[start:end] == "Colonel Ada Maria Brenn"
    assert widened(LONG, 0, len(LONG)) == (0, len(LONG))


def marks(text: str, *counting: str) -> list[Mark]:
    found = [Mark(0, len(text), "s", ("sentence",), 0, "")]
    for n, words in enumerate(counting):
        at = text.index(words)
        found.append(Mark(at, at + len(words), f"c{n}", ("words",), 0, ""))
    return found


@pytest.mark.parametrize("counting", ["at least 14 people", "nine", "the night before"])
def test_a_long_sentence_keeps_the_words_that_count(counting: str) -> None:
    laid, _ = lay(LONG, marks(LONG, counting))
    (whole,) = excerpts(laid)
    assert "".join(t.text for t in whole.tokens) == LONG
    (short,) = excerpts(laid, 120)
    text = "".join(t.text for t in short.tokens)
    assert counting in text
    pieces = [piece for piece in text.split(" … ") if piece]
    assert all(piece in LONG for piece in pieces)  # nothing is invented
    assert sum(map(len, pieces)) <= 120
    assert "…" in text
    assert [t.mark.anchor for t in short.tokens if t.mark] == [t.mark.anchor for t in whole.tokens if t.mark]


def test_words_that_count_and_are_too_long_stand_with_their_beginning_and_the_numbers_in_them() -> None:
    content = LONG[LONG.index("at least") :]
    laid, _ = lay(LONG, marks(LONG, content, "nine"))
    (short,) = excerpts(laid, 100)
    text = "".join(t.text for t in short.tokens)
    assert "at least 14 people" in text
    assert "nine" in text
    assert "… …" not in " ".join(text.split())
