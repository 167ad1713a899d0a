"""One incident with the questions most asked of it as calls, as a case gives it out."""

from __future__ import annotations

from dataclasses import dataclass

from counterclaim.records import Contest, Harm, Origin, Position, Range


@dataclass(frozen=True, slots=True)
class ContestedIncident:
    """One incident of a case, as `Case.incidents` gives it: its contest, with the questions most asked as calls."""

    contest: Contest

    @property
    def title(self) -> str:
        """Where and when, as far as it is said."""
        return self.contest.incident.title

    @property
    def positions(self) -> tuple[Position, ...]:
        """Who blames, denies, admits, justifies, investigates, demands, regrets."""
        return self.contest.positions

    @property
    def origins(self) -> tuple[Origin, ...]:
        """The independent voices behind it."""
        return self.contest.origins

    @property
    def reports(self) -> tuple[str, ...]:
        """The ids of the reports that tell of it."""
        return self.contest.reports

    def toll(self, harm: Harm = "killed") -> Range | None:
        """Lowest and highest number said for `harm` in this incident as a whole, whoever said it and of whichever victims; None
        where no number was said. What was said, not an interval of truth."""
        ranges = [r for r in self.contest.ranges if r.kind == "all said" and r.harm == harm and r.scope == "incident"]
        lows = [r.low for r in ranges if r.low is not None]
        highs = [r.high for r in ranges if r.high is not None]
        return Range(min(lows, default=None), max(highs, default=None)) if lows or highs else None
