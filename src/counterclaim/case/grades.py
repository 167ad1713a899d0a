"""Scales on which people grade an incident, and what a grading must hold to be kept."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from counterclaim.errors import CaseError
from counterclaim.records import Assessment

SCALES: Mapping[str, tuple[str, ...]] = MappingProxyType({"airwars": ("confirmed", "fair", "weak", "contested", "discounted")})
"""Scales that ship, each with its grades. `airwars` has the terms in which that recorder grades harm to civilians: confirmed (a
party accepted responsibility), fair (two or more credible sources), weak (one source, or all repeat one), contested (competing
claims of who did it), discounted (those killed were combatants, or others did it). Any other name is a recorder's own scale,
whose grades are not checked."""


def check_grade(assessment: Assessment) -> None:
    """CaseError for a grade that its scale does not have, a range that is none, or a best estimate outside of it."""
    known = SCALES.get(assessment.scale)
    if not assessment.grade.strip() or not assessment.scale.strip():
        raise CaseError("a grading needs a scale and a grade on it; name both")
    if known is not None and assessment.grade not in known:
        raise CaseError(f"{assessment.grade!r} is no grade of the scale {assessment.scale}; it has {', '.join(known)}")
    low, high, best = assessment.low, assessment.high, assessment.best
    if any(number is not None and number < 0 for number in (low, high, best)):
        raise CaseError("nobody counts below none; give 0 or more")
    if low is not None and high is not None and low > high:
        raise CaseError(f"the range {low} to {high} ends before it begins; give the lower number first")
    if best is not None and ((low is not None and best < low) or (high is not None and best > high)):
        raise CaseError(f"the best estimate {best} lies outside of the range; widen the range or change the estimate")
