"""A made-up case in our own words, read by the machine and decided on by people, as it leaves for two audiences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from counterclaim.exchange import Export, Format
from counterclaim.pipeline import Case
from counterclaim.publishing import FORMATS, Terms, gathered
from counterclaim.records import FigureRef

RADIO = """Jets strike market in Mosul

4 May 2031

MOSUL - The rescue service 🚒 said on Sunday that at least 14 people were killed when jets struck the covered market of Mosul \
on Saturday. "Nobody fired from the market," said Ada Brenn, the mayor of Mosul. Lena Orsk, nine, was among the dead, her \
neighbour Tomas Reld said.

The Northern Army denied that its planes had hit civilians."""

GAZETTE = """Army admits stray bombs

6 May 2031

Between 20 and 22 people died in Saturday's strike on the covered market (السوق المسقوف) of Mosul 💔, doctors told the news \
agency LINE on Tuesday. Colonel Ivo Marsh, spokesman of the Northern Army, admitted that two bombs "went astray". He said that \
up to 11 people were killed."""


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    folder = tmp_path_factory.mktemp("linked")
    (folder / "radio.txt").write_text(RADIO, "utf-8")
    (folder / "gazette.txt").write_text(GAZETTE, "utf-8")
    with Case() as case:
        case.add(folder)
        case.run()
        for read in case.reports:
            first = read.reading.figures[0]
            ref = FigureRef(read.report.id, first.id)
            if first.low == 14:
                case.decide("accept", ref, user="Ann Lyst")
            else:
                case.decide("correct", ref, user="Ben Okul", role="high", value=23, reason="the doctors' own list says so")
        case.assess(
            case.linkage.incidents[0].id, scale="airwars", grade="fair", user="Ann Lyst", low=14, high=23, note="two outlets"
        )
        yield case


@pytest.fixture(scope="session")
def leaves(case: Case) -> Callable[..., Export]:
    """The case as it leaves for an audience, always at the same moment."""

    def export(audience: str = "internal", **terms: object) -> Export:
        return gathered(case, Terms(audience=audience, **terms), "Mosul", datetime(2031, 6, 1, tzinfo=UTC))  # type: ignore[arg-type]

    return export


@pytest.fixture(scope="session")
def written(leaves: Callable[..., Export], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """The file that a format writes for an audience."""

    def write(key: str, audience: str = "internal") -> Path:
        form: Format = FORMATS[key]
        path = tmp_path_factory.mktemp(key) / f"{audience}.{form.ending}"
        path.write_bytes(b"".join(piece for piece, _ in form.write(leaves(audience))))
        return path

    return write
