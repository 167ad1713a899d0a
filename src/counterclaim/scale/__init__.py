"""Many reports at once: on the cores of one machine or, with Spark, of many."""

from counterclaim.scale.archive import Bulk, bulk
from counterclaim.scale.loading import load
from counterclaim.scale.workers import in_order, jobs_for, readings_on

__all__ = ["Bulk", "bulk", "in_order", "jobs_for", "load", "readings_on"]
