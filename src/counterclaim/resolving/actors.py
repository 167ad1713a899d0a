"""Who is who within one report: names, titles, acronyms, nouns and pronouns brought together to actors."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate

from counterclaim.records import Actor, Extraction, Mention, Offsets, SpeakerKind
from counterclaim.resolving.antecedents import OUTLETS, Antecedents
from counterclaim.resolving.bodies import Bodies, by_words, is_force
from counterclaim.resolving.discourse import Party, Trail
from counterclaim.resolving.institutions import Entry
from counterclaim.resolving.naming import person_at
from counterclaim.resolving.nouns import BODIES, COMMON, DOCUMENTS, LOCAL, OFFICIALS, person_nouns
from counterclaim.resolving.people import People, usual_spelling
from counterclaim.resolving.persons import part_of
from counterclaim.resolving.phrases import chunks, describe
from counterclaim.resolving.registry import Hit, Registry
from counterclaim.resolving.words import Described, Words


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of one report, in the order they are first mentioned, and which words name whom."""

    actors: tuple[Actor, ...]
    speaks_as: tuple[SpeakerKind, ...] = ()
    _spans: dict[Offsets, tuple[int, ...]] = field(default_factory=dict, repr=False)
    _mentions: tuple[tuple[Offsets, int], ...] = field(default=(), repr=False)
    _bare: tuple[tuple[Offsets, int], ...] = field(default=(), repr=False)
    _longest: int = field(default=0, repr=False)

    def all_at(self, offsets: Offsets) -> tuple[Actor, ...]:
        """The actors whom the words at `offsets` name: several where they are joined ("Damascus and Moscow"), none if nobody."""
        return tuple(self.actors[i] for i in self._at(offsets))

    def at(self, offsets: Offsets) -> Actor | None:
        """The actor whom the words at `offsets` name: the one whose mention fits them best; None if nobody."""
        found = self._at(offsets)
        return self.actors[found[0]] if found else None

    def kind_of(self, actor: Actor) -> SpeakerKind:
        """How the actor counts as a speaker: named, unnamed or collective."""
        return self.speaks_as[self.actors.index(actor)]

    def mentions_within(self, offsets: Offsets, *, bare: bool = False) -> Iterator[tuple[Offsets, Actor]]:
        """The mentions inside `offsets` in order, each with whom it names; with `bare` those of "soldiers", "troops" without a
        state's name instead, taken for the military of the state spoken of."""
        mentions = self._bare if bare else self._mentions
        for k in range(bisect_left(mentions, ((offsets[0], 0), 0)), len(mentions)):
            span, i = mentions[k]
            if span[0] >= offsets[1]:
                return
            if span[1] <= offsets[1]:
                yield span, self.actors[i]

    def _at(self, offsets: Offsets) -> tuple[int, ...]:
        exact = self._spans.get(offsets)
        if exact is not None:
            return exact
        best: tuple[float, int] | None = None
        for k in range(bisect_left(self._mentions, ((offsets[0] - self._longest, 0), 0)), len(self._mentions)):
            span, i = self._mentions[k]
            if span[0] >= offsets[1]:
                break
            shared = min(span[1], offsets[1]) - max(span[0], offsets[0])
            if shared > 0:
                fit = shared / (max(span[1], offsets[1]) - min(span[0], offsets[0]))
                if best is None or fit > best[0]:
                    best = (fit, i)
        return (best[1],) if best else ()


def resolve_actors(
    extraction: Extraction, *, outlet: str | None = None, agency: str | None = None, registry: Registry | None = None
) -> Cast:
    """The actors of one report from its extraction.

    `outlet` and `agency` (names) are whom "the newspaper" and "the agency" mean where the text names no other; `registry` is the
    one that ships where none is given. Raises nothing: words that name nobody known become actors by their own words, or none.
    """
    return _Reader(extraction, registry or Registry.load(), outlet, agency).read()


class _Reader:
    """Reads one report in order. First all names are found, then what leans on them is brought to them as it comes."""

    def __init__(self, extraction: Extraction, registry: Registry, outlet: str | None, agency: str | None) -> None:
        self.extraction = extraction
        self.publishers = (agency or outlet, outlet)
        places = (m.span for m in extraction.mentions if m.kind == "place")
        self.words = Words(extraction.text, registry, extraction.sentences, places)
        self.trail = Trail()
        self.parties: list[Party] = []
        self.bodies = Bodies(extraction, self.words, registry, self.trail, self.parties)
        self.people = People(extraction, self.words)
        self.parties.extend(self.people.persons)
        self.before = Antecedents(self.words, self.trail)
        self.spans: dict[Offsets, tuple[Party, ...]] = {}
        self.bare: list[tuple[Offsets, Party]] = []
        self.through = {v for s in extraction.statements for v in s.via}
        self.issuers = {span: s.antecedent for s in extraction.statements for span in s.source if s.antecedent is not None}
        self.surnames = self.people.surnames

    def read(self) -> Cast:
        """The cast of the report."""
        steps = sorted([*self._names(), *self._phrases(), *self._leaning()], key=lambda s: s[:2])
        opened: set[int] = set()
        for position, _, what in steps:
            sentence = self.words.sentence(position)
            opens = sentence not in opened and self._opens(position, sentence)
            if isinstance(what, Mention):
                self._lean(what)
            elif isinstance(what, Hit):
                if self._body_named(what, opens):
                    opened.add(sentence)
            elif isinstance(what[1], Party):
                opened.add(sentence)
                self._person_named(what[0], what[1], opens)
            else:
                self._phrase(what[0], what[1])
        self._offices_named_later()
        for person in self.people.persons:
            usual_spelling(person, self.extraction.text)
        return self._cast()

    def _cast(self) -> Cast:
        bare = {id(p) for _, p in self.bare}
        parties = [p for p in self.parties if p.mentions or id(p) in bare]
        parties.sort(key=lambda p: (min(p.mentions, default=(len(self.extraction.text), 0)), p.name))
        index = {id(p): i for i, p in enumerate(parties)}
        return Cast(
            tuple(self._actor(p) for p in parties),
            tuple(p.said_as for p in parties),
            {span: tuple(index[id(p)] for p in found) for span, found in self.spans.items()},
            tuple(sorted((span, i) for i, p in enumerate(parties) for span in p.mentions)),
            tuple(sorted((span, index[id(p)]) for span, p in self.bare)),
            max((end - start for p in parties for start, end in p.mentions), default=0),
        )

    def _actor(self, party: Party) -> Actor:
        """The record of a party, a named person with the part he has in the report."""
        actor = party.actor()
        if party.kind != "person":
            return actor
        part, reason = part_of(party, self.extraction.text)
        return replace(actor, person=part, why=(*actor.why, f"{part}: {reason}"))

    # --- what there is to read, in order -------------------------------------------------------------------------

    def _names(self) -> Iterator[tuple[int, int, Hit | tuple[tuple[int, int], Party]]]:
        for run, party in self.people.found:
            yield self.words.tokens[run[0]].start, 0, (run, party)
        for hit in self.words.hits:
            yield hit.span[0], 1, hit

    def _phrases(self) -> Iterator[tuple[int, int, tuple[Offsets, bool]]]:
        """The phrases of speakers, then of go-betweens and accused: with whether they speak."""
        speaks: dict[Offsets, bool] = {}
        for s in self.extraction.statements:
            for span in (*s.source, *((s.antecedent,) if s.antecedent else ())):
                speaks[span] = True
            for span in (*s.via, *((s.about,) if s.about else ())):
                speaks.setdefault(span, False)
        for span, speaking in speaks.items():
            yield span[0], 2, (span, speaking)

    def _leaning(self) -> Iterator[tuple[int, int, Mention]]:
        phrases = sorted(span for _, _, (span, _) in self._phrases())
        ends = list(accumulate((end for _, end in phrases), max))
        for m in self.extraction.mentions:
            before = bisect_right(phrases, (m.span[0], len(self.extraction.text))) - 1
            if m.kind in ("role", "pronoun") and (before < 0 or ends[before] < m.span[1]):
                yield m.span[0], 3, m

    # --- one thing read ------------------------------------------------------------------------------------------

    def _body_named(self, hit: Hit, opens: bool) -> bool:
        """Notes an institution's name; whether it named one that can stand as a subject."""
        position = hit.span[0]
        party = self.bodies.named_at(hit)
        if party is not None and not hit.place:
            party.mentioned(hit.span, self.extraction.text[slice(*hit.span)])
            free = hit.entry is not None and self._begins_clause(position)
            self.trail.named(party, position, self.words.sentence(position), opens=opens, free=free)
            return True
        if party is None and is_force(hit):
            force = self.bodies.of_hit(hit, position)
            if force is not None:
                self.bare.append((hit.span, force))
        return False

    def _person_named(self, run: tuple[int, int], party: Party, opens: bool) -> None:
        position = self.words.tokens[run[0]].start
        self._tell(party, person_at(self.words, run), position)
        party.mentioned(self.words.span(*run), self.words.quote(*run))
        self.trail.named(party, position, self.words.sentence(position), opens=opens)

    def _lean(self, mention: Mention) -> None:
        """A pronoun or definite noun that is no speaker: noted with whom it takes up, so that it can be asked for."""
        i, j = self.words.range(mention.span)
        position = mention.span[0]
        party = None
        if mention.kind == "pronoun" and i < j:
            party = self.before.pronoun(self.words.tokens[i].norm, position)
            if party is not None and self._begins_clause(position):
                self.trail.named(party, position, self.words.sentence(position), free=True)
        elif mention.kind == "role":
            told = describe(self.words, i, j, self.people.tokens)
            if told is not None and told.definite and told.body is None:
                if told.nature == "unnamed":
                    party = self.before.people(told, None)
                elif told.nature == "institution":
                    party = self.before.body(told)
        if party is not None:
            party.mentioned(mention.span, self.extraction.text[slice(*mention.span)])

    def _phrase(self, span: Offsets, speaks: bool) -> None:
        """Resolves the words that name a speaker, a go-between or an accused."""
        words = self.words
        found: list[Party] = []
        for a, b in chunks(words, *words.past_dateline(*words.range(span))):
            told = describe(words, a, b, self.people.tokens, self.surnames)
            party = self._who(told, speaks) if told is not None else None
            if party is not None and told is not None and party not in found:
                found.append(party)
                party.mentioned(told.span, told.text)
        for party in found:
            # after the words, so that the bodies named inside them do not hide the speaker
            if speaks or (party.kind not in ("agency", "people") and span in self.through):
                self.trail.spoke(party, span[0], words.sentence(span[0]))
            else:
                self.trail.named(party, span[0], words.sentence(span[0]))
        if found or speaks or span in self.through:  # words that name nobody are nobody, not whoever is named inside them
            self.spans[span] = tuple(found)

    def _who(self, told: Described, speaks: bool) -> Party | None:
        if told.nature == "pronoun":
            return self.before.pronoun(told.head, told.span[0]) or self._told_of(told)
        if told.nature == "person" and told.name is not None:
            party = self.people.bearer(told.name)
            if party is not None:
                self._tell(party, told, told.span[0])
            return party
        if told.nature == "institution":
            return self._institution(told)
        if told.nature == "document":
            return self._issuer(told)
        return self._unnamed(told, speaks)

    def _told_of(self, pronoun: Described) -> Party | None:
        """Whom a speaker's pronoun takes up where nobody spoke before: who the sentence before was about ("The elders walked to
        the base. They demanded ..."), as far as a common noun says so."""
        position, sentence = pronoun.span[0], self.words.sentence(pronoun.span[0])
        for mention in self.extraction.mentions:
            near = sentence - 1 <= self.words.sentence(mention.span[0]) <= sentence and mention.span[1] <= position
            if mention.kind != "role" or not near:
                continue
            told = describe(self.words, *self.words.range(mention.span), self.people.tokens, self.surnames)
            if told is None or told.owner is not None:
                continue
            many, person = pronoun.head in ("they", "them"), pronoun.head in ("he", "she", "him", "her")
            if told.nature == "unnamed" and told.plural == many and pronoun.head not in ("it", "its"):
                party = self._unnamed(told, True)
            elif told.nature == "institution" and not told.plural and not person:
                party = self._institution(told)
            else:
                continue
            if party is not None:
                party.mentioned(told.span, told.text)
            return party
        return None

    # --- who it is -----------------------------------------------------------------------------------------------

    def _tell(self, party: Party, told: Described, position: int) -> None:
        """Adds to a person what the words around one of his mentions tell; what was told first stays."""
        party.gender = party.gender or told.gender
        party.heads.update(w for t in told.titles for w in t.words)
        party.role = party.role or told.role
        if party.affiliation is not None:
            return
        body = self._body_of_person(party, told, position)
        if body is not None and body is not party:
            party.body, party.affiliation, party.side = body, body.name, body.side
            offices = any(w.casefold() in _OFFICES for w in (told.body_words or "").split())
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

    def _unnamed(self, told: Described, speaks: bool) -> Party | None:
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
        name = lowered(told.text)
        if told.head in _STATIONS and not told.plural and _ONE_STATION.search(told.text):
            again = next((p for p in self.parties if p.kind == "agency" and p.name.casefold() == name.casefold()), None)
            return again or self._new(Party(name, "agency", side="media", heads={told.head}, why=["an outlet by its own words"]))
        if noun is None and body is None and not told.plural and all(w[:1].isupper() for w in name.split()):
            return self._new(Party(name, "unknown", heads={told.head}))
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
        if body is not None and party.side not in ("residents", "media") and (of_a_state or body.kind != "state"):
            party.body, party.side, party.affiliation = body, body.side, body.name
        elif body is None and party.side is None and told.head in OFFICIALS:
            state = self._state_of_official(told)
            if state is not None:
                party.side = state.side
                party.why.append(f"side inferred: {state.name} was the party spoken of")
        return self._new(party)

    def _state_of_official(self, told: Described) -> Party | None:
        """Of which state an official without a name is: the place told, the place of the report for local ones, or who spoke
        last."""
        if told.place is not None and told.place.entry is not None:
            return self.bodies.of_entry(told.place.entry)
        local = LOCAL & {w.casefold() for w in told.text.split()}
        return (self.bodies.home() if local else None) or self.before.state(told.span[0])

    def _institution(self, told: Described) -> Party | None:
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
        return self._new(
            Party(
                name if named else lowered(told.text), kind, said_as="named" if one else "unnamed",
                side=side or (state.side if state is not None else None), heads={told.head, *_words(name)}, plural=told.plural,
            )
        )  # fmt: skip

    def _issuer(self, told: Described) -> Party | None:
        """Whose a statement or report is: the body named in the phrase, who is told to have issued it, its owner, or the
        institution that spoke last; by its own words where none is."""
        position = told.span[0]
        if told.body is not None and (found := self.bodies.of_hit(told.body, position)) is not None:
            return found
        issuer = self.issuers.get(told.span)
        if issuer is not None:
            if issuer not in self.spans:
                self.spans[issuer] = ()  # two documents that name each other as their issuer are nobody's
                self._phrase(issuer, True)
            if self.spans.get(issuer):
                return self.spans[issuer][0]
        if told.owner is not None:
            return self.before.pronoun(told.owner, position)
        if told.definite:
            known = self.before.issuer(position) if told.head in _ISSUED else None
            known = known or self.trail.latest(
                position, lambda p: told.head in p.heads or (p.kind == "unknown" and bool(p.heads & DOCUMENTS))
            )
            known = known or self.before.issuer(position, reach=1)
            if known is not None:
                return known
        return self._new(Party(lowered(told.text), "unknown", said_as="unnamed", heads={told.head}))

    def _new(self, party: Party) -> Party:
        self.parties.append(party)
        return party

    def _offices_named_later(self) -> None:
        """ "The foreign minister of ..." whom a later sentence names: one man, where only one person holds that office here."""
        for party in [
            p for p in self.parties if p.kind == "people" and not p.plural and p.body is not None and p.heads & _OFFICES
        ]:
            bearers = [p for p in self.people.persons if p.body is party.body and party.heads <= p.heads]
            if len(bearers) == 1 and party.name.casefold().startswith("the "):
                for span in party.mentions:
                    bearers[0].mentioned(span, self.extraction.text[slice(*span)])
                self.parties.remove(party)
                self.spans = {s: tuple(bearers[0] if p is party else p for p in found) for s, found in self.spans.items()}

    # --- where in the sentence -----------------------------------------------------------------------------------

    def _begins_clause(self, position: int) -> bool:
        """Whether the party named at `position` stands where a clause begins, as its subject does."""
        words = self.words
        k = words.range((position, position + 1))[0]
        if k > 0 and words.tokens[k - 1].norm in ("the", "a", "an"):
            k -= 1
        starts = words.tokens[k].start <= words.sentences[words.sentence(position)][0]
        return starts or words.tokens[k - 1].norm in _CLAUSE_OPENERS

    def _opens(self, position: int, sentence: int) -> bool:
        """Whether what is named at `position` opens its sentence as what it is about, nothing governing it."""
        before = self.extraction.text[self.words.sentences[sentence][0] : position].casefold().split()
        return len(before) <= _OPENING and not any(w in _GOVERNING for w in before)


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

_OPENING = 3
"""Words a sentence may have before the party that opens it ("In turn, Russia ...")."""

_GOVERNING = frozenset("at in on for from after before during with by near to of despite according under over against as".split())
_CLAUSE_OPENERS = frozenset({",", ";", ":", "but", "and", "while", "that", "as", "when", "though", "although", "—", "“"})

_ISSUED = frozenset("statement communique letter message document tweet post".split())
"""Papers that are at once taken for those of whoever spoke last."""

_OFFICES = frozenset("minister president premier secretary ambassador envoy governor mayor chief head director commander".split())
"""Posts that one person holds."""

_STATE_PEOPLE = frozenset(
    "official officials officer officers spokesman spokeswoman spokesperson spokesmen spokespeople representative "
    "representatives minister ministers president premier secretary ambassador envoy diplomat diplomats general generals colonel "
    "captain commander commanders chief chiefs governor mayor lawmaker lawmakers prosecutor investigator investigators "
    "authorities soldier soldiers leader leaders source sources adviser aide aides".split()
)
"""People who can speak for a state: a state's adjective before them tells their side, as it does not for rebels or lawyers."""
