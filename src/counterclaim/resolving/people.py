"""The people named in one report: every spelling of a name brought to one person, every mention to its bearer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from counterclaim.records import Extraction
from counterclaim.resolving.discourse import Party
from counterclaim.resolving.names import PersonName, Title, first_sound, is_given, near, same_person, split_name
from counterclaim.resolving.naming import is_organisation, name_runs, person_at
from counterclaim.resolving.phrases import chunks, describe
from counterclaim.resolving.registry import Hit
from counterclaim.resolving.words import Words

Run = tuple[int, int]
"""Token indexes of a name, end exclusive."""

_TELLING = 6
"""Letters from which a lone capital word close to a known surname is taken for it in another spelling ("Skrocki", "Scrocca")."""


class People:
    """Who is named in a report. `tokens` are those that reading took for persons, `persons` the people, `found` every place where
    one is named, in order."""

    def __init__(self, extraction: Extraction, words: Words) -> None:
        self.words = words
        self.extraction = extraction
        self._uncover_names()
        mentioned = (words.range(m.span) for m in extraction.mentions if m.kind == "person")
        self.tokens = frozenset(k for i, j in mentioned for k in range(i, j) if k not in words.hit_of)
        sources = (words.range(span) for s in extraction.statements for span in s.source)
        self._speaking = frozenset(k for i, j in sources for k in range(i, j))
        self.persons: list[Party] = []
        self._alike: dict[str, list[Party]] = {}
        self.found: list[tuple[Run, Party]] = self._find()

    @property
    def surnames(self) -> frozenset[str]:
        """The last words of the surnames known, folded."""
        return frozenset(p.person.surname.split()[-1].casefold() for p in self.persons if p.person)

    def bearer(self, run: Run) -> Party | None:
        """Who is named by the words of `run`: for a bare surname of several people the one named last before; None if nobody."""
        first = self._past_the_opening_word(*run)
        return self._bearer(split_name(self._written((first, run[1]))), first)

    def _uncover_names(self) -> None:
        """Takes back institutions that are part of a person's name ("Israel Katz", "Ann Wagner"), also where it recurs."""
        words = self.words
        surnames: set[str] = set()
        for m in self.extraction.mentions:
            if m.kind != "person":
                continue
            i, j = words.range(m.span)
            plain = any(k not in words.hit_of and k not in words.titles and words.tokens[k].text.istitle() for k in range(i, j))
            for k in range(i, j):
                hit = words.hit_of.get(k)
                alone = hit is not None and words.range(hit.span) == (k, k + 1) and words.tokens[k].text.istitle()
                if plain and alone and hit is not None and _may_be_a_name(hit):
                    words.uncover(hit)
                    surnames.update({words.tokens[k].norm} if k == j - 1 else ())
        for hit in [h for h in words.hits if surnames and _may_be_a_name(h)]:
            if words.text[slice(*hit.span)].casefold() in surnames:
                words.uncover(hit)

    # --- finding -------------------------------------------------------------------------------------------------

    def _find(self) -> list[tuple[Run, Party]]:
        """Full names first, then what is left of them: an initial, a bare surname, another spelling."""
        runs = self._runs()
        named = sorted(((r, split_name(self._written(r))) for r in runs), key=lambda n: (not n[1].given, is_initial(n[1]), n[0]))
        for run, name in named:
            self._add(run, name)
        found = {run: self._bearer(name, run[0]) for run, name in named}
        taken = {k for run in found for k in range(*run)}
        for run in self._left_over(taken):
            found[run] = self._bearer(split_name(self._written(run)), run[0])
        return sorted(((run, p) for run, p in found.items() if p is not None), key=lambda n: n[0])

    def _runs(self) -> list[Run]:
        """The runs of capital words that are a person's name: they speak, bear a title, begin with a given name, or the parser
        took them for a person and they have a surname that one of those has."""
        words = self.words
        spoken = [s for st in self.extraction.statements for s in (*st.source, st.antecedent, *st.via, st.about) if s is not None]
        runs: dict[Run, None] = {}
        for span in spoken:
            for a, b in chunks(words, *words.range(span)):
                told = describe(words, a, b, self.tokens)
                if told is not None and told.name is not None:
                    runs[(self._past_the_opening_word(*told.name), told.name[1])] = None
        speaking = set(runs)
        later: list[Run] = []
        for start, b in self._written_like_names():
            a = self._past_the_opening_word(start, b)
            if is_organisation(words, (a, b)):
                continue
            person = any(k in self.tokens for k in range(a, b))
            title = self._title_before(a)
            titled = title is not None and title.kind in ("rank", "honorific", "office")
            if titled or (b - a > 1 and (person or is_given(words.tokens[a].norm))):
                runs[(a, b)] = None
            elif b - a > 1 or person:
                later.append((a, b))
        surnames = {words.tokens[b - 1].norm for _, b in runs}
        runs.update({r: None for r in later if words.tokens[r[1] - 1].norm in surnames})
        return [r for r in runs if r in speaking or not self._is_place(r)]

    def _written_like_names(self) -> Iterator[Run]:
        """Every run of capital words; in a text all in capitals only those that the parser took for a person."""
        if not self.words.shouting:
            yield from name_runs(self.words, 0, len(self.words.tokens))
            return
        for m in self.extraction.mentions:
            if m.kind == "person":
                yield from name_runs(self.words, *self.words.range(m.span))

    def _left_over(self, taken: set[int]) -> Iterator[Run]:
        """Lone capital words not yet taken that are a known surname, or near enough to one, with the particle or initial before
        them."""
        tokens, lasts = self.words.tokens, self.surnames
        for k, token in enumerate(tokens):
            if (
                k in taken
                or k in self.words.hit_of
                or k in self.words.titles
                or len(token.text) < 3
                or not token.text[0].isupper()
            ):
                continue
            if token.norm not in lasts and (len(token.text) < _TELLING or not any(near(token.text, last) for last in lasts)):
                continue
            particle = k > 1 and tokens[k - 1].text in "-'’" and tokens[k - 2].norm in ("al", "el", "o", "d")
            initial = k > 1 and tokens[k - 1].text == "." and len(tokens[k - 2].text) == 1 and tokens[k - 2].text.isupper()
            yield (k - 2 if particle or initial else k), k + 1

    def _title_before(self, a: int) -> Title | None:
        """The title that ends right before token `a`, its full stop passed over."""
        words = self.words
        k = a - 1
        while k > 0 and words.tokens[k].text in ".-":
            k -= 1
        ending = (
            t
            for m in range(max(0, k - 2), k + 1)
            if (t := words.titles.get(m)) and m + len(t.words) == k + 1 and m not in words.hit_of
        )
        return next(ending, None)

    def _past_the_opening_word(self, a: int, b: int) -> int:
        """Past a capital word that is no name: one that opens the sentence ("Note J. Smith"), or stands before a given name
        ("Attorney Ann Smith")."""
        tokens = self.words.tokens
        if b - a < 2 or is_given(tokens[a].norm):
            return a
        given = next((k for k in range(a + 1, b - 1) if is_given(tokens[k].norm)), None)
        if given is not None and a not in self.tokens:
            return given
        opens = a == 0 or tokens[a - 1].text in '.“"”' or self.words.opens_sentence(a)
        initial = a + 2 < b and len(tokens[a + 1].text) == 1 and tokens[a + 2].text == "."
        return a + 1 if opens and (initial or a not in self.tokens) else a

    def _is_place(self, run: Run) -> bool:
        """Whether a lone capital word is the name of a place."""
        a, b = run
        if b - a > 1:
            return False
        after = self.words.tokens[b].norm if b < len(self.words.tokens) else ""
        return (a in self.words.places and a not in self.tokens) or after in ("city", "province", "district")

    # --- bringing together ---------------------------------------------------------------------------------------

    def _add(self, run: Run, name: PersonName) -> None:
        """Joins a name to the person it fits, or makes a new one; the fullest name first given stays the name."""
        party = self._bearer(name, run[0])
        if party is None:
            party = Party(name.full, "person", person=name)
            self.persons.append(party)
            self._alike.setdefault(first_sound(name.surname), []).append(party)
        elif name.given and party.person and (not party.person.given or (is_initial(party.person) and not is_initial(name))):
            party.person, party.name = name, name.full
        told = person_at(self.words, run)
        party.gender = party.gender or told.gender or name.gender
        party.heads.update(w for t in told.titles for w in t.words)

    def _bearer(self, name: PersonName, position: int) -> Party | None:
        fits = [p for p in self._alike.get(first_sound(name.surname), ()) if p.person is not None and same_person(p.person, name)]
        if not fits and not name.given and not is_given(name.surname.casefold()):  # family names that come first ("Mr Moon")
            fits = [p for p in self.persons if p.person is not None and p.person.given[:1] == (name.surname,)]
        exact = [p for p in fits if p.person and p.person.surname.casefold() == name.surname.casefold()]
        fits = exact or fits
        return self._last_written(fits, position) if len(fits) > 1 else next(iter(fits), None)

    def _last_written(self, fits: Sequence[Party], position: int) -> Party:
        """Of several people of one surname the one who spoke last before token `position` under his given name, else the one
        whose given name was written last."""
        before = {t.text: k for k, t in enumerate(self.words.tokens[:position])}
        spoke = {t.text: k for k, t in enumerate(self.words.tokens[:position]) if k in self._speaking}

        def given(party: Party) -> str:
            return (party.person.given[0] if party.person and party.person.given else party.name).split()[0]

        return max(fits, key=lambda p: (spoke.get(given(p), -1), before.get(given(p), -1)))

    def _written(self, run: Run) -> str:
        """A name as written but for the blanks around hyphens and initials, and for capitals where all is in capitals."""
        return clean(self.words.quote(*run))


def _may_be_a_name(hit: Hit) -> bool:
    return hit.entry is not None and hit.organ is None and hit.entry.kind in ("state", "armed group", "agency")


def usual_spelling(party: Party, text: str) -> None:
    """Gives a person the full name whose surname is spelt as most mentions spell it."""
    if party.person is None:
        return
    names = [split_name(clean(a)) for a in (party.name, *party.aliases) if " " in a]
    fulls = [
        n for n in names if len(n.given) >= max(1, len(party.person.given)) and not is_initial(n) and same_person(n, party.person)
    ]
    counts = {n.surname: len(re.findall(rf"\b{re.escape(n.surname)}\b", text)) for n in fulls}
    best = max(fulls, key=lambda n: counts[n.surname], default=party.person)
    if counts.get(best.surname, 0) > counts.get(party.person.surname, 0):
        party.aliases.append(party.name)
        party.name = best.full


def clean(name: str) -> str:
    """A name without the blanks that line breaks and spaced initials leave; written in capitals throughout, in the usual way."""
    name = re.sub(r"\s*([-‐])\s*", r"\1", re.sub(r"\b([A-Z])\s*\.\s*", r"\1. ", name)).strip()
    return name.title() if name.isupper() and len(name) > 4 else name


def is_initial(name: PersonName) -> bool:
    """Whether only an initial is given before the surname."""
    return bool(name.given) and len(name.given[0].rstrip(".")) == 1
