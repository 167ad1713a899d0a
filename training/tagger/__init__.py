"""Trains the statement tagger: `python -m training.tagger` (see README.md here)."""
