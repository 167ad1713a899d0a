"""What must hold of every contest, whatever the reports say."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.contest import lay_out
from counterclaim.records import Contest

PAPERS = ("Hill Post", "Valley Post", "Lake Post")
SPEAKERS = ("Ardan army", "Velia", "Clinic; Mayor", "residents", "health officials", None)
ACTS = ("blame", "denial", "admission", "uncertainty", "regret", "demand", "other")
TARGETS = ("Arda", "Velia", "civilians", "planes", None)

counted = st.tuples(
    st.sampled_from(SPEAKERS),
    st.integers(0, 120),
    st.sampled_from(["exact", "at least", "up to", "vague", "about"]),
    st.sampled_from(["killed", "injured", "missing"]),
    st.sampled_from(["unspecified", "civilians", "military", "children"]),
    st.sampled_from(["", "earlier in the day ", "it withdrew the count of ", "so far "]),
    st.sampled_from(["incident", "incident", "part", "running"]),
)
told = st.tuples(st.sampled_from(SPEAKERS), st.sampled_from(ACTS), st.sampled_from(TARGETS), st.integers(0, 9))
report = st.tuples(
    st.one_of(st.none(), st.integers(1, 9)), st.sampled_from(PAPERS), st.lists(counted, max_size=3), st.lists(told, max_size=3)
)
shelves = st.lists(report, min_size=1, max_size=4)


def read_all(write: Any, shelf: list[Any]) -> list[Any]:
    """The reports that a shelf describes."""
    made = []
    for k, (day, paper, counts, words) in enumerate(shelf):
        one = write(f"r{k}", f"2031-05-0{day}" if day else None, outlet=paper)
        one.knows("Ardan army", "Arda").knows("Arda", "Arda", kind="state").knows("Velia", "Velia", kind="state")
        for speaker, n, qualifier, harm, victims, before, scope in counts:
            low, high = {"at least": (n, None), "up to": (None, n), "vague": (n, 4 * n)}.get(qualifier, (n, n))
            kind = "outlet" if speaker is None else "named" if speaker[0].isupper() else "unnamed"
            one.counts(
                speaker,
                low,
                high,
                f"{before}{n} of them",
                qualifier=qualifier,
                harm=harm,
                victims=victims,
                speaker_kind=kind,
                scope=scope,
            )
        for speaker, act, target, n in words:
            kind = "outlet" if speaker is None else "named" if speaker[0].isupper() else "unnamed"
            one.says(speaker, act, f"words number {n}", target=target, speaker_kind=kind)
        made.append(one.read())
    return made


def only(reports: list[Any], linkage: Any, **more: Any) -> Contest:
    """The one contest of the reports."""
    (found,) = lay_out(reports, linkage, **more)
    return found


@settings(deadline=None)  # a machine under load is slow, not wrong
@given(shelves, st.randoms(use_true_random=False))
def test_the_order_of_reports_never_matters(write: Any, link: Any, shelf: list[Any], random: Any) -> None:
    reports = read_all(write, shelf)
    linkage = link(reports, alleged=("Arda",))
    shuffled = reports[:]
    random.shuffle(shuffled)
    assert lay_out(shuffled, linkage) == lay_out(reports, linkage)


@settings(deadline=None)
@given(shelves)
def test_a_report_more_narrows_neither_all_said_nor_the_numbers_said(write: Any, link: Any, shelf: list[Any]) -> None:
    reports = read_all(write, shelf)
    before: dict[tuple[str, ...], tuple[int, int]] = {}
    for n in range(1, len(reports) + 1):
        ranges = only(reports[:n], link(reports[:n])).ranges
        now = {
            (r.scope, r.harm, r.victims, r.kind): (r.low, r.high)
            for r in ranges if r.kind in ("all said", "numbers said") and r.low is not None and r.high is not None
        }  # fmt: skip
        assert all(now[row][0] <= low and high <= now[row][1] for row, (low, high) in before.items())
        before = now


@settings(deadline=None)
@given(shelves)
def test_the_numbers_said_lie_within_all_said(write: Any, link: Any, shelf: list[Any]) -> None:
    reports = read_all(write, shelf)
    ranges = {(r.scope, r.harm, r.victims, r.kind): r for r in only(reports, link(reports)).ranges}
    for (*row, kind), numbers in ranges.items():
        if kind == "numbers said":
            whole = ranges[*row, "all said"]
            assert numbers.low is not None
            assert numbers.high is not None
            assert whole.low is not None
            assert whole.high is not None
            assert whole.low <= numbers.low <= numbers.high <= whole.high


@settings(deadline=None)
@given(shelves)
def test_every_number_said_stays_in_view(write: Any, link: Any, shelf: list[Any]) -> None:
    reports = read_all(write, shelf)
    found = only(reports, link(reports))
    shown = {ref for toll in found.tolls for ref in (toll.ref, *toll.repeats)}
    assert {(read.report.id, figure.id) for read in reports for figure in read.reading.figures} == {
        (ref.report, ref.figure) for ref in shown
    }
    refs = {toll.ref for toll in found.tolls}
    for toll in found.tolls:
        assert toll.standing == (toll.superseded_by is None and not toll.withdrawn)
        assert toll.superseded_by is None or (toll.superseded_by in refs and toll.superseded_by != toll.ref)


@settings(deadline=None)
@given(shelves, st.integers(1, 9))
def test_as_known_on_a_day_is_the_contest_of_the_reports_up_to_it(write: Any, link: Any, shelf: list[Any], day: int) -> None:
    reports = read_all(write, shelf)
    upto = [read for read in reports if read.report.published and read.report.published.value <= f"2031-05-0{day}"]
    assert lay_out(reports, link(reports), until=f"2031-05-0{day}") == lay_out(upto, link(reports))


@settings(deadline=None)
@given(shelves)
def test_nobody_accuses_himself_and_nobody_is_accused_who_was_harmed(write: Any, link: Any, shelf: list[Any]) -> None:
    reports = read_all(write, shelf)
    for position in only(reports, link(reports)).positions:
        named = (position.target or "").split("; ")
        if position.stance == "blame":
            assert position.actor not in named
            assert not {"civilians", "planes"} & set(named)


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(PAPERS), max_size=3), min_size=1, max_size=5), st.booleans())
def test_a_quotation_of_a_quotation_has_one_first_speaker(write: Any, link: Any, ways: list[list[str]], joined: bool) -> None:
    reports = [
        write(f"r{k}", outlet=f"Paper {k}")
        .says("Igor Vale", "blame", "they lied to the town", chain=tuple(way), affiliation="Ministry of War")
        .read()
        for k, way in enumerate(ways)
    ]
    together = [[(read.report.id, "s0") for read in reports]] if joined else []
    found = only(reports, link(reports, together=together))
    assert [origin.name for origin in found.origins] == ["Ministry of War (Igor Vale)"]
    assert (found.count.voices, found.count.voices_at_most) == (1, 1)
    assert found.count.utterances == (1 if joined else len(reports))
