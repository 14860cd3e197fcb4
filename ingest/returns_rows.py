"""A row of a return: every cell of it read, every fault of it told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ingest.returns_cells import Cell, CellFault, address_in, choice_in, day_in, number_in, text_in, typed
from ingest.returns_form import FIXED, SPEAKING, Fault, Fixed, ReturnRow, returnable
from ingest.returns_periods import is_span, span_of
from metrics.indicators import Indicator, catalogue
from metrics.warehouse.values import QUALIFIERS, STATUSES

Labels = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What reading a row rests on: the sheet's name, the labels of each list, and the day of reading."""

    name: str
    labels: Labels
    today: date


@dataclass(kw_only=True)
class Reading:
    """Holds one row while its cells are read, and the faults found so far."""

    sheet: Sheet
    number: int
    cells: Mapping[str, Cell]
    fixed: Fixed | None
    faults: list[Fault] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)

    def read(self, column: str, how: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """Return what *how* reads in the cell of *column*, or None where it is at fault, which is kept."""
        try:
            return how(self.cells[column], *args, **options)
        except CellFault as fault:
            self.blame(column, fault.key, **fault.args_said)
            return None

    def blame(self, column: str, key: str, **args: Any) -> None:
        """Keep a fault of the cell of *column*."""
        cell = self.cells[column]
        one = {"sheet": self.sheet.name, "cell": cell.address, "row": self.number, "column": column}
        self.faults.append(Fault(**one, key=key, found=cell.found, args=args))

    def told(self) -> list[Fault]:
        """Return the faults, each with what the row is about."""
        return [replace(fault, about=dict(self.about)) for fault in self.faults]


def is_silent(cells: Mapping[str, Cell], fixed: Fixed | None) -> bool:
    """Say whether a row has nothing to say: a prefilled one without entries, or a free one left empty."""
    speaking = (
        SPEAKING if fixed else (*SPEAKING, *(name for name in FIXED if name not in {"counted", "known"}))
    )
    return all(cells[name].blank for name in speaking)


def read_row(reading: Reading) -> ReturnRow | None:
    """Return the figure of a row, or None where it has faults, which *reading* then holds."""
    names = _fixed_names(reading) if reading.fixed else _free_names(reading)
    days = _days(reading, names) if names else None
    value = reading.read("value", number_in)
    told = {
        "qualifier": _word(reading, "qualifier", "exact"),
        "status": _word(reading, "status", "final"),
        "published_on": reading.read("published_on", day_in, needed=False),
        "title": reading.read("title", text_in),
        "url": reading.read("url", address_in),
    }
    if names and value is not None:
        _check_whole(reading, names["unit"], value)
    if days:
        _check_publication(reading, told["published_on"], days[1])
    if reading.faults or not names or not days:
        return None
    span = names.pop("span") or span_of(*days, stock=_indicator(names["indicator"]).stock)
    where = {"row": reading.number, "cell": reading.cells["value"].address}
    return ReturnRow(**where, **names, start=days[0], end=days[1], span=span, value=value, **told)


def _indicator(indicator_id: str) -> Indicator:
    return catalogue().get(indicator_id)


def _fixed_names(reading: Reading) -> dict[str, str]:
    fixed = reading.fixed
    assert fixed is not None  # noqa: S101 - the caller asked
    for column in FIXED:
        if column in {"start", "end"} and fixed.end is None:
            continue
        reading.read(column, typed)
        shown, found = fixed.shown.get(column, ""), reading.cells[column].found
        if reading.cells[column].kind != "f" and " ".join(found.split()) != _as_found(shown):
            reading.blame(column, "wrong.altered", shown=shown)
    names = ("indicator", "place", "breakdown", "counting_basis", "unit", "span")
    reading.about = {"indicator": fixed.indicator, "place": fixed.place}
    return {name: getattr(fixed, name) for name in names}


def _as_found(shown: str) -> str:
    return " ".join(Cell(address="", value=shown).found.split())


def _free_names(reading: Reading) -> dict[str, str] | None:
    labels = reading.sheet.labels
    indicator = reading.read("indicator", choice_in, labels["indicator"], "indicator")
    place = reading.read("place", choice_in, labels["place"], "place")
    units = _indicator(indicator).units if indicator else None
    unit = reading.read("unit", choice_in, labels["unit"], "unit", among=units)
    reading.about = {name: one for name, one in (("indicator", indicator), ("place", place)) if one}
    if not (indicator and place and unit):
        return None
    whole = {"breakdown": "", "counting_basis": "as_published", "span": ""}
    return {"indicator": indicator, "place": place, "unit": unit, **whole}


def _word(reading: Reading, column: str, usual: str) -> str | None:
    if reading.cells[column].blank:
        return usual
    words = QUALIFIERS if column == "qualifier" else STATUSES
    return reading.read(column, choice_in, reading.sheet.labels[column], column, among=words)


def _days(reading: Reading, names: Mapping[str, str]) -> tuple[date, date] | None:
    fixed = reading.fixed
    if fixed and fixed.start and fixed.end:
        start, end = fixed.start, fixed.end
    else:
        point = names["span"] in {"point", "day"} or (
            not names["span"] and _indicator(names["indicator"]).stock
        )
        end = reading.read("end", day_in)
        start = end if point else reading.read("start", day_in)
    if start is None or end is None:
        return None
    if start > end:
        reading.blame("start", "wrong.order", end=end.isoformat())
        return None
    if names["span"] and not is_span(names["span"], start, end):
        reading.blame("end", "wrong.span", span={"kind": "span", "ids": [names["span"]]})
    if end > reading.sheet.today:
        reading.blame("end", "wrong.future", today=reading.sheet.today.isoformat())
    return start, end


def _check_whole(reading: Reading, unit_id: str, value: float) -> None:
    if catalogue().unit(unit_id).kind == "count" and not value.is_integer():
        reading.blame("value", "wrong.whole", unit={"kind": "unit", "ids": [unit_id]})


def _check_publication(reading: Reading, published_on: date | None, end: date) -> None:
    if published_on is None:
        return
    if published_on > reading.sheet.today:
        reading.blame("published_on", "wrong.published_future", today=reading.sheet.today.isoformat())
    elif published_on < end:
        reading.blame("published_on", "wrong.published_early", end=end.isoformat())


def known_code(fixed: Fixed, offered: Sequence[str]) -> bool:
    """Say whether a row's code names what the catalogue knows and the template offered."""
    book = catalogue()
    if fixed.indicator not in offered or fixed.indicator not in book:
        return False
    one = book.get(fixed.indicator)
    return returnable(one) and fixed.unit in one.units and fixed.counting_basis in book.bases
