"""Columns and members that were described to us but not seen: found by declared spellings, or refused.

A publisher's name counts as one of ours where it is a declared spelling of it, apart from case, spaces and
punctuation. A name in no list, a name that is missing and two names for one thing are refused: never guessed.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ingest.errors import ShapeError
from ingest.numbers import count, number
from ingest.reading import csv_rows, may_evolve, note_added, text
from ingest.source import Payload, Row

_TONGUES = ("", "en", "eng", "tc", "tchi", "chi", "zh", "zhhant", "sc", "schi", "zhhans")
_ABSENT = ("", "-", "--", "N/A", "NA", "n.a.")
_SHOWN = 160


@dataclass(frozen=True, kw_only=True)
class Form:
    """What a table's columns, or an object's members, may be called.

    *needed* maps our name to the spellings of what must be there, *may* of what may be. Those in *tongues* may
    come once a language, with the language at the end of the name.
    """

    needed: Mapping[str, tuple[str, ...]]
    may: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tongues: Collection[str] = ()


def reduced(name: str) -> str:
    """Return a name's letters and digits without case, width and punctuation."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", name).casefold() if sign.isalnum())


def matched(
    names: Sequence[str], form: Form, *, where: str = "the header", more: bool = False
) -> dict[str, tuple[str, ...]]:
    """Return the publisher's *names* by ours; raises ShapeError that says which are missing, unknown or twice.

    With *more*, unknown names are left out.
    """
    ours = {form_of: name for name, forms in _forms(form) for form_of in forms}
    found: dict[str, list[str]] = {}
    unknown = []
    for name in names:
        our = ours.get(reduced(name))
        if our is None:
            unknown += [] if more else [name]
        else:
            found.setdefault(our, []).append(name)
    missing = [f"{our} ({' or '.join(form.needed[our])})" for our in form.needed if our not in found]
    twice = [our for our, given in found.items() if len(given) > 1 and our not in form.tongues]
    found_out = (("missing", missing), ("unknown", [repr(name) for name in unknown]), ("twice", twice))
    said = [f"{what} {', '.join(which)[:_SHOWN]}" for what, which in found_out if which]
    if said:
        raise ShapeError(
            f"{where}: expected {', '.join(form.needed)} in a declared spelling, "
            f"found {', '.join(map(repr, names))[: 2 * _SHOWN]} ({'; '.join(said)})",
            raw=",".join(names),
        )
    return {our: tuple(given) for our, given in found.items()}


def _forms(form: Form) -> Iterator[tuple[str, set[str]]]:
    for our, spellings in {**form.needed, **form.may}.items():
        tongues = _TONGUES if our in form.tongues else ("",)
        yield our, {reduced(spelling) + tongue for spelling in spellings for tongue in tongues}


def spelt_rows(payload: Payload, form: Form, *, encoding: str = "utf-8-sig") -> Iterator[Row]:
    """Yield the rows of a table of separated values by our names; a column told in several languages has a line each.

    Raises ShapeError as csv_rows does, and for a header outside *form*.
    """
    lines = csv.reader(io.StringIO(text(payload, encoding), newline=""))
    try:
        header = [name.strip() for name in next((cells for cells in lines if cells), [])]
    except csv.Error as error:
        raise ShapeError(f"expected separated values, found {error}", row=1) from None
    trailing = len(header) > 1 and not header[-1]
    header = header[:-1] if trailing else header
    if len(header) == 1 and header[0].startswith("<"):
        raise ShapeError(f"expected a table, found {header[0][:_SHOWN]!r}", row=1, raw=header[0])
    names = matched(header, form, more=may_evolve(payload, otherwise=False))
    note_added(payload, header, [name for given in names.values() for name in given])
    for row in csv_rows(payload, expect=header, encoding=encoding, trailing=trailing):
        yield Row([(our, _lines(row[name] for name in given)) for our, given in names.items()], row.number)


def spelt(value: Any, form: Form, *, where: str) -> dict[str, Any]:
    """Return an object's members by our names; those told in several languages as one text, a line each."""
    if not isinstance(value, dict):
        raise ShapeError(
            f"{where}: expected an object, found {type(value).__name__}", raw=str(value)[:_SHOWN]
        )
    names = matched(list(value), form, where=where)
    told: dict[str, Any] = {}
    for our, given in names.items():
        if our in form.tongues:
            told[our] = _lines(words(value[name], f"{where}: {name}") for name in given)
        else:
            told[our] = value[given[0]]
    return told


def _lines(texts: Iterator[str]) -> str:
    return "\n".join(dict.fromkeys(words for one in texts if (words := " ".join(one.split()))))


def objects_of(value: Any, *, at_least: int = 1) -> list[Any]:
    """Return the list of a JSON answer: the answer itself, or the one list that stands in it beside plain facts."""
    if isinstance(value, dict):
        lists = {name: one for name, one in value.items() if isinstance(one, list)}
        others = [name for name, one in value.items() if isinstance(one, dict)]
        if len(lists) != 1 or others:
            raise ShapeError(
                f"expected a list, or one list in an object, found {', '.join(value)[:_SHOWN]!r}"
            )
        (value,) = lists.values()
    if not isinstance(value, list):
        raise ShapeError(f"expected a list, found {type(value).__name__}", raw=str(value)[:_SHOWN])
    if len(value) < at_least:
        raise ShapeError(f"expected at least {at_least} entries, found {len(value)}")
    return value


def words(value: Any, where: str) -> str:
    """Return a member that is text, trimmed; nothing for null."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ShapeError(f"{where}: expected text, found {value!r}"[: 3 * _SHOWN])
    return " ".join(value.split())


def figure(value: Any, where: str, *, whole: bool = True) -> float | None:
    """Return the number that a member states, as a number or as text; None for null and the marks of nothing."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ShapeError(f"{where}: expected a number, found {value!r}"[:_SHOWN])
    told = value.strip() if isinstance(value, str) else f"{Decimal(str(value)):f}"
    try:
        return (count if whole else number)(told, absent=_ABSENT)
    except ShapeError as error:
        raise ShapeError(f"{where}: {error}", raw=str(value)[:_SHOWN]) from None
