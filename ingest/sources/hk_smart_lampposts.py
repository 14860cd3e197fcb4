"""Hong Kong Observatory: weather devices on smart lampposts, counted by the list of their places.

A row is a device's lamppost, told by its number, place and type. The members are those that a public reader of the
list shows; no answer has been read by us. A lamppost stands once and in Hong Kong, on both the coordinates given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from ingest.errors import ShapeError
from ingest.moments import day_of
from ingest.reading import json_value, members
from ingest.source import Contract, Payload, Record, Request, Source

INDICATOR = "smart_lamppost_met_devices"
MEMBERS = {"LP_NUMBER": str, "LP_LATITUDE": (int, float), "LP_LONGITUDE": (int, float), "LP_TYPE": str}
# south, north; west, east, in degrees
LATITUDES, LONGITUDES = (22.1, 22.6), (113.8, 114.5)
_NUMBER = re.compile(r"[A-Z0-9]{1,8}")


def parse(payload: Payload) -> Iterator[Record]:
    """Yield the number of devices listed, as at the payload's own day."""
    rows = json_value(payload)
    if not isinstance(rows, list) or not rows:
        raise ShapeError(f"expected a list of devices, found {type(rows).__name__} {str(rows)[:60]!r}")
    found: set[str] = set()
    for number, one in enumerate(rows, 1):
        where = f"device {number}"
        row = members(one, MEMBERS, where=where)
        name, at = row["LP_NUMBER"], (row["LP_LATITUDE"], row["LP_LONGITUDE"])
        if not _NUMBER.fullmatch(name) or name in found:
            raise ShapeError(f"{where}: LP_NUMBER: expected each lamppost once, found {name[:40]!r}")
        inside = (
            low <= value <= high for value, (low, high) in zip(at, (LATITUDES, LONGITUDES), strict=True)
        )
        if not all(inside):
            raise ShapeError(
                f"{where}: expected a place in Hong Kong, found latitude {at[0]}, longitude {at[1]}"
            )
        found.add(name)
    day = day_of(payload.said_at)
    yield Record(
        indicator=INDICATOR,
        place="hong_kong",
        start=day,
        end=day,
        span="point",
        value=len(found),
        unit="devices",
        row={"devices": len(found)},
    )


SOURCE = Source(
    id="hk_smart_lampposts",
    title={
        "en": "Weather devices on smart lampposts",
        "zh-Hant": "智慧燈柱氣象裝置",
        "zh-Hans": "智慧灯柱气象设备",
    },
    publisher="hko",
    page_url="https://data.gov.hk/en-data/dataset/hk-hko-rss-smart-lamppost-weather-data",
    licence="data_gov_hk",
    schedule="30 10 * * mon,thu",
    requests=(
        Request(
            url="https://www.hko.gov.hk/common/hko_data/smart-lamppost/files/smart_lamppost_met_device_location.json"
        ),
    ),
    parse=parse,
    feeds={INDICATOR: ("hong_kong",)},
    fresh_within=timedelta(days=400),
    lag_days=0,
    confirmed=False,
    contract=Contract(columns="evolve"),
)
