"""One cue and what hangs on it: who speaks, what is said, through whom it came, whom it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from counterclaim.reading.cues import CITING, CUES, MENTAL, NEGATIVE, OFFERED, OFFERING, SAYING_NOUNS, Cue
from counterclaim.reading.document import Paragraph
from counterclaim.reading.frames import closes_what_is_said, content_of, joined_at, right_children, sentence_before, through
from counterclaim.reading.phrases import implied_subject, inverted_subject, noun_phrase, subject, trimmed
from counterclaim.reading.quotations import Quotation
from counterclaim.reading.sayings import Saying
from counterclaim.reading.speakers import can_speak, is_outlet
from counterclaim.records import Offsets

if TYPE_CHECKING:
    from spacy.tokens import Token


def saying_at(paragraph: Paragraph, token: Token, speech: Sequence[Quotation]) -> Saying | None:
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
    if token.dep_ == "pcomp" and token.head.lower_ == "as" and token.head.head.lemma_ == "quote":
        return _quoted_as_saying(paragraph, token)
    if lemma in OFFERING:
        offered = _offered(paragraph, token)
        if offered is not None:
            return offered
    cue = CUES.get(lemma)
    if lemma in CITING and token.tag_ == "VBG":
        return None  # "citing the ministry" is how another cue came by its words
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
        behind = inverted_subject(token) if token.tag_ in {"VBD", "VBZ", "VBP"} and closes_what_is_said(token) else None
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
    content = content_of(token, cue, who, passive)
    if not content and passive and who is not None:
        content = sentence_before(token)
    if not content:
        return None
    saying = Saying(
        [paragraph.offsets(r[0], r[-1]) for r in content],
        [paragraph.offsets(*cue_tokens(token))],
        act=cue.act,
        lemma=lemma,
        negated=any(c.dep_ == "neg" for c in token.children),
        tag=token.tag_,
        borrowed=who is not None and token.dep_ == "conj" and who not in token.children,
        joined_at=joined_at(paragraph, token),
        aside=token.dep_ == "relcl" or (token.head.dep_ == "relcl" and token.dep_ in {"ccomp", "parataxis"}),
        confidence=0.55 if passive or cue.needs_speaker else 0.75,
    )
    if who is not None:
        saying.source = [phrase_of(paragraph, who)]
        issuer = subject(who.head) if who.lemma_ in SAYING_NOUNS and who.dep_ == "dobj" else None
        if issuer is not None and can_speak(issuer):
            saying.antecedent = phrase_of(paragraph, issuer)
    elif implied is not None:
        saying.antecedent = phrase_of(paragraph, implied)
        saying.confidence -= 0.1
    follow_chain(paragraph, token, saying, who)
    _address(paragraph, token, cue, saying)
    if lemma in {"call", "ask"} and saying.act is None and _asks_for(token):
        saying.act = "demand"
    if "as" in cue.frames and saying.act is None:
        said = {t.lemma_.lower() for r in content for t in r}
        saying.act = "blame" if said & NEGATIVE else None
    return saying


def _asks_for(verb: Token) -> bool:
    """ "called for a truce", "asked them to stop", and not "called it a crime" or "asked why"."""
    if any(c.dep_ == "prep" and c.lower_ in {"for", "on"} for c in verb.children):
        return True
    return verb.lemma_ == "ask" and any(
        c.dep_ == "xcomp" or (c.dep_ == "ccomp" and any(g.lower_ == "to" for g in c.children)) for c in verb.children
    )


def _quoted_as_saying(paragraph: Paragraph, saying: Token) -> Saying | None:
    """ "The agency quoted the marshal as saying that ...", "the marshal was quoted as saying ... by the agency"."""
    quote = saying.head.head
    clause = next((c for c in saying.children if c.dep_ == "ccomp"), None)
    passive = next((c for c in quote.children if c.dep_ == "nsubjpass"), None)
    who = passive or next((c for c in quote.children if c.dep_ == "dobj"), None)
    through = subject(quote)
    if who is None or clause is None:
        return None
    content = [t for t in clause.subtree if not (t == clause.left_edge and t.lower_ == "that")]
    kept = trimmed(content)
    at = paragraph.offsets
    return Saying(
        [at(kept[0], kept[-1])],
        [at(quote, quote), at(saying.head, saying)],
        [phrase_of(paragraph, who)],
        [phrase_of(paragraph, through)] if through is not None else [],
        lemma="say",
        confidence=0.75,
    )


def phrase_of(paragraph: Paragraph, head: Token) -> Offsets:
    tokens = _untimed(noun_phrase(head))
    return paragraph.offsets(tokens[0], tokens[-1]) if tokens else paragraph.offsets(head, head)


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
    on = [c for c in right_children(verb, {"prep", "dative"})]
    if noun.lemma_ == "concern" and not on:
        return None
    content = through(thing, verb, [thing, *on])
    saying = Saying(
        [paragraph.offsets(r[0], r[-1]) for r in content],
        [paragraph.offsets(*cue_tokens(verb))],
        lemma=verb.lemma_.lower(),
        confidence=0.6,
    )
    saying.act = "denial" if verb.lemma_ == "deny" else OFFERED[noun.lemma_.lower()]  # type: ignore[assignment]
    if who is not None:
        saying.source = [phrase_of(paragraph, who)]
    elif implied is not None:
        saying.antecedent = phrase_of(paragraph, implied)
    blamed = next((g for c in on if c.lower_ == "on" for g in c.children if g.dep_ == "pobj"), None)
    if saying.act == "blame" and blamed is not None:
        saying.about = phrase_of(paragraph, blamed)
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
    return Saying(
        [at(content[0], content[-1])],
        [at(token, token)],
        [at(first, token.nbor(-1))],
        lemma=token.lower_.removesuffix("s"),
        aside=True,
    )


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
                [phrase_of(paragraph, speaker)],
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


def follow_chain(paragraph: Paragraph, verb: Token, saying: Saying, who: Token | None) -> None:
    """Through whom it came: "told CNN", "Interfax, citing the ministry, reported"."""
    if verb.lemma_ == "tell":
        for child in verb.children:
            if child.dep_ in {"dobj", "dative"} and is_outlet(child):
                saying.via.append(phrase_of(paragraph, child))
    handing = [c for c in verb.children if c.dep_ in {"advcl", "acl", "prep"}]
    if who is not None:
        handing += [c for c in who.children if c.dep_ in {"acl", "advcl", "relcl"}]
    for child in handing:
        if child.lemma_ in CITING and child.tag_ in {"VBG"}:
            first = _handed_over(child)
            if first is not None and who is not None and first != who:
                saying.via.append(phrase_of(paragraph, who))
                saying.source = [phrase_of(paragraph, first)]
            return


def _handed_over(citing: Token) -> Token | None:
    """Whose words are cited: the object, or behind "the words of", "a statement by", the name in it."""
    named = next((g for g in citing.subtree if g.dep_ in {"dobj", "pobj"}), None)
    if named is not None and (named.lemma_.lower() in SAYING_NOUNS or named.lemma_.lower() in {"word", "source"}):
        inner = next(
            (g for g in named.subtree if g != named and g.pos_ == "PROPN" and g.dep_ in {"pobj", "appos", "poss", "nmod"}), None
        )
        return inner or named
    return named if can_speak(named) else None


def _address(paragraph: Paragraph, verb: Token, cue: Cue, saying: Saying) -> None:
    """Whom an accusation or a demand is about."""
    if cue.act in {"blame", "demand"} or "as" in cue.frames:
        passive = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
        thing = passive or next((c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.i > verb.i), None)
        on = next(
            (
                g
                for c in verb.children
                if c.dep_ == "prep" and c.lower_ in {"on", "against"}
                for g in c.children
                if g.dep_ == "pobj"
            ),
            None,
        )
        if verb.lemma_ in {"call", "demand"} and on is not None:
            saying.about = phrase_of(paragraph, on)
        elif thing is not None:
            owner = next((c for c in thing.children if c.dep_ == "poss"), None)
            saying.about = phrase_of(paragraph, owner or thing)
