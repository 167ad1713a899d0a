"""A small case of our own making that several rooms look at: two reports that differ, one that means harm, one in Arabic."""

from __future__ import annotations

from pathlib import Path

import pytest

REPORTS = {
    "army.txt": (
        "Army admits strike on Selim bridge\n\n4 May 2019\n\n"
        "The Syrian army said on Saturday that its planes had bombed a bridge in Raqqa on "
        "3 May, killing 12 people. The Syrian army said it was investigating the strike."
    ),
    "monitor.txt": (
        "Monitor counts 20 dead in Raqqa\n\n5 May 2019\n\n"
        "At least 20 people were killed in the air strike on a bridge in Raqqa on 3 May, "
        "the Syrian Observatory for Human Rights said. Damascus denied that civilians were hit."
    ),
    "hostile.txt": (
        "Strike </title><script>window.pwned=1</script><img src=x onerror=window.pwned=1> in Aleppo\n\n6 May 2019\n\n"
        'The governor, <b onmouseover="window.pwned=1">Adib</b> Karam, said on Monday that 7 people were killed in an air '
        'strike in Aleppo on 6 May. "\'; window.pwned=1; //</script><script>window.pwned=1</script>" he said. He blamed the '
        "Syrian army for the strike in Aleppo on 6 May. {{ 7 * 7 }} ${7*7} <svg/onload=window.pwned=1> "
        'href="#r1-0-9" onclick="window.pwned=1" was written on the wall.'
    ),
    "arabic.txt": "قال ناطق باسم الجيش إن الغارة على الجسر قتلت عشرين شخصا يوم الجمعة، ونفى أن يكون بينهم مدنيون.",
}


@pytest.fixture(scope="session")
def read_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case file, read and linked; not to be written to."""
    folder = tmp_path_factory.mktemp("made")
    reports = folder / "reports"
    reports.mkdir()
    for name, text in REPORTS.items():
        (reports / name).write_text(text, "utf-8")
    from counterclaim.pipeline import Case

    with Case(folder / "case.db") as case:
        case.add(reports)
        case.run()
    return folder / "case.db"
