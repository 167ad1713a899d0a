"""Loads the models that ship, checks them by hash and fails closed."""

from counterclaim.models.parser import PARSER, load_parser

__all__ = ["PARSER", "load_parser"]
