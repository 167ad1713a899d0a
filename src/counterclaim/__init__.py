"""Counterclaim reads reports of strikes and violence and lays the claims out side by side."""

from counterclaim.version import __version__

__all__ = ["__version__"]
