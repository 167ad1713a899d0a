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
    (
        "killed|wounded|dead|injured|missing|including|including one|at least|up to|12|three|0815|1620|11-year-old|two-years-old"
        "|people|a man|her|another|others|children|guards|medics|members of the family|victims|the toll|rose from|to|or|both|were"
        "|was|to death|shot|among them|among the dead were|of them|of whom|,|and|;|:|(|)|*|\u2013|\u200f|\u00e9|\u0661\u0662|\n"
        "|dozens|of|killing|no|aged"
    ).split("|")
)


@settings(SETTINGS, max_examples=200)
@given(pieces=st.lists(HARMFUL, max_size=25), joint=st.sampled_from([" ", " ", "", "\u00a0"]))
def test_no_heap_of_harmful_words_crashes_it(pieces: list[str], joint: str) -> None:
    for figure in figures(joint.join(pieces)):
        assert figure.low is None or figure.high is None or 0 <= figure.low <= figure.high


THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@SETTINGS
@given(
    number=st.integers(2, 9999).filter(lambda n: not 1900 <= n <= 2099),
    digits=st.sampled_from([ARABIC_INDIC, DEVANAGARI, THAI, FULL_WIDTH]),
    frame=st.sampled_from(KILLING),
)
def test_any_script_s_digits_say_what_ours_say(number: int, digits: dict[int, str], frame: str) -> None:
    ours, theirs = (figures(opened(frame.format(f"{word} people"))) for word in (str(number), str(number).translate(digits)))
    assert [(f.harm, f.low, f.high) for f in theirs] == [(f.harm, f.low, f.high) for f in ours] == [("killed", number, number)]


@SETTINGS
@given(
    low=st.integers(2, 800),
    more=st.integers(1, 90),
    words=st.sampled_from(["between {} and {}", "{} to {}", "at least {} and up to {}", "from {} to {}", "{} or {}"]),
    frame=st.sampled_from(KILLING),
    in_words=st.booleans(),
)
def test_both_ends_of_a_range_come_out(low: int, more: int, words: str, frame: str, in_words: bool) -> None:
    ends = [spelled(n) if in_words else str(n) for n in (low, low + more)]
    text = opened(frame.format(f"{words.format(*ends)} people"))
    assert [(f.harm, f.low, f.high) for f in figures(text)] == [("killed", low, low + more)], text


@SETTINGS
@given(
    old=st.integers(2, 999),
    new=st.integers(2, 999),
    words=st.sampled_from(
        [
            "The ministry revised its death toll from {} to {}.",
            "The death toll rose from {} to {} on Sunday.",
            "The mayor lowered the number of dead from {} to {}.",
        ]
    ),
)
def test_of_a_revised_toll_the_new_one_comes_out(old: int, new: int, words: str) -> None:
    assert [(f.harm, f.low, f.high) for f in figures(words.format(old, new))] == [("killed", new, new)]


@SETTINGS
@given(
    first=st.integers(2, 40),
    second=st.integers(2, 40),
    words=st.sampled_from(
        [
            "{0} people, {1} women and {2} children, were killed in the raid.",
            "The raid killed {0} people, including {1} women and {2} children.",
            "{0} people were killed, including {1} women and {2} children, when a shell hit the market.",
        ]
    ),
)
def test_parts_are_never_more_than_the_whole(first: int, second: int, words: str) -> None:
    whole, *parts = figures(words.format(first + second, first, second))
    assert (whole.low, whole.scope) == (first + second, "incident")
    assert [(f.low, f.scope, f.victims) for f in parts] == [(first, "part", "women"), (second, "part", "children")]
