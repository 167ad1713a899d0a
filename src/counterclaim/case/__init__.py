"""The store: tables, migrations, search, runs, decisions, assessments, log, verify."""

from counterclaim.case.log import Entry
from counterclaim.case.search import Hit
from counterclaim.case.store import Store

__all__ = ["Entry", "Hit", "Store"]
