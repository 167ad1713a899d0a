"""What the tests of intake share: bytes on disk to a report, and the check that every segment points at its own words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from counterclaim.errors import InputError
from counterclaim.intake import captures, reports, source_text
from counterclaim.records import Report

RECEIVED = datetime(2024, 1, 2, 3, 4, tzinfo=UTC)


@pytest.fixture
def read_bytes(tmp_path: Path) -> Callable[..., Report]:
    """Write bytes to a file of that name, capture it, read it, and check the map back before handing the report on."""

    def read(name: str, data: bytes, **given: str) -> Report:
        path = tmp_path / name
        path.write_bytes(data)
        report = None
        for taken in captures(path, RECEIVED):
            if isinstance(taken, InputError):
                raise taken
            for report in reports(taken[0], known=taken[1], **given):
                if isinstance(report, InputError):
                    raise report
        assert report is not None
        decoded = source_text(taken[0], report)
        end = 0
        for s in report.segments:
            assert s.start >= end
            assert s.length > 0
            end = s.start + s.length
            assert decoded[s.capture_start : s.capture_start + s.length] == report.text[s.start : end]
        assert end <= len(report.text)
        if report.published and report.published.words:
            assert report.text[slice(*report.published.words)]
        return report

    return read
