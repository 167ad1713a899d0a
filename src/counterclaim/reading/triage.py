"""A first look at a text, without parsing it: whether it tells of violence, so that it is worth being read in full."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

TRIAGE = "triage-2"
"""Version of the first look; part of the record of a run that was made with it."""

SET_ASIDE = "set aside, a first look found no violence in it; counterclaim run --read-all reads it"
"""What is said of a report that is not read for that."""

TABLE = Path(__file__).with_name("triage.csv")
"""Words and their weights, and under the empty word what every text gets; `training/triage.py` rebuilds it."""

LINE = -1.5
"""The score from which a text is read. Of texts that were not learned from and hold a toll, blame or denial, all shootings, air
strikes, field reports and telexes of 1990 pass; of news without violence .20 of local papers (more than half of these tell of a
deadly accident, or of violence in passing), .05 of wires and .05 of politics (`bench/triage.py`). A line of -1 would leave out
another twentieth of local news, and with it three of 32 reports of violence from newspapers."""

_NO_WORDS = re.compile(r"https?://\S+|www\.\S+|\[[A-Z ,.]+\]")
"""Addresses, and the marks of telexes ("[TEXT]")."""

_WORD = re.compile(r"(?<![\w'’-])[a-z]{3,}(?![\w'’-]*[A-Z])")


_HARM = re.compile(
    r"\b(?:kill|murder|homicid|manslaughter|dead\b|die[sd]?\b|dying|death|deadl|fatal|shot|shoot|gun|stab|knif|wound|injur|hurt|bomb|blast"
    r"|explo|attack|assault|air\s?strik|strikes?\b|raid|shell|casualt|massacr|slay|slain|execut|terror|violen|victim|kidnap|abduct"
    r"|hostage|rocket|missile|mortar|artiller|clash|fighting|rebel|militant|insurgen|guerril|ambush|assassin|suicid|tortur|beat|bodies"
    r"|martyr|perish|lost (?:his|her|their) li)"
)
"""What words of harm and arms begin with. A text without any holds no toll, blame or denial, whatever else it shares with texts
that do (arrests, courts, ministers): of 2,895 reports of shootings 149 passed without, and of 70 of these one held anything, a
notice to readers. Of local news without violence it sets aside another tenth."""


@cache
def _weights() -> Mapping[str, float]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["word"]: float(row["weight"]) for row in csv.DictReader(file)}


def words_of(text: str) -> frozenset[str]:
    """The words in small letters, in which no name is; of a text all in capitals, all words."""
    plain = _NO_WORDS.sub(" ", text)
    return frozenset(_WORD.findall(plain.lower() if plain.isupper() else plain))


def score(text: str, weights: Mapping[str, float] | None = None) -> float:
    """How much the words of a text tell of violence: the log odds of a regression over which words it has."""
    known = _weights() if weights is None else weights
    words = words_of(text)
    told = math.fsum(known[word] for word in words & known.keys())
    return known[""] + told / math.sqrt(max(len(words), 1))


def tells_of_violence(text: str, weights: Mapping[str, float] | None = None) -> bool:
    """Whether the text is worth being read in full: its words score as those of violence, and one of them is of harm."""
    return score(text, weights) >= LINE and _HARM.search(text.lower()) is not None
