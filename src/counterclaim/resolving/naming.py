"""Names of people in a phrase, and what stands around a name: titles, role, and the body spoken for."""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.resolving.names import PARTICLES, Title, is_given
from counterclaim.resolving.nouns import (
    ARTICLES,
    CALENDAR,
    DESCRIBING,
    DOCUMENTS,
    ENDS,
    FUNCTION,
    LEADING,
    ORGANISATION_WORDS,
    OUTWARD,
    POSSESSIVE,
    TOLD,
)  # fmt: skip
from counterclaim.resolving.registry import LINKED, Hit
from counterclaim.resolving.words import Described, Words


def name_runs(words: Words, i: int, j: int) -> Iterator[tuple[int, int]]:
    """Token ranges in `i` to `j` that are written like names: capital words that are no known institution, title or
    function word, with the particles, initials and hyphens between them."""
    k = i
    while k < j:
        if not is_name_word(words, k):
            title = words.titles.get(k) if k not in words.hit_of else None
            k += len(title.words) if title else 1
            continue
        start = k
        k += 1
        while k < j:
            if is_name_word(words, k) and (words.near(k) or words.tokens[k - 1].text == "."):
                k += 1
            elif _hyphened(words, k, j):
                k += 2
            elif _nicknamed(words, k, j):
                k += 3
            elif (
                (
                    words.tokens[k].text == "."
                    and len(words.tokens[k - 1].text) == 1
                    and k + 1 < j
                    and (is_name_word(words, k + 1) or _nicknamed(words, k + 1, j))
                )
                or (
                    len(words.tokens[k].text) == 1 and words.tokens[k].text.isupper() and k + 1 < j and is_name_word(words, k + 1)
                )
                or (words.tokens[k].norm in PARTICLES and _goes_on(words, k + 1, j))
            ):
                k += 1
            else:
                break
        cut = next((m for m in range(start + 1, k - 1) if is_given(words.tokens[m].norm) and _no_name(words, m - 1)), None)
        if cut is not None:
            yield start, cut
        yield start if cut is None else cut, k


def _nicknamed(words: Words, k: int, j: int) -> bool:
    """Whether a nickname in quotation marks or brackets stands at `k` with the surname behind it ("Kenneth F. “Frank” Doe")."""
    marks = k + 3 < j and words.tokens[k].text in "\"“”'‘(" and words.tokens[k + 2].text in "\"”“'’)"
    return marks and is_name_word(words, k + 1) and is_name_word(words, k + 3)


def _no_name(words: Words, k: int) -> bool:
    """Whether a capital word before a given name belongs to a place or body before it ("Mayor of London Sadiq ...")."""
    return k in words.places or words.tokens[k].norm in ORGANISATION_WORDS


def _goes_on(words: Words, k: int, j: int) -> bool:
    """Whether a name word stands at `k`, a hyphen passed over."""
    k += k < j and words.tokens[k].text == "-"
    return k < j and is_name_word(words, k)


def _hyphened(words: Words, k: int, j: int) -> bool:
    """Whether a hyphen or apostrophe at `k` goes on with the name ("Ki-moon", "O'Brien"), and not with "-based"."""
    if words.tokens[k].text not in "-–‐'’" or k + 1 >= j or k + 1 in words.hit_of:
        return False
    before, after = words.tokens[k - 1], words.tokens[k + 1]
    joined = words.tokens[k].start == before.end and after.start == words.tokens[k].end
    return joined and after.text[:1].isalpha() and after.norm not in LINKED


def is_name_word(words: Words, k: int) -> bool:
    token = words.tokens[k]
    if (
        not token.text[:1].isupper()
        or not token.text[0].isalpha()
        or k in words.hit_of
        or token.norm in FUNCTION
        or token.norm in CALENDAR
    ):
        return False
    if len(token.text) > 1 and token.text.isupper() and not words.shouting:
        return False
    title = words.titles.get(k)
    return title is None or (title.kind == "office" and len(title.words) == 1 and token.norm in {"judge", "king", "prince"})


def is_organisation(words: Words, run: tuple[int, int]) -> bool:
    """Whether a run of capital words holds a word that makes it an organisation's name."""
    return any(words.tokens[k].norm in ORGANISATION_WORDS for k in range(*run))


def person_at(words: Words, name: tuple[int, int]) -> Described:
    """What the words around a person's name tell: titles, role, and the body spoken for."""
    a, b = name
    first = _left_edge(words, a)
    titles = tuple(titles_in(words, first, a))
    comma = next((k for k in range(a - 1, first, -1) if words.tokens[k].text == ","), None)
    last = max((k for k in range(first, comma) if k in words.in_title), default=None) if comma else None
    role = words.quote(after_article(words, first), _role_end(words, a)) if titles else None
    body, body_words = _body_before(words, first, a, titles)
    if body is None and last is not None and comma is not None and last + 1 < comma:  # "A spokesman for the mayor, Ann ..."
        body, body_words = _body_after(words, last + 1, comma)
    if body is None and body_words is None and titles:
        body_words = _run_before(words, first)
    owner = words.tokens[first].norm if first < a and words.tokens[first].norm in POSSESSIVE else None
    after = _after(words, b)
    if after is not None:
        after_titles = tuple(titles_in(words, *after))
        if body is None or not titles:
            found, found_words = _body_after(words, *after)
            if found is not None or found_words:
                body, body_words = (found, found_words) if body is None or found is not None else (body, body_words)
        if not any(t.kind in ("office", "role") for t in titles):
            start = after_article(words, after[0])
            role = words.quote(start, after[1]) if after_titles or words.tokens[after[0]].norm == "who" else role
        titles = (*titles, *after_titles)
    plain = {w for t in titles for w in t.words} | DESCRIBING
    before = words.tokens[first - 1].norm if first else "."
    alone = not before[:1].isalpha() or before in ARTICLES | POSSESSIVE | TOLD | {"and", "but"}
    alone = alone and {t.casefold() for t in (role or "").split()} <= plain
    quote, head = words.quote(a, b), words.tokens[b - 1].norm
    return Described(words.span(a, b), "person", quote, head, name, body, body_words, role, titles, owner=owner, alone=alone)


def _run_before(words: Words, first: int) -> str | None:
    """The unknown body whose name stands right before a title ("Farside spokeswoman ...")."""
    k = first
    while k > 0 and is_name_word(words, k - 1) and words.near(k) and words.tokens[k - 1].text not in ".,":
        k -= 1
    if k == first or (words.opens_sentence(k) and first - k < 2):
        return None
    return words.quote(k, first)


def titles_in(words: Words, i: int, j: int) -> Iterator[Title]:
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
        elif k - 1 in words.in_title or token.norm in DESCRIBING:
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


def _role_before_comma(words: Words, comma: int) -> int | None:
    """Where a role or body ends that stands before a comma: "Its spokesman, Igor ...", "A correspondent in Erbil, Hoda ...";
    else None."""
    hit = words.hit_of.get(comma - 1)
    last = words.range(hit.span)[0] if hit is not None else comma
    for m in range(last - 1, max(-1, last - 5), -1):
        if m in words.in_title:
            return comma if hit is not None else m + 1
        if words.tokens[m].norm in FUNCTION and words.tokens[m].norm not in ("in", "for", "of", "the"):
            return None
    return None


def after_article(words: Words, i: int) -> int:
    while i < len(words.tokens) and words.tokens[i].norm in ARTICLES | POSSESSIVE:
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
        while m < len(words.tokens) and m < b + 5 and words.tokens[m].norm not in LEADING:
            m += 1
        return (b + 1, _phrase_end(words, m + 1, 9)) if m < len(words.tokens) and words.tokens[m].norm in LEADING else None
    end = b + 1
    while (
        end < len(words.tokens)
        and end - b < 22
        and words.tokens[end].text not in {",", ";", ".", "(", ")", "—", "”", "“", '"', ":"}
    ):
        if words.tokens[end].norm in CALENDAR | TOLD:
            end -= words.tokens[end - 1].norm == "on"
            break
        end += 1
    if following.norm in ("for", "of"):
        return b + 1, _phrase_end(words, b + 2, 9)
    starts = (
        following.norm in ARTICLES
        or (b + 1) in words.hit_of
        or words.titles.get(b + 1) is not None
        or following.norm in DESCRIBING
    )
    if starts and any(True for _ in titles_in(words, b + 1, end)):
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
        if k > i and (token.norm in ENDS or token.norm.endswith("ing") or (token.norm.endswith("ed") and token.text.islower())):
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
        if (hit.seat and k and words.tokens[k - 1].norm in OUTWARD) or (
            (k and words.tokens[k - 1].norm == "to")
            or (k > 1 and words.tokens[k - 1].norm == "the" and words.tokens[k - 2].norm == "to")
        ):
            pass
        elif hit.organ is None and (hit.entry is None or hit.entry.kind == "state"):
            state = hit
        else:
            found = hit
        k = words.range(hit.span)[1]
    if found is None:
        return of_office(words, state, titles), None
    if found.organ is not None and found.entry is None and state is not None and state.span < found.span:
        return joined(words, state, found), words.text[slice(*found.span)]
    return found, words.text[slice(*found.span)] if found.entry is None else None


def joined(words: Words, state: Hit, organ: Hit) -> Hit:
    """A state and a bare organ in one phrase make that state's organ ("Iraqi civil forces")."""
    entry = state.entry or state.state
    if (
        entry is None
        or organ.organ is None
        or (organ.organ.head in ("ministry", "coalition") and organ.organ.name in ("ministry", "coalition"))
    ):
        return organ
    return Hit(organ.span, words.registry.organ_of(organ.organ, entry))


def of_office(words: Words, state: Hit | None, titles: tuple[Title, ...]) -> Hit | None:
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
    titles = tuple(titles_in(words, i, j))
    # "ambassador to the UN", "adviser to ...": what follows "to" is where, what stands before is for whom
    to = next((k for k in range(i, j) if words.tokens[k].norm == "to"), j)
    out = next((k for k in range(i, to) if words.tokens[k].norm in OUTWARD or words.tokens[k].norm in LEADING), None)
    before = next(
        (h for k in range(i, out if out is not None else i) if (h := words.hit_of.get(k)) is not None and h.organ is not None),
        None,
    )
    if (
        out is not None and before is not None and out > i and words.tokens[out].norm not in {"with", "at"}
    ):  # "civil defence chief of Nineveh": the service, not the place
        return before, words.text[slice(*before.span)]
    if out is not None:
        start = after_article(words, out + 1)
        end = min(_phrase_end(words, start, 9), to)
        if start >= end or words.tokens[start].norm in OUTWARD:
            return None, None
        sought = words.titles.get(start)
        if sought is not None and start == out + 1 and start + len(sought.words) == end:
            return None, None  # "Ann Byl for president": an office sought, and nobody's body
        hits = [h for k in range(start, end) if (h := words.hit_of.get(k)) is not None and not h.seat]
        named = next((h for h in hits if h.entry is not None and h.entry.kind != "state"), None)
        if named is not None:
            return named, None
        quote = words.quote(start, end) or None
        if words.tokens[end - 1].norm in DOCUMENTS:
            return None, None
        state = next((h for h in hits if h.organ is None), None)
        organ = next((h for h in hits if h.organ is not None and h.entry is None), None)
        if organ is not None and state is not None:
            return (
                joined(words, state, organ)
                if words.range(organ.span)[1] - words.range(state.span)[0] <= 3 and end - start <= 2
                else state
            ), quote
        if organ is not None:
            return organ, quote
        if state is not None and state.entry is not None and words.range(state.span) == (start, end):
            return state, None
        leads = state is not None and words.range(state.span)[0] == start
        return (state if leads else None), quote
    body, text = _body_before(words, i, min(to, j), titles)
    return body, text
