"""Fits the network to the articles: AdamW with warm-up and a straight way down, and a moving average of the weights."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from training.tagger.material import Example, batches, examples
from training.tagger.network import Chain, Network

BATCH = 2048
"""Sub-words a step."""

RATE, RATE_NEW = 1.5e-4, 2e-3
"""Peak learning rate of the weights taken over and of the new ones."""

WARM = 0.06
"""Share of the training in which the rate rises."""

KEEP = 0.997
"""Weight of the old in the moving average: about the last 330 steps."""

_NEW = ("chain.", "network.score.", "network.feature.")


class Tagging(nn.Module):
    """Network and chain together."""

    def __init__(self) -> None:
        super().__init__()
        self.network = Network()
        self.chain = Chain()

    def loss(self, group: list[Example]) -> Tensor:
        """Mean loss a word of one batch."""
        ids, features, mask, first, labels, words = tensors(group)
        scores = self.network(ids, features, mask.to(self.network.norm.weight.dtype))
        picked = scores.float().gather(1, first.unsqueeze(2).expand(-1, -1, scores.shape[2]))
        total: Tensor = self.chain.loss(picked, labels, words) / words.sum()
        return total


def tensors(group: list[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    """One batch, padded: ids, features, mask of attention, first sub-word, label and presence of every word."""
    time_, count = max(len(e.window.ids) for e in group), max(len(e.labels) for e in group)
    ids = torch.zeros(len(group), time_, dtype=torch.long)
    features = torch.zeros_like(ids)
    mask = torch.full((len(group), 1, 1, time_), -1e4)
    first = torch.zeros(len(group), count, dtype=torch.long)
    labels = torch.zeros_like(first)
    words = torch.zeros(len(group), count, dtype=torch.bool)
    for i, example in enumerate(group):
        n, w = len(example.window.ids), len(example.labels)
        ids[i, :n] = torch.tensor(example.window.ids)
        features[i, :n] = torch.tensor(example.window.features)
        mask[i, :, :, :n] = 0
        first[i, :w] = torch.tensor(example.window.first)
        labels[i, :w] = torch.tensor(example.labels)
        words[i, :w] = True
    return ids, features, mask, first, labels, words


def fit(
    readings: list[list[dict[str, Any]]],
    tokenizer: Any,
    base: Path,
    *,
    steps: int,
    minutes: float | None,
    seed: int,
    save: Callable[[nn.Module, str], None],
) -> Tagging:
    """The averaged model after `steps` steps, or after `minutes` where given; `save` is called about each half pass."""
    torch.manual_seed(seed)
    draw = random.Random(seed)
    exact = Tagging()
    exact.network.start_from(base)
    # the tables of words and places stay as they are: most of their rows are not met in one election
    for table in (exact.network.word, exact.network.place):
        table.requires_grad_(False)
    average = copy.deepcopy(exact).eval()
    # the passes run in half precision, three times as fast; the weights are kept, and the chain is summed, in full
    model = copy.deepcopy(exact)
    model.network.bfloat16()
    pairs = [(p, q) for p, q in zip(exact.parameters(), model.parameters(), strict=True) if p.requires_grad]
    new = [p for n, p in exact.named_parameters() if n.startswith(_NEW)]
    old = [p for n, p in exact.named_parameters() if not n.startswith(_NEW) and p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": old, "peak": RATE}, {"params": new, "peak": RATE_NEW}], lr=RATE, weight_decay=0.01, betas=(0.9, 0.98)
    )
    begun, step, run, passes = time.monotonic(), 0, 0.0, 0
    while True:
        found = examples(readings, tokenizer, draw)
        groups = list(batches(found, BATCH, draw))
        print(f"pass {passes}: {len(found)} windows, {len(groups)} batches", flush=True)
        for number, group in enumerate(groups):
            done = (time.monotonic() - begun) / 60 / minutes if minutes else step / steps
            if done >= 1:
                save(average, "final")
                print(f"finished after {step} steps, {passes + number / len(groups):.2f} passes", flush=True)
                return average
            for part in optimiser.param_groups:
                part["lr"] = part["peak"] * min(done / WARM, (1 - done) / (1 - WARM)) if step else 0.0
            model.train()
            loss = model.loss(group)
            loss.backward()
            for full, half in pairs:
                full.grad = None if half.grad is None else half.grad.float()
                half.grad = None
            nn.utils.clip_grad_norm_([p for p, _ in pairs], 1.0)
            optimiser.step()
            step += 1
            keep = min(KEEP, step / (step + 10))
            with torch.no_grad():
                for full, half in pairs:
                    half.copy_(full)
                for mean, full in zip(average.parameters(), exact.parameters(), strict=True):
                    if full.requires_grad:
                        mean.lerp_(full, 1 - keep)
            run = 0.98 * run + 0.02 * loss.item() if run else loss.item()
            if step % 20 == 0:
                seconds = time.monotonic() - begun
                print(f"step {step} loss {run:.4f} {seconds:.0f} s, {seconds / step:.2f} s a step, done {done:.2f}", flush=True)
            if number == len(groups) // 2 or number == len(groups) - 1:
                save(average, f"{passes + (number + 1) / len(groups):.1f}")
        passes += 1
