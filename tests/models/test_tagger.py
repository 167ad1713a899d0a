"""The statement tagger: how a text is cut for it, how its scores become pieces, and that it fails closed."""

from __future__ import annotations

import hashlib
import itertools
import math
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from counterclaim.errors import ModelError
from counterclaim.models import tagger as module
from counterclaim.models.tagger import CONTEXT, LABELS, WINDOW, Tagger, case_of, paragraphs_of, quoted, windows_of, words_of


class Splitter:
    """A tokenizer as simple as can be: a word is one sub-word, its id its length."""

    def encode(self, text: str, add_special_tokens: bool = True) -> Any:
        import re

        spans = [m.span() for m in re.finditer(r"\w+|[^\w\s]", text)]
        return SimpleNamespace(ids=[b - a for a, b in spans], offsets=spans, word_ids=list(range(len(spans))))


class Session:
    """A network that knows words by their length: what `labels` says of it, with a score of 9 or that of `scores`."""

    def __init__(self, labels: dict[int, str], scores: dict[int, float]) -> None:
        self.labels = labels
        self.scores = scores
        self.seen: list[list[int]] = []

    def run(self, names: None, feed: dict[str, Any]) -> list[Any]:
        import numpy as np

        ids = feed["ids"][0].tolist()
        self.seen.append(ids)
        scores = np.zeros((1, len(ids), len(LABELS)), dtype=np.float32)
        for i, n in enumerate(ids):
            scores[0, i, LABELS.index(self.labels.get(n, "O"))] = self.scores.get(n, 9.0)
        return [scores]


def tagger_of(labels: dict[int, str], scores: dict[int, float] | None = None) -> tuple[Tagger, Session]:
    barred = -1e4
    steps = [[barred if b[0] == "I" and a[2:] != b[2:] else 0.0 for b in LABELS] for a in LABELS]
    session = Session(labels, scores or {})
    return Tagger(session, Splitter(), {"open": 101, "close": 102, "start": [0] * 7, "steps": steps, "stop": [0] * 7}), session


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("He said “we left” at dawn.", "we left"),
        ('He said "we left" at dawn.', "we left"),
        ("He said 'we left' at dawn.", "we left"),
        ("He said ‘we didn’t leave’ at dawn.", "we didn’t leave"),
        ("«We left», he said.", "We left"),
        ("“We left at dawn, and nobody", "We left at dawn, and nobody"),
        ("The soldiers’ families don’t know.", ""),
        ("The soldiers' families don't know.", ""),
        ("It happened in the '90s, residents' groups say.", ""),
    ],
)
def test_what_stands_inside_quotation_marks(text: str, inside: str) -> None:
    state = quoted(text)
    assert "".join(c for c, s in zip(text, state, strict=True) if s == 2) == inside


def test_marks_are_told_from_what_they_enclose() -> None:
    text = "“Go,” she said."
    assert [i for i, s in enumerate(quoted(text)) if s == 1] == [0, 4]


@pytest.mark.parametrize(("word", "case"), [("strike", 0), (",", 0), ("Idlib", 1), ("UN", 2), ("McKenzie", 3), ("15th", 4)])
def test_the_case_of_a_word(word: str, case: int) -> None:
    assert case_of(word) == case


def test_paragraphs_hold_more_than_white_space() -> None:
    text = "One.\n \n\nTwo."
    assert [text[a:b] for a, b in paragraphs_of(text)] == ["One.", "Two."]


def test_windows_show_each_word_once_to_be_tagged_and_never_more_than_fits() -> None:
    text = "\n\n".join(" ".join(["word"] * n) for n in (30, 700, 5, 90, 100, 120))
    paragraphs = [words_of(Splitter(), text, *span) for span in paragraphs_of(text)]
    windows = windows_of(paragraphs, None, (101, 102))
    assert all(len(w.ids) == len(w.features) <= WINDOW for w in windows)
    assert all(w.context <= CONTEXT for w in windows)
    assert [s for w in windows for s in w.spans[w.context :]] == [s for p in paragraphs for s in p.spans]
    assert all(w.context for w in windows[1:])


def test_a_piece_is_its_words_and_keeps_its_offsets() -> None:
    # lengths: 6 source, 4 cue, 3 begins and 5, 2 go on with the content
    tagger, _ = tagger_of({6: "B-source", 4: "B-cue", 3: "B-content", 5: "I-content", 2: "I-content"})
    text = "Marwan said the tower is empty"
    pieces = tagger.tag(text)
    assert [(p.role, text[p.start : p.end]) for p in pieces] == [
        ("source", "Marwan"), ("cue", "said"), ("content", "the tower is empty"),
    ]  # fmt: skip
    assert all(0.99 < p.probability <= 1 for p in pieces)


def test_no_piece_goes_on_from_another_role() -> None:
    # on its own "tower" would go on with a content; after a cue of which the network is surer it cannot
    tagger, _ = tagger_of({4: "B-cue", 5: "I-content"}, {5: 4.0})
    assert [(p.role, p.start, p.end) for p in tagger.tag("said tower")] == [("cue", 0, 4)]
    assert [(p.role, p.start, p.end) for p in tagger.tag("tower")] == [("content", 0, 5)]


def test_a_content_runs_on_over_the_end_of_a_paragraph() -> None:
    tagger, _ = tagger_of({3: "B-content", 5: "I-content"})
    text = "The tower\n\nstood"
    assert [(p.start, p.end) for p in tagger.tag(text)] == [(0, len(text))]


def test_a_long_piece_is_joined_where_two_windows_meet() -> None:
    tagger, session = tagger_of({3: "B-content", 5: "I-content"})
    text = "the " + " ".join(["tower"] * 600)
    pieces = tagger.tag(text)
    assert len(session.seen) > 2
    assert [(p.start, p.end) for p in pieces] == [(0, len(text))]


def random_tagger(seed: int) -> tuple[Tagger, Any]:
    import numpy as np

    draw = np.random.default_rng(seed)
    steps = draw.normal(size=(len(LABELS), len(LABELS)))
    steps[[[a[2:] != b[2:] and b[0] == "I" for b in LABELS] for a in LABELS]] = -1e4
    ends = [draw.normal(size=len(LABELS)).tolist() for _ in range(2)]
    table = {"open": 101, "close": 102, "start": ends[0], "steps": steps.tolist(), "stop": ends[1]}
    return Tagger(Session({}, {}), Splitter(), table), draw


def test_the_path_and_its_probabilities_are_those_of_trying_all_paths() -> None:
    import numpy as np

    tagger, draw = random_tagger(3)
    windows = [2 * draw.normal(size=(n, len(LABELS))) for n in (4, 1, 3)]
    for scores, (labels, probabilities) in zip(windows, tagger._decode(windows), strict=True):
        paths = list(itertools.product(range(len(LABELS)), repeat=len(scores)))
        told = [
            tagger._start[p[0]]
            + tagger._stop[p[-1]]
            + sum(scores[i, label] for i, label in enumerate(p))
            + sum(tagger._steps[a, b] for a, b in itertools.pairwise(p))
            for p in paths
        ]
        assert tuple(labels) == paths[int(np.argmax(told))]
        shares = np.exp(told) / np.exp(told).sum()
        wanted = [sum(s for s, p in zip(shares, paths, strict=True) if p[i] == labels[i]) for i in range(len(scores))]
        assert probabilities == pytest.approx(wanted)


def test_long_windows_that_contradict_themselves_have_probabilities_all_the_same() -> None:
    import numpy as np

    tagger, draw = random_tagger(4)
    # each word is sure to go on with a piece of another role than the one before
    torn = np.zeros((300, len(LABELS)))
    torn[np.arange(300), [2, 4, 6] * 100] = 400.0
    windows = [torn, 40 * draw.normal(size=(280, len(LABELS)))]
    together = tagger._decode(windows)
    for window, (labels, probabilities) in zip(windows, together, strict=True):
        assert len(labels) == len(probabilities) == len(window)
        assert all(0 <= p <= 1 + 1e-9 for p in probabilities)
        alone_labels, alone = tagger._decode([window])[0]
        assert labels == alone_labels
        assert probabilities == pytest.approx(alone)


def test_what_stands_before_is_seen_but_not_tagged() -> None:
    tagger, session = tagger_of({6: "B-source"})
    pieces = tagger.tag("Marwan left.", previous="Nobody spoke.\n\nSalman spoke.")
    assert [(p.start, p.end) for p in pieces] == [(0, 6)]
    assert session.seen == [[101, 6, 5, 1, 102, 6, 4, 1, 102]]


@pytest.mark.parametrize("text", ["", " \n\t\n ", "\n"])
def test_nothing_in_nothing_out(text: str) -> None:
    assert tagger_of({})[0].tag(text) == ()


def test_weights_that_are_missing_or_altered_are_not_loaded(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="missing"):
        module.check(tmp_path, {})
    for name in ("model.int8.onnx", "tokenizer.json", "labels.json"):
        (tmp_path / name).write_text(name)
    known = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in tmp_path.iterdir()}
    module.check(tmp_path, known)
    (tmp_path / "labels.json").write_text("other")
    with pytest.raises(ModelError, match=r"labels\.json.*not the file"):
        Tagger.load(tmp_path, known)


@pytest.fixture(scope="module")
def shipped() -> Tagger:
    pytest.importorskip("onnxruntime", reason="the tagger needs ONNX Runtime")
    try:
        return module.load_tagger()
    except ModelError as problem:
        pytest.skip(f"the tagger's weights are not in this checkout: {problem}")


def told(tagger: Tagger, text: str) -> list[tuple[str, str]]:
    return [(p.role, text[p.start : p.end]) for p in tagger.tag(text)]


def test_the_shipped_tagger_reads_a_plain_sentence(shipped: Tagger) -> None:
    text = "The defence ministry said that four shells had hit the bakery."
    assert told(shipped, text) == [
        ("source", "The defence ministry"), ("cue", "said"), ("content", "that four shells had hit the bakery"),
    ]  # fmt: skip


def test_the_shipped_tagger_reads_a_cut_quotation(shipped: Tagger) -> None:
    text = "“We heard two blasts,” said Huda Karam, a nurse. “Then the lights went out.”"
    pieces = told(shipped, text)
    assert ("cue", "said") in pieces
    assert [quote for role, quote in pieces if role == "content"] == ["“We heard two blasts,”", "“Then the lights went out.”"]


def test_the_same_text_is_read_alike_whatever_was_read_before(shipped: Tagger) -> None:
    text = "Residents said a drone circled for an hour. The army denied this.\n\nNo one was hurt, according to the mayor."
    alone = shipped.tag(text)
    for other in ("Short.", text * 3, "“Go,” they said. " * 60):
        shipped.tag(other)
        assert shipped.tag(text) == alone
    assert all(0 <= p.probability <= 1 and not math.isnan(p.probability) for p in alone)


def test_windows_read_together_are_read_as_each_by_itself(shipped: Tagger, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n".join(
        f"The mayor of district {n} said that {n} shells had hit the bakery{' and the school beside it' * (n % 7)}."
        for n in range(40)
    )
    together = shipped.tag(text)
    monkeypatch.setattr(module, "_TOGETHER", 1)
    assert together == shipped.tag(text)
    assert len(together) > 100


@pytest.mark.parametrize(
    "text",
    ["\u202bقال\u202c the army 🚀 said.", "a" * 4000, "x\u0000y said it", "[SEP] [CLS] said it", "é" * 900 + " said"],
)
def test_the_shipped_tagger_takes_any_text_with_offsets_that_fit(shipped: Tagger, text: str) -> None:
    for piece in shipped.tag(text):
        assert 0 <= piece.start < piece.end <= len(text)
        assert text[piece.start : piece.end].strip()


def test_the_network_runs_without_keeping_or_sending_anything_about_this_machine(tmp_path: Path) -> None:
    code = "from counterclaim.models.tagger import load_tagger; print(len(load_tagger().tag('The mayor said it rained.')))"
    kept = {name: value for name, value in os.environ.items() if name not in ("ORT_DISABLE_TELEMETRY", "XDG_CACHE_HOME")}
    homes = {name: str(tmp_path) for name in ("HOME", "USERPROFILE", "LOCALAPPDATA")}
    done = subprocess.run([sys.executable, "-c", code], env=kept | homes, capture_output=True, text=True)
    assert int(done.stdout) > 0, done.stderr
    assert list(tmp_path.rglob("*")) == []
