"""The effective view: what the machine read and linked, overlaid by what people decided; a pure function of both."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from counterclaim.case import relink
from counterclaim.case.anchors import Ground, figure_at, mention_at, mention_on, statement_at, words_of
from counterclaim.case.becoming import Became
from counterclaim.case.canonical import canonical, plain
from counterclaim.case.drafts import Draft, Found, as_seen_here, id_of, offsets_of, offsets_seen, speaker_values
from counterclaim.case.judging import in_play, judge
from counterclaim.case.pairs import pairs_decided
from counterclaim.case.relink import Bond, Partition
from counterclaim.case.values import (
    differing,
    figure_from,
    mention_from,
    seen_of,
    snapshot,
    statement_from,
    with_values,
)  # fmt: skip
from counterclaim.records import (
    Assessment,
    Decision,
    Figure,
    FigureRef,
    Incident,
    IncidentMention,
    IncidentRef,
    Linkage,
    Offsets,
    Outcome,
    ReadReport,
    Ref,
    State,
    Statement,
    StatementRef,
    View,
)  # fmt: skip

_ON_WORDS = ("figure", "statement", "mention")
_BONDS = ("same", "not-same", "merge", "split")


def view(
    reports: Sequence[ReadReport], linkage: Linkage, decisions: Sequence[Decision], assessments: Sequence[Assessment] = ()
) -> View:
    """The effective view of the machine's `reports` and `linkage`.

    A fact that was accepted or corrected and is no longer found is kept as it was seen; one that changed since keeps what was
    decided and is marked to be checked again. The order in which the decisions are listed does not matter, nor do those taken
    back: without them the view is what it was before they were made.
    """
    live, states = in_play(decisions)
    machine = Ground.of(reports)
    hidden = {id for d in live if d.fact == "report" and d.kind == "hide" for id in _reports_of(d, machine)}
    ground = Ground.of(read for read in reports if read.report.id not in hidden)
    if not live and not assessments:
        return View(reports=tuple(reports), linkage=linkage, standings=Became(states).standings(decisions))
    settled = [d for d in decisions if states.get(d.id) == "settled"]
    return _Overlay(ground, linkage, live, settled, states, assessments, len(reports)).view(decisions)


class _Overlay:
    """One laying-over, step by step; thrown away afterwards."""

    def __init__(
        self, ground: Ground, linkage: Linkage, live: Sequence[Decision], settled: Sequence[Decision],
        states: dict[int, State], assessments: Sequence[Assessment], all: int,
    ) -> None:  # fmt: skip
        self.read = ground
        self.ground, self.linkage, self.live, self.assessments = ground, linkage, live, assessments
        self.settled, self.became, self.all = settled, Became(states), all
        self.drafts: dict[str, Draft] = {}
        self.machine = Partition.from_incidents(linkage.incidents)
        self.partition = Partition(dict(self.machine.of))
        self.touched: set[str] = set()
        self.dropped: set[IncidentRef] = set()
        self.pinned: dict[IncidentRef, str | None] = {}
        self.taken = self._taken()

    def view(self, decisions: Sequence[Decision]) -> View:
        found = self._find()
        for each in found:
            if each.kind == "mention":
                self._lay_mention(each)
        bonds, corrections = self._move()
        for each in found:
            if each.kind == "statement":
                self._lay_statement(each)
        for each in found:
            if each.kind == "figure":
                self._lay_figure(each)
        linkage = self._relink(corrections)
        self._say_bonds(bonds)
        reports = self._reports()
        now = Ground.of(reports)
        graded = relink.graded(self.assessments, self.read, self.machine, now, self.partition, self.pinned)
        return View(
            reports=reports, linkage=linkage, graded=graded,
            standings=self.became.standings(decisions),
        )  # fmt: skip

    def _taken(self) -> frozenset[IncidentRef]:
        """The mentions that stand on the very words that were once seen: what was seen on others is not to be found there."""
        told: dict[str, set[tuple[Offsets, ...]]] = defaultdict(set)
        for seen in map(seen_of, [*(d.seen for d in self.live), *(a.seen for a in self.assessments)]):
            for mention in seen.get("mentions") or ():
                told[mention["report"]].add(tuple((start, end) for start, end in mention["evidence"]))
        for decision in self.live:
            seen = seen_of(decision.seen)
            mention = seen if decision.fact == "mention" else seen.get("mention") or {}
            if decision.anchor and mention.get("evidence"):
                told[decision.anchor.report].add(tuple((start, end) for start, end in mention["evidence"]))
        return frozenset(
            IncidentRef(id, index)
            for id, words in told.items()
            if id in self.ground.by_id
            for index, mention in enumerate(self.ground.by_id[id].reading.incidents)
            if mention.evidence and mention.evidence in words
        )

    # --- facts of one report ---

    def _find(self) -> list[Found]:
        """What each decision on words is about, decisions on one fact together."""
        found: dict[tuple[object, ...], Found] = {}
        for decision in self.live:
            if decision.fact not in _ON_WORDS or decision.anchor is None or decision.kind in _BONDS:
                continue
            if decision.fact == "mention" and decision.kind == "move":
                continue
            placed = self.ground.place(decision.anchor, decision.capture)
            if placed is None:
                self.became.states[decision.id], self.became.outcomes[decision.id] = "in force", "not found: kept"
                continue
            read, at = placed
            fact, ref = self._fact_at(decision, read, at)
            seen = seen_of(decision.seen)
            what = ref or (decision.fact, read.report.id, at, seen.get("harm"), str(seen.get("evidence")))
            each = found.setdefault((decision.fact, what), Found(decision.fact, read, at, fact, ref))
            each.decisions.append(decision)
        for decision in self.settled:
            placed = self.ground.place(decision.anchor, decision.capture) if decision.anchor else None
            ref = self._fact_at(decision, *placed)[1] if placed and decision.fact in _ON_WORDS else None
            self.became.on[decision.id] = (ref,) if ref else ()
        for each in found.values():
            each.judged = judge(each.decisions)
            self.became.judged(each.judged)
            for decision in each.decisions:
                self.became.outcomes[decision.id] = self._outcome(each, decision)
                self.became.on[decision.id] = (each.ref,) if each.ref else ()
        return list(found.values())

    def _fact_at(
        self, decision: Decision, read: ReadReport, at: Offsets
    ) -> tuple[Figure | Statement | IncidentMention | None, Ref | None]:
        seen, id = seen_of(decision.seen), read.report.id
        if decision.fact == "figure":
            figure = figure_at(read, at, seen)
            return figure, FigureRef(id, figure.id) if figure else None
        if decision.fact == "statement":
            statement = statement_at(read, at, seen)
            return statement, StatementRef(id, statement.id) if statement else None
        same_text = decision.anchor is not None and decision.anchor.report == id
        words = [tuple(words) for words in seen.get("evidence", ())] if same_text else []
        by_people = decision.kind == "add" or seen.get("added")
        index = mention_on(read, words or [at]) if by_people else mention_at(read, words or [at], seen, self.taken)
        return (None, None) if index is None else (read.reading.incidents[index], IncidentRef(id, index))

    def _outcome(self, each: Found, decision: Decision) -> Outcome:
        if each.fact is None:
            return "same" if decision.kind == "add" else "not found: kept"
        seen = seen_of(decision.seen)
        seen = seen.get("machine", seen)
        changed = differing(each.kind, seen, each.fact)
        if decision.kind == "correct" and decision.role:
            now = plain(each.fact).get(decision.role)
            agreed = decision.value is not None and canonical(now) == canonical(json.loads(decision.value))
            changed = tuple(role for role in changed if role == decision.role and not agreed)
        if changed:
            self.became.now[decision.id] = snapshot(each.fact)
            return "value changed: check again"
        at = offsets_of(each.fact)
        return "same" if not seen or offsets_seen(each.kind, seen) in at or decision.kind == "add" else "moved"

    def _draft(self, read: ReadReport) -> Draft:
        return self.drafts.setdefault(read.report.id, Draft.of(read))

    def _lay_mention(self, each: Found) -> None:
        draft, judged = self._draft(each.read), each.judged
        if isinstance(each.ref, IncidentRef):
            index = each.ref.index
            new = with_values(draft.mentions[index], judged.values)
            if new != draft.mentions[index] and each.ref in self.partition.of:
                self.touched.add(self.partition.of[each.ref])
            draft.mentions[index] = new
        elif judged.verdict == "keep" and each.seen:
            index = self._add_mention(draft, with_values(mention_from(each.seen), judged.values))
            ref = IncidentRef(each.read.report.id, index)
            others = next((d.others for d in reversed(each.decisions) if d.others), ())
            home = self.partition.most(self.ground.mentions(others)) or each.seen.get("in")
            self.partition.put([ref], str(home or id_of("i", each)), _why(each.decisions))
            self._keep(each, ref)
        else:
            return
        ref = IncidentRef(each.read.report.id, index)
        if judged.verdict == "drop":
            self.dropped.add(ref)
            for statement in list(draft.statements.values()):
                if statement.incident == index:
                    draft.statements[statement.id] = replace(statement, incident=None)
            for figure in list(draft.figures.values()):
                if figure.incident == index:
                    draft.figures[figure.id] = replace(figure, incident=None)

    def _lay_statement(self, each: Found) -> None:
        draft, judged = self._draft(each.read), each.judged
        machine = each.fact if isinstance(each.fact, Statement) else None
        if judged.verdict == "drop":
            if machine is not None:
                draft.gone.add(machine.id)
                draft.statements.pop(machine.id, None)
                for figure in [f for f in draft.figures.values() if f.statement == machine.id]:
                    draft.figures[figure.id] = replace(figure, statement=None)
            return
        if machine is None:
            if not each.seen:
                return
            machine = replace(statement_from(as_seen_here(each)), id=id_of("k", each))
            machine = replace(machine, incident=self._home(each, draft))
            draft.new.append(machine.id)
            self._keep(each, StatementRef(each.read.report.id, machine.id))
        old = draft.statements.get(machine.id, machine)
        new = with_values(old, speaker_values(old, judged.values))
        if judged.move is not None:
            new = replace(new, incident=self._moved(each, draft, judged.move, words_of(machine)[0]))
        draft.statements[new.id] = new
        for figure in [f for f in draft.figures.values() if f.statement == new.id and f.speaker == old.speaker]:
            follows = {name: getattr(new, name) for name in ("speaker", "affiliation", "side", "chain")}
            draft.figures[figure.id] = replace(figure, **follows)

    def _lay_figure(self, each: Found) -> None:
        draft, judged = self._draft(each.read), each.judged
        machine = each.fact if isinstance(each.fact, Figure) else None
        if judged.verdict == "drop":
            if machine is not None:
                draft.figures.pop(machine.id, None)
            return
        if machine is None:
            if not each.seen:
                return
            machine = replace(figure_from(as_seen_here(each)), id=id_of("k", each))
            within = [
                s for s in draft.statements.values() if any(a <= machine.span[0] and machine.span[1] <= b for a, b in s.content)
            ]
            inner = min(within, key=lambda s: (sum(b - a for a, b in s.content), s.id), default=None)
            machine = replace(machine, incident=self._home(each, draft), statement=inner.id if inner else None)
            draft.new.append(machine.id)
            self._keep(each, FigureRef(each.read.report.id, machine.id))
        old = draft.figures.get(machine.id, machine)
        new = with_values(old, speaker_values(old, judged.values))
        if judged.move is not None:
            new = replace(new, incident=self._moved(each, draft, judged.move, machine.span))
        draft.figures[new.id] = new

    def _keep(self, each: Found, ref: Ref) -> None:
        for decision in each.decisions:
            self.became.on[decision.id] = (ref,)

    def _home(self, each: Found, draft: Draft) -> int | None:
        """The index of the mention that a kept or added fact belongs to: the one it was seen with, kept too where it is gone."""
        told = each.seen.get("mention")
        if not told:
            return None
        same_text = each.decisions[-1].anchor is not None and each.decisions[-1].anchor.report == each.read.report.id
        words = [tuple(at) for at in told.get("evidence", ())] if same_text else []
        mentions = ReadReport(each.read.report, replace(each.read.reading, incidents=tuple(draft.mentions)))
        index = mention_at(mentions, words, told, self.taken) if words else None
        if index is None:
            kept = mention_from(told) if same_text else IncidentMention(main=False, evidence=(each.at,))
            index = self._add_mention(draft, kept)
            home = each.seen.get("in") or id_of("i", each)
            self.partition.put([IncidentRef(each.read.report.id, index)], str(home), _why(each.decisions))
            self.touched.add(str(home))
        return index

    def _moved(self, each: Found, draft: Draft, move: Decision, words: Offsets) -> int | None:
        """The index of the report's mention of the incident that a person moved a fact to; a new one where it has none."""
        target = self.partition.most(self.ground.mentions(move.others)) or (None if move.others else relink.new_incident(move))
        if target is None:
            return None if each.fact is None else getattr(each.fact, "incident", None)
        id = each.read.report.id
        held = sorted(ref.index for ref, incident in self.partition.of.items() if incident == target and ref.report == id)
        if held:
            return held[0]
        index = self._add_mention(draft, IncidentMention(main=False, evidence=(words,)))
        self.partition.put([IncidentRef(id, index)], target, _why([move]))
        self.touched.add(target)
        return index

    def _add_mention(self, draft: Draft, mention: IncidentMention) -> int:
        draft.mentions.append(mention)
        self.taken |= {IncidentRef(draft.read.report.id, len(draft.mentions) - 1)}
        return len(draft.mentions) - 1

    # --- across reports ---

    def _move(self) -> tuple[list[Bond], dict[str, list[Decision]]]:
        """Carries out what was decided on incidents; gives back those decisions, and the corrections of each incident."""
        pinned = sorted((a for a in self.assessments if a.seen), key=lambda a: (a.made, a.id))
        for seen in [d.seen for d in self.live if d.fact == "incident" and d.kind == "accept"] + [a.seen for a in pinned]:
            self._keep_mentions(seen_of(seen).get("mentions") or ())
        ground = Ground.of(self._reports())
        bonds = [
            relink.bond(d, ground)
            for d in self.live
            if (d.fact == "incident" and d.kind != "correct") or (d.fact == "mention" and d.kind in (*_BONDS, "move"))
        ]
        states, against = relink.weigh(bonds)
        self.became.states |= states
        self.became.against |= against
        pins = ((a.user, self._as_graded(seen_of(a.seen).get("mentions") or (), ground)) for a in pinned)
        self.pinned = relink.hold(pins, self.partition)
        relink.carry_out(bonds, states, self.partition)
        for ref in self.dropped:
            self.partition.of.pop(ref, None)
        corrections: dict[str, list[Decision]] = defaultdict(list)
        for decision in self.live:
            if decision.fact == "incident" and decision.kind == "correct":
                id = self.partition.most(ground.mentions(decision.members))
                self.became.outcomes[decision.id] = "same" if id else "not found: kept"
                self.became.states[decision.id] = "in force"
                if id:
                    corrections[id].append(decision)
                    self.became.on[decision.id] = (id,)
        self.ground = ground
        return bonds, corrections

    def _keep_mentions(self, told: Sequence[Mapping[str, Any]]) -> None:
        """Makes the mentions of an accepted or graded incident again that the machine finds no more; not those that people added,
        which stand or fall with what they decided."""
        for seen in told:
            read = self.ground.by_id.get(seen["report"])
            words = [tuple(at) for at in seen["evidence"]]
            if read is None or not words or seen.get("added"):
                continue
            draft = self._draft(read)
            here = ReadReport(read.report, replace(read.reading, incidents=tuple(draft.mentions)))
            if mention_at(here, words, seen, self.taken) is None:
                self._add_mention(draft, mention_from(seen))

    def _as_graded(self, told: Sequence[Mapping[str, Any]], ground: Ground) -> list[tuple[IncidentRef, str | None]]:
        """The mentions of a graded incident as they are found today, each with the machine's incident that it then was in."""
        found = []
        for seen in told:
            read = ground.by_id.get(seen["report"])
            index = mention_at(read, [tuple(at) for at in seen["evidence"]], seen, self.taken) if read else None
            if read is not None and index is not None:
                found.append((IncidentRef(read.report.id, index), seen.get("group")))
        return found

    def _say_bonds(self, bonds: Iterable[Bond]) -> None:
        """What became of each decision on incidents, and which incidents it is about now that all are carried out."""
        for each in bonds:
            self.became.outcomes[each.decision.id] = relink.outcome(each, self.machine)
            refs = (*each.members, *each.others)
            ids = dict.fromkeys(self.partition.of[ref] for ref in refs if ref in self.partition.of)
            self.became.on[each.decision.id] = (*(refs if each.decision.fact == "mention" else ()), *ids)

    def _reports(self) -> tuple[ReadReport, ...]:
        done = {id: draft.done() for id, draft in self.drafts.items()}
        return tuple(done.get(id, read) for id, read in sorted(self.ground.by_id.items()))

    def _relink(self, corrections: Mapping[str, Sequence[Decision]]) -> Linkage:
        from counterclaim import linking

        reports = self._reports()
        ground = Ground.of(reports)
        pairs = pairs_decided(self.live, ground, self.became)
        names = relink.names(self.linkage.names, pairs["name"])
        known = {incident.id: incident for incident in self.linkage.incidents}
        members: dict[str, list[IncidentRef]] = defaultdict(list)
        for ref, id in self.partition.of.items():
            if ref.report in ground.by_id:
                members[id].append(ref)
        incidents = []
        for id in [*(id for id in known if id in members), *sorted(members.keys() - known.keys())]:
            machine = known.get(id)
            if machine is None or set(machine.members) != set(members[id]) or id in self.touched or names != self.linkage.names:
                why = _reasons(machine) | {ref: self.partition.why[ref] for ref in members[id] if ref in self.partition.why}
                made = linking.describe(id, members[id], ground.by_id, dict(names), why)
            else:
                made = machine
            incidents.append(self._corrected(made, corrections.get(id, ())))
        gone = {StatementRef(id, s) for id, draft in self.drafts.items() for s in draft.gone}
        gone |= {ref for u in self.linkage.utterances for ref in u.statements if ref.report not in ground.by_id}
        new = [StatementRef(id, s) for id, draft in sorted(self.drafts.items()) for s in draft.new if s in draft.statements]
        untouched = len(ground.by_id) == self.all and all(draft.done() == draft.read for draft in self.drafts.values())
        same = untouched and incidents == list(self.linkage.incidents)
        return replace(
            self.linkage,
            events=tuple(event for event in self.linkage.events if event[0] in ground.by_id),
            copies=relink.copies(self.linkage.copies, pairs["report"], ground),
            passages=relink.passages(self.linkage.passages, pairs["report"], ground),
            utterances=relink.utterances(self.linkage.utterances, pairs["statement"], ground, gone, new),
            incidents=tuple(incidents),
            claims=self.linkage.claims if same else linking.gather_claims(reports, incidents, dict(names)),
            names=names,
        )

    def _corrected(self, incident: Incident, decisions: Sequence[Decision]) -> Incident:
        if not decisions:
            return incident
        judged = judge(decisions)
        self.became.judged(judged)
        return with_values(incident, judged.values)


def _reasons(incident: Incident | None) -> dict[IncidentRef, str]:
    return {} if incident is None else dict(zip(incident.members[1:], incident.reasons, strict=False))


def _reports_of(decision: Decision, ground: Ground) -> tuple[str, ...]:
    return tuple(read.report.id for read in ground.by_capture.get(decision.capture or "", ()))


def _why(decisions: Sequence[Decision]) -> str:
    last = decisions[-1]
    return f"kept by {last.user}" + (f": {last.reason}" if last.reason else "")
