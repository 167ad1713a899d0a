"""Files, pages and texts, to captures and reports."""

from counterclaim.intake.files import capture, find_files, left_out
from counterclaim.intake.reports import report_of, to_report

__all__ = ["capture", "find_files", "left_out", "report_of", "to_report"]
