"""The one command: takes the base model and the annotated articles, writes the folder the tagger ships as."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from tokenizers import Tokenizer

from training.tagger.base import base_model, plain_tokenizer
from training.tagger.export import export
from training.tagger.material import articles
from training.tagger.train import fit


def main() -> None:
    """Trains and exports; see --help."""
    parser = argparse.ArgumentParser(prog="python -m training.tagger", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/polnear"), help="folder of the annotated articles")
    parser.add_argument("--out", type=Path, default=Path("build/tagger"), help="folder to write")
    parser.add_argument("--steps", type=int, default=2317)
    parser.add_argument("--minutes", type=float, help="stop by the clock instead, the rate falling with it")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    base = base_model(options.out / "base")
    plain_tokenizer(base / "tokenizer.json", options.out / "tokenizer.json")
    tokenizer = Tokenizer.from_file(str(options.out / "tokenizer.json"))

    def save(model: torch.nn.Module, name: str) -> None:
        torch.save(model.state_dict(), options.out / f"{name}.pt.new")
        (options.out / f"{name}.pt.new").rename(options.out / f"{name}.pt")

    fit(
        articles(options.data), tokenizer, base / "model.safetensors",
        steps=options.steps, minutes=options.minutes, seed=options.seed, save=save,
    )  # fmt: skip
    export(options.out / "final.pt", options.out)


if __name__ == "__main__":
    main()
