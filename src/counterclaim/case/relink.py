"""What people bring together or set apart across reports, laid over what the machine linked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from counterclaim.case.anchors import Ground, statement_at
from counterclaim.case.canonical import digest
from counterclaim.case.values import checked, seen_of, with_values
from counterclaim.records import (
    Assessment,
    CopyLink,
    Decision,
    Graded,
    Incident,
    IncidentRef,
    Outcome,
    PassageLink,
    State,
    StatementRef,
    Utterance,
)  # fmt: skip


@dataclass(slots=True)
class Partition:
    """Which mention belongs to which incident, while decisions move them. `why` says in words who put a mention where it is."""

    of: dict[IncidentRef, str]
    why: dict[IncidentRef, str] = field(default_factory=dict)

    @classmethod
    def from_incidents(cls, incidents: Iterable[Incident]) -> Partition:
        """The machine's own."""
        return cls({ref: incident.id for incident in incidents for ref in incident.members})

    def most(self, refs: Iterable[IncidentRef]) -> str | None:
        """The incident that holds most of these mentions; None where none of them is in any."""
        held = Counter(self.of[ref] for ref in refs if ref in self.of)
        return min(held, key=lambda id: (-held[id], id), default=None)

    def put(self, refs: Iterable[IncidentRef], incident: str, why: str) -> None:
        """Moves mentions to an incident."""
        for ref in refs:
            if self.of.get(ref) != incident:
                self.of[ref] = incident
                self.why[ref] = why

    def join(self, kept: str, other: str, why: str) -> None:
        """Moves every mention of one incident to another."""
        self.put([ref for ref, id in self.of.items() if id == other], kept, why)


@dataclass(frozen=True, slots=True)
class Bond:
    """A decision on incidents with the mentions it is found to be about today."""

    decision: Decision
    members: tuple[IncidentRef, ...]
    others: tuple[IncidentRef, ...]

    @property
    def apart(self) -> tuple[frozenset[IncidentRef], frozenset[IncidentRef]]:
        """Two groups of mentions that it says belong to different incidents."""
        if self.decision.kind == "split":
            return frozenset(self.others), frozenset(self.members) - frozenset(self.others)
        if self.decision.kind == "not-same":
            return frozenset(self.members), frozenset(self.others)
        return frozenset(), frozenset()

    def against(self, other: Bond) -> bool:
        """Whether the two contradict one another.

        One takes for right what the other splits, brings two incidents together that the other sets apart again along the same
        seam, moves the same mention elsewhere, or keeps what the other drops. To take a mention out of what was brought together
        is no contradiction, but the next step.
        """
        for one, two in ((self, other), (other, self)):
            left, right = two.apart
            if one.decision.kind == "accept" and not left.isdisjoint(one.members) and not right.isdisjoint(one.members):
                return True
            if one.decision.kind in ("merge", "same") and any(
                _most(one.members, a) and _most(one.others, b) for a, b in ((left, right), (right, left))
            ):
                return True
            drops = two.decision.kind in ("reject", "hide") and two.decision.fact == "incident"
            if drops and set(two.members) & set(one.members) and one.decision.kind not in ("reject", "hide"):
                return True
            moved = one.decision.kind == two.decision.kind == "move" and one.members == two.members
            if moved and set(one.others).isdisjoint(two.others):
                return True
        return False


def bond(decision: Decision, ground: Ground) -> Bond:
    """The mentions that a decision on incidents or mentions is about."""
    own = decision.members or ((decision.anchor,) if decision.anchor else ())
    return Bond(decision, ground.mentions(own), ground.mentions(decision.others))


def weigh(bonds: Sequence[Bond]) -> tuple[dict[int, State], dict[int, tuple[int, ...]]]:
    """The state of each decision on incidents, and which others it is disputed with.

    `bonds` are in order. Against one's own earlier word the later counts; against another's both stand, and neither is carried
    out unless it settles.
    """
    clashes = [(one, two) for two, one in combinations(reversed(bonds), 2) if one.against(two)]
    states: dict[int, State] = {each.decision.id: "in force" for each in bonds}
    for earlier, later in clashes:
        if earlier.decision.user == later.decision.user and states[later.decision.id] != "replaced":
            states[earlier.decision.id] = "replaced"
    against: dict[int, tuple[int, ...]] = {}
    for pair in clashes:
        one, two = (each.decision for each in pair)
        if one.user != two.user and "replaced" not in (states[one.id], states[two.id]):
            states |= {one.id: "disputed", two.id: "disputed"}
            against |= {a.id: tuple(sorted({*against.get(a.id, ()), b.id})) for a, b in ((one, two), (two, one))}
    return states, against


def hold(
    pins: Iterable[tuple[str, Iterable[tuple[IncidentRef, str | None]]]], partition: Partition
) -> dict[IncidentRef, str | None]:  # fmt: skip
    """Puts the mentions of graded incidents where the machine had them when they were graded, so that no later run moves them.

    `pins` are the names of who graded, in order, with the mentions found and the machine's incident of each then: what people had
    brought together or set apart by that time is theirs, and goes when they take it back. Gives back the mentions that were
    moved, with the incident they were moved from. Groups that share a mention are of one incident.
    """
    held: dict[IncidentRef, str] = {}
    moved: dict[IncidentRef, str | None] = {}
    for user, refs in pins:
        groups: dict[str, list[IncidentRef]] = {}
        for ref, group in refs:
            if group is not None:
                groups.setdefault(group, []).append(ref)
        for group, members in groups.items():
            shared = Counter(held[ref] for ref in members if ref in held)
            id = min(shared, key=lambda one: (-shared[one], one)) if shared else group
            for ref in members:
                if held.setdefault(ref, id) != partition.of.get(ref):
                    moved.setdefault(ref, partition.of.get(ref))
                    partition.put([ref], held[ref], f"graded so by {user}")
    return moved


def carry_out(bonds: Sequence[Bond], states: Mapping[int, State], partition: Partition) -> None:
    """Moves the mentions as the decisions in force say, in the order in which they were made."""
    for each in [b for b in bonds if states[b.decision.id] == "in force" or b.decision.settles]:
        decision = each.decision
        why = f"put here by {decision.user}" + (f": {decision.reason}" if decision.reason else "")
        kept, other = partition.most(each.members), partition.most(each.others)
        if decision.kind == "accept":
            partition.put(each.members, kept or str(seen_of(decision.seen).get("id") or new_incident(decision)), why)
        elif decision.kind in ("merge", "same") and kept and other and kept != other:
            partition.join(kept, other, why)
        elif decision.kind == "move":
            target = other or (new_incident(decision) if not decision.others else None)
            if target:
                partition.put(each.members, target, why)
        elif decision.kind in ("split", "not-same"):
            left, right = each.apart
            leaving = left if decision.kind == "split" else right
            staying = partition.most(right if decision.kind == "split" else left)
            partition.put([r for r in sorted(leaving, key=_key) if partition.of.get(r) == staying], new_incident(decision), why)
        elif decision.kind in ("reject", "hide") and decision.fact == "incident" and kept:
            partition.of = {ref: id for ref, id in partition.of.items() if id != kept}


def new_incident(decision: Decision) -> str:
    """The id of an incident that a decision makes: of the words that leave and who said so, whatever the machine reads there."""
    words = decision.others or decision.members or ((decision.anchor,) if decision.anchor else ())
    return "i" + digest(decision.user, decision.made.isoformat(), *(f"{s.report} {s.start} {s.end}" for s in words))[:11]


def outcome(each: Bond, machine: Partition) -> Outcome:
    """What a decision on incidents finds in the machine's linkage: its mentions, each group of them in one incident or not."""
    decision = each.decision
    wanted = [(decision.members or ((decision.anchor,) if decision.anchor else ()), each.members), (decision.others, each.others)]
    if any(spans and not refs for spans, refs in wanted):
        return "not found: kept"
    reports = [{span.report for span in spans} - {ref.report for ref in refs} for spans, refs in wanted]
    if (decision.kind != "split" and any(reports)) or parted(each.members, machine) != parts_seen(decision.seen):
        return "value changed: check again"
    return "same"


def parted(refs: Iterable[IncidentRef], machine: Partition) -> int:
    """Over how many incidents the machine spreads these mentions."""
    return len({machine.of.get(ref) for ref in refs})


def parts_seen(seen: str | None) -> int:
    """Over how many it did when the incident was decided on: more than one where people had brought them together before."""
    return int(seen_of(seen).get("parts", 1))


def graded(
    assessments: Iterable[Assessment], machine: Ground, linked: Partition, ground: Ground, partition: Partition,
    moved: Mapping[IncidentRef, str | None],
) -> tuple[Graded, ...]:  # fmt: skip
    """Each assessment with the incident it is of today: that which holds most of the mentions it was given on.

    It is to be checked again where the machine, left to itself, no longer finds every mention, no longer takes them for one, or
    takes them for one with another graded incident (`moved`, as `hold` gives it).
    """
    ids = set(partition.of.values())
    found = []
    for assessment in sorted(assessments, key=lambda a: (a.made, a.user)):
        at = partition.most(ground.mentions(assessment.members))
        at = at or (assessment.incident if assessment.incident in ids else None)
        refs = machine.mentions(assessment.members)
        lost = {span.report for span in assessment.members} - {ref.report for ref in refs}
        other = bool(assessment.members) and parted(refs, linked) != parts_seen(assessment.seen)
        other = other or any(ref in moved or linked.of.get(ref) in moved.values() for ref in refs)
        changed: Outcome = "value changed: check again" if lost or other else "same"
        found.append(Graded(assessment, at, changed if at else "not found: kept"))
    return tuple(found)


def names(machine: Sequence[tuple[str, str]], decisions: Sequence[Decision]) -> tuple[tuple[str, str], ...]:
    """Which name is shown for which, after what people said of pairs of names, in order. A pair's first name is the one shown."""
    shown = dict(machine)
    for decision in decisions:
        first, second = pair_of_names(decision)
        if decision.kind == "same":
            top, old = shown.get(first, first), shown.get(second, second)
            shown |= {name: top for name, now in shown.items() if now == old}
            shown |= {name: top for name in (second, old) if name != top}
            shown.pop(top, None)
        elif shown.get(first, first) == shown.get(second, second):
            # The one that is shown stays; the other goes by its own name again.
            shown.pop(second if shown.get(second, second) != second else first, None)
    return tuple(sorted((name, now) for name, now in shown.items() if name != now))


def pair_of_names(decision: Decision) -> tuple[str, str]:
    """The two names that a decision on names is about; empty ones where they were redacted."""
    first, second = json.loads(decision.value or '["", ""]')
    return str(first), str(second)


def copies(machine: Sequence[CopyLink], decisions: Sequence[Decision], ground: Ground) -> tuple[CopyLink, ...]:
    """The copy links after what people said of pairs of reports: the first is a copy of the second, or it is not."""
    held = {(link.copy, link.original): link for link in machine if link.copy in ground.by_id and link.original in ground.by_id}
    for decision in decisions:
        pair = pair_of_reports(decision, ground)
        if pair is None:
            continue
        if decision.kind == "same":
            held.setdefault(pair, CopyLink(*pair, "edited", 1.0, (f"said by {decision.user}: {decision.reason}",)))
        else:
            held.pop(pair, None)
            held.pop((pair[1], pair[0]), None)
    return tuple(held.values())


def passages(machine: Sequence[PassageLink], decisions: Sequence[Decision], ground: Ground) -> tuple[PassageLink, ...]:
    """The passage links between reports that are there and that nobody said to have nothing of each other."""
    apart = {pair_of_reports(decision, ground) for decision in decisions if decision.kind != "same"}
    return tuple(
        link for link in machine
        if link.copy in ground.by_id and link.original in ground.by_id
        and not apart & {(link.copy, link.original), (link.original, link.copy)}
    )  # fmt: skip


def pair_of_reports(decision: Decision, ground: Ground) -> tuple[str, str] | None:
    """The ids of the two reports that a decision on copies is about, as far as both are there."""
    spans = [decision.anchor, *decision.others[:1]]
    ids = [span.report for span in spans if span and span.report in ground.by_id]
    return (ids[0], ids[1]) if len(ids) == 2 else None


def utterances(
    machine: Sequence[Utterance], decisions: Sequence[Decision], ground: Ground, gone: set[StatementRef],
    new: Sequence[StatementRef],
) -> tuple[Utterance, ...]:  # fmt: skip
    """The utterances without the statements that are `gone`, with those that are `new`, and as people joined or parted them."""
    held = [(u.id, u.speaker, [(ref, why) for ref, why in _with_reasons(u) if ref not in gone]) for u in machine]
    held += [("u" + digest(ref.report, ref.statement)[:11], _speaker(ref, ground), [(ref, "")]) for ref in new]
    for decision in decisions:
        pair = pair_of_statements(decision, ground)
        if pair is None:
            continue
        one, other = (next((n for n, (_, _, refs) in enumerate(held) if ref in [r for r, _ in refs]), None) for ref in pair)
        if one is None or other is None:
            continue
        why = f"said by {decision.user}: {decision.reason}"
        if decision.kind == "same" and one != other:
            held[one][2].extend((ref, why) for ref, _ in held[other][2])
            held[other] = (*held[other][:2], [])
        elif decision.kind == "not-same" and one == other:
            held[one] = (*held[one][:2], [(ref, w) for ref, w in held[one][2] if ref != pair[1]])
            held.append(("u" + digest(pair[1].report, pair[1].statement)[:11], _speaker(pair[1], ground), [(pair[1], "")]))
    return tuple(
        Utterance(id=id, speaker=speaker, statements=tuple(r for r, _ in refs), reasons=tuple(why for _, why in refs[1:]))
        for id, speaker, refs in held
        if refs
    )


def pair_of_statements(decision: Decision, ground: Ground) -> tuple[StatementRef, StatementRef] | None:
    """The two statements that a decision on sayings is about; None where one of them is not found."""
    refs = []
    for span in (decision.anchor, *decision.others[:1]):
        placed = ground.place(span, decision.capture) if span else None
        found = statement_at(*placed, None) if placed else None
        if placed is None or found is None:
            return None
        refs.append(StatementRef(placed[0].report.id, found.id))
    return (refs[0], refs[1]) if len(refs) == 2 else None


def corrected(incident: Incident, decisions: Sequence[Decision]) -> Incident:
    """The incident with the values that people set."""
    values = {d.role: checked("incident", d.role, d.value) for d in decisions if d.role}
    return with_values(incident, {str(role): value for role, value in values.items()})


def _with_reasons(utterance: Utterance) -> list[tuple[StatementRef, str]]:
    reasons = ["", *utterance.reasons]
    return [(ref, reasons[n] if n < len(reasons) else "") for n, ref in enumerate(utterance.statements)]


def _speaker(ref: StatementRef, ground: Ground) -> str | None:
    return ground.by_id[ref.report].statement(ref.statement).speaker


def _most(refs: Sequence[IncidentRef], of: frozenset[IncidentRef]) -> bool:
    return 2 * len(of.intersection(refs)) > len(refs)


def _key(ref: IncidentRef) -> tuple[str, int]:
    return ref.report, ref.index
