"""What the words that name a speaker tell by themselves: a person's name and role, an institution, or a description."""

from __future__ import annotations

from counterclaim.resolving.names import near
from counterclaim.resolving.naming import (
    after_article,
    is_name_word,
    is_organisation,
    joined,
    name_runs,
    of_office,
    person_at,
    titles_in,
)  # fmt: skip
from counterclaim.resolving.nouns import (
    ARTICLES,
    BODIES,
    DEFINITE,
    DESCRIBING,
    DOCUMENTS,
    ENDS,
    OUTWARD,
    POSSESSIVE,
    PRONOUNS,
    person_nouns,
)  # fmt: skip
from counterclaim.resolving.registry import Hit
from counterclaim.resolving.words import Described, Words

_MARKS = frozenset({",", "(", "—", "–", ";"})
_AWAY = frozenset({"to", "into", "on", "about", "against", "over", "outside"})
"""Prepositions after which a phrase no longer tells whose its head is ("an inquiry into strikes by ...")."""
_TIMES = frozenset({"minute", "hour", "day", "week", "month", "year"})


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
    start = after_article(words, left[0])
    at = _head_at(words, start, left[1])
    behind = any(words.tokens[k].norm in OUTWARD for k in range(at + 1, left[1]) if k not in words.hit_of)
    named = left[1] - 1 in words.hit_of or is_name_word(words, left[1] - 1)
    return behind and named and after_article(words, right[0]) == right[0] and _head(words, *right) not in person_nouns()


def _listed(words: Words, i: int, j: int) -> list[tuple[int, int]]:
    """The members of "Egypt, Qatar" before an "and": split at commas where every part is a known institution or a plain noun."""
    parts: list[tuple[int, int]] = []
    start = i
    for k in range(i, j + 1):
        if k == j or words.tokens[k].text == ",":
            parts.append((start, k))
            start = k + 1
    whole = all(_is_plain(words, after_article(words, a), b) for a, b in parts)
    return parts if whole else [(i, j - 1 if words.tokens[j - 1].text == "," else j)]


def _is_plain(words: Words, i: int, j: int) -> bool:
    """Whether tokens `i` to `j` are one name or one noun for people, nothing else."""
    hit = words.hit_of.get(i) if i < j else None
    return (hit is not None and words.range(hit.span)[1] == j) or (j - i == 1 and words.tokens[i].norm in person_nouns())


def _stands_alone(words: Words, i: int, j: int) -> bool:
    """Whether what follows an "and" is a party of its own."""
    start = after_article(words, i)
    if start >= j:
        return False
    hit = words.hit_of.get(start)
    if hit is not None and (hit.entry is not None or hit.organ is not None or words.range(hit.span)[1] >= j):
        return True
    if next(name_runs(words, start, j), None) == (start, j) and any(
        r[1] == i - 1 for r in name_runs(words, max(0, i - 4), i - 1)
    ):
        return True
    if start == i and any(words.tokens[k].norm in person_nouns() for k in range(i, j) if k not in words.hit_of):
        return True
    if start > i and hit is None and _head(words, start, j) in person_nouns():
        return True
    run = next(name_runs(words, start, j), None)
    return (
        hit is not None
        or start > i
        or words.titles.get(start) is not None
        or (run is not None and run[0] == start and run[1] - run[0] > 1)
    ) and _speaks(words, start, j)


def _can_end(words: Words, i: int, j: int) -> bool:
    """Whether the words before an "and" are a whole party, not the first half of a name or an adjective."""
    last = words.hit_of.get(j - 1)
    if last is not None and last.entry is None and last.organ is None and not words.tokens[j - 1].text.replace(".", "").isupper():
        return False
    return _speaks(words, i, j)


def _speaks(words: Words, i: int, j: int) -> bool:
    if any(words.hit_of.get(k) is not None for k in range(i, j)):
        return True
    return any(words.tokens[k].norm in person_nouns() or words.tokens[k].norm in BODIES for k in range(i, j)) or any(
        True for _ in name_runs(words, i, j)
    )


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
        if (
            k > i
            and words.tokens[k - 1].text != "-"
            and (token.text in _MARKS or token.norm in OUTWARD | ENDS or token.norm.endswith("ing"))
        ):
            break
        if (
            k > i
            and token.norm.endswith("ed")
            and token.text.islower()
            and words.tokens[k - 1].norm.rstrip("s") in DOCUMENTS | BODIES | person_nouns().keys()
        ):
            break
        k += 1
    last = k - 1
    while last > i and (not words.tokens[last].text[:1].isalpha() or words.tokens[last].norm == "'s"):
        last -= 1
    return last


def _after_time(words: Words, i: int, j: int) -> int:
    """Past a time that the parser took into the phrase ("A day earlier a different officer")."""
    for k in range(i + 1, min(i + 4, j - 1)):
        if (
            words.tokens[k].norm in ("earlier", "later", "before", "afterwards")
            and words.tokens[k - 1].norm.rstrip("s") in _TIMES
        ):
            return k + 1
    return i


def describe(
    words: Words, i: int, j: int, people: frozenset[int] = frozenset(), surnames: frozenset[str] = frozenset()
) -> Described | None:
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
    owner = first if first in POSSESSIVE else None
    start = after_article(words, i)
    if start >= j:
        return Described(span, "unnamed", text, first, plural=first not in {"one", "another"})
    definite = first in DEFINITE or owner is not None
    run = _speaker_name(words, i, j, people, surnames)
    if run is not None:
        return person_at(words, run)
    at = _head_at(words, start, j)
    head, hit = words.tokens[at].norm, words.hit_of.get(at)
    noun = person_nouns().get(head)
    bodies = [h for k in range(start, j) if (h := words.hit_of.get(k)) is not None and not h.place]
    place = next((h for k in range(at, j) if (h := words.hit_of.get(k)) is not None and h.place), None)
    if hit is not None and (noun is None or hit.entry is not None):
        whole = hit.entry is None or hit.entry.kind != "state" or words.range(hit.span)[0] <= start or len(bodies) == 1
        if whole and (hit.organ is not None or hit.entry is not None or hit.state is not None):
            body: Hit | None = _with_state(words, hit, start)
            if body is hit and hit.entry is None and any(is_name_word(words, k) for k in range(start, words.range(hit.span)[0])):
                body = None  # "the Bush administration" leans on nothing
            return Described(
                span,
                "institution",
                text,
                hit.organ.head if hit.organ else head,
                body=body,
                body_words=words.text[slice(*hit.span)],
                definite=definite,
                owner=owner,
            )
    inside = next((h for h in reversed(bodies) if h.span[0] < words.tokens[at].start), None)
    if head in DOCUMENTS or (head.rstrip("s") in DOCUMENTS and (inside is not None or _behind(words, at, j) is not None)):
        definite = definite and not any(words.tokens[k].norm == "'s" for k in range(start, at))
        return Described(
            span,
            "document",
            text,
            head,
            body=_with_state(words, inside, start) if inside else _behind(words, at, j),
            definite=definite,
            owner=owner,
        )
    name = _in_apposition(words, at, j) if hit is None else None
    if name is not None and (head in BODIES or head in DOCUMENTS or (noun is not None and noun.kind == "collective")):
        return Described(span, "institution", text, head, body=name, body_words=words.text[slice(*name.span)], definite=definite)
    if (
        noun is not None
        and noun.side == "media"
        and inside is not None
        and inside.entry is not None
        and inside.entry.kind == "agency"
    ):
        return Described(span, "institution", text, head, body=inside, body_words=text, definite=definite)
    if (
        noun is None
        and head in BODIES
        and inside is not None
        and inside.entry is not None
        and inside.entry.kind not in ("state", "organ")
    ):
        return Described(span, "institution", text, head, body=inside, body_words=text, definite=definite)
    if noun is None and head in BODIES:
        state = Hit(inside.span, inside.entry or inside.state) if inside else None
        return Described(
            span,
            "institution",
            text,
            head,
            body=state,
            body_words=text,
            definite=definite,
            owner=owner,
            plural=head.endswith("s"),
        )
    body = _with_state(words, inside, start) if inside is not None else _behind(words, at, j)
    titles = tuple(titles_in(words, start, j))
    if body is not None and body.entry is not None and body.entry.kind == "state":
        body = of_office(words, body, titles) or body
    if noun is None and hit is None and words.tokens[at].text[:1].isupper():
        run = next((r for r in name_runs(words, start, j) if r[0] <= at < r[1]), None)
        if run is not None and (is_organisation(words, run) or run[1] - run[0] > 1):
            return Described(
                span,
                "institution",
                text,
                head,
                body_words=words.quote(start, j) if head in BODIES else words.quote(*run),
                definite=definite,
            )
    plural = noun.plural if noun else head.endswith("s") and not head.endswith("ss")
    paper = next(
        (
            k
            for k in range(at + 1, j - 1)
            if words.tokens[k].norm == "in" and words.tokens[k + 1].norm in POSSESSIVE | {"a", "an"}
        ),
        j,
    )
    text = words.quote(i, paper)  # without "in his recent statement"
    return Described(
        span, "unnamed", text, head, body=body, plural=plural, definite=definite, owner=owner, titles=titles, place=place
    )


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
            return joined(words, before, hit)
    return hit


def _behind(words: Words, at: int, j: int) -> Hit | None:
    """The body that "of ...", "for ..." or "from ..." names behind the head at `at`."""
    for k in range(at + 1, j):
        if words.tokens[k].norm in _AWAY and k not in words.hit_of:
            return None
        hit = words.hit_of.get(k)
        if hit is not None and not hit.place and not hit.seat:
            m = words.range(hit.span)[0] - 1
            while m > at and (words.tokens[m].norm in ARTICLES | DESCRIBING | BODIES or words.tokens[m].text == ","):
                m -= 1
            if words.tokens[m].norm in {"of", "for", "from", "at", "with", "by"}:
                rest = [h for n in range(k, j) if (h := words.hit_of.get(n)) is not None and h.organ is not None]
                return joined(words, hit, rest[0]) if hit.organ is None and rest and rest[0] is not hit else hit
    return None


def _speaker_name(words: Words, i: int, j: int, people: frozenset[int], surnames: frozenset[str]) -> tuple[int, int] | None:
    """The name of the person who speaks in a phrase: the first run written like a name that nothing governs ("an aide to
    President ...") or follows ("the ... administration", "...'s sister") and that is no place's or organisation's."""
    alone: tuple[int, int] | None = None
    for a, b in name_runs(words, i, j):
        if b == j and b < len(words.tokens) and words.tokens[b].text == "-":
            b = next(name_runs(words, a, min(len(words.tokens), b + 3)))[1]
        known = words.tokens[b - 1].norm in surnames or (b - a == 1 and any(near(words.tokens[a].norm, s) for s in surnames))
        told = any(k in people for k in range(a, b))
        before = _before_marks(words, a)
        titled = before >= 0 and before in words.in_title
        if is_organisation(words, (a, b)) and not (told and titled):
            continue
        if not (told or titled or known) and any(k in words.places for k in range(a, b)):
            continue
        if _governed(words, i, a) or _modifies(words, b, j):
            continue
        if b - a == 1 and words.tokens[a].norm in person_nouns():
            continue  # "Witnesses", which the parser may take for a name where it opens a sentence
        if b - a > 1 or titled or (a > i and words.tokens[a - 1].text == "," and b == j):
            return a, b
        if alone is None and (known or told):
            alone = a, b
    return alone


def _modifies(words: Words, b: int, j: int) -> bool:
    """Whether a name that ends at `b` only explains the noun behind it ("the Bush administration", "Smith's sister")."""
    if b >= j:
        return False
    after = words.tokens[b]
    if after.norm in ("'s", "'"):
        return b + 1 < j
    return (
        after.text[:1].isalpha()
        and after.text.islower()
        and after.norm not in OUTWARD | ENDS | {"and", "himself", "herself", "both", "or"}
    )


def _before_marks(words: Words, a: int) -> int:
    k = a - 1
    while k > 0 and words.tokens[k].text in ".,-":
        k -= 1
    return k


def _governed(words: Words, i: int, a: int) -> bool:
    """Whether a preposition or possession before a name makes it somebody else than who speaks."""
    k = a - 1
    while k >= i and (k in words.in_title or words.tokens[k].norm in DESCRIBING or words.tokens[k].text == "."):
        k -= 1
    while k >= i and k in words.hit_of and words.hit_of[k].organ is None and words.hit_of[k].entry is None:
        k -= 1
    if k < i:
        return False
    word = words.tokens[k].norm
    if word == "of" and k > i and (hit := words.hit_of.get(k - 1)) is not None and hit.span[1] <= words.tokens[k].start:
        return False  # a genitive of the source language: "a spokesman for the coalition of Joseph ..."
    return word in {
        "of",
        "for",
        "to",
        "with",
        "under",
        "by",
        "from",
        "in",
        "at",
        "near",
        "against",
        "on",
        "outside",
        "inside",
        "around",
        "across",
        "into",
        "over",
        "between",
        "through",
        "behind",
    }
