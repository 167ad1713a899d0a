"""Who is who within one report: names, titles, acronyms, nouns and pronouns brought together to actors."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from counterclaim.records import Actor, ActorKind, Extraction, Mention, Offsets, SpeakerKind
from counterclaim.resolving.discourse import Party, Trail, of_state
from counterclaim.resolving.names import PersonName, Title, is_given, near, same_person, split_name
from counterclaim.resolving.phrases import (
    BODIES, DOCUMENTS, Described, Words, chunks, describe, is_organisation, name_runs, person_at, person_nouns,
)  # fmt: skip
from counterclaim.resolving.registry import ALLIANCE, MINISTRY, Entry, Hit, Organ, Registry

_REACH = 3
"""Sentences back to which a pronoun reaches."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of one report, in the order they are first mentioned, and which words name whom."""

    actors: tuple[Actor, ...]
    speaks_as: tuple[SpeakerKind, ...] = ()
    _spans: dict[Offsets, tuple[int, ...]] = field(default_factory=dict, repr=False)
    _mentions: tuple[tuple[Offsets, int], ...] = field(default=(), repr=False)
    _bare: tuple[tuple[Offsets, int], ...] = field(default=(), repr=False)

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
        for span, i in self._mentions:
            shared = min(span[1], offsets[1]) - max(span[0], offsets[0])
            if shared <= 0:
                continue
            fit = shared / (max(span[1], offsets[1]) - min(span[0], offsets[0]))
            if best is None or fit > best[0]:
                best = (fit, i)
        return (best[1],) if best else ()


def resolve_actors(
    extraction: Extraction, *, outlet: str | None = None, agency: str | None = None, registry: Registry | None = None
) -> Cast:
    """The actors of one report from its extraction; `outlet` and `agency` (names) are whom "this newspaper", "told us" mean.

    Raises nothing: words that name nobody known become actors by their own words, or none.
    """
    return _Resolver(extraction, registry or Registry.load(), outlet, agency).cast()


class _Resolver:
    def __init__(self, extraction: Extraction, registry: Registry, outlet: str | None, agency: str | None) -> None:
        self.x = extraction
        self.registry = registry
        self.words = Words(extraction.text, registry, extraction.sentences, (m.span for m in extraction.mentions if m.kind == "place"))
        self.parties: list[Party] = []
        self.trail = Trail()
        self.spans: dict[Offsets, tuple[Party, ...]] = {}
        self.through = {v for st in extraction.statements for v in st.via}
        self.issuers = {s: st.antecedent for st in extraction.statements for s in st.source if st.antecedent is not None}
        self.people = self._person_tokens()
        self.persons: list[Party] = []
        self.outlet, self.agency = outlet, agency
        self._by_entry: dict[str, Party] = {}
        self._bare: list[tuple[Offsets, Party]] = []

    def cast(self) -> Cast:
        """Reads the report once for its names, once in order for everything that leans on them."""
        self._unknown_organisations()
        self._acronyms()
        occurrences = self._names()
        self._walk(occurrences)
        self._offices_named_later()
        for person in self.persons:
            self._usual_spelling(person)
        bare = {id(p) for _, p in self._bare}
        parties = [p for p in self.parties if p.mentions or id(p) in bare]
        parties.sort(key=lambda p: (min(p.mentions, default=(len(self.x.text), 0)), p.name))
        index = {id(p): i for i, p in enumerate(parties)}
        mentions = sorted((span, i) for i, p in enumerate(parties) for span in p.mentions)
        return Cast(
            tuple(_actor(p) for p in parties),
            tuple(p.said_as for p in parties),
            {span: tuple(index[id(p)] for p in found) for span, found in self.spans.items()},
            tuple(mentions),
            tuple(sorted((span, index[id(p)]) for span, p in self._bare)),
        )

    # --- names ---------------------------------------------------------------------------------------------------

    def _person_tokens(self) -> frozenset[int]:
        found: set[int] = set()
        for m in self.x.mentions:
            if m.kind == "person":
                i, j = self.words.range(m.span)
                found.update(k for k in range(i, j) if k not in self.words.hit_of)
        return frozenset(found)

    def _unknown_organisations(self) -> None:
        """Organisations that reading found and the registry does not know: actors by their own words, wherever they recur."""
        words = self.words
        made: dict[tuple[str, ...], Entry] = {}
        for m in self.x.mentions:
            if m.kind != "organisation":
                continue
            i, j = words.range(m.span)
            while i < j and words.tokens[i].norm in ("the", "a", "an"):
                i += 1
            while j > i and words.tokens[j - 1].norm in ("'s", "'"):
                j -= 1
            if i >= j or any(k in words.hit_of for k in range(i, j)) or not words.tokens[i].text[:1].isupper():
                continue
            if j - i < 2 or not is_organisation(words, (i, j)) or words.titles.get(i) is not None:
                continue
            name = words.quote(i, j)
            made.setdefault(tuple(t.norm for t in words.tokens[i:j]), Entry(name, _kind_by_words(name), _side_by_words(name)))
        for key, entry in made.items():
            words.cover(
                Hit(words.span(k, k + len(key)), entry)
                for k in range(len(words.tokens) - len(key) + 1)
                if words.tokens[k].norm == key[0] and tuple(t.norm for t in words.tokens[k : k + len(key)]) == key
            )

    def _acronyms(self) -> None:
        """ "Mosul Rescue Council (MRC)": the short name means the long one in this report."""
        words, text = self.words, self.x.text
        for hit in list(words.hits):
            if hit.entry is None or hit.place:
                continue
            found = _BRACKET.match(text, hit.span[1])
            if found is None or not _abbreviates(found["short"], text[slice(*hit.span)]):
                continue
            short = found["short"]
            words.cover(Hit((t.start, t.end), hit.entry) for t in words.tokens if t.text == short)

    def _names(self) -> list[tuple[tuple[int, int], Party]]:
        """Every place where a person is named, with whom: full names first, then what is left of them."""
        words = self.words
        runs: dict[tuple[int, int], None] = {}
        spoken = [s for st in self.x.statements for s in (*st.source, st.antecedent, *st.via, st.about) if s is not None]
        for span in spoken:
            i, j = words.range(span)
            for a, b in chunks(words, i, j):
                told = describe(words, a, b, self.people)
                if told is not None and told.name is not None:
                    runs[(self._past_the_opening_word(*told.name), told.name[1])] = None
        spoken_runs = set(runs)
        surnames = {words.tokens[b - 1].norm for _, b in runs}
        later: list[tuple[int, int]] = []
        for a, b in self._runs():
            a = self._past_the_opening_word(a, b)
            if is_organisation(words, (a, b)):
                continue
            person = any(k in self.people for k in range(a, b))
            titled = (title := self._title_before(a)) is not None and title.kind in ("rank", "honorific", "office")
            if titled or (b - a > 1 and (person or is_given(words.tokens[a].norm))):
                runs[(a, b)] = None
                surnames.add(words.tokens[b - 1].norm)
            elif b - a > 1 or person:
                later.append((a, b))
        # a lone word that the parser took for a person counts only where it speaks or is the surname of somebody
        runs.update({r: None for r in later if words.tokens[r[1] - 1].norm in surnames})
        named = sorted(((r, split_name(_clean(words.quote(*r)))) for r in runs), key=lambda n: (not n[1].given, n[0]))
        named = [n for n in named if n[0] in spoken_runs or self._fits_a_name(n[0])]
        # whole given names before initials: an initial joins whoever it fits
        for run, name in sorted(named, key=lambda n: (not n[1].given, _initial(n[1]), n[0])):
            self._person(run, name)
        found = {run: self._bearer(name, run[0]) for run, name in named}
        taken = {k for run in found for k in range(*run)}
        lasts = {p.person.surname.split()[-1].casefold() for p in self.persons if p.person}
        for k, token in enumerate(words.tokens):
            if k in taken or k in words.hit_of or not token.text[:1].isupper() or len(token.text) < 3 or words.titles.get(k) is not None:
                continue
            if token.norm not in lasts and (len(token.text) < _TELLING or not any(near(token.text, last) for last in lasts)):
                continue
            start = k
            if start > 1 and words.tokens[start - 1].text == "-" and words.tokens[start - 2].norm in ("al", "el"):
                start -= 2
            elif start > 1 and words.tokens[start - 1].text == "." and len(words.tokens[start - 2].text) == 1 and words.tokens[start - 2].text.isupper():
                start -= 2
            run = (start, k + 1)
            party = self._bearer(split_name(_clean(words.quote(*run))), run[0])
            if party is not None:
                found[run] = party
        return sorted(((run, p) for run, p in found.items() if p is not None), key=lambda n: n[0])

    def _title_before(self, a: int) -> Title | None:
        """The title that ends right before token `a`, its full stop passed over."""
        tokens = self.words.tokens
        k = a - 1
        while k > 0 and tokens[k].text in ".-":
            k -= 1
        return next((t for m in range(max(0, k - 2), k + 1) if m not in self.words.hit_of and (t := self.words.titles.get(m)) and m + len(t.words) == k + 1), None)

    def _runs(self) -> Iterator[tuple[int, int]]:
        """What is written like a name anywhere; in a text all in capitals only what the parser took for a person."""
        if not self.words.shouting:
            yield from name_runs(self.words, 0, len(self.words.tokens))
            return
        for m in self.x.mentions:
            if m.kind == "person":
                yield from name_runs(self.words, *self.words.range(m.span))

    def _past_the_opening_word(self, a: int, b: int) -> int:
        """Past a capital word that is no name: one that opens the sentence ("Note J. Smith"), or stands before a given name
        ("Attorney Ann Smith")."""
        tokens = self.words.tokens
        if b - a < 2 or is_given(tokens[a].norm):
            return a
        given = next((k for k in range(a + 1, b - 1) if is_given(tokens[k].norm)), None)
        if given is not None:
            return given
        opens = a == 0 or tokens[a - 1].text in '.“"”' or any(s[0] == tokens[a].start for s in self.x.sentences)
        initial = a + 2 < b and len(tokens[a + 1].text) == 1 and tokens[a + 2].text == "."
        return a + 1 if opens and (initial or a not in self.people) else a

    def _fits_a_name(self, run: tuple[int, int]) -> bool:
        words = self.words
        if run[1] - run[0] == 1:
            token = words.tokens[run[0]]
            after = words.tokens[run[1]] if run[1] < len(words.tokens) else None
            # a place before its country ("Deir ..., Syria") or with a word of places behind it is nobody
            place = any(m.kind == "place" and m.span[0] <= token.start < m.span[1] for m in self.x.mentions)
            person = any(m.kind == "person" and m.span[0] <= token.start < m.span[1] for m in self.x.mentions)
            return not (place and not person) and not (after is not None and after.norm in ("city", "province", "district"))
        return True

    def _person(self, run: tuple[int, int], name: PersonName) -> None:
        """Joins a name to the person it fits, or makes a new one; the fullest name first given stays the name."""
        fits = [p for p in self.persons if p.person is not None and same_person(p.person, name)]
        if not fits and not name.given and (bearer := self._bearer(name, run[0])) is not None:
            fits = [bearer]
        told = person_at(self.words, run)
        if fits:
            fits.sort(key=lambda p: (p.person is None or p.person.surname.casefold() != name.surname.casefold(), not p.person or not p.person.given))
            party = fits[0]
            if party.person and name.given and (not party.person.given or (_initial(party.person) and not _initial(name))):
                party.person, party.name = name, name.full
        else:
            party = Party(name.full, "person", person=name)
            self.parties.append(party)
            self.persons.append(party)
        party.gender = party.gender or told.gender or name.gender
        party.heads.update(w for t in told.titles for w in t.words)

    def _bearer(self, name: PersonName, position: int) -> Party | None:
        """Who bears that name: for a bare surname of several people the one named last before."""
        fits = [p for p in self.persons if p.person is not None and same_person(p.person, name)]
        if not fits and not name.given and not is_given(name.surname.casefold()):  # family names that come first ("Mr Moon")
            fits = [p for p in self.persons if p.person is not None and p.person.given[:1] == (name.surname,)]
        exact = [p for p in fits if p.person and p.person.surname.casefold() == name.surname.casefold()]
        fits = exact or fits
        if not fits:
            return None
        return fits[0] if len(fits) == 1 else self._last_written(fits, position)

    def _last_written(self, fits: Sequence[Party], position: int) -> Party:
        def written(p: Party) -> int:
            given = p.person.given[0] if p.person and p.person.given else p.name
            where = [k for k, t in enumerate(self.words.tokens[:position]) if t.text == given.split()[0]]
            return where[-1] if where else -1

        return max(fits, key=written)

    # --- in order ------------------------------------------------------------------------------------------------

    def _walk(self, occurrences: Sequence[tuple[tuple[int, int], Party]]) -> None:
        """Goes through the report once: institutions, people, speakers, then what leans on them."""
        words = self.words
        events: list[tuple[int, int, str, object]] = []
        for hit in words.hits:
            events.append((hit.span[0], 1, "hit", hit))
        for run, party in occurrences:
            events.append((words.tokens[run[0]].start, 0, "person", (run, party)))
        speaking: dict[Offsets, bool] = {}
        for st in self.x.statements:
            for span in (*st.source, *((st.antecedent,) if st.antecedent else ())):
                speaking[span] = True
            for span in (*st.via, *((st.about,) if st.about else ())):
                speaking.setdefault(span, False)
        events += [(span[0], 2, "phrase", (span, speaks)) for span, speaks in speaking.items()]
        inside = sorted(speaking)
        for m in self.x.mentions:
            if m.kind in ("role", "pronoun") and not any(s[0] <= m.span[0] and m.span[1] <= s[1] for s in inside):
                events.append((m.span[0], 3, "mention", m))
        opened: set[int] = set()
        for position, _, what, thing in sorted(events, key=lambda e: e[:2]):
            sentence = words.sentence(position)
            opens = sentence not in opened and what in ("hit", "person", "phrase") and self._opens(position, sentence)
            if what == "hit":
                assert isinstance(thing, Hit)
                party = self._of_hit(thing, position, leaning=False)
                if party is not None and not thing.place:
                    opened.add(sentence)
                    party.mentioned(thing.span, self.x.text[slice(*thing.span)])
                    self.trail.named(party, position, sentence, opens=opens, free=thing.entry is not None and self._begins_clause(position))
                elif party is None and thing.organ is not None and thing.organ.name in _ALONE:
                    force = self._bare_organ(thing, position)
                    if force is not None:
                        self._bare.append((thing.span, force))
            elif what == "person":
                run, party = thing  # type: ignore[misc]
                opened.add(sentence)
                self._tell(party, person_at(words, run), position)
                party.mentioned(words.span(*run), words.quote(*run))
                self.trail.named(party, position, sentence, opens=opens)
            elif what == "phrase":
                span, speaks = thing  # type: ignore[misc]
                self._phrase(span, speaks)
            else:
                assert isinstance(thing, Mention)
                self._lean(thing)

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
        before = self.x.text[self.words.sentences[sentence][0] : position].casefold().split()
        return len(before) <= _OPENING and not any(w in _GOVERNING for w in before)

    def _phrase(self, span: Offsets, speaks: bool) -> None:
        """Resolves the words that name a speaker, a go-between or an accused."""
        words = self.words
        i, j = self._past_dateline(*words.range(span))
        found: list[Party] = []
        surnames = frozenset(p.person.surname.split()[-1].casefold() for p in self.persons if p.person)
        for a, b in chunks(words, i, j):
            told = describe(words, a, b, self.people, surnames)
            party = self._who(told, speaks) if told is not None else None
            if party is not None and told is not None and party not in found:
                found.append(party)
                party.mentioned(told.span if told.name is None else words.span(*told.name), told.text)
        for party in found:
            # after the words, so that the bodies named inside them do not hide the speaker
            if speaks or (party.kind not in ("agency", "people") and span in self.through):
                self.trail.spoke(party, span[0], words.sentence(span[0]))
            else:
                self.trail.named(party, span[0], words.sentence(span[0]))
        if found:
            self.spans[span] = tuple(found)

    def _past_dateline(self, i: int, j: int) -> tuple[int, int]:
        """Past a dateline that the parser took into the phrase ("SAN JOSE, Costa Rica — Investigators")."""
        tokens = self.words.tokens
        for k in range(i + 1, j - 1):
            if tokens[k].text in "—–-" and tokens[k].start > tokens[k - 1].end and tokens[i].text.isupper() and len(tokens[i].text) > 2:
                return k + 1, j
        return i, j

    def _who(self, told: Described, speaks: bool) -> Party | None:
        position = told.span[0]
        sentence = self.words.sentence(position)
        if told.nature == "pronoun":
            return self._pronoun(told.head, position, sentence)
        if told.nature == "person" and told.name is not None:
            first = self._past_the_opening_word(*told.name)
            party = self._bearer(split_name(_clean(self.words.quote(first, told.name[1]))), first)
            if party is not None:
                self._tell(party, told, position)
            return party
        if told.nature == "institution":
            return self._institution(told, position, sentence)
        if told.nature == "document":
            return self._issuer(told, position, sentence)
        return self._unnamed(told, position, sentence, speaks)

    # --- persons and those without a name ------------------------------------------------------------------------

    def _tell(self, party: Party, told: Described, position: int) -> None:
        """Adds to a person what the words around one of his mentions tell; what was told first stays."""
        party.gender = party.gender or told.gender
        party.heads.update(w for t in told.titles for w in t.words)
        if party.role is None and told.role:
            party.role = told.role
        if party.affiliation is not None:
            return
        body = self._of_hit(told.body, position, leaning=True) if told.body is not None else None
        if body is None and told.body_words:  # "spokesman for the mayor", whose own post is told elsewhere
            chief = next((p for p in self.persons if p is not party and p.body and p.person and p.person.surname in told.body_words), None)
            body = chief.body if chief is not None else None
        if body is None and told.owner is not None:
            body = self._pronoun(told.owner, position, self.words.sentence(position))
            body = body.body if body is not None and body.human else body
        if body is None and told.body is None and told.body_words is None and any(w.startswith("spokes") for t in told.titles for w in t.words):
            body = self._last_body(position)
        if body is not None and body is not party:
            party.body, party.affiliation = body, body.name
            party.side = body.side
            offices = any(w.casefold() in _OFFICES for w in (told.body_words or "").split())
            if told.body_words and told.body is not None and told.body.organ is None and body.kind == "state" and not offices:
                party.affiliation = told.body_words
            party.why.append(f"speaks for {party.affiliation}")
        elif told.body_words:
            party.affiliation = told.body_words
            office = any(t.kind == "office" for t in told.titles) and self._context_state(position, self.words.sentence(position))
            party.side = _side_by_words(told.body_words) or (office.side if office else None)
        elif any(t.kind == "rank" for t in told.titles):
            state = self.trail.standing_force(position, self.words.sentence(position), _REACH)
            entry = self._state_named(state.side) if state is not None else None
            military = next((o for o in self.registry.organs if o.name == "military"), None)
            if entry is not None and military is not None:
                party.body = self._of_entry(self.registry.organ_of(military, entry))
                party.affiliation, party.side = party.body.name, party.body.side
                party.why.append(f"affiliation inferred: a rank, and {state.name if state else ''} was the party spoken of")

    def _last_body(self, position: int) -> Party | None:
        """The institution that spoke or opened a sentence last, itself or by its people: whose "spokesman" is named without saying so."""
        found = self.trail.foremost(
            position, self.words.sentence(position), lambda p: (p.body or p).kind not in ("person", "people", "agency", "unknown"), reach=_REACH
        )  # fmt: skip
        return found.body or found if found is not None else None

    def _unnamed(self, told: Described, position: int, sentence: int, speaks: bool) -> Party | None:
        noun = person_nouns().get(told.head)
        if told.text.casefold() in ("one", "another", "some", "others"):
            return self.trail.latest(position, lambda p: p.kind == "people" and p.plural)
        body = self._of_hit(told.body, position, leaning=True) if told.body is not None else None
        if body is None and told.owner is not None:
            owner = self._pronoun(told.owner, position, sentence)
            body = owner.body if owner is not None and owner.human else owner
        if told.definite:
            known = self._taken_up(told, body, position, sentence)
            if known is not None:
                return known
        elif told.plural and body is None and noun is not None:
            again = self.trail.latest(position, lambda p: p.kind == "people" and p.name.casefold() == told.text.casefold())
            if again is not None:
                return again
        if not speaks:
            return None
        name = _lowered(told.text)
        if noun is None and body is None and not told.plural and not any(w.islower() for w in name.split()):
            party = Party(name, "unknown", heads={told.head})
            self.parties.append(party)
            return party
        party = Party(name, "people", said_as=noun.kind if noun else "unnamed", plural=told.plural, heads={told.head})
        party.gender = told.gender
        if noun is not None and noun.side is not None:
            party.side = noun.side
        if body is not None:
            party.body, party.side = body, body.side
            if noun is not None and noun.side in ("residents", "media"):
                party.side, party.body = noun.side, None
            else:
                party.affiliation = body.name
        elif noun is not None and noun.side is None and told.head in _STATE_PEOPLE:
            at_home = bool(_HOME_WORDS & {w.casefold() for w in told.text.split()}) and self._home()
            state = self._place_side(told) or at_home or self._context_state(position, sentence)
            if state is not None:
                party.side = state.side
                party.why.append(f"side inferred: {state.name} was the party spoken of")
        self.parties.append(party)
        return party

    def _place_side(self, told: Described) -> Party | None:
        if told.place is None or told.place.entry is None:
            return None
        return self._of_entry(told.place.entry)

    def _context_state(self, position: int, sentence: int) -> Party | None:
        """The state whose officials speak where no words say whose: the one that spoke last, else the one named last in the sentence."""
        spoke = self.trail.standing_state(position, sentence, _REACH)
        if spoke is not None:
            return spoke
        return self.trail.foremost(position, sentence, of_state, reach=0)

    def _taken_up(self, told: Described, body: Party | None, position: int, sentence: int) -> Party | None:
        """Whom a definite noun takes up: "the official", "the representative of the ministry", "the witnesses"."""

        def agrees(p: Party) -> bool:
            if not (p.kind == "person" or p.kind == "people") or p.plural != told.plural:
                return False
            if body is not None and p.body is not None and p.body is not body and p.side != body.side:
                return False
            if told.gender and p.gender and told.gender != p.gender:
                return False
            return told.head in p.heads or bool(_ALIKE.get(told.head, frozenset()) & p.heads)

        found = self.trail.latest(position, agrees)
        if found is not None:
            return found
        if told.head in _MILITANTS and body is None:
            return self.trail.latest(position, lambda p: p.kind == "armed group")
        if told.head not in _BARE_PERSONS or told.plural or body is not None:
            return None
        return self.trail.foremost(position, sentence, lambda p: p.human and not p.heads & _TITLED and _agree(p, told), reach=_REACH)

    def _pronoun(self, word: str, position: int, sentence: int) -> Party | None:
        if word in ("we", "i"):
            return None
        if word in ("they", "them", "their", "both"):
            found = self.trail.foremost(position, sentence, lambda p: p.plural or (not p.human and p.kind not in ("unknown",)), reach=_REACH)
            return found
        if word == "its" and (owner := self.trail.owner(position, sentence)) is not None:
            return owner
        if word in ("it", "its"):
            return self.trail.foremost(position, sentence, lambda p: not p.human and p.kind != "people", reach=_REACH)
        if word in ("he", "him", "his"):
            return self.trail.foremost(position, sentence, lambda p: p.human and p.gender != "f", reach=_REACH)
        if word in ("she", "her"):
            told = self.trail.foremost(position, sentence, lambda p: p.human and p.gender == "f", reach=_REACH)
            found = told or self.trail.foremost(position, sentence, lambda p: p.human and p.gender is None, reach=_REACH)
            # states are "she" in some translations
            return found or self.trail.foremost(position, sentence, lambda p: p.kind == "state", reach=1)
        return None

    def _offices_named_later(self) -> None:
        """ "The foreign minister of ..." whom a later sentence names: one man, where only one person holds that office here."""
        for party in [p for p in self.parties if p.kind == "people" and not p.plural and p.body is not None and p.heads & _OFFICES]:
            bearers = [p for p in self.persons if p.body is party.body and party.heads <= p.heads]
            if len(bearers) != 1 or not party.name.casefold().startswith("the "):
                continue
            for span in party.mentions:
                bearers[0].mentioned(span, self.x.text[slice(*span)])
            self.parties.remove(party)
            self.spans = {s: tuple(bearers[0] if p is party else p for p in found) for s, found in self.spans.items()}

    def _usual_spelling(self, party: Party) -> None:
        """The full name whose surname is spelt as most mentions spell it."""
        names = [split_name(_clean(a)) for a in (party.name, *party.aliases) if " " in a]
        fulls = [n for n in names if n.given and party.person and not _initial(n) and same_person(n, party.person) and len(n.given) >= len(party.person.given)]
        if len({n.surname for n in fulls}) < 2:
            return
        text = self.x.text
        counts = {n.surname: len(re.findall(rf"\b{re.escape(n.surname)}\b", text)) for n in fulls}
        best = max(fulls, key=lambda n: counts[n.surname])
        if counts[best.surname] > counts.get(party.person.surname if party.person else "", 0):
            party.aliases.append(party.name)
            party.name = best.full

    # --- institutions --------------------------------------------------------------------------------------------

    def _institution(self, told: Described, position: int, sentence: int) -> Party | None:
        if told.body is not None and told.body.place and told.body.organ is None:
            return None
        if told.body is not None and (told.body.organ is not None or told.body.entry is not None and told.head not in _GENERAL):
            found = self._of_hit(told.body, position, leaning=True)
            if found is not None:
                return found
        if told.body is not None and told.body.entry is not None and told.head in BODIES and told.body.entry.kind not in ("state",):
            return self._of_entry(told.body.entry)
        if told.body is not None and told.body.state is not None and told.head not in BODIES:
            return self._of_entry(told.body.state)
        if told.owner is not None:
            owner = self._pronoun(told.owner, position, sentence)
            if owner is not None:
                return owner.body or owner if owner.human else owner
        if told.head in BODIES and told.definite:
            taken = self._body_taken_up(told, position)
            if taken is not None:
                return taken
        name = told.body_words or told.text
        if not any(c.isupper() for c in name) or told.head in BODIES:
            known = next((p for p in self.parties if p.name.casefold() == name.casefold()), None)
            if known is not None:
                return known
        state = self._of_entry(told.body.entry) if told.body is not None and told.body.entry is not None else None
        name = re.sub(r"^The ", "", name)
        named = any(c.isupper() for c in name) and not name.split()[0].casefold() in ("a", "an", "one", "another")
        party = Party(
            name if named and told.body is None else _lowered(told.text), _kind_by_words(name), said_as="named" if named and told.body is None else "unnamed",
            side=_side_by_words(name) or (state.side if state else None), heads={told.head}, plural=told.plural,
        )  # fmt: skip
        self.parties.append(party)
        return party

    def _body_taken_up(self, told: Described, position: int) -> Party | None:
        """Whom "the group", "the agency", "the Observatory" take up: the last body of that kind, first one with the word in its name."""
        side = told.body.entry.side if told.body is not None and told.body.entry is not None else None

        def fits(p: Party) -> bool:
            return (side is None or p.side == side) and not p.human and p.kind not in ("people", "state")

        by_word = self.trail.latest(position, lambda p: fits(p) and told.head in {w.casefold() for w in re.findall(r"\w+", p.name)} | p.heads)
        if by_word is not None:
            return by_word
        kinds = _STANDS_FOR.get(told.head)
        if kinds is None:
            return None
        return self.trail.foremost(position, self.words.sentence(position), lambda p: fits(p) and p.kind in kinds, reach=2 * _REACH)

    def _issuer(self, told: Described, position: int, sentence: int) -> Party | None:
        """Whose a statement or report is: the body named in the phrase, its owner, or the institution that spoke last."""
        if told.body is not None:
            found = self._of_hit(told.body, position, leaning=True)
            if found is not None:
                return found
        issuer = self.issuers.get(told.span)
        if issuer is not None:
            if issuer not in self.spans:
                self._phrase(issuer, True)
            found_there = self.spans.get(issuer)
            if found_there:
                return found_there[0]
        if told.owner is not None:
            return self._pronoun(told.owner, position, sentence)
        if told.definite and told.head in ("statement", "communique", "letter", "message", "document", "tweet", "post"):
            issued = self.trail.foremost(position, sentence, lambda p: not p.human and p.kind not in ("people", "agency"), reach=_REACH)
            if issued is not None:
                return issued
        if told.definite:
            known = self.trail.latest(position, lambda p: told.head in p.heads or (p.kind == "unknown" and bool(p.heads & DOCUMENTS)))
            known = known or self.trail.foremost(position, sentence, lambda p: not p.human and p.kind not in ("people", "agency"), reach=1)
            if known is not None:
                return known
        party = Party(_lowered(told.text), "unknown", said_as="unnamed", heads={told.head})
        self.parties.append(party)
        return party

    def _of_entry(self, entry: Entry) -> Party:
        party = self._by_entry.get(entry.name)
        if party is None:
            party = Party(entry.name, entry.kind, side=entry.side, entry=entry, why=["known by name"])
            party.heads = {w for w in re.findall(r"[^\W_]+", entry.name.casefold())}
            self._by_entry[entry.name] = party
            self.parties.append(party)
        return party

    def _of_hit(self, hit: Hit, position: int, *, leaning: bool) -> Party | None:
        """The party a name stands for; `leaning`: with a bare organ ("the army") brought to the state spoken of."""
        if hit.entry is not None:
            return self._of_entry(hit.entry)
        if hit.organ is None:
            return self._of_entry(hit.state) if hit.state is not None else None
        if hit.organ is ALLIANCE:
            return self._the_coalition(position)
        if hit.organ is MINISTRY and hit.state is not None:
            side = hit.state.side
            known = self.trail.latest(position, lambda p: p.kind == "organ" and "ministry" in p.heads and p.side == side)
            return known or self._of_entry(Entry(f"{hit.state.demonyms[0]} ministry", "organ", side))
        return self._bare_organ(hit, position) if leaning or self._is_definite(hit) and hit.organ.name in _ALONE else None

    def _is_definite(self, hit: Hit) -> bool:
        return self.x.text[: hit.span[0]].casefold().endswith("the ")

    def _bare_organ(self, hit: Hit, position: int) -> Party | None:
        """ "the military", "the ministry": the organ of that kind named last, unless another state has taken the word since."""
        organ = hit.organ
        assert organ is not None
        if organ.name in _AT_HOME:
            known = self.trail.latest(position, lambda p: self._is_organ(p, organ))
            home = self._home()
            if known is not None or home is not None:
                return known or self._of_entry(self.registry.organ_of(organ, home.entry)) if home is not None and home.entry is not None else known
        for step in self.trail.back(position):
            if step.weight > 0 and self._is_organ(step.party, organ):
                return step.party
            if step.weight > 0 and of_state(step.party) and organ is not MINISTRY:
                state = self._state_named(step.party.side)
                if state is not None:
                    return self._of_entry(self.registry.organ_of(organ, state))
        known = self.trail.latest(position, lambda p: self._is_organ(p, organ))
        if known is not None:
            return known
        if organ is MINISTRY:
            return None
        here = self.trail.foremost(position, self.words.sentence(position), of_state, reach=0)
        sides = {p.side for p in self.parties if p.kind == "organ" and p.side}
        side = here.side if here is not None else sides.pop() if len(sides) == 1 else None
        state = self._state_named(side)
        return self._of_entry(self.registry.organ_of(organ, state)) if state is not None else None

    def _home(self) -> Party | None:
        """The country or territory where the report plays: the one named as a place most often. Its are "the health ministry" and "the police"."""
        places: dict[str, int] = {}
        for hit in self.words.hits:
            if hit.entry is not None and (hit.place or hit.entry.kind != "state" and hit.entry.demonyms):
                places[hit.entry.name] = places.get(hit.entry.name, 0) + 1
        if not places:  # nowhere named: the state of the report, where it names only one
            states = {e.name: 0 for h in self.words.hits if (e := h.state or h.entry) is not None and e.kind == "state"}
            if len(states) != 1:
                return None
            places = states
        entry = self.registry.named(max(places, key=lambda n: places[n]))
        return self._of_entry(entry) if entry is not None else None

    def _is_organ(self, party: Party, organ: Organ) -> bool:
        if party.kind != "organ":
            return False
        return party.name.casefold().endswith(organ.name.casefold()) or organ.head in party.heads

    def _state_named(self, side: str | None) -> Entry | None:
        known = self.registry.named(side) if side else None
        return known if known is not None and known.kind == "state" else None

    def _the_coalition(self, position: int) -> Party | None:
        """ "the coalition": the alliance named last, or named later where it is the only one."""
        last = self.trail.latest(position, lambda p: p.kind == "organisation" and p.name.endswith("coalition"))
        if last is not None:
            return last
        named = {h.entry.name: h.entry for h in self.words.hits if h.entry is not None and h.entry.name.endswith("coalition")}
        if len(named) == 1:
            return self._of_entry(next(iter(named.values())))
        present = {h.entry.name for h in self.words.hits if h.entry is not None}
        against = [alliance for foe, alliance in _ALLIED_AGAINST.items() if foe in present] if not named else []
        entry = self.registry.named(against[0]) if len(against) == 1 else None
        if entry is None:
            return None
        party = self._of_entry(entry)
        party.why.append("inferred: the coalition at war with the group named in the report")
        return party

    def _lean(self, mention: Mention) -> None:
        """A pronoun or definite noun that is no speaker: noted with whom it takes up, so that it can be asked for."""
        words = self.words
        i, j = words.range(mention.span)
        if mention.kind == "pronoun":
            party = self._pronoun(words.tokens[i].norm, mention.span[0], words.sentence(mention.span[0])) if i < j else None
            if party is not None and self._begins_clause(mention.span[0]):
                self.trail.named(party, mention.span[0], words.sentence(mention.span[0]), free=True)
        else:
            told = describe(words, i, j, self.people)
            if told is None or not told.definite or told.nature not in ("unnamed", "institution") or told.body is not None:
                return
            position, sentence = mention.span[0], words.sentence(mention.span[0])
            party = self._taken_up(told, None, position, sentence) if told.nature == "unnamed" else self._body_taken_up(told, position)
        if party is not None:
            party.mentioned(mention.span, self.x.text[slice(*mention.span)])


_OPENING = 3
"""Words a sentence may have before the party that opens it ("In turn, Russia ...")."""

_TELLING = 6
"""Letters from which a lone capital word close to a known surname is taken for it in another spelling ("Skrocki", "Scrocca")."""

_GOVERNING = frozenset("at in on for from after before during with by near to of despite according under over against as".split())

_CLAUSE_OPENERS = frozenset({",", ";", ":", "but", "and", "while", "that", "as", "when", "though", "although", "—", "“"})

_BRACKET = re.compile(r"[\"”’']?(?:\s+(?:group|movement))?\s*[(\[](?:the\s+)?[\"“]?(?P<short>[A-Z][A-Za-z.-]{1,9})[\"”]?[)\]]")

_AT_HOME = frozenset(
    {"Health Ministry", "Interior Ministry", "Education Ministry", "Human Rights Ministry", "civil defence", "emergency services", "police", "parliament", "prosecutor's office"}
)
"""Organs that, named bare, are those of the place the report tells of and not of whoever spoke last."""
_HOME_WORDS = frozenset("health local municipal provincial rescue hospital police medical civil emergency district".split())

_STATE_PEOPLE = frozenset(
    "official officials officer officers spokesman spokeswoman spokesperson spokesmen authorities investigators investigator diplomat diplomats".split()
)
"""People of a state, whose side the context tells where the words do not."""

_BARE_PERSONS = frozenset("official spokesman spokeswoman spokesperson representative general colonel officer man woman doctor minister".split())
_TITLED = frozenset("official spokesman spokeswoman spokesperson representative officer minister ambassador president source resident witness".split())
_ALIKE = {
    "spokesman": frozenset({"spokesperson", "representative"}), "spokeswoman": frozenset({"spokesperson", "representative"}),
    "spokesperson": frozenset({"spokesman", "spokeswoman", "representative"}), "representative": frozenset({"spokesman", "spokeswoman", "spokesperson"}),
    "general": frozenset({"gen", "maj", "brig", "lt"}), "colonel": frozenset({"col"}), "captain": frozenset({"capt"}), "admiral": frozenset({"adm"}),
    "envoy": frozenset({"ambassador"}), "diplomat": frozenset({"ambassador", "envoy"}), "doctor": frozenset({"dr", "director", "medic"}),
    "officer": frozenset({"captain", "capt", "col", "colonel", "lt", "maj", "brigadier"}), "commander": frozenset({"gen", "general"}),
}  # fmt: skip
"""Nouns that take up a person introduced by another title."""

_OFFICES = frozenset("minister president premier secretary ambassador envoy governor mayor chief head director commander".split())
_ALLIED_AGAINST = {"Islamic State": "US-led coalition", "Houthis": "Saudi-led coalition"}
"""Whose enemies a report names tells which alliance its bare "coalition" is."""
_MILITANTS = frozenset("militants fighters insurgents gunmen rebels jihadists terrorists extremists".split())
"""Plural nouns that, definite, stand for the armed group named last."""
_GENERAL = frozenset({"group", "organisation", "agency", "body"})
_ALONE = frozenset({"military", "army", "air force"})
_STANDS_FOR: dict[str, frozenset[str]] = {
    "group": frozenset({"armed group", "monitor", "organisation"}), "movement": frozenset({"armed group"}), "militia": frozenset({"armed group"}),
    "organisation": frozenset({"monitor", "organisation", "armed group"}), "agency": frozenset({"agency", "organisation"}),
    "monitor": frozenset({"monitor"}), "watchdog": frozenset({"monitor"}), "observatory": frozenset({"monitor"}), "charity": frozenset({"organisation", "monitor"}),
    "body": frozenset({"organisation"}), "newspaper": frozenset({"agency"}), "paper": frozenset({"agency"}), "channel": frozenset({"agency"}),
    "broadcaster": frozenset({"agency"}), "network": frozenset({"agency", "monitor"}), "outlet": frozenset({"agency"}), "site": frozenset({"agency"}),
    "website": frozenset({"agency"}), "station": frozenset({"agency"}), "mission": frozenset({"organisation"}), "office": frozenset({"organisation"}),
    "country": frozenset({"state"}), "kingdom": frozenset({"state"}), "department": frozenset({"organ"}), "centre": frozenset({"monitor", "organ"}),
}  # fmt: skip
"""What kinds of actor a noun can stand for."""


def _agree(party: Party, told: Described) -> bool:
    return not (told.gender and party.gender and told.gender != party.gender)


def _clean(name: str) -> str:
    """A name as written but for the blanks around hyphens and after an initial."""
    name = re.sub(r"\s*([-‐])\s*", r"\1", re.sub(r"\b([A-Z])\s*\.\s*", r"\1. ", name)).strip()
    return name.title() if name.isupper() and len(name) > 4 else name


def _initial(name: PersonName) -> bool:
    return bool(name.given) and len(name.given[0].rstrip(".")) == 1


def _lowered(text: str) -> str:
    """A description with the capital its sentence gave it taken back, names inside untouched."""
    first, _, rest = text.partition(" ")
    noun = first.casefold() in person_nouns() or first.casefold() in _LOWER
    return f"{first.lower()} {rest}".strip() if noun and not first.isupper() or first == "A" else text


_LOWER = frozenset(
    "a an the one two three four five six several some many most other another both few health local military defence defense senior human rights "
    "opposition medical hospital security police government state independent his her its their administration intelligence tribal rescue civil people "
    "eyewitness all these those this that community religious relief aid political different unnamed anonymous".split()
)


def _abbreviates(short: str, name: str) -> bool:
    """Whether the letters of `short` stand in `name` in that order, its first letter at a word's beginning."""
    letters = [c for c in short.casefold() if c.isalpha()]
    initials = [w[0] for w in re.findall(r"[^\W_]+", name.casefold())]
    if not letters or letters[0] not in initials:
        return False
    rest = iter("".join(re.findall(r"[^\W_]", name.casefold())))
    return all(c in rest for c in letters)


_BY_WORDS: tuple[tuple[frozenset[str], ActorKind, str | None], ...] = (
    (frozenset({"news", "times", "post", "tv", "television", "radio", "media", "agency", "newspaper", "channel", "press", "gazette", "tribune", "herald"}), "agency", "media"),
    (frozenset({"observatory", "monitor", "watch", "rights"}), "monitor", "monitor"),
    (frozenset({"hospital", "clinic", "medical", "medics", "doctors", "doctor"}), "organisation", "medical"),
    (frozenset({"un", "nations"}), "organisation", "UN"),
    (frozenset({"brigade", "brigades", "militia", "front", "rebels"}), "armed group", None),
    (frozenset({"ministry", "police", "army"}), "organ", None),
)  # fmt: skip


def _by_words(name: str) -> tuple[ActorKind, str | None]:
    found = {w.casefold() for w in re.findall(r"[^\W_]+", name)}
    return next(((kind, side) for words, kind, side in _BY_WORDS if words & found), ("organisation", None))


def _kind_by_words(name: str) -> ActorKind:
    return _by_words(name)[0]


def _side_by_words(name: str) -> str | None:
    return _by_words(name)[1]


def _actor(party: Party) -> Actor:
    """The finished record of a party."""
    return Actor(
        name=party.name, kind=party.kind, aliases=tuple(dict.fromkeys(party.aliases)), affiliation=party.affiliation, side=party.side, role=party.role,
        mentions=tuple(sorted(party.mentions)), why=tuple(party.why),
    )  # fmt: skip
