"""The words of saying: which verbs report speech, how they take what is said, and what act they perform.

A verb's frames: `clause` (said that ...), `thing` (condemned the raid), `as` (called it a crime; labelled it as
proof), `of` (accused Russia of ...), `to` (urged them to ...), `for` (called for a truce; apologised for the raid),
`on` (insists on talks), `toll` (put the toll at 62).
The act is what the verb alone performs; None leaves it to what is said. The list is of ordinary English verbs and
the same for every speaker.
"""

from __future__ import annotations

from dataclasses import dataclass

from counterclaim.records import Act


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of saying: its frames and its act. `needs_speaker` marks verbs that report speech only where their
    subject is somebody who can speak ("the report suggests" but not "the smoke suggests")."""

    frames: frozenset[str]
    act: Act | None = None
    needs_speaker: bool = False


def _table(rows: str, act: Act | None = None, needs_speaker: bool = False) -> dict[str, Cue]:
    cues = {}
    for row in rows.strip().splitlines():
        frames, verbs = row.split(":")
        for verb in verbs.split():
            cues[verb] = Cue(frozenset(frames.split()), act, needs_speaker)
    return cues


CUES: dict[str, Cue] = {
    **_table("""
        clause: say tell add state declare claim insist note explain argue assert maintain warn stress emphasize
        clause: emphasise remark reply respond write recall remind disclose contend testify quote observe recount vow
        clause: assure pledge promise swear hint conclude allege reiterate clarify announce tweet post opine caution
        clause: inform relay convey
        clause thing: report estimate cite
        clause: read
        on: insist
    """),
    **_table(
        """
        clause: believe think suspect agree hope fear hold suggest indicate reveal
        thing clause: mention repeat recommend
        clause: find counsel
        """,
        needs_speaker=True,
    ),
    **_table(
        """
        thing: condemn denounce decry criticize criticise slam deride lambast blast chide rebuke castigate
        thing: challenge lament
        of: accuse suspect
        for: blame fault
        """,
        "blame",
        needs_speaker=True,
    ),
    **_table("as: label brand call describe term dub denounce portray characterize characterise decry", needs_speaker=True),
    **_table(
        "thing clause: deny reject dismiss refute dispute rebut contest repudiate discount",
        "denial",
        needs_speaker=True,
    ),
    **_table("thing clause: acknowledge admit concede confess", "admission", needs_speaker=True),
    **_table("thing clause: confirm verify", needs_speaker=True),
    **_table(
        """
        to: urge ask
        thing clause: demand request seek
        for: call appeal press
        on: call
        """,
        "demand",
        needs_speaker=True,
    ),
    **_table("thing clause: question wonder", "blame", needs_speaker=True),
    **_table(
        """
        thing clause: regret mourn
        for: apologize apologise
        """,
        "regret",
        needs_speaker=True,
    ),
    **_table("toll: put place give count", needs_speaker=True),
}
CUES["call"] = Cue(frozenset({"as", "for", "on"}), None, True)
CUES["denounce"] = Cue(frozenset({"thing", "as"}), "blame", True)
CUES["decry"] = Cue(frozenset({"thing", "as"}), "blame", True)
CUES["insist"] = Cue(frozenset({"clause", "on"}))
CUES["ask"] = Cue(frozenset({"clause", "to", "for"}), None, True)
CUES["suspect"] = Cue(frozenset({"clause", "of"}), None, True)

MENTAL = frozenset("believe think suspect fear hope hold know find".split())
"""Verbs that, in the passive and without an agent, are nobody's act of saying ("are believed to have died")."""

SHOWING = frozenset("suggest indicate reveal agree".split())
"""Verbs by which a speaker's or a paper's view is told and no words of theirs passed on."""

NEGATIVE = frozenset(
    """absurd crime criminal massacre barbaric aggression atrocity violation terrorism genocide murder hypocritical cynical
    unacceptable unjustifiable indiscriminate outrageous shameful heinous cowardly illegal unlawful fakes lie lies
    propaganda provocation slaughter bloodbath failure negligence connivance evidence proof disgrace shame punishment
    breach worrying disturbing horrific appalling reckless inhuman shocking betrayal execution ambush sabotage siege
    disproportionate""".split()
)
"""Words that make "called it ..." an accusation."""

CITING = frozenset("cite quote refer reference".split())
"""Verbs by which one source hands over the words of another ("Interfax, citing the ministry, reported")."""

OFFERED = {
    "condolence": "regret", "sympathy": "regret", "regret": "regret", "apology": "regret", "sorrow": "regret",
    "sadness": "regret", "remorse": "regret", "concern": "blame", "outrage": "blame", "blame": "blame",
    "responsibility": "admission", "explanation": "justification", "condemnation": "blame", "denial": "denial",
}  # fmt: skip
"""Nouns that are given, offered, sent, expressed, voiced or taken: "offered condolences", "put the blame on"."""

OFFERING = frozenset("offer send express voice share relay convey extend take accept claim put lay place deny".split())

SAYING_NOUNS = frozenset(
    "statement report claim comment remark announcement communique account briefing letter tweet post message release "
    "testimony interview speech inquiry investigation review finding summary bulletin".split()
)
"""Things that speak for whoever issued them."""
