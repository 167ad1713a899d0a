"""Whom a description stands for: somebody named before, one of a known body's people, or somebody new."""

from __future__ import annotations

import re

from counterclaim.resolving.antecedents import OUTLETS, Antecedents
from counterclaim.resolving.bodies import Bodies, by_words
from counterclaim.resolving.discourse import Party, Trail
from counterclaim.resolving.institutions import Entry
from counterclaim.resolving.nouns import BODIES, COMMON, LOCAL, OFFICES, OFFICIALS, person_nouns
from counterclaim.resolving.people import People
from counterclaim.resolving.words import Described


class Identities:
    """Brings descriptions to the parties of one report, which grow as they are read.

    `publishers` are the names of the agency and the newspaper that "the agency" and "the newspaper" may mean.
    """

    def __init__(
        self, trail: Trail, parties: list[Party], bodies: Bodies, people: People, before: Antecedents,
        publishers: tuple[str | None, str | None],
    ) -> None:  # fmt: skip
        self.trail = trail
        self.parties = parties
        self.bodies = bodies
        self.people = people
        self.before = before
        self.publishers = publishers

    def tell(self, party: Party, told: Described, position: int) -> None:
        """Adds to a person what the words around one of his mentions tell; what was told first stays."""
        party.gender = party.gender or told.gender
        party.heads.update(w for t in told.titles for w in t.words)
        party.role = party.role or told.role or _rank(told)
        if party.affiliation is not None:
            return
        body = self._body_of_person(party, told, position)
        if body is not None and body is not party:
            party.body, party.affiliation, party.side = body, body.name, body.side
            offices = any(w.casefold() in OFFICES for w in (told.body_words or "").split())
            if told.body_words and told.body is not None and told.body.organ is None and body.kind == "state" and not offices:
                party.affiliation = told.body_words  # "Iraqi civil forces": more than the state, and no organ known
            party.why.append(f"speaks for {party.affiliation}")
        elif told.body_words:
            party.affiliation = told.body_words
            office = told.body_words.islower() and any(t.kind == "office" for t in told.titles)
            state = self.before.state(position) if office else None  # "who advises the prime minister"
            party.side = by_words(told.body_words)[1] or (state.side if state is not None else None)
        elif any(t.kind == "rank" for t in told.titles):
            force = self.before.force(position)
            military = self.bodies.military_of(force.side) if force is not None else None
            if force is not None and military is not None:
                party.body, party.affiliation, party.side = military, military.name, military.side
                party.why.append(f"affiliation inferred: a rank, and {force.name} had spoken before")

    def _body_of_person(self, party: Party, told: Described, position: int) -> Party | None:
        """The body a person speaks for: the one named there, the chief's, the one "its" stands for, or that which spoke last."""
        if told.body is not None and (body := self.bodies.of_hit(told.body, position)) is not None:
            return body
        if told.body_words:
            return self._body_of_chief(told.body_words, party)
        if told.owner is not None:
            return self.before.owner(told)
        alone = told.alone and any(w.startswith("spokes") for t in told.titles for w in t.words)
        return self.before.employer(position) if alone and told.body is None else None

    def _body_of_chief(self, words: str, party: Party | None = None) -> Party | None:
        """The body of the person whom `words` name: whoever speaks for somebody speaks for that one's body."""
        chiefs = (p for p in self.people.persons if p is not party and p.person is not None and p.person.surname in words)
        return next((p.body for p in chiefs if p.body is not None), None)

    def unnamed(self, told: Described, speaks: bool) -> Party | None:
        """Somebody without a name: taken up where definite, else a new party by its description."""
        position = told.span[0]
        noun = person_nouns().get(told.head)
        if told.text.casefold() in ("one", "another", "some", "others"):
            return self.trail.latest(position, lambda p: p.kind == "people" and p.plural)
        body = self.bodies.of_hit(told.body, position) if told.body is not None else self.before.owner(told)
        if body is None and (speaks_for := _SPEAKS_FOR.search(told.text)) is not None:
            body = self._body_of_chief(speaks_for["whom"])
        known = None
        if told.definite:
            known = self.before.people(told, body)
        elif told.plural and body is None and noun is not None:
            known = self.trail.latest(position, lambda p: p.kind == "people" and p.name.casefold() == told.text.casefold())
        if known is not None or not speaks:
            return known
        name = _unowned(told, body)
        if told.head in _STATIONS and not told.plural and _ONE_STATION.search(told.text):
            again = next((p for p in self.parties if p.kind == "agency" and p.name.casefold() == name.casefold()), None)
            return again or self.new(Party(name, "agency", side="media", heads={told.head}, why=["an outlet by its own words"]))
        if noun is None and body is None and not told.plural and all(w[:1].isupper() for w in name.split()):
            return self.new(Party(name, "unknown", heads={told.head}))
        party = Party(
            name,
            "people" if noun else "unknown",
            said_as=noun.kind if noun else "unnamed",
            plural=told.plural,
            heads={told.head},
            gender=told.gender,
        )
        party.side = noun.side if noun is not None else None
        of_a_state = told.head in _STATE_PEOPLE
        organ = told.body.organ if body is None and told.body is not None and of_a_state else None
        if organ is not None and party.side is None:
            names = (organ.name.casefold(), f"the {organ.name.casefold()}")
            party.body = next((p for p in self.parties if p.name.casefold() in names), None)
            party.affiliation = party.body.name if party.body is not None else organ.name
            party.side = party.body.side if party.body is not None else None
        if body is not None and party.side not in ("residents", "media") and (of_a_state or body.kind != "state"):
            party.body, party.side, party.affiliation = body, body.side, body.name
        elif body is None and party.side is None and told.head in OFFICIALS:
            state = self._state_of_official(told)
            if state is not None:
                party.side = state.side
                party.why.append(f"side inferred: {state.name} was the party spoken of")
        return self.new(party)

    def _state_of_official(self, told: Described) -> Party | None:
        """Of which state an official without a name is: the place told, the place of the report for local ones, or who spoke
        last."""
        if told.place is not None and told.place.entry is not None:
            return self.bodies.of_entry(told.place.entry)
        local = LOCAL & {w.casefold() for w in told.text.split()}
        return (self.bodies.home() if local else None) or self.before.state(told.span[0])

    def institution(self, told: Described) -> Party | None:
        position, body = told.span[0], told.body
        if body is not None and body.place and body.organ is None:
            return None
        own_name = body is not None and (
            body.organ is not None or (body.entry is not None and body.entry.kind != "state") or told.head not in BODIES
        )
        if body is not None and own_name and (found := self.bodies.of_hit(body, position)) is not None:
            return found
        if told.owner is not None and (owner := self.before.owner(told)) is not None and not owner.human:
            return owner  # of a person whose body is not known, "his company" is another
        if told.head in BODIES and told.definite and (taken := self.before.body(told)) is not None:
            return taken
        publisher = self.publishers[told.head != "agency"] if told.definite and told.head in OUTLETS else None
        if publisher is not None:
            known = self.bodies.registry.named(publisher)
            return self.bodies.of_entry(known or Entry(publisher, "agency", "media"))
        name = re.sub(r"^The |\s*\([^)]*$", "", told.body_words or told.text)
        again = next((p for p in self.parties if p.name.casefold() in (name.casefold(), told.text.casefold())), None)
        if again is not None:
            return again
        kind, side = by_words(name)
        named = (
            body is None and any(c.isupper() for c in name) and name.split()[0].casefold() not in ("a", "an", "one", "another")
        )
        state = self.bodies.of_entry(body.entry) if body is not None and body.entry is not None else None
        # "the ministry", "the army" of a report that names no other is one body, though it is not told whose
        one = named or (told.definite and not told.plural)
        return self.new(
            Party(
                name if named else lowered(told.text), kind, said_as="named" if one else "unnamed",
                side=side or (state.side if state is not None else None), heads={told.head, *_words(name)}, plural=told.plural,
            )
        )  # fmt: skip

    def new(self, party: Party) -> Party:
        self.parties.append(party)
        return party


def _unowned(told: Described, body: Party | None) -> str:
    """A description by which somebody is known: of "its director" whose director it is, as far as that is told."""
    first, _, rest = told.text.partition(" ")
    if told.owner is None or first.casefold() != told.owner or not rest:
        return lowered(told.text)
    if body is not None and not re.search(r"\s(?:in|at|of|from|for|on|with|who)\s", rest):
        return f"{rest} of {body.name}"
    return rest if told.plural else f"the {rest}"


def _rank(told: Described) -> str | None:
    """The highest rank alone, which in one command a man or two hold; lower ones many do."""
    ranks = [w for t in told.titles if t.kind == "rank" for w in t.words]
    return _HIGHEST.get(ranks[0]) if len(ranks) == 1 else None


_HIGHEST = {"gen": "general", "general": "general", "adm": "admiral", "admiral": "admiral"}


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", name.casefold())


def lowered(text: str) -> str:
    """A description with the capital its sentence gave it taken back, names inside untouched."""
    first, _, rest = text.partition(" ")
    common = first.casefold() in person_nouns() or first.casefold() in COMMON
    return f"{first.lower()} {rest}".strip() if (common and not first.isupper()) or first == "A" else text


_STATIONS = frozenset({"channel", "newspaper", "station", "television", "broadcaster", "network"})
_ONE_STATION = re.compile(r"['’]s?\s|\b(?:\d+(?:st|nd|rd|th)?|first|second|third|main|one|two)\s", re.IGNORECASE)
"""Words that make a channel one outlet, whose name they are: "Russian television's 2nd channel"."""

_SPEAKS_FOR = re.compile(r"\b(?:spokes\w+|aides?|advis[eo]rs?) (?:for|of|to) (?P<whom>.*[A-Z].*)")
"""Somebody without a name who speaks for a person: "a spokesman for Ms. Dunn"."""

_STATE_PEOPLE = frozenset(
    "official officials officer officers spokesman spokeswoman spokesperson spokesmen spokespeople representative "
    "representatives minister ministers president premier secretary ambassador envoy diplomat diplomats general generals colonel "
    "captain commander commanders chief chiefs governor mayor lawmaker lawmakers prosecutor investigator investigators "
    "authorities soldier soldiers leader leaders source sources adviser aide aides".split()
)
"""People who can speak for a state: a state's adjective before them tells their side, as it does not for rebels or lawyers."""
