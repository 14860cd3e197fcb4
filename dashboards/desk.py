"""What pages work with (Desk) and what the reader asked for (Filters), read from the address and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from dashboards.i18n import DEFAULT_LANGUAGE, LANGUAGES, Words
from dashboards.style import THEMES
from metrics.asof import AsOf, day_as_of, now_as_of, parse_as_of

# Reads what an address says into the one way to say it; ValueError when it cannot be used.
Reader = Callable[[str], str]
Allowed = Sequence[str] | Reader

PER = ("capita", "km2")
MOST_PLACES = 100
EARLIEST = "1900"
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_AS_OF = re.compile(r"\d{4}-\d{2}-\d{2}(T[0-9:.]{5,15}(Z|[+-]\d{2}:?\d{2})?)?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Freshness:
    """How many of the sources are on time by their own calendars."""

    on_time: int
    total: int


def _zero() -> int:
    return 0


def _unknown() -> Freshness | None:
    return None


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What pages work with: the questions (*metrics*), the facts, the words; one per audience.

    *health* tells how each source is, *feeds* (None where nobody knows) its runs too.
    *stamp* and *reading_stamp* tell whether anything is new; *clock* is the only
    clock of the pages, *known_days* are those on which something became known. With *accounts* people can sign
    in, and every page leads there.

    *declared* are the corrections that the product itself applies, *contact* is who answers for it. *formats* are
    the forms that panels can be taken away in; they are put there when exports are attached.
    """

    metrics: Any
    atlas: Any
    catalogue: Any
    agenda: Any
    boundaries: Any
    words: Mapping[str, Words]
    audience: str = "public"
    stamp: Callable[[], int] = _zero
    reading_stamp: Callable[[], int] = _zero
    freshness: Callable[[], Freshness | None] = _unknown
    health: Callable[[], Sequence[Any]] = tuple
    feeds: Any = None
    clock: Callable[[], datetime] = _now
    accounts: bool = False
    known_days: Callable[[], Sequence[date]] = tuple
    declared: Callable[[], Sequence[Any]] = tuple
    contact: str = ""
    formats: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the address asks for; *item* is the variable part of the path, *options* a page's own parameters.

    *start* and *end* are both included; empty *places* means every place.
    """

    lang: str = DEFAULT_LANGUAGE
    as_of: AsOf = field(default_factory=now_as_of)
    places: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    per: str = ""
    item: str = ""
    options: tuple[tuple[str, str], ...] = ()
    theme: str = "light"

    def option(self, name: str, default: str = "") -> str:
        """Return the page's own parameter *name*."""
        return dict(self.options).get(name, default)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A parameter whose value cannot be used; *expected* is a term key that says what could."""

    parameter: str
    expected: str


def parse_filters(
    query: Mapping[str, Sequence[str]],
    *,
    places: Container[str],
    options: Mapping[str, Allowed] | None = None,
    item: str = "",
    clock: datetime | None = None,
) -> Filters | tuple[Fault, ...]:
    """Read the parameters of an address; return Filters, or every fault. Unknown parameters are ignored.

    *query* maps names to the values given; *places* holds the known ids; *options* maps a page's own
    parameters to the values allowed, or to the reader that knows them.
    """
    faults: list[Fault] = []

    def read(name: str, reader: Callable[[str], Any], default: Any) -> Any:
        given = [text for text in query.get(name, ()) if text]
        if not given:
            return default
        try:
            return reader(",".join(given))
        except ValueError:
            faults.append(Fault(parameter=name, expected=f"fault.{name if name in _EXPECTED else 'option'}"))
            return default

    filters = Filters(
        lang=read("lang", _one_of(LANGUAGES), DEFAULT_LANGUAGE),
        as_of=read("as_of", lambda text: _as_of(text, clock), now_as_of(clock)),
        places=read("places", lambda text: _places(text, places), ()),
        start=read("from", _first_day, None),
        end=read("to", _last_day, None),
        per=read("per", _one_of(PER), ""),
        theme=read("theme", _one_of(THEMES), "light"),
        item=item,
        options=tuple(
            (name, value)
            for name, allowed in (options or {}).items()
            if (value := read(name, allowed if callable(allowed) else _one_of(allowed), ""))
        ),
    )
    if filters.start and filters.end and filters.start > filters.end:
        faults.append(Fault(parameter="to", expected="fault.order"))
    return tuple(faults) or filters


_EXPECTED = frozenset({"lang", "as_of", "places", "from", "to", "per", "theme"})


def _one_of(allowed: Sequence[str]) -> Callable[[str], str]:
    def reader(text: str) -> str:
        if text not in allowed:
            raise ValueError(text)
        return text

    return reader


def _as_of(text: str, clock: datetime | None) -> AsOf:
    if not _AS_OF.fullmatch(text) or text < EARLIEST:
        raise ValueError(text)
    try:
        return parse_as_of(text, clock=clock)
    except OverflowError as error:
        raise ValueError(text) from error


def _places(text: str, known: Container[str]) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(part for part in text.split(",") if part))
    if len(asked) > MOST_PLACES or not all(place in known for place in asked):
        raise ValueError(text)
    return asked


def _dates(text: str) -> tuple[int, int | None, int | None]:
    found = _DATE.fullmatch(text)
    if not found:
        raise ValueError(text)
    year, month, day = found.groups()
    return int(year), month and int(month), day and int(day)


def _first_day(text: str) -> date:
    year, month, day = _dates(text)
    return date(year, month or 1, day or 1)


def _last_day(text: str) -> date:
    year, month, day = _dates(text)
    if day is not None:
        return date(year, month or 1, day)
    month = 12 if month is None else month
    date(year, month, 1)  # a wrong month raises here
    if (year, month) == (9999, 12):
        return date.max
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def as_of_text(as_of: AsOf) -> str:
    """Return what the address says for *as_of*: nothing for now, a day for its end, else the instant."""
    if as_of.current:
        return ""
    end_of_day = day_as_of(as_of.day, clock=datetime.max.replace(tzinfo=UTC))
    return as_of.day.isoformat() if as_of.instant == end_of_day.instant else as_of.instant.isoformat()


def address(path: str, filters: Filters, **changes: Any) -> str:
    """Return the address of *path* with the state of *filters*, some of it changed.

    ``as_of=None`` means today, ``places=()`` all; a page's options stay only if given in *changes*.
    """
    if "as_of" in changes and changes["as_of"] is None:
        changes["as_of"] = now_as_of(filters.as_of.instant)
    state = replace(filters, **({"options": ()} | changes))
    pairs = {
        "lang": "" if state.lang == DEFAULT_LANGUAGE else state.lang,
        "as_of": as_of_text(state.as_of),
        "places": ",".join(state.places),
        "from": state.start.isoformat() if state.start else "",
        "to": state.end.isoformat() if state.end else "",
        "per": state.per,
    } | dict(state.options)
    query = urlencode({name: text for name, text in pairs.items() if text}, safe=",:")
    return f"{path}?{query}" if query else path
