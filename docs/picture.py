"""The picture of the house: rooms as boxes, in rows as the import contract of pyproject.toml has them, drawn as SVG."""

from __future__ import annotations

import ast
import textwrap
import tomllib
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "counterclaim"

WIDTH, GAP, EDGE = 960, 10, 24
"""The picture's width, the gap between boxes, the margin; in pixels."""

LINE, LETTERS = 14, 6.0
"""Height of a line and width of a letter of the small text, in pixels: what wraps the words of a box."""

WALK = ("intake", "reading", "resolving", "linking", "contest")
"""The steps that a report walks through, from left to right."""

STYLE = """
  text { font-family: 'Source Sans 3', 'Helvetica Neue', Arial, sans-serif; fill: #1d2a30 }
  .name { font-size: 15px; font-weight: 600 } .what, .way { font-size: 12px; fill: #4a5a62 }
  .room { fill: #f4f1ea; stroke: #8a979d } .step { fill: #e9eef2; stroke: #5d7686 }
  .module { fill: #ffffff; stroke: #b9c2c6; stroke-dasharray: 4 3 }
  .arrow { stroke: #5d7686; stroke-width: 2; fill: none; marker-end: url(#tip) }
"""
TIP = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="5" markerHeight="5" orient="auto">'
    '<path d="M0 0 8 4 0 8z" fill="#5d7686"/></marker></defs>'
)


def layers() -> list[list[str]]:
    """The rooms and modules, row by row from the one that may import all to those that import nothing."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (contract,) = (one for one in project["tool"]["importlinter"]["contracts"] if one["type"] == "layers")
    return [[name.strip(" ()") for name in row.split("|")] for row in contract["layers"]]


def opening(name: str) -> str:
    """What a room or module is for, as it says itself; nothing where it is not there yet."""
    for file in (PACKAGE / name / "__init__.py", PACKAGE / f"{name}.py"):
        if file.is_file():
            words = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
            return " ".join(words.split("\n\n")[0].split()).rstrip(".")
    return ""


def drawing() -> str:
    """The whole of house.svg."""
    rows = [row for row in ([name for name in names if opening(name)] for names in layers()) if row]
    told = (
        "A row may import the rows below it; rooms side by side do not know one another. Dashed: a single module. "
        "Arrows: the way of a report."
    )
    y = EDGE + 30
    drawn: list[str] = []
    for row in rows:
        gap = 22 if row[0] in WALK else GAP
        width = (WIDTH - 2 * EDGE - gap * (len(row) - 1)) / len(row)
        beside = len(row) == 1
        lines = [wrapped(opening(name), int((width - (190 if beside else 20)) / LETTERS)) for name in row]
        height = 16 + LINE * max(len(said) for said in lines) + (0 if beside else 18)
        for n, (name, said) in enumerate(zip(row, lines, strict=True)):
            x = EDGE + n * (width + gap)
            drawn.append(_box(name, said, x, y, width, height, beside))
            if name in WALK:
                middle = y + height / 2
                drawn.append(f'<path class="arrow" d="M{x - gap + 3:.0f} {middle:.0f}H{x - 3:.0f}"/>')
        y += height + GAP
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y - GAP + EDGE}" role="img" aria-labelledby="t">',
        f'<title id="t">The rooms of counterclaim. {escape(told)}</title>',
        f"<style>{STYLE}</style>{TIP}",
        f'<text class="way" x="{EDGE}" y="{EDGE + 10}">{escape(told)}</text>',
        *drawn,
        "</svg>\n",
    ])  # fmt: skip


def _box(name: str, lines: list[str], x: float, y: float, width: float, height: float, beside: bool) -> str:
    """A room or module with what it is for `beside` its name, or else below it."""
    room = (PACKAGE / name).is_dir()
    kind = "step" if name in WALK else "room" if room else "module"
    left, top = (x + 180, y + 20) if beside else (x + 10, y + 38)
    said = "".join(
        f'<text class="what" x="{left:.0f}" y="{top + LINE * i:.0f}">{escape(line)}</text>' for i, line in enumerate(lines)
    )
    shape = f'<rect class="{kind}" x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}" rx="3"/>'
    label = f'<text class="name" x="{x + 10:.0f}" y="{y + 20:.0f}">{escape(name)}{"/" if room else ".py"}</text>'
    return f"<g>{shape}{label}{said}</g>"


def wrapped(words: str, letters: int) -> list[str]:
    """`words` in lines of at most `letters` letters; a longer word has a line of its own."""
    return textwrap.wrap(words, letters, break_long_words=False, break_on_hyphens=False)
