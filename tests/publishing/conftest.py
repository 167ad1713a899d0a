"""A case to take things out of: three reports of one strike, people who are named in them, a grading and decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from counterclaim.exchange import Export
from counterclaim.pipeline import Case
from counterclaim.publishing import FORMATS, Terms, gathered

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
REPORTS = {
    "gazette.txt": (
        "Family mourns in Kobani\n\n7 May 2019\n\n"
        "Nuri Saleh, a shopkeeper aged 34, was killed in an air strike in Kobani on 6 May, the mayor said. "
        "His daughter Lana Saleh, 9, died in the hospital. Omar Haddo, who saw the strike from his roof, said that "
        "two planes had come back. The mayor said that 5 people were killed in the strike in Kobani on 6 May. Residents blamed "
        "the Syrian army for the air strike in Kobani on 6 May.\n\nThe Syrian army denied that it had bombed Kobani on 6 May. "
        "The minister Adib Karam said that 3 people were killed in the strike in Kobani on 6 May.\n"
    ),
    "post.txt": (
        "Kobani Today @kobani_now · May 8, 2019\n\n"
        "At least 7 civilians were killed in the air strike on the market in Kobani on 6 May, @lana_k_1990 wrote. "
        "The Syrian army admitted that its air strike on the market in Kobani on 6 May had killed 2 civilians.\n"
    ),
    "formula.txt": (
        '=HYPERLINK("http://example.org","x") in Aleppo\n\n9 May 2024\n\n'
        "The governor of Aleppo said that 4 people were killed in an air strike in Aleppo on 29 April 2024. "
        "Residents blamed the Syrian army for the air strike in Aleppo on 29 April 2024.\n"
    ),
}


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """The case; what takes something out of it adds to its log and to nothing else."""
    folder = tmp_path_factory.mktemp("taken")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, "utf-8")
    with Case(folder / "case.db") as opened:
        opened.add(*(folder / name for name in REPORTS))
        opened.run()
        kobani = incident_of(opened, "Kobani")
        opened.assess(kobani, scale="airwars", grade="fair", user="Ada Moss", low=3, high=7, best=5, note="two sources")
        five = next(t for c in opened.contests if c.incident.id == kobani for t in c.tolls if t.low == 5)
        opened.decide("accept", five.ref, user="Ada Moss", reason="as the mayor says")
        yield opened


def incident_of(case: Case, place: str) -> str:
    """The id of the incident at that place."""
    return next(c.incident.id for c in case.contests if c.incident.title.startswith(place))


@pytest.fixture(scope="session")
def kobani(case: Case) -> str:
    """The id of the strike on Kobani."""
    return incident_of(case, "Kobani")


@pytest.fixture
def taken(case: Case) -> Callable[..., Export]:
    """What leaves the case on some terms."""

    def gather(audience: str = "internal", **terms: object) -> Export:
        return gathered(case, Terms(audience=audience, **terms), "Kobani", NOW)  # type: ignore[arg-type]

    return gather


@pytest.fixture
def file(taken: Callable[..., Export]) -> Callable[..., bytes]:
    """The bytes of a format on some terms."""

    def write(format: str, audience: str = "internal", **terms: object) -> bytes:
        return b"".join(piece for piece, _ in FORMATS[format].write(taken(audience, **terms)))

    return write
