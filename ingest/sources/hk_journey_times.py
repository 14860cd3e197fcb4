"""Transport Department: journey times from the indicators on the roads to where they point, in minutes.

A journey is ``destination=…;location=…`` in the publisher's codes. Its place is Hong Kong, save where it ends at
a crossing: the airport. Sheung Shui lies before three crossings but is none, so journeys to it stay Hong Kong's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from ingest.errors import ShapeError
from ingest.moments import past_moment, reading
from ingest.numbers import count, one_of
from ingest.reading import cell, xml_items
from ingest.source import Contract, Payload, Record, Request, Row, Source, breakdown

INDICATOR = "journey_minutes"
NAMESPACE = "http://data.one.gov.hk/td"
ELEMENTS = ("LOCATION_ID", "DESTINATION_ID", "CAPTURE_DATE", "JOURNEY_TYPE", "JOURNEY_DATA", "COLOUR_ID")
MINUTES, PICTURE = "1", "2"  # JOURNEY_TYPE: minutes, or the number of a picture (congestion, tunnel closed)
UNAVAILABLE = "-1"
COLOURS = ("1", "2", "3", UNAVAILABLE)

TO_AIRPORT = ("ACTT", "ATL", "ATSCA", "TMCLK")
ELSEWHERE = (
    *(
        "ABT",
        "CH",
        "CWBR",
        "EH",
        "KTPR",
        "LRT",
        "MOS",
        "PFL",
        "SMT",
        "SSCPR",
        "SSYLH",
        "TCT",
        "TKOLTT",
        "TKOT",
    ),
    *("TKTL", "TKTM", "TLH", "TPR", "TSCA", "TWCP", "TWTM", "WH", "WNCG"),
)
PLACES = dict.fromkeys(TO_AIRPORT, "hk_airport") | dict.fromkeys(ELSEWHERE, "hong_kong")
_CODE = re.compile(r"[A-Z0-9]{1,12}")


def parse(payload: Payload) -> Iterator[Record]:
    """Yield a reading for each journey that is stated in minutes; unavailable ones and pictures are absent."""
    rows = list(
        xml_items(
            payload, root="jtis_journey_list", item="jtis_journey_time", expect=ELEMENTS, namespace=NAMESPACE
        )
    )
    if not rows:
        raise ShapeError("expected at least one journey, found none")
    for row in rows:
        if (minutes := _minutes(row)) is None:
            continue
        destination = cell(row, "DESTINATION_ID", _code)
        at = cell(row, "CAPTURE_DATE", lambda text: past_moment(text, "%Y-%m-%dT%H:%M:%S", payload))
        yield reading(
            at,
            indicator=INDICATOR,
            place=PLACES.get(destination, destination),
            breakdown=breakdown(destination=destination, location=cell(row, "LOCATION_ID", _code)),
            value=minutes,
            unit="minutes",
            row=row,
        )


def _minutes(row: Row) -> int | None:
    kind = cell(row, "JOURNEY_TYPE", lambda text: one_of(text, (MINUTES, PICTURE, UNAVAILABLE)))
    cell(row, "COLOUR_ID", lambda text: one_of(text, COLOURS))
    minutes = cell(row, "JOURNEY_DATA", lambda text: count(text, absent={UNAVAILABLE}))
    return minutes if kind == MINUTES else None


def _code(text: str) -> str:
    if not _CODE.fullmatch(text):
        raise ShapeError(f"expected a code of capitals and digits, found {text!r}", raw=text)
    return text


SOURCE = Source(
    id="hk_journey_times",
    title={
        "en": "Journey time indicators",
        "zh-Hant": "行車時間顯示系統",
        "zh-Hans": "行程时间显示系统",
    },
    publisher="td",
    page_url="https://static.data.gov.hk/td/journey-time-indicators-v2/dataspec/dataspec_jtis_en.pdf",
    licence="data_gov_hk",
    schedule="*/5 * * * *",
    requests=(Request(url="https://resource.data.one.gov.hk/td/jss/Journeytimev2.xml"),),
    parse=parse,
    feeds={INDICATOR: ("hong_kong", "hk_airport")},
    fresh_within=timedelta(minutes=30),
    lag_days=0,
    contract=Contract(columns="evolve"),
)
