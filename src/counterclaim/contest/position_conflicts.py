"""Which positions of an incident contradict: accusation and denial, denial and admission, purpose and mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from counterclaim.contest.docket import Docket
from counterclaim.contest.labels import actors_label, position_label, toll_speaker, toll_words
from counterclaim.contest.tolls import number, refs
from counterclaim.contest.when import surely_before
from counterclaim.records import Act, Conflict, ConflictKind, Position, Question, Span, Toll

_Party = frozenset[str]
_DEED: tuple[Question, ...] = ("responsibility", "occurrence")
"""Whose deed it was, and whether it was done at all: an accusation contradicts the denial of either."""
_ACCOUNTS: tuple[Act, ...] = ("justification", "denial", "admission")
"""What a party says for itself, in the order in which it is set against those who reject it."""


def position_conflicts(docket: Docket, positions: Sequence[Position], tolls: Sequence[Toll]) -> tuple[Conflict, ...]:
    """The conflicts between positions: those who accuse a party stand on one side, those who deny it on the other.

    Each side is shown by its first one's sharpest words: those quoted directly, else the earliest.
    """
    return (
        *_responsibility(docket, positions),
        *_disputes(docket, positions),
        *_intent(docket, positions),
        *_denied_tolls(docket, positions, tolls),
    )


def _responsibility(docket: Docket, positions: Sequence[Position]) -> Iterator[Conflict]:
    """For each party: accused and denied, denied and admitted."""
    mine = [position for position in positions if position.question in _DEED]
    parties = _parties(docket, mine)
    for party in parties:
        accusing = _accusing(docket, mine, party)
        if sum(bool(_accusing(docket, mine, other)) for other in parties) == 1:
            accusing += (
                [p for p in mine if p.stance == "blame" and not p.target and not _party(docket, p) & party] if accusing else []
            )
        denying = [p for p in mine if p.stance == "denial" and _owned(docket, p) & party and p.about != "another's words"]
        admitting = [p for p in mine if p.stance == "admission" and _owned(docket, p) & party]
        deniers, admitters = {_holder(p) for p in denying}, {_holder(p) for p in admitting}
        accusers = [p for p in accusing if _holder(p) not in deniers]
        yield from _conflict(docket, "contradiction", accusers, denying, "accused and denied")
        flat = [p for p in denying if _negates(docket, p)]
        others = [p for p in flat if _holder(p) not in admitters]
        yield from _conflict(docket, "contradiction", others, admitting, "one denies what the other admits")
        both = [p for p in flat if _holder(p) in admitters]
        yield from _conflict(
            docket, "contradiction", both, [p for p in admitting if _holder(p) not in deniers], "one denies what the other admits"
        )
        yield from _moves(docket, denying, admitting)


def _disputes(docket: Docket, positions: Sequence[Position]) -> Iterator[Conflict]:
    """Who rejects the words of another party, against the account that party gives."""
    mine = [position for position in positions if position.question in (*_DEED, "object")]
    for dispute in mine:
        if dispute.stance != "denial" or dispute.about != "another's words":
            continue
        whose = docket.parties.party(dispute.target)
        theirs = [p for p in mine if _party(docket, p) & whose and p.stance in _ACCOUNTS]
        account = sorted(theirs, key=lambda p: _ACCOUNTS.index(p.stance))[:1]
        yield from _conflict(docket, "contradiction", [dispute], account, "one rejects what the other says")


def _intent(docket: Docket, positions: Sequence[Position]) -> Iterator[Conflict]:
    """For each party: said to have meant it, or to have been negligent, and said to have made a mistake."""
    mine = [position for position in positions if position.question == "intent"]
    for party in _parties(docket, mine):
        pleas = [p for p in mine if p.stance in ("denial", "admission", "justification") and _owned(docket, p) & party]
        excused = {_holder(p) for p in pleas}
        accusers = [p for p in _accusing(docket, mine, party) if _holder(p) not in excused]
        yield from _conflict(docket, "contradiction", accusers, pleas, "purpose or guilt against no purpose")


def _moves(docket: Docket, denying: Sequence[Position], admitting: Sequence[Position]) -> Iterator[Conflict]:
    """Who denied and admitted the same thing: a move, not a contradiction between two."""
    for denial in denying:
        for admission in admitting:
            if _holder(denial) != _holder(admission):
                continue
            if surely_before(denial.said, admission.said):
                reason = f"the same speaker, denied {denial.said} and admitted {admission.said}"
            elif surely_before(admission.said, denial.said):
                reason = f"the same speaker, admitted {admission.said} and denied {denial.said}"
            else:
                reason = "the same speaker denied and admitted; which came later is not told"
            yield from _conflict(docket, "later update", [denial], [admission], reason)
            break


def _denied_tolls(docket: Docket, positions: Sequence[Position], tolls: Sequence[Toll]) -> Iterator[Conflict]:
    """A denial of casualties against the toll of the one whose count it denies, else the highest that another party gave."""
    seen: set[str] = set()
    standing = [toll for toll in tolls if toll.scope == "incident" and toll.standing and number(toll)]
    parties = {toll.ref: docket.parties.party(toll.speaker, toll.affiliation, toll.side) for toll in standing}
    for denial in positions:
        if (denial.stance, denial.question) != ("denial", "toll") or _holder(denial) in seen:
            continue
        mine, whose = _party(docket, denial), docket.parties.party(denial.target)
        others = [toll for toll in standing if not mine & parties[toll.ref]]
        if not others:
            continue
        seen.add(_holder(denial))
        named = [toll for toll in others if whose & parties[toll.ref]]
        toll = max(named or others, key=lambda toll: (toll.harm == "killed", number(toll)))
        yield Conflict(
            kind="contradiction",
            question="toll",
            left_label=position_label(denial),
            right_label=f"{toll_speaker(toll)}: {toll_words(toll)}",
            left=_words(docket, denial),
            right=toll.span,
            reason="one disputes what the other counts",
            left_said=denial.statements,
            right_said=refs(toll),
        )


def _conflict(
    docket: Docket, kind: ConflictKind, left: Sequence[Position], right: Sequence[Position], reason: str
) -> Iterator[Conflict]:
    """The conflict between two camps; none where either is empty."""
    if left and right:
        question: Question = left[0].question
        yield Conflict(
            kind=kind,
            question=question,
            left_label=actors_label(left),
            right_label=actors_label(right),
            left=_words(docket, left[0]),
            right=_words(docket, right[0]),
            reason=reason,
            left_said=tuple(ref for position in left for ref in position.statements),
            right_said=tuple(ref for position in right for ref in position.statements),
        )


def _parties(docket: Docket, positions: Sequence[Position]) -> list[_Party]:
    """Who is accused, or denies, or admits, names of one party together, in the order of the positions."""
    parties: list[_Party] = []
    for position in positions:
        if position.stance == "blame":
            named = [docket.parties.party(name) for name in (position.target or "").split("; ") if name]
        else:
            deed = position.stance in ("denial", "admission") and position.about != "another's words"
            named = [_owned(docket, position)] if deed else []
        for one in named:
            joined = [party for party in parties if party & one]
            parties = [party for party in parties if not party & one]
            parties.append(one.union(*joined))
    return [party for party in parties if party]


def _accusing(docket: Docket, positions: Sequence[Position], party: _Party) -> list[Position]:
    """Who accuses a party, its own members left out."""
    blames = [p for p in positions if p.stance == "blame" and docket.parties.party(p.target) & party]
    return [p for p in blames if not _party(docket, p) & party]


_NO = re.compile(
    r"\b(?:no|not|never|nor|neither|none|nobody|nothing|without|cannot)\b|n['’]t\b"
    r"|\b(?:den(?:y|ies|ied|ying|ials?)|reject\w*|dismiss\w*|refut\w*|disput\w*|rebuff\w*|contradict\w*)\b",
    re.I,
)


def _negates(docket: Docket, denial: Position) -> bool:
    """Whether a denial says no in so many words; another account of what happened ("a stampede") rules out no shot."""
    said = {one.ref: one for one in docket.said}
    held = [said[ref] for ref in denial.statements]
    words = (one.read.report.text[slice(*piece)] for one in held for piece in (*one.statement.cue, *one.statement.content))
    return any(_NO.search(piece) for piece in words)


def _party(docket: Docket, position: Position) -> _Party:
    """The party that speaks."""
    return docket.parties.party(position.actor, position.affiliation, position.side)


def _owned(docket: Docket, position: Position) -> _Party:
    """The party whose deed is denied or admitted: the target, the speaker's own where none is given."""
    return docket.parties.party(position.target) or _party(docket, position)


def _holder(position: Position) -> str:
    """Who holds it, a spokesman's institution before himself; unnamed speakers of different texts are different."""
    if position.kind == "named":
        return position.affiliation or position.actor or ""
    return f"{position.actor} in {position.statements[0].report}"


def _words(docket: Docket, position: Position) -> Span:
    """The position's sharpest words: the earliest that are quoted directly, else the earliest."""
    said = {one.ref: one for one in docket.said}
    held = [said[ref] for ref in position.statements]
    quoted = [one for one in held if one.statement.form != "indirect"]
    return (quoted or held)[0].content()[0]
