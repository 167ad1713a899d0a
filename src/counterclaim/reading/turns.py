"""Turns of phrase for saying that are no plain verb with a clause: "according to", "quoted as saying", "X's count"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counterclaim.reading.cues import CUES, OFFERED, OFFERING
from counterclaim.reading.document import Paragraph
from counterclaim.reading.frames import content_of, right_children, through
from counterclaim.reading.phrases import cue_tokens, implied_subject, noun_phrase, phrase_of, subject, trimmed
from counterclaim.reading.sayings import Saying
from counterclaim.reading.speakers import can_speak

if TYPE_CHECKING:
    from spacy.tokens import Token

    from counterclaim.records import Offsets

_ACCOUNTS = frozenset("count total tally toll figure number estimate version account".split())
"""Nouns that, owned by a speaker, say what follows ("the monitor's count is 101", "the army's version is a stampede")."""

_AS = frozenset({"saying", "reporting", "telling", "stating", "putting", "declaring", "confirming"})
"""Participles behind "quoted ... as"."""

_ALLEGATIONS = frozenset(
    "claim report allegation accusation account assertion testimony suggestion complaint warning view statement finding "
    "message assurance announcement word".split()
)
"""Nouns that take what is said as a clause ("claims from witnesses that ...")."""


def special_saying(paragraph: Paragraph, token: Token) -> Saying | None:
    """The saying that `token` opens in one of these turns, None where it opens none."""
    lemma, word = token.lemma_.lower(), token.lower_
    if word == "according" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to":
        return according_to(paragraph, token, token.nbor())
    if word == "as" and token.i + 2 < len(token.doc) and token.nbor(2).lower_ == "by" and token.nbor().lemma_.lower() in CUES:
        return according_to(paragraph, token, token.nbor(2))
    if token.tag_ == "NNS" and token.dep_ == "nsubj" and token.head.dep_ == "relcl":
        return claimed_in_passing(paragraph, token)
    if word in _AS and token.i and token.nbor(-1).lower_ == "as":
        return quoted_as_saying(paragraph, token)
    if lemma in _ACCOUNTS and token.pos_ in {"NOUN", "ADJ"}:
        return owned_account(paragraph, token)
    if lemma in _ALLEGATIONS and token.pos_ == "NOUN":
        return alleged(paragraph, token)
    if lemma in {"tell", "speak", "warn"} and token.pos_ == "VERB":
        return spoken_of(paragraph, token)
    return offered(paragraph, token) if lemma in OFFERING and token.pos_ == "VERB" else None


def owned_account(paragraph: Paragraph, noun: Token) -> Saying | None:
    """ "The ministry's total stands at 30,000", "by the monitor's count 116 people have died"."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is None:
        # the parser hangs the owner on the noun counted: "the Observatory's count 116 civilians"
        owner = next((c for c in noun.head.children if c.dep_ == "poss" and c.i < noun.i and noun.i - c.i <= 2), None)
    if owner is None or not can_speak(owner):
        return None
    verb = noun.head if noun.dep_ == "nsubj" else None
    sentence = noun.sent
    if verb is not None and verb.lemma_ in {"be", "stand", "put", "reach", "have", "give"}:
        end = max(t.i for t in verb.subtree)
        content = trimmed([noun.doc[i] for i in range(verb.i + 1, end + 1)])
    elif owner.i - 1 >= sentence.start and any(t.lower_ == "by" for t in noun.doc[max(sentence.start, owner.i - 3) : owner.i]):
        stop = next((t.i for t in noun.doc[noun.i + 1 : sentence.end] if t.text == ";"), sentence.end)
        content = trimmed([noun.doc[i] for i in range(noun.i + 1, stop)])
    else:
        return None
    if not content:
        return None
    at = paragraph.offsets
    return Saying(
        [at(content[0], content[-1])],
        [at(noun, noun)],
        [phrase_of(paragraph, owner)],
        lemma=noun.lemma_,
        aside=True,
    )


def alleged(paragraph: Paragraph, noun: Token) -> Saying | None:
    """ "claims from witnesses that the bridge was hit", "the ministry's allegation that ..."."""
    words = owned_words(paragraph, noun)
    if words is None or (noun.dep_ == "pobj" and noun.head.lower_ == "of"):
        return None
    return Saying(
        [words[1]],
        [paragraph.offsets(noun, noun)],
        [words[0]],
        lemma=noun.lemma_,
        aside=True,
        owned=True,
    )


def owned_words(paragraph: Paragraph, noun: Token) -> tuple[Offsets, Offsets] | None:
    """Whose words a noun of saying stands for and what they are: "the ministry's warning that ...", "a statement by officials,
    carried by the agency, that ...". None where nobody owns it or nothing follows."""
    if noun.lemma_.lower() not in _ALLEGATIONS:
        return None
    by = next((g for c in noun.children if c.lower_ in {"from", "by", "of"} for g in c.children if g.dep_ == "pobj"), None)
    who = next((c for c in noun.children if c.dep_ == "poss"), None) or by
    last = max(noun.i, who.i) if who is not None else noun.i
    that = next((t for t in noun.doc[last + 1 : min(noun.sent.end, last + _NEAR)] if t.lower_ == "that"), None)
    if who is None or that is None or not can_speak(who) or that.i + 2 >= noun.sent.end:
        return None
    between = noun.doc[last + 1 : that.i]
    if any(t.pos_ == "VERB" and t.tag_ != "VBN" for t in between) or that.dep_ not in {"mark", "nsubj", "dobj", "det"}:
        return None
    clause = that.head if that.dep_ == "mark" else None
    end = max(t.i for t in clause.subtree) if clause is not None else noun.sent.end - 1
    content = trimmed(list(noun.doc[that.i + 1 : end + 1]))
    at = paragraph.offsets
    source = at(who.left_edge, who) if who.dep_ == "poss" else phrase_of(paragraph, who)
    return (source, at(content[0], content[-1])) if content else None


_NEAR = 12
"""Words between the owner of a noun of saying and its "that": room for "..., carried by the state news agency, ..."."""


def spoken_of(paragraph: Paragraph, verb: Token) -> Saying | None:
    """ "speaks of a massacre, with 115 people killed", "told the agency of one child killed": what is said stands behind "of"."""
    told = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    near = [*verb.children, *(told.children if told is not None and verb.lemma_ == "tell" else [])]
    of = next((c for c in near if c.dep_ == "prep" and c.lower_ == "of" and c.i > verb.i), None)
    who = subject(verb)
    if of is None or who is None or not can_speak(who) or any(c.dep_ == "ccomp" for c in verb.children):
        return None
    parts = [of, *[c for c in verb.children if c.dep_ in {"prep", "xcomp"} and c.lower_ != "of" and c.i > of.i]]
    content = through(next(iter(of.children), of), verb, parts)
    saying = Saying(
        [paragraph.offsets(r[0], r[-1]) for r in content],
        [paragraph.offsets(*cue_tokens(verb))],
        [phrase_of(paragraph, who)],
        lemma="say",
        aside=verb.dep_ == "relcl",
        told=verb.dep_ == "relcl",
    )
    return saying if content else None


def offered(paragraph: Paragraph, verb: Token) -> Saying | None:
    """ "offered condolences", "claimed responsibility", "puts the blame on": a verb of giving with a noun of saying."""
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
    on = list(right_children(verb, {"prep", "dative"}))
    if noun.lemma_ == "concern" and not on:
        return None
    content = through(thing, verb, [thing, *on])
    saying = Saying(
        [paragraph.offsets(r[0], r[-1]) for r in content],
        [paragraph.offsets(*cue_tokens(verb))],
        lemma=verb.lemma_.lower(),
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


def claimed_in_passing(paragraph: Paragraph, token: Token) -> Saying | None:
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


def according_to(paragraph: Paragraph, token: Token, to: Token) -> Saying | None:
    """ "..., according to the monitor", "as noted by the mayor, ...": the clause that the phrase hangs on, without it.

    The phrase opens with `token` and its last word before the speaker is `to`.
    """
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
            )
    own = {t.i for t in phrase} | set(range(token.i, to.i + 1))
    last = max(own)
    # an apposition or relative clause behind the name still belongs to it
    while last + 1 < sentence.end and any(a == who for a in token.doc[last + 1].ancestors):
        last += 1
    doc = token.doc
    before = [doc[i] for i in range(sentence.start, token.i)]
    after = [doc[i] for i in range(last + 1, sentence.end)]
    start = max((t.i + 1 for t in before if t.text == ";" or _opens_clause(t)), default=sentence.start)
    before = trimmed([t for t in before if t.i >= start])
    after = trimmed(after)
    content = before if len(before) > 2 else after
    if len(before) > 2 and len(after) > 2 and before[-1].i + 1 < token.i - 1:
        content = before
    if not content:
        return None
    return Saying(
        [paragraph.offsets(content[0], content[-1])],
        [paragraph.offsets(token, to)],
        [paragraph.offsets(phrase[0], phrase[-1])],
        lemma="according",
        sentence_start=paragraph.start_of(sentence[0]),
    )


def _opens_clause(token: Token) -> bool:
    """Whether "and" or "while" behind a comma opens a clause with a subject of its own: what stands before is another's."""
    if token.lower_ not in {"and", "but", "while"} or not token.i or token.nbor(-1).text != ",":
        return False
    verb = next((c for c in token.head.children if c.dep_ == "conj" and c.i > token.i), None)
    return verb is not None and any(c.dep_ in {"nsubj", "nsubjpass"} and c.i > token.i for c in verb.children)


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


def quoted_as_saying(paragraph: Paragraph, saying: Token) -> Saying | None:
    """ "The agency quoted the marshal as saying that ...", "the marshal was quoted as saying ... by the agency"."""
    before = reversed(saying.doc[saying.sent.start : saying.i])
    quote = next((t for t in before if t.lemma_ in {"quote", "cite"} and t.pos_ == "VERB"), None)
    if quote is None:
        return None
    passive = next((c for c in quote.children if c.dep_ == "nsubjpass"), None)
    who = passive or next((c for c in quote.children if c.dep_ == "dobj"), None)
    between = [t for t in saying.doc[quote.i + 1 : saying.i] if t.pos_ in {"NOUN", "PROPN"} and can_speak(t)]
    who = who or next(iter(between), None)
    through = subject(quote)
    behind = [t for t in saying.subtree if t.i > saying.i and not (t.i == saying.i + 1 and t.lower_ == "that")]
    said = [trimmed(behind)] if trimmed(behind) else []
    if len(said) == 0 or len(said[0]) < 3:
        said = [[t for t in run if t.i < quote.i] for run in content_of(quote, CUES["say"], through, False)]
    pieces = [run for run in map(trimmed, said) if run]
    if who is None or not pieces:
        return None
    at = paragraph.offsets
    return Saying(
        [at(run[0], run[-1]) for run in pieces],
        [at(quote, quote), at(saying.nbor(-1), saying)],
        [phrase_of(paragraph, who)],
        [phrase_of(paragraph, through)] if through is not None else [],
        lemma="say",
    )
