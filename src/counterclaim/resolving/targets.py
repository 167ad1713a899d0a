"""Whom a statement accuses, clears or is demanded of: the party that its words make out to have done it."""

from __future__ import annotations

import re
from dataclasses import replace

from counterclaim.records import Actor, Offsets, Statement
from counterclaim.resolving.cast import Cast
from counterclaim.resolving.nouns import BODIES, person_nouns

_ACCUSABLE = frozenset({"state", "organ", "armed group", "organisation"})
_ABOUT_A_PARTY = frozenset({"blame", "denial", "admission", "justification", "demand"})

_COUNT = re.compile(r"\b(?:count|toll|figures?|numbers?)\b")
_NEGATION = re.compile(r"\b(?:no|not|never|neither|nor|without|cannot)\b|n[’']t\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:its?|them|their|him|his|her|he|she|they|this|that)", re.IGNORECASE)

_VICTIMS = (
    r"civilians?|citizens?|people|persons?|children|women|men|soldiers?|troops|victims?|famil(?:y|ies)|residents?|deaths?|"
    r"casualties|drivers?|crowds?|looters?|protesters?|settlers?|farmers?|workers?|personnel|loss(?:es)?|service members?|lives|"
    r"cit(?:y|ies)|villages?|towns?|posts?|positions?"
)
_HARMED = re.compile(
    rf"\s+(?:(?:government|security|army|police|service|young|regime|military)\s+)?(?:{_VICTIMS})\b"
    r"|(?:\s+[\w-]+){0,5}?\s+(?:were|was|are|been)\s+(?:\w+\s+)?(?:killed|wounded|injured|hurt|shot|trampled|displaced|dead)\b"
)
"""What follows a party whose people or places were harmed ("Syrian soldiers", "Palestinians ... were killed")."""

_HARMING = (
    r"hit(?:s|ting)?|strikes?|striking|struck|target(?:s|ed|ing)?|bomb(?:s|ed|ing)?|attack(?:s|ed|ing)?|kill(?:s|ed|ing)?|"
    r"wound(?:s|ed|ing)?|injur(?:ed|ing)|shell(?:ed|ing)|aimed at|fired at"
)
_HELPING = r"support(?:s|ing)?|back(?:s|ed|ing)?|aid(?:s|ing)?|help(?:s|ed|ing)?"
_TELLING = r"informed|warned|told|alerted|notified|advised|asked"
_OF_THEIRS = r"(?:headquarters|positions?|posts?|bases?|dozens|hundreds|scores|some) of"
_TOWARDS = re.compile(
    rf"\b(?:to|(?<!lies )(?<!lay )with|against|on|for|from|{_TELLING}|{_HARMING}|{_HELPING}|{_OF_THEIRS})"
    r"\s+(?:the\s+|an?\s+|\d+\s+)?[\"“]?$|\d\s+$",
    re.IGNORECASE,
)
"""What stands before a party to, with or for which something was done, or whose dead are counted."""

_BEFORE = 32
"""Code points looked back for it: the longest of the expressions with an article."""

_MEN = re.compile(
    r"\b(?:army|military|navy|police|government|regime|coalition|troops|soldiers?|forces?|jets?|(?:war)?planes?|aircraft|guns?"
    r"|pilots?|crews?|drivers?|crowds?|mobs?|gunm[ae]n|attackers?|settlers?|fighters?|militants?|militias?|rebels?|looters?|snipers?"
    r"|enemy|guards?|brigades?|batter(?:y|ies)|patrols?|helicopters?|frigates?|drones?|tanks?|gunboats?|peacekeepers?|sides?|parties"
    r"|authorities|firm|company|services?|occupation|gunners?|officers?|bandits?|terrorists?|insurgents?|raiders?)$",
    re.IGNORECASE,
)
"""Heads of phrases that tell whom somebody accuses or asks where no party is named: the description is the target."""

_MACHINES = re.compile(r"(?:jets?|(?:war)?planes?|aircraft|helicopters?|drones?|tanks?|gunboats?|bombers?)$", re.IGNORECASE)
"""Machines that, with "the" before them, are those of whoever was accused right before."""

_TROOPS = re.compile(r"(?:troops|soldiers|forces|servicemen|gunners|crews?|officers|pilots)", re.IGNORECASE)
_FORCE = re.compile(r"\b(?:army|military|navy|air force|armed forces|defen[cs]e|command|corps|pentagon)\b", re.IGNORECASE)
"""Men under arms of no side told, and bodies whose own they are where those speak of them."""

_HARMLESS = re.compile(
    r"\b(?:civilians?|citizens?|people|persons?|children|women|victims?|famil(?:y|ies)|residents?|inhabitants?|refugees?|patients?"
    r"|wounded|dead|worshippers?|mourners?|pupils?)$",
    re.IGNORECASE,
)
"""Heads of phrases for those who are harmed in war and not accused of it."""

_OF_PARTIES = frozenset({"denial", "admission", "justification", "regret", "investigation"})
"""Acts that somebody has to do for himself."""

_NEUTRAL = frozenset({"residents", "medical", "monitor", "media", "UN", "aid", "experts"})
"""Sides of those who stand between the parties: they accuse and ask, and have no deeds of war of their own."""


def target_of(statement: Statement, text: str, cast: Cast, speakers: tuple[Actor, ...], before: Statement | None) -> str | None:
    """Whom the statement is about, by canonical name or description; None where its act is about nobody or its words name nobody.

    First the accused whom the grammar gives; else the first party in the content that can have done it. A pronoun takes up whom
    `before`, the statement before, was about; a denial, an admission or a justification that names nobody is about the
    speaker's own side.
    """
    if _given_by_grammar(statement, text):
        accused = _accused(statement, text, cast, speakers, before)
        if accused is not None:
            return accused
    if statement.act == "figure":
        return _accused(statement, text, cast, speakers, before)
    if statement.act not in _ABOUT_A_PARTY:
        return None
    sides = {a.side for a in speakers if a.side is not None}
    doers = [(at, a) for span in statement.content for at, a in _doers(cast, text, span) if a.kind in _ACCUSABLE]
    own = next((a for _, a in doers if a.side in sides), None)
    other = next((a for _, a in doers if a.side not in sides), None)
    self_name = _oneself(speakers)
    if statement.act == "blame" and statement.about is not None:
        doer = cast.at(statement.about)
        if doer is not None and doer.kind in _ACCUSABLE and doer.side in sides:
            return doer.name  # the words tell of the speaker's own side's deed: an admission
    if statement.act in ("blame", "demand"):
        return _accused(statement, text, cast, speakers, before) or (other.name if other is not None else None)
    if statement.act == "justification":
        foe = _foe(statement, text, cast, sides)
        return foe.name if foe is not None else self_name
    if statement.act == "denial" and any(_MEANT.search(text, *span) for span in statement.content):
        return own.name if own is not None else self_name
    if statement.act == "denial" and own is None and other is not None:
        denied = min((m.end() for span in statement.content for m in _NEGATION.finditer(text, *span)), default=0)
        return next((a.name for at, a in doers if at >= denied), other.name)
    if own is not None:
        return own.name
    if statement.act == "denial" and any(_COUNT.search(text, *span) for span in statement.content):
        return (before.affiliation or before.speaker) if before is not None and before.side not in sides else None
    if self_name is None and statement.act == "denial":  # of an accusation told in the same breath
        return _accused(statement, text, cast, speakers, before)
    return self_name


def _foe(statement: Statement, text: str, cast: Cast, sides: set[str]) -> Actor | None:
    """Against whom a party says it acted: an armed group named, else another party named as whom it fought or who attacked."""
    named = [
        (at, actor)
        for span in statement.content
        for at, actor in cast.mentions_within(span)
        if actor.kind in _ACCUSABLE and actor.side not in sides and not any(_leads(side, actor.name) for side in sides)
    ]
    about = statement.about
    fought = [
        actor
        for (start, end), actor in named
        if (about is not None and about[0] < end and start < about[1])
        or _FOUGHT.search(text, max(0, start - _BEFORE), start)
        or _HARMED.match(text, end)
    ]
    return next((a for _, a in named if a.kind == "armed group"), None) or next(iter(fought), None)


_FOUGHT = re.compile(rf"\b(?:against|at|on|upon|{_HARMING})\s+(?:the\s+|an?\s+|\d+\s+)?[\"“]?$", re.IGNORECASE)
"""What stands before whom a party says that it fought."""

_MEANT = re.compile(
    r"\b(?:no|without|not? (?:have )?(?:the|any)) inten(?:tion|t)\b|\bun ?intention|\bnot (?:\w+ )?mean to\b", re.IGNORECASE
)
_ADMITTING = re.compile(
    r"admi(?:t|ss)|acknowledg|conced|confess|own(?:ed|s|ing)? up|took back|accept|responsib|confirm", re.IGNORECASE
)
_ONES_OWN = re.compile(r"\b(?:we|us|ours?|i|my|its?|itself|they|theirs?|them|he|his)\b", re.IGNORECASE)


def laid_to_another(statement: Statement, text: str, cast: Cast, speakers: tuple[Actor, ...]) -> Statement:
    """The statement, as an accusation where its words would own up to something but name another side alone as who did it ("the
    coalition caused the deaths of many", said by its opponent)."""
    sides = {a.side for a in speakers if a.side is not None}
    if statement.act != "admission" or not sides or any(_ADMITTING.search(text, *cue) for cue in statement.cue):
        return statement
    if any(_ONES_OWN.search(text, *span) for span in statement.content):
        return statement
    named = [a for span in statement.content for _, a in _doers(cast, text, span) if a.kind in _ACCUSABLE and a.side]
    others = bool(named) and not any(a.side == side or _leads(side, a.name) for a in named for side in sides)
    return replace(statement, act="blame") if others else statement


def _leads(side: str, name: str) -> bool:
    """Whether an alliance is named after who leads it ("US-led coalition", "Saudi-led coalition")."""
    leader, led, _ = name.partition("-led")
    initials = "".join(word[0] for word in side.split())
    return bool(led) and (side.startswith(leader) or leader == initials)


def settled(statement: Statement, text: str) -> Statement:
    """The statement with the act that whose side it is about leaves it: an accusation of the speaker's own side by its deed is an
    admission, and so is a toll laid to it ("our bomb had killed nine"); those who stand between the parties justify and admit
    nothing, they accuse whom they name; those of them who treat and carry the wounded count, and do not accuse, where an attack
    is only called somebody's ("an army raid killed nine"); where nobody speaks, nobody denies, owns up, defends, regrets or looks
    into anything."""
    nobody = statement.speaker is None and not statement.source and statement.antecedent is None
    if nobody and statement.form == "indirect" and statement.act in _OF_PARTIES:
        return replace(statement, act="other", target=None)
    own = {statement.side, statement.affiliation, statement.speaker} - {None}
    about_own = statement.target is not None and statement.target in own
    told = statement.about is None or any(a <= statement.about[0] < b for a, b in statement.content)
    if statement.act == "blame" and about_own and told:
        return replace(statement, act="admission")
    if statement.act == "figure":
        return replace(statement, act="admission") if about_own and told else statement
    if statement.act == "blame" and statement.side in _COUNTING and _only_whose_attack(statement, text):
        return replace(statement, act="figure")
    if statement.act in ("justification", "admission") and statement.side in _NEUTRAL:
        other = None if about_own else statement.target
        return replace(statement, act="blame" if other is not None else "other", target=other)
    return statement


_COUNTING = frozenset({"medical", "aid", "Red Cross", "Red Crescent"})
"""Sides of those who treat and carry the dead and wounded."""

_ATTACK = re.compile(
    r"['’]?s?(?:[ -]led)?(?: (?:coalition|army|military|government|regime|forces))?"
    r"(?: (?:air|drone|artillery|rocket|missile|ground|night|suicide|car))? ?"
    r"(?:air ?strikes?|strikes?|attacks?|raids?|bomb(?:ing|ardment|s)?|shelling|fire|shells?|missiles?|rockets?|drones?)\b"
    r"[^.;]{0,80}?\b(?:killed|wounded|injured|left|claimed|killing|wounding)\b",
    re.IGNORECASE,
)
"""Behind whose name stands an attack and how many it killed or wounded: the toll is what is said, the name tells which attack."""


def _only_whose_attack(statement: Statement, text: str) -> bool:
    return statement.about is not None and _ATTACK.match(text, statement.about[1]) is not None


def _oneself(speakers: tuple[Actor, ...]) -> str | None:
    """Whom a denial or an admission that names nobody is about: the body the speaker speaks for, else himself, unless he is one
    of those who stand between the parties."""
    for actor in speakers:
        if actor.affiliation:
            return actor.affiliation
        if actor.kind in ("person", *_ACCUSABLE) or (actor.kind == "unknown" and actor.side not in _NEUTRAL):
            return actor.name
    return None


def _given_by_grammar(statement: Statement, text: str) -> bool:
    """Whether the accused stands where the cue puts it ("accused X of ...") and was not merely found inside what is said."""
    about = statement.about
    if about is None or any(a < about[0] < b for a, b in statement.content):
        return False
    near = min(statement.content, key=lambda c: abs(c[0] - about[0]), default=about)
    return ". " not in text[min(near[0], about[1]) : max(near[0], about[0])]


def _accused(statement: Statement, text: str, cast: Cast, speakers: tuple[Actor, ...], before: Statement | None) -> str | None:
    """Whom the words at the statement's `about` name; None where they name nobody who can be accused."""
    about = statement.about
    if about is None or _HARMED.match(text, about[1]):
        return None
    words = text[slice(*about)]
    if _PRONOUN.fullmatch(words):
        own = {n for a in speakers for n in (a.name, a.affiliation, a.side)}
        return before.target if before is not None and before.target not in own else None
    if _MACHINES.match(text, about[0], about[1]) and re.search(r"\b(?:the|those|these) $", text[max(0, about[0] - 6) : about[0]]):
        return before.target if before is not None and before.target is not None and before.act == "blame" else words
    named = [*cast.all_at(about), *(a for _, a in _doers(cast, text, about))]
    named = [a for a in named if a not in speakers or statement.act not in ("justification", "blame")]
    if named and named[0].kind == "person" and len(words) < 3 * len(named[0].name):
        return named[0].affiliation or named[0].name
    ones_own = re.match(r"(?:its|his|her|their|our|my)\s", words, re.IGNORECASE) is not None
    if statement.act in ("blame", "denial") and not any(a.side for a in named) and (ones_own or _TROOPS.fullmatch(words)):
        force = next((n for a in speakers for n in (a.affiliation, a.name) if n and _FORCE.search(n)), None)
        if force is not None or (ones_own and not named):
            return force if statement.act == "blame" else None  # an army's spokesman speaks of its own soldiers
    accused = next((a for a in named if a.kind in _ACCUSABLE), None)
    if accused is not None:
        return accused.name
    if (
        statement.act in ("blame", "demand", "denial")
        and not named
        and _describes(words)
        and not (_HARMLESS.search(words) and statement.act != "demand")
    ):
        return re.sub(r"^(?:the|an?)\s+", "", words, flags=re.IGNORECASE)
    return None


def _describes(words: str) -> bool:
    """Whether the words describe people or a body that can be accused or asked."""
    last = words.split()[-1].casefold().rstrip(".,") if words.split() else ""
    return bool(_MEN.search(words)) or last in BODIES or last in person_nouns()


def _doers(cast: Cast, text: str, span: Offsets) -> list[tuple[int, Actor]]:
    """The parties named in `span` that can be the ones who did it, with where: not those whose people were harmed, nor those
    something was done to, with or for. Bare soldiers and troops count only where nobody else is named."""
    found: dict[str, tuple[int, Actor]] = {}
    for bare in (False, True):
        for mention, actor in cast.mentions_within(span, bare=bare):
            if actor.kind == "organisation" and actor.side != actor.name:
                continue  # aid bodies, hospitals and the like may be accused in so many words, but are not taken for it
            harmed = _HARMED.match(text, mention[1]) or _TOWARDS.search(text, max(span[0], mention[0] - _BEFORE), mention[0])
            if not harmed and not _PRONOUN.fullmatch(text, *mention):
                found.setdefault(actor.name, (mention[0], actor))
        if found:
            break
    return list(found.values())
