"""What part a person has in a report; whoever nothing is told of is private."""

from __future__ import annotations

from typing import Any

import pytest

from counterclaim.resolving.actors import resolve_actors


@pytest.mark.parametrize(
    ("text", "name", "part"),
    [
        ("Army spokesman Oleg Verrin said the raid was over.", "Oleg Verrin", "spokesperson"),
        ("The mayor of Velmira, Oleg Verrin, said so.", "Oleg Verrin", "official"),
        ("The mayor of Velmira, Oleg Verrin, was killed in the raid.", "Oleg Verrin", "official"),
        ("A reporter, Oleg Verrin, said so.", "Oleg Verrin", "journalist"),
        ("A reporter, Oleg Verrin, said so. Later Oleg Verrin was killed.", "Oleg Verrin", "victim"),
        ("An analyst, Oleg Verrin, said so.", "Oleg Verrin", "expert"),
        ("A resident, Oleg Verrin, said so.", "Oleg Verrin", "witness"),
        ("Oleg Verrin, 34, was killed in the raid.", "Oleg Verrin", "victim"),
        ("The raid led to the death of the shopkeeper Oleg Verrin.", "Oleg Verrin", "victim"),
        ("Oleg Verrin, a shopkeeper aged 34, was killed in the raid.", "Oleg Verrin", "victim"),
        ("Oleg Verrin, a teacher, was there and saw the raid.", "Oleg Verrin", "witness"),
        ("Oleg Verrin, a shopkeeper, killed three men.", "Oleg Verrin", "witness"),
        ("Among the dead was Oleg Verrin, a teacher.", "Oleg Verrin", "victim"),
        ("Oleg Verrin killed three men.", "Oleg Verrin", "private"),
        ("Oleg Verrin sells bread.", "Oleg Verrin", "private"),
    ],
)
def test_a_person_has_a_part_and_it_says_why(told: Any, text: str, name: str, part: str) -> None:
    cast = resolve_actors(told(text).mentions_of("person", name).extraction())
    (person,) = (a for a in cast.actors if a.kind == "person")
    assert (person.name, person.person) == (name, part)
    assert person.why[-1].startswith(f"{part}: ")


def test_what_is_no_person_has_none(told: Any) -> None:
    cast = resolve_actors(told("Russia and Hamas met.").extraction())
    assert {a.person for a in cast.actors} == {None}
