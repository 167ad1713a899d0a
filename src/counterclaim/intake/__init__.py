"""Files, pages, archives and texts, to captures and reports."""

from counterclaim.intake.containers import captures
from counterclaim.intake.files import find_files, left_out, why_left_out
from counterclaim.intake.pdf import Box, boxes
from counterclaim.intake.reports import page_starts, report_of, reports, source_text
from counterclaim.intake.web import fetch, is_address

__all__ = [
    "Box", "boxes", "captures", "fetch", "find_files", "is_address", "left_out", "page_starts", "report_of", "reports",
    "source_text", "why_left_out",
]  # fmt: skip
