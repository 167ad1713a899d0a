"""Many reports at once: on the cores of one machine or, with Spark, of many."""

from counterclaim.scale.archive import Bulk, bulk
from counterclaim.scale.loading import load

__all__ = ["Bulk", "bulk", "load"]
