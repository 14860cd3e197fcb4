"""The values a figure travels in: Source, Request, Payload, Record."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from metrics.warehouse.values import breakdown

__all__ = [
    "MEGABYTE",
    "Contract",
    "Jump",
    "Listing",
    "Payload",
    "Record",
    "Request",
    "Row",
    "Source",
    "breakdown",
]

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Request:
    """One thing to ask a publisher for.

    ``{key}`` in *url* or in a header's value stands for the source's key; messages never show the key.
    *plain_http* declares that the publisher offers no https; *max_bytes* counts after decompression.
    """

    url: str
    method: str = "GET"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    plain_http: bool = False
    max_bytes: int = 64 * MEGABYTE


@dataclass(frozen=True, kw_only=True)
class Contract:
    """What becomes of a payload that differs from its declared form; what is missing is always refused.

    *columns*: under ``freeze`` an added column or member refuses the payload, under ``evolve`` it is let be and
    said; under ``as_read`` each reader keeps to its own way: a table freezes, elements and members evolve.
    *types*: under ``freeze`` one row that cannot be read refuses the payload, under ``discard_row`` that row is
    held back for a person and the others are loaded.
    """

    columns: str = "as_read"
    types: str = "freeze"


def _unheard(_told: object) -> None:
    return


@dataclass(frozen=True, kw_only=True)
class Payload:
    """Bytes as they came. *read_to_end* is False where the publisher did not say where the end is.

    *filed* says that they lay in a folder: then *etag* is the file's, and one file is of one moment, however often
    it is read. *contract* is its source's (None outside a run: each reader's own way), *discarded* the rows that
    readers leave out; *note* hears what they let be, *counted* how many rows they found.
    """

    content: bytes = field(repr=False)
    url: str
    media_type: str = ""
    fetched_at: datetime
    last_modified: datetime | None = None
    etag: str = ""
    sha256: str = ""
    read_to_end: bool = True
    filed: bool = False
    contract: Contract | None = None
    discarded: frozenset[int] = frozenset()
    note: Callable[[str], None] = field(default=_unheard, repr=False, compare=False)
    counted: Callable[[int], None] = field(default=_unheard, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.fetched_at.tzinfo is None:
            raise ValueError(f"fetched_at: expected an instant with its zone, found {self.fetched_at!r}")
        if not self.sha256:
            object.__setattr__(self, "sha256", hashlib.sha256(self.content).hexdigest())

    @property
    def said_at(self) -> datetime:
        """The payload's own time: Last-Modified where given, else the fetch; never later than the fetch."""
        return min(self.last_modified, self.fetched_at) if self.last_modified else self.fetched_at


class Row(dict[str, str]):
    """One row of a table as text by column name; *number* is its line in the file, counted from 1."""

    __slots__ = ("number",)

    def __init__(self, cells: Iterable[tuple[str, str]], number: int) -> None:
        super().__init__(cells)
        self.number = number


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """One figure read.

    *place* is an atlas id, or the publisher's own words where no id is known (checked later, never guessed).
    *total* is the sum that the same row states for all its records. *known_on* is the publication date where
    the publisher gives one. *at* makes it a high-frequency reading of that instant, and *weight* says what it
    weighs in the mean of its slot (vehicles for a speed); a weight is over 0.
    """

    indicator: str
    place: str
    start: date
    end: date
    span: str
    value: float
    unit: str
    breakdown: str = ""
    counting_basis: str = "as_published"
    qualifier: str = "exact"
    status: str = "final"
    tier: str | None = None
    total: float | None = None
    known_on: date | None = None
    known_precision: str = "day"
    figure_ref: str = ""
    at: datetime | None = None
    weight: float = 1.0
    row: Mapping[str, object] | None = None


@dataclass(frozen=True, kw_only=True)
class Jump:
    """How far a new figure may leap: over *factor* times the series' highest, once above *floor*."""

    factor: float
    floor: float


@dataclass(frozen=True, kw_only=True)
class Listing:
    """Payloads list all of a day, item by item, and are told as counts.

    *by* is the part of the breakdown that tells one list from the other, *open* the part that items have of which
    nothing is known yet. Later the same day the list is no shorter, and no more of it is open.
    """

    by: str
    open: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """Who publishes what, when, where, and how it is read.

    *schedule* is a crontab line in Hong Kong time with weekdays by name. *feeds* maps indicator to its
    places. *lag_days* after a period's end its figure is known. *makes_good* says which missed runs are
    repeated: ``latest`` (a growing file) or ``all`` (each run has its own content). *grows* declares that a
    payload never holds fewer records, or ends earlier, than the one before. *snapshots* declares that its
    payloads tell no time: the same bytes later are a new reading, so they are asked for without conditions.
    *listing* declares that they list a day.
    *cite* says where a record's figure was published, where each figure has its own publication.
    """

    id: str
    title: Mapping[str, str]
    publisher: str
    page_url: str
    licence: str
    schedule: str
    requests: tuple[Request, ...]
    parse: Callable[[Payload], Iterable[Record]]
    feeds: Mapping[str, tuple[str, ...]]
    fresh_within: timedelta
    lag_days: int
    confirmed: bool = True
    key_needed: bool = False
    tier: str = "official"
    makes_good: str = "latest"
    grows: bool = False
    snapshots: bool = False
    cumulative: tuple[str, ...] = ()
    jump: Jump | None = None
    listing: Listing | None = None
    contract: Contract = Contract()
    cite: Callable[[Record], Mapping[str, str]] | None = None
