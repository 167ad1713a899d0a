"""Who is behind what is said of an incident: first speakers, not echoes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from counterclaim.contest.docket import Docket, Said
from counterclaim.contest.labels import NOBODY, camp
from counterclaim.contest.positions import takes_position
from counterclaim.contest.speakers import Voice
from counterclaim.contest.tolls import interval, of_all
from counterclaim.records import Figure, Origin, StatementRef, VoiceCount

RULE = (
    "Copies are collapsed, quotations followed to their first speaker, equal utterances joined; then those who give a toll or "
    "take a position are counted, then their sides. A person and the institution he speaks for (the one most often given) are "
    "one voice, and so are several unnamed officials or authorities of a field and the ministry of that field, where the reports "
    "name it. An outlet counts where it gives a toll or accuses in its own words, under the agency credited; “reports”, "
    "“accounts” and the like that nobody is named for are its own words. Speakers without a name count as one for each "
    "description and as many as there are texts at most; a description that says no more than another of the same or an unknown "
    "side (“officials” beside “a health official”) may be the same people and adds none to the least, unless the two give "
    "numbers of which one excludes the other. So may a party named as such (“Russia”, “the Russian military”) where one of its "
    "bodies speaks."
)


def origins_of(docket: Docket) -> tuple[Origin, ...]:
    """The independent voices behind the docket's incident: named ones first, then by reports carried and name."""
    heard: dict[str, list[tuple[Voice, str, Said | None]]] = {}
    counting = {StatementRef(one.ref.report, one.figure.statement) for one in docket.counted if one.figure.statement}
    for said in docket.said:
        if takes_position(said) or said.ref in counting:
            for voice in said.voices:
                heard.setdefault(_merged(voice), []).append((voice, said.ref.report, said))
    for counted in docket.counted:
        for voice in counted.voices:
            heard.setdefault(_merged(voice), []).append((voice, counted.ref.report, None))
    return tuple(sorted((_origin(group, docket) for group in heard.values()), key=_order))


def count_of(docket: Docket, origins: Sequence[Origin]) -> VoiceCount:
    """How many reports, distinct texts, utterances, voices and sides are behind the docket's incident, and by which rule."""
    reports, texts = len(docket.reports), len({docket.texts[report.id] for report in docket.reports})
    most = sum(origin.at_most for origin in origins)
    embodied = [one for one in origins if _embodied(one, origins)]
    given = _given(docket)
    vaguer = [one for one in origins if _says_less(one, origins, given)]
    least = len(origins) - len(embodied) - len(vaguer)
    rule = (
        f"{_many(reports, 'report')}, {_many(texts, 'text')}, {least if least == most else f'{least} to {most}'} "
        f"voice{'' if most == 1 else 's'}: copies collapsed, quotations followed to their first speaker, equal utterances joined"
    )
    if any(origin.at_most > 1 for origin in origins):
        rule += ", unnamed speakers counted once for each text at most"
    if embodied:
        names = sorted(origin.name for origin in embodied)
        rule += f"; {' and '.join(names)} may {'each ' if len(names) > 1 else ''}be one of its own bodies that speak here"
    if vaguer:
        names = [f"“{name}”" for name in sorted(origin.name for origin in vaguer)]
        rule += f"; {', '.join(names)} may be others who are described more closely"
    return VoiceCount(
        reports=reports, texts=texts, utterances=len({_utterance(said, docket) for said in docket.said}), voices=least,
        voices_at_most=most, sides=tuple(sorted({origin.side for origin in origins if origin.side})), rule=f"{rule}.",
    )  # fmt: skip


_GENERIC = re.compile(r"\b(?:military|armed forces|government|authorities)\Z", re.I)
_ARMED = re.compile(
    r"\b(?:army|air force|navy|command|pentagon|defen[cs]e|chiefs|general staff|marines?|military|forces|guard)\b", re.I
)
"""Names of what belongs to a military, by their own words."""


def _embodied(origin: Origin, origins: Sequence[Origin]) -> bool:
    """Whether a named voice may be another that is counted already: a side where one of its bodies speaks, a military or a
    government named as such where a body of that kind does."""
    if origin.kind != "named" or origin.side is None:
        return False
    others = [one for one in origins if one is not origin and one.kind == "named" and one.side == origin.side]
    name = _bare(origin)
    if name == origin.side:
        return bool(others)
    if not _GENERIC.search(name):
        return False
    armed = bool(_ARMED.search(name))
    closer = [one for one in others if not _GENERIC.search(_bare(one)) and _bare(one) != one.side]
    return any(bool(_ARMED.search(_bare(one))) == armed for one in closer)


_Given = Mapping[StatementRef, Sequence[Figure]]


def _given(docket: Docket) -> _Given:
    """The numbers for the whole incident by the statement in which they are given."""
    found: dict[StatementRef, list[Figure]] = {}
    for one in docket.counted:
        if one.figure.statement and of_all(one.figure):
            found.setdefault(StatementRef(one.ref.report, one.figure.statement), []).append(one.figure)
    return found


def _exclude(left: Origin, right: Origin, given: _Given) -> bool:
    """Whether two voices give numbers for one harm and class of which one excludes the other."""
    mine, theirs = ([f for ref in one.statements for f in given.get(ref, ())] for one in (left, right))
    for one, other in product(mine, theirs):
        a, b = interval(one), interval(other)
        if (one.harm, one.victims) == (other.harm, other.victims) and a and b and (a[1] < b[0] or b[1] < a[0]):
            return True
    return False


def _says_less(origin: Origin, origins: Sequence[Origin], given: _Given) -> bool:
    """Whether an unnamed speaker is described by no more words than another of his side; the first of equals counts."""
    if origin.kind not in ("unnamed", "collective"):
        return False
    mine = _described(origin.name)
    for other in origins:
        if (
            other is origin
            or other.kind not in ("unnamed", "collective")
            or (origin.side and other.side and origin.side != other.side)
        ):
            continue
        theirs = _described(other.name)
        if _exclude(origin, other, given):
            continue
        if mine < theirs or (mine == theirs and _order(other) < _order(origin)):
            return True
    return False


_EMPTY = frozenset(
    "a an the one two three four some several other another different senior top this that these those of from in at on by for "
    "with near to and or who which whom its their his her who was is not named".split()
)


_ALIKE = {
    **dict.fromkeys(("people", "local", "inhabitant", "villager", "townspeople"), "resident"),
    **dict.fromkeys(("inquiry", "investigation", "probe", "review"), "investigator"),
}
"""Words for the same speakers: an inquiry speaks through those who make it."""


def _described(name: str) -> frozenset[str]:
    """The words of a description that say who: names of places and nations, numbers and small words left out, in the singular."""
    words = (word for word in re.findall(r"[^\W\d_][\w.'’-]*", name) if word[0].islower() and not word.startswith("al-"))
    bare = (re.sub(r"(?<=[^s])(?:es(?<=[sxh]es)|s)\Z", "", word) for word in words if word not in _EMPTY)
    return frozenset(_ALIKE.get(word, word) for word in bare)


def _bare(origin: Origin) -> str:
    """A voice's name without the people who speak for it."""
    return origin.name.partition(" (")[0]


def _merged(voice: Voice) -> str:
    """Unnamed speakers of one description are one entry, which may be several."""
    return f"{voice.kind}:{voice.description}" if voice.description else voice.key


def _origin(group: Sequence[tuple[Voice, str, Said | None]], docket: Docket) -> Origin:
    voice = min((voice for voice, _, _ in group), key=lambda v: (v.key, v.name or "", v.side or ""))
    statements: dict[StatementRef, Said] = {said.ref: said for _, _, said in group if said is not None}
    sides = Counter(one.side for one, _, _ in group if one.side)
    people = dict.fromkeys(person for said in statements.values() for person in _people(said, voice, docket))
    name = voice.name or NOBODY
    return Origin(
        name=f"{name} ({camp(people)})" if people else name, kind=voice.kind,
        side=min(sides, key=lambda side: (-sides[side], side)) if sides else None,
        utterances=len({_utterance(said, docket) for said in statements.values()}),
        reports=tuple(sorted({report for _, report, _ in group})),
        statements=tuple(sorted(statements, key=lambda ref: (ref.report, statements[ref].content()[0].start, ref.statement))),
        at_most=len({voice.key for voice, _, _ in group}),
    )  # fmt: skip


def _people(said: Said, voice: Voice, docket: Docket) -> Iterator[str]:
    """The named people who speak for a voice in a statement, where they are not the voice themselves."""
    if said.statement.speaker_kind == "named" and len(said.voices) == 1:
        name = docket.parties.name(said.statement.speaker or "")
        if name != voice.name:
            yield name


def _utterance(said: Said, docket: Docket) -> tuple[str, ...]:
    """What tells acts of saying apart: the utterance found behind a statement, else its voices, its text and its words."""
    found = docket.utterances.get(said.ref)
    if found is not None:
        return (found,)
    words = " ".join(piece.quote for piece in said.content())
    return (*(voice.key for voice in said.voices), said.text, " ".join(words.split()).casefold())


def _order(origin: Origin) -> tuple[int, int, str, str]:
    return (("named", "collective", "unnamed", "outlet").index(origin.kind), -len(origin.reports), origin.name, origin.side or "")


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
