"""Which voices may be others that are counted already, and which words of an outlet are more than what it passes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product, takewhile

from counterclaim.contest.docket import Counted, Docket, Said
from counterclaim.contest.labels import NOBODY
from counterclaim.contest.same_voice import serves
from counterclaim.contest.speakers import Voice
from counterclaim.contest.tolls import interval, number, of_all
from counterclaim.records import Figure, FigureRef, Origin, StatementRef, question_of

RULE = (
    "To the least number of voices these add nothing, for they may be others that are counted: a party named as such (“Russia”, "
    "“the Russian military”) where one of its bodies speaks; a description that says no more than another of the same or an "
    "unknown side, in the same text or on the same matter (“officials” beside “a health official”), unless the two give numbers "
    "of which one excludes the other; “authorities” or “the investigators” where somebody with a name, or the police, speaks in "
    "the same texts; an outlet whose number another gives as well, or that only says how many roughly. An outlet's number that a "
    "speaker of the same text holds or exceeds is a part of his account, and an accusation that a speaker makes too, or of which "
    "the outlet tells as somebody's (“is accused of”), is not its own."
)


def own_words(docket: Docket) -> frozenset[StatementRef | FigureRef]:
    """What outlets say and count in their own words that is more than a part of what a speaker of the same text tells."""
    given: dict[str, list[Figure]] = {}
    for one in docket.counted:
        if not _of_outlet(one) and _whole(one):
            given.setdefault(one.text, []).append(one.figure)
    counted = {
        one.ref for one in docket.counted if _of_outlet(one) and _whole(one) and not _within(one.figure, given.get(one.text, ()))
    }
    blamed = frozenset(
        name
        for said in docket.said
        if said.statement.act == "blame" and any(voice.kind != "outlet" for voice in said.voices)
        for name in docket.parties.party(said.statement.target)
    )
    accused = {
        said.ref for said in docket.said
        if said.statement.act == "blame" and said.statement.target and _of_outlet(said) and not _told_of_another(said)
        and blamed.isdisjoint(docket.parties.party(said.statement.target))
    }  # fmt: skip
    within = {
        StatementRef(one.ref.report, one.figure.statement)
        for one in docket.counted if one.ref in counted and one.figure.statement
    }  # fmt: skip
    return frozenset((*counted, *accused, *within))


def _by(one: Counted, origin: Origin) -> bool:
    return _of_outlet(one) and one.ref.report in origin.reports and any((v.name or NOBODY) == origin.name for v in one.voices)


def _of_outlet(one: Said | Counted) -> bool:
    return all(voice.kind == "outlet" for voice in one.voices)


def _whole(one: Counted) -> bool:
    """Whether a figure is a toll for everyone harmed."""
    return one.figure.scope == "incident" and interval(one.figure) is not None and number(one.figure) > 0


def _within(figure: Figure, given: Iterable[Figure]) -> bool:
    """Whether a speaker counts as many so harmed or dead, or more."""
    return any(
        (other.harm in ("killed", "casualties") or _one_harm(figure, other))
        and other.qualifier != "vague" and number(other) >= number(figure)
        for other in given
    )  # fmt: skip


def _one_harm(one: Figure, other: Figure) -> bool:
    """Whether two figures count the same harm, or one counts the dead and injured together."""
    return one.harm == other.harm or (one.harm == "casualties" and other.harm in ("killed", "injured"))


_ACCUSED = re.compile(r"\b(?:accus|charg|indict|suspect|alleg|convict|arraign)\w*", re.I)


def _told_of_another(said: Said) -> bool:
    """Whether an outlet tells of an accusation that somebody else makes."""
    text, statement = said.read.report.text, said.statement
    return any(_ACCUSED.search(text[slice(*piece)]) for piece in (*statement.cue, *statement.content))


def echoes_of(docket: Docket, origins: Sequence[Origin]) -> Mapping[str, Sequence[str]]:
    """The names of voices that add none to the least, each once, by why: "bodies", "descriptions", "outlets"."""
    heard = _Heard(docket)
    bodies = {n for n, one in enumerate(origins) if _embodied(one, origins)}
    described = {n for n in range(len(origins)) if n not in bodies and heard.says_less(n, origins)}
    outlets = {n for n, one in enumerate(origins) if heard.passes_on(one)}
    found = {"bodies": bodies, "descriptions": described, "outlets": outlets}
    return {why: sorted(origins[n].name for n in those) for why, those in found.items()}


_GENERIC = re.compile(r"\b(?:military|armed forces|government|authorities)\Z", re.I)
_ARMED = re.compile(
    r"\b(?:army|air force|navy|command|pentagon|defen[cs]e|chiefs|general staff|marines?|military|forces|guard)\b", re.I
)
"""Names of what belongs to a military, by their own words."""


def _embodied(origin: Origin, origins: Sequence[Origin]) -> bool:
    """Whether a named voice may be another that is counted already: a side where one of its bodies speaks, a military or a
    government named as such where a body of that kind does. Who speaks for a side by name is not its military."""
    if origin.kind != "named" or origin.side is None:
        return False
    others = [one for one in origins if one is not origin and one.kind == "named" and one.side == origin.side]
    name = _bare(origin)
    if name == origin.side:
        return bool(others) if name == origin.name else any(not _ARMED.search(_bare(one)) for one in others)
    if not _GENERIC.search(name):
        return False
    armed = bool(_ARMED.search(name))
    closer = [one for one in others if not _GENERIC.search(_bare(one)) and _bare(one) != one.side]
    return any(bool(_ARMED.search(_bare(one))) == armed for one in closer)


def _bare(origin: Origin) -> str:
    """A voice's name without the people who speak for it."""
    return origin.name.partition(" (")[0]


def _apart(left: Origin, right: Origin) -> bool:
    """Whether two voices are of two sides; a medium speaks for itself and may be a state's."""
    return None not in (left.side, right.side) and left.side != right.side and "media" not in (left.side, right.side)


class _Heard:
    """What the voices of a docket say, as far as it tells whether two of them may be one."""

    def __init__(self, docket: Docket) -> None:
        self._docket = docket
        self._given: dict[StatementRef, list[Figure]] = {}
        self._matters: dict[StatementRef, set[str]] = {}
        for one in docket.counted:
            if one.figure.statement:
                ref = StatementRef(one.ref.report, one.figure.statement)
                self._matters.setdefault(ref, set()).add(one.figure.harm)
                if of_all(one.figure):
                    self._given.setdefault(ref, []).append(one.figure)
        for said in docket.said:
            if said.statement.act not in ("figure", "other"):
                words = " ".join(piece.quote for piece in said.content())
                self._matters.setdefault(said.ref, set()).add(question_of(said.statement.act, words))
        self._own = own_words(docket)
        self._spoken: dict[int, list[Counted]] = {}
        self._unspoken: dict[int, list[Counted]] = {}
        self._together: dict[int, list[tuple[Voice, ...]]] = {}
        most: dict[tuple[str, tuple[Voice, ...]], dict[str, int]] = {}
        for one in filter(_whole, docket.counted):
            if one.figure.qualifier == "vague":
                continue
            (self._unspoken if _of_outlet(one) else self._spoken).setdefault(number(one.figure), []).append(one)
            harms = most.setdefault((one.text, one.voices), {})
            harms[one.figure.harm] = max(harms.get(one.figure.harm, 0), number(one.figure))
        for (_, voices), harms in most.items():
            if not any(voice.kind == "outlet" for voice in voices) and harms.keys() >= {"killed", "injured"}:
                self._together.setdefault(harms["killed"] + harms["injured"], []).append(voices)

    def says_less(self, n: int, origins: Sequence[Origin]) -> bool:
        """Whether an unnamed speaker may be another one: described by no more words; the first of equals counts."""
        origin = origins[n]
        if origin.kind not in ("unnamed", "collective"):
            return False
        mine = _described(origin.name)
        beside = _ANAPHORIC.match(origin.name) or (mine <= _ANYBODY and origin.name[1:].islower())
        for k, other in enumerate(origins):
            if k == n or other.kind == "outlet" or _apart(origin, other):
                continue
            together = self._texts(origin) <= self._texts(other)
            if other.kind == "named" or (beside and serves(other.name)):
                words = {word.casefold() for word in re.findall(r"[^\W\d_]+", _bare(other))}
                if not self._exclude(origin, other) and ((beside and together) or (mine and mine <= words)):
                    return True
                continue
            theirs = _described(other.name)
            if self._exclude(origin, other):
                continue
            if mine == theirs and k < n:
                return True
            if mine < theirs and (not self._texts(origin).isdisjoint(self._texts(other)) or self._one_matter(origin, other)):
                return True
        return False

    def passes_on(self, origin: Origin) -> bool:
        """Whether others give all the numbers that an outlet gives: speakers, or outlets whose reports come before its own."""
        if origin.kind != "outlet":
            return False
        counted = [one for one in self._docket.counted if one.ref in self._own and _by(one, origin)]
        inside = {StatementRef(one.ref.report, one.figure.statement) for one in counted if one.figure.statement}
        accuses = any(ref in self._own and ref not in inside for ref in origin.statements)
        return not accuses and all(self._given_by_another(one) for one in counted)

    def _given_by_another(self, one: Counted) -> bool:
        figure = one.figure
        if figure.qualifier == "vague":
            return any(_one_harm(figure, other.figure) for others in self._spoken.values() for other in others)
        if any(speaker != one.voices for speaker in self._together.get(number(figure), ())):
            return True
        return any(
            _one_harm(figure, other.figure) and other.figure.victims in ("unspecified", figure.victims)
            and other.voices != one.voices
            for other in (*self._spoken.get(number(figure), ()), *self._outlets_before(one))
        )  # fmt: skip

    def _outlets_before(self, one: Counted) -> Iterator[Counted]:
        return takewhile(lambda other: other.ref != one.ref, self._unspoken.get(number(one.figure), ()))

    def _texts(self, origin: Origin) -> set[str]:
        return {self._docket.texts[report] for report in origin.reports}

    def _one_matter(self, left: Origin, right: Origin) -> bool:
        """Whether two speak of one question or count one harm; True where either is not known to speak of any."""
        mine, theirs = ({m for ref in one.statements for m in self._matters.get(ref, ())} for one in (left, right))
        return not mine or not theirs or not mine.isdisjoint(theirs)

    def _exclude(self, left: Origin, right: Origin) -> bool:
        """Whether two voices give numbers for one harm and class of which one excludes the other."""
        mine, theirs = ([f for ref in one.statements for f in self._given.get(ref, ())] for one in (left, right))
        for one, other in product(mine, theirs):
            a, b = interval(one), interval(other)
            if (one.harm, one.victims) == (other.harm, other.victims) and a and b and (a[1] < b[0] or b[1] < a[0]):
                return True
        return False


_ANAPHORIC = re.compile(r"(?:the|its|their|his|her)\s+(?:[a-z-]+\s+){0,1}[a-z-]+\Z")
"""A bare description of somebody the text has told of: "the investigators", "its acting director"."""
_ANYBODY = frozenset("authority authoritie official investigator detective deputy deputie source".split())
"""Who speaks where a text does not say who of those it names elsewhere."""
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
