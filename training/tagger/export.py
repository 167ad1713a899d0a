"""Writes the trained network as ONNX with weights of eight bits, one scale a column, and the table of transitions."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from counterclaim.models.tagger import LABELS
from training.tagger.material import CLOSE, OPEN
from training.tagger.network import HEADS, HIDDEN, LAYERS
from training.tagger.train import Tagging

_MS = "com.microsoft"

BITS = 63
"""Largest weight after rounding: seven bits. Processors without VNNI add two products of eight bits in sixteen, where
255 * 127 * 2 overflows and 255 * 63 * 2 does not, so the same whole numbers come out everywhere. On dev it costs nothing
(linked F1 .779, with eight bits .778)."""


class _Graph:
    """An ONNX graph as it grows; every method adds a node and gives its output's name."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def add(self, kind: str, inputs: list[str], domain: str = "", **attributes: Any) -> str:
        name = f"{kind.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def weight(self, name: str, value: NDArray[Any]) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def linear(self, x: str, name: str, weight: NDArray[Any], bias: NDArray[Any]) -> str:
        """x @ weight.T + bias with eight-bit weights; the inputs are rounded by their own range, so by this text alone."""
        columns = weight.T
        scale = np.maximum(np.abs(columns).max(axis=0), 1e-8) / BITS
        rounded = np.clip(np.rint(columns / scale), -BITS, BITS).astype(np.int8)
        return self.add(
            "DynamicQuantizeMatMul",
            [
                x,
                self.weight(f"{name}.weight", rounded),
                self.weight(f"{name}.scale", scale.astype(np.float32)),
                self.weight(f"{name}.zero", np.zeros(len(scale), np.int8)),
                self.weight(f"{name}.bias", bias.astype(np.float32)),
            ],
            _MS,
        )


def export(checkpoint: Path, folder: Path) -> None:
    """Writes model.int8.onnx, labels.json (beside tokenizer.json) and tagger-2.sha256 into `folder`."""
    model = Tagging()
    model.load_state_dict(torch.load(checkpoint, weights_only=True))
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(graph_of(model), folder / "model.int8.onnx")
    chain = model.chain
    table = {
        "labels": LABELS,
        "open": OPEN,
        "close": CLOSE,
        "start": [round(v, 5) for v in chain.start.tolist()],
        "steps": [[round(v, 5) for v in row] for row in chain.table().tolist()],
        "stop": [round(v, 5) for v in chain.stop.tolist()],
    }
    (folder / "labels.json").write_text(json.dumps(table, indent=1) + "\n", "utf-8")
    names = ("labels.json", "model.int8.onnx", "tokenizer.json")
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (folder / "tagger-2.sha256").write_text("".join(lines), "utf-8")


def graph_of(model: Tagging) -> onnx.ModelProto:
    """The network as an ONNX model: `ids` and `features` (1, time) to `scores` (1, time, labels)."""
    w = {name: value.numpy() for name, value in model.network.state_dict().items()}
    g = _Graph()
    words = w["word.weight"]
    scale = np.maximum(np.abs(words).max(axis=1, keepdims=True), 1e-8) / 127
    rows = g.add("Gather", [g.weight("word.weight", np.rint(words / scale).astype(np.int8)), "ids"])
    scales = g.add("Gather", [g.weight("word.scale", scale.astype(np.float32)), "ids"])
    word = g.add("Mul", [g.add("Cast", [rows], to=TensorProto.FLOAT), scales])
    feature = g.add("Gather", [g.weight("feature.weight", w["feature.weight"]), "features"])
    time = g.add("Shape", ["ids"], start=1, end=2)
    zero, one = g.weight("zero", np.array([0], np.int64)), g.weight("one", np.array([1], np.int64))
    place = g.add("Slice", [g.weight("place.weight", w["place.weight"]), zero, time, zero, one])
    # in the order of the network, so that rounding is the same: words, places, features
    x = g.add("Add", [g.add("Add", [word, place]), feature])
    gain, shift = g.weight("norm.weight", w["norm.weight"]), g.weight("norm.bias", w["norm.bias"])
    x = g.add("LayerNormalization", [x, gain, shift], epsilon=1e-12)
    for i in range(LAYERS):

        def part(name: str, i: int = i) -> tuple[str, NDArray[Any], NDArray[Any]]:
            return f"{i}.{name}", w[f"layers.{i}.{name}.weight"], w[f"layers.{i}.{name}.bias"]

        def normed(x: str, more: str, name: str, i: int = i) -> str:
            gain, shift = (g.weight(f"{i}.{name}.{kind}", w[f"layers.{i}.{name}.{kind}"]) for kind in ("weight", "bias"))
            # in two steps: the one node for both takes a quarter of the whole run, these two a twentieth
            return g.add("LayerNormalization", [g.add("Add", [x, more]), gain, shift], epsilon=1e-12)

        qkv = g.linear(x, *part("qkv"))
        name = f"parts{i}"
        g.nodes.append(helper.make_node("Split", [qkv], [f"{name}q", f"{name}k", f"{name}v"], name=name, axis=2, num_outputs=3))
        mixed = g.add("Attention", [f"{name}q", f"{name}k", f"{name}v"], q_num_heads=HEADS, kv_num_heads=HEADS)
        x = normed(x, g.linear(mixed, *part("out")), "norm1")
        up = g.add("Gelu", [g.linear(x, *part("up"))])
        x = normed(x, g.linear(up, *part("down")), "norm2")
    last = g.add("MatMul", [x, g.weight("score.weight", w["score.weight"].T)])
    g.nodes.append(helper.make_node("Add", [last, g.weight("score.bias", w["score.bias"])], ["scores"], name="scores"))
    takes = [helper.make_tensor_value_info(n, TensorProto.INT64, [1, "time"]) for n in ("ids", "features")]
    gives = [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, "time", len(LABELS)])]
    graph = helper.make_graph(g.nodes, "tagger", takes, gives, g.weights)
    assert HIDDEN % HEADS == 0
    opsets = [helper.make_opsetid("", 23), helper.make_opsetid(_MS, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=11)
