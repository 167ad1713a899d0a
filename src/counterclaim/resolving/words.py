"""A report as tokens with the institutions, titles and places found in it, and what one phrase of it tells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from counterclaim.records import Offsets
from counterclaim.resolving.names import Gender, Title, title_at
from counterclaim.resolving.registry import Hit, Registry
from counterclaim.resolving.tokens import tokenize

Nature = Literal["person", "institution", "unnamed", "document", "pronoun"]


class Words:
    """A text as tokens, with the institutions and the sentences found in it; what all steps of resolving look things up in."""

    def __init__(self, text: str, registry: Registry, sentences: Iterable[Offsets] = (), places: Iterable[Offsets] = ()) -> None:
        self.text = text
        self.registry = registry
        self.tokens = tokenize(text)
        self.sentences = tuple(sentences) or ((0, len(text)),)
        self._starts = [t.start for t in self.tokens]
        self._sentence_starts = [s[0] for s in self.sentences]
        self.hits: list[Hit] = []
        self.hit_of: dict[int, Hit] = {}
        self.cover(registry.scan(text, self.tokens))
        self.titles = {k: t for k in range(len(self.tokens)) if (t := title_at(self.tokens, k)) is not None}
        self.in_title = frozenset(m for k, t in self.titles.items() for m in range(k, k + len(t.words)))
        self.shouting = sum(c.isupper() for c in text[:2000]) > 0.6 * sum(c.isalpha() for c in text[:2000])
        self.places = frozenset(k for span in places for k in range(*self.range(span)))

    def cover(self, hits: Iterable[Hit]) -> None:
        """Adds institutions found; one that overlaps an earlier hit replaces it only where it is longer."""
        for hit in hits:
            i, j = self.range(hit.span)
            inside = {id(h): h for k in range(i, j) if (h := self.hit_of.get(k)) is not None}
            if any(h.span[1] - h.span[0] >= hit.span[1] - hit.span[0] for h in inside.values()):
                continue
            for h in inside.values():
                self.uncover(h)
            self.hits.append(hit)
            for k in range(i, j):
                self.hit_of[k] = hit

    def uncover(self, hit: Hit) -> None:
        """Takes back a hit that turned out to be part of something else."""
        self.hits = [h for h in self.hits if h is not hit]
        self.hit_of = {k: h for k, h in self.hit_of.items() if h is not hit}

    def range(self, span: Offsets) -> tuple[int, int]:
        """Token indexes from the first token that touches `span` to the one after the last."""
        i = bisect_right(self._starts, span[0]) - 1
        if i < 0 or self.tokens[i].end <= span[0]:
            i += 1
        return i, max(i, bisect_left(self._starts, span[1]))

    def span(self, i: int, j: int) -> Offsets:
        """Offsets of tokens `i` to `j`, end exclusive."""
        return self.tokens[i].start, self.tokens[j - 1].end

    def quote(self, i: int, j: int) -> str:
        """The words of tokens `i` to `j` as they stand, blanks made one."""
        return " ".join(self.text[slice(*self.span(i, j))].split()) if j > i else ""

    def sentence(self, position: int) -> int:
        """The index of the sentence that holds `position`."""
        return max(0, bisect_right(self._sentence_starts, position) - 1)

    def opens_sentence(self, i: int) -> bool:
        """Whether a sentence begins with token `i`."""
        k = bisect_left(self._sentence_starts, self.tokens[i].start)
        return k < len(self._sentence_starts) and self._sentence_starts[k] == self.tokens[i].start

    def past_dateline(self, i: int, j: int) -> tuple[int, int]:
        """Tokens `i` to `j` without a dateline that the parser took into them: "SAN JOSE, Costa Rica — ", "CAIRO (AP) - "."""
        tokens = self.tokens
        if i >= j or not tokens[i].text.isupper() or len(tokens[i].text) < 3 or self.shouting:
            return i, j
        for k in range(i + 1, j - 1):
            if tokens[k].text in "—–-" and tokens[k].start > tokens[k - 1].end:
                return k + 1, j
        agency = next((k for k in range(i + 1, j) if tokens[k].text == "("), None)
        return (i, j) if agency is None or agency + 1 not in self.hit_of else (j, j)

    def near(self, i: int) -> bool:
        """Whether token `i` follows the one before it with nothing but one blank, or none, between."""
        return i > 0 and self.tokens[i].start - self.tokens[i - 1].end <= 1


@dataclass(frozen=True, slots=True)
class Described:
    """What one phrase tells. `name` is the token range of a person's name. `body` is the institution it is (nature
    "institution"), speaks for (a person, an unnamed one) or was issued by (a document); `body_words` the words of one that
    is not known by name, or of a bare organ. `head` is the folded noun it turns on, `owner` a leading "its", "his", "their";
    `alone` whether a person's title has nothing before it that could be a body."""

    span: Offsets
    nature: Nature
    text: str
    head: str = ""
    name: tuple[int, int] | None = None
    body: Hit | None = None
    body_words: str | None = None
    role: str | None = None
    titles: tuple[Title, ...] = ()
    plural: bool = False
    definite: bool = False
    owner: str | None = None
    alone: bool = False
    place: Hit | None = None

    @property
    def gender(self) -> Gender | None:
        """What the titles tell."""
        return next((t.gender for t in self.titles if t.gender), None)
