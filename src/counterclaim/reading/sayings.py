"""One act of saying while reading puts it together."""

from __future__ import annotations

from dataclasses import dataclass, field

from counterclaim.records import Act, Form, Offsets


@dataclass(slots=True)
class Saying:
    """One act of saying while it is put together; all offsets are into the whole text."""

    content: list[Offsets]
    cue: list[Offsets]
    source: list[Offsets] = field(default_factory=list)
    via: list[Offsets] = field(default_factory=list)
    about: Offsets | None = None
    antecedent: Offsets | None = None
    act: Act | None = None
    lemma: str = ""
    negated: bool = False
    aside: bool = False
    presupposed: bool = False
    told: bool = False
    owned: bool = False
    tag: str = ""
    joined_at: int = -1
    borrowed: bool = False
    sentence_start: int = -1
    ruled: bool = True
    heard: float | None = None
    form: Form = "indirect"

    @property
    def start(self) -> int:
        """Where its content begins."""
        return self.content[0][0]

    def covers(self, span: Offsets) -> float:
        """The share of `span` that its content holds."""
        return sum(max(0, min(span[1], b) - max(span[0], a)) for a, b in self.content) / max(1, span[1] - span[0])

    def leave_out(self, aside: Saying) -> None:
        """Takes out of the content what another says in passing inside it ("the raid, which the army calls an error, ...")."""
        start = min(a for a, _ in (*aside.source, *aside.cue, *aside.content))
        end = max(b for _, b in (*aside.source, *aside.cue, *aside.content))
        pieces = [p for a, b in self.content for p in ((a, min(b, start)), (max(a, end), b)) if p[1] - p[0] > 1]
        self.content = pieces or self.content
