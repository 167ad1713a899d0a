"""Who says what: cues, sources and contents from the parse and the quotation marks of one paragraph at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counterclaim.reading.cues import CITING, CUES, MENTAL, NEGATIVE, OFFERED, OFFERING, SAYING_NOUNS, Cue
from counterclaim.reading.document import Paragraph
from counterclaim.reading.phrases import implied_subject, inverted_subject, noun_phrase, runs, subject, trimmed
from counterclaim.reading.quotations import Quotation, find_quotations
from counterclaim.reading.speakers import can_speak, is_outlet
from counterclaim.records import Act, Form, Offsets

if TYPE_CHECKING:
    from spacy.tokens import Token

_TOLL_NOUNS = frozenset("toll number dead wounded injured count figure tally total loss death casualty killed".split())
_PRONOUN_OBJECTS = frozenset("it them this that him her".split())


@dataclass(slots=True)
class Saying:
    """One act of saying while it is put together; all offsets are into the whole text."""

    content: list[Offsets]
    cue: list[Offsets]
    source: list[Offsets] = field(default_factory=list)
    via: list[Offsets] = field(default_factory=list)
    about: Offsets | None = None
    antecedent: Offsets | None = None
    act: Act | None = None
    lemma: str = ""
    negated: bool = False
    aside: bool = False
    tag: str = ""
    joined_at: int = -1
    borrowed: bool = False
    sentence_start: int = -1
    confidence: float = 0.5
    form: Form = "indirect"

    @property
    def start(self) -> int:
        """Where its content begins."""
        return self.content[0][0]

    def covers(self, span: Offsets) -> float:
        """The share of `span` that its content holds."""
        return sum(max(0, min(span[1], b) - max(span[0], a)) for a, b in self.content) / max(1, span[1] - span[0])


def find_sayings(text: str, paragraphs: Sequence[Paragraph]) -> list[Saying]:
    """Every act of saying in the text, in order of content; nested ones are folded into a chain or left to the outer."""
    found: list[Saying] = []
    previous: Saying | None = None
    open_quotation = False
    for paragraph in paragraphs:
        if len(paragraphs) > 1 and _is_heading(text[slice(*paragraph.span)]):
            continue
        quotations = find_quotations(text[slice(*paragraph.span)], paragraph.span[0])
        sayings = _of_paragraph(text, paragraph, quotations, previous, open_quotation)
        found.extend(sayings)
        previous = sayings[-1] if sayings else previous
        open_quotation = bool(quotations) and not quotations[-1].closed
    return found


def _is_heading(line: str) -> bool:
    """Whether a paragraph is a headline or furniture: short and without the mark that ends a sentence. What a headline says,
    the text below says with its speaker."""
    return len(line.split()) <= _HEADING and line.rstrip("”’\"')»")[-1:] not in {".", "!", "?", "…", ":", ","}


_HEADING = 18
"""Words a headline has at most: the longest of the restated and seed texts has 12, of the gva titles 99 in 100 have 18."""


def _of_paragraph(
    text: str, paragraph: Paragraph, quotations: Sequence[Quotation], previous: Saying | None, open_quotation: bool
) -> list[Saying]:
    speech = [q for q in quotations if q.long]
    sayings = [s for token in paragraph.doc if (s := _saying(paragraph, token, speech)) is not None]
    sayings = _unnested(sayings)
    sayings = _with_quotations(text, paragraph, sayings, speech, previous, open_quotation)
    for saying in sayings:
        saying.content = _whole_quotations(text, saying.content, quotations)
        saying.form = _form(saying.content, quotations)
    return sorted((s for s in sayings if s.content), key=lambda s: (s.start, s.cue))


# --- one cue -----------------------------------------------------------------------------------------------------


def _saying(paragraph: Paragraph, token: Token, speech: Sequence[Quotation]) -> Saying | None:
    """The saying that `token` is the cue of, None where it is none."""
    if any(q.holds(paragraph.start_of(token)) for q in speech):
        return None
    if token.lower_ == "according" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to":
        return _according(paragraph, token)
    if token.tag_ == "NNS" and token.dep_ == "nsubj" and token.head.dep_ == "relcl":
        return _aside(paragraph, token)
    if token.pos_ not in {"VERB", "AUX"} and token.dep_ not in {"ROOT", "ccomp", "parataxis", "advcl", "relcl"}:
        return None
    lemma = token.lemma_.lower()
    if lemma in OFFERING:
        offered = _offered(paragraph, token)
        if offered is not None:
            return offered
    cue = CUES.get(lemma)
    if cue is None or (token.tag_ == "VBN" and token.dep_ in {"amod", "compound"}):
        return None
    who = subject(token)
    if who is not None and (who.dep_ == "expl" or who.tag_ == "EX" or who.lower_ in {"there", "which", "what"}):
        return None
    passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in token.children)
    if passive and who is None and lemma in MENTAL:
        return None
    if who is None and token.tag_ == "VB" and token.dep_ == "ROOT":
        return None  # "Recall that ..." speaks to the reader
    implied = None
    if who is not None and who.pos_ == "DET" and who.lower_ == "the":
        who = None
    if who is None and not passive:
        behind = inverted_subject(token) if token.tag_ in {"VBD", "VBZ", "VBP"} and _closes_what_is_said(token) else None
        if behind is not None and can_speak(behind):
            who = behind
    if who is None and not passive:
        implied = implied_subject(token)
        if token.tag_ == "VBN" or (implied is None and token.dep_ not in {"ROOT", "ccomp", "conj"}):
            return None
    speaker = who or implied
    if speaker is not None and (cue.needs_speaker or lemma in {"report", "claim", "add"}) and not can_speak(speaker):
        return None
    if speaker is not None and speaker.lower_ in {"i", "we", "you"}:
        return None
    content = _content(token, cue, who, passive)
    if not content and passive and who is not None:
        content = _sentence_before(token)
    if not content:
        return None
    saying = Saying(
        [paragraph.offsets(r[0], r[-1]) for r in content],
        [paragraph.offsets(*_cue_tokens(token))],
        act=cue.act,
        lemma=lemma,
        negated=any(c.dep_ == "neg" for c in token.children),
        tag=token.tag_,
        borrowed=who is not None and token.dep_ == "conj" and who not in token.children,
        joined_at=_joined_at(paragraph, token),
        aside=token.dep_ == "relcl" or (token.head.dep_ == "relcl" and token.dep_ in {"ccomp", "parataxis"}),
        confidence=0.55 if passive or cue.needs_speaker else 0.75,
    )
    if who is not None:
        saying.source = [_phrase(paragraph, who)]
        issuer = subject(who.head) if who.lemma_ in SAYING_NOUNS and who.dep_ == "dobj" else None
        if issuer is not None and can_speak(issuer):
            saying.antecedent = _phrase(paragraph, issuer)
    elif implied is not None:
        saying.antecedent = _phrase(paragraph, implied)
        saying.confidence -= 0.1
    _chain(paragraph, token, saying, who)
    _address(paragraph, token, cue, saying)
    if "as" in cue.frames and saying.act is None:
        said = {t.lemma_.lower() for r in content for t in r}
        saying.act = "blame" if said & NEGATIVE else None
    return saying


def _closes_what_is_said(verb: Token) -> bool:
    """Whether the cue comes right after a comma, dash or quotation mark, as in '"...", added the minister'."""
    before = next((verb.doc[i] for i in range(verb.i - 1, -1, -1) if not verb.doc[i].is_space), None)
    return before is not None and before.text in {",", '"', "'", "—", "–", "-", "''"}


def _joined_at(paragraph: Paragraph, verb: Token) -> int:
    """Offset of the comma or dash before ", and asks": where what the first verb says ends. -1 where the verb is not joined so."""
    doc, i = verb.doc, verb.i - 1
    while i > verb.sent.start and doc[i].pos_ == "ADV":
        i -= 1
    if i - 1 > verb.sent.start and doc[i].lower_ in {"and", "but"} and doc[i - 1].text in {",", "—", "–", "-", ";"}:
        end = doc[i - 2] if not doc[i - 2].is_space else doc[i - 3]
        return paragraph.end_of(end)
    return -1


def _sentence_before(verb: Token) -> list[list[Token]]:
    """ "Two bridges were hit. This was stated by the governor": what "this" stands for is the sentence before."""
    this = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if this is None or this.lower_ not in {"this", "it", "that"} or verb.sent.start == 0:
        return []
    before = trimmed(list(verb.doc[verb.sent.start - 1].sent))
    return [before] if before else []


def _phrase(paragraph: Paragraph, head: Token) -> Offsets:
    tokens = _untimed(noun_phrase(head))
    return paragraph.offsets(tokens[0], tokens[-1]) if tokens else paragraph.offsets(head, head)


def _untimed(tokens: list[Token]) -> list[Token]:
    """A speaker's phrase without the time that the parser hangs on it ("Earlier ...", "... on Tuesday", "... today")."""
    while len(tokens) > 1 and tokens[0].lower_ in {"earlier", "later", "previously", "meanwhile", "yesterday", "today"}:
        tokens = tokens[1:]
    while len(tokens) > 1 and (tokens[-1].ent_type_ in {"DATE", "TIME"} or tokens[-1].lower_ in {"on", "in", "this", "also", "earlier", "later"}):
        tokens = trimmed(tokens[:-1])
    return tokens


def _cue_tokens(verb: Token) -> tuple[Token, Token]:
    """The verb with the auxiliaries, negation and adverbs that stand right before it."""
    first = verb
    while first.i and first.nbor(-1).head == verb and first.nbor(-1).dep_ in {"aux", "auxpass", "neg"}:
        first = first.nbor(-1)
    return first, verb


def _content(verb: Token, cue: Cue, who: Token | None, passive: bool) -> list[list[Token]]:
    """The tokens said, as unbroken runs."""
    frames = cue.frames
    clause = _clause(verb)
    if "clause" in frames and clause is not None:
        return runs(_clause_tokens(verb, clause))
    if "clause" in frames and not passive:
        before = _clause_before(verb, who)
        if before:
            return [before]
    if "toll" in frames:
        return _toll(verb)
    if passive:
        return _passive(verb, frames)
    return _object(verb, frames, clause)


def _clause(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "ccomp" or (child.dep_ == "xcomp" and child.pos_ in {"VERB", "AUX"} and child.i > verb.i):
            return child
    for child in verb.children:
        # "said: the planes ..." and "said it: ..." are often tied the other way
        if child.dep_ in {"parataxis"} and child.i > verb.i and child.pos_ in {"VERB", "AUX"}:
            return child
    return None


def _clause_tokens(verb: Token, clause: Token) -> list[Token]:
    own = set(_subtree_without(verb, clause))
    tokens = [t for t in clause.subtree if t not in own]
    if clause.i < verb.i:
        # what is said stands before the cue: all of it from where the clause begins, the parser's loose ends included
        edge = min((t.i for t in own), default=verb.i)
        return [t for t in tokens if t.i < edge] or tokens
    tokens = [t for t in tokens if t.i > verb.i]
    while tokens and tokens[0].lower_ in {"that", ":", ","}:
        tokens = tokens[1:]
    return tokens


def _subtree_without(verb: Token, left_out: Token) -> Iterator[Token]:
    yield verb
    for child in verb.children:
        if child != left_out:
            yield from child.subtree


def _clause_before(verb: Token, who: Token | None) -> list[Token]:
    """What stands before a cue that closes its sentence: "Two buses were hit, the army said on Sunday." """
    doc, sentence = verb.doc, verb.sent
    edge = verb.i
    if who is not None and who.i < verb.i:
        edge = min(t.i for t in noun_phrase(who)) if noun_phrase(who) else who.i
    while edge > sentence.start and doc[edge - 1].is_space:
        edge -= 1
    before = doc[edge - 1] if edge > sentence.start else None
    if before is None or before.text not in {",", "”", '"', "—", "–", "’", "''", "»"}:
        return []
    start = edge - 1
    while start > sentence.start and doc[start - 1].text != ";":
        start -= 1
    tokens = trimmed([doc[i] for i in range(start, edge)])
    return tokens if any(t.pos_ in {"VERB", "AUX"} for t in tokens) or len(tokens) > 4 else []


def _right_children(verb: Token, wanted: frozenset[str] | set[str]) -> list[Token]:
    return [c for c in verb.children if c.i > verb.i and c.dep_ in wanted]


def _through(first: Token, verb: Token, parts: Sequence[Token]) -> list[list[Token]]:
    """The run from the phrase of `first` to the end of the last of `parts`."""
    start = min(t.i for t in first.subtree)
    start = max(start, verb.i + 1)
    end = max(t.i for p in parts for t in p.subtree)
    tokens = trimmed([verb.doc[i] for i in range(start, end + 1)])
    return [tokens] if tokens else []


def _object(verb: Token, frames: frozenset[str], clause: Token | None) -> list[list[Token]]:
    things = _right_children(verb, {"dobj", "oprd", "acomp", "attr", "dative"})
    preps = [c for c in _right_children(verb, {"prep"}) if c.lower_ in {"for", "of", "as", "on", "about", "with", "over", "against"}]
    if "as" in frames:
        named = [c for c in _right_children(verb, {"oprd", "acomp", "attr", "ccomp", "xcomp"})]
        as_ = [c for c in _right_children(verb, {"prep", "advcl", "mark"}) if c.lower_ == "as"]
        as_ += [g for c in things for g in c.children if g.dep_ == "prep" and g.lower_ == "as"]
        if named or as_:
            parts = [*things, *named, *as_]
            first = things[0] if things else parts[0]
            if first.lower_ in _PRONOUN_OBJECTS:
                rest = [p for p in parts if p.i > first.i]
                if rest:
                    return _through(rest[0], verb, rest)
            return _through(first, verb, parts)
        if len([c for c in things if c.dep_ == "dobj"]) == 1 and verb.lemma_.lower() == "call" and clause is None and "for" not in {p.lower_ for p in preps}:
            small = things[0]
            # "calling them dangerous": a small clause the parser read as one object
            if any(c.dep_ in {"nsubj", "poss"} for c in small.children):
                return _through(small, verb, [small])
            return []
    if "of" in frames:
        of = [c for c in preps if c.lower_ == "of"] or [g for t in things for g in t.children if g.lower_ == "of" and g.dep_ == "prep"]
        if things and of:
            return _through(things[0], verb, [*things, *of])
        return []
    if "to" in frames or ("on" in frames and any(p.lower_ == "on" for p in preps)):
        aim = _right_children(verb, {"xcomp", "ccomp", "advcl"})
        addressed = things or [p for p in preps if p.lower_ == "on"]
        if addressed and aim:
            first = addressed[0] if addressed[0].dep_ != "prep" else next(iter(addressed[0].children), addressed[0])
            return _through(first, verb, [*addressed, *aim])
        if verb.lemma_.lower() == "ask" and clause is not None:
            return runs(clause.subtree)
    if "for" in frames:
        for_ = [c for c in preps if c.lower_ == "for"]
        if for_ and (verb.lemma_.lower() in {"call", "appeal", "press", "ask", "apologize", "apologise"} or things):
            first = things[0] if things and "thing" not in frames and verb.lemma_.lower() in {"blame", "fault"} else next(iter(for_[0].children), for_[0])
            return _through(first, verb, [*things, *for_])
        if verb.lemma_.lower() in {"blame", "fault"} and things:
            return _through(things[0], verb, [*things, *preps])
    if "on" in frames and verb.lemma_.lower() == "insist":
        on = [c for c in preps if c.lower_ == "on"]
        if on:
            return _through(next(iter(on[0].children), on[0]), verb, on)
    if "thing" in frames:
        parts = [*things, *[c for c in preps if things], *_right_children(verb, {"xcomp", "ccomp"})]
        if parts and not (len(parts) == 1 and parts[0].pos_ == "PRON"):
            return _through(parts[0], verb, parts)
    return []


def _passive(verb: Token, frames: frozenset[str]) -> list[list[Token]]:
    """ "The army was accused of firing", "the raid was condemned by ..." """
    victim = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if victim is None or victim.pos_ == "PRON" and victim.lower_ == "it":
        return []
    parts = [c for c in _right_children(verb, {"prep", "xcomp", "oprd"}) if c.dep_ != "prep" or c.lower_ in {"of", "for", "as"}]
    phrase = noun_phrase(victim)
    if not parts and "thing" not in frames:
        return []
    return runs([*phrase, *[t for p in parts for t in p.subtree]])


def _toll(verb: Token) -> list[list[Token]]:
    """ "put the death toll at 62", "counts more than 500 civilians killed", "gives at least 112 dead": with a number only."""
    things = _right_children(verb, {"dobj", "ccomp", "nsubj"})
    if not things:
        return []
    at = [c for c in _right_children(verb, {"prep"}) if c.lower_ in {"at", "to"}]
    at += [g for t in things for g in t.children if g.lower_ in {"at", "to"} and g.dep_ == "prep"]
    parts = [*things, *at]
    tokens = [t for p in parts for t in p.subtree]
    lemmas = {t.lemma_.lower() for t in tokens} | {t.lower_ for t in tokens}
    if not any(t.like_num for t in tokens) or not lemmas & _TOLL_NOUNS:
        return []
    if verb.lemma_ in {"put", "place"} and not at:
        return []
    conj = [c for c in verb.children if c.dep_ == "conj" and c.pos_ not in {"VERB", "AUX"}]
    return _through(things[0], verb, [*parts, *conj])


def _offered(paragraph: Paragraph, verb: Token) -> Saying | None:
    """ "offered condolences", "expressed outrage", "claimed responsibility", "puts most of the blame on": a verb of giving with a noun of saying."""
    thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
    noun = thing
    if thing is not None and thing.lemma_ in {"most", "much", "some", "part"}:
        noun = next((g for of in thing.children if of.dep_ == "prep" for g in of.children if g.dep_ == "pobj"), thing)
    if thing is None or noun is None or noun.lemma_.lower() not in OFFERED:
        return None
    who = subject(verb)
    implied = None if who is not None else implied_subject(verb)
    if (who or implied) is None or not can_speak(who or implied):
        return None
    if verb.lemma_ == "claim" and noun.lemma_ != "responsibility":
        return None
    on = [c for c in _right_children(verb, {"prep", "dative"})]
    if noun.lemma_ == "concern" and not on:
        return None
    content = _through(thing, verb, [thing, *on])
    saying = Saying([paragraph.offsets(r[0], r[-1]) for r in content], [paragraph.offsets(*_cue_tokens(verb))], lemma=verb.lemma_.lower(), confidence=0.6)
    saying.act = "denial" if verb.lemma_ == "deny" else OFFERED[noun.lemma_.lower()]  # type: ignore[assignment]
    if who is not None:
        saying.source = [_phrase(paragraph, who)]
    elif implied is not None:
        saying.antecedent = _phrase(paragraph, implied)
    blamed = next((g for c in on if c.lower_ == "on" for g in c.children if g.dep_ == "pobj"), None)
    if saying.act == "blame" and blamed is not None:
        saying.about = _phrase(paragraph, blamed)
    return saying if content else None


def _aside(paragraph: Paragraph, token: Token) -> Saying | None:
    """ "the raid, which the army claims was unintentional": the parser takes the cue for a noun, the army's claims."""
    cue = CUES.get(token.lower_.removesuffix("s"))
    name = next((c for c in token.children if c.dep_ in {"compound", "nmod"} and can_speak(c)), None)
    if cue is None or "clause" not in cue.frames or name is None:
        return None
    content = trimmed([t for t in token.head.subtree if t.i > token.i])
    first = next((c for c in token.children if c.dep_ == "det"), name)
    if not content or content[0].pos_ not in {"AUX", "VERB"}:
        return None
    at = paragraph.offsets
    return Saying([at(content[0], content[-1])], [at(token, token)], [at(first, token.nbor(-1))], lemma=token.lower_.removesuffix("s"), aside=True)


def _according(paragraph: Paragraph, token: Token) -> Saying | None:
    """ "..., according to the monitor": the clause it hangs on, without it."""
    to = token.nbor()
    who = next((c for c in to.children if c.dep_ == "pobj"), None) or next((c for c in token.children if c.dep_ == "pobj"), None)
    if who is None or who.tag_ in {"WDT", "WP"}:
        return None
    sentence = token.sent
    phrase = _without_the_main_clause(noun_phrase(who), token)
    inner = _inner_cue(noun_phrase(who), phrase, token)
    if inner is not None:
        speaker, verb = inner
        said = trimmed([t for t in verb.doc[verb.i + 1 : sentence.end] if not t.is_space])
        said = said[1:] if said and said[0].text in {":", "that"} else said
        if said and can_speak(speaker):
            first, last_said = trimmed(said)[0], trimmed(said)[-1]
            return Saying(
                [paragraph.offsets(first, last_said)],
                [paragraph.offsets(verb, verb)],
                [_phrase(paragraph, speaker)],
                [paragraph.offsets(phrase[0], phrase[-1])],
                lemma=verb.lemma_.lower(),
                act=CUES[verb.lemma_.lower()].act,
                confidence=0.7,
            )
    own = {t.i for t in phrase} | {token.i, to.i}
    last = max(own)
    # an apposition or relative clause behind the name still belongs to it
    while last + 1 < sentence.end and any(a == who for a in token.doc[last + 1].ancestors):
        last += 1
    doc = token.doc
    before = [doc[i] for i in range(sentence.start, token.i)]
    after = [doc[i] for i in range(last + 1, sentence.end)]
    start = max((t.i + 1 for t in before if t.text == ";"), default=sentence.start)
    before = trimmed([t for t in before if t.i >= start])
    after = trimmed(after)
    content = before if len(before) > 2 else after
    if len(before) > 2 and len(after) > 2 and before[-1].i + 1 < token.i - 1:
        content = before
    if not content:
        return None
    saying = Saying(
        [paragraph.offsets(content[0], content[-1])],
        [paragraph.offsets(token, to)],
        [paragraph.offsets(phrase[0], phrase[-1])],
        lemma="according",
        sentence_start=paragraph.start_of(sentence[0]),
        confidence=0.75,
    )
    return saying


def _without_the_main_clause(phrase: list[Token], according: Token) -> list[Token]:
    """Cuts "According to the agency, the minister said" at its comma, where the parser took the minister for an apposition
    and left the verb behind without a subject."""
    comma = next((k for k, t in enumerate(phrase) if t.text == ","), None)
    if comma is None or according.i != according.sent.start:
        return phrase
    rest = phrase[-1].i + 1
    following = next((t for t in according.doc[rest : according.sent.end] if not t.is_punct and not t.is_space), None)
    if following is not None and following.pos_ in {"VERB", "AUX"} and following.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
        return phrase[:comma]
    return phrase


def _inner_cue(whole: list[Token], phrase: list[Token], according: Token) -> tuple[Token, Token] | None:
    """The speaker and verb that `_without_the_main_clause` cut free, None where it cut nothing or no verb of saying follows."""
    if len(whole) == len(phrase):
        return None
    rest = [t for t in whole if t.i > phrase[-1].i and t.pos_ in {"NOUN", "PROPN"}]
    speaker = next((t for t in rest if t.dep_ in {"appos", "conj", "pobj"} and t.ent_type_ not in {"DATE", "TIME"}), None)
    verb = next((t for t in according.doc[whole[-1].i + 1 : according.sent.end] if t.pos_ in {"VERB", "AUX"}), None)
    return (speaker, verb) if speaker is not None and verb is not None and verb.lemma_.lower() in CUES else None


def _chain(paragraph: Paragraph, verb: Token, saying: Saying, who: Token | None) -> None:
    """Through whom it came: "told CNN", "Interfax, citing the ministry, reported", "quoted him as saying"."""
    if verb.lemma_ == "tell":
        for child in verb.children:
            if child.dep_ in {"dobj", "dative"} and is_outlet(child):
                saying.via.append(_phrase(paragraph, child))
    if verb.lemma_ in CITING and who is not None:
        quoted = next((c for c in verb.children if c.dep_ == "dobj"), None)
        said = next((g for c in verb.children if c.lower_ == "as" for g in [c, *c.subtree] if g.lemma_ in {"say", "tell"}), None)
        if quoted is not None and said is not None and can_speak(quoted):
            saying.via.append(_phrase(paragraph, who))
            saying.source = [_phrase(paragraph, quoted)]
        return
    handing = [c for c in verb.children if c.dep_ in {"advcl", "acl", "prep"}]
    if who is not None:
        handing += [c for c in who.children if c.dep_ in {"acl", "advcl", "relcl"}]
    for child in handing:
        if child.lemma_ in CITING and child.tag_ in {"VBG"}:
            first = next((g for g in child.subtree if g.dep_ in {"dobj", "pobj"} and can_speak(g)), None)
            inner = next((g for g in child.subtree if g.pos_ == "PROPN" and g.dep_ in {"dobj", "pobj", "compound", "appos", "nmod"}), first)
            if inner is not None and who is not None and inner != who:
                saying.via.append(_phrase(paragraph, who))
                saying.source = [_phrase(paragraph, inner)]
            return


def _address(paragraph: Paragraph, verb: Token, cue: Cue, saying: Saying) -> None:
    """Whom an accusation or a demand is about."""
    if cue.act in {"blame", "demand"} or "as" in cue.frames:
        passive = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
        thing = passive or next((c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.i > verb.i), None)
        on = next((g for c in verb.children if c.dep_ == "prep" and c.lower_ in {"on", "against"} for g in c.children if g.dep_ == "pobj"), None)
        if verb.lemma_ in {"call", "demand"} and on is not None:
            saying.about = _phrase(paragraph, on)
        elif thing is not None:
            owner = next((c for c in thing.children if c.dep_ == "poss"), None)
            saying.about = _phrase(paragraph, owner or thing)


# --- nesting, quotations, form ------------------------------------------------------------------------------------


def _unnested(sayings: list[Saying]) -> list[Saying]:
    """One saying inside another: where it is nearly all the other says, the outer one is the chain through which it came;
    where both say the same words ("according to IRNA, the spokesman said ..."), likewise; else the outer one stands."""
    kept: list[Saying] = []
    by_size = sorted(sayings, key=lambda s: (-sum(b - a for a, b in s.content), s.start))
    for saying in by_size:
        outer = next((k for k in kept if all(k.covers(c) > 0.8 for c in saying.cue) and k is not saying), None)
        if outer is None:
            kept.append(saying)
            continue
        share = sum(b - a for a, b in saying.content) / max(1, sum(b - a for a, b in outer.content))
        if (not saying.source or saying.borrowed) and 0 <= saying.joined_at and saying.tag == outer.tag and outer.content[-1][0] < saying.joined_at < outer.content[-1][1]:
            # "questions why ..., and asks whether ...": the second verb is the same speaker's
            outer.content[-1] = (outer.content[-1][0], saying.joined_at)
            saying.source, saying.antecedent, saying.via = list(outer.source), outer.antecedent, list(outer.via)
            kept.append(saying)
            continue
        if not saying.source or not outer.source or saying.source == outer.source:
            continue
        if share > 0.6 or (outer.lemma == "according" and outer.cue[0][0] == outer.sentence_start):
            saying.via = [*outer.via, *outer.source, *saying.via]
            kept[kept.index(outer)] = saying
        elif saying.aside:
            kept.append(saying)
    return kept


def _with_quotations(
    text: str, paragraph: Paragraph, sayings: list[Saying], speech: Sequence[Quotation], previous: Saying | None, open_quotation: bool
) -> list[Saying]:
    """Gives every quotation that no saying holds to the cue beside it, or to whoever spoke last."""
    for quotation in speech:
        if any(s.covers(quotation.span) > 0.5 for s in sayings):
            continue
        part_of = next((s for s in sayings if any(quotation.span[0] < b and quotation.span[1] > a for a, b in s.content)), None)
        near = part_of or _cue_beside(text, paragraph, sayings, quotation) or _bare_cue(paragraph, quotation)
        if near is not None:
            if near not in sayings:
                sayings.append(near)
            near.content = sorted({*near.content, quotation.span})
            continue
        first = not text[paragraph.span[0] : quotation.span[0]].strip()
        said_before = max((s for s in sayings if s.start < quotation.span[0]), key=lambda s: s.start, default=None)
        last = said_before or previous
        saying = Saying([quotation.span], [], lemma="", confidence=0.6 if open_quotation and first else 0.45)
        whole = quotation.span[1] - quotation.span[0] > 0.6 * (paragraph.span[1] - paragraph.span[0])
        if last is None or not (whole or first or said_before):
            continue
        saying.antecedent = (last.source or ([last.antecedent] if last.antecedent else []) or [None])[0]  # type: ignore[assignment, list-item]
        saying.via = list(last.via)
        if saying.antecedent is not None:
            sayings.append(saying)
    return sayings


def _cue_beside(text: str, paragraph: Paragraph, sayings: Sequence[Saying], quotation: Quotation) -> Saying | None:
    """The saying whose cue stands right before or behind the quotation, with nothing but its source and small words between."""
    for saying in sayings:
        for start, end in saying.cue:
            if end <= quotation.span[0] and _close(text[end : quotation.span[0]]):
                return saying
            around = [start, *[a for a, _ in saying.source]]
            if min(around) >= quotation.span[1] and _close(text[quotation.span[1] : min(around)]):
                return saying
    return None


def _close(between: str) -> bool:
    return len(between.split()) <= 6 and not any(c in between for c in ".;\n")


def _bare_cue(paragraph: Paragraph, quotation: Quotation) -> Saying | None:
    """A cue that found no content in the parse, beside the quotation: `"...", the statement reads`."""
    doc = paragraph.doc
    best: tuple[int, Token] | None = None
    for token in doc:
        cue = CUES.get(token.lemma_.lower())
        at = paragraph.start_of(token)
        if cue is None or token.pos_ not in {"VERB", "AUX"} or quotation.holds(at) or not {"clause", "as"} & cue.frames:
            continue
        behind = at - quotation.span[1]
        ahead = quotation.span[0] - at
        gap = behind if behind >= 0 else ahead
        # a cue in the same sentence or right before a colon; 80 code points hold a name, a title and an adverb
        if 0 <= gap <= 80 and (best is None or gap < best[0]):
            best = (gap, token)
    if best is None:
        return None
    token = best[1]
    who = subject(token)
    saying = Saying([], [paragraph.offsets(*_cue_tokens(token))], lemma=token.lemma_.lower(), act=CUES[token.lemma_.lower()].act, confidence=0.7)
    if who is None:
        behind = inverted_subject(token)
        who = behind if behind is not None and can_speak(behind) and _closes_what_is_said(token) else None
    if who is not None:
        saying.source = [_phrase(paragraph, who)]
        _chain(paragraph, token, saying, who)
    else:
        implied = implied_subject(token)
        saying.antecedent = _phrase(paragraph, implied) if implied is not None else None
    return saying


def _whole_quotations(text: str, content: list[Offsets], quotations: Sequence[Quotation]) -> list[Offsets]:
    """Content that ends inside a quotation takes all of it with its marks; pieces that touch are joined."""
    pieces: list[Offsets] = []
    for start, end in sorted(content):
        for quotation in quotations:
            a, b = quotation.span
            if start < b and end > a and min(end, b) - max(start, a) > 0.3 * (b - a):
                start, end = min(start, a), max(end, b)
        if pieces and not any(c.isalnum() for c in text[pieces[-1][1] : start]):
            pieces[-1] = (pieces[-1][0], max(pieces[-1][1], end))
        else:
            pieces.append((start, end))
    return pieces


def _form(content: Sequence[Offsets], quotations: Sequence[Quotation]) -> Form:
    total = sum(b - a for a, b in content)
    quoted = sum(max(0, min(b, q.span[1]) - max(a, q.span[0])) for a, b in content for q in quotations)
    if quoted >= 0.9 * total:
        return "direct"
    return "mixed" if quoted else "indirect"


__all__ = ["SAYING_NOUNS", "Saying", "find_sayings"]
