"""The workbench: the local page where claims are read, checked and graded."""

from counterclaim.workbench.accounts import ROLES, Accounts
from counterclaim.workbench.application import application
from counterclaim.workbench.serving import Address, serve

__all__ = ["ROLES", "Accounts", "Address", "application", "serve"]
