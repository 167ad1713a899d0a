"""One cue and what hangs on it: who speaks, what is said, whom it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from counterclaim.reading.clauses import is_party
from counterclaim.reading.cues import CITING, CUES, MENTAL, NEGATIVE, SAYING_NOUNS, Cue
from counterclaim.reading.document import Paragraph
from counterclaim.reading.frames import closes_what_is_said, content_of, joined_at, sentence_before
from counterclaim.reading.phrases import cue_tokens, implied_subject, inverted_subject, last_subject_before, phrase_of, subject
from counterclaim.reading.quotations import Quotation
from counterclaim.reading.sayings import Saying
from counterclaim.reading.speakers import can_speak
from counterclaim.reading.turns import special_saying
from counterclaim.records import Offsets

if TYPE_CHECKING:
    from spacy.tokens import Token


def saying_at(paragraph: Paragraph, token: Token, speech: Sequence[Quotation]) -> Saying | None:
    """The saying that `token` is the cue of, None where it is none."""
    if any(q.holds(paragraph.start_of(token)) for q in speech):
        return None
    special = special_saying(paragraph, token)
    if special is not None:
        return special
    if token.pos_ not in {"VERB", "AUX"} and token.dep_ not in {"ROOT", "ccomp", "parataxis", "advcl", "relcl"}:
        return None
    lemma = token.lemma_.lower()
    cue = CUES.get(lemma)
    if lemma in CITING and (
        token.tag_ == "VBG"
        or any(t.lower_ == "as" and t.nbor().tag_ == "VBG" for t in token.doc[token.i + 1 : token.sent.end - 1])
    ):
        return None  # "citing the ministry" is how another cue came by its words; "quoted ... as saying" is read at "saying"
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
        implied = implied_subject(token) or (last_subject_before(token) if token.dep_ == "conj" else None)
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
        presupposed=_presupposes(token, cue),
        borrowed=who is not None and token.dep_ == "conj" and who not in token.children,
        joined_at=joined_at(paragraph, token),
        aside=token.dep_ == "relcl" or (token.head.dep_ == "relcl" and token.dep_ == "ccomp"),
    )
    if who is not None:
        saying.source = [phrase_of(paragraph, who)]
        issuer = subject(who.head) if who.lemma_ in SAYING_NOUNS and who.dep_ == "dobj" else None
        if issuer is not None and can_speak(issuer):
            saying.antecedent = phrase_of(paragraph, issuer)
    elif implied is not None:
        saying.antecedent = phrase_of(paragraph, implied)
    _address(paragraph, token, cue, saying)
    if lemma in {"call", "ask"} and saying.act is None and _asks_for(token):
        saying.act = "demand"
    if "as" in cue.frames and saying.act is None:
        said = {t.lemma_.lower() for r in content for t in r}
        saying.act = "blame" if said & NEGATIVE else None
    return saying


def _presupposes(verb: Token, cue: Cue) -> bool:
    """Whether the content is what the speaker speaks about and not what he says: "condemned the raid that killed nine" is no toll
    of his, "condemned them for killing nine" is."""
    return (
        cue.act == "blame"
        and cue.frames == {"thing"}
        and not any(c.dep_ == "prep" and c.lower_ in {"for", "of"} for c in verb.children)
    )


def _asks_for(verb: Token) -> bool:
    """ "called for a truce", "asked them to stop", and not "called it a crime" or "asked why"."""
    if any(c.dep_ == "prep" and c.lower_ in {"for", "on"} for c in verb.children):
        return True
    return verb.lemma_ == "ask" and any(
        c.dep_ == "xcomp" or (c.dep_ == "ccomp" and any(g.lower_ == "to" for g in c.children)) for c in verb.children
    )


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
            if owner is not None and owner.tag_ == "PRP$" and is_party(thing):
                owner = None  # "blamed her own government": not her
            saying.about = _before_the_deed(paragraph, phrase_of(paragraph, owner or thing))


def _before_the_deed(paragraph: Paragraph, about: Offsets) -> Offsets:
    """The words for the accused up to what they are accused of, which the parser may hang on them: "army snipers of shooting"."""
    tokens = paragraph.tokens(about)
    deed = next((k for k, t in enumerate(tokens) if k and t.lower_ in {"of", "for"} and t.nbor().tag_ == "VBG"), len(tokens))
    return paragraph.offsets(tokens[0], tokens[deed - 1])
