"""Who is accused in an incident, what of it they concede, and who of them is not heard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from counterclaim.contest.docket import Docket, Said
from counterclaim.contest.tolls import interval, number, refs
from counterclaim.records import Conceded, Figure, Harm, Position, Silent, Statement, StatementRef, Toll, Victims

SILENT_RULE = (
    "Whoever is accused by name, or pointed at in a justification, or asked for something, and neither speaks in these reports "
    "nor has a body, a spokesman or a coalition that he leads speak. A group and its branch that bears its name are one line."
)
CONCEDED_RULE = (
    "Of each accused party that admits, regrets or pleads a mistake: the lowest and highest number of those killed or injured "
    "among the figures that it gives itself for the incident, its latest, fighters and words without a number left out. A "
    "figure that only says less than another of the same voice adds nothing."
)
_DEED = ("responsibility", "intent", "object")
_OWNING = ("admission", "regret")


def accused_of(docket: Docket, positions: Sequence[Position]) -> dict[str, tuple[StatementRef, ...]]:
    """The shown names of all who are accused, by their reports or by a position, each with the statements that accuse them."""
    accused: dict[str, list[StatementRef]] = {name: [] for name in alleged_in(docket)}
    for position in positions:
        if position.stance in ("blame", "justification") and position.question in _DEED and position.target:
            own = docket.parties.party(position.actor, position.affiliation, position.side)
            for name in position.target.split("; "):
                if name[:1].islower():  # "planes", "fighters": nobody who could speak
                    continue
                if position.stance == "blame" or own.isdisjoint(docket.parties.party(name)):
                    accused.setdefault(name, []).extend(position.statements)
    return {name: tuple(dict.fromkeys(said)) for name, said in sorted(accused.items())}


def alleged_in(docket: Docket) -> tuple[str, ...]:
    """The shown names of those whom the reports allege to have done it, without those who only seem to accuse themselves.

    A body whose state is accused as well is accused as a part of it and not beside it, and so is a state with the coalition that
    it leads, where whoever accuses the state is of a side that accuses the coalition too: it is one deed by two names. Who owns
    up to what only another is accused of concedes it and is not accused.
    """
    blames = [said for said in docket.said if said.statement.act == "blame" and said.statement.target]
    themselves = {
        voice.name for said in blames for voice in said.voices
        if voice.name in docket.parties.name(said.statement.target or "").split("; ")
    }  # fmt: skip
    shown = [name for name in map(docket.parties.name, docket.incident.alleged) if name not in themselves]
    sides = docket.parties.sides
    alone = [name for name in shown if sides.get(name, name) == name or sides[name] not in shown]
    accusers = {name: _accusers(name, blames, docket) for name in alone}
    led = {
        name for name in alone for other in alone
        if other != name and "-led " in other and name in docket.parties.party(other) and accusers[name] <= accusers[other]
    }  # fmt: skip
    owning = docket.parties.party(*(v.name for said in docket.said if said.statement.act == "admission" for v in said.voices))
    others = {name for name in alone if accusers[name]}
    return tuple(dict.fromkeys(n for n in alone if n not in led and (n in others or not others or n not in owning)))


def _accusers(name: str, blames: Sequence[Said], docket: Docket) -> set[str | None]:
    """The sides of those who accuse `name`, of one without a side the name."""
    return {
        voice.side or voice.name for said in blames for voice in said.voices
        if name in docket.parties.name(said.statement.target or "").split("; ")
    }  # fmt: skip


def by_accused(docket: Docket, tolls: Iterable[Toll], positions: Sequence[Position]) -> frozenset[object]:
    """Where the tolls stand that an accused party gives itself."""
    accused = set(alleged_in(docket))
    accused |= {name for p in positions if p.stance == "blame" and p.question in _DEED for name in (p.target or "").split("; ")}
    accused |= docket.parties.party(*(name for name in accused if "-led " in name))
    party = docket.parties.party(*accused)

    def own(toll: Toll) -> bool:
        # An official without a name may speak against his own side: he is the accused only where his institution or state is.
        speakers = (toll.speaker or "").split("; ")
        if len(speakers) > 1:  # what an accused party and another say together is not the accused's alone
            return all(not party.isdisjoint(docket.parties.party(name)) for name in speakers)
        named = docket.parties.party(toll.speaker, toll.affiliation, toll.side)
        closer = named if toll.speaker_kind == "named" else frozenset({toll.affiliation, toll.side}) & accused
        return toll.speaker is not None and not party.isdisjoint(closer)

    return frozenset(toll.ref for toll in tolls if own(toll))


def silent_of(docket: Docket, positions: Sequence[Position]) -> tuple[Silent, ...]:
    """Those accused or asked who are not heard, in alphabetical order, each with where he is named."""
    heard: set[str] = set()
    spoken: list[Statement | Figure] = [*(said.statement for said in docket.said), *(each.figure for each in docket.counted)]
    for one in spoken:
        speakers = (docket.parties.name(name) for name in (one.speaker or "").split("; ") if name)
        heard |= docket.parties.party(*speakers, one.affiliation, one.side)
    named = dict(accused_of(docket, positions))
    for position in positions:
        if position.stance == "demand" and position.target:
            for name in position.target.split("; "):
                if name[:1].isupper():
                    named[name] = tuple(dict.fromkeys((*named.get(name, ()), *position.statements)))
    kinds = docket.parties.kinds
    still = {
        name: said for name, said in sorted(named.items())
        if docket.parties.party(name).isdisjoint(heard) and (name in kinds or name.split()[-1][:1].isupper())
    }  # fmt: skip
    for branch in [name for name in still if kinds.get(name) == "armed group"]:
        for whole in [name for name in still if kinds.get(name) == "armed group" and branch.startswith(f"{name} ")]:
            still[branch] = tuple(dict.fromkeys((*still[branch], *still.pop(whole))))
    return tuple(Silent(name=name, said=said) for name, said in still.items())


def conceded_of(docket: Docket, tolls: Sequence[Toll], positions: Sequence[Position]) -> tuple[Conceded, ...]:
    """What each accused party concedes, by party, harm and class."""
    return tuple(sorted(_conceded(docket, tolls, positions), key=lambda c: (c.party, _HARMS.index(c.harm), c.victims)))


def _conceded(docket: Docket, tolls: Sequence[Toll], positions: Sequence[Position]) -> Iterator[Conceded]:
    blamed = [p.target for p in positions if p.stance == "blame" and p.question in _DEED and _of_another(docket, p)]
    accused = docket.parties.party(*blamed, *map(docket.parties.name, docket.incident.alleged))
    sides = dict.fromkeys(p.side for p in positions if p.side and accused & docket.parties.party(p.side, p.actor))
    for side in sides:
        owning = [
            p for p in positions if p.side == side and (p.stance in _OWNING or (p.stance == "denial" and p.question == "intent"))
        ]
        if not owning:
            continue
        own = [
            toll for toll in tolls
            if toll.side == side and toll.standing and toll.scope == "incident" and toll.victims not in ("militants", "military")
            and toll.qualifier != "vague" and number(toll)
        ]  # fmt: skip
        sharp = [toll for toll in own if not any(_says_less(toll, other, docket) for other in own)]
        rows: dict[tuple[Harm, Victims], list[Toll]] = {}
        for toll in sharp:
            if toll.harm in _HARMS:
                rows.setdefault((toll.harm, toll.victims), []).append(toll)
        for (harm, victims), given in rows.items():
            numbers = [number(toll) for toll in given]
            yield Conceded(
                party=side, harm=harm, victims=victims, low=min(numbers), high=max(numbers),
                by=tuple(ref for toll in given for ref in refs(toll)),
            )  # fmt: skip
        if not rows:
            yield Conceded(
                party=side, harm="killed", victims="unspecified", low=None, high=None,
                by=tuple(ref for p in owning for ref in p.statements),
            )  # fmt: skip


def _of_another(docket: Docket, blame: Position) -> bool:
    """Whether somebody accuses another party than his own."""
    own = docket.parties.party(blame.actor, blame.affiliation, blame.side)
    return own.isdisjoint(docket.parties.party(blame.target))


def _says_less(toll: Toll, other: Toll, docket: Docket) -> bool:
    """Whether another toll of the same voice names numbers that this one allows as well, and fewer of them."""
    mine, theirs = interval(toll), interval(other)
    same = (toll.harm, toll.victims) == (other.harm, other.victims) and set(docket.voiced[toll.ref]) <= set(
        docket.voiced[other.ref]
    )
    return bool(same and mine and theirs and mine != theirs and mine[0] <= theirs[0] and theirs[1] <= mine[1])


_HARMS: tuple[Harm, ...] = ("killed", "injured", "casualties")
