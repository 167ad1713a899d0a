"""The dossier as one self-contained HTML file: templates lay out the rows, nothing is loaded from anywhere, nothing can run."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from counterclaim.dossier import words
from counterclaim.dossier.marks import excerpts
from counterclaim.dossier.view import dossier_view
from counterclaim.records import NO_EVIDENCE, Contest, Evidence, Linkage, ReadReport

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"


def to_html(
    contests: Sequence[Contest],
    reports: Sequence[ReadReport],
    linkage: Linkage,
    *,
    title: str,
    made_with: str,
    left_out: Sequence[str] = (),
    evidence: Evidence = NO_EVIDENCE,
    whole: bool = True,
    most: int | None = None,
    fixed: str = words.NOT_VERIFIED,
) -> str:
    """The dossier of `contests` as the text of one HTML file that opens offline.

    `title` heads the page, `made_with` (program, version, models) closes it, `left_out` are lines on what could not be read, and
    `evidence` says where the reports come from. Without `whole` the reports are given in excerpts: the sentences that are cited,
    and nothing around them, each in `most` characters (None: however long it is). `fixed` says how far people checked what is
    told. The same arguments give the same bytes. Whatever a report says is set as text; only the page's own style and script may
    run.
    """
    view = dossier_view(contests, reports, linkage, left_out, made_with, evidence)
    if not whole:
        view = replace(view, reports=tuple(replace(one, paragraphs=excerpts(one.paragraphs, most)) for one in view.reports))
    # A span cut in pieces has its anchor on the first; these rules light the others when it is the target.
    cut = [anchor for report in view.reports for anchor in report.cut]
    pieces = "".join(f':root:has(#{a}:target) [data-of="{a}"]{{background:var(--lit);color:var(--lit-ink)}}' for a in cut)
    style = _file("dossier.css") + pieces
    return rendered(
        "dossier.html",
        style=style,
        script=_file("dossier.js"),
        view=view,
        title=title,
        made_with=made_with,
        fixed=fixed,
        whole=whole,
        most=most,
    )


def to_paper(
    contests: Sequence[Contest], reports: Sequence[ReadReport], linkage: Linkage, *, title: str, made_with: str,
    left_out: Sequence[str] = (), evidence: Evidence = NO_EVIDENCE, fixed: str = words.NOT_VERIFIED,
) -> str:  # fmt: skip
    """The dossier of `contests` as HTML for sheets of paper: short quotations instead of whole reports, the reports listed with
    the hashes of their captures. The arguments are those of `to_html`."""
    view = dossier_view(contests, reports, linkage, left_out, made_with, evidence)
    return rendered("paper.html", style=_file("paper.css"), view=view, title=title, made_with=made_with, fixed=fixed)


def rendered(
    template: str, *, title: str, made_with: str, style: str | None = None, script: str = "", **values: object
) -> str:  # fmt: skip
    """A page of this house: a template in that style (else the dossier's), under a policy by which only it and the script may
    run."""
    style = _file("dossier.css") if style is None else style
    policy = f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; base-uri 'none'; form-action 'none'"
    page = _environment().get_template(template)
    return page.render(
        **{"parted": False, "most": None, **values}, words=words, title=words.inert(title), made_with=words.inert(made_with),
        policy=policy, style=style, script=script,
    )  # fmt: skip


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@cache
def _file(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"
