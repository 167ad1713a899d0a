"""Small questions to the parse: whole noun phrases, subjects, and the offsets of token sets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from counterclaim.reading.document import Paragraph
from counterclaim.records import Offsets

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_RANKS = frozenset(
    [
        "Col",
        "Gen",
        "Maj",
        "Lt",
        "Brig",
        "Capt",
        "Sgt",
        "Adm",
        "Cmdr",
        "Cpl",
        "Pvt",
        "Cdr",
        "Dr",
        "Mr",
        "Mrs",
        "Ms",
        "Prof",
        "Sen",
        "Rep",
        "Gov",
        "Hon",
        "St",
        "Insp",
    ]
)
_EDGE = frozenset(",;:—–-.")


def noun_phrase(head: Token, *, clauses: bool = False) -> list[Token]:
    """The tokens of the noun phrase around `head` with its appositions, relative clauses left out unless `clauses`."""
    tokens = [head]
    for child in head.children:
        if child.dep_ in {"relcl", "advcl", "ccomp", "parataxis"} and not clauses:
            continue
        if child.dep_ in {"cc", "conj", "punct", "preconj"} and child.i > head.i and not _joins_nouns(head, child):
            continue
        tokens.extend(
            noun_phrase(child, clauses=clauses) if child.pos_ in {"NOUN", "PROPN"} else _without_relatives(child, clauses)
        )
    return contiguous(sorted(_with_rank(tokens), key=lambda t: t.i), head)


def _with_rank(tokens: list[Token]) -> list[Token]:
    """Adds the abbreviated rank before a name, which the parser cuts off at its full stop ("Col. ...", "Maj. Gen. ...")."""
    first = min(tokens, key=lambda t: t.i)
    out = list(tokens)
    while first.i > first.sent.start + 1 and first.nbor(-1).text == "." and first.nbor(-2).text in _RANKS:
        out += [first.nbor(-1), first.nbor(-2)]
        first = first.nbor(-2)
    return out


def _joins_nouns(head: Token, child: Token) -> bool:
    """Whether a conjunction after `head` joins another speaker ("Damascus and Moscow") and no new clause."""
    conj = next((c for c in head.children if c.dep_ == "conj"), None)
    if conj is None:
        return child.dep_ == "punct" and any(c.dep_ == "appos" and c.i > child.i for c in head.children)
    return conj.pos_ in {"NOUN", "PROPN", "PRON"} or (child.dep_ == "punct" and any(c.dep_ == "appos" for c in head.children))


def _without_relatives(token: Token, clauses: bool) -> list[Token]:
    if clauses:
        return list(token.subtree)
    out = [token]
    for child in token.children:
        if child.dep_ in {"relcl", "advcl", "parataxis"}:
            continue
        out.extend(_without_relatives(child, clauses))
    return out


def contiguous(tokens: list[Token], around: Token) -> list[Token]:
    """The unbroken run of `tokens` (sorted) that holds `around`, punctuation and blanks stripped from its edges."""
    where = {t.i for t in tokens}
    first = last = around.i
    doc = around.doc
    while first - 1 in where or (first - 2 in where and doc[first - 1].is_space):
        first -= 1
    while last + 1 in where or (last + 2 in where and doc[last + 1].is_space):
        last += 1
    return trimmed([doc[i] for i in range(first, last + 1)])


def trimmed(tokens: list[Token]) -> list[Token]:
    """`tokens` without punctuation and blanks at the edges; quotation marks and brackets stay."""
    while tokens and (
        tokens[0].is_space or tokens[0].text in _EDGE or (tokens[0].text in {"and", "but"} and tokens[0].dep_ == "cc")
    ):
        tokens = tokens[1:]
    while tokens and (tokens[-1].is_space or tokens[-1].text in _EDGE):
        tokens = tokens[:-1]
    return tokens


def subject(verb: Token) -> Token | None:
    """The head word of whoever does what `verb` says: its subject, the agent of a passive, the noun a relative clause
    hangs on, the subject of the verb it is joined to, or whoever is made or asked to do it. None where nobody is named."""
    if any(c.dep_ == "auxpass" for c in verb.children) or any(c.dep_ == "nsubjpass" for c in verb.children):
        agent = next((c for c in verb.children if c.dep_ == "agent"), None)
        return next((c for c in agent.children if c.dep_ == "pobj"), None) if agent else None
    own = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if own is not None:
        if own.tag_ in {"WP", "WDT"} and verb.dep_ == "relcl":
            return verb.head
        return own
    if verb.dep_ in {"conj"}:
        return subject(verb.head)
    if verb.dep_ in {"acl"} and verb.tag_ == "VBG":
        return verb.head
    if verb.dep_ == "xcomp":
        given = next((c for c in verb.head.children if c.dep_ in {"dobj", "dative"}), None)
        return given or subject(verb.head)
    return None


def implied_subject(verb: Token) -> Token | None:
    """Who does what a verb without a subject of its own says: "condemned it, calling it a crime" -> who condemned."""
    token = verb
    for _ in range(4):
        if token.dep_ in {"advcl", "conj", "xcomp", "pcomp", "prep", "ccomp", "parataxis"}:
            token = token.head
            found = subject(token) if token.pos_ in {"VERB", "AUX"} else None
            if found is not None:
                return found
        else:
            break
    return None


def runs(tokens: Iterable[Token]) -> list[list[Token]]:
    """`tokens` as unbroken runs in text order; gaps of blanks or a lone comma do not break one."""
    out: list[list[Token]] = []
    for token in sorted(set(tokens), key=lambda t: t.i):
        if out and all(t.is_space or t.text in {",", ";"} for t in token.doc[out[-1][-1].i + 1 : token.i]):
            out[-1].extend(token.doc[i] for i in range(out[-1][-1].i + 1, token.i + 1))
        else:
            out.append([token])
    return [kept for run in out if (kept := trimmed(run))]


def inverted_subject(verb: Token) -> Token | None:
    """The speaker named right behind the verb: '"...", concluded the minister'. None where no noun follows at once."""
    doc = verb.doc
    i = verb.i + 1
    while i < len(doc) and doc[i].pos_ in {"DET", "ADJ"}:
        i += 1
    if i >= len(doc) or doc[i].pos_ not in {"NOUN", "PROPN"} or doc[i].ent_type_ in {"DATE", "TIME"}:
        return None
    head = doc[i]
    while head.head.i > verb.i and head.head != head and head.head.pos_ in {"NOUN", "PROPN"}:
        head = head.head
    return head


def last_subject_before(verb: Token) -> Token | None:
    """The subject of the verb before in the same sentence, for one joined by "and" to a verb that has none."""
    for i in range(verb.i - 1, verb.sent.start - 1, -1):
        token = verb.doc[i]
        if token.pos_ in {"VERB", "AUX"} and token.dep_ != "relcl" and any(c.dep_ in SUBJECTS for c in token.children):
            return subject(token)
    return None


def phrase_of(paragraph: Paragraph, head: Token) -> Offsets:
    tokens = _undated(_untimed(noun_phrase(head)), paragraph)
    return paragraph.offsets(tokens[0], tokens[-1]) if tokens else paragraph.offsets(head, head)


def _undated(tokens: list[Token], paragraph: Paragraph) -> list[Token]:
    """A speaker's phrase without the dateline that the parser took for its beginning ("MOSUL, IRAQ - The coalition")."""
    if not tokens or tokens[0].i > 1:
        return tokens
    dash = next((k for k, t in enumerate(tokens) if t.text in {"-", "–", "—", "--"} and t.whitespace_ and k), None)
    return tokens[dash + 1 :] if dash is not None and dash + 1 < len(tokens) else tokens


def _untimed(tokens: list[Token]) -> list[Token]:
    """A speaker's phrase without the time that the parser hangs on it ("Earlier ...", "... on Tuesday", "... today")."""
    while len(tokens) > 1 and tokens[0].lower_ in {"earlier", "later", "previously", "meanwhile", "yesterday", "today"}:
        tokens = tokens[1:]
    while len(tokens) > 1 and (
        tokens[-1].ent_type_ in {"DATE", "TIME"} or tokens[-1].lower_ in {"on", "in", "this", "also", "earlier", "later"}
    ):
        tokens = trimmed(tokens[:-1])
    return tokens


def cue_tokens(verb: Token) -> tuple[Token, Token]:
    """The verb with the auxiliaries, negation and adverbs that stand right before it."""
    first = verb
    while first.i and first.nbor(-1).head == verb and first.nbor(-1).dep_ in {"aux", "auxpass", "neg"}:
        first = first.nbor(-1)
    return first, verb
