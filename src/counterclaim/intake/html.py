"""Read a page: the article's blocks, each with its place in the capture, and the fields the page states about itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from counterclaim.intake.markup import VisibleWords
from counterclaim.intake.metadata import Facts
from counterclaim.intake.pagefields import page_facts
from counterclaim.intake.pieces import Piece, cleaned

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # lxml ships no types
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_BLOCKS = ("p", "head", "item", "quote", "code", "row")
_LONGEST = 5_000_000
"""Code points of a page that are read: articles end long before, and a page of this length takes 3 s."""


def page_lines(decoded: str) -> tuple[list[Piece], Facts]:
    """The article's blocks in order, headline first where the page shows one, and what its fields say.

    trafilatura picks the article, by its default: on 40 saved pages 16 % of the words kept so are not the article's, with
    `favor_precision` 15 %, but that loses sentences which stand outside a paragraph. The words themselves are taken from
    the capture, so that each keeps its place. Where trafilatura finds no article, every visible block is handed on.
    """
    decoded = decoded[:_LONGEST]
    words = VisibleWords(decoded)
    tree = _tree(decoded)
    facts = page_facts(tree) if tree is not None else Facts()
    blocks = list(_article(tree, decoded)) if tree is not None else []
    blocks = blocks or words.piece.text.split("\n")
    lines: list[Piece] = []
    after = 0
    for block in blocks:
        found = words.find(block, after)
        if found:
            lines.append(cleaned(found[0]))
            after = found[1]
        elif block.strip():
            lines.append(cleaned(Piece(block)))
    headline = words.find(facts.title) if facts.title else None
    if headline and not any(facts.title in line.text for line in lines[:5] if facts.title):
        lines.insert(0, cleaned(headline[0]))
    return [line for line in lines if line.text], facts


def fragment_lines(decoded: str) -> list[Piece]:
    """The visible blocks of a piece of a page, such as a feed's entry, where all of it is the article."""
    whole = VisibleWords(decoded[:_LONGEST]).piece
    lines: list[Piece] = []
    at = 0
    for block in whole.text.split("\n"):
        lines.append(cleaned(whole.cut(at, at + len(block))))
        at += len(block) + 1
    return [line for line in lines if line.text]


def _tree(decoded: str) -> HtmlElement | None:
    from trafilatura import load_html

    try:
        return load_html(decoded)
    except Exception:  # a page can break the parser in ways it does not declare; its visible words are still read
        return None


_SHORT = 250
"""Code points of a find below which trafilatura's slower ways are tried as well; its own bound for a find to be believed."""


def _article(tree: HtmlElement, decoded: str) -> Iterator[str]:
    """The text of each block of the article that trafilatura finds; table rows with their cells set off by blanks.

    Its fast way gives the same words as its full one on the 40 saved pages, and takes three quarters of the time; it takes
    `tree` to pieces.
    """
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(tree, include_comments=False, with_metadata=False, fast=True)
        body = getattr(document, "body", None)
        if body is None or len("".join(body.itertext())) < _SHORT:
            document = bare_extraction(decoded, include_comments=False, with_metadata=False)
            body = getattr(document, "body", None)
    except Exception:  # the extractor too
        return
    if body is not None:
        yield from _blocks(body)


def _blocks(element: _Element) -> Iterator[str]:
    """Texts of the innermost blocks, depth first without recursion: pages nest deeper than Python does."""
    held: list[str] = [element.text or ""]
    stack: list[Iterator[_Element]] = [iter(element)]
    open_elements = [element]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            done = open_elements.pop()
            if done.tag in _BLOCKS:
                yield "".join(held)
                held = []
            held.append((" " if done.tag == "cell" else "") + (done.tail or "") if stack else "")
            continue
        if child.tag in _BLOCKS:
            yield "".join(held)
            held = []
        elif child.tag == "lb":
            held.append("\n")
        held.append(child.text or "")
        stack.append(iter(child))
        open_elements.append(child)
    yield "".join(held)
