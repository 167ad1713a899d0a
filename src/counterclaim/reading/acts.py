"""What a saying does: accuse, deny, admit, justify, announce an inquiry, demand, regret; told from its cue and its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from counterclaim.reading.sayings import Saying
from counterclaim.records import Act, Figure, Mention, Offsets


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{p})" for p in patterns), re.IGNORECASE)


_REGRET = _any(
    r"regret",
    r"apolog",
    r"condolence",
    r"(?:is|are|was|were|be|would be) (?:deeply )?(?:sorry|saddened|stunned)",
    r"sadden",
    r"mourn",
    r"sympath(?:y|ies)\b",
)
_UNCERTAIN = _any(
    r"(?:un|not |wasn['’]t |isn['’]t )clear\b", r"(?:could|can|cannot|can)(?:not|n['’]t| not) (?:\w+ )?(?:say|confirm|verify|tell|determine|be (?:\w+ )?(?:confirmed|verified|checked))",
    r"no way to\b", r"question mark", r"(?:is|was|are|were|remains?) (?:un|not )known", r"too early to", r"hard to (?:say|tell)", r"does(?: not|n['’]t) know",
)  # fmt: skip
_INQUIRY = _any(
    r"investigat(?:ion|ions|ing|e|ed|es|ors?)\b", r"inquiry", r"inquest", r"probe\b", r"review(?:ing|ed)?\b", r"(?:is|are|was|were|still|being) (?:still )?assess", r"assessment",
    r"look(?:ing|ed)? (?:into|at)\b", r"examin(?:e|ing|ed|ation)\b", r"check(?:ing)? (?:the )?(?:claims|reports)",
)  # fmt: skip
_DENIED = _any(
    r"(?:did|do|does|had|has|have|was|were|is|are)(?: not|n['’]t) (?:\w+ )?(?:hit|target|fire|fired|attack|strike|struck|bomb|bombed|shell|carry|carried|intended|aim|aimed|know|known|responsible|involved|directly|deliberate|made with|use|used|kill|killed|confirmed|found)", r"did(?: not|n['’]t) intend",
    r"neither\b.{0,80}\bnor\b", r"never\b", r"(?:no|nothing|little) (?:\w+ )?(?:indication|evidence|sign|trace|proof|truth|strike|strikes|air|raid|attack|civilian|civilians|intention|intent|deliberate|casualties|involvement)",
    r"nothing to (?:show|do with)", r"un(?:intentional|intended|founded|true)", r"not (?:intentional|deliberate|aimed|true|responsible|involved)", r"false\b", r"baseless", r"fabricat", r"fakes?\b", r"honest mistake",
)  # fmt: skip
_ADMITTED = _any(
    r"(?:was|were|is|are) responsible", r"(?:took|takes|taking|accept(?:s|ed)?) (?:full )?responsibility", r"mistake", r"(?:human )?errors?\b", r"fell short|fallen short",
    r"(?:it|its|they|their|our|we) (?:had |has |have |did |forces |aircraft |troops |soldiers |men |planes )*(?:struck|strike|bombed|hit|fired|killed|carried out|opened fire|conducted|shelled)",
    r"contributed (?:in|to)\b", r"(?:it )?was (?:U\.?S\.?|its|our|their) \w+ that",
)  # fmt: skip
_JUSTIFIED = _any(
    r"self-?defen[cs]e", r"to defend (?:itself|themselves|its|their)", r"imminent", r"threat(?:en|ening)?\b", r"legitimate", r"warning shots?", r"in (?:response|retaliation|reply)",
    r"law of (?:war|armed conflict)|rules of engagement", r"human shields?", r"(?:hid|hiding|hide|smuggl\w+|shelter\w*) .{0,40}(?:civilians|among|behind|under)", r"(?:was|were) (?:launched|aimed|directed|conducted) (?:against|at)",
    r"(?:aim(?:ed|s|ing)?|target(?:ed|s|ing)?|directed|struck|destroyed|eliminated|neutrali[sz]ed) (?:\w+ ){0,3}(?:militants?|terrorists?|fighters?|commanders?|rockets?|launchers?|command|bombers?|insurgents?|ISIS|IS|ISIL|Hamas|Hezbollah|Taliban)",
    r"(?:booby-?trapped|rigged|wired|mined)\b", r"no concerns were", r"(?:had|have) (?:informed|warned|notified)", r"(?:strike|raid|operation|attack|sortie) was (?:aborted|called off|stopped|halted)",
    r"(?:bait|lure|deceiv|tactic)", r"reasonable (?:reading|belief)", r"precaution|precise|precision|with caution",
)  # fmt: skip
_DEMANDED = _any(
    r"must\b",
    r"should\b",
    r"ought to\b",
    r"need(?:s|ed)? to (?:be (?:held|investigated)|stop|end|halt|explain)",
    r"call(?:s|ed|ing)? (?:for|on)\b",
    r"demand",
)
_ACCUSED = _any(
    r"war crimes?", r"crimes?\b", r"massacre", r"aggression", r"atrocit", r"genocid", r"barbari", r"terroris[mt] (?:act|attack)", r"deliberate(?:ly)?\b", r"indiscriminate", r"grandstanding", r"hypocri",
    r"violat(?:ed|ion|ing)", r"absurd", r"to blame", r"(?:is|was|were|are) behind\b", r"connivance", r"condemning them", r"dooming", r"fail(?:ed|ure|s) to", r"hid(?:es|ing) the",
    r"has (?:.{0,40})expressed outrage", r"refus(?:al|ed|es)", r"threw|thrown|slaughter", r"(?:barrel|cluster) bombs?|cluster munitions", r"nothing to do with what", r"claim(?:s|ed|ing)? (?:\w+ ){0,4}lives",
    r"condemn", r"outrage", r"unjustifiable", r"bombed (?:residential|civilian)", r"strikes? on (?:residential|civilian)", r"conceal",
)  # fmt: skip
_DAMAGED = _any(
    r"destroyed", r"damaged", r"flattened", r"levell?ed", r"wrecked", r"in ruins", r"reduced to rubble", r"burned down|burnt down"
)
_VIOLENT = _any(
    r"kill(?:ed|s|ing)?\b", r"shot\b", r"fired?\b", r"bomb(?:ed|ing|s)?\b", r"struck\b", r"strikes?\b", r"air ?strikes?\b", r"hit\b", r"shell(?:ed|ing)?\b", r"attack(?:ed|s|ing)?\b", r"raids?\b",
    r"opened fire", r"shoot", r"drone", r"missiles?\b", r"rockets?\b", r"mined\b", r"rigged\b", r"wired\b",
)  # fmt: skip
_AGENT = re.compile(
    r"\b(?:coalition|regime|Russian|American|Israeli|Syrian|Saudi|Turkish|Iranian|Ukrainian|Zionist|government|rebel|Houthi|U\.?S\.?|NATO|Hamas|Taliban|ISIS|ISIL|IS|Islamic State|army|forces|troops|soldiers|militants|terrorists|jets|warplanes|planes)\b"
)


def act_of(text: str, saying: Saying, mentions: Sequence[Mention], figures: Sequence[Figure]) -> Act:
    """The act of one saying. The cue decides where it performs the act itself ("accused", "denied"); else what is said does.

    Whose side the accused is on is not known here: an accusation against the speaker's own side is told later.
    """
    said = " ".join(text[a:b] for a, b in saying.content)
    if saying.act == "denial":
        return "uncertainty" if saying.negated else "denial"
    if saying.act == "admission":
        if saying.negated:
            return "uncertainty"
        return "uncertainty" if _UNCERTAIN.search(said) else "admission"
    if saying.act == "blame":
        return "other" if saying.negated else "blame"
    if saying.act in {"demand", "regret"}:
        return "other" if saying.negated else saying.act
    if saying.act is not None:
        return saying.act
    tolls = [f for f in figures if saying.covers(f.span) > 0.99]
    if _REGRET.search(said):
        return "regret"
    if saying.lemma == "confirm" and saying.negated:
        return "uncertainty"
    inquiry = _INQUIRY.search(said)
    if inquiry is not None and not _DEMANDED.search(said[: inquiry.end()]) and not _finding(said, inquiry.start()):
        return "investigation"
    if _UNCERTAIN.search(said) and not _ACCUSED.search(said):
        return "uncertainty"
    if _DENIED.search(said):
        return "denial"
    if _JUSTIFIED.search(said):
        return "justification"
    if _ADMITTED.search(said):
        return "admission"
    if _ACCUSED.search(said) or (_VIOLENT.search(said) and _agent(text, saying, mentions)):
        return "blame"
    if tolls:
        return "figure"
    if _DAMAGED.search(said):
        return "damage"
    if _DEMANDED.search(said):
        return "demand"
    return "other"


def _finding(said: str, at: int) -> bool:
    """Whether the inquiry is named only in passing, behind what it found ("... , an inquiry showed")."""
    return at > 160


def _agent(text: str, saying: Saying, mentions: Sequence[Mention]) -> bool:
    """Whether what is said names who did it: a party's name right before an act of violence, in the same clause."""
    for start, end in saying.content:
        for match in _VIOLENT.finditer(text, start, end):
            clause = re.split(r"[,;:.]", text[max(start, match.start() - 60) : match.start()])[-1]
            if _AGENT.search(clause):
                return True
            if any(
                m.kind in {"organisation", "nationality"}
                and m.span[1] <= match.start() <= m.span[1] + 25
                and m.span[0] >= start
                and "," not in text[m.span[1] : match.start()]
                for m in mentions
            ):
                return True
    return False


_SUFFERED = re.compile(r"\b(?:was|were|been|being|be|is|are|got)\s+(?:\w+ly\s+|also\s+|all\s+)?$")


def accused_in(text: str, saying: Saying, mentions: Sequence[Mention], figures: Sequence[Figure]) -> Offsets | None:
    """Offsets of the party that what is said names as the doer, None where it names none: whose crime or attack it is
    ("Russia's aggression", "a coalition air strike"), behind "by" in a passive, else the party nearest before the word of
    violence. Those counted as victims are not asked."""
    parties = [
        m
        for m in mentions
        if m.kind in {"organisation", "nationality", "place", "role"}
        and not any(a < m.span[1] and m.span[0] < b for a, b in (f.span for f in figures))
    ]
    best: tuple[int, Offsets] | None = None
    for start, end in saying.content:
        for pattern in (_ACCUSED, _VIOLENT):
            for match in pattern.finditer(text, start, end):
                suffered = _SUFFERED.search(text[max(start, match.start() - 30) : match.start()])
                by = re.compile(r"[^.;]{0,40}?\bby\s+(?:the\s+|an?\s+)?").match(text, match.end(), end) if suffered else None
                at = by.end() if by else match.start()
                for mention in parties:
                    gap = abs(mention.span[0] - at) if by else at - mention.span[1]
                    # 40 code points hold "forces had carried out a " between the doer and the deed
                    near = gap <= 3 if by else not suffered and start <= mention.span[0] and -1 <= gap <= 40
                    if near and (best is None or gap < best[0]):
                        best = (gap, mention.span)
    return best[1] if best is not None else None
