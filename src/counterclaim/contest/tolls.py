"""The tolls of an incident side by side: one for each figure that a voice gave, with its repeats and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from counterclaim.contest.docket import Counted, Docket, date_of, span_of
from counterclaim.contest.telling import order_told, still_counting, taken_back
from counterclaim.contest.when import sort_key, surely_before
from counterclaim.records import Figure, FigureRef, Toll

RULE = (
    "Beside the incident's own tolls stand the totals over a time or an area that reports about it give. One toll for each "
    "voice, harm, class of victims, number and scope; where the same voice gives it again, or another report carries it, that "
    "is a repeat. The same number once with and once without a class is one toll. A toll no longer "
    "stands once the same speaker gives another number for the same thing and the dates show that it came later; a later "
    "figure that only says less, and the totals of parts and periods, replace nothing. So does a number of which one text says "
    "that it was given first (“earlier”, “at first”) beside the one that the same voice gives now. A number that several gave "
    "together is replaced once those of them who have a name gave another. A number of which a text says that it was "
    "withdrawn or taken back does not stand either. What no longer stands stays in view, marked."
)
INFINITE = 10**12
"""Stands for an open upper end; more than all people."""


def tolls_of(docket: Docket) -> tuple[Toll, ...]:
    """All tolls of the docket's incident, standing or not, in the order in which they were said: undated last, then by report.

    Words without a number ("several") are tolls as well, told apart by their words.
    """
    groups: dict[tuple[object, ...], list[Counted]] = {}
    for counted in sorted((*docket.counted, *docket.wider), key=_order):
        groups.setdefault((*_key(counted, docket), counted.figure.victims), []).append(counted)
    for key in [key for key in groups if key[-1] == "unspecified"]:
        classed = [other for other in groups if other[:-1] == key[:-1] and other != key]
        if len(classed) == 1:
            groups[classed[0]].extend(groups.pop(key))
    tolls = [_toll(group, docket) for group in groups.values()]
    ordered = sorted(tolls, key=lambda toll: (sort_key(toll.said), toll.ref.report, toll.span.start, toll.ref.figure))
    return tuple(_superseded(toll, ordered, docket) for toll in ordered)


def interval(figure: Toll | Figure) -> tuple[int, int] | None:
    """The numbers that a toll allows, both ends in: "at least 90" has no upper end, "up to 100" begins at 0.

    None for words without a number.
    """
    if figure.low is None and figure.high is None:
        return None
    return (figure.low or 0, INFINITE if figure.high is None else figure.high)


def of_all(toll: Toll | Figure) -> bool:
    """Whether a figure counts all of its class in the incident: children, women and men are counted as parts of the dead."""
    return toll.scope == "incident" or (toll.scope == "part" and toll.victims in ("children", "women", "men"))


def slipped(left: int, right: int) -> bool:
    """Whether one number is the other with two neighbouring digits swapped, or a digit lost or doubled on the way."""
    a, b = sorted((str(left), str(right)), key=len)
    if a == b:
        return False
    if len(a) == len(b):
        return any(a[:i] + a[i + 1] + a[i] + a[i + 2 :] == b for i in range(len(a) - 1))
    return len(a) > 1 and any(b[:i] + b[i + 1 :] == a for i in range(len(b)))


def same_text(left: Toll, right: Toll, docket: Docket) -> bool:
    """Whether both tolls stand in reports that carry one text, so that a difference came in while copying."""
    return not _texts(left, docket).isdisjoint(_texts(right, docket))


def refs(toll: Toll) -> tuple[FigureRef, ...]:
    """The toll's own figure and its repeats."""
    return (toll.ref, *toll.repeats)


def _key(counted: Counted, docket: Docket) -> tuple[object, ...]:
    figure = counted.figure
    unnumbered = counted.read.report.text[slice(*figure.span)].casefold() if interval(figure) is None else ""
    return (docket.voiced[counted.ref], figure.harm, figure.scope, figure.low, figure.high, unnumbered)


def _order(counted: Counted) -> tuple[str, bool, str, int]:
    report = counted.read.report
    return (sort_key(date_of(report)), counted.text != report.id, report.id, counted.figure.span[0])


def _toll(group: Sequence[Counted], docket: Docket) -> Toll:
    """One toll from its occurrences, the first said leading."""
    group = sorted(group, key=lambda one: (one.figure.victims == "unspecified", _order(one)))
    first = group[0]
    figure, read = first.figure, first.read
    dated = min((one.read.report for one in group), key=lambda report: (sort_key(date_of(report)), report.id)).published
    name = docket.parties.name
    withdrawn = any(_taken_back(one) for one in group)
    return Toll(
        ref=first.ref, harm=figure.harm, victims=figure.victims, low=figure.low, high=figure.high, qualifier=figure.qualifier,
        scope=figure.scope, words=read.report.text[slice(*figure.span)],
        speaker=name(figure.speaker) if figure.speaker else None,
        speaker_kind=first.kind, affiliation=name(figure.affiliation) if figure.affiliation else None,
        side=figure.side or "; ".join(sorted({voice.side for voice in first.voices if voice.side})) or None,
        chain=tuple(name(one) for one in figure.chain), outlet=docket.credits.get(first.text),
        as_of=min((one.figure.as_of for one in group if one.figure.as_of), key=sort_key, default=None),
        said=dated.value if dated else None, said_how=dated.how if dated else None,
        span=span_of(read.report, figure.span), sentence=span_of(read.report, read.reading.sentence_of(figure.span)),
        repeats=tuple(one.ref for one in group[1:]), standing=not withdrawn, withdrawn=withdrawn,
    )  # fmt: skip


def _taken_back(counted: Counted) -> bool:
    """Whether the text tells the number as one that was withdrawn."""
    span = counted.figure.span
    sentence = span_of(counted.read.report, counted.read.reading.sentence_of(span))
    return taken_back(sentence, *span)


def _superseded(toll: Toll, tolls: Sequence[Toll], docket: Docket) -> Toll:
    """The toll, marked where the same voice's next figure replaces it."""
    mine, held = _answerable(toll, docket), interval(toll)
    if toll.withdrawn or not (of_all(toll) or toll.scope == "running") or held is None:
        return toll
    later = []
    for other in tolls:
        now = interval(other)
        if other is toll or now is None or (other.harm, other.scope) != (toll.harm, toll.scope) or not _one_class(toll, other):
            continue
        says_less = now[0] <= held[0] and held[1] <= now[1]
        if not mine <= set(docket.voiced[other.ref]):
            continue
        if toll.victims == other.victims and same_text(toll, other, docket) and told_first(toll) and not told_first(other):
            later.append(other)
            continue
        if says_less or not surely_before(when(toll), when(other)):
            continue
        if same_text(toll, other, docket) and slipped(number(toll), number(other)):
            continue
        later.append(other)
    if not later:
        return toll
    following = min(later, key=lambda t: (sort_key(when(t)), t.ref.report, t.span.start))
    return replace(toll, standing=False, superseded_by=following.ref)


def _answerable(toll: Toll, docket: Docket) -> set[str]:
    """The voices whose later number replaces this one: of several who gave it together, those with a name, if there are any."""
    voices = docket.voiced[toll.ref]
    return {key for key in voices if key.startswith("named:") and key[6:7].isupper()} or set(voices)


_WHOLE_CLASSES = ("unspecified", "civilians", "military", "militants")


def _one_class(toll: Toll, other: Toll) -> bool:
    """Whether two figures of one voice count the same people: one class, or one of them without any."""
    classes = {toll.victims, other.victims}
    return len(classes) == 1 or ("unspecified" in classes and classes <= set(_WHOLE_CLASSES))


def told_first(toll: Toll) -> bool:
    """Whether the text says of the toll that it was given at first, or earlier."""
    return order_told(toll.sentence, toll.span.start, toll.span.end) < 0


def counted_so_far(toll: Toll) -> bool:
    """Whether the text says that the counting went on: the number is then a lower bound to whatever others say."""
    return still_counting(toll.sentence, toll.span.start, toll.span.end)


def when(toll: Toll) -> str | None:
    """The date that a toll holds for: the one its words give, else when it was said (EDTF or None)."""
    return toll.as_of or toll.said


def number(toll: Toll | Figure) -> int:
    """The number that a toll names: its lowest where that is known, else its highest; 0 for words without a number."""
    return toll.low if toll.low is not None else toll.high or 0


def _texts(toll: Toll, docket: Docket) -> set[str]:
    return {docket.texts[ref.report] for ref in refs(toll)}
