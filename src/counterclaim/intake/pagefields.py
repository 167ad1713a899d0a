"""Read the fields a page carries about itself (JSON-LD, OpenGraph, meta), and which field each value came from."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from counterclaim.intake.dates import machine_day
from counterclaim.intake.metadata import Dated, Facts
from counterclaim.records import Sourced

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # lxml ships no types

# Names of meta fields, most telling first. htmldate and trafilatura know more, but fall back on guesses from the page
# and the address; a date may only come from a field that says it is the publication's.
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "date_published",
    "publish-date", "publish_date", "published_time", "pubdate", "publication_date", "dc.date.issued", "dcterms.issued",
    "dc.issued", "dcterms.created", "dc.date.created", "dc.created", "sailthru.date", "parsely-pub-date",
    "citation_publication_date", "originalpublicationdate", "article_date_original", "cxenseparse:recs:publishtime",
    "dc.date", "dcterms.date",
)  # fmt: skip
_CHANGED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified")
_TITLE = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "title")
_OUTLET = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher", "citation_journal_title")
_BYLINE = (
    "author", "article:author", "dc.creator", "dcterms.creator", "byl", "parsely-author", "sailthru.author", "citation_author",
)  # fmt: skip
_ADDRESS = ("og:url", "twitter:url")
_ARTICLE = re.compile(r"\w*(?:Article|Posting|WebPage|CreativeWork)$")


def page_facts(tree: HtmlElement) -> Facts:
    """What the fields of a page say; unknown where it has none, or where they contradict one another about the day."""
    metas = _metas(tree)
    linked = _linked(tree)
    outlet = _first(metas, _OUTLET) or (_name(linked.get("publisher")), "JSON-LD publisher")
    title = _title(tree, metas, linked, outlet[0])
    byline, url = _byline(metas, linked), (_canonical(tree), "link rel=canonical")
    url = url if url[0] else _first(metas, _ADDRESS) or url
    named = {"title": title, "outlet": outlet, "byline": byline, "url": url}
    return Facts(
        **{field: value for field, (value, _) in named.items()},
        published=_published(tree, metas, linked),
        modified=_changed(metas, linked),
        known=tuple(
            Sourced(field, "stated" if where == _HEADING else "metadata", where)
            for field, (value, where) in named.items()
            if value
        ),
    )


_Told = tuple[str | None, str]
"""A value and the field that it stands in."""
_HEADING = "heading"


def _metas(tree: HtmlElement) -> dict[str, str]:
    """The first value of every meta field and of every item property, names casefolded."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        value = _clean(meta.get("content"))
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (meta.get(key) or "").strip().casefold()
            if name and value:
                found.setdefault(name, value)
    return found


def _linked(tree: HtmlElement) -> dict[str, Any]:
    """The JSON-LD object that describes the article: the first of an article's type, else the first with a publication date."""
    objects: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            try:
                objects += _objects(json.loads(script.text.strip().strip(";"), strict=False))
            except (ValueError, RecursionError):
                continue
    articles = [o for o in objects if any(_ARTICLE.match(t) for t in _listed(o.get("@type")) if isinstance(t, str))]
    dated = [o for o in [*articles, *objects] if o.get("datePublished")]
    return next(iter(dated or articles), {})


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    for one in _listed(value):
        if isinstance(one, dict):
            yield one
            yield from _objects(one.get("@graph"))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _published(tree: HtmlElement, metas: dict[str, str], linked: dict[str, Any]) -> Dated | None:
    stated = [("JSON-LD datePublished", str(linked["datePublished"]))] if linked.get("datePublished") else []
    stated += [(f"meta {name}", metas[name]) for name in _PUBLISHED if name in metas]
    stated += _times(tree)
    for field, value in stated:
        if day := machine_day(value):
            return Dated(day, "metadata", note=field)
    changed = _changed(metas, linked)
    return Dated(changed.value, "inferred", note=f"only the day of a change is given: {changed.note}") if changed else None


def _changed(metas: dict[str, str], linked: dict[str, Any]) -> Dated | None:
    """The day of the last change."""
    changed = [("JSON-LD dateModified", str(linked["dateModified"]))] if linked.get("dateModified") else []
    changed += [(f"meta {name}", metas[name]) for name in _CHANGED if name in metas]
    return next((Dated(day, "metadata", note=field) for field, value in changed if (day := machine_day(value))), None)


def _times(tree: HtmlElement) -> list[tuple[str, str]]:
    """`time` elements that mark the publication, or the one day all of the page's name."""
    times = [t for t in tree.iter("time") if t.get("datetime")]
    marked = [t for t in times if "datePublished" in (t.get("itemprop") or "") or t.get("pubdate") is not None]
    values = [str(t.get("datetime")) for t in marked or times]
    return [("time element", values[0])] if values and len({machine_day(v) for v in values}) == 1 else []


def _title(tree: HtmlElement, metas: dict[str, str], linked: dict[str, Any], outlet: str | None) -> _Told:
    headings = [h for e in tree.iter("h1") if (h := _clean(e.text_content()))]
    elements = [t for e in tree.iter("title") if (t := _clean(e.text_content()))]
    fields = ((_clean(linked.get("headline")), "JSON-LD headline"), _first(metas, _TITLE), *((t, "title") for t in elements[:1]))
    named, where = next((field for field in fields if field and field[0]), (None, ""))
    if not named:
        return (headings[0] if len(headings) == 1 else None), _HEADING
    # The heading a reader sees goes before the same words with the site's name behind them.
    for h in headings:
        if len(h.split()) > 1 and (h in named or named in h):
            return h, _HEADING
    return _without_site(named, outlet), where


def _without_site(title: str, outlet: str | None) -> str:
    """The title without the site's name behind a bar or dash ("Army says ... | The Daily Example")."""
    m = re.fullmatch(r"(.+?)\s+[|–—·»:-]\s+([^|–—·»]{2,50})", title)
    if not m or len(m[1].split()) < 2:
        return title
    barred = "|" in title[m.end(1) : m.start(2)]
    return m[1] if barred or (outlet and outlet.casefold() in m[2].casefold()) else title


def _byline(metas: dict[str, str], linked: dict[str, Any]) -> _Told:
    names, where = [n for a in _listed(linked.get("author")) if (n := _name(a))], "JSON-LD author"
    if not names and (said := _first(metas, _BYLINE)):
        names, where = [said[0]], said[1]
    people = [n for n in names if not n.startswith(("http", "@")) and len(n) <= 100]
    return "; ".join(dict.fromkeys(people)) or None, where


def _canonical(tree: HtmlElement) -> str | None:
    for link in tree.iter("link"):
        address = (link.get("href") or "").strip()
        if (link.get("rel") or "").lower() == "canonical" and address.startswith("http"):
            return address
    return None


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        return _name(value[0]) if value else None
    return _clean(value.get("name") if isinstance(value, dict) else value)


def _first(metas: dict[str, str], names: tuple[str, ...]) -> tuple[str, str] | None:
    return next(((metas[n], f"meta {n}") for n in names if n in metas), None)


def _clean(value: Any) -> str | None:
    """A field's text with its entities and blanks evened out; None where it holds no text."""
    return re.sub(r"\s+", " ", html.unescape(value)).strip() or None if isinstance(value, str) else None
