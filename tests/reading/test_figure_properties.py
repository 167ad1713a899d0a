"""Harm phrases made at random: the number written in comes out, whatever stands around it, and nothing crashes."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterclaim.reading.document import parse
from counterclaim.reading.figures import find_figures
from counterclaim.reading.numbers import bounds, value_of
from counterclaim.records import Figure, Qualifier

SETTINGS = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")

QUALIFIERS: dict[str, Qualifier] = {
    "": "exact", "at least ": "at least", "more than ": "more than", "up to ": "up to", "about ": "about", "nearly ": "about",
}  # fmt: skip
PEOPLE = ("people", "civilians", "soldiers", "villagers", "children", "fighters", "medics", "women")
KILLING = (
    "{} were killed when a shell hit the market.",
    "The raid killed {} near the river.",
    "{} died in the blast.",
    "The bombing left {} dead.",
    "An air strike on the town has killed {}.",
    "{} have been killed in the attack, the mayor said.",
    "The hospital said {} had been killed.",
)
WOUNDING = (
    "{} were wounded when a shell hit the market.",
    "The raid injured {} near the river.",
    "The blast left {} wounded.",
    "Doctors said {} were injured in the attack.",
)
SURROUNDINGS = (
    "",
    "The road to the north was closed. ",
    "It was raining. ",
    "Officials met for talks on the border. ",
    "The school had been built two years before. ",
)


def spelled(number: int) -> str:
    """A number below a million in English words."""
    if number < 20:
        return UNITS[number]
    if number < 100:
        rest = number % 10
        return TENS[number // 10 - 2] + (f"-{UNITS[rest]}" if rest else "")
    if number < 1000:
        rest = number % 100
        return f"{UNITS[number // 100]} hundred" + (f" and {spelled(rest)}" if rest else "")
    rest = number % 1000
    return f"{spelled(number // 1000)} thousand" + (f" {'and ' if rest < 100 else ''}{spelled(rest)}" if rest else "")


@st.composite
def written(draw: st.DrawFn) -> tuple[int, str]:
    """A number and one way of writing it: no year, which a number alone may be taken for."""
    number = draw(st.integers(2, 9999).filter(lambda n: not 1900 <= n <= 2099))
    plain = str(number)
    ways = [plain, f"{number:,}", plain.translate(ARABIC_INDIC), plain.translate(DEVANAGARI), spelled(number)]
    return number, draw(st.sampled_from(ways))


def figures(text: str) -> list[Figure]:
    found = list(find_figures(text, parse(text)))
    for figure in found:
        assert 0 <= figure.span[0] < figure.span[1] <= len(text)
    return found


def opened(phrase: str) -> str:
    return phrase[0].upper() + phrase[1:]


@SETTINGS
@given(number=st.integers(0, 999_999))
def test_words_and_digits_say_the_same(number: int) -> None:
    assert value_of(spelled(number)) == value_of(str(number)) == value_of(f"{number:,}") == number


@SETTINGS
@given(
    told=written(),
    qualifier=st.sampled_from(sorted(QUALIFIERS)),
    people=st.sampled_from(PEOPLE),
    frame=st.sampled_from([*((f, "killed") for f in KILLING), *((f, "injured") for f in WOUNDING)]),
)
def test_the_number_written_in_comes_out(told: tuple[int, str], qualifier: str, people: str, frame: tuple[str, str]) -> None:
    number, words = told
    text = opened(frame[0].format(f"{qualifier}{words} {people}"))
    said = {(f.harm, f.low, f.high) for f in figures(text)}
    assert said == {(frame[1], *bounds(number, QUALIFIERS[qualifier]))}, text


@SETTINGS
@given(
    told=written(),
    people=st.sampled_from(PEOPLE),
    frame=st.sampled_from(KILLING),
    before=st.sampled_from(SURROUNDINGS),
    behind=st.sampled_from(SURROUNDINGS),
)
def test_what_stands_around_a_figure_never_changes_it(
    told: tuple[int, str], people: str, frame: str, before: str, behind: str
) -> None:
    text = opened(frame.format(f"{told[1]} {people}"))
    alone = [(f.harm, f.victims, f.low, f.high) for f in figures(text)]
    amid = [(f.harm, f.victims, f.low, f.high) for f in figures(f"{before}{text} {behind}")]
    assert amid == alone


KIN = ("brothers", "sisters", "sons", "daughters", "children", "cousins")


@SETTINGS
@given(
    number=st.integers(2, 12),
    kin=st.sampled_from(KIN),
    other=st.sampled_from(["mother", "father", "uncle", "grandmother", "aunt"]),
    first=st.booleans(),
    fate=st.sampled_from(["were killed in the strike", "died under the rubble", "were shot dead"]),
)
def test_kin_in_a_row_are_counted(number: int, kin: str, other: str, first: bool, fate: str) -> None:
    group = f"{spelled(number)} {kin} and their {other}" if first else f"a {other} and {spelled(number)} {kin}"
    (figure,) = figures(f"{opened(group)} {fate}.")
    assert (figure.harm, figure.low, figure.high) == ("killed", number + 1, number + 1)


@SETTINGS
@given(text=st.text(max_size=200))
def test_no_text_crashes_it(text: str) -> None:
    figures(text)


HARMFUL = st.sampled_from(
    [
        "killed",
        "wounded",
        "dead",
        "including",
        "at least",
        "12",
        "three",
        "people",
        "a man",
        ",",
        "and",
        "(",
        ")",
        "*",
        "‏",
        "é",
        "\n",
        "dozens",
        "of",
    ]
)


@SETTINGS
@given(pieces=st.lists(HARMFUL, max_size=25), joint=st.sampled_from([" ", "", "\u00a0"]))
def test_no_heap_of_harmful_words_crashes_it(pieces: list[str], joint: str) -> None:
    figures(joint.join(pieces))
