"""Who is who within one report: names, titles, acronyms, nouns and pronouns brought together to actors."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from counterclaim.records import Actor, Extraction, Mention, Offsets
from counterclaim.resolving.antecedents import Antecedents
from counterclaim.resolving.bodies import Bodies, is_force
from counterclaim.resolving.cast import Cast
from counterclaim.resolving.discourse import Party, Trail
from counterclaim.resolving.identity import Identities, lowered
from counterclaim.resolving.naming import person_at
from counterclaim.resolving.nouns import DOCUMENTS, OFFICES
from counterclaim.resolving.people import People, usual_spelling
from counterclaim.resolving.persons import part_of
from counterclaim.resolving.phrases import chunks, describe
from counterclaim.resolving.registry import Hit, Registry
from counterclaim.resolving.words import Described, Words


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
        places = (m.span for m in extraction.mentions if m.kind == "place")
        self.words = Words(extraction.text, registry, extraction.sentences, places)
        self.trail = Trail()
        self.parties: list[Party] = []
        self.bodies = Bodies(extraction, self.words, registry, self.trail, self.parties)
        self.people = People(extraction, self.words)
        self.parties.extend(self.people.persons)
        self.before = Antecedents(self.words, self.trail)
        self.identities = Identities(self.trail, self.parties, self.bodies, self.people, self.before, (agency or outlet, outlet))
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
        self.identities.tell(party, person_at(self.words, run), position)
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
            if told is not None and told.head == "both" and speaks and (two := self.before.both(span[0])):
                found += two
                continue
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
                self.identities.tell(party, told, told.span[0])
            return party
        if told.nature == "institution":
            return self.identities.institution(told)
        if told.nature == "document":
            return self._issuer(told)
        return self.identities.unnamed(told, speaks)

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
                party = self.identities.unnamed(told, True)
            elif told.nature == "institution" and not told.plural and not person:
                party = self.identities.institution(told)
            else:
                continue
            if party is not None:
                party.mentioned(told.span, told.text)
            return party
        return None

    # --- who it is -----------------------------------------------------------------------------------------------

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
        return self.identities.new(Party(lowered(told.text), "unknown", said_as="unnamed", heads={told.head}))

    def _offices_named_later(self) -> None:
        """ "The foreign minister of ..." whom a later sentence names: one man, where only one person holds that office here."""
        for party in [
            p for p in self.parties if p.kind == "people" and not p.plural and p.body is not None and p.heads & OFFICES
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


_OPENING = 3
"""Words a sentence may have before the party that opens it ("In turn, Russia ...")."""

_GOVERNING = frozenset("at in on for from after before during with by near to of despite according under over against as".split())
_CLAUSE_OPENERS = frozenset({",", ";", ":", "but", "and", "while", "that", "as", "when", "though", "although", "—", "“"})

_ISSUED = frozenset("statement communique letter message document tweet post".split())
"""Papers that are at once taken for those of whoever spoke last."""
