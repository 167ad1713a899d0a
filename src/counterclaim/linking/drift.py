"""What became of a saying on its way: words changed, a number changed, a hedge dropped, "said" turned into "admitted"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from counterclaim.linking.wording import telling_words

MOST = 3
"""Changed passages that are listed; beyond that a saying is told in other words and a list tells nothing."""

NEAR = 0.6
"""Part of the words two versions must have in common, in order, before single changes are listed: two translations lie below."""

_HEDGE = re.compile(
    r"\b(?:alleged(?:ly)?|reportedly|(?<!was )(?<!were )(?<!is )(?<!been )reported"
    r"|reported(?= (?:to|killed|dead|injured|missing)\b)|apparent(?:ly)?|supposed(?:ly)?|purported(?:ly)?|presumabl[ey]"
    r"|possibl[ey]|probabl[ey]|likely|perhaps|may(?! \d)|might|could|suspected|believed|unconfirmed|preliminary"
    r"|seem(?:s|ed|ingly)?|appear(?:s|ed)?"
    r"|(?:about|around|some|roughly|approximately|nearly|almost|at least|up to|as many as|more than|over)(?= \d))\b",
    re.IGNORECASE,
)
"""An incident that "was reported shortly after noon" is not hedged; six who "were reported killed" are."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")

_DIFFERENCES = (
    ("number changed: ", "numbers differ: "), ("number added: ", "number in one only: "), ("words changed: ", "words differ: "),
    ("hedge dropped: ", "hedge in one only: "), ("hedge added: ", "hedge in one only: "), (" became ", " against "),
)  # fmt: skip
"""What a line begins with or says where one version is known to be the later one, and where none is."""

_MANNERS = {
    "said": "say said says told tell tells stated states announce announced reported wrote writes added adding according",
    "admitted": "admit admits admitted admitting acknowledge acknowledges acknowledged acknowledging concede concedes conceded "
    "confess confesses confessed",
    "claimed": "claim claims claimed claiming allege alleges alleged alleging maintain maintains maintained insist insists "
    "insisted assert asserts asserted",
    "denied": "deny denies denied denying reject rejects rejected rejecting dismiss dismisses dismissed refute refuted",
    "confirmed": "confirm confirms confirmed confirming",
}
_MANNER = {word: manner for manner, words in _MANNERS.items() for word in words.split()}


def drift(first: str, later: str, first_cue: str = "", later_cue: str = "", *, ordered: bool = True) -> tuple[str, ...]:
    """What the later version of a saying changed, a line a change; none where it says the same in the same words.

    `first` and `later` are what is said, the cues the words of saying ("he admitted"). Numbers and hedges are compared as
    sets; a number that the later version merely leaves out is no change. Words are compared only between versions near
    enough that single changes mean something. Where it is not known which came first (not `ordered`), a line tells only
    that they differ.
    """
    found = (*_numbers(first, later), *_hedges(first, later), *_manner(first_cue, later_cue), *_words(first, later))
    return found if ordered else tuple(dict.fromkeys(map(_differing, found)))


def _differing(line: str) -> str:
    """A line without which came first."""
    for change, difference in _DIFFERENCES:
        line = line.replace(change, difference)
    return line


def _numbers(first: str, later: str) -> list[str]:
    here, there = (list(dict.fromkeys(_NUMBER.findall(text))) for text in (first, later))
    gone, new = [n for n in here if n not in there], [n for n in there if n not in here]
    if not new or not gone:
        return [f"number added: {', '.join(new)}"] if new and here else []
    return [f"number changed: {', '.join(gone)} became {', '.join(new)}"]


def _hedges(first: str, later: str) -> list[str]:
    named = zip(("hedge dropped", "hedge added"), hedges(first, later), strict=True)
    return [f"{what}: {', '.join(f'“{h}”' for h in words)}" for what, words in named if words]


def hedges(first: str, later: str) -> tuple[list[str], list[str]]:
    """The hedges that the later version of a saying dropped, and those it added."""
    here, there = (list(dict.fromkeys(m.casefold() for m in _HEDGE.findall(text))) for text in (first, later))
    # what is hedged must still be there: of a saying cut short the hedge went with the rest
    dropped = [h for h in here if h not in there and _after(h, first) & set(telling_words(later))]
    added = [h for h in there if h not in here and _after(h, later) & set(telling_words(first))]
    return dropped, added


def _after(hedge: str, text: str) -> set[str]:
    """The telling words in the few words that follow a hedge."""
    at = text.casefold().find(hedge) + len(hedge)
    return set(telling_words(" ".join(_WORD.findall(text[at : at + 60])[:4])))


def _manner(first: str, later: str) -> list[str]:
    here, there = (
        next((_MANNER[w] for w in re.findall(r"[a-z]+", cue.casefold()) if w in _MANNER), None) for cue in (first, later)
    )
    return [f"“{first.strip()}” became “{later.strip()}”"] if here and there and here != there else []


def _words(first: str, later: str) -> list[str]:
    here, there = ([*_WORD.finditer(text)] for text in (first, later))
    plain = [m.group().casefold() for m in here], [m.group().casefold() for m in there]
    matcher = SequenceMatcher(None, *plain, autojunk=False)
    if matcher.ratio() < NEAR:
        return []
    changed = []
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "replace" and _changed(plain[0][a:b], plain[1][c:d], plain):
            changed.append(
                f"“{first[here[a].start() : here[b - 1].end()]}” became “{later[there[c].start() : there[d - 1].end()]}”"
            )
    return [f"words changed: {', '.join(changed)}"] if 0 < len(changed) <= MOST else []


def _changed(gone: Sequence[str], new: Sequence[str], plain: tuple[Sequence[str], Sequence[str]]) -> bool:
    """Whether words were changed for others, and not left out, put in, moved or spelt another way."""
    old, fresh = (telling_words(" ".join(words)) for words in (gone, new))
    first, later = (set(telling_words(" ".join(words))) for words in plain)
    moved = later.issuperset(old) or first.issuperset(fresh)
    return bool(old and fresh) and not moved and _spelt("".join(gone)) != _spelt("".join(new))


def _spelt(words: str) -> str:
    return "".join(letter for letter in words if letter.isalnum())
