"""What the explorer is asked: the parameters of its address, read strictly, and the question they make.

``indicators`` ids · ``places`` ids or ``group`` cities, crossings, districts, areas · ``from``, ``to`` · ``every``
day, month, year · ``per`` capita, km2 · ``change`` previous, year, index (``base``: its day) · ``split`` direction,
group · ``parts`` such as direction:arrival · ``basis`` ids of counting bases · ``chart`` one of CHARTS · ``against``
another as-of · ``q`` words to find indicators by.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from dashboards.desk import Allowed, Desk, Filters, Reader, address
from metrics.asof import AsOf, parse_as_of
from metrics.explore import CHANGES, EVERY, Question
from metrics.explore_sums import WHOLE
from metrics.figures import DIRECTIONS, GROUPS

PATH = "/explore"
MOST_INDICATORS = 8
MOST_WORDS = 80
PLACE_GROUPS = ("cities", "crossings", "districts", "areas")
CHARTS = ("line", "bars", "by_place", "by_indicator", "map", "tiles", "calendar", "table")
VALUES: Mapping[str, Sequence[str]] = {"direction": DIRECTIONS, "group": GROUPS}
OPENING = "bcp_passengers_monthly"
"""What is shown to whoever asks for nothing: passengers at six control points, month by month."""

OPENING_PLACES = (
    "hk_lo_wu", "hk_lok_ma_chau_spur", "hk_west_kowloon", "hk_shenzhen_bay", "hk_heung_yuen_wai", "hk_hzmb",
)  # fmt: skip
OPENING_YEARS = 3

_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_AS_OF = re.compile(r"\d{4}-\d{2}-\d{2}(T[0-9:.]{5,15}(Z|[+-]\d{2}:?\d{2})?)?", re.ASCII)


def _some(allowed: Callable[[str], bool], most: int) -> Reader:
    """Return a reader of up to *most* names, commas between them, each *allowed*; none is said twice."""

    def read(text: str) -> str:
        asked = tuple(dict.fromkeys(part for part in text.split(",") if part))
        if len(asked) > most or not all(map(allowed, asked)):
            raise ValueError(text)
        return ",".join(asked)

    return read


def indicator_ids(desk: Desk) -> Reader:
    """Return the reader of ``indicators``: those that this viewer may see."""
    return _some(desk.metrics.may_see, MOST_INDICATORS)


def basis_ids(desk: Desk) -> Reader:
    """Return the reader of ``basis``: counting bases of the catalogue."""
    return _some(desk.catalogue.bases.__contains__, len(desk.catalogue.bases))


def _part(text: str) -> bool:
    key, _, value = text.partition(":")
    return value in VALUES.get(key, ())


def day(text: str) -> str:
    """Read a year, month or day as it stands; raise ValueError otherwise."""
    first_day(text)
    return text


def first_day(text: str) -> date:
    """Return the first day of a year, month or day such as 2024, 2024-03 or 2024-03-28."""
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat((text + "-01-01")[:10])


def moment(text: str) -> str:
    """Read an as-of (a day, or an instant) as it stands; raise ValueError otherwise."""
    if not _AS_OF.fullmatch(text) or text < "1900":
        raise ValueError(text)
    try:
        parse_as_of(text)
    except OverflowError as error:
        raise ValueError(text) from error
    return text


def found_by(text: str) -> str:
    """Read the words of a search: one line, spaces tidied; raise ValueError for control characters."""
    tidy = " ".join(text.split())
    if len(tidy) > MOST_WORDS or not tidy.isprintable():
        raise ValueError(text)
    return tidy


OPTIONS: Mapping[str, Sequence[str] | Callable[[Desk], Allowed]] = {
    "indicators": indicator_ids,
    "group": PLACE_GROUPS,
    "every": EVERY,
    "change": CHANGES,
    "base": lambda _desk: day,
    "split": lambda _desk: _some(WHOLE.__contains__, len(WHOLE)),
    "parts": lambda _desk: _some(_part, len(WHOLE)),
    "basis": basis_ids,
    "chart": CHARTS,
    "against": lambda _desk: moment,
    "q": lambda _desk: found_by,
}


def listed(filters: Filters, name: str) -> tuple[str, ...]:
    """Return the values of an option that holds several."""
    return tuple(part for part in filters.option(name).split(",") if part)


def is_opening(filters: Filters) -> bool:
    """Say whether no indicator is asked for."""
    return not filters.option("indicators")


def opening_indicator(desk: Desk) -> str:
    """Return the indicator shown to whoever names none: where that one is not for them, the first that is."""
    leading = (one.id for one in desk.catalogue.leading)
    return next((one for one in (OPENING, *leading) if desk.metrics.may_see(one)), "")


def asked_for(filters: Filters, desk: Desk) -> Filters:
    """Return *filters* with what is shown to whoever names no indicator."""
    if not is_opening(filters):
        return filters
    indicator = opening_indicator(desk)
    options = (("indicators", indicator), *filters.options)
    if filters.places or filters.option("group") or indicator != OPENING:
        return replace(filters, options=options)
    start = filters.start or date(filters.as_of.day.year - OPENING_YEARS, 1, 1)
    return replace(filters, options=options, places=OPENING_PLACES, start=start)


def group_places(desk: Desk, group: str) -> tuple[str, ...]:
    """Return the ids of a group of places in their order."""
    atlas = desk.atlas
    groups = {"cities": atlas.cities, "crossings": atlas.crossings, "districts": atlas.districts}
    return tuple(place.id for place in groups.get(group, atlas.regions if group == "areas" else ()))


def question(desk: Desk, filters: Filters) -> Question:
    """Return the question that *filters* ask; a calendar asks for days, a map for the cities."""
    chart, option = filters.option("chart"), filters.option
    places = filters.places or group_places(desk, option("group"))
    if chart in {"map", "tiles"}:
        places = group_places(desk, "cities")
    return Question(
        indicators=listed(filters, "indicators"),
        places=places,
        start=filters.start,
        end=filters.end,
        every="day" if chart == "calendar" else option("every"),
        per=filters.per,
        change=option("change"),
        base=first_day(option("base")) if option("base") else None,
        split=listed(filters, "split"),
        parts=tuple((key, value) for key, _, value in (p.partition(":") for p in listed(filters, "parts"))),
        bases=listed(filters, "basis"),
    )


def against(filters: Filters, clock: datetime) -> AsOf | None:
    """Return the other as-of that is asked for, or None; one ahead of the *clock* means now."""
    text = filters.option("against")
    return replace(parse_as_of(text, clock=clock), stamp=filters.as_of.stamp) if text else None


def changed(filters: Filters, *, options: Mapping[str, str] | None = None, **changes: object) -> str:
    """Return the address of this view with some of it changed; an option set to "" is dropped."""
    held = dict(filters.options) | dict(options or {})
    return address(PATH, filters, options=tuple((k, v) for k, v in held.items() if v), **changes)


def toggled(held: Sequence[str], one: str) -> tuple[str, ...]:
    """Return *held* with *one* added, or taken out where it is among them."""
    return tuple(name for name in held if name != one) if one in held else (*held, one)
