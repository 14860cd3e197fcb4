"""The form of a return: its columns, its hidden codes, and what a row, a fault and a whole return are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from ingest.returns_words import said
from metrics.indicators import Indicator

FORM = "1"
MARK = "gba-monitor-return"  # stands in the hidden corner of the sheet of figures
CODES = "_codes"  # the hidden sheet
KEY_ROW, HEADER_ROW, FIRST_ROW = 3, 4, 5
MOST_ROWS = 2000
MOST_PREFILLED = 1000
FREE_ROWS = 20
FREE = "free"
FIXED = ("indicator", "counted", "place", "start", "end", "unit", "known")
FILLED = ("value", "qualifier", "status", "published_on", "title", "url")
COLUMNS = (*FIXED, *FILLED)
SPEAKING = ("value", "published_on", "title", "url")  # a row with none of these has nothing to say
LISTS = ("indicator", "place", "unit", "qualifier", "status")
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FED = frozenset({"live", "daily"})


@dataclass(frozen=True, kw_only=True)
class Fixed:
    """What the template fixed of a row; *shown* is what its fixed cells said, by column."""

    indicator: str
    place: str
    breakdown: str
    counting_basis: str
    span: str
    unit: str
    start: date | None
    end: date | None
    shown: Mapping[str, str]

    def code(self) -> str:
        """Return the row's hidden code."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, default=date.isoformat)


def fixed_of(code: str) -> Fixed:
    """Return what a hidden code tells; raise ValueError where it tells no row of ours."""
    try:
        told = json.loads(code)
        for name in ("start", "end"):
            told[name] = date.fromisoformat(told[name]) if told[name] else None
        row = Fixed(**told)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(f"expected the hidden code of a row, found {code[:80]!r}") from error
    texts = (row.indicator, row.place, row.breakdown, row.counting_basis, row.span, row.unit)
    if not all(isinstance(text, str) for text in texts) or not isinstance(row.shown, dict):
        raise ValueError(f"expected the hidden code of a row, found {code[:80]!r}")
    return row


@dataclass(frozen=True, kw_only=True)
class ReturnRow:
    """One figure read; *row* is its line in the sheet and *cell* where its value stands."""

    row: int
    cell: str
    indicator: str
    place: str
    start: date
    end: date
    span: str
    unit: str
    value: float
    breakdown: str = ""
    counting_basis: str = "as_published"
    qualifier: str = "exact"
    status: str = "final"
    published_on: date | None = None
    title: str = ""
    url: str = ""

    @property
    def figure(self) -> tuple[str, ...]:
        """Return what makes two rows the same figure."""
        names = (self.indicator, self.place, self.breakdown, self.counting_basis, self.span, self.unit)
        return (*names, self.start.isoformat(), self.end.isoformat())

    def plain(self) -> dict[str, Any]:
        """Return the row as plain values, dates as ISO texts."""
        told = asdict(self)
        return {name: one.isoformat() if isinstance(one, date) else one for name, one in told.items()}


def row_of(told: Mapping[str, Any]) -> ReturnRow:
    """Return the row that plain values tell."""
    days = {
        name: date.fromisoformat(told[name]) if told[name] else None
        for name in ("start", "end", "published_on")
    }
    return ReturnRow(**{**told, **days})


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong in one cell: *key* and *args* say in any language what was expected, *found* what stood there."""

    sheet: str
    cell: str
    row: int
    column: str
    key: str
    found: str
    args: Mapping[str, Any] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)

    def expected(self, lang: str) -> str:
        """Say what was expected."""
        return said(self.key, lang, **self.args)

    def found_in(self, lang: str) -> str:
        """Say what was found."""
        return self.found or said("wrong.blank", lang)

    def line(self, lang: str) -> str:
        """Say the whole fault in one line."""
        column = {"kind": "column", "ids": [self.column]}
        return said(
            "wrong.line",
            lang,
            sheet=self.sheet,
            cell=self.cell,
            column=column,
            expected=self.expected(lang),
            found=self.found_in(lang),
        )


@dataclass(frozen=True, kw_only=True)
class Returned:
    """A return as read: every figure, or every fault. *signed* is the name that its author wrote into it."""

    department: str
    lang: str
    made_on: str
    signed: str
    rows: Sequence[ReturnRow] = ()
    faults: Sequence[Fault] = ()


class RefusedReturn(ValueError):  # noqa: N818 - it is an answer
    """A file that is not read at all; *key* and *args* say why in any language."""

    def __init__(self, key: str, **args: Any) -> None:
        super().__init__(said(key, "en", **args))
        self.key = key
        self.args_said = args

    def told(self, lang: str) -> str:
        """Say why the file was refused."""
        return said(self.key, lang, **self.args_said)


def returnable(indicator: Indicator) -> bool:
    """Say whether departments hand figures of *indicator* in: not what is worked out or arrives by itself."""
    return indicator.derive is None and indicator.frequency not in _FED
