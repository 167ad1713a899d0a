"""Who is behind what is said of an incident: first speakers, not echoes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from counterclaim.contest.docket import Docket, Said
from counterclaim.contest.echoes import echoes_of, own_words
from counterclaim.contest.labels import NOBODY, camp
from counterclaim.contest.positions import takes_position
from counterclaim.contest.speakers import Voice
from counterclaim.records import Origin, StatementRef, VoiceCount

RULE = (
    "Copies are collapsed, quotations followed to their first speaker, equal utterances joined; then those who give a toll or "
    "take a position are counted, then their sides. A person and the institution he speaks for (the one most often given) are "
    "one voice, and so are several unnamed officials or authorities of a field and the ministry of that field, where the reports "
    "name it. An outlet is heard where it gives a toll for the whole or accuses in its own words, under the agency credited, or "
    "with its own correspondent; “reports”, “accounts” and the like that nobody is named for are its own words. Speakers without "
    "a name count as one for each description and as many as there are texts at most."
)


def origins_of(docket: Docket) -> tuple[Origin, ...]:
    """The independent voices behind the docket's incident: named ones first, then by reports carried and name."""
    heard: dict[str, list[tuple[Voice, str, Said | None]]] = {}
    counting = {StatementRef(one.ref.report, one.figure.statement) for one in docket.counted if one.figure.statement}
    own = own_words(docket)
    for said in docket.said:
        if takes_position(said) or said.ref in counting:
            for voice in said.voices:
                if voice.kind != "outlet" or said.ref in own:
                    heard.setdefault(_merged(voice, docket), []).append((voice, said.ref.report, said))
    for counted in docket.counted:
        for voice in counted.voices:
            if voice.kind != "outlet" or counted.ref in own:
                heard.setdefault(_merged(voice, docket), []).append((voice, counted.ref.report, None))
    return tuple(sorted((_origin(group, docket) for group in heard.values()), key=_order))


def count_of(docket: Docket, origins: Sequence[Origin]) -> VoiceCount:
    """How many reports, distinct texts, utterances, voices and sides are behind the docket's incident, and by which rule."""
    reports, texts = len(docket.reports), len({docket.texts[report.id] for report in docket.reports})
    most = sum(origin.at_most for origin in origins)
    echoes = echoes_of(docket, origins)
    least = len(origins) - sum(len(names) for names in echoes.values())
    rule = (
        f"{_many(reports, 'report')}, {_many(texts, 'text')}, {least if least == most else f'{least} to {most}'} "
        f"voice{'' if most == 1 else 's'}: copies collapsed, quotations followed to their first speaker, equal utterances joined"
    )
    if any(origin.at_most > 1 for origin in origins):
        rule += ", unnamed speakers counted once for each text at most"
    if names := echoes["bodies"]:
        rule += f"; {' and '.join(names)} may {'each ' if len(names) > 1 else ''}be one of its own bodies that speak here"
    if names := [f"“{name}”" for name in echoes["descriptions"]]:
        rule += f"; {', '.join(names)} may be others who are described more closely"
    if names := echoes["outlets"]:
        rule += f"; {' and '.join(names)} may only pass on what others here are named for"
    return VoiceCount(
        reports=reports, texts=texts, utterances=len({_utterance(said, docket) for said in docket.said}), voices=least,
        voices_at_most=most, sides=tuple(sorted({origin.side for origin in origins if origin.side})), rule=f"{rule}.",
    )  # fmt: skip


def _merged(voice: Voice, docket: Docket) -> str:
    """Unnamed speakers of one description are one entry, which may be several; an outlet is its own correspondent."""
    if voice.kind == "outlet" and voice.name:
        media = (other for one in docket.said for other in one.voices if other.named and other.side == "media")
        return next((other.key for other in media if _is_credit(other.name or "", voice.name)), voice.key)
    return f"{voice.kind}:{voice.description}" if voice.description else voice.key


def _is_credit(name: str, credit: str) -> bool:
    """Whether a medium's name is what a text is credited to: "Al Jazeera" in "Hill News (Al Jazeera)", or by its initials."""
    initials = "".join(word[0] for word in name.split())
    return credit == initials or bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", credit))


def _origin(group: Sequence[tuple[Voice, str, Said | None]], docket: Docket) -> Origin:
    voice = min((voice for voice, _, _ in group), key=lambda v: (v.kind == "outlet", v.key, v.name or "", v.side or ""))
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
        at_most=len({one.key for one, _, _ in group if one.kind == voice.kind}),
    )  # fmt: skip


def _people(said: Said, voice: Voice, docket: Docket) -> Iterator[str]:
    """The named people who speak for a voice in a statement, where they are not the voice themselves."""
    kinds = docket.parties.kinds
    if said.statement.speaker_kind == "named" and len(said.voices) == 1 and kinds.get(voice.name or "") != "person":
        name = docket.parties.name(said.statement.speaker or "")
        if name != voice.name and kinds.get(name, "person") == "person":
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
