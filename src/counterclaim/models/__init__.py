"""Loads the models that ship, checks them by hash and fails closed."""

from counterclaim.models.parser import PARSER, load_parser
from counterclaim.models.tagger import TAGGER, load_tagger

__all__ = ["PARSER", "TAGGER", "load_parser", "load_tagger"]
