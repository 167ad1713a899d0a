"""An extraction made by hand: the words of speakers, cues and mentions are marked by quoting them from the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest

from counterclaim.records import Act, Extraction, Figure, Mention, MentionKind, Offsets, Statement


@dataclass
class Told:
    """Builds an extraction piece by piece; every piece is given by its words and found from `after` on."""

    text: str
    statements: list[Statement] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def at(self, words: str, after: int = 0) -> Offsets:
        start = self.text.index(words, after)
        assert self.text[start : start + len(words)] == words
        return start, start + len(words)

    def says(
        self, source: str | None, content: str, *, via: str | None = None, about: str | None = None, act: Act = "other",
        antecedent: str | None = None, after: int = 0,
    ) -> Told:  # fmt: skip
        self.statements.append(
            Statement(
                id=f"s{len(self.statements) + 1}",
                content=(self.at(content),),
                cue=(),
                source=(self.at(source, after),) if source else (),
                form="indirect",
                act=act,
                confidence=0.8,
                via=(self.at(via),) if via else (),
                about=self.at(about) if about else None,
                antecedent=self.at(antecedent) if antecedent else None,
            )
        )
        return self

    def mentions_of(self, kind: MentionKind, *words: str) -> Told:
        for w in words:
            for m in re.finditer(rf"\b{re.escape(w)}\b", self.text):
                self.mentions.append(Mention(m.span(), kind, m.span(), w in ("they", "They") or None))
        return self

    def counts(self, words: str, killed: int, statement: str | None) -> Told:
        self.figures.append(
            Figure(
                id=f"f{len(self.figures) + 1}", span=self.at(words), harm="killed", victims="unspecified",
                low=killed, high=killed, qualifier="exact", scope="incident", confidence=0.8, statement=statement,
            )
        )  # fmt: skip
        return self

    def extraction(self) -> Extraction:
        sentences = tuple(m.span() for m in re.finditer(r"[^\s].*?(?:[.?!][”\"]?(?=\s|$)|$)", self.text))
        return Extraction(
            text=self.text, sentences=sentences, paragraphs=((0, len(self.text)),), statements=tuple(self.statements),
            figures=tuple(self.figures), mentions=tuple(sorted(self.mentions, key=lambda m: m.span)),
        )  # fmt: skip


@pytest.fixture
def told() -> type[Told]:
    return Told
