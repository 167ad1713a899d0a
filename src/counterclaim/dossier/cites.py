"""Who says something, when, and the one click to the words: the small pieces of every row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from counterclaim.dossier import clauses


@dataclass(frozen=True, slots=True)
class Side:
    """A party to the dispute and its tone: 1 to 8 a colour of its own, 9 for all further sides, 0 for none."""

    name: str
    tone: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of text in three parts: what is quoted (`hit`) and the words around it."""

    before: str
    hit: str
    after: str

    @property
    def text(self) -> str:
        """The three parts joined."""
        return self.before + self.hit + self.after


@dataclass(frozen=True, slots=True)
class Cite:
    """One click to the words: the report's number and paragraph, the anchor of the mark there, and the sentence with the
    words that count. `echo` is true where the report is a copy of another; `page` is that of the PDF they were read from."""

    report: int
    paragraph: int
    outlet: str
    anchor: str
    sentence: str
    start: int
    end: int
    echo: bool = False
    page: int | None = None

    @property
    def place(self) -> str:
        """Report, paragraph and, of a PDF, page, as it is printed."""
        return f"R{self.report}\u202f¶{self.paragraph}" + (f" p. {self.page}" if self.page else "")

    def excerpt(self, width: int) -> Excerpt:
        """The sentence on one line in at most about `width` characters, cut at word ends around the words that count."""
        s = self.sentence
        before, hit, after = (re.sub(r"\s+", " ", p) for p in (s[: self.start], s[self.start : self.end], s[self.end :]))
        if len(before) + len(hit) + len(after) <= width:
            return Excerpt(before.lstrip(), hit, after.rstrip())
        if len(hit) > width // 2:
            # What counts fills the room by itself; the words around it are one click away.
            return Excerpt("…" if before.strip() else "", clauses.cut(hit.strip(), width), "")
        spare = max(width - len(hit), 0)
        lead = min(len(before), max(spare // 2, spare - len(after)))
        # Both ends are cut from afar, so that the words beside the hit stay.
        if lead < len(before):
            before = "…" + before[clauses.tail(before, lead) :]
        if spare - lead < len(after):
            after = after[: clauses.head(after, spare - lead)].rstrip(" ,;:–—-") + "…"
        return Excerpt(before, hit, after)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: name, institution, side, `kind` in words, through whom (`via`); `own` is an outlet's own voice."""

    name: str
    affiliation: str | None
    side: Side | None
    kind: str
    own: bool
    via: tuple[str, ...] = ()

    @property
    def tone(self) -> int:
        """The colour of the side, 0 (grey) for outlets and unknown sides."""
        return 0 if self.own or self.side is None else self.side.tone

    @property
    def party(self) -> str | None:
        """The institution; where none is named, the side; None where the name tells it already."""
        party = self.affiliation or (self.side.name if self.side else None)
        return party if party and party not in self.name else None


@dataclass(frozen=True, slots=True)
class Said:
    """When something was said, in words, and how that is known; `note` is the reason for an inferred date."""

    date: str
    how: str | None
    inferred: bool
    note: str | None
