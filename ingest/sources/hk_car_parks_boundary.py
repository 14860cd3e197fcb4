"""Transport Department: vacant spaces for private cars in the car parks beside the boundary crossings.

Asked for by the rectangle around each crossing. Only a counted vacancy (type A) by the hour is a figure; a mere
"has spaces" (B), a closed car park (C) and a negative number, which means no data, are absent. Each car park is
a part of its own: its last update is its time, and parts of different times are not added up here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from ingest.errors import ShapeError
from ingest.moments import past_moment, reading
from ingest.numbers import one_of
from ingest.reading import json_value, members
from ingest.source import Contract, Payload, Record, Request, Source, breakdown

INDICATOR = "boundary_parking_vacancy"
ADDRESS = (
    "https://api.data.gov.hk/v1/carpark-info-vacancy?data=vacancy&vehicleTypes=privateCar&lang=en_US&extent="
)
# west, south, east, north in degrees
AROUND = {
    "hk_heung_yuen_wai": "114.144,22.542,114.164,22.562",
    "hk_hzmb": "113.940,22.307,113.961,22.327",
    "hk_lok_ma_chau": "114.060,22.498,114.085,22.518",
}
CROSSINGS = {f"{ADDRESS}{extent}": place for place, extent in AROUND.items()}
COUNTED, KINDS = "A", ("A", "B", "C")
HOURLY, CATEGORIES = "HOURLY", ("HOURLY", "DAILY", "MONTHLY")
_PARK = re.compile(r"[A-Za-z0-9_-]{1,40}")


def parse(payload: Payload) -> Iterator[Record]:
    """Yield the vacancy of each car park that counts its spaces; an empty answer means no car park there."""
    place = CROSSINGS[payload.url]
    for number, park in enumerate(members(json_value(payload), {"results": list})["results"], 1):
        name = members(park, {"park_Id": str}, where=f"car park {number}")["park_Id"]
        if not _PARK.fullmatch(name):
            raise ShapeError(f"car park {number}: park_Id: expected letters and digits, found {name[:60]!r}")
        for said in (
            members(park, {"privateCar": list}, where=name)["privateCar"] if "privateCar" in park else ()
        ):
            vacancy = members(said, {"vacancy_type": str, "vacancy": int, "lastupdate": str}, where=name)
            if _is_counted(vacancy):
                yield reading(
                    past_moment(vacancy["lastupdate"], "%Y-%m-%d %H:%M:%S", payload),
                    indicator=INDICATOR,
                    place=place,
                    breakdown=breakdown(car_park=name),
                    value=vacancy["vacancy"],
                    unit="spaces",
                    row=vacancy,
                )


def _is_counted(vacancy: dict[str, str | int]) -> bool:
    kind = one_of(vacancy["vacancy_type"], KINDS)
    category = one_of(vacancy.get("category", HOURLY), CATEGORIES)
    return kind == COUNTED and category == HOURLY and vacancy["vacancy"] >= 0


SOURCE = Source(
    id="hk_car_parks_boundary",
    title={
        "en": "Vacant parking spaces beside boundary crossings",
        "zh-Hant": "口岸停車場空置泊位",
        "zh-Hans": "口岸停车场空余车位",
    },
    publisher="td",
    page_url="https://data.gov.hk/en-data/dataset/hk-dpo-datagovhk1-carpark-info-vacancy",
    licence="data_gov_hk",
    schedule="*/15 * * * *",
    requests=tuple(Request(url=url) for url in CROSSINGS),
    parse=parse,
    feeds={INDICATOR: tuple(AROUND)},
    fresh_within=timedelta(minutes=45),
    lag_days=0,
    confirmed=False,
    contract=Contract(columns="evolve"),
)
