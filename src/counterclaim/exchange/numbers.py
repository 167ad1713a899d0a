"""A number of victims in words, as it was said: "at least 30", "41 to 44"; never more exact than it was."""

from __future__ import annotations

from counterclaim.records import Qualifier


def said_number(low: int | None, high: int | None, qualifier: Qualifier, words: str) -> str:
    """One figure; in its own `words` where these give no number."""
    if qualifier == "vague" or (low is None and high is None):
        return f"“{' '.join(words.split())}”"
    if qualifier == "more than" and low is not None:
        return f"more than {low - 1}"
    if qualifier == "less than" and high is not None and low is None:
        return f"fewer than {high + 1}"
    return f"about {low}" if qualifier == "about" and low == high else said_range(low, high)


def said_range(low: int | None, high: int | None) -> str:
    """The lowest and the highest number said."""
    if low is None and high is None:
        return "unknown"
    if high is None:
        return f"at least {low}"
    if low is None:
        return f"up to {high}"
    if low == high:
        return str(low) if low else "none"
    return f"{low} to {high}"
