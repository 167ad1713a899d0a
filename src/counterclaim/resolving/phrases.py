"""What the words that name a speaker tell by themselves: a person's name and role, an institution, or a description."""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from counterclaim.records import Offsets, SpeakerKind
from counterclaim.resolving.names import PARTICLES, Gender, Title, near, title_at
from counterclaim.resolving.registry import LINKED, Hit, Registry, Token, table, tokenize

Nature = Literal["person", "institution", "unnamed", "document", "pronoun"]

DOCUMENTS = frozenset("statement report inquiry investigation review summary account document letter communique message tweet post study assessment".split())
"""Nouns of papers that speak for whoever issued them."""

BODIES = frozenset(
    "group organisation agency movement observatory council committee body network newspaper paper channel broadcaster service militia charity "
    "watchdog monitor ministry department institute commission centre association federation force forces command company union delegation "
    "mission team office state country kingdom republic faction alliance coalition site website outlet station hospital party".split()
)
"""Nouns of bodies that stand for one named before ("the group")."""

_ORGANISATION_WORDS = BODIES | frozenset(
    "news times post media press international university foundation society brigade brigades army front court bank parliament district school "
    "civil human rights board authority corps division tv radio".split()
)
"""Words that make a run of capital words an organisation's name and no person's."""

PRONOUNS = frozenset("he she it they him her them who we i both his its their".split())
_DEFINITE = frozenset({"the", "that", "this", "these", "those"})
_POSSESSIVE = frozenset({"his", "her", "its", "their"})
_ARTICLES = frozenset("the a an this that these those another one two three several some many most other different both".split()) | {"few"}
_INSTEAD = frozenset({"another", "different", "other", "second", "a", "an", "one", "two", "three", "several", "some", "many", "few", "most"})
_DESCRIBING = frozenset(
    "chief deputy senior lead official acting former army military humanitarian special permanent assistant then regional local top government "
    "veteran civil police united nations coalition state national federal joint staff retired first executive managing foreign press political "
    "municipal provincial health interior capital city province".split()
)
"""Small-letter words that may stand between a state or body and the name of the one who speaks for it."""
_OUTWARD = frozenset({"of", "for", "from", "at", "with", "in"})
_ENDS = frozenset("who which that under working based in on near fighting speaking citing said says told and as during after before to about by quoting close familiar inside also".split())
_MARKS = frozenset({",", "(", "—", "–", ";"})
_CLAUSES = frozenset("leads heads commands runs chairs directs ran led headed commanded chaired advises represents oversees".split())
_VERBS = frozenset("said says told also added has had was is were wrote spoke who announced claimed denied confirmed called described".split())
"""Words that end what explains a name, where no comma does."""
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november "
    "december".split()
)
_FUNCTION = frozenset(
    "the a an this that these those another one two three four five several some many most other both few he she it they we i his her its their "
    "according earlier later last on in at but and also meanwhile however yet after before while when as for by with from to of if there what "
    "who no not yesterday today previously following despite amid".split()
)


@dataclass(frozen=True, slots=True)
class PersonNoun:
    """A noun for people who speak: how many, whether a crowd, and the neutral side it tells ("residents", "medical"), if any."""

    plural: bool
    kind: SpeakerKind
    side: str | None


@functools.cache
def person_nouns() -> dict[str, PersonNoun]:
    """Nouns for people who speak, by their folded form."""
    return {
        r["noun"]: PersonNoun(r["number"] == "plural", "collective" if r["kind"] == "collective" else "unnamed", r["side"] or None)
        for r in table("people.csv")
    }


class Words:
    """A text as tokens, with the institutions and the sentences found in it; what all steps of resolving look things up in."""

    def __init__(self, text: str, registry: Registry, sentences: Iterable[Offsets] = (), places: Iterable[Offsets] = ()) -> None:
        self.text = text
        self.registry = registry
        self.tokens = tokenize(text)
        self.sentences = tuple(sentences) or ((0, len(text)),)
        self._starts = [t.start for t in self.tokens]
        self._sentence_starts = [s[0] for s in self.sentences]
        self.hits: list[Hit] = []
        self.hit_of: dict[int, Hit] = {}
        self.cover(registry.scan(text, self.tokens))
        self.titles = {k: t for k in range(len(self.tokens)) if (t := title_at(self.tokens, k)) is not None}
        self.in_title = frozenset(m for k, t in self.titles.items() for m in range(k, k + len(t.words)))
        self.places = frozenset(k for span in places for k in range(*self.range(span)))

    def cover(self, hits: Iterable[Hit]) -> None:
        """Adds institutions found; one that overlaps an earlier hit replaces it only where it is longer."""
        for hit in hits:
            i, j = self.range(hit.span)
            inside = {id(h): h for k in range(i, j) if (h := self.hit_of.get(k)) is not None}
            if any(h.span[1] - h.span[0] >= hit.span[1] - hit.span[0] for h in inside.values()):
                continue
            for h in inside.values():
                self.uncover(h)
            self.hits.append(hit)
            for k in range(i, j):
                self.hit_of[k] = hit

    def uncover(self, hit: Hit) -> None:
        """Takes back a hit that turned out to be part of something else."""
        self.hits = [h for h in self.hits if h is not hit]
        self.hit_of = {k: h for k, h in self.hit_of.items() if h is not hit}

    def range(self, span: Offsets) -> tuple[int, int]:
        """Token indexes from the first token that touches `span` to the one after the last."""
        i = bisect_right(self._starts, span[0]) - 1
        if i < 0 or self.tokens[i].end <= span[0]:
            i += 1
        return i, max(i, bisect_left(self._starts, span[1]))

    def span(self, i: int, j: int) -> Offsets:
        """Offsets of tokens `i` to `j`, end exclusive."""
        return self.tokens[i].start, self.tokens[j - 1].end

    def quote(self, i: int, j: int) -> str:
        """The words of tokens `i` to `j` as they stand, blanks made one."""
        return " ".join(self.text[slice(*self.span(i, j))].split()) if j > i else ""

    def sentence(self, position: int) -> int:
        """The index of the sentence that holds `position`."""
        return max(0, bisect_right(self._sentence_starts, position) - 1)

    def near(self, i: int) -> bool:
        """Whether token `i` follows the one before it with nothing but one blank, or none, between."""
        return i > 0 and self.tokens[i].start - self.tokens[i - 1].end <= 1


@dataclass(frozen=True, slots=True)
class Described:
    """What one phrase tells. `name` is the token range of a person's name. `body` is the institution it is (nature
    "institution"), speaks for (a person, an unnamed one) or was issued by (a document); `body_words` the words of one that
    is not known by name, or of a bare organ. `head` is the folded noun it turns on, `owner` a leading "its", "his", "their"."""

    span: Offsets
    nature: Nature
    text: str
    head: str = ""
    name: tuple[int, int] | None = None
    body: Hit | None = None
    body_words: str | None = None
    role: str | None = None
    titles: tuple[Title, ...] = ()
    plural: bool = False
    definite: bool = False
    owner: str | None = None
    place: Hit | None = None

    @property
    def gender(self) -> Gender | None:
        """What the titles tell."""
        return next((t.gender for t in self.titles if t.gender), None)


# --- names of people -----------------------------------------------------------------------------------------------


def name_runs(words: Words, i: int, j: int) -> Iterator[tuple[int, int]]:
    """Token ranges in `i` to `j` that are written like names: capital words that are no known institution, title or
    function word, with the particles, initials and hyphens between them."""
    k = i
    while k < j:
        if not _name_word(words, k):
            title = words.titles.get(k) if k not in words.hit_of else None
            k += len(title.words) if title else 1
            continue
        start = k
        k += 1
        while k < j:
            if _name_word(words, k) and (words.near(k) or words.tokens[k - 1].text == "."):
                k += 1
            elif _hyphened(words, k, j):
                k += 2
            elif words.tokens[k].text == "." and len(words.tokens[k - 1].text) == 1 and k + 1 < j and _name_word(words, k + 1):
                k += 1
            elif words.tokens[k].norm in PARTICLES and _goes_on(words, k + 1, j):
                k += 1
            else:
                break
        yield start, k


def _goes_on(words: Words, k: int, j: int) -> bool:
    """Whether a name word stands at `k`, a hyphen passed over."""
    k += k < j and words.tokens[k].text == "-"
    return k < j and _name_word(words, k)


def _hyphened(words: Words, k: int, j: int) -> bool:
    """Whether a hyphen or apostrophe at `k` goes on with the name ("Ki-moon", "O'Brien"), and not with "-based"."""
    if words.tokens[k].text not in "-–‐'’" or k + 1 >= j or k + 1 in words.hit_of:
        return False
    before, after = words.tokens[k - 1], words.tokens[k + 1]
    joined = words.tokens[k].start == before.end and after.start == words.tokens[k].end
    return joined and after.text[:1].isalpha() and after.norm not in LINKED


def _name_word(words: Words, k: int) -> bool:
    token = words.tokens[k]
    if not token.text[:1].isupper() or not token.text[0].isalpha() or k in words.hit_of or token.norm in _FUNCTION or token.norm in _CALENDAR:
        return False
    if len(token.text) > 1 and token.text.isupper():
        return False
    title = words.titles.get(k)
    return title is None or (title.kind == "office" and len(title.words) == 1 and token.norm in {"judge", "king", "prince"})


def is_organisation(words: Words, run: tuple[int, int]) -> bool:
    """Whether a run of capital words holds a word that makes it an organisation's name."""
    return any(words.tokens[k].norm in _ORGANISATION_WORDS for k in range(*run))


def person_at(words: Words, name: tuple[int, int]) -> Described:
    """What the words around a person's name tell: titles, role, and the body spoken for."""
    a, b = name
    first = _left_edge(words, a)
    titles = tuple(_titles(words, first, a))
    role = words.quote(_after_article(words, first), _role_end(words, a)) if titles else None
    body, body_words = _body_before(words, first, a, titles)
    owner = words.tokens[first].norm if first < a and words.tokens[first].norm in _POSSESSIVE else None
    after = _after(words, b)
    place = None
    if after is not None:
        after_titles = tuple(_titles(words, *after))
        if body is None or not titles:
            found, found_words = _body_after(words, *after)
            if found is not None or found_words:
                body, body_words = (found, found_words) if body is None or found is not None else (body, body_words)
        if not any(t.kind in ("office", "role") for t in titles):
            start = _after_article(words, after[0])
            role = words.quote(start, after[1]) if after_titles or words.tokens[after[0]].norm == "who" else role
        titles = (*titles, *after_titles)
    span = words.span(a, b)
    return Described(span, "person", words.quote(a, b), words.tokens[b - 1].norm, name, body, body_words, role, titles, owner=owner, place=place)


def _titles(words: Words, i: int, j: int) -> Iterator[Title]:
    k = i
    while k < j:
        title = words.titles.get(k)
        if title is not None and k + len(title.words) <= j:
            yield title
            k += len(title.words)
        else:
            k += 1


def _role_end(words: Words, a: int) -> int:
    """Where the role before a name ends: ahead of its ranks and honorifics and of a comma."""
    k = a
    while k:
        token = words.tokens[k - 1]
        title = words.titles.get(k - 1)
        if token.text in ".,-" or (title is not None and title.kind in ("rank", "honorific") and k - 1 not in words.hit_of):
            k -= 1
        else:
            return k
    return k


def _left_edge(words: Words, a: int) -> int:
    """The first token of what stands before a name and belongs to it: titles, ranks, bodies and the little words between."""
    first = k = a
    comma = False
    while k > 0 and a - k < 24:
        token = words.tokens[k - 1]
        if token.start and "\n" in words.text[token.end : words.tokens[k].start]:
            break
        hit = words.hit_of.get(k - 1)
        if hit is not None:
            k = words.range(hit.span)[0]
            first = k
        elif _title_ends(words, k - 1) or token.norm in _DESCRIBING:
            k -= 1
            first = k
        elif token.text in "-.’'" or token.norm == "'s":
            k -= 1
            if token.text == "." and len(words.tokens[k - 1].text) > 4:
                break
        elif token.text == "," and not comma and (role := _role_before_comma(words, k - 1)) is not None:
            comma = True
            k = first = role
        elif token.norm in {"of", "for", "the", "and", "to"} and k > 1:
            if token.norm == "and" and first == k:
                before = words.hit_of.get(k - 2)
                if before is None or first not in words.hit_of:
                    break
            k -= 1
            if token.norm == "the" and k < first <= k + 1:
                first = k
        elif token.norm in {"a", "an", "its", "his", "their", "her"}:
            if first <= k:
                first = k - 1
            break
        else:
            break
    return first


def _title_ends(words: Words, k: int) -> bool:
    """Whether token `k` is the last or only word of a title, or inside one."""
    return k in words.in_title


def _role_before_comma(words: Words, comma: int) -> int | None:
    """Where a role or body ends that stands before a comma: "Its spokesman, Igor ...", "A correspondent in Erbil, Hoda ..."; else None."""
    if comma - 1 in words.hit_of:
        return comma
    for m in range(comma - 1, max(-1, comma - 5), -1):
        if _title_ends(words, m):
            return m + 1
        if words.tokens[m].norm in _FUNCTION and words.tokens[m].norm not in ("in", "for", "of", "the"):
            return None
    return None


def _after_article(words: Words, i: int) -> int:
    while i < len(words.tokens) and words.tokens[i].norm in _ARTICLES | _POSSESSIVE:
        i += 1
    return i


def _after(words: Words, b: int) -> tuple[int, int] | None:
    """The token range of what explains a name behind it: an apposition, "of ..." or "for ...", "who heads ..."; else None."""
    if b >= len(words.tokens):
        return None
    token = words.tokens[b]
    if token.norm in ("of", "for", "from"):
        return b, _phrase_end(words, b + 1, 9)
    if token.text != "," or b + 2 >= len(words.tokens):
        return None
    following = words.tokens[b + 1]
    if following.norm == "who":
        m = b + 2
        while m < len(words.tokens) and m < b + 5 and words.tokens[m].norm not in _CLAUSES:
            m += 1
        return (b + 1, _phrase_end(words, m + 1, 9)) if m < len(words.tokens) and words.tokens[m].norm in _CLAUSES else None
    end = b + 1
    while end < len(words.tokens) and end - b < 22 and words.tokens[end].text not in {",", ";", ".", "(", ")", "—", "”", "“", '"', ":"}:
        if words.tokens[end].norm in _CALENDAR | _VERBS:
            end -= words.tokens[end - 1].norm == "on"
            break
        end += 1
    if following.norm in ("for", "of"):
        return b + 1, _phrase_end(words, b + 2, 9)
    starts = following.norm in _ARTICLES or (b + 1) in words.hit_of or words.titles.get(b + 1) is not None or following.norm in _DESCRIBING
    if starts and any(True for _ in _titles(words, b + 1, end)):
        return b + 1, end
    return None


def _phrase_end(words: Words, i: int, limit: int) -> int:
    """Where a noun phrase that begins at `i` ends: before a mark, a participle, a relative or a verb of saying."""
    k = i
    while k < len(words.tokens) and k - i < limit:
        token = words.tokens[k]
        if k in words.hit_of:
            k += 1
            continue
        if not token.text[:1].isalpha() and token.text not in "-’'" and token.norm != "'s":
            break
        if k > i and (token.norm in _ENDS or token.norm.endswith("ing") or (token.norm.endswith("ed") and token.text.islower())):
            break
        k += 1
    return k


def _body_before(words: Words, i: int, a: int, titles: tuple[Title, ...]) -> tuple[Hit | None, str | None]:
    """The body that a person named after tokens `i` to `a` speaks for: the last one there that is no destination ("ambassador
    to the UN"); with only a state there, the organ that the office heads ("Russian Foreign Minister")."""
    found: Hit | None = None
    state: Hit | None = None
    k = i
    while k < a:
        hit = words.hit_of.get(k)
        if hit is None:
            k += 1
            continue
        if k and words.tokens[k - 1].norm == "to" or (k > 1 and words.tokens[k - 1].norm == "the" and words.tokens[k - 2].norm == "to"):
            pass
        elif hit.organ is None and (hit.entry is None or hit.entry.kind == "state"):
            state = hit
        else:
            found = hit
        k = words.range(hit.span)[1]
    if found is None:
        return _of_office(words, state, titles), None
    if found.organ is not None and found.entry is None and state is not None and state.span < found.span:
        return _joined(words, state, found), words.text[slice(*found.span)]
    return found, words.text[slice(*found.span)] if found.entry is None else None


def _state_of(hit: Hit) -> Hit:
    return hit


def _joined(words: Words, state: Hit, organ: Hit) -> Hit:
    """A state and a bare organ in one phrase make that state's organ ("Iraqi civil forces")."""
    entry = state.entry or state.state
    if entry is None or organ.organ is None or organ.organ.head in ("ministry", "coalition") and organ.organ.name in ("ministry", "coalition"):
        return organ
    return Hit(organ.span, words.registry.organ_of(organ.organ, entry))


def _of_office(words: Words, state: Hit | None, titles: tuple[Title, ...]) -> Hit | None:
    office = next((t.organ for t in titles if t.kind == "office" and t.organ), None)
    entry = (state.entry or state.state) if state else None
    if office is None:
        return Hit(state.span, entry) if state and entry else None
    known = words.registry.named(office)
    if known is not None and (entry is None or known.side == entry.side):
        return Hit(state.span if state else (0, 0), known)
    organ = next((o for o in words.registry.organs if o.name == office), None)
    if state is None or entry is None:
        return None
    return Hit(state.span, words.registry.organ_of(organ, entry) if organ else entry)


def _body_after(words: Words, i: int, j: int) -> tuple[Hit | None, str | None]:
    """The body named behind a person's name in tokens `i` to `j`, known or by its words."""
    titles = tuple(_titles(words, i, j))
    # "ambassador to the UN", "adviser to ...": what follows "to" is where, what stands before is for whom
    to = next((k for k in range(i, j) if words.tokens[k].norm == "to"), j)
    out = next((k for k in range(i, to) if words.tokens[k].norm in _OUTWARD or words.tokens[k].norm in _CLAUSES), None)
    before = next((h for k in range(i, out if out is not None else i) if (h := words.hit_of.get(k)) is not None and h.organ is not None), None)
    if out is not None and before is not None and out > i:  # "civil defence chief of Nineveh": the service, not the place
        return before, words.text[slice(*before.span)]
    if out is not None:
        start = _after_article(words, out + 1)
        end = min(_phrase_end(words, start, 9), to)
        if start >= end or words.tokens[start].norm in _OUTWARD:
            return None, None
        hits = [h for k in range(start, end) if (h := words.hit_of.get(k)) is not None]
        named = next((h for h in hits if h.entry is not None and h.entry.kind != "state"), None)
        if named is not None:
            return named, None
        quote = words.quote(start, end) or None
        if words.tokens[end - 1].norm in DOCUMENTS:
            return None, None
        state = next((h for h in hits if h.organ is None), None)
        organ = next((h for h in hits if h.organ is not None and h.entry is None), None)
        if organ is not None and state is not None:
            return (_joined(words, state, organ) if words.range(organ.span)[1] - words.range(state.span)[0] <= 3 and end - start <= 2 else state), quote
        if organ is not None:
            return organ, quote
        if state is not None and state.entry is not None and words.range(state.span) == (start, end):
            return state, None
        return state, quote
    body, text = _body_before(words, i, min(to, j), titles)
    return body, text


# --- phrases -------------------------------------------------------------------------------------------------------


def chunks(words: Words, i: int, j: int) -> list[tuple[int, int]]:
    """Token ranges of the parties that a phrase joins ("Damascus and Moscow"); the whole range where it names one."""
    for k in range(i + 1, j - 1):
        if words.tokens[k].norm != "and" or k in words.hit_of:
            continue
        left, right = (i, k), (k + 1, j)
        if _stands_alone(words, *right) and _can_end(words, *left) and not _inside_a_phrase(words, left, right):
            return [*_listed(words, *left), *chunks(words, *right)]
    return [(i, j)]


def _inside_a_phrase(words: Words, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether the "and" joins two names behind a preposition ("crews from Australia and Denmark") and no two speakers."""
    start = _after_article(words, left[0])
    at = _head_at(words, start, left[1])
    behind = any(words.tokens[k].norm in _OUTWARD for k in range(at + 1, left[1]) if k not in words.hit_of)
    return behind and left[1] - 1 in words.hit_of and _after_article(words, right[0]) == right[0] and _head(words, *right) not in person_nouns()


def _listed(words: Words, i: int, j: int) -> list[tuple[int, int]]:
    """The members of "Egypt, Qatar" before an "and": split at commas where every part is a known institution."""
    parts: list[tuple[int, int]] = []
    start = i
    for k in range(i, j + 1):
        if k == j or words.tokens[k].text == ",":
            parts.append((start, k))
            start = k + 1
    whole = all(p[0] < p[1] and (h := words.hit_of.get(_after_article(words, p[0]))) is not None and words.range(h.span)[1] == p[1] for p in parts)
    return parts if whole else [(i, j - 1 if words.tokens[j - 1].text == "," else j)]


def _stands_alone(words: Words, i: int, j: int) -> bool:
    """Whether what follows an "and" is a party of its own."""
    start = _after_article(words, i)
    if start >= j:
        return False
    hit = words.hit_of.get(start)
    if hit is not None and (hit.entry is not None or hit.organ is not None):
        return True
    if start == i and any(words.tokens[k].norm in person_nouns() for k in range(i, j) if k not in words.hit_of):
        return True
    if start > i and hit is None and _head(words, start, j) in person_nouns():
        return True
    run = next(name_runs(words, start, j), None)
    return (hit is not None or start > i or words.titles.get(start) is not None or (run is not None and run[0] == start and run[1] - run[0] > 1)) and _speaks(words, start, j)


def _can_end(words: Words, i: int, j: int) -> bool:
    """Whether the words before an "and" are a whole party, not the first half of a name or an adjective."""
    last = words.hit_of.get(j - 1)
    if last is not None and last.entry is None and last.organ is None and words.tokens[j - 1].norm not in ("us",):
        return False
    return _speaks(words, i, j)


def _speaks(words: Words, i: int, j: int) -> bool:
    if any(words.hit_of.get(k) is not None for k in range(i, j)):
        return True
    return any(words.tokens[k].norm in person_nouns() or words.tokens[k].norm in BODIES for k in range(i, j)) or any(True for _ in name_runs(words, i, j))


def _head(words: Words, i: int, j: int) -> str:
    """The folded noun that a phrase turns on: the last word before its first "of", participle, relative, comma or bracket."""
    return words.tokens[_head_at(words, i, j)].norm


def _head_at(words: Words, i: int, j: int) -> int:
    k = i
    while k < j:
        token = words.tokens[k]
        hit = words.hit_of.get(k)
        if hit is not None:
            k = max(k + 1, min(j, words.range(hit.span)[1]))
            continue
        if k > i and words.tokens[k - 1].text != "-" and (token.text in _MARKS or token.norm in _OUTWARD | _ENDS or token.norm.endswith("ing")):
            break
        if k > i and token.norm.endswith("ed") and token.text.islower() and words.tokens[k - 1].norm in DOCUMENTS | BODIES | person_nouns().keys():
            break
        k += 1
    last = k - 1
    while last > i and (not words.tokens[last].text[:1].isalpha() or words.tokens[last].norm == "'s"):
        last -= 1
    return last


def _after_time(words: Words, i: int, j: int) -> int:
    """Past a time that the parser took into the phrase ("A day earlier a different officer")."""
    for k in range(i + 1, min(i + 4, j - 1)):
        if words.tokens[k].norm in ("earlier", "later", "before", "afterwards") and words.tokens[k - 1].norm.rstrip("s") in _TIMES:
            return k + 1
    return i


_TIMES = frozenset({"minute", "hour", "day", "week", "month", "year"})


def describe(words: Words, i: int, j: int, people: frozenset[int] = frozenset(), surnames: frozenset[str] = frozenset()) -> Described | None:
    """What the phrase of tokens `i` to `j` tells; None where it is empty.

    `people` are tokens that reading took for persons, `surnames` the folded surnames already known in the report.
    """
    while i < j and (not words.tokens[i].text[:1].isalnum()):
        i += 1
    while j > i and not words.tokens[j - 1].text[:1].isalnum() and words.tokens[j - 1].norm != "'s":
        j -= 1
    if i >= j:
        return None
    i = _after_time(words, i, j)
    span, text = words.span(i, j), words.quote(i, j)
    first = words.tokens[i].norm
    if j - i == 1 and first in PRONOUNS and i not in words.hit_of:
        return Described(span, "pronoun", text, first, plural=first in {"they", "them", "both", "we", "their"})
    owner = first if first in _POSSESSIVE else None
    start = _after_article(words, i)
    if start >= j:
        return Described(span, "unnamed", text, first, plural=first not in {"one", "another"})
    definite = first in _DEFINITE or owner is not None
    run = _speaker_name(words, i, j, people, surnames)
    if run is not None:
        person = person_at(words, run)
        return person
    at = _head_at(words, start, j)
    head, hit = words.tokens[at].norm, words.hit_of.get(at)
    noun = person_nouns().get(head)
    bodies = [h for k in range(start, j) if (h := words.hit_of.get(k)) is not None and not h.place]
    place = next((h for k in range(at, j) if (h := words.hit_of.get(k)) is not None and h.place), None)
    if hit is not None and (noun is None or hit.entry is not None):
        whole = hit.entry is None or hit.entry.kind != "state" or words.range(hit.span)[0] <= start or len(bodies) == 1
        if whole and (hit.organ is not None or hit.entry is not None or hit.state is not None):
            body = _with_state(words, hit, start)
            return Described(span, "institution", text, hit.organ.head if hit.organ else head, body=body, body_words=words.text[slice(*hit.span)], definite=definite, owner=owner)
    inside = next((h for h in reversed(bodies) if h.span[0] < words.tokens[at].start), None)
    if head in DOCUMENTS:
        return Described(span, "document", text, head, body=_with_state(words, inside, start) if inside else _behind(words, at, j), definite=definite, owner=owner)
    name = _in_apposition(words, at, j) if hit is None else None
    if name is not None and (head in BODIES or head in DOCUMENTS or (noun is not None and noun.kind == "collective")):
        return Described(span, "institution", text, head, body=name, body_words=words.text[slice(*name.span)], definite=definite)
    if noun is None and head in BODIES and inside is not None and inside.entry is not None and inside.entry.kind not in ("state", "organ"):
        return Described(span, "institution", text, head, body=inside, body_words=text, definite=definite)
    if noun is None and head in BODIES:
        state = Hit(inside.span, inside.entry or inside.state) if inside else None
        return Described(span, "institution", text, head, body=state, body_words=text, definite=definite, owner=owner, plural=head.endswith("s"))
    body = _with_state(words, inside, start) if inside is not None else _behind(words, at, j)
    titles = tuple(_titles(words, start, j))
    if body is not None and body.entry is not None and body.entry.kind == "state":
        body = _of_office(words, body, titles) or body
    if noun is None and hit is None and words.tokens[at].text[:1].isupper():
        run = next((r for r in name_runs(words, start, j) if r[0] <= at < r[1]), None)
        if run is not None and (is_organisation(words, run) or run[1] - run[0] > 1):
            return Described(span, "institution", text, head, body_words=words.quote(start, j) if head in BODIES else words.quote(*run), definite=definite)
    plural = noun.plural if noun else head.endswith("s") and not head.endswith("ss")
    paper = next((k for k in range(at + 1, j - 1) if words.tokens[k].norm == "in" and words.tokens[k + 1].norm in _POSSESSIVE | {"a", "an"}), j)
    text = words.quote(i, paper)  # without "in his recent statement"
    return Described(span, "unnamed", text, head, body=body, plural=plural, definite=definite, owner=owner, titles=titles, place=place)


def _in_apposition(words: Words, at: int, j: int) -> Hit | None:
    """The known name that explains the noun at `at` after a comma ("A second group, Human Rights Watch") or right behind it."""
    k = at + 1
    if k < j and words.tokens[k].text == ",":
        k += 1
    if k < j and words.tokens[k].norm == "the":
        k += 1
    hit = words.hit_of.get(k) if k < j else None
    return hit if hit is not None and hit.entry is not None and words.range(hit.span)[1] == j else None


def _with_state(words: Words, hit: Hit, start: int) -> Hit:
    """A bare organ joined with a state named before it in the same phrase ("the Iraqi federal police")."""
    if hit.organ is None or hit.entry is not None or hit.state is not None:
        return hit
    for k in range(start, words.range(hit.span)[0]):
        before = words.hit_of.get(k)
        if before is not None and before.organ is None and (before.entry is None or before.entry.kind == "state"):
            return _joined(words, before, hit)
    return hit


def _behind(words: Words, at: int, j: int) -> Hit | None:
    """The body that "of ...", "for ..." or "from ..." names behind the head at `at`."""
    for k in range(at + 1, j):
        if words.tokens[k].norm == "to":
            return None
        hit = words.hit_of.get(k)
        if hit is not None and not hit.place:
            m = words.range(hit.span)[0] - 1
            while m > at and (words.tokens[m].norm in _ARTICLES or words.tokens[m].norm in _DESCRIBING or words.tokens[m].text == ","):
                m -= 1
            if words.tokens[m].norm in {"of", "for", "from", "at", "with", "by"}:
                rest = [h for n in range(k, j) if (h := words.hit_of.get(n)) is not None and h.organ is not None]
                return _joined(words, hit, rest[0]) if hit.organ is None and rest and rest[0] is not hit else hit
    return None


def _speaker_name(words: Words, i: int, j: int, people: frozenset[int], surnames: frozenset[str]) -> tuple[int, int] | None:
    """The name of the person who speaks in a phrase: the first run written like a name that nothing governs ("an aide to
    President ...") and that is not a place's or an organisation's."""
    for a, b in name_runs(words, i, j):
        known = words.tokens[b - 1].norm in surnames or (b - a == 1 and any(near(words.tokens[a].norm, s) for s in surnames))
        told = any(k in people for k in range(a, b))
        titled = a > 0 and _title_ends(words, _before_marks(words, a)) and words.tokens[_before_marks(words, a)].text[:1].isalpha()
        if is_organisation(words, (a, b)) and not (told and titled):
            continue
        if not (told or titled or known) and any(k in words.places for k in range(a, b)):
            continue
        if _governed(words, i, a) and not known:
            continue
        if b - a == 1 and not (known or told or titled or (a > i and words.tokens[a - 1].text == "," and b == j)):
            continue
        return a, b
    return None


def _before_marks(words: Words, a: int) -> int:
    k = a - 1
    while k > 0 and words.tokens[k].text in ".,-":
        k -= 1
    return k


def _governed(words: Words, i: int, a: int) -> bool:
    """Whether a preposition or possession before a name makes it somebody else than who speaks."""
    k = a - 1
    while k >= i and (_title_ends(words, k) or words.tokens[k].norm in _DESCRIBING or words.tokens[k].text == "."):
        k -= 1
    while k >= i and k in words.hit_of and words.hit_of[k].organ is None and words.hit_of[k].entry is None:
        k -= 1
    if k < i:
        return False
    word = words.tokens[k].norm
    if word == "of" and k > i and (hit := words.hit_of.get(k - 1)) is not None and hit.span[1] <= words.tokens[k].start:
        return False  # a genitive of the source language: "a spokesman for the coalition of Joseph ..."
    return word in {"of", "for", "to", "with", "under", "by", "from", "in", "at", "near", "against", "on", "outside", "inside", "around", "across", "into", "over", "between", "through", "under", "behind"}
