"""Transport Department: special traffic news in force, counted by incident.

One incident may have several messages; the newest decides whether it is open. The count is of the moment of the
fetch: the list tells no time of its own, and an empty list means that nothing is in force.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from ingest.errors import ShapeError
from ingest.moments import moment, reading
from ingest.numbers import count, one_of
from ingest.reading import cell, xml_items
from ingest.source import Contract, Payload, Record, Request, Row, Source

INDICATOR = "traffic_incidents_open"
OPEN, CLOSED = ("NEW", "UPDATED"), "CLOSED"
ELEMENTS = ("INCIDENT_NUMBER", "INCIDENT_STATUS_EN", "ANNOUNCEMENT_DATE", "ID")
TOLD = ("INCIDENT_HEADING_EN", "INCIDENT_DETAIL_EN", "LOCATION_EN")
LONGEST = 200
_NUMBER = re.compile(r"[A-Za-z0-9-]{1,40}")
_MARKUP = re.compile(r"<[^<>]*>")


def parse(payload: Payload) -> Iterator[Record]:
    """Yield one reading: how many incidents are open; which ones stands with it in plain words."""
    newest: dict[str, tuple[tuple[datetime, int], Row]] = {}
    for row in xml_items(payload, root="list", item="message", expect=ELEMENTS, only=True):
        name = cell(row, "INCIDENT_NUMBER", _incident)
        cell(row, "INCIDENT_STATUS_EN", lambda text: one_of(text, (*OPEN, CLOSED)))
        said = cell(row, "ANNOUNCEMENT_DATE", lambda text: moment(text, "%Y-%m-%dT%H:%M:%S"))
        order = (said, cell(row, "ID", count))
        if name not in newest or newest[name][0] <= order:
            newest[name] = (order, row)
    found = {name: row for name, (_, row) in newest.items() if row["INCIDENT_STATUS_EN"] != CLOSED}
    yield reading(
        payload.fetched_at,
        indicator=INDICATOR,
        place="hong_kong",
        value=len(found),
        unit="incidents",
        row={name: told(row) for name, row in found.items()},
    )


def told(row: Mapping[str, str]) -> str:
    """Return what a message says in a line that is safe to show: no markup, no control or invisible characters."""
    return " · ".join(words for name in TOLD if (words := plain(row.get(name, ""))))


def plain(text: str) -> str:
    """Return *text* without markup, control, format or surrogate characters, in one line of bounded length."""
    bare = text
    while (stripped := _MARKUP.sub(" ", bare)) != bare:
        bare = stripped
    shown = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in bare)
    words = " ".join(shown.replace("<", " ").replace(">", " ").split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def _incident(text: str) -> str:
    if not _NUMBER.fullmatch(text):
        raise ShapeError(f"expected an incident number, found {text[:60]!r}", raw=text)
    return text


SOURCE = Source(
    id="hk_traffic_news",
    title={
        "en": "Special traffic news",
        "zh-Hant": "特別交通消息",
        "zh-Hans": "特别交通消息",
    },
    publisher="td",
    page_url="https://www.td.gov.hk/en/special_news/trafficnews.xml",
    licence="data_gov_hk",
    schedule="*/5 * * * *",
    requests=(Request(url="https://www.td.gov.hk/en/special_news/trafficnews.xml"),),
    parse=parse,
    feeds={INDICATOR: ("hong_kong",)},
    fresh_within=timedelta(minutes=30),
    lag_days=0,
    snapshots=True,
    contract=Contract(columns="evolve"),
)
