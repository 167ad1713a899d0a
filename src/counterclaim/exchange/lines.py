"""The JSON lines that `read` and `link` take and give: one text in, one line of claims out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from counterclaim.errors import EmptyInput, InputError, WrongFormat
from counterclaim.exchange.export import Export, Piece
from counterclaim.records import (
    DateMention,
    DateRange,
    Detail,
    Figure,
    IncidentMention,
    Offsets,
    Place,
    Range,
    Reading,
    Statement,
)

Scalar = str | int | float | bool | None
"""What JSON allows for an id; it comes back unchanged."""

_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9]{2}:[0-9]{2}[0-9:.,]*(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?")
_WORD = re.compile(r"[^\W_]")
_TOLLS = ("killed", "injured", "civilians_killed", "civilians_injured", "combatants_killed", "children", "women", "men")


@dataclass(frozen=True, slots=True, kw_only=True)
class InputLine:
    """One line of input. `published` is `YYYY-MM-DD` (a time behind it is dropped); what the line does not give is None.

    Where `error` is set the line cannot be read (it says why and what to do) and `text` is empty; `id` is then still
    the line's own, if it had one. A line whose only fault is that its text holds no words keeps its title and the rest.
    """

    id: Scalar = None
    text: str = ""
    published: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    error: str | None = None

    @property
    def facts(self) -> dict[str, str | None]:
        """What the line gives beside its text, by name: published, url, outlet, title."""
        return {"published": self.published, "url": self.url, "outlet": self.outlet, "title": self.title}

    @property
    def words(self) -> str | None:
        """The text, or the title of a line without one; None where neither holds a word. What reports are linked by."""
        return next((given for given in (self.text, self.title) if given and _WORD.search(given)), None)


def parse_line(raw: str | bytes, number: int) -> InputLine:
    """Reads the input line `raw`, the `number`-th of its file counted from 1; never raises.

    Bytes have to be UTF-8 (a byte order mark is passed over). A line that is no JSON object has id None and names its
    number in `error`. Keys other than id, text, published, url, outlet and title are ignored.
    """
    where = f"line {number}"
    try:
        row = _object(raw, where)
    except InputError as error:
        return InputLine(error=str(error))
    id = row.get("id")
    if not _is_scalar(id):
        return InputLine(error=str(WrongFormat(where, "its id is no string or number", "give each text a plain id")))
    problem: str | None = None
    text = ""
    try:
        text = _text(row, where)
    except EmptyInput as fault:
        problem = str(fault)
    except InputError as fault:
        return InputLine(id=id, error=str(fault))
    try:
        return InputLine(
            id=id,
            text=text,
            error=problem,
            published=_published(row, where),
            url=_given(row, "url", where),
            outlet=_given(row, "outlet", where),
            title=_given(row, "title", where),
        )
    except InputError as fault:
        return InputLine(id=id, error=problem or str(fault))


def reading_to_line(id: Scalar, reading: Reading) -> dict[str, Any]:
    """The output line of one reading: all keys always present, lists where there is nothing, None where unknown.

    `error` is present only where the reading has one. Spans are `[start, end]` in code points of the given text.
    """
    line: dict[str, Any] = {
        "id": id,
        "statements": [_statement(s) for s in reading.statements],
        "figures": [_figure(f, reading.text) for f in reading.figures],
        "details": [_detail(d, reading.text) for d in reading.details],
        "places": _places(reading),
        "dates": [_date_mention(d) for d in reading.dates],
        "incidents": [_incident(i) for i in reading.incidents],
    }
    if reading.error is not None:
        line["error"] = reading.error
    return line


def error_line(id: Scalar, message: str) -> dict[str, Any]:
    """The output line of a text that could not be read: every list there and empty, `error` says why."""
    return reading_to_line(id, Reading(text="", error=message))


def link_line(id: Scalar, copy_of: Scalar, incidents: Sequence[str], error: str | None = None) -> dict[str, Any]:
    """The line `link` gives: the id of the line this one copies or None, the incidents it tells of, main first."""
    line: dict[str, Any] = {"id": id, "copy_of": copy_of, "incidents": list(incidents)}
    if error is not None:
        line["error"] = error
    return line


def dump_line(line: dict[str, Any]) -> bytes:
    """`line` as UTF-8 bytes with a line feed; half a surrogate pair, which UTF-8 cannot hold, is written as its escape."""
    try:
        return (json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n").encode()
    except UnicodeEncodeError:
        return (json.dumps(line, allow_nan=False) + "\n").encode()


def _object(raw: str | bytes, where: str) -> dict[str, Any]:
    try:
        text = raw.decode("utf-8-sig") if isinstance(raw, bytes) else raw.removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise WrongFormat(where, "not UTF-8", "save the file as UTF-8") from None
    if not text.strip():
        raise EmptyInput(where, "empty", 'give one JSON object a line: {"id": ..., "text": ...}')
    try:
        row = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        # JSONDecodeError counts lines and columns within this one line; only its first words help
        said = str(error).split(":")[0]
        raise WrongFormat(where, f"no JSON ({said})", "give one JSON object a line") from None
    if not isinstance(row, dict):
        raise WrongFormat(where, "no JSON object", 'give {"id": ..., "text": ...}')
    return row


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _is_scalar(value: object) -> bool:
    if isinstance(value, float):
        return abs(value) != float("inf")  # 1e999 parses as infinity, which JSON cannot give back
    return value is None or isinstance(value, str | int | bool)


def _text(row: dict[str, Any], where: str) -> str:
    if "text" not in row:
        raise WrongFormat(where, "no text", 'put the report\'s words under "text"')
    text = row["text"]
    if not isinstance(text, str):
        raise WrongFormat(where, "its text is no string", 'put the report\'s words under "text"')
    if not _WORD.search(text):
        raise EmptyInput(where, "its text holds no words", "leave the line out or give the report's words")
    return text


def _published(row: dict[str, Any], where: str) -> str | None:
    value = row.get("published")
    if value is None or value == "":
        return None
    problem = f"published is {json.dumps(value)[:40]}, no day"
    remedy = "write YYYY-MM-DD, or leave it out where it is unknown"
    found = _DAY.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise WrongFormat(where, problem, remedy)
    try:
        date.fromisoformat(found[1])
    except ValueError:
        raise WrongFormat(where, problem, remedy) from None
    return found[1]  # of a day with a time the day: archives write both


def _given(row: dict[str, Any], key: str, where: str) -> str | None:
    value = row.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise WrongFormat(where, f"its {key} is no string", f"write the {key} as text, or leave it out")
    return value


def _spans(pieces: tuple[Offsets, ...]) -> list[list[int]]:
    return [list(piece) for piece in pieces]


def _statement(s: Statement) -> dict[str, Any]:
    return {
        "id": s.id,
        "content": _spans(s.content),
        "cue": _spans(s.cue),
        "source": _spans(s.source),
        "form": s.form,
        "speaker": s.speaker,
        "speaker_kind": s.speaker_kind,
        "affiliation": s.affiliation,
        "side": s.side,
        "chain": list(s.chain),
        "act": s.act,
        "hedge": _spans(s.hedge),
        "target": s.target,
        "incident": s.incident,
        "confidence": s.confidence,
    }


def _figure(f: Figure, text: str) -> dict[str, Any]:
    return {
        "span": list(f.span),
        "text": text[f.span[0] : f.span[1]],
        "harm": f.harm,
        "victims": f.victims,
        "low": f.low,
        "high": f.high,
        "qualifier": f.qualifier,
        "scope": f.scope,
        "as_of": f.as_of,
        "speaker": f.speaker,
        "affiliation": f.affiliation,
        "chain": list(f.chain),
        "statement": f.statement,
        "incident": f.incident,
        "confidence": f.confidence,
    }


def _detail(d: Detail, text: str) -> dict[str, Any]:
    return {
        "span": list(d.span),
        "text": text[d.span[0] : d.span[1]],
        "aspect": d.aspect,
        "kind": d.kind,
        "polarity": d.polarity,
        "speaker": d.speaker,
        "affiliation": d.affiliation,
        "chain": list(d.chain),
        "statement": d.statement,
        "incident": d.incident,
        "confidence": d.confidence,
    }


def _places(reading: Reading) -> list[dict[str, Any]]:
    used = [*((p, "place") for p in reading.places), *((p, "association") for p in reading.associations)]
    return [
        {"span": list(p.span), **_place(p.place), "precision": p.place.precision, "use": use}
        for p, use in sorted(used, key=lambda pair: pair[0].span)
    ]


def _place(p: Place) -> dict[str, Any]:
    return {"name": p.name, "lat": p.lat, "lon": p.lon, "country": p.country}


def _date_mention(d: DateMention) -> dict[str, Any]:
    return {"span": list(d.span), "value": d.value, "type": d.type}


def _incident(i: IncidentMention) -> dict[str, Any]:
    return {
        "main": i.main,
        "date": _day_range(i.date),
        "place": None if i.place is None else {**_place(i.place), "precision": i.place.where_prec},
        "alleged": list(i.alleged),
        **{name: _range(getattr(i, name)) for name in _TOLLS},
    }


def _day_range(d: DateRange | None) -> dict[str, Any] | None:
    return None if d is None else {"start": d.start, "end": d.end, "precision": d.precision}


def _range(r: Range | None) -> dict[str, Any] | None:
    return None if r is None else {"low": r.low, "high": r.high}


def write(export: Export) -> Iterator[Piece]:
    """A line a report, by its id, as `counterclaim read` writes it; points no closer than the audience may see them."""
    for id, read in export.reports.items():
        line = reading_to_line(id, read.reading)
        for place in (*line["places"], *(i["place"] for i in line["incidents"] if i["place"])):
            place["lat"], place["lon"] = export.point(place["lat"], place["lon"])
        yield dump_line(export.masks.in_json(line)), 1
