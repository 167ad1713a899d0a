"""What the words right before and right behind a phrase say happened to whom it names: "killing a man", "a man was shot dead"."""

from __future__ import annotations

import re

from counterclaim.records import Harm


def _any(*phrases: str) -> str:
    """A pattern for any of these phrases; a blank stands for any blanks."""
    return "(?:" + "|".join(p.replace(" ", r"\s+") for p in phrases) + ")"


_ADVERBS = _any("also", "all", "both", "later", "then", "still", "already", "since", "himself", "herself", r"\w+ly", "now")
_ANY_ADVERBS = rf"(?:\s+{_ADVERBS})*"
_BE = _any("was", "were", "is", "are", "has", "have", "had", "been", "being", "be", "got")
_STRUCK = _any(
    "shot", "stabbed", "beaten", "burned", "burnt", "hacked", "bludgeoned", "crushed", "bled", "starved", "trampled", "wounded",
    "injured", "hit", "struck",
)  # fmt: skip
_LIFELESS = _any("dead", "deceased", "lifeless", "to death")
_FOUND = _any("pronounced", "declared", "found", "discovered", "reported", "confirmed", "feared", "presumed", "left", "lying")
_DEAD = _any(
    rf"{_STRUCK}\s*(?:,|,?\s+and) (?:(?:then|later|fatally) )?(?:killed|died)",
    f"{_STRUCK} (?:to death|dead)",
    r"(?:fatally|mortally) (?:\w+ed|shot|hit|struck|hurt)",
    "gunned down", "bled to death", "killed", "slain", "murdered", "executed", "assassinated", "martyred", "massacred",
    "beheaded", "dead", "deceased",
    rf"{_FOUND} (?:\w+ ){{0,2}}?{_LIFELESS}",
    "among (?:the|those) (?:dead|killed|victims|fatalities|martyrs)",
    r"(?:reported|listed|named|said|believed) (?:as|to be|to have been) (?:\w+ly )?(?:killed|dead|martyred)",
)  # fmt: skip
_HURT = _any(
    r"(?:\w+ly )?(?:injured|wounded|hurt|maimed|shot|stabbed|grazed)",
    r"(?:hit|struck) by (?:\w+ ){0,2}?(?:gunfire|bullets?|shrapnel|shots?)",
    r"(?:hit|struck) in the \w+",
    "hospitali[sz]ed",
    r"found (?:\w+ )?(?:with|suffering(?: from)?) (?:an? |\w+ ){0,5}?(?:wounds?|injur(?:y|ies))",
    r"treated (?:\w+ )?(?:at|on) (?:the |a |an )?(?:\w+ )?(?:scene|spot|site|hospitals?)",
    r"(?:reported|listed|named|said|believed) (?:as|to be|to have been) (?:\w+ly )?(?:injured|wounded|hurt)",
    r"in (?:\w+ ){0,2}?(?:critical|serious)(?: but stable)? condition",
)
_DIES = _any(
    "die[ds]", "perished", "perishes", "succumbe[ds] to", "succumbs to", "passed away", "bled out", "committed suicide",
    "(?:wound|ended|turned) up (?:dead|shot dead)",
    "los(?:t|es) (?:his|her|their) li(?:fe|ves)", "took (?:his|her|their) own li(?:fe|ves)",
    "(?:killed|shot and killed|fatally shot) (?:himself|herself|themselves)",
)  # fmt: skip
_SUFFERS = r"(?:suffer(?:ed|s|ing)|sustain(?:ed|s|ing)|received|had|with)\s+(?:an?\s+)?(?:\S+\s+){0,4}?(?:wounds?|injur(?:y|ies))"
_ONESELF = (
    r"(?:(?:accidentally|mistakenly|unintentionally|inadvertently) shot (?:him|her|them)sel(?:f|ves)"
    r"|shot (?:him|her|them)sel(?:f|ves) in the (?:\w+ )?"
    r"(?:hand|leg|foot|arm|thigh|knee|finger|shoulder|ankle|hip|buttocks?|groin))"
)
"""Shooting oneself where one lives on."""
_NO_OBJECT = r"(?=\s*(?:$|[,.;:!?)\n\"”—–-]|" + _any(
    "in", "on", "by", r"at(?!\s+least)", "during", "when", "while", "after", "before", "near", "outside", "inside", "as", "and",
    "or", "from", "with", "over", "under", "early", "late", "to", "within", "along", "off", "for", "this", "last", "that",
    "multiple", "several", "twice", "once", "it", "where", "overnight", "yesterday", "today", "(?:Mon|Tues?|Wed(?:nes)?|"
    "Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?",
) + r"\b))"  # fmt: skip
"""What can stand behind "shot" where it has no object: "man shot in Leeds", but not "man shot his brother"."""

_AGE = r"(?:,\s+\d{1,3}|\s*\([^()\n]{1,60}\))?"
_FROM = r"(?:,?\s+(?:of|from)\s+[A-Z][\w.]+(?:\s+[A-Z][\w.]+)*,?)?"
_BEHIND = re.compile(
    rf"(?P<relative>,?\s+(?:who|that)\s+[^.;:\n]{{3,90}}?,?\s+(?:has|have|had|later)\s+(?:\w+\s+)?died\b)"
    rf"|(?P<gap>{_AGE}{_FROM}(?:,[^.;:\n]{{1,70}},)?(?:,?\s+who)?,?)"
    rf"(?:(?P<dies>{_ANY_ADVERBS}(?:\s+(?:has|have|had))?{_ANY_ADVERBS}\s+{_DIES}\b)"
    rf"|(?:{_ANY_ADVERBS}\s+{_BE})+{_ANY_ADVERBS}\s+(?:(?P<dead>{_DEAD})|(?P<hurt>{_HURT}))\b"
    rf"|(?P<bare>{_ANY_ADVERBS}\s+(?:(?P<bare_dead>{_DEAD})|(?P<bare_hurt>{_HURT})){_NO_OBJECT})"
    rf"|(?P<oneself>{_ANY_ADVERBS}\s+{_ONESELF})|(?P<suffers>{_ANY_ADVERBS}\s+{_SUFFERS}))"
)
_ASIDE = 70
"""Code points of an aside between the harmed and the verb (written into the pattern above): ", a teacher at the town's only
school who had two children," fits. The relative clause may be 90 long."""

_OWN = re.compile(r"\b(?:himself|herself|themselves|own\s+li(?:fe|ves))\b")
_NATURAL = re.compile(
    r"\s+(?:of|from|after)\s+(?:\w+\s+){0,3}?(?:cancer|illness|disease|natural|old\s+age|heart|stroke|covid)", re.IGNORECASE
)
_DEADLY = re.compile(r"\b(?:fatal|mortal)\b", re.IGNORECASE)


def fate_behind(text: str, end: int, limit: int, *, bare: bool = True) -> tuple[Harm | None, int]:
    """What the words right behind a phrase that ends at `end` say happened to it, and where they end.

    Words that stand off (behind an aside) are not taken into the phrase: the end is then `end` itself.
    Without `bare`, "shot" and "killed" alone do not count, as they may be what the phrase did.
    """
    found = _BEHIND.match(text, end, limit)
    if found is None or (found.group("bare") and not bare) or _NATURAL.match(text, found.end(), limit):
        return None, end
    if found.group("relative"):
        return "killed", end
    if not found.group("oneself") and _OWN.search(found.group()):
        return ("killed", end) if "," not in found.group("gap") else (None, end)
    killed = found.group("dies") or found.group("dead") or found.group("bare_dead")
    killed = killed or (found.group("suffers") and _DEADLY.search(found.group("suffers")))
    # 40 code points hold "was later pronounced dead": beyond, the span would run away with the sentence
    close = found.group("gap") == "" and found.end() - end <= 40
    return "killed" if killed else "injured", found.end() if close else end


def died_naturally(text: str, end: int, limit: int) -> bool:
    """Whether those that a phrase names died, but not by violence: "her grandfather died of cancer"."""
    found = _BEHIND.match(text, end, limit)
    return found is not None and _NATURAL.match(text, found.end(), limit) is not None


_LIVES_OF = "the li(?:fe|ves) of"
_KILLS = _any(
    "eliminat(?:es|ed|ing)?", "neutrali[sz](?:es|ed|ing|e)?", "massacr(?:es|ed|ing|e)(?: of)?",
    "kill(?:s|ed|ing)?", "murder(?:s|ed|ing)?", "assassinat(?:es|ed|ing)", "executed", "slain", "slew",
    "(?:gun|mow)(?:s|ned|ning|ed|ing) down",
    "(?:fatally|mortally) (?:shooting|shot|shoots|stabb(?:ing|ed)|wound(?:ing|ed)|injur(?:ing|ed)|str(?:iking|uck)|hit(?:ting)?)",
    "shot and killed", "shooting and killing", "shot to death", f"claim(?:s|ed|ing)(?: {_LIVES_OF})?",
    f"t(?:akes|ook|aking|aken) {_LIVES_OF}", f"cost {_LIVES_OF}",
)  # fmt: skip
_DEATH_OF = _any(
    "deaths? of", "killings? of", "murders? of", "slayings? of", "assassinations? of", "martyrdom of", "homicides? of",
    "execution of", "loss of", "body of", "bodies of", "remains of",
    r"(?:fatal|deadly) (?:\w+ )?(?:shooting|stabbing|beating) of",
    "(?:shooting|stabbing) deaths? of",
)  # fmt: skip
_HURTS = _any(
    "wound(?:s|ed|ing)(?: of)?",
    "injur(?:es|ed|ing)",
    "hurt(?:s|ing)?",
    "shot",
    "shoots",
    "shooting(?: of)?",
    "stabb(?:ed|ing)(?: of)?",
)
_BEFORE = re.compile(
    rf"\b(?:(?P<killed>{_KILLS}|{_DEATH_OF})|(?P<injured>{_HURTS}))[\"']?\s+(?:(?:at\s+least|only|just|also|another)\s+)?$",
    re.IGNORECASE,
)
_UNREAL = re.compile(
    r"\b(?:to|would|could|might|may|can|cannot|will|should|must|not|never|without|if"
    r"|attempt(?:ed|ing)?|threaten\w*|plot\w*|conspir\w+|intent|trying|tried|n't|avoid|prevent|wanted)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)


def fate_before(text: str, start: int, end: int) -> Harm | None:
    """What the words right before a phrase that begins at `end` say was done to it: "killing a man", "the death of a man"."""
    found = _BEFORE.search(text, start, end)
    if found is None or _UNREAL.search(text[max(0, found.start() - 24) : found.start()]):
        return None
    return "injured" if found.group("injured") else "killed"


_LEFT = re.compile(r"\b(?:left|leaves?|leaving|found|finding|pronounced|declared)\s+$", re.IGNORECASE)
_STATE = re.compile(
    rf"(?:,[^.;]{{1,40}},)?\s+(?:(?:both|\w+ly)\s+)?"
    rf"(?:(?P<dead>(?:shot\s+)?{_LIFELESS})|(?P<hurt>wounded|injured|hurt|hospitali[sz]ed))\b"
)


_DEAD_OF_IT = re.compile(r"\s+(?:dead|to\s+death)\b", re.IGNORECASE)


def dead_of_it(text: str, end: int) -> bool:
    """Whether those shot or beaten are said behind to have died of it: "shot two men dead", "beat him to death"."""
    return _DEAD_OF_IT.match(text, end) is not None


def left_in(text: str, start: int, begin: int, end: int, limit: int) -> tuple[Harm | None, int]:
    """The state that those named from `begin` to `end` were left or found in, and where its words end: "left a man dead"."""
    if not _LEFT.search(text, start, begin):
        return None, end
    found = _STATE.match(text, end, limit)
    if found is None:
        return None, end
    return ("killed" if found.group("dead") else "injured"), found.end()


_MEANT = re.compile(r"\b(?:hop|plan|want|threat|tri|try|attempt|intend|vow|aim|plot|conspir)\w*\s+to\s+(?:\w+ly\s+)?\w+\s+$")


def only_meant(text: str, start: int) -> bool:
    """Whether the words before `start` say what somebody meant to do: "hoped to kill hundreds"."""
    return _MEANT.search(text[max(0, start - 40) : start]) is not None
