"""The words around a place name that tell what it is, how near, and what it lies in, as patterns."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from counterclaim.resolving.place_index import rows

Kind = Literal["city", "part", "site", "region", "district", "village", ""]
"""What a text calls a place: a city, a part of one, a site in one, a province, a district or county, a village, or nothing."""


def _any(words: str) -> str:
    """The words as alternatives, longest first; "_" stands for a blank within one."""
    return "|".join(re.escape(w).replace("_", r"\s") for w in sorted(words.split(), key=lambda w: (-len(w), w)))


_KIND_LISTS: dict[Kind, str] = {
    "city": "city town port capital",
    "village": "village hamlet settlement kibbutz",
    "part": "neighborhood neighbourhood neighborhoods neighbourhoods quarter suburb camp refugee_camp",
    "district": """district districts county counties parish parishes subdistrict sub-district raion rayon municipality commune
        township woreda zone cercle lga local_government_area territory regency locality""",
    "region": """province provinces governorate governorates region oblast state prefecture countryside emirate department krai
        valley""",
    "site": """roundabout square street road market souk hospital clinic mosque church school university bridge crossing
        checkpoint airport airbase air_base military_base prison dam port terminal junction station train_station railway_station
        border_crossing stadium compound cemetery theater theatre hotel factory refinery power_plant base barracks
        boulevard avenue highway mountain hill hills mount island farm forest oilfield""",
}
KINDS: dict[str, Kind] = {w.replace("_", " "): kind for kind, words in _KIND_LISTS.items() for w in words.split()}

KIND_WORDS = _any(" ".join(_KIND_LISTS.values()))
KIND_AFTER = re.compile(rf"\s(?:old\s)?({KIND_WORDS})s?(?![\w-])", re.IGNORECASE)
"""What it is, right behind the name: "al-Jadidah neighborhood"."""
KIND_BEFORE = re.compile(rf"\bthe\s(?:\w+\s)?({KIND_WORDS})\s(?:(?:of|called|named|known\sas)\s(?:the\s)?)?$", re.IGNORECASE)
"""What it is, right before: "the village of"."""


def kind_of(words: str) -> Kind:
    """The kind that a word for one stands for ("refugee camp" -> "part"), "" for any other."""
    return KINDS.get(re.sub(r"\s", " ", words.casefold()), "")


_COMPASS = "north south east west north-east north-west south-east south-west northeast northwest southeast southwest"
_COMPASS_ADJECTIVES = (
    "northern southern eastern western north-eastern north-western south-eastern south-western northeastern northwestern "
    "southeastern southwestern central"
)  # fmt: skip
_SIDES = f"{_COMPASS} {_COMPASS_ADJECTIVES} downtown greater rural upper lower old mid inner occupied"
DIRECTION = re.compile(rf"^(?:(?:{_any(_SIDES)})[\s-])+", re.IGNORECASE)
"""Words that name a side of a place and stay out of its name: "western Mosul"."""

NEAR = re.compile(
    rf"\b(?:near|outside|(?:close|next)\sto|around|beyond|beside|not\sfar\sfrom|away\sfrom|(?:{_any(_COMPASS)})\sof"
    r"|(?:outskirts|suburbs|edge|vicinity)\sof|(?:km|kilometers|kilometres|miles)\s(?:\([^)]*\)\s)?(?:\w+\s)?(?:of|from))\s"
    r"(?:the\s)?(?:(?:\w+\s)?(?:city|town|village)\sof\s)?$", re.IGNORECASE
)  # fmt: skip
"""Only nearness is said."""

_IN = "in near at outside around inside into from to toward towards through throughout across over between above within capital"
_INTO = r"reach(?:ed|ing)?|enter(?:ed|ing)?|leav(?:e|ing)|left|hit|struck|(?:bomb|shell|target|captur)(?:ed|ing)"
_ATTACK = r"(?:strike|attack|raid|assault|siege|bombing|shelling|battle|offensive|march|advance)s?\s(?:on|of|for|against)"
_PIECE = f"city town village port outskirts suburb district region province part parts {_COMPASS}"
AT = re.compile(
    rf"\b(?:{_any(_IN)}|{_INTO}|{_ATTACK}|(?:{_any(_PIECE)})\sof)\s"
    rf"(?:(?:{_any(f'the nearby neighboring neighbouring rural besieged {_COMPASS_ADJECTIVES}')})\s)*$", re.IGNORECASE
)  # fmt: skip
"""Words that lead to a place."""

LISTED = re.compile(r"\b(?:of|and|or)\s(?:the\s)?$|[,–—-]\s?$|^\s*$|#$", re.IGNORECASE)
"""Words and marks that may lead to a place: it must then be well known."""

DATELINE = re.compile(
    r"[A-Z][A-Z .'’-]{2,30}(?:,\s[\w. ]{2,25})?\s?(?:\(|—|–|--|-\s|:|,\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)  # fmt: skip
"""A place in capitals that opens a paragraph: "BAGHDAD (Reuters)", "MOSCOW, April 2", "BEIRUT:"."""

STRUCK = re.compile(
    r"\s(?:(?:drone|air|missile|rocket|suicide|car|truck|bomb|mortar|artillery|market|hospital|school|wedding|airport)[ -]){0,2}"
    r"(?:air)?(?:strike|attack|raid|bombing|shelling|massacre|blast|explosion|killing)\b"
)
"""An attack called by what stands before it."""
CIVIC = re.compile(
    r"\s(?:police|fire|mayor|city|town|county|council|sheriff|school|high|middle|elementary|public|airport|man|woman|men|women|couple"
    r"|residents?|teen|area|community|municipal|court|superior|hospital|volunteer|international|university|district|officials?"
    r"|firefighters|authorities|native)\b", re.IGNORECASE
)  # fmt: skip
"""What only a town's or county's name stands before: "Grovetown police", "a Winona man"."""

OUTLET = re.compile(r"\b(?:times|post|journal|news|herald|tribune|courier|gazette|star|telegraph|mail|press|radio|tv)$", re.I)
"""What a newspaper's or station's name ends in: where it is read is not what it tells of."""
KIN = re.compile(
    r"(?:\s(?:and\s)?[A-Z][\w’'-]+)?\s(?:family|families|clan|tribe|brothers|sisters|news|agency)\b"
)  # fmt: skip
"""What follows the name of a family or a broadcaster, whatever village is called so too."""

STANDS = re.compile(
    r"\b(?:hospital|clinic|university|college|school|airport|airbase|base|prison|jail|camp|mosque|church|cathedral|hotel|court"
    r"|courthouse|stadium|museum|theat(?:er|re)|library|station|port|harbou?r|park|bridge|dam|plant|factory|refinery|market|mall"
    r"|hall|cent(?:er|re)|road|street|square)$", re.IGNORECASE
)  # fmt: skip
"""What the name of a body ends in that stands somewhere: it is where its name says, as a council or a newspaper is not."""
BODY_BEFORE = re.compile(
    r"\b(?:agency|network|news|newspaper|daily|channel|broadcaster|centre|center|observatory|group)\s\(?$", re.I
)
"""Words that a body's own name follows: "the press agency Safa", "the Media Center (Aleppo)"."""

# A capital or seat that does something stands for its government.
_DOES = (
    "has have had is was will would could may might must also never says slams wants denies accuses blames rejects insists "
    "warns condemns criticizes criticises claims calls urges said put began told gave took saw made"
)  # fmt: skip
_PLACED = "suburb district street airport outskirt neighbo quarter mayor resident central old east west north south"
_OWNS = re.compile(rf"['’]s?\s(?!(?:\w+\s)?(?:{_any(_PLACED)}))(?-i:(?![A-Z]))", re.IGNORECASE)
_ACTS_AFTER = re.compile(
    rf"\s(?:and\s(?-i:[A-Z])\w+\s)?(?:{_any(_DOES)}|(?!based|led|need|used|bound)[a-z]{{2,}}ed)\b", re.IGNORECASE
)  # fmt: skip
_TO_WHOM = (
    "by with against between told tells informed urged accused blamed asked how that if both accuses blames criticism_from "
    "condemnation_of hopes_of"
)  # fmt: skip
_ACTS_BEFORE = re.compile(rf"\b(?:{_any(_TO_WHOM)})\s(?:[A-Z]\w+\sand\s)?$")


def acts(text: str, start: int, stop: int) -> bool:
    """Whether the words around a capital or seat make it a doer: "Moscow began", "by Washington", "Tehran's refusal"; but "in
    Moscow was" and "Moscow's suburbs" tell of the place."""
    before = text[max(0, start - 40) : start]
    if _ACTS_BEFORE.search(before) or _OWNS.match(text, stop):
        return True
    return bool(not AT.search(before) and _ACTS_AFTER.match(text, stop))


_ARTICLE = "(?:al|el|ad|ed|ar|er|as|es|ash|esh|at|et|az|ez|an|en|ul|il)"
WORD = rf"(?:{_ARTICLE}[-’'‘])?[^\W\d_](?:[\w’'‘ʿʾ`´-]*\w)?"
"""A word of a name, an Arabic article before it included."""
LISTED_KIND = re.compile(
    rf"(?:,\s{WORD}(?:\s{WORD})?)*,?\s(?:and|or)\s{WORD}(?:\s{WORD})?\s(districts|counties|parishes|provinces|governorates)\b"
)  # fmt: skip
"""A kind that closes a list and tells of each of its names: "Harper and Kingman counties"."""

TOKEN = re.compile(rf"(?:[^\W\d_]\.){{2,}}|(?:St|Ste|Ft|Mt)\.(?=\s[A-Z])|{WORD}")
HYPHENED = re.compile(
    r"(?P<first>[^\W\d_]\w+)-(?P<rest>based|area|born|bound|wide|led|backed|controlled|held|run|owned|style|[A-Z]\w+)"
)
"""A name that a hyphen ties to what it is no part of: "Berlin-based", "Egypt-Sudan"."""
ARTICLE = re.compile(rf"^{_ARTICLE}[-’'‘]?$")
ARTICLED = re.compile(r"[a-z]{2,3}[-’'‘][A-ZŠŻḌḤṢṬẒʿ‘’]")
GLUED = re.compile(r"[ae]zz\w{2,}$")
"""A second word that rough translations leave small: "Deir ezzor"."""
POSSESSIVE = re.compile(r"['’]s?$")
LINKS = frozenset("al el of de la le las los les du des del da do dos di ez az es as ash ar ad an upon sur ibn bin".split())
"""Small words that names hold."""

NOT_PLACES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december god allah islam the a an he she it they we i his her its their this that these those there
    here but and or if when while after before mr mrs ms dr col gen maj lt sgt president minister ministry army police
    court house senate congress parliament government state university church school hospital council union party
    general special security force forces group press news post times at to in on of for from by with as so no not all
    more most some many both few one two three four five six seven eight nine ten yes oh however also then now who what
    why how where which street road avenue park lake river north south east west summer winter spring fall flu man woman
    human sun""".split()
)  # fmt: skip
"""Capitalised words that some hamlet in the world is called, but that mean one in no report."""

OPENERS = frozenset(
    """in at near from on to of for by with after before outside inside around across over between since until when while as
    and but if some also meanwhile elsewhere earlier later""".split()
)  # fmt: skip
"""Words that open a sentence with a capital and no name: "In Aleppo"."""

_WITHIN_NOUNS = "city town village province capital port camp district region enclave border"
_SIDE = _any(f"the coastal border rural besieged old north south east west {_COMPASS_ADJECTIVES}")
OWNER = re.compile(
    rf"(?P<owner>(?:{WORD}\s)?{WORD})(?:['’]s|\s(?:city|town|village|province|capital|port|district|region)(?:\s(?:of|in))?)"
    rf"\s(?:(?:{_SIDE})\s)*(?:(?:city|town|village|province|capital|port)(?:\sof)?\s)?$"
)  # fmt: skip
"""What a name lies in, before it: "Iraq's", "Mosul's western"."""
PEOPLE = re.compile(rf"(?P<owner>(?:{WORD}\s)?{WORD})\s(?:\w+\s)?(?:(?:{_any(_WITHIN_NOUNS)})\s(?:of\s)?)?$")
"""Whose it is, before it: "the Iraqi city of"."""
INSIDE = re.compile(
    rf"(?:\s(?:\w+\s)?(?:{KIND_WORDS})s?)?(?:,|,?\sin|\sof|\s\(|,?\s(?:north|south|east|west)\sof)?\s?"
    rf"(?:(?:{_SIDE}|in|a|city|town|village|of|suburb|neighborhood|neighbourhood|district)\s)*"
    rf"(?P<owner>{WORD}(?:[ -]{WORD}){{0,2}})"
)  # fmt: skip
"""What a name lies in, behind it: ", Iraq", "in eastern Syria", "(Syria)"."""


@cache
def short_names() -> dict[str, tuple[str, str]]:
    """Short forms of states and provinces ("Calif.", "TX"): to name and country."""
    return {r["short"]: (r["name"], r["country"]) for r in rows("place_short.csv")}


@cache
def states() -> frozenset[tuple[str, str]]:
    """Names and countries of the states and provinces that have a short form, those left out that share it with a great city
    or a country."""
    return frozenset(short_names().values()) - {
        ("New York", "US"), ("Washington", "US"), ("Quebec", "CA"), ("Georgia", "US"),
    }  # fmt: skip


@cache
def short_pattern() -> re.Pattern[str]:
    """A short form of a state behind a comma."""
    words = "|".join(re.escape(s) for s in sorted(short_names(), key=lambda s: (-len(s), s)))
    return re.compile(rf",\s({words})(?!\w)")
