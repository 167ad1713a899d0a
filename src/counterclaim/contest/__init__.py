"""The contest: every incident laid out by printed rules: tolls, ranges, positions, voices, conflicts, time line."""

from counterclaim.contest.contested import ContestedIncident
from counterclaim.contest.known import published_by
from counterclaim.contest.labels import SAYS, stance_label
from counterclaim.contest.layout import PRINTED_RULES, lay_out, outline
from counterclaim.contest.tolls import of_all

__all__ = ["PRINTED_RULES", "SAYS", "ContestedIncident", "lay_out", "of_all", "outline", "published_by", "stance_label"]
