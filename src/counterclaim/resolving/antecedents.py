"""Whom "he", "they", "the official" or "the group" takes up: the party that agrees and stood out most before it."""

from __future__ import annotations

from counterclaim.records import ActorKind
from counterclaim.resolving.discourse import Party, Trail, of_state
from counterclaim.resolving.words import Described, Words

REACH = 3
"""Sentences back to which a pronoun reaches: in the restated reports 2 loses three officers' sides, 4 to 6 change nothing."""

_PEOPLE_ONLY = frozenset(
    "official spokesman spokeswoman spokesperson representative general colonel officer man woman doctor minister".split()
)
"""Nouns that, definite and alone, can take up a person whose post was not told."""

_TITLED = frozenset(
    "official spokesman spokeswoman spokesperson representative officer minister ambassador president source resident "
    "witness".split()
)
"""Posts that keep a person from being taken up by another noun."""

_SPEAKERS = frozenset({"spokesman", "spokeswoman", "spokesperson", "representative"})
_ALIKE: dict[str, frozenset[str]] = {
    **dict.fromkeys(_SPEAKERS, _SPEAKERS),
    "general": frozenset({"gen", "maj", "brig", "lt"}), "colonel": frozenset({"col"}), "captain": frozenset({"capt"}),
    "admiral": frozenset({"adm"}), "envoy": frozenset({"ambassador"}), "diplomat": frozenset({"ambassador", "envoy"}),
    "doctor": frozenset({"dr", "director", "medic"}), "commander": frozenset({"gen", "general"}),
    "officer": frozenset({"captain", "capt", "col", "colonel", "lt", "maj", "brigadier"}),
}  # fmt: skip
"""Nouns that take up a person introduced by another title."""

_MILITANTS = frozenset("militants fighters insurgents gunmen rebels jihadists terrorists extremists".split())
"""Plural nouns that, definite, stand for the armed group named last."""

OUTLETS = ("newspaper", "paper", "channel", "broadcaster", "outlet", "site", "website", "station", "agency")
"""Nouns for whoever publishes."""

_STANDS_FOR: dict[str, frozenset[str]] = {
    **dict.fromkeys(OUTLETS, frozenset({"agency"})),
    **dict.fromkeys(("movement", "militia", "faction"), frozenset({"armed group"})),
    **dict.fromkeys(("monitor", "watchdog", "observatory"), frozenset({"monitor"})),
    **dict.fromkeys(("body", "mission", "office"), frozenset({"organisation"})),
    **dict.fromkeys(("country", "kingdom"), frozenset({"state"})),
    **dict.fromkeys(("group", "organisation"), frozenset({"armed group", "monitor", "organisation"})),
    "charity": frozenset({"organisation", "monitor"}), "network": frozenset({"agency", "monitor"}),
    "department": frozenset({"organ"}), "centre": frozenset({"monitor", "organ"}),
}  # fmt: skip
"""What kinds of actor a noun can stand for."""

_TOLD_KINDS: tuple[tuple[frozenset[str], ActorKind], ...] = (
    (frozenset("armed militant rebel guerrilla terrorist extremist jihadist insurgent".split()), "armed group"),
    (frozenset({"rights", "monitoring"}), "monitor"),
)
"""Words before such a noun that tell the kind ("the rebel group")."""


class Antecedents:
    """Looks back along the trail of one report."""

    def __init__(self, words: Words, trail: Trail) -> None:
        self.words = words
        self.trail = trail

    def pronoun(self, word: str, position: int) -> Party | None:
        """Whom a folded pronoun at `position` takes up: by number and gender, the last speaker first; None for "we" and "I"."""
        sentence = self.words.sentence(position)
        if word in ("they", "them", "their", "both"):
            return self.trail.foremost(
                position, sentence, lambda p: p.plural or not (p.human or p.kind == "unknown"), reach=REACH
            )
        if word == "its" and (owner := self.trail.owner(position, sentence)) is not None:
            return owner
        if word in ("it", "its"):
            return self.trail.foremost(position, sentence, lambda p: not p.human and p.kind != "people", reach=REACH)
        if word in ("he", "him", "his"):
            return self.trail.foremost(position, sentence, lambda p: p.human and p.gender != "f", reach=REACH)
        if word in ("she", "her"):
            told = self.trail.foremost(position, sentence, lambda p: p.human and p.gender == "f", reach=REACH)
            found = told or self.trail.foremost(position, sentence, lambda p: p.human and p.gender is None, reach=REACH)
            # a state is "she" in some translations
            return found or self.trail.foremost(position, sentence, lambda p: p.kind == "state", reach=1)
        return None

    def both(self, position: int) -> tuple[Party, ...]:
        """The two who spoke last before `position`, the earlier first; nobody where fewer did."""
        sentence = self.words.sentence(position)
        near = (s.party for s in self.trail.back(position) if s.spoke and sentence - s.sentence <= REACH)
        two = list({id(p): p for p in near}.values())[:2]
        return tuple(reversed(two)) if len(two) == 2 else ()

    def owner(self, told: Described) -> Party | None:
        """The body that a leading "its", "his", "their" stands for: a person's own body for "his spokesman"."""
        found = self.pronoun(told.owner, told.span[0]) if told.owner is not None else None
        return found.body if found is not None and found.human and found.body is not None else found

    def people(self, told: Described, body: Party | None) -> Party | None:
        """Whom a definite noun for people takes up: "the official", "the representative of the ministry", "the witnesses"."""
        position = told.span[0]

        def agrees(p: Party) -> bool:
            if p.kind not in ("person", "people") or p.plural != told.plural or _another_gender(p, told):
                return False
            if body is not None and p.body is not None and p.body is not body and p.side != body.side:
                return False
            return told.head in p.heads or bool(_ALIKE.get(told.head, frozenset()) & p.heads)

        found = self.trail.latest(position, agrees)
        if found is not None or body is not None:
            return found
        if told.head in ("man", "woman"):
            sentence = self.words.sentence(position)
            return self.trail.foremost(position, sentence, lambda p: p.human and not _another_gender(p, told), reach=REACH)
        if told.head in _MILITANTS:
            return self.trail.latest(position, lambda p: p.kind == "armed group")
        if told.head not in _PEOPLE_ONLY or told.plural:
            return None
        sentence = self.words.sentence(position)
        return self.trail.foremost(
            position, sentence, lambda p: p.human and not p.heads & _TITLED and not _another_gender(p, told), reach=REACH
        )

    def body(self, told: Described) -> Party | None:
        """Whom "the group", "the agency", "the Observatory" take up: the last body so named, else of that kind."""
        side = told.body.entry.side if told.body is not None and told.body.entry is not None else None

        def fits(p: Party) -> bool:
            return (side is None or p.side == side) and not p.human and p.kind not in ("people", "state")

        position = told.span[0]
        if "other" in told.text.casefold().split():
            of_kind = _STANDS_FOR.get(told.head, frozenset())
            spoke = list(dict.fromkeys(s.party.name for s in self.trail.back(position) if s.spoke and s.party.kind in of_kind))
            return self.trail.latest(position, lambda p: fits(p) and p.name in spoke[1:2])
        told_kind = next((kind for words, kind in _TOLD_KINDS if words & set(told.text.casefold().split())), None)
        if told_kind is not None:
            return self.trail.latest(position, lambda p: fits(p) and p.kind == told_kind)
        by_word = self.trail.latest(position, lambda p: fits(p) and told.head in p.heads)
        kinds = _STANDS_FOR.get(told.head)
        if by_word is not None or kinds is None:
            return by_word
        return self.trail.foremost(
            position, self.words.sentence(position), lambda p: fits(p) and p.kind in kinds, reach=2 * REACH
        )

    def issuer(self, position: int, *, reach: int = REACH) -> Party | None:
        """The institution that stood out last: whose "the statement" is."""
        sentence = self.words.sentence(position)
        return self.trail.foremost(
            position, sentence, lambda p: not p.human and p.kind not in ("people", "agency", "unknown"), reach=reach
        )

    def employer(self, position: int) -> Party | None:
        """The institution that spoke last, itself or by its people: whose "spokesman" is named without saying so."""
        sentence = self.words.sentence(position)
        none = ("person", "people", "agency", "unknown")
        found = self.trail.foremost(position, sentence, lambda p: (p.body or p).kind not in none, reach=REACH)
        return found.body or found if found is not None else None

    def state(self, position: int) -> Party | None:
        """Of which state an official is where no words say so: which spoke last, else was named last in the sentence."""
        sentence = self.words.sentence(position)
        return self.trail.standing_state(position, sentence, REACH) or self.trail.foremost(position, sentence, of_state, reach=0)

    def force(self, position: int) -> Party | None:
        """Of which armed force a general is where no words say so: the one that spoke last."""
        return self.trail.standing_force(position, self.words.sentence(position), REACH)


def _another_gender(party: Party, told: Described) -> bool:
    return bool(told.gender and party.gender and told.gender != party.gender)
