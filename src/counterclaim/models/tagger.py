"""The statement tagger: marks who speaks, with what verb, and what is said, in one text at a time."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from counterclaim.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Role = Literal["source", "cue", "content"]

TAGGER = "tagger-2"
"""Name and version of the tagger; part of every run's record, since facts depend on it."""

LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
"""What a word can be: outside, or the first (B) or a further (I) word of a piece."""

WINDOW = 320
"""Sub-words the network sees at once: long enough for half a dozen paragraphs of news (median 45 sub-words), short enough
that the cost of attention stays a sixth of the whole."""

CONTEXT = 64
"""Sub-words of what stands before a window that are shown again in front of it: the median paragraph and half of another."""

CASES = 5
QUOTES = 3
FEATURES = CASES * QUOTES
"""Kinds of word by case and quotation: the base vocabulary is lower case and knows nothing of names."""

_FILES = ("model.int8.onnx", "tokenizer.json", "labels.json")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text that plays `role`; `start` and `end` are code points, end exclusive.

    `probability` is the mean over its words of the probability of the label each was given.
    """

    role: Role
    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True)
class Words:
    """One paragraph, or a part of a long one, as the network takes it.

    `ids` and `features` have one entry a sub-word; `first` holds the index of the first sub-word of every word and
    `spans` the offsets of every word in the text.
    """

    ids: list[int]
    features: list[int]
    first: list[int]
    spans: list[tuple[int, int]]

    def part(self, start: int, end: int) -> Words:
        """Words `start` to `end` on their own."""
        low = self.first[start]
        high = self.first[end] if end < len(self.first) else len(self.ids)
        return Words(self.ids[low:high], self.features[low:high], [f - low for f in self.first[start:end]], self.spans[start:end])


@dataclass(frozen=True, slots=True)
class Window:
    """What goes through the network in one pass; the first `context` words are there to be seen, not to be tagged."""

    ids: list[int]
    features: list[int]
    first: list[int]
    spans: list[tuple[int, int]]
    context: int


def quoted(text: str) -> list[int]:
    """For every code point of one paragraph: 0 outside quotation marks, 1 a mark, 2 inside.

    Marks of every style; a single mark opens only at the start of a word and only if one closes after it; a quotation
    that is not closed runs to the end of the paragraph.
    """
    state = [0] * len(text)
    inside, behind = "", 0
    for found in _MARK.finditer(text):
        i, c = found.start(), found[0]
        if inside:
            state[behind:i] = [2] * (i - behind)
        after = text[i + 1] if i + 1 < len(text) else " "
        before = text[i - 1] if i else " "
        mark = False
        if c in '“”„«»"':
            if inside == "double":
                mark, inside = True, "" if c not in "“„«" else inside
            else:
                mark, inside = True, "double" if c not in "”»" else ""
        elif c in "‘'’" and inside == "single" and not after.isalnum():
            mark, inside = True, ""
        elif c in "‘'" and not inside and not before.isalnum() and after.isalpha() and _SINGLE_END.search(text, i + 1):
            mark, inside = True, "single"
        state[i] = 1 if mark else 2 if inside else 0
        behind = i + 1
    if inside:
        state[behind:] = [2] * (len(text) - behind)
    return state


_MARK = re.compile("[“”„«»\"‘'’]")

_SINGLE_END = re.compile(r"[,.?!…][’'](?!\w)|\w[’'](?=[\s,.;:)]|$)")


@functools.lru_cache(2**16)
def case_of(word: str) -> int:
    """0 lower case or no letters, 1 a capital first, 2 all capitals, 3 mixed, 4 with digits."""
    if any(c.isdigit() for c in word):
        return 4
    if word == word.lower():
        return 0
    if word[1:] == word[1:].lower():
        return 1
    return 2 if word == word.upper() else 3


def words_of(tokenizer: Any, text: str, start: int, end: int) -> Words:
    """The paragraph `text[start:end]` cut into words and sub-words; offsets are those of `text`."""
    paragraph = text[start:end]
    encoding = tokenizer.encode(paragraph, add_special_tokens=False)
    state = quoted(paragraph)
    words = Words(list(encoding.ids), [], [], [])
    last: int | None = -1
    feature = 0
    numbers, offsets = encoding.word_ids, encoding.offsets  # each asked for once: they are lists made anew at every call
    for i, (word, (a, b)) in enumerate(zip(numbers, offsets, strict=True)):
        if word != last:
            stop = b
            for later in range(i + 1, min(i + 40, len(numbers))):
                if numbers[later] != word:
                    break
                stop = offsets[later][1]
            feature = case_of(paragraph[a:stop]) * QUOTES + state[a]
            words.first.append(i)
            words.spans.append((start + a, start + stop))
            last = word
        words.features.append(feature)
    return words


def paragraphs_of(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the lines of `text` that hold more than white space."""
    for match in re.finditer(r"[^\n]+", text):
        if match.group().strip():
            yield match.span()


def windows_of(
    paragraphs: Sequence[Words], before: Words | None, ends: tuple[int, int], size: int = WINDOW, shown: int = CONTEXT
) -> list[Window]:
    """The passes through the network for the paragraphs of one text, each with the end of what stands before it.

    `ends` are the sub-words that open a window and close a paragraph, `size` the most sub-words of a window, of which
    `shown` at most are context. What a window holds depends on this text alone.
    """
    room = size - CONTEXT - 3
    parts: list[Words] = []
    for words in paragraphs:
        start = 0
        for i in range(len(words.first)):
            stop = words.first[i + 1] if i + 1 < len(words.first) else len(words.ids)
            if stop - words.first[start] > room and i > start:
                parts.append(words.part(start, i))
                start = i
        if words.first:
            parts.append(words.part(start, len(words.first)))
    windows: list[Window] = []
    at = 0
    while at < len(parts):
        context = _tail(parts[at - 1] if at else before, shown)
        window = Window([ends[0]], [0], [], [], len(context.first) if context else 0)
        if context:
            _add(window, context, ends[1])
        begun = at
        while at < len(parts) and (at == begun or len(window.ids) + len(parts[at].ids) < size):
            _add(window, parts[at], ends[1])
            at += 1
        windows.append(window)
    return windows


def _tail(words: Words | None, shown: int) -> Words | None:
    if words is None or not words.first:
        return None
    start = next((i for i, f in enumerate(words.first) if len(words.ids) - f <= shown), None)
    return None if start is None else words.part(start, len(words.first))


def _add(window: Window, words: Words, end: int) -> None:
    shift = len(window.ids)
    window.first.extend(shift + f for f in words.first)
    window.spans.extend(words.spans)
    # a word of one letter a sub-word can be longer than any window; the network has no position for what is beyond
    window.ids.extend([*words.ids[: WINDOW - CONTEXT - 3], end])
    window.features.extend([*words.features[: WINDOW - CONTEXT - 3], 0])


class Tagger:
    """The network with its tokenizer and its table of transitions; make one with `load`."""

    def __init__(self, session: Any, tokenizer: Any, table: Mapping[str, Any]) -> None:
        import numpy as np

        self._session = session
        self._tokenizer = tokenizer
        self._ends = (int(table["open"]), int(table["close"]))
        self._start: NDArray[np.float64] = np.asarray(table["start"], dtype=np.float64)
        self._steps: NDArray[np.float64] = np.asarray(table["steps"], dtype=np.float64)
        self._stop: NDArray[np.float64] = np.asarray(table["stop"], dtype=np.float64)
        self._bias: NDArray[np.float64] = np.asarray(table.get("bias", [0.0] * len(LABELS)), dtype=np.float64)

    @classmethod
    def load(cls, folder: Path, known: Mapping[str, str] | None = None) -> Tagger:
        """The tagger in `folder`, after every file was found to have the SHA-256 in `known` (default: those this version
        was built with). Raises ModelError when a file is missing or altered."""
        check(folder, known_hashes() if known is None else known)
        # read once, on import: without it the runtime keeps a number for this machine in the user's cache and sends reports home
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        # one thread a process: what is computed then depends on the input alone, and many processes share a machine well
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        # the graph is exported in the steps that it runs fastest in; further joining of them only costs time on loading
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        session = onnxruntime.InferenceSession(str(folder / _FILES[0]), options, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(folder / _FILES[1]))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(session, tokenizer, json.loads((folder / _FILES[2]).read_text("utf-8")))

    def tag(self, text: str, previous: str = "") -> tuple[Piece, ...]:
        """The pieces of `text` in order; offsets are code points of `text`.

        `text` is a paragraph or a whole report, `previous` what stands before it. A piece may run over the end of a
        paragraph. The same text and the same previous words give the same pieces, whatever else is read.
        """
        paragraphs = [words_of(self._tokenizer, text, *span) for span in paragraphs_of(text)]
        before = [words_of(self._tokenizer, previous, *span) for span in list(paragraphs_of(previous))[-1:]]
        pieces: list[Piece] = []
        counts: list[int] = []
        windows = windows_of(paragraphs, before[0] if before else None, self._ends)
        for window, (labels, probabilities) in zip(windows, self._decoded(windows), strict=True):
            for i in range(window.context, len(labels)):
                if not labels[i]:
                    continue
                a, b = window.spans[i]
                role = _ROLES[(labels[i] - 1) // 2]
                opens = labels[i] % 2 == 1
                if not opens and pieces and pieces[-1].role == role and not text[pieces[-1].end : a].strip():
                    last, n = pieces[-1], counts[-1]
                    mean = (last.probability * n + probabilities[i]) / (n + 1)
                    pieces[-1], counts[-1] = Piece(role, last.start, b, mean), n + 1
                else:
                    pieces.append(Piece(role, a, b, probabilities[i]))
                    counts.append(1)
        return tuple(Piece(p.role, p.start, p.end, round(p.probability, 4)) for p in pieces)

    def _decoded(self, windows: Sequence[Window]) -> Iterator[tuple[list[int], list[float]]]:
        """Labels and their probabilities for the words of each window, in order."""
        for start in range(0, len(windows), _TOGETHER):
            yield from self._decode([self._emissions(window) for window in windows[start : start + _TOGETHER]])

    def _emissions(self, window: Window) -> NDArray[np.float64]:
        import numpy as np

        feed = {"ids": np.array([window.ids], dtype=np.int64), "features": np.array([window.features], dtype=np.int64)}
        scores = self._session.run(None, feed)[0][0]
        return np.asarray(scores[window.first], dtype=np.float64) + self._bias

    def _decode(self, windows: Sequence[NDArray[np.float64]]) -> list[tuple[list[int], list[float]]]:
        """For each window's scores the best path of labels (Viterbi) and, for every word, the probability of its label there
        (forward-backward). All windows go step by step together, the shorter ones padded: the steps are small and many, so
        that what need not be done in order is done for all words at once, and both directions are one walk."""
        import numpy as np

        ends = [len(scores) for scores in windows]
        count, length, labels = len(windows), max(ends, default=0), len(LABELS)
        if not length:
            return [([], []) for _ in windows]
        sides = np.zeros((length, count, 2, labels))
        for row, given in enumerate(windows):
            sides[: len(given), row, 0], sides[: len(given), row, 1] = given, given[::-1]
        scores = np.ascontiguousarray(sides[:, :, 0])
        best = np.empty_like(scores)
        best[0] = self._start + scores[0]
        # what no label can be saved from is as good as nothing; it may be divided by
        weights = np.exp(np.maximum(sides - sides.max(axis=3, keepdims=True), _NOTHING))
        sums = np.empty_like(weights)
        sums[0] = np.exp([self._start, self._stop]) * weights[0]
        steps = np.zeros((2 * labels, 2 * labels))
        steps[:labels, :labels], steps[labels:, labels:] = np.exp(self._steps), np.exp(self._steps.T)
        ways = np.empty((count, labels, labels))
        flat, flat_weights = sums.reshape(length, count, -1), weights.reshape(length, count, -1)
        walk = zip(best[:, :, :, None], best[1:], scores[1:], flat, flat[1:], flat_weights[1:], strict=False)
        for i, (way, way_on, said, summed, summed_on, weight) in enumerate(walk, 1):
            np.add(way, self._steps, out=ways)
            np.maximum.reduce(ways, axis=1, out=way_on)
            np.add(way_on, said, out=way_on)
            np.dot(summed, steps, out=summed_on)
            np.multiply(summed_on, weight, out=summed_on)
            if not i % _SCALED:
                sums[i] /= sums[i].max(axis=2, keepdims=True)
        back = (best[:-1, :, :, None] + self._steps).argmax(axis=2)

        paths: list[tuple[list[int], list[float]]] = []
        for row, end in enumerate(ends):
            if not end:
                paths.append(([], []))
                continue
            path = [int((best[end - 1, row] + self._stop).argmax())]
            for came_from in reversed(back[: end - 1, row].tolist()):
                path.append(came_from[path[-1]])
            path.reverse()
            # both sides count the word itself
            both = sums[:end, row, 0] * sums[:end, row, 1][::-1] / weights[:end, row, 0]
            shares = both[np.arange(end), path] / both.sum(axis=1)
            paths.append((path, shares.tolist()))
        return paths


_NOTHING = -60.0
"""Least log weight of a label beside the best one of its word: far below what four decimals show."""

_SCALED = 8
"""Steps after which the sums are brought back to one: eight of the least likely steps multiply to 1e-230."""

_TOGETHER = 32
"""Windows decoded together: a long report has so many; more would only take memory."""

_ROLES: tuple[Role, ...] = ("source", "cue", "content")


def known_hashes() -> dict[str, str]:
    """SHA-256 (hexadecimal) of the tagger's files by name. Raises ModelError where this version knows none."""
    with resources.as_file(resources.files("counterclaim.models").joinpath(f"{TAGGER}.sha256")) as file:
        return known_hashes_in(file)


def known_hashes_in(file: Path) -> dict[str, str]:
    """The same out of a file of lines as `sha256sum` writes them."""
    if not file.is_file():
        raise ModelError(f"{TAGGER}: this version was built without the statement tagger; install a release, or train it")
    return {name: digest for digest, name in (line.split("  ", 1) for line in file.read_text("utf-8").splitlines())}


def check(folder: Path, known: Mapping[str, str]) -> None:
    """Raises ModelError unless the tagger's files in `folder` are byte for byte those of `known`."""
    for name in _FILES:
        file = folder / name
        if not file.is_file():
            raise ModelError(f"{file}: missing from the statement tagger; install counterclaim again")
        if hashlib.sha256(file.read_bytes()).hexdigest() != known.get(name):
            raise ModelError(f"{file}: not the file that {TAGGER} was published with; install counterclaim again")


@functools.cache
def load_tagger() -> Tagger:
    """The tagger that ships, loaded once a process after `check`. Raises ModelError when it is missing or altered."""
    with resources.as_file(resources.files("counterclaim.models").joinpath(TAGGER)) as folder:
        return Tagger.load(folder)
