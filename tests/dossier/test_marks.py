"""Cutting a text at the edges of spans: nested spans nest, crossing spans are cut, no word is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from counterclaim.dossier.marks import Back, Mark, Paragraph, lay, paragraphs

TEXT = "One shell fell.\n\nNobody was\nhurt there."


def mark(start: int, end: int) -> Mark:
    return Mark(start, end, f"m{start}-{end}", ("sentence",), 0, "", (Back("a toll", "t1", 0),))


def drawn(laid: tuple[Paragraph, ...]) -> str:
    opening = {True: "[", False: "<"}
    return "|".join("".join(t.text or (opening[t.first] if t.mark else "]") for t in p.tokens) for p in laid)


def test_nested_spans_nest_and_nothing_is_cut() -> None:
    laid, cut = lay("a bc d", [mark(0, 6), mark(2, 4), mark(2, 3)])
    assert drawn(laid) == "[a [[b]c] d]"
    assert cut == ()


def test_a_crossing_span_goes_on_as_a_piece_of_its_own() -> None:
    laid, cut = lay("abcdef", [mark(0, 4), mark(2, 6)])
    assert drawn(laid) == "[ab[cd]]<ef]"
    assert cut == ("m2-6",)


def test_a_span_over_two_paragraphs_is_cut_between_them() -> None:
    laid, cut = lay(TEXT, [mark(4, 23)])
    assert drawn(laid) == "One [shell fell.\n\n]|<Nobody] was\n|hurt there."
    assert cut == ("m4-23",)
    assert [len(p.notes) for p in laid] == [1, 0, 0]


def test_paragraphs_cover_the_text() -> None:
    assert [TEXT[a:b] for a, b in paragraphs(TEXT)] == ["One shell fell.\n\n", "Nobody was\n", "hurt there."]
    assert paragraphs("") == ()


@given(
    st.text(alphabet="ab \n", min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 40)), max_size=6, unique=True),
)
def test_any_spans_keep_their_words(text: str, offsets: list[tuple[int, int]]) -> None:
    marks = [mark(a, b) for a, b in offsets if a < b <= len(text)]
    laid, _ = lay(text, marks)
    assert "".join(t.text for p in laid for t in p.tokens) == text
    read: dict[str, str] = {m.anchor: "" for m in marks}
    begun: list[str] = []
    for p in laid:
        open_marks: list[Mark] = []
        for t in p.tokens:
            if t.mark:
                open_marks.append(t.mark)
                begun += [t.mark.anchor] if t.first else []
            elif t.text:
                for m in open_marks:
                    read[m.anchor] += t.text
            else:
                open_marks.pop()
        assert open_marks == []
    assert read == {m.anchor: text[m.start : m.end] for m in marks}
    assert sorted(begun) == sorted(read)
