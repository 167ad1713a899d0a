"""Names that stay behind when something leaves a case for the public."""

from __future__ import annotations

from counterclaim.exchange import Masks, hidden_in
from counterclaim.records import Actor, Offsets, PersonType, Reading, ReadReport, Report


def read(id: str, text: str, *people: tuple[str, PersonType]) -> ReadReport:
    """A report in which these people were recognised, by their whole name and by its last word."""
    actors = []
    for name, part in people:
        at = [place for form in (name, name.split()[-1]) if (place := _at(text, form))]
        actors.append(Actor(name=name, kind="person", mentions=tuple(dict.fromkeys(at)), person=part))
    report = Report(id=id, capture=id, text=text)
    return ReadReport(report, Reading(text=text, actors=tuple(actors)))


def _at(text: str, form: str) -> Offsets | None:
    start = text.find(form)
    return (start, start + len(form)) if start >= 0 else None


FIRST = read(
    "a", "Ann Byl, 34, was killed, her neighbour Cem Rose said. Byl sold flowers. Minister Dan Okar regretted it.",
    ("Ann Byl", "victim"), ("Cem Rose", "witness"), ("Dan Okar", "official"),
)  # fmt: skip
SECOND = read("b", "The family of Ann Byl met Eva Okar and Dan Okar.", ("Ann Byl", "private"), ("Eva Okar", "private"))


def test_who_was_harmed_or_saw_it_is_masked_and_who_holds_an_office_is_not() -> None:
    hidden = hidden_in([FIRST, SECOND])
    assert [(person.name, person.why, person.reports) for person in hidden] == [
        ("Ann Byl", "victim", ("a", "b")),
        ("Cem Rose", "witness", ("a",)),
        ("Eva Okar", "private", ("b",)),
    ]
    masks = Masks(hidden)
    assert masks(FIRST.report.text) == (
        "[name 1], 34, was killed, her neighbour [name 2] said. [name 1] sold flowers. Minister Dan Okar regretted it."
    )
    # A name that a public person bears as well is masked only where it stands whole.
    assert masks(SECOND.report.text) == "The family of [name 1] met [name 3] and Dan Okar."


def test_who_is_public_in_one_report_is_public_in_all() -> None:
    spoke = read("c", "Ann Byl, the ministry's spokeswoman, said so.", ("Ann Byl", "spokesperson"))
    assert "Ann Byl" not in [person.name for person in hidden_in([FIRST, spoke])]


def test_a_place_that_bears_a_name_is_nobody_to_mask() -> None:
    text = "Shells hit Jebel Orsk and the Tomas Reld hospital, Eva Lind said. Ada Brenn school lost Ada Brenn, who was killed."
    people: list[tuple[str, PersonType]] = [
        ("Jebel Orsk", "private"), ("Tomas Reld", "private"), ("Eva Lind", "witness"), ("Ada Brenn", "victim"),
    ]  # fmt: skip
    assert [person.name for person in hidden_in([read("d", text, *people)])] == ["Ada Brenn", "Eva Lind"]


def test_a_name_is_found_in_any_case_and_over_a_line_but_a_common_word_is_none() -> None:
    masks = Masks(hidden_in([FIRST]))
    assert masks("ANN BYL and ann\nbyl, BYL") == "[name 1] and [name 1], [name 1]"
    assert masks("The toll rose. Byline. Roseland.") == "The toll rose. Byline. Roseland."
    assert masks("@ann_b wrote to mail@example.org") == "[account] wrote to mail@example.org"


def test_a_page_keeps_its_tags_style_and_script() -> None:
    masks = Masks(hidden_in([FIRST]), ("O'Neil & sons",))
    page = '<style>.Byl{}</style><p title="Ann Byl">Ann <b>Byl</b> of O&#x27;Neil &amp; sons</p><script>var Byl</script>'
    assert masks.in_html(page) == (
        '<style>.Byl{}</style><p title="[name 1]">Ann <b>[name 1]</b> of [withheld]</p><script>var Byl</script>'
    )


def test_json_is_masked_in_its_values_only() -> None:
    masks = Masks(hidden_in([FIRST]))
    told = {"Ann Byl": ["Ann Byl", 3, None, {"x": "by Rose"}]}
    assert masks.in_json(told) == {"Ann Byl": ["[name 1]", 3, None, {"x": "by [name 2]"}]}


def test_nothing_is_masked_where_nobody_is_hidden() -> None:
    assert Masks()("Ann Byl, @ann") == "Ann Byl, @ann"
    assert Masks(words=("Selim",))("on Selim") == "on [withheld]"
