"""Closed classes of words that the phrases naming a speaker are made of."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from counterclaim.records import SpeakerKind
from counterclaim.resolving.institutions import table

DOCUMENTS = frozenset(
    "statement report inquiry investigation review summary account document letter communique message tweet post study "
    "assessment".split()
)
"""Nouns of papers that speak for whoever issued them."""
BODIES = frozenset(
    "group organisation agency movement observatory council committee body network newspaper paper channel broadcaster "
    "service militia charity "
    "watchdog monitor ministry department institute commission centre association federation force forces command company "
    "union delegation "
    "mission team office state country kingdom republic faction alliance coalition site website outlet station hospital "
    "party".split()
)
"""Nouns of bodies that stand for one named before ("the group")."""
ORGANISATION_WORDS = BODIES | frozenset(
    "news times post media press international university foundation society brigade brigades army front court bank "
    "parliament district school "
    "civil human rights board authority corps division tv radio".split()
)
"""Words that make a run of capital words an organisation's name and no person's."""
PRONOUNS = frozenset("he she it they him her them who we i both his its their".split())
POSSESSIVE = frozenset({"his", "her", "its", "their"})
DEFINITE = frozenset({"the", "that", "this", "these", "those"})
ARTICLES = frozenset(
    "the a an this that these those another one two three several some many most other different both".split()
) | {"few"}
DESCRIBING = frozenset(
    "chief deputy senior lead official acting former army military humanitarian special permanent assistant then regional "
    "local top government "
    "veteran civil police united nations coalition state national federal joint staff retired first executive managing "
    "foreign press political "
    "municipal provincial health interior capital city province".split()
)
"""Small-letter words that may stand between a state or body and the name of the one who speaks for it."""
OUTWARD = frozenset({"of", "for", "from", "at", "with", "in"})
ENDS = frozenset(
    "who which that under into outside working based in on near fighting speaking citing said says told and as during "
    "after before to about by quoting close familiar inside also".split()
)
LEADING = frozenset(
    "leads heads commands runs chairs directs ran led headed commanded chaired advises represents oversees".split()
)
TOLD = frozenset(
    "said says told also added has had was is were wrote spoke who announced claimed denied confirmed called described".split()
)
"""Words that end what explains a name, where no comma does."""
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november "
    "december".split()
)
FUNCTION = frozenset(
    "the a an this that these those another one two three four five several some many most other both few he she it they "
    "we i his her its their "
    "according earlier later last on in at but and also meanwhile however yet after before while when as for by with from "
    "to of if there what "
    "who no not yesterday today previously following despite amid".split()
)


@dataclass(frozen=True, slots=True)
class PersonNoun:
    """A noun for people who speak: how many, whether a crowd, and the neutral side it tells ("residents", "medical"), if any."""

    plural: bool
    kind: SpeakerKind
    side: str | None


@functools.cache
def person_nouns() -> dict[str, PersonNoun]:
    """Nouns for people who speak, by their folded form."""
    return {
        r["noun"]: PersonNoun(
            r["number"] == "plural", "collective" if r["kind"] == "collective" else "unnamed", r["side"] or None
        )
        for r in table("people.csv")
    }


OFFICIALS = frozenset(
    "official officials officer officers spokesman spokeswoman spokesperson spokesmen authorities investigators investigator "
    "diplomat diplomats".split()
)
"""Nouns of people who speak for a body, whose side the context tells where the words do not."""

OFFICES = frozenset("minister president premier secretary ambassador envoy governor mayor chief head director commander".split())
"""Posts that one person holds."""

LOCAL = frozenset("health local municipal provincial rescue hospital police medical civil emergency district".split())
"""Words that make an official one of the place the report tells of."""

COMMON = frozenset(
    "a an the one two three four five six several some many most other another both few health local military defence "
    "defense senior human rights "
    "opposition medical hospital security police government state independent his her its their administration "
    "intelligence tribal rescue civil "
    "eyewitness all these those this that community religious relief aid political different unnamed anonymous".split()
)
"""Words that begin a description and have a capital only where they begin a sentence."""
