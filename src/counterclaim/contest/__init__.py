"""The contest: every incident laid out by printed rules: tolls, ranges, positions, voices, conflicts, time line."""

from counterclaim.contest.layout import RULES, lay_out

__all__ = ["RULES", "lay_out"]
