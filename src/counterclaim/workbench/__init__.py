"""The workbench: the local page where claims are read, checked and graded."""

from counterclaim.workbench.application import application
from counterclaim.workbench.serving import serve

__all__ = ["application", "serve"]
