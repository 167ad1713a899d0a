"""The network of the statement tagger: MiniLM-L6 with a table of word features, a linear layer and a linear-chain CRF."""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from counterclaim.models.tagger import FEATURES, LABELS

HIDDEN, LAYERS, HEADS, INNER, PLACES, VOCABULARY = 384, 6, 12, 1536, 512, 30522
_NEVER = -1e4


class Layer(nn.Module):
    """One transformer layer of BERT (attention, then feed-forward, each normalised after it is added)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        scores = (q * (HIDDEN // HEADS) ** -0.5) @ k.transpose(-1, -2)
        if mask is not None:
            scores = scores + mask
        # no dropout of the weights: drawing them takes longer than attention itself
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(b, t, HIDDEN)
        x = self.norm1(x + F.dropout(self.out(mixed), self.dropout, self.training))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), self.dropout, self.training))


class Network(nn.Module):
    """Sub-word ids and word features (batch, time) to a score per label (batch, time, labels)."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(VOCABULARY, HIDDEN)
        self.place = nn.Embedding(PLACES, HIDDEN)
        self.feature = nn.Embedding(FEATURES, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.score = nn.Linear(HIDDEN, len(LABELS))
        self.dropout = dropout
        nn.init.zeros_(self.feature.weight)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor | None = None) -> Tensor:
        places = torch.arange(ids.shape[1]).unsqueeze(0)
        x = self.norm(self.word(ids) + self.place(places) + self.feature(features))
        x = F.dropout(x, self.dropout, self.training)
        for layer in self.layers:
            x = layer(x, mask)
        return self.score(F.dropout(x, self.dropout, self.training))

    def start_from(self, file: Path) -> None:
        """Takes over the weights of all-MiniLM-L6-v2 (`model.safetensors`)."""
        from safetensors.torch import load_file

        base = load_file(str(file))
        own: dict[str, Tensor] = {
            "word.weight": base["embeddings.word_embeddings.weight"],
            # every word is of the first text: what tells the second from it is never used
            "place.weight": base["embeddings.position_embeddings.weight"] + base["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": base["embeddings.LayerNorm.weight"],
            "norm.bias": base["embeddings.LayerNorm.bias"],
        }
        for i in range(LAYERS):
            layer = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                parts = [base[f"{layer}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
                own[f"layers.{i}.qkv.{kind}"] = torch.cat(parts)
                own[f"layers.{i}.out.{kind}"] = base[f"{layer}attention.output.dense.{kind}"]
                own[f"layers.{i}.norm1.{kind}"] = base[f"{layer}attention.output.LayerNorm.{kind}"]
                own[f"layers.{i}.up.{kind}"] = base[f"{layer}intermediate.dense.{kind}"]
                own[f"layers.{i}.down.{kind}"] = base[f"{layer}output.dense.{kind}"]
                own[f"layers.{i}.norm2.{kind}"] = base[f"{layer}output.LayerNorm.{kind}"]
        missing, unexpected = self.load_state_dict(own, strict=False)
        assert not unexpected
        assert all(name.startswith(("feature.", "score.")) for name in missing), missing


class Chain(nn.Module):
    """A linear-chain conditional random field over the labels of words; a label no piece can take there is out of reach."""

    def __init__(self) -> None:
        super().__init__()
        n = len(LABELS)
        self.start = nn.Parameter(torch.zeros(n))
        self.steps = nn.Parameter(torch.zeros(n, n))
        self.stop = nn.Parameter(torch.zeros(n))
        barred = torch.zeros(n, n)
        for i, before in enumerate(LABELS):
            for j, label in enumerate(LABELS):
                if label[0] == "I" and before[2:] != label[2:]:
                    barred[i, j] = _NEVER
        self.register_buffer("barred", barred)

    def table(self) -> Tensor:
        """Scores of the steps from one label (row) to the next (column)."""
        return self.steps + self.barred

    def loss(self, scores: Tensor, labels: Tensor, words: Tensor) -> Tensor:
        """Sum over the batch of the negative log probability of `labels`; `words` is true where a word stands."""
        table = self.table()
        gold = scores.gather(2, labels.unsqueeze(2)).squeeze(2)
        moves = table[labels[:, :-1], labels[:, 1:]]
        last = labels.gather(1, (words.sum(1, keepdim=True) - 1)).squeeze(1)
        right = (gold * words).sum(1) + (moves * words[:, 1:]).sum(1) + self.start[labels[:, 0]] + self.stop[last]
        forward = self.start + scores[:, 0]
        for i in range(1, scores.shape[1]):
            step = (forward.unsqueeze(2) + table).logsumexp(1) + scores[:, i]
            forward = torch.where(words[:, i].unsqueeze(1), step, forward)
        return ((forward + self.stop).logsumexp(1) - right).sum()
