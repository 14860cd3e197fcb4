"""Digital Policy Office: places with a Hong Kong Cross-boundary Public Services kiosk, counted by city.

The catalogue describes location, address, coordinates and opening hours in one file, presumably in three
languages; the names of the columns and the coordinate system were not seen. Columns spelt as declared are read,
any other header is refused. A kiosk is in the city whose shape holds its point, read as WGS84 and as GCJ-02, and
its address must agree; nothing is placed by a name within an address. A kiosk that cannot be placed keeps the
publisher's own words, for a person to decide, and what is counted beside it is then a lower bound.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial

from ingest.errors import ShapeError
from ingest.moments import day_of
from ingest.numbers import number
from ingest.placing import CITIES, MAINLAND, cities_at, cities_on_grid, placed
from ingest.reading import cell
from ingest.source import Contract, Payload, Record, Request, Row, Source
from ingest.spellings import Form, spelt_rows

LOCATIONS, REACHED = "cbps_kiosk_locations", "cbps_kiosk_cities_mainland"
ADDRESS = "https://www.crossboundaryservices.gov.hk/datagovhk/cbps_self_kiosks.csv"

FORM = Form(
    needed={
        "name": (
            "Location",
            "Location Name",
            "Name",
            "Name of Location",
            "Kiosk Location",
            "Venue",
            "地點",
            "地点",
        ),
        "address": ("Address", "Location Address", "地址"),
    },
    may={
        "latitude": ("Latitude", "Lat", "緯度", "纬度"),
        "longitude": ("Longitude", "Long", "Lng", "Lon", "經度", "经度"),
        "easting": ("Easting", "Eastings", "坐標東", "X"),
        "northing": ("Northing", "Northings", "坐標北", "Y"),
        "hours": (
            "Opening Hours",
            "Operating Hours",
            "Service Hours",
            "開放時間",
            "服務時間",
            "开放时间",
            "服务时间",
        ),
        "city": ("City", "Mainland City", "城市"),
        "province": ("Province", "省份"),
        "number": ("No.", "ID", "Serial No.", "Item", "編號", "编号"),
        "remarks": ("Remarks", "Remark", "備註", "备注"),
    },
    tongues=("name", "address", "hours", "city", "province", "remarks"),
)


def parse(payload: Payload) -> Iterator[Record]:
    """Yield the places with a kiosk by city, one for each that has no sure city, and the Mainland cities with one."""
    where: dict[str, str | None] = {}
    for row in spelt_rows(payload, FORM):
        if not row["name"] or not row["address"]:
            raise ShapeError("expected a location and its address, found a blank", row=row.number)
        where[f"{row['name']}\n{row['address']}".casefold()] = placed(_address(row), _point(row))
    day = day_of(payload.said_at)
    found = Counter(city for city in where.values() if city)
    lost = [words for words, city in where.items() if city is None]
    qualifier = "at_least" if lost else "exact"
    for city, value in sorted(found.items()):
        yield _record(LOCATIONS, city, day, value, "locations", qualifier, {"places": value})
    for words in lost:
        said = " / ".join(words.splitlines())
        yield _record(LOCATIONS, said, day, 1, "locations", qualifier, {"kiosk": said})
    reached = [city for city in MAINLAND if city in found]
    yield _record(REACHED, "gba", day, len(reached), "cities", qualifier, {"cities": reached})


def _address(row: Row) -> str:
    return "\n".join((row["address"], row.get("city", "")))


def _point(row: Row) -> set[str | None]:
    """Return the cities in which the row's point may lie; empty where the row gives none."""
    for pair, cities in ((("longitude", "latitude"), cities_at), (("easting", "northing"), cities_on_grid)):
        given = [name for name in pair if name in row]
        if len(given) == 1:
            raise ShapeError(f"expected {' and '.join(pair)} together, found {given[0]} alone")
        values = [cell(row, name, partial(number, absent=("", "-"))) for name in given]
        known = [value for value in values if value is not None]
        if len(known) == 1:
            raise ShapeError(f"expected both {' and '.join(pair)}, found one", row=row.number)
        if known:
            return cities(known[0], known[1])
    return set()


def _record(
    indicator: str, place: str, day: date, value: int, unit: str, qualifier: str, row: Mapping[str, object]
) -> Record:
    return Record(
        indicator=indicator,
        place=place,
        start=day,
        end=day,
        span="point",
        value=value,
        unit=unit,
        qualifier=qualifier,
        row=row,
    )


SOURCE = Source(
    id="hk_cbps_kiosks",
    title={
        "en": "Kiosk locations of Cross-boundary Public Services",
        "zh-Hant": "「跨境通辦」自助服務機地點",
        "zh-Hans": "“跨境通办”自助服务机点位",
    },
    publisher="dpo",
    page_url="https://data.gov.hk/en-data/dataset/hk-dpo-cbpsjson01-cbpskiosk",
    licence="data_gov_hk",
    schedule="25 9 * * *",
    requests=(Request(url=ADDRESS),),
    parse=parse,
    feeds={LOCATIONS: CITIES, REACHED: ("gba",)},
    fresh_within=timedelta(days=400),
    lag_days=0,
    confirmed=False,
    contract=Contract(columns="freeze"),
)
