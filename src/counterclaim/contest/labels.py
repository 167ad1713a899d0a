"""The short labels that stand for a toll or a position: templates over facts, never prose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from counterclaim.records import Act, Position, Question, Toll

NOBODY = "outlet not known"
"""What stands for the outlet of a report that does not name it."""

SHOWN = 3
"""Speakers named on one side of a conflict before the rest are counted: what a line of a dossier holds."""


def toll_words(toll: Toll) -> str:
    """How many, as it was said: "62 killed (military)", "at least 90 killed", "“dozens” killed"."""
    group = "" if toll.victims == "unspecified" else f" ({toll.victims})"
    return f"{_number(toll)} {toll.harm if toll.harm != 'casualties' else 'dead or injured'}{group}"


def toll_speaker(toll: Toll) -> str:
    """Who said it: the speaker, with whom he speaks for; the outlet where it speaks itself."""
    if toll.speaker is None:
        return toll.outlet or NOBODY
    return f"{toll.speaker} ({toll.affiliation})" if toll.affiliation and toll.affiliation not in toll.speaker else toll.speaker


SAYS: dict[Act, tuple[str, str]] = {
    "blame": ("blames", "blame"), "denial": ("denies", "deny"), "admission": ("admits", "admit"),
    "justification": ("justifies", "justify"), "uncertainty": ("leaves open", "leave open"),
    "investigation": ("investigates", "investigate"), "demand": ("demands", "demand"), "regret": ("regrets", "regret"),
    "damage": ("reports damage", "report damage"), "figure": ("gives a toll", "give a toll"), "other": ("says", "say"),
}  # fmt: skip
"""What one does, and what several do, who take a stance."""
_OF: dict[tuple[Act, Question], str] = {
    ("denial", "toll"): "the toll", ("denial", "occurrence"): "that it happened", ("denial", "intent"): "purpose or guilt",
    ("admission", "intent"): "a fault", ("uncertainty", "toll"): "the toll", ("uncertainty", "responsibility"): "who did it",
}  # fmt: skip
"""What a stance is on, where the question is another than the one it answers most."""


def stance_label(position: Position, *, several: bool = False) -> str:
    """What somebody does, and towards whom: "blames United States", "denies purpose or guilt", "rejects the words of Arda"."""
    says = SAYS[position.stance][several]
    on = _OF.get((position.stance, position.question))
    if position.stance == "blame":
        return f"{says} {position.target}" if position.target else f"{says}, naming nobody"
    if position.stance == "demand":
        return f"{says} of {position.target}" if position.target else says
    if position.about == "another's words":
        return f"{'reject' if several else 'rejects'} the words of {position.target}"
    if position.about == "another's part" and position.stance in ("denial", "admission"):
        return f"{says} the part of {position.target}"
    if position.about == "another's part" and position.stance == "justification":
        return f"{says}, pointing at {position.target}"
    return f"{says} {on}" if on else says


def position_label(position: Position) -> str:
    """Who takes which stance towards whom: "Russian Ministry of Defence: blames United States"."""
    return f"{position.actor or NOBODY}: {stance_label(position)}"


def camp(names: Iterable[str], between: str = "; ") -> str:
    """Those who stand together on one side of a conflict: no name twice, the rest counted after the first three."""
    distinct = list(dict.fromkeys(names))
    more = [f"{len(distinct) - SHOWN} more"] if len(distinct) > SHOWN else []
    return between.join(distinct[:SHOWN] + more)


def actors_label(positions: Sequence[Position]) -> str:
    """Several who hold one position: "A; B: blame C". The first one's target stands for all."""
    names = list(dict.fromkeys(position.actor or NOBODY for position in positions))
    return f"{camp(names)}: {stance_label(positions[0], several=len(names) > 1)}"


def tolls_label(tolls: Sequence[Toll]) -> str:
    """Who gave which number, speakers before outlets: "A; B: 62 killed / C: 70 killed"."""
    numbers: dict[str, list[Toll]] = {}
    for toll in sorted(tolls, key=lambda toll: toll.speaker is None):
        numbers.setdefault(toll_words(toll), []).append(toll)
    return camp((f"{camp(toll_speaker(toll) for toll in held)}: {words}" for words, held in numbers.items()), " / ")


def _number(toll: Toll) -> str:
    low, high = toll.low, toll.high
    if toll.qualifier == "vague" or (low is None and high is None):
        return f"“{toll.words}”"
    if (low, high) == (0, 0):
        return "none"
    if high is None:
        return f"more than {low - 1:,}" if toll.qualifier == "more than" and low else f"at least {low:,}"
    if low is None:
        return f"less than {high + 1:,}" if toll.qualifier == "less than" else f"up to {high:,}"
    if low != high:
        return f"{low:,} to {high:,}"
    return f"about {low:,}" if toll.qualifier == "about" else f"{low:,}"
