"""How often the machine was found wrong, counted by hand on a few decisions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from counterclaim.case import Rate, reviewed
from counterclaim.case.canonical import canonical
from counterclaim.case.values import snapshot
from counterclaim.records import Decision, Figure, FigureRef, Linkage, Reading, ReadReport, Report, Span, Standing, View

TEXT = "Arda said 10 died. Arda said 20 died. Berin said 30 died. Somebody said 40 died. Somebody said 50 died."
SIDES = ("Arda", "Arda", "Berin", None, None)


def figure(n: int) -> Figure:
    at = TEXT.index(f"{n}0 died")
    side = SIDES[n - 1]
    return Figure(
        id=f"f{n}", span=(at, at + 2), harm="killed", victims="unspecified", low=10 * n, high=10 * n, qualifier="exact",
        scope="incident", confidence=0.9, speaker=side, side=side,
    )  # fmt: skip


FIGURES = {n: figure(n) for n in range(1, 6)}


def standing(id: int, kind: str, n: int, **more: Any) -> Standing:
    known = {"state": "in force", "outcome": "same", **{k: more.pop(k) for k in ("state", "outcome") if k in more}}
    span = Span.of("r", TEXT, *FIGURES[n].span)
    seen = snapshot(FIGURES[n], **({"machine": more.pop("machine")} if "machine" in more else {}))
    decision = Decision(
        id=id, kind=kind, fact="figure", role=more.get("role"), capture="c", anchor=span, reason="", user=more.get("user", "Ada"),
        value=canonical(more["value"]) if "value" in more else None, made=datetime(2031, 1, id, tzinfo=UTC), seen=seen,
    )  # type: ignore[arg-type]  # fmt: skip
    return Standing(decision=decision, on=(FigureRef("r", f"f{n}"),), **known)


def view(*standings: Standing, gone: tuple[int, ...] = ()) -> View:
    held = tuple(figure for n, figure in FIGURES.items() if n not in gone)
    read = ReadReport(Report(id="r", capture="c", text=TEXT), Reading(text=TEXT, figures=held))
    return View(reports=(read,), linkage=Linkage(), standings=standings)


def test_what_was_accepted_corrected_rejected_and_only_disputed() -> None:
    found = reviewed(
        view(
            standing(1, "accept", 1),
            standing(2, "correct", 2, role="high", value=25),
            standing(3, "correct", 2, role="qualifier", value="between"),
            standing(4, "reject", 3),
            standing(5, "accept", 4, state="disputed"),
            standing(6, "reject", 4, state="disputed", user="Ben"),
            standing(7, "accept", 5, outcome="value changed: check again"),
            standing(8, "accept", 3, state="undone"),
            gone=(3,),
        )
    )
    figures = found.coverage[0]
    assert (figures.kind, figures.facts, figures.checked) == ("figure", 5, 3)
    assert (figures.accepted, figures.corrected, figures.rejected, figures.added) == (1, 1, 1, 0)
    assert (figures.disputed, figures.stale) == (1, 1)
    assert figures.wrong == Rate(3, 2)
    assert found.fields["figure", "high"] == found.fields["figure", "qualifier"] == Rate(2, 1)
    assert found.fields["figure", "low"] == Rate(2, 0)
    assert found.sides == {("figure", "Arda"): Rate(2, 1), ("figure", "Berin"): Rate(1, 1)}


def test_what_agrees_with_the_machine_is_no_error() -> None:
    # Somebody else had changed it before; the machine had read what it is now set to.
    machine = {"high": 25, "side": "Arda"}
    found = reviewed(view(standing(1, "correct", 2, role="high", value=25, machine=machine)))
    assert found.coverage[0].accepted == 1
    assert found.fields["figure", "high"] == Rate(1, 0)


def test_what_was_added_was_not_read() -> None:
    (figures, *_) = reviewed(view(standing(1, "add", 1))).coverage
    assert (figures.facts, figures.checked, figures.added) == (4, 0, 1)
    assert figures.wrong.share is None
    assert figures.wrong.interval is None


@pytest.mark.parametrize(
    ("wrong", "n", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_wilsons(wrong: int, n: int, low: float, high: float) -> None:
    assert Rate(n, wrong).interval == pytest.approx((low, high), abs=5e-5)
