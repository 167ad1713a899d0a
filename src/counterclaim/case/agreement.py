"""How far people who decided on the same facts agree, field by field: share, Cohen's kappa and Krippendorff's alpha."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from counterclaim.case.judging import WHOLE, minds_of, told_by
from counterclaim.records import Decision, View

Codes = Mapping[str, str]
"""What each person says of one fact's field."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on one field.

    `field` is named as in "figure low", or "figure" for whether it is to be there at all, "airwars grade" for a scale; `facts`
    says how many facts two or more people decided on, `people` who they are. `share` is the part of pairs that agree. `kappa` is
    for two people only. It and `alpha` are None where everybody says the same of everything: chance would agree as well.
    """

    field: str
    facts: int
    people: tuple[str, ...]
    share: float
    kappa: float | None
    alpha: float | None


def agreement(view: View) -> tuple[Agreement, ...]:
    """Agreement on every field that two or more people decided on, sorted by field.

    Counted are decisions that stand, that are disputed and that a lead decided over, but not the lead's own, for a lead knows
    what the others said; and of gradings each person's latest.
    """
    by_fact: dict[object, list[Decision]] = defaultdict(list)
    for standing in view.standings:
        fact = standing.decision.fact
        counts = standing.state in ("in force", "disputed", "settled") and not standing.decision.settles
        if counts and standing.on and fact in ("figure", "statement", "mention"):
            by_fact[fact, standing.on[0]].append(standing.decision)
    fields: dict[str, list[Codes]] = defaultdict(list)
    for decisions in by_fact.values():
        said = {user: told_by(mind) for user, mind in minds_of(decisions)[0].items()}
        for role in sorted({role for told in said.values() for role in told}):
            codes = {user: told[role] for user, told in said.items() if role in told}
            if len(codes) > 1:
                fields[f"{decisions[0].fact} {role}" if role != WHOLE else decisions[0].fact].append(codes)
    grades: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for graded in sorted(view.graded, key=lambda g: g.assessment.made):
        if graded.incident is not None:
            grades[graded.assessment.scale, graded.incident][graded.assessment.user] = graded.assessment.grade
    for (scale, _), given in sorted(grades.items()):
        if len(given) > 1:
            fields[f"{scale} grade"].append(given)
    return tuple(_agreement(field, units) for field, units in sorted(fields.items()))


def kappa(units: Iterable[Codes]) -> float | None:
    """Cohen's kappa for nominal codes of two people (Cohen 1960, Educational and Psychological Measurement 20:37-46).

    None for more or fewer people, and where chance alone would agree on everything.
    """
    held = [unit for unit in units if len(unit) == 2]
    people = sorted({user for unit in held for user in unit})
    if len(people) != 2 or not held:
        return None
    observed = sum(unit[people[0]] == unit[people[1]] for unit in held) / len(held)
    first, second = (Counter(unit[user] for unit in held) for user in people)
    expected = sum(first[code] * second[code] for code in first) / len(held) ** 2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def alpha(units: Iterable[Codes]) -> float | None:
    """Krippendorff's alpha for nominal codes of any number of people, some of whom may have left units out.

    By the coincidences of pairs (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability). None where no two codes differ,
    or no unit was coded twice.
    """
    coincidences: defaultdict[tuple[str, str], float] = defaultdict(float)
    for unit in units:
        codes = list(unit.values())
        for one, other in combinations(codes, 2):
            coincidences[one, other] += 1 / (len(codes) - 1)
            coincidences[other, one] += 1 / (len(codes) - 1)
    totals: defaultdict[str, float] = defaultdict(float)
    for (one, _), weight in coincidences.items():
        totals[one] += weight
    whole = sum(totals.values())
    differing = sum(weight for (one, other), weight in coincidences.items() if one != other)
    by_chance = sum(totals[one] * totals[other] for one in totals for other in totals if one != other)
    return None if by_chance == 0 else 1 - (whole - 1) * differing / by_chance


def _agreement(field: str, units: Sequence[Codes]) -> Agreement:
    pairs = [one == other for unit in units for one, other in combinations(unit.values(), 2)]
    people = tuple(sorted({user for unit in units for user in unit}))
    return Agreement(field, len(units), people, sum(pairs) / len(pairs), kappa(units), alpha(units))
