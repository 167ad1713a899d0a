"""The rows of what became of a report between its captures."""

from __future__ import annotations

from typing import Final

from counterclaim.dossier import words
from counterclaim.dossier.cites import Cite
from counterclaim.dossier.desk import Desk
from counterclaim.dossier.rows import ChangeRow, HistoryRow, VersionRow
from counterclaim.records import Change, ChangeKind, Evidence, Span

CHANGES: Final[dict[ChangeKind, str]] = {
    "toll": "toll", "speaker": "speaker", "blame": "blame", "said": "also said", "hedge": "hedge",
}  # fmt: skip


def history_rows(desk: Desk, evidence: Evidence) -> tuple[HistoryRow, ...]:
    """The histories whose captures are all among the reports, as the evidence lists them."""
    rows = []
    for history in evidence.histories:
        if any(v.report not in desk.number for v in history.versions):
            continue
        versions = tuple(
            VersionRow(desk.number[v.report], words.moment_phrase(v.received), n == 0, tuple(_change(desk, c) for c in v.changes))
            for n, v in enumerate(history.versions)
        )
        rows.append(HistoryRow(words.inert(history.address), versions))
    return tuple(rows)


def _change(desk: Desk, c: Change) -> ChangeRow:
    def cite(span: Span | None) -> Cite | None:
        return desk.cite(span, "words", None, None) if span else None

    def inert(text: str | None) -> str | None:
        return words.inert(text) if text else None

    return ChangeRow(CHANGES[c.kind], inert(c.was), inert(c.now), cite(c.before), cite(c.after))
