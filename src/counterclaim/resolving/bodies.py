"""The institutions named in one report: those known by name, those it introduces itself, and those it only calls "the army"."""

from __future__ import annotations

import re

from counterclaim.records import ActorKind, Extraction
from counterclaim.resolving.discourse import Party, Trail, of_state
from counterclaim.resolving.institutions import ALLIANCE, MINISTRY, Entry, Organ
from counterclaim.resolving.naming import is_organisation
from counterclaim.resolving.nouns import CALENDAR
from counterclaim.resolving.registry import Hit, Registry
from counterclaim.resolving.words import Words

_BRACKET = re.compile(r"[\"”’']?(?:\s+(?:group|movement))?\s*[(\[](?:the\s+)?[\"“]?(?P<short>[A-Z][A-Za-z.-]{1,9})[\"”]?[)\]]")

_AT_HOME = frozenset(
    {
        "Health Ministry", "Interior Ministry", "Education Ministry", "Human Rights Ministry", "civil defence",
        "emergency services", "police", "parliament", "prosecutor's office",
    }
)  # fmt: skip
"""Organs that, named bare, are those of the place the report tells of and not of whoever spoke last."""

_OUTLET = re.compile(
    r"(?<!\btold the )(?<!\btells the )"
    r"\b(?:newspaper|daily|weekly|magazine|broadcaster|channel|news (?:agency|site|outlet|website))\s"
    r"[“\"]?(?P<name>(?:[Aa]l|[Ee]l|[Aa]s|[Aa]sh)?-?[A-Z][\w’]+(?:(?:[ -](?:al|el)-|[ -])[A-Z][\w’]+){0,2})"
)
"""An outlet named behind what it is: "the newspaper Sabah"; not what was told to one ("told the newspaper Assad had ...")."""

_FORCES = frozenset({"military", "army", "air force"})
"""Organs that a bare definite name is followed for wherever it stands, for they are the ones accused."""

_ALLIED_AGAINST = {"Islamic State": "US-led coalition", "Houthis": "Saudi-led coalition"}
"""Whose enemies a report names tells which alliance its bare "coalition" is."""

_BY_WORDS: tuple[tuple[frozenset[str], ActorKind, str | None], ...] = (
    (
        frozenset("news times post tv television radio media agency newspaper channel press gazette tribune herald".split()),
        "agency",
        "media",
    ),
    (frozenset("observatory monitor watch rights".split()), "monitor", "monitor"),
    (frozenset("hospital clinic medical medics doctors doctor".split()), "organisation", "medical"),
    (frozenset("un nations".split()), "organisation", "UN"),
    (frozenset("brigade brigades militia front rebels".split()), "armed group", None),
    (frozenset("ministry police army".split()), "organ", None),
)
"""Words in a name that tell what kind of body it is, and its neutral side."""


class Bodies:
    """The institutions of one report. `bare` are the spans of "soldiers" and the like, with the force they are taken for."""

    def __init__(self, extraction: Extraction, words: Words, registry: Registry, trail: Trail, parties: list[Party]) -> None:
        self.words = words
        self.registry = registry
        self.trail = trail
        self.parties = parties
        self._by_name: dict[str, Party] = {}
        self._introduced(extraction)
        self._acronyms()

    def of_entry(self, entry: Entry) -> Party:
        """The party of a known institution."""
        party = self._by_name.get(entry.name)
        if party is None:
            party = Party(entry.name, entry.kind, side=entry.side, entry=entry, why=["known by name"])
            party.heads = set(re.findall(r"[^\W_]+", entry.name.casefold()))
            self._by_name[entry.name] = party
            self.parties.append(party)
        return party

    def of_hit(self, hit: Hit, position: int) -> Party | None:
        """The party that a name at `position` stands for, a bare organ ("the army") brought to the state spoken of; None if it
        tells nobody."""
        if hit.entry is not None:
            party = self.of_entry(hit.entry)
            words = self.words.text[slice(*hit.span)]
            if hit.entry.kind == "organ" and words.casefold() not in (n.casefold() for n in (party.name, *party.aliases)):
                party.why.append(f'"{words}" is the same body: what it does and whose it is')
            return party
        if hit.organ is None:
            return self.of_entry(hit.state) if hit.state is not None else None
        if hit.organ is ALLIANCE:
            return self._coalition(position)
        if hit.organ is MINISTRY and hit.state is not None:
            side = hit.state.side
            known = self.trail.latest(position, lambda p: _is_organ(p, MINISTRY) and p.side == side)
            return known or self.of_entry(Entry(f"{hit.state.demonyms[0]} ministry", "organ", side))
        return self._bare_organ(hit.organ, position)

    def named_at(self, hit: Hit) -> Party | None:
        """The party that a name mentions wherever it stands: a bare organ only where it is a force with its article ("the
        army")."""
        if hit.organ is None or hit.entry is not None or hit.organ is ALLIANCE or hit.state is not None:
            return self.of_hit(hit, hit.span[0])
        definite = self.words.text[: hit.span[0]].casefold().endswith("the ")
        return self.of_hit(hit, hit.span[0]) if definite and is_force(hit) else None

    def state(self, side: str | None) -> Entry | None:
        """The state of that name; None where the side is no state."""
        known = self.registry.named(side) if side else None
        return known if known is not None and known.kind == "state" else None

    def military_of(self, side: str | None) -> Party | None:
        """The military of that state."""
        state = self.state(side)
        military = next((o for o in self.registry.organs if o.name == "military"), None)
        return self.of_entry(self.registry.organ_of(military, state)) if state is not None and military is not None else None

    def home(self) -> Party | None:
        """The country or territory where the report plays: the one named as a place most often, or the only state named."""
        places: dict[str, int] = {}
        for hit in self.words.hits:
            if hit.entry is not None and (hit.place or (hit.entry.kind != "state" and hit.entry.demonyms)):
                places[hit.entry.name] = places.get(hit.entry.name, 0) + 1
        if not places:
            places = {e.name: 0 for h in self.words.hits if (e := h.state or h.entry) is not None and e.kind == "state"}
            if len(places) != 1:
                return None
        entry = self.registry.named(max(places, key=lambda n: places[n]))
        return self.of_entry(entry) if entry is not None else None

    def _bare_organ(self, organ: Organ, position: int) -> Party | None:
        """ "the military", "the ministry": the organ of that kind which spoke last, unless another state has taken the word
        since."""
        named = self.trail.latest(position, lambda p: _is_organ(p, organ))
        if organ.name in _AT_HOME:
            home = self.home()
            return named or (self._made(organ, home) if home is not None else None)
        for step in self.trail.back(position):
            if step.weight > 0 and _is_organ(step.party, organ):
                return step.party
            if step.weight > 0 and of_state(step.party) and organ is not MINISTRY and self.state(step.party.side) is not None:
                return self._made(organ, step.party)
        if named is not None or organ is MINISTRY:
            return named
        here = self.trail.foremost(position, self.words.sentence(position), of_state, reach=0)
        others = {p.side: p for p in self.parties if p.kind == "organ" and p.side}
        only = next(iter(others.values())) if len(others) == 1 else None
        owner = here or only
        if owner is None and organ.name == "government":
            states = {e.name: e for h in self.words.hits if (e := h.state or h.entry) is not None and e.kind == "state"}
            if len(states) == 1:
                party = self.of_entry(*states.values())
                party.why.append("inferred: the only state that the report names")
                return party
        return self._made(organ, owner) if owner is not None else None

    def _made(self, organ: Organ, owner: Party) -> Party | None:
        state = owner.entry if owner.entry is not None and owner.entry.demonyms else self.state(owner.side)
        return self.of_entry(self.registry.organ_of(organ, state)) if state is not None else None

    def _coalition(self, position: int) -> Party | None:
        """ "the coalition": the alliance named last, or later where it is the only one, or the one at war with a group named."""
        last = self.trail.latest(position, lambda p: p.kind == "organisation" and p.name.endswith("coalition"))
        if last is not None:
            return last
        present = {h.entry.name: h.entry for h in self.words.hits if h.entry is not None}
        named = [e for e in present.values() if e.name.endswith("coalition")]
        if named:
            return self.of_entry(named[0]) if len(named) == 1 else None
        against = [
            e for foe, alliance in _ALLIED_AGAINST.items() if foe in present and (e := self.registry.named(alliance)) is not None
        ]
        if len(against) != 1:
            return None
        party = self.of_entry(against[0])
        party.why.append("inferred: the coalition at war with the group that the report names")
        return party

    # --- bodies that the report itself introduces ----------------------------------------------------------------

    def _introduced(self, extraction: Extraction) -> None:
        """Organisations that reading found and the registry does not know: actors by their own words, wherever they recur."""
        words = self.words
        made: dict[tuple[str, ...], Entry] = {}
        for m in extraction.mentions:
            if m.kind != "organisation":
                continue
            i, j = words.range(m.span)
            while i < j and words.tokens[i].norm in ("the", "a", "an"):
                i += 1
            while j > i and words.tokens[j - 1].norm in ("'s", "'"):
                j -= 1
            if j - i < 2 or any(k in words.hit_of for k in range(i, j)) or not words.tokens[i].text[:1].isupper():
                continue
            if is_organisation(words, (i, j)) and i not in words.titles:
                name = words.quote(i, j)
                made.setdefault(tuple(t.norm for t in words.tokens[i:j]), Entry(name, *by_words(name)))
        for found in _OUTLET.finditer(words.text):
            i, j = words.range(found.span("name"))
            if CALENDAR.isdisjoint(t.norm for t in words.tokens[i:j]) and not any(k in words.hit_of for k in range(i, j)):
                made[tuple(t.norm for t in words.tokens[i:j])] = Entry(found["name"], "agency", side="media")
        for key, entry in made.items():
            places = (k for k, t in enumerate(words.tokens) if t.norm == key[0])
            words.cover(
                Hit(words.span(k, k + len(key)), entry)
                for k in places
                if tuple(t.norm for t in words.tokens[k : k + len(key)]) == key
            )

    def _acronyms(self) -> None:
        """ "Mosul Rescue Council (MRC)": the short name means the long one in this report."""
        words = self.words
        for hit in list(words.hits):
            if hit.entry is None or hit.place:
                continue
            found = _BRACKET.match(words.text, hit.span[1])
            if found is not None and _abbreviates(found["short"], words.text[slice(*hit.span)]):
                words.cover(Hit((t.start, t.end), hit.entry) for t in words.tokens if t.text == found["short"])


def is_force(hit: Hit) -> bool:
    """Whether a bare organ is an armed force: "soldiers", "the army"."""
    return hit.organ is not None and hit.organ.name in _FORCES


def by_words(name: str) -> tuple[ActorKind, str | None]:
    """Kind and neutral side of a body that is not known, as far as the words of its name tell."""
    found = {w.casefold() for w in re.findall(r"[^\W_]+", name)}
    return next(((kind, side) for words, kind, side in _BY_WORDS if words & found), ("organisation", None))


def _is_organ(party: Party, organ: Organ) -> bool:
    return party.kind == "organ" and (party.name.casefold().endswith(organ.name.casefold()) or organ.head in party.heads)


def _abbreviates(short: str, name: str) -> bool:
    """Whether the letters of `short` stand in `name` in that order, its first letter at a word's beginning."""
    letters = [c for c in short.casefold() if c.isalpha()]
    if not letters or letters[0] not in [w[0] for w in re.findall(r"[^\W_]+", name.casefold())]:
        return False
    rest = iter("".join(re.findall(r"[^\W_]", name.casefold())))
    return all(c in rest for c in letters)
