"""What is said in one report and what it claims: statements, figures, and the mentions around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from counterclaim.records.spans import Offsets

Form = Literal["direct", "indirect", "mixed"]
SpeakerKind = Literal["named", "unnamed", "collective", "outlet"]
Act = Literal[
    "blame", "denial", "admission", "justification", "investigation", "demand", "regret", "figure", "damage",
    "uncertainty", "other",
]  # fmt: skip
Harm = Literal["killed", "injured", "missing", "displaced", "detained", "casualties"]
Victims = Literal["civilians", "children", "women", "men", "military", "militants", "staff", "unspecified"]
Qualifier = Literal["exact", "about", "at least", "more than", "up to", "less than", "between", "none", "vague"]
Scope = Literal["incident", "part", "period", "running"]
Polarity = Literal["asserts", "denies", "admits", "questions"]
Aspect = Literal["hit", "weapon", "means", "strike"]
"""What is told of an attack beside its harm: who or what was hit or aimed at, with which weapon, from what it was fired, dropped
or thrown, and which kind of attack it was."""
MentionKind = Literal["person", "organisation", "place", "nationality", "role", "pronoun"]
DateType = Literal["date", "time", "duration", "set"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words in the text that may name somebody or something.

    `span` covers the whole noun phrase without a leading article's comma clauses ("Col. Joseph Scrocca", "a defense
    official", "the Russian Ministry of Defence"), `head` its head word's offsets. `role` mentions are common noun
    phrases of people or bodies who can speak ("the official", "residents", "the ministry", "the statement").
    `plural` is None where grammar does not tell. `apposition` are the offsets of the phrase that explains it
    ("chief of the rescuers in that quarter").
    """

    span: Offsets
    kind: MentionKind
    head: Offsets
    plural: bool | None = None
    apposition: Offsets | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One act of saying in one report.

    Reading gives the pieces (`content`, `cue`, `source`: offsets, several where the quotation is cut; `source` may
    be empty), the `form`, the `act`, `via` (offsets of those through whom it came, from the outlet's side inwards: "told
    CNN", "Interfax quoted") and `about`, the offsets of who is accused or addressed. Resolving fills `speaker` (canonical name,
    None for the outlet's own voice; several who say one thing together joined by "; "), `speaker_kind`,
    `affiliation`, `side`, `chain` (names for `via`), `target` and `incident` (index into the reading's incidents).
    `hedge` are the words that leave open or soften what is said ("may have", "declined to confirm"), in `cue` and `content` or
    around the cue. `antecedent` is set where the source is left out or continues from before: the offsets of the words that name
    the speaker elsewhere in the text. `confidence` says how sure the reading is, 0 to 1, never how true the claim.
    """

    id: str
    content: tuple[Offsets, ...]
    cue: tuple[Offsets, ...]
    source: tuple[Offsets, ...]
    form: Form
    act: Act
    confidence: float
    via: tuple[Offsets, ...] = ()
    about: Offsets | None = None
    antecedent: Offsets | None = None
    hedge: tuple[Offsets, ...] = ()
    speaker: str | None = None
    speaker_kind: SpeakerKind = "outlet"
    affiliation: str | None = None
    side: str | None = None
    chain: tuple[str, ...] = ()
    target: str | None = None
    incident: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A toll claim: how many were harmed, in the exact words of `span`.

    Exact: low = high. About N: low = high = N. More than N: low N+1, high None. At least N: low N. Up to N: high N.
    Between A and B: A, B. None killed: 0, 0. Vague words are read as DESIGN section 4 says and keep the words.
    `statement` is the id of the statement it stands in, None in the outlet's own voice; `incident` an index into the
    reading's incidents. `as_of` is an EDTF date.
    """

    id: str
    span: Offsets
    harm: Harm
    victims: Victims
    low: int | None
    high: int | None
    qualifier: Qualifier
    scope: Scope
    confidence: float
    as_of: str | None = None
    speaker: str | None = None
    affiliation: str | None = None
    side: str | None = None
    chain: tuple[str, ...] = ()
    statement: str | None = None
    incident: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """A claim about the attack itself, in the exact words of `span`: that a hospital was hit, that it was a barrel bomb.

    `kind` is the class that the words belong to ("hospital", "barrel bomb", "helicopter", "airstrike"). `polarity` tells whether
    the speaker says so, owns up to it, says that it was not so, or leaves it open. The rest is as in a figure.
    """

    id: str
    span: Offsets
    aspect: Aspect
    kind: str
    polarity: Polarity
    confidence: float
    speaker: str | None = None
    affiliation: str | None = None
    side: str | None = None
    chain: tuple[str, ...] = ()
    statement: str | None = None
    incident: int | None = None
