"""The case: tables, migrations, search, runs, decisions and what they make of the facts, assessments, log, verify."""

from counterclaim.case.agreement import Agreement, agreement
from counterclaim.case.anchors import carry
from counterclaim.case.asking import Asked, Listed, References, decided, kind_named, listed
from counterclaim.case.copies import Taken
from counterclaim.case.grades import SCALES
from counterclaim.case.log import Entry
from counterclaim.case.overlay import view
from counterclaim.case.past import Snapshot
from counterclaim.case.reviewed import Coverage, Rate, Reviewed, reviewed
from counterclaim.case.search import Hit
from counterclaim.case.store import Store
from counterclaim.case.targets import Desk, Target, names_value

__all__ = [
    "SCALES",
    "Agreement",
    "Asked",
    "Coverage",
    "Desk",
    "Entry",
    "Hit",
    "Listed",
    "Rate",
    "References",
    "Reviewed",
    "Snapshot",
    "Store",
    "Taken",
    "Target",
    "agreement",
    "carry",
    "decided",
    "kind_named",
    "listed",
    "names_value",
    "reviewed",
    "view",
]
