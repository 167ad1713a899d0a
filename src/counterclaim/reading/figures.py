"""Tolls: numbers that the grammar of the sentence ties to harm, with victims, scope and what they count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from counterclaim.reading.counts import Count, Evidence, counted_phrase, is_no_count, tokens_of
from counterclaim.reading.deeds import deadly, manifold, nobody, unnumbered
from counterclaim.reading.document import Paragraph, plain_of
from counterclaim.reading.fate_words import dead_of_it, fate_before, fate_behind, only_meant
from counterclaim.reading.fates import both, fate_by_toll, fate_by_toll_word, fate_by_verb, fate_by_words, is_lost, state_behind
from counterclaim.reading.harm import LIVES, LOSING, NOT_PEOPLE, NOUNS, STATES, class_in, counts_people, victims_of
from counterclaim.reading.numbers import Quantity, find_quantities
from counterclaim.reading.parts import AMONG_THE_DEAD, INCLUDING_AT_ONCE, part_of, spelled_out
from counterclaim.reading.scopes import scope_of
from counterclaim.reading.victims import Item, find_told
from counterclaim.records import Figure, Harm, Offsets, Scope, Victims

if TYPE_CHECKING:
    from spacy.tokens import Token

CONFIDENCE: dict[Evidence, float] = {
    "verb": 0.96, "state": 0.93, "part": 0.88, "one": 0.84, "deed": 0.80, "words": 0.75, "noun": 0.75, "toll": 0.75, "none": 0.75,
    "known": 0.74, "carried": 0.67, "deadly": 0.67, "plural": 0.60, "list": 0.52,
}  # fmt: skip
"""How sure a figure is by its kind of evidence: (right + 1) of (seen + 2) in the learning half of bench/reliability_figures.py.
"verb", "state", "one", "known" and "list" rest on 12 to 125 figures each, the others on fewer than seven; "none" and "plural"
were not seen there and keep a guess."""


def find_figures(text: str, paragraphs: Sequence[Paragraph]) -> tuple[Figure, ...]:
    """The tolls said in a text, in order, `statement` and speaker still open."""
    plain = plain_of(text)
    figures = [_figure(plain, paragraph, count, n) for n, (paragraph, count) in enumerate(find_counts(plain, paragraphs), 1)]
    return _with_classes(text, [_as_given(text, figure) for figure in figures])


def find_counts(text: str, paragraphs: Sequence[Paragraph]) -> list[tuple[Paragraph, Count]]:
    """What is counted in a text (as `plain_of` gives it) in order, each with its paragraph.

    Somebody pointed at ("the man", a name, "he") is a figure only where no figure of that harm stands before: else he is one of
    those counted already. A deadly deed alone is one only where the text says no more of the dead.
    """
    counts: list[tuple[Paragraph, Count]] = []
    for paragraph in paragraphs:
        for count in _counts(text, paragraph):
            if not (count.known and any(c.harm == count.harm for _, c in counts)):
                counts.append((paragraph, count))
    numbered = {c.harm for _, c in counts if not c.known}
    if not {"killed", "injured"} <= numbered:
        plural = [(p, c) for p in paragraphs for c in unnumbered(text, p)]
        for harm in ("killed", "injured", "casualties"):
            if harm not in numbered and (harm != "casualties" or not numbered):
                counts.extend([(p, c) for p, c in plural if c.harm == harm][:1])
    if not any(c.harm in {"killed", "casualties"} for _, c in counts):
        counts.extend([(p, c) for p in paragraphs for c in deadly(text, p)][:1])
    return sorted(counts, key=lambda pair: pair[1].span)


_BARE = re.compile(
    r"(?:(?:at least|more than|over|up to|about|some|around|nearly|almost|another|only)\s+)*[\w,.\u00a0-]+"
    r"(?:\s+(?:more|dead|killed|martyred|wounded|injured|hurt|missing|(?P<people>people|persons)))*",
    re.IGNORECASE,
)
"""A number without a noun that says whom it counts: "62", "more than 120 wounded", "62 people"."""
_ALIKE: tuple[Victims, ...] = ("civilians", "military", "militants")
_BREATH = re.compile(
    r"(?:\s+(?:were|was|have been|killed|dead|died))*,?\s+(?:and|while)\s+(?:(?:left|wounded|injured|wounding|injuring|hurt)\s+)?"
)


def _with_classes(text: str, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Bare numbers with the class of those whom they count, where the text tells it: that of the number before in one breath
    ("83 soldiers killed and 120 wounded"), else the one that the same toll has elsewhere ("62 soldiers ... put it at 62")."""
    told: dict[tuple[Harm, int | None, int | None], set[Victims]] = {}
    for figure in figures:
        if figure.victims in _ALIKE and figure.low is not None:
            told.setdefault((figure.harm, figure.low, figure.high), set()).add(figure.victims)
    out: list[Figure] = []
    for figure in figures:
        words = _BARE.fullmatch(text, *figure.span) if figure.victims == "unspecified" and figure.low is not None else None
        if words is not None:
            before = out[-1] if out else None
            same = told.get((figure.harm, figure.low, figure.high), set()) if (figure.low or 0) > 1 else set()
            if (
                before is not None
                and before.victims in _ALIKE
                and words.group("people") is None
                and _BREATH.fullmatch(text, before.span[1], figure.span[0])
            ):
                figure = replace(figure, victims=before.victims)
            elif len(same) == 1:
                figure = replace(figure, victims=next(iter(same)))
        out.append(figure)
    return tuple(out)


def _as_given(given: str, figure: Figure) -> Figure:
    """A figure as it stands in the text as given, where words that the reading masks are whole and names of groups stand."""
    span = (figure.span[0], _word_end(given, figure.span[1]))
    return replace(
        figure, span=span, victims=class_in(given[slice(*span)]) if figure.victims == "unspecified" else figure.victims
    )


def _word_end(text: str, end: int) -> int:
    """The end of the word that `end` cuts: a masked word is read shorter than it is written."""
    while 0 < end < len(text) and text[end].isalpha() and (text[end - 1].isalpha() or text[end - 1] == "*"):
        end += 1
    return end


def _figure(text: str, paragraph: Paragraph, count: Count, number: int) -> Figure:
    inside = next((s for s in paragraph.sentences() if s[0] <= count.span[0] < s[1]), paragraph.span)
    return Figure(
        id=f"f{number}",
        span=count.span,
        harm=count.harm,
        victims=count.victims,
        low=count.quantity.low,
        high=count.quantity.high,
        qualifier=count.quantity.qualifier,
        scope=_scope(text, inside, count),
        confidence=CONFIDENCE[count.evidence],
    )


_OF_ONE_MOMENT: frozenset[Evidence] = frozenset({"one", "known", "list"})
"""People told one by one fell in one incident, whatever the time around them says ("a boy died over the weekend")."""


def _scope(text: str, sentence: Offsets, count: Count) -> Scope:
    if count.part:
        return "part"
    return "incident" if count.evidence in _OF_ONE_MOMENT else scope_of(text, sentence, count.span, count.quantity.low or 0)


def _counts(text: str, paragraph: Paragraph) -> list[Count]:
    quantities = find_quantities(text[slice(*paragraph.span)], paragraph.span[0])
    found: list[Count] = []
    for quantity in quantities:
        count = _count(text, paragraph, quantity, found)
        if count is not None:
            found.append(count)
    found.extend(_carried_back(text, paragraph, quantities, found))
    found.extend(nobody(paragraph))
    found.extend(manifold(text, paragraph))
    told = sorted(_with_told(text, paragraph, quantities, found), key=lambda c: c.span)
    return spelled_out(text, told)


_RUNS_ON = re.compile(r"(?:\s+from\s+[\w ]{2,20})?(?:,|,?\s+(?:and|including|as well as))\s+")


def _carried_back(text: str, paragraph: Paragraph, quantities: Sequence[Quantity], found: list[Count]) -> list[Count]:
    """Numbers of people right before one that tells the harm of both: "five rebels, two guards killed"."""
    items = [item for q in quantities if (item := _item(text, paragraph, q)) is not None]
    known = {c.span[0]: c for c in found}
    row: list[int] = []  # where the numbers begin that run on to the harm, last first
    out: list[int] = []
    for item, behind in reversed([*pairwise(items)]):
        harmed = known.get(behind.span[0])
        if item.span[0] in known or harmed is None or not _RUNS_ON.fullmatch(text, item.span[1], behind.span[0]):
            row = []
            continue
        row.append(behind.span[0])
        if "including" in text[item.span[1] : behind.span[0]]:
            known |= {start: replace(known[start], part=True) for start in row}
            row = []
        quantity = next(q for q in quantities if q.span[0] == item.span[0])
        known[item.span[0]] = Count(quantity, item.span, harmed.harm, item.victims, "carried")
        if INCLUDING_AT_ONCE.search(text, max(paragraph.span[0], item.span[0] - 24), item.span[0]):
            known |= {start: replace(known[start], part=True) for start in (*row, item.span[0])}
        out.append(item.span[0])
    found[:] = [known[c.span[0]] for c in found]
    return [known[start] for start in out]


def _with_told(text: str, paragraph: Paragraph, quantities: Sequence[Quantity], found: list[Count]) -> list[Count]:
    """The counts and the victims told without a number; a list ("two brothers and their mother") goes before its own pieces."""
    people = [item for q in quantities if (item := _item(text, paragraph, q)) is not None]
    parts = frozenset(c.span[0] for c in found if c.part)
    for told in find_told(text, paragraph, people, parts):
        quantity = Quantity(told.span, told.span, told.low, told.high, "exact" if told.low == told.high else "at least")
        if told.harm is None:
            whole = next((c for c in sorted(found, key=lambda c: c.span, reverse=True) if c.span[1] <= told.span[0]), None)
            if whole is not None and "." not in text[whole.span[1] : told.span[0]]:
                found.append(Count(quantity, told.span, whole.harm, told.victims, "part", part=True))
            continue
        found = [c for c in found if not (told.span[0] < c.span[1] and c.span[0] < told.span[1])]
        kind: Evidence = "list" if told.several else "known" if told.known else "one"
        found.append(Count(quantity, told.span, told.harm, told.victims, kind, known=told.known))
    return found


def _item(text: str, paragraph: Paragraph, quantity: Quantity) -> Item | None:
    """The numbered phrase of people that a quantity opens, as an item of a list."""
    first, last = tokens_of(paragraph, quantity.core)
    if first is None or last is None or is_no_count(text, quantity, first, last):
        return None
    head, end, modifiers = counted_phrase(last)
    if head is None or not counts_people(head):
        return None
    span = (quantity.span[0], paragraph.end_of(end))
    return Item(span, quantity.low, quantity.high, victims_of(head, modifiers), head, counted=True)


def _count(text: str, paragraph: Paragraph, quantity: Quantity, before: list[Count]) -> Count | None:
    """What `quantity` counts, None where nothing ties it to harm."""
    first, last = tokens_of(paragraph, quantity.core)
    if first is None or last is None or is_no_count(text, quantity, first, last):
        return None
    head, end, modifiers = counted_phrase(last)
    people = head is not None and counts_people(head)
    victims = victims_of(head, modifiers)

    def made(end: Token, harm: Harm, evidence: Evidence, klass: Victims = victims, part: bool = False) -> Count:
        start = _group_before(text, quantity.span[0]) if head is None else quantity.span[0]
        return Count(quantity, (start, max(quantity.span[1], paragraph.end_of(end))), harm, klass, evidence, part)

    noun = NOUNS.get(head.lemma_.lower()) if head is not None else None
    if noun is not None and head is not None:
        return made(head, _of_victims(text, paragraph, quantity, head, first, modifiers) or both(head, noun), "noun")
    if head is not None and head.lemma_.lower() in LIVES and is_lost(head, LOSING):
        return made(head, "killed", "noun", "unspecified")
    # the number alone, or with a word behind it that says what happened: "62 dead", "more than 100 wounded"
    state = state_behind(end)
    if state is not None and (people or head is None or head.lower_ in STATES or _befalls_people(state, head)):
        stated = both(state, STATES[state.lower_])
        of_those, whole = part_of(text, quantity, last, before) if head is None else (False, None)
        return made(state, stated, "state", part=of_those and whole is not None and whole.harm == stated)
    described = next((m for m in modifiers if m.lower_ in STATES), None)
    if described is not None and people:
        return made(end, STATES[described.lower_], "state")  # "176 injured people"
    if only_meant(text, quantity.span[0]) or (head is not None and not people and not _killed_by_verb(head, first)):
        return None
    part, inherited = part_of(text, quantity, last, before)
    by_verb, by_words = fate_by_verb(head or last, first), fate_by_words(text, paragraph, end)
    # of two harms in one sentence the parser may take the farther: "and 20 children, were killed and six others injured"
    harm = by_words if by_words in {"killed", "injured"} and by_verb != "casualties" else by_verb or by_words
    if harm is None:
        harm = fate_before(text, max(paragraph.span[0], quantity.span[0] - _NEAR), quantity.span[0])
    if harm is None and people:
        harm = fate_behind(text, paragraph.end_of(end), paragraph.span[1])[0]
    if harm == "injured" and dead_of_it(text, paragraph.end_of(end)):
        harm = "killed"
    if inherited is not None and harm not in {None, inherited.harm}:
        part = False
    if harm is not None and (not part or inherited is None):
        return made(end, harm, "part" if part else "verb" if by_verb == harm else "words", part=part)
    if people and AMONG_THE_DEAD.search(text, max(paragraph.span[0], quantity.span[0] - _NEAR), quantity.span[0]):
        some = any(c.harm == "killed" and (c.quantity.low or 0) >= (quantity.low or 0) for c in before)
        return made(end, "killed", "part" if some else "words", part=some)
    toll = fate_by_toll_word(text, quantity) or fate_by_toll(head or last)
    if toll is not None:
        return made(end, toll, "toll")
    if inherited is not None:
        unnamed = victims == "unspecified" and (head is None or head.lower_ in {"more", "others", "people", "persons"})
        klass = inherited.victims if unnamed else victims
        return made(end, harm or inherited.harm, "part" if part else "carried", klass, part)
    rival = _rival(text, paragraph, quantity, before)
    if rival is not None and (head is None or (people and victims in (rival.victims, "unspecified"))):
        return made(end, rival.harm, "carried", rival.victims)
    return None


_ONLY = re.compile(
    r"\b(?:sp(?:oke|oken|eaks?) of|confirm(?:s|ed)?|verif(?:y|ies|ied)|count(?:s|ed)?|g(?:ives?|ave|iven)|report(?:s|ed)?"
    r"|cite[sd]?|record(?:s|ed)?|acknowledge[sd]?|found|told of|put (?:it|them|the (?:number|toll|count|figure)) at)"
    r"\s+(?:only|just|merely|no more than)\s+\Z",
    re.IGNORECASE,
)
"""Words that set a number against one given before: "it had spoken of only 30", "could confirm just 15"."""


def _rival(text: str, paragraph: Paragraph, quantity: Quantity, before: Sequence[Count]) -> Count | None:
    """The count that a number is set against, whose harm it shares: the last whole one before it; None where it is no rival."""
    if not _ONLY.search(text, max(paragraph.span[0], quantity.span[0] - _NEAR), quantity.span[0]):
        return None
    return next((count for count in reversed(before) if not count.part), None)


def _of_victims(
    text: str, paragraph: Paragraph, quantity: Quantity, head: Token, first: Token, modifiers: Sequence[Token]
) -> Harm | None:
    """What befell "five victims", where the words say more than that: "five victims were shot dead", "three dead victims"."""
    if head.lemma_.lower() not in {"victim", "casualty"}:
        return None
    described = next((STATES[m.lower_] for m in modifiers if m.lower_ in STATES), None)
    if described is not None:
        return described
    behind = fate_behind(text, paragraph.end_of(head), paragraph.span[1])[0]
    before = fate_before(text, max(paragraph.span[0], quantity.span[0] - _NEAR), quantity.span[0])
    return behind or before or fate_by_verb(head, first)


_NEAR = 60
"""Code points before a number in which the words of harm that end right at it may begin: the longest ("fatally shooting") with
its adverbs has half of that."""


def _befalls_people(state: Token, head: Token) -> bool:
    """Whether a state is only said of people, whatever the noun is called: "three locals killed"."""
    return state.lower_ in {"killed", "dead", "wounded", "injured"} and head.lemma_.lower() not in NOT_PEOPLE


def _killed_by_verb(head: Token, first: Token) -> bool:
    """Whether a plural noun that no list knows is killed as only the living are: "killed four vigilantes"."""
    plural = head.tag_ in {"NNS", "NNPS"} and head.lemma_.lower() not in NOT_PEOPLE
    return plural and fate_by_verb(head, first, asserted=True) == "killed"


_GROUP = re.compile(r"\b(?:an?|the|one|another)\s+(?:\w+\s+)?(?:family|household|group|crew)\s+of\s+$", re.IGNORECASE)


def _group_before(text: str, start: int) -> int:
    """Where a group that the number counts begins: "a family of five"."""
    found = _GROUP.search(text, max(0, start - _NEAR), start)
    return found.start() if found is not None else start
