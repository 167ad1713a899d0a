"""Turn bytes into text, in an encoding that Python names and that gives the same characters again."""

from __future__ import annotations

import codecs
import re

from counterclaim.errors import NotText

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META_CHARSET = re.compile(rb"""<(?:meta|\?xml)\b[^>]{0,300}?\b(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
# Pages that say the left mean the right: the Encoding Standard of the web (encoding.spec.whatwg.org) reads them so.
_MEANT = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
}  # fmt: skip
# What a guess may choose from: encodings that reports were written in before UTF-8. Left open, the guess for a short
# English text with curly quotes is as often a code page of DOS or of an old Macintosh.
_GUESSES = [
    "cp1252", "cp1256", "cp1251", "cp1255", "cp1250", "cp1253", "cp1254", "koi8_r", "gb18030", "big5", "cp932", "euc_jp", "cp949",
]  # fmt: skip
_GUESS_FROM = 100_000
"""Bytes a guess is made from: more changes nothing and costs seconds on a long file."""
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\x0b\x0c\r\x1b")
_RUBBISH = re.compile("[\ufffd\x00\ue000-\uf8ff]")
_MOST_CONTROLS = 0.005
"""Share of control characters above which bytes are no text: random bytes hold 11 %, 5,000 news texts of three sets none."""
# Curly quotes, dashes, ellipsis, euro, trade mark and the accented letters of western Europe, as cp1252 writes them.
_WESTERN = re.compile(rb"[\x20-\x7e\s\x80\x82\x84\x85\x8b\x91-\x97\x99\x9b\xa0\xa3\xa9\xab\xae\xb0\xb7\xbb-\xbe\xbf\xc0-\xff]*")


def decode(data: bytes, source: str, *, html: bool = False, charset: str | None = None) -> tuple[str, str]:
    """The text in `data` and the Python codec that gives it: `decoded(data, encoding)` is that text again.

    `charset` is what the server said that sent it. Tried in turn: a byte order mark, UTF-16 without one, the server's word,
    UTF-8 (text of other encodings is next to never valid UTF-8, so it goes before what a page says of itself), the page's own
    `charset` where `html`, UTF-8 with a few damaged characters, Windows western, charset-normalizer's guess. Raises NotText
    naming `source` where a tenth of that is no text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(decoded(data, encoding), source), encoding
    sixteen = _sixteen_bit(data)
    if sixteen:
        return _checked(decoded(data, sixteen), source), sixteen
    if len(data.translate(None, _CONTROLS)) < len(data) * (1 - _MOST_CONTROLS):
        raise _not_text(source)
    # An escape and "$" are how ISO-2022 pages switch to Japanese letters, in bytes that are all ASCII.
    plain = _strict(data, "utf-8") and b"\x1b$" not in data
    found = _sent_as(data, charset, plain) or ("utf-8" if plain else _legacy(data, html))
    return _checked(decoded(data, found), source), found


def decoded(data: bytes, encoding: str) -> str:
    """`data` read in `encoding`; bytes that do not fit become U+FFFD, so that offsets stay the same at every reading."""
    return data.decode(encoding, errors="replace")


def _sent_as(data: bytes, charset: str | None, plain: bool) -> str | None:
    """The codec that the server names, where the bytes fit it; browsers go by it before all that the page says.

    Not where it says western and the bytes are good UTF-8: that is what servers say that were never told.
    """
    name = _codec(charset) if charset else None
    if name is None or (name == "cp1252" and plain):
        return None
    # a page may have been cut or hold a stray byte; one letter in a thousand still leaves no doubt
    return name if decoded(data, name).count("\ufffd") <= len(data) // 1000 else None


def _legacy(data: bytes, html: bool) -> str:
    said = _META_CHARSET.search(data[:4096]) if html else None
    if said:
        name = _codec(said[1].decode("ascii", "replace"))
        if name and _strict(data, name):
            return name
    if _damaged_utf8(data):
        return "utf-8"
    foreign = len(re.findall(rb"[\x80-\xff]", data[:_GUESS_FROM]))
    letters = len(re.findall(rb"[A-Za-z]", data[:_GUESS_FROM]))
    # Plain letters with a sprinkle of western signs: French and German sentences have 3 to 12 of them to a hundred letters,
    # other scripts more than a hundred.
    if letters and foreign <= 0.2 * letters and _WESTERN.fullmatch(data):
        return "cp1252"
    return _guess(data)


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_GUESS_FROM], cp_isolation=_GUESSES, enable_fallback=False).best()
    return best.encoding if best else "utf-8"


def _codec(name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return None if found.startswith(("utf-16", "utf-32")) else _MEANT.get(found, found)


def _strict(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _damaged_utf8(data: bytes) -> bool:
    """Whether this is UTF-8 but for a few bytes: twice as many whole characters beyond ASCII as broken ones. Bytes of other
    encodings make a whole one by chance only."""
    text = decoded(data, "utf-8")
    broken = text.count("\ufffd")
    return len(text) - len(text.encode("ascii", "ignore")) - broken > 2 * broken


def _sixteen_bit(data: bytes) -> str | None:
    """UTF-16 without a mark: the high bytes of its spaces and line ends are zero, on one side of the pairs only."""
    head = data[:4096]
    if len(data) % 2 or len(head) < 4:
        return None
    zeros_low, zeros_high = head[0::2].count(0), head[1::2].count(0)
    pairs = len(head) // 2
    for one, other, encoding in ((zeros_high, zeros_low, "utf-16-le"), (zeros_low, zeros_high, "utf-16-be")):
        # One word in ten characters or so is parted by a space, whatever the script; 5 % leaves room for long words.
        if one >= 0.05 * pairs and other <= 0.01 * pairs and _strict(data, encoding):
            return encoding
    return None


def _checked(text: str, source: str) -> str:
    sample = text[:_GUESS_FROM]
    if len(_RUBBISH.findall(sample)) > 0.1 * len(sample):
        raise _not_text(source)
    return text


def _not_text(source: str) -> NotText:
    remedy = "open it in the program it came from and save it as UTF-8 text"
    return NotText(source, "these bytes are no text in any known encoding", remedy)
