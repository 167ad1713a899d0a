"""Reads sentences marked by hand, "[S1 The army] [Q1 said] [C1 it was over].", as articles with gold attributions."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

_MARK = re.compile(r"\[([SQC])([\d,]+) ([^\]]*)\]")
_ROLES = {"S": "source", "Q": "cue", "C": "content"}


def marked(file: Path) -> list[dict[str, Any]]:
    """One article for every stretch between blank lines; lines that begin with # are remarks."""
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    found = []
    for number, block in enumerate(b for b in "\n".join(lines).split("\n\n") if b.strip()):
        text, attributions, at = "", {}, 0
        block = block.strip()
        for mark in _MARK.finditer(block):
            text += block[at : mark.start()]
            for key in mark[2].split(","):
                roles: dict[str, list[list[int]]] = attributions.setdefault(int(key), {role: [] for role in _ROLES.values()})
                roles[_ROLES[mark[1]]].append([len(text), len(text) + len(mark[3])])
            text += mark[3]
            at = mark.end()
        text += block[at:]
        ordered = [attributions[key] for key in sorted(attributions)]
        found.append({"id": f"{file.stem}-{number}", "text": text, "attributions": ordered})
    return found
