"""Digital Policy Office: hotspots of the Wi-Fi.HK brand, at fixed places and on vehicles.

A row is a place with its number of hotspots, and the figure is the sum of those numbers, not the count of rows.
Two files, two parts: fixed places and those that move; each part is told by itself. The members were seen in
public readers of the fixed file; other members may stand beside those that are read. Space around the answer is
let be. Places other than Hong Kong are not in these files.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ingest.errors import ShapeError
from ingest.moments import day_of
from ingest.reading import json_value, members
from ingest.source import Contract, Payload, Record, Request, Source, breakdown
from ingest.spellings import figure

INDICATOR = "gov_wifi_hotspots"
FOLDER = "https://www.ogcio.gov.hk/en/our_work/community/common_wifi_branding/"
KINDS = {
    f"{FOLDER}fixed-wi-fi-hk-locations.json": "fixed",
    f"{FOLDER}non-fixed-wi-fi-hk-locations.json": "non_fixed",
}


def parse(payload: Payload) -> Iterator[Record]:
    """Yield the hotspots of the file's kind; every row must state its own."""
    rows = json_value(payload)
    if not isinstance(rows, list) or not rows:
        raise ShapeError(f"expected a list of places, found {type(rows).__name__} {str(rows)[:60]!r}")
    total, places = 0.0, set()
    for number, one in enumerate(rows, 1):
        where = f"place {number}"
        row = members(one, {"LocationID": (str, int), "NumberOfHotspots": (str, int)}, where=where)
        name = str(row["LocationID"]).strip()
        if not name or name in places:
            raise ShapeError(f"{where}: LocationID: expected each place once, found {name!r} again or blank")
        places.add(name)
        value = figure(row["NumberOfHotspots"], f"{where}: NumberOfHotspots")
        if value is None or value < 0:
            raise ShapeError(f"{where}: NumberOfHotspots: expected a number of 0 or more, found {value!r}")
        total += value
    day = day_of(payload.said_at)
    yield Record(
        indicator=INDICATOR,
        place="hong_kong",
        breakdown=breakdown(kind=KINDS[payload.url]),
        start=day,
        end=day,
        span="point",
        value=total,
        unit="hotspots",
        row={"places": len(places), "hotspots": total},
    )


SOURCE = Source(
    id="hk_wifi",
    title={
        "en": "Wi-Fi.HK hotspot locations",
        "zh-Hant": "「Wi-Fi.HK」熱點位置",
        "zh-Hans": "“Wi-Fi.HK”热点位置",
    },
    publisher="dpo",
    page_url="https://www.ogcio.gov.hk/en/our_work/community/common_wifi_branding/",
    licence="data_gov_hk",
    schedule="25 10 * * mon,thu",
    requests=tuple(Request(url=url) for url in KINDS),
    parse=parse,
    feeds={INDICATOR: ("hong_kong",)},
    fresh_within=timedelta(days=200),
    lag_days=0,
    confirmed=False,
    contract=Contract(columns="evolve"),
)
