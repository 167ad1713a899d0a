"""Which of several reports that hold the same words had them first, and what tells."""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.records import Report


def by_precedence(group: Sequence[Report]) -> list[Report]:
    """The reports of `group`, those first whose words it may be: published first, then the agency's own, then one that keeps its
    credit or dateline, then the lowest id. A date only tells where every report of the group has one."""
    dates = all(dated(r) for r in group)
    agencies = {r.agency for r in group if r.agency}

    def precedence(report: Report) -> tuple[str, bool, bool, bool, str, str]:
        date = report.published.value if report.published and dated(report) else "9999"
        credit = (report.outlet not in agencies, report.agency is None, report.dateline is None)
        return (date if dates else "", *credit, date, report.id)

    return sorted(group, key=precedence)


def dated(report: Report) -> bool:
    """Whether it is known when the report came out, the year included."""
    return report.published is not None and report.published.value[:4].isdigit()


def why_first(copy: Report, original: Report) -> str:
    """What tells that `original` had the words before `copy`, or that nothing does."""
    here, there = (r.published.value if r.published and dated(r) else None for r in (copy, original))
    if here and there and here > there:
        return f"published {here}, after {there}"
    if original.outlet is not None and original.outlet in (original.agency, copy.agency):
        return f"the original is {original.outlet}'s own"
    if original.agency is not None and copy.agency is None:
        return f"the original carries the credit of {original.agency}, the copy does not"
    if original.dateline is not None and copy.dateline is None:
        return f"the original keeps its dateline, {original.dateline}, the copy does not"
    return "which came first is not known: no date and no agency credit tells"
