"""What was hit, with what and how: one row a class, each voice once, those who deny beside those who say so."""

from __future__ import annotations

from dataclasses import replace

from counterclaim.contest import lay_out
from counterclaim.records import Detail, ReadReport


def with_details(read: ReadReport, *told: tuple[str, str, str]) -> ReadReport:
    """The report with one detail a statement: the words, the kind and the polarity."""
    details = []
    for k, (words, kind, polarity) in enumerate(told):
        start = read.report.text.index(words)
        statement = next((s.id for s in read.reading.statements if s.content[0][0] <= start < s.content[0][1]), None)
        details.append(
            Detail(
                id=f"d{k}", span=(start, start + len(words)), aspect="hit", kind=kind, polarity=polarity, confidence=1.0,
                statement=statement, incident=0,
            )
        )  # fmt: skip
    return replace(read, reading=replace(read.reading, details=tuple(details)))


def test_who_says_so_and_who_denies_it_meet_in_one_row(write, link):
    one = (
        write("r1", "2031-05-04")
        .says("Relief Council", "blame", "the clinic was hit")
        .says("North Army", "denial", "no ward was hit")
    )
    two = write("r2", "2031-05-05").says("Relief Council", "blame", "the ward was hit")
    first = with_details(one.read(), ("clinic", "hospital", "asserts"), ("no ward", "hospital", "denies"))
    reports = [first, with_details(two.read(), ("ward", "hospital", "asserts"))]
    (contest,) = lay_out(reports, link(reports))
    (row,) = contest.described
    assert (row.aspect, row.kind, row.holders, row.deniers, row.doubters) == (
        "hit",
        "hospital",
        ("Relief Council",),
        ("North Army",),
        (),
    )
    assert [span.quote for span in row.words] == ["clinic", "no ward", "ward"]


def test_the_order_of_reports_changes_nothing_and_an_aggregate_has_none(write, link):
    reports = [
        with_details(write(id, "2031-05-04", outlet=id).says(who, "blame", f"the {word} was hit").read(), (word, word, "asserts"))
        for id, who, word in (("r1", "A Council", "school"), ("r2", "B Council", "market"), ("r3", "C Council", "school"))
    ]
    (one,) = lay_out(reports, link(reports))
    (other,) = lay_out(reports[::-1], link(reports[::-1]))
    assert one.described == other.described
    assert [(row.kind, row.holders) for row in one.described] == [
        ("school", ("A Council", "C Council")),
        ("market", ("B Council",)),
    ]
    (wide,) = lay_out(reports, link(reports, aggregate=True))
    assert wide.described == ()
