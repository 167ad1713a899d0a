"""Compiles the project's own gold set of reported speech in conflict reporting, and scores readings against it.

    python bench/conflict_speech.py compile             conflict_speech.txt -> conflict_speech.jsonl, beside this file
    python bench/conflict_speech.py part dev|test       the gold lines of one part, to standard output
    python bench/conflict_speech.py score PREDICTED [--show errors] [--json]

PREDICTED is what `counterclaim read bench/conflict_speech.jsonl` printed. Every third item, by the hash of its id, is the
part kept aside for reporting; the rest is for developing. Errors are shown for the developing part only.

The source is text with marks, so that offsets are right by construction:

    @army-07 army pronoun
    {s1:The army} {c1:said} {q1:two bridges had been hit}. {q2:“Nobody was there,”} {s2:it} {c2:added}.
    1 | Norland army | named | damage
    2 | Norland army | named | denial | Norland army | Interfax > Norland TV

`@id tags`, then a line for each paragraph, then a line for each statement: speaker, kind, act, and where there is one whom
it is about and through whom it came, from the outlet's side inwards. `s` marks a source, `c` a cue, `q` a content; marks
may nest, may belong to several statements (`{s1,2:...}`), and a role that is cut has several. `-` is nobody. A chain is one
statement whose source is its first speaker.

How it is scored. "linked" is the content+source measure that attribution corpora are scored with: statements are matched one
to one, as many as can be; a pair may match where at least half of the gold content is covered and the sources overlap or
are both empty; white space does not count. Speaker, kind, chain, act and target are judged on pairs whose contents match so,
those with a matching source and the closest content first; each is a share of all gold statements (chains: of those that
have links; targets: of those that have one), so what is not found is not right. "first" is the speaker, of those that have links.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SOURCE, GOLD = HERE / "conflict_speech.txt", HERE / "conflict_speech.jsonl"
ROLES = {"s": "source", "c": "cue", "q": "content"}
KINDS = frozenset({"named", "unnamed", "collective", "outlet"})
ACTS = frozenset(
    "blame denial admission justification investigation demand regret figure damage uncertainty other".split()
)  # fmt: skip

Row = dict[str, Any]
Pieces = Sequence[Sequence[int]]

TAGS = frozenset(
    """ministry army monitor hospital residents unnamed anonymity social translation russian arabic persian state-media passive
    unverified british stray-quote inverted title apposition second-name coordinated-speakers hedge noun-cue parenthetical
    documents narration headline caption wire longer""".split()
)
"""Phenomena that a person marks an item with; those that its marks show are added when it is compiled."""

_OPEN = re.compile(r"\{([scq])(\d+(?:,\d+)*):")
_PRONOUN = re.compile(r"he|she|it|they|him|her|them|i|we", re.IGNORECASE)
_STARTS_QUOTED = re.compile(r"[\"“”„«‘'`�]")
_QUOTED = re.compile(r"[\"“”„«]|''|(?:^|\s)[‘']\w")
_FACTS = re.compile(r"(\d+) \| (.+)")


# --- compiling


def compiled(source: str) -> list[Row]:
    """The items of a marked source, in its order. ValueError with the item's id where the marks do not fit."""
    rows: list[Row] = []
    for block in re.split(r"^(?=@)", source, flags=re.MULTILINE)[1:]:
        lines = [line for line in block.splitlines() if line.strip() and not line.startswith("# ")]
        name, *tags = lines[0][1:].split()
        facts = [m for line in lines[1:] if (m := _FACTS.fullmatch(line))]
        marked = "\n\n".join(line for line in lines[1:] if not _FACTS.fullmatch(line))
        try:
            rows.append(_item(name, tags, marked, {m[1]: m[2].split(" | ") for m in facts}))
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
    return rows


def _item(name: str, tags: list[str], marked: str, facts: dict[str, list[str]]) -> Row:
    text, spans = unmarked(marked)
    if spans.keys() != facts.keys():
        raise ValueError(f"marks for {sorted(spans)}, facts for {sorted(facts)}")
    if unknown := set(tags) - TAGS:
        raise ValueError(f"no such tag: {sorted(unknown)}")
    attributions = [_attribution(spans[number], facts[number]) for number in facts]
    shown: set[str] = {tag for a in attributions for tag in shown_by(a, text)}
    sources = [tuple(map(tuple, a["source"])) for a in attributions if a["source"]]
    if len(set(sources)) < len(sources):
        shown.add("coordinated-verbs")
    if any(a is not b and _within(a["content"], b["content"]) for a in attributions for b in attributions):
        shown.add("nested")
    if not facts:
        shown.add("negative")
    return {"id": name, "text": text, "attributions": attributions, "tags": sorted({*tags, *shown})}


def shown_by(attribution: Row, text: str) -> Iterator[str]:
    """The phenomena that one statement's marks show."""
    words = {role: [text[s:e] for s, e in attribution[role]] for role in ROLES.values()}
    said = " ".join(words["content"])
    yield attribution["act"]
    if _STARTS_QUOTED.match(said):
        yield "direct"
    else:
        yield "mixed" if _QUOTED.search(said) else "indirect"
    if attribution["via"]:
        yield "chain"
        # the first speaker is a link too
        yield f"chain-{len(attribution['via']) + 1}"
    if len(words["content"]) > 1:
        yield "split"
    if "\n\n" in said:
        yield "paragraphs"
    if any(text[:s].endswith(": ") or text[:s].endswith(":\n\n") for s, _ in attribution["content"]):
        yield "colon"
    if not words["cue"]:
        yield "no-cue"
    if any(cue.casefold().startswith("according") for cue in words["cue"]):
        yield "according-to"
    if words["source"] and all(_PRONOUN.fullmatch(source) for source in words["source"]):
        yield "pronoun"
    if attribution["kind"] == "outlet":
        yield "nobody"


def _within(inner: Pieces, outer: Pieces) -> bool:
    return all(any(a <= s and e <= b for a, b in outer) for s, e in inner)


def _attribution(spans: dict[str, list[list[int]]], facts: list[str]) -> Row:
    speaker, kind, act, target, via = [None if f == "-" else f for f in [*facts, "-", "-"][:5]]
    if len(facts) > 5 or kind not in KINDS or act not in ACTS or not spans["content"]:
        raise ValueError(f"not a statement: {facts}")
    if (speaker is None) != (kind == "outlet"):
        raise ValueError(f"nobody speaks, but not in the outlet's voice, or the other way round: {facts}")
    return {**spans, "speaker": speaker, "kind": kind, "via": via.split(" > ") if via else [], "act": act, "target": target}


def unmarked(marked: str) -> tuple[str, dict[str, dict[str, list[list[int]]]]]:
    """The text without its marks, and by statement number the pieces of each role. ValueError where a mark is left open."""
    text, at = "", 0
    spans: dict[str, dict[str, list[list[int]]]] = defaultdict(lambda: {role: [] for role in ROLES.values()})
    opened: list[tuple[str, str, int]] = []
    while at < len(marked):
        if mark := _OPEN.match(marked, at):
            opened.append((mark[1], mark[2], len(text)))
            at = mark.end()
            continue
        if marked[at] == "}":
            if not opened:
                raise ValueError(f"closes what is not open: {marked[max(0, at - 30) : at + 1]}")
            role, numbers, start = opened.pop()
            for number in numbers.split(","):
                spans[number][ROLES[role]].append([start, len(text)])
        elif marked[at] == "{":
            raise ValueError(f"no such mark: {marked[at : at + 30]}")
        else:
            text += marked[at]
        at += 1
    if opened:
        raise ValueError("a mark is left open")
    for roles in spans.values():
        for pieces in roles.values():
            pieces.sort()
    return text, dict(spans)


def lines_of(rows: Iterable[Row]) -> str:
    """Items as JSON lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def part_of(name: str) -> str:
    """`test` for every third id by its hash, else `dev`: what an item belongs to never changes as others join."""
    return "test" if int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0 else "dev"


# --- names

_GENERIC = frozenset(
    """the a an of and for in on to by at with from its their his her own one two three several some senior unnamed anonymous
    spokesman spokeswoman spokesperson speaker official officials officer officers minister ministry department office
    government general colonel col gen major maj captain capt brigadier lieutenant lt dr mr mrs ms president governor mayor
    head chief commander deputy defence defense foreign interior health army navy forces force armed military troops police
    state national regional local news agency television channel newspaper radio media press service statement report group
    source sources""".split()
)
"""Words that many speakers share and that tell nobody apart while a telling word stands beside them."""

_SAME = (
    (r"\b(?:u\.?s\.?a?|united states|americans?|washington|pentagon)(?!\w)", "unitedstates"),
    (r"\b(?:moscow|kremlin|russians?)\b", "russia"),
    (r"\b(?:kyiv|kiev|ukrainians?)\b", "ukraine"),
    (r"\b(?:idf|israelis?)\b", "israel"),
    (r"\b(?:damascus|syrians?)\b", "syria"),
    (r"\b(?:ankara|turkish|turks)\b", "turkey"),
    (r"\b(?:riyadh|saudis?)\b", "saudi"),
    (r"\b(?:tehran|iranians?)\b", "iran"),
    (r"\b(?:baghdad|iraqis?)\b", "iraq"),
    (r"\b(?:baku|azerbaijanis?)\b", "azerbaijan"),
    (r"\b(?:yerevan|armenians?)\b", "armenia"),
    (r"\b(?:khartoum|sudanese)\b", "sudan"),
    (r"\b(?:beijing|chinese)\b", "china"),
    (r"\b(?:kinshasa|congolese)\b", "congo"),
    (r"\b(?:manila|philippines?|filipinos?)\b", "philippines"),
    (r"\b(?:united kingdom|u\.?k\.?|british)(?!\w)", "britain"),
    (r"\b(?:u\.?n\.?|united nations)(?!\w)", "unitednations"),
    (r"\b(?:isis|isil|daesh|islamic state)\b", "islamicstate"),
    (r"\b(?:msf|m[eé]decins sans fronti[eè]res|doctors without borders)\b", "msf"),
    (r"\b(?:afp|agence france-presse)\b", "afp"),
    (r"\b(?:irgc|revolutionary guards?)\b", "irgc"),
)


def words_of(name: str) -> set[str]:
    """The words of a name in small letters without articles; a state and its capital are one word, two names of one body too."""
    name = name.casefold()
    for pattern, one in _SAME:
        name = re.sub(pattern, f" {one} ", name)
    return set(re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", name))) - {"the", "a", "an", "of", "and", "for", "in"}


def same_name(left: str, right: str) -> bool:
    """Whether two names share a telling word, or one close in spelling; any word where one of them has none that tells."""
    a, b = words_of(left), words_of(right)
    if a - _GENERIC and b - _GENERIC:
        a, b = a - _GENERIC, b - _GENERIC
    # above .84 two spellings of one name ("Skarda", "Skardar") are one, and two names of one length differ in a letter at most
    return any(x == y or difflib.SequenceMatcher(None, x, y).ratio() > 0.84 for x in a for y in b)


def same_speaker(gold: str | None, statement: Row) -> bool:
    """Whether a read statement has the gold speaker, as person or as the body spoken for; of several who speak together, all."""
    said = [n for key in ("speaker", "affiliation") for n in (statement.get(key) or "").split("; ") if n]
    if gold is None:
        return not statement.get("speaker")
    return all(any(same_name(g, n) for n in said) for g in gold.split("; "))


def same_chain(gold: Sequence[str], read: Sequence[str]) -> bool:
    """Whether two chains have the same links in the same order."""
    return len(gold) == len(read) and all(map(same_name, gold, read))


# --- scoring


def characters(pieces: Pieces, text: str) -> set[int]:
    """The places of the characters in `pieces` that are no white space."""
    return {i for s, e in pieces for i in range(s, e) if not text[i].isspace()}


class Pairing:
    """The gold statements of one item beside those read: which can match, how many do, and which one answers which."""

    def __init__(self, gold: Row, statements: list[Row]) -> None:
        text, self.gold, self.read = gold["text"], gold["attributions"], statements
        g_chars = [{r: characters(a[r], text) for r in ("content", "source")} for a in self.gold]
        p_chars = [{r: characters(s.get(r) or (), text) for r in ("content", "source")} for s in statements]
        self.readable = [k for k, p in enumerate(p_chars) if p["content"]]
        near: list[tuple[bool, float, int, int]] = []
        self.edges: dict[int, list[int]] = {}
        for i, g in enumerate(g_chars):
            self.edges[i] = []
            for k in self.readable:
                p = p_chars[k]
                common = len(g["content"] & p["content"])
                if 2 * common < len(g["content"]) or not common:
                    continue
                sourced = bool(g["source"] & p["source"]) or not (g["source"] or p["source"])
                near.append((sourced, common / len(g["content"] | p["content"]), -i, -k))
                if sourced:
                    self.edges[i].append(k)
        self.linked = frozenset(matched(self.edges))
        self.answers: dict[int, int] = {}
        for _, _, i, k in sorted(near, reverse=True):
            if -i not in self.answers and -k not in self.answers.values():
                self.answers[-i] = -k

    def counts(self) -> dict[str, int]:
        """What is counted of one item; the counts of many may be summed."""
        out = {"items": 1, "linked": len(self.linked), "read": len(self.readable), "gold": len(self.gold)}
        for i, g in enumerate(self.gold):
            right = self.right(i)
            for key in ("speaker", "kind", "act"):
                out[key] = out.get(key, 0) + right[key]
            out["first"] = out.get("first", 0) + (right["speaker"] and bool(g["via"]))
            for key, asked in (("chain", g["via"]), ("target", g["target"])):
                out[key] = out.get(key, 0) + (right[key] and bool(asked))
                out[f"{key}s"] = out.get(f"{key}s", 0) + bool(asked)
        return out

    def right(self, i: int) -> dict[str, bool]:
        """Which values of gold statement `i` its answer has right."""
        g = self.gold[i]
        if i not in self.answers:
            return dict.fromkeys(("speaker", "kind", "chain", "act", "target"), False)
        s = self.read[self.answers[i]]
        return {
            "speaker": same_speaker(g["speaker"], s),
            "kind": g["kind"] == s.get("speaker_kind"),
            "chain": same_chain(g["via"], s.get("chain") or ()),
            "act": g["act"] == s.get("act"),
            "target": bool(g["target"] and s.get("target") and same_name(g["target"], s["target"])),
        }


def matched(edges: dict[int, list[int]]) -> Iterator[int]:
    """The gold ends of a maximum matching of a graph from gold to read."""
    owner: dict[int, int] = {}

    def augment(g: int, seen: set[int]) -> bool:
        for p in edges[g]:
            if p not in seen:
                seen.add(p)
                if p not in owner or augment(owner[p], seen):
                    owner[p] = g
                    return True
        return False

    for g in edges:
        augment(g, set())
    return iter(owner.values())


def scored(gold: list[Row], predicted: dict[str, list[Row]]) -> dict[str, dict[str, dict[str, float]]]:
    """By part and by tag (`all` first, then by name) the figures; shares are 0 where there is nothing to share."""
    sums: dict[str, dict[str, dict[str, int]]] = {p: defaultdict(lambda: defaultdict(int)) for p in ("dev", "test")}
    for row in gold:
        counts = Pairing(row, predicted.get(row["id"], [])).counts()
        for tag in ["all", *row["tags"]]:
            for key, n in counts.items():
                sums[part_of(row["id"])][tag][key] += n
    order = ["all", *sorted({t for row in gold for t in row["tags"]})]
    return {part: {tag: _figures(by_tag[tag]) for tag in order if tag in by_tag} for part, by_tag in sums.items()}


def _figures(n: dict[str, int]) -> dict[str, float]:
    def share(a: float, b: float) -> float:
        return a / b if b else 0.0

    return {
        "items": n["items"], "gold": n["gold"], "read": n["read"],
        "p": share(n["linked"], n["read"]), "r": share(n["linked"], n["gold"]),
        "f1": share(2 * n["linked"], n["read"] + n["gold"]),
        **{key: share(n[key], n["gold"]) for key in ("speaker", "kind", "act")},
        **{key: share(n[key], n[f"{key}s"]) for key in ("chain", "target")}, "first": share(n["first"], n["chains"]),
        "chains": n["chains"], "targets": n["targets"],
    }  # fmt: skip


def table(report: dict[str, dict[str, dict[str, float]]]) -> str:
    """The figures as a table, a part after the other."""
    shown = ("p", "r", "f1", "speaker", "kind", "act", "chain", "first", "target")
    lines = []
    for part, by_tag in report.items():
        lines.append(f"{part:<20}{'items':>6}{'gold':>6}{'read':>6}" + "".join(f"{key:>9}" for key in shown))
        for tag, v in by_tag.items():
            # nothing to be right about is no zero
            asked = {"p": v["read"], "chain": v["chains"], "first": v["chains"], "target": v["targets"]}
            cells = "".join(f"{v[key]:>9.3f}" if asked.get(key, v["gold"]) else f"{'':>9}" for key in shown)
            lines.append(f"{tag:<20}{v['items']:>6.0f}{v['gold']:>6.0f}{v['read']:>6.0f}{cells}")
        lines.append("")
    return "\n".join(lines)


def errors(gold: list[Row], predicted: dict[str, list[Row]]) -> Iterator[str]:
    """What went wrong in the developing part, a line each under the item's text."""
    for row in gold:
        if part_of(row["id"]) != "dev":
            continue
        pairing, found = Pairing(row, predicted.get(row["id"], [])), []
        for i, g in enumerate(pairing.gold):
            answer = pairing.read[pairing.answers[i]] if i in pairing.answers else None
            wrong = [key for key, right in pairing.right(i).items() if not right and (key != "target" or g["target"])]
            if i not in pairing.linked:
                found.append(f"{'missed' if answer is None else 'source'}: {_shown(g, row['text'])}")
            if answer is not None and (wrong or i not in pairing.linked):
                found.append(f"{' '.join(wrong) or 'is'}: {_shown(g, row['text'])}\n      read {_shown(answer, row['text'])}")
        answering = set(pairing.answers.values())
        found += [f"extra: {_shown(pairing.read[k], row['text'])}" for k in pairing.readable if k not in answering]
        if found:
            yield "\n    ".join([f"{row['id']} [{' '.join(row['tags'])}] {row['text']!r}", *found])


def _shown(a: Row, text: str) -> str:
    said = " / ".join("…".join(text[s:e] for s, e in a.get(role) or ()) or "-" for role in ROLES.values())
    kind, via = a.get("kind", a.get("speaker_kind")), a.get("via", a.get("chain"))
    return f"{said} | {a.get('speaker')} | {kind} | {a.get('act')} | {a.get('target')} | {' > '.join(via or ())}"


def read_rows(path: Path) -> list[Row]:
    """The rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def main() -> int:
    """Compiles, prints a part, or scores; 1 where predictions lack items of the set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("compile")
    verbs.add_parser("part").add_argument("name", choices=("dev", "test"))
    score = verbs.add_parser("score")
    score.add_argument("predicted", type=Path)
    score.add_argument("--show", choices=("errors",))
    score.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if asked.verb == "compile":
        GOLD.write_text(lines_of(compiled(SOURCE.read_text("utf-8"))), "utf-8")
        return 0
    gold = read_rows(GOLD)
    if asked.verb == "part":
        sys.stdout.write(lines_of(row for row in gold if part_of(row["id"]) == asked.name))
        return 0
    predicted = {row["id"]: row.get("statements", []) for row in read_rows(asked.predicted)}
    if asked.show == "errors":
        print("\n".join(errors(gold, predicted)))
    report = scored(gold, predicted)
    print(json.dumps(report, indent=1) if asked.json else table(report))
    missing = sum(row["id"] not in predicted for row in gold)
    if missing:
        print(f"{missing} items of the set are not in {asked.predicted}: they count as not found", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
