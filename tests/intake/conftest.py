"""What the tests of intake share: bytes on disk to a report, and the check that every segment points at its own words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from counterclaim.intake import capture, to_report
from counterclaim.records import Report

RECEIVED = datetime(2024, 1, 2, 3, 4, tzinfo=UTC)


@pytest.fixture
def read_bytes(tmp_path: Path) -> Callable[..., Report]:
    """Write bytes to a file of that name, capture it, read it, and check the map back before handing the report on."""

    def read(name: str, data: bytes, **given: str) -> Report:
        path = tmp_path / name
        path.write_bytes(data)
        captured = capture(path, RECEIVED)
        report = to_report(captured, **given)
        decoded = captured.data.decode(report.encoding, errors="replace")
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
