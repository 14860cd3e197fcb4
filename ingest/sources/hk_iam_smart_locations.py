"""Digital Policy Office: where one can register for iAM Smart, counted by city and kind of place.

Three files: staffed counters, stops of the mobile teams, self-registration kiosks. Only what they hold was
described, not what the members are called: those spelt as declared are read, any other is refused. A place is in
the city whose shape holds its point, with its address agreeing, or else in the one city that its address or
district names in full. One that cannot be placed keeps the publisher's words, for a person to decide, and what
is counted beside it is a lower bound. A mobile team's place counts once, however many days it is visited.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta

from ingest.errors import ShapeError
from ingest.moments import day_of
from ingest.placing import CITIES, cities_at, cities_on_grid, placed
from ingest.reading import json_value
from ingest.source import Contract, Payload, Record, Request, Source, breakdown
from ingest.spellings import Form, figure, objects_of, spelt

INDICATOR = "iam_smart_reg_points"
FOLDER = "https://www.digitalpolicy.gov.hk/open_data/iam_smart/iAM-Smart-"
KINDS = {
    f"{FOLDER}RegistrationServiceCounter.json": "counter",
    f"{FOLDER}RegistrationMobileTeamService.json": "mobile_team",
    f"{FOLDER}SelfRegistrationKiosk.json": "kiosk",
}
FORM = Form(
    needed={"address": ("Address", "Location Address", "Venue Address")},
    may={
        "name": ("Name", "Location", "Location Name", "Venue", "Office", "Service Counter", "Kiosk Name"),
        "district": ("District", "Area", "Region", "City"),
        "latitude": ("Latitude", "Lat"),
        "longitude": ("Longitude", "Long", "Lng", "Lon"),
        "easting": ("Easting", "Eastings"),
        "northing": ("Northing", "Northings"),
        "hours": (
            "Opening Hours",
            "Operating Hours",
            "Service Hours",
            "Service Time",
            "Opening Hour",
            "Time",
        ),
        "date": ("Date", "Service Date"),
        "telephone": ("Telephone", "Tel", "Telephone Number", "Phone", "Enquiry", "Contact"),
        "number": ("ID", "No.", "Code"),
        "remarks": ("Remarks", "Remark", "Note", "Notes"),
        "link": ("Website", "URL", "Link", "Map", "Map Link"),
        "updated": ("Last Update", "Last Updated", "Last Update Date", "Update Date"),
    },
    tongues=("address", "name", "district", "hours", "remarks", "link"),
)


def parse(payload: Payload) -> Iterator[Record]:
    """Yield the places of the file's kind by city, and one for each that has no sure city."""
    kind = KINDS[payload.url]
    where: dict[str, str | None] = {}
    for number, one in enumerate(objects_of(json_value(payload)), 1):
        told = spelt(one, FORM, where=f"place {number}")
        if not told["address"]:
            raise ShapeError(f"place {number}: expected an address, found a blank")
        name = f"{told.get('name', '')}\n{told['address']}".casefold()
        address = f"{told['address']}\n{told.get('district', '')}"
        where[name] = placed(address, _point(told, f"place {number}"))
    found = Counter(city for city in where.values() if city)
    lost = [" / ".join(words.split("\n")).strip(" /") for words, city in where.items() if city is None]
    day = day_of(payload.said_at)
    for place, value in (*sorted(found.items()), *((words, 1) for words in lost)):
        yield Record(
            indicator=INDICATOR,
            place=place,
            breakdown=breakdown(kind=kind),
            start=day,
            end=day,
            span="point",
            value=value,
            unit="points",
            qualifier="at_least" if lost else "exact",
            row={"place": place, "kind": kind, "points": value},
        )


def _point(told: Mapping[str, object], where: str) -> set[str | None]:
    """Return the cities in which a place's point may lie; empty where it gives none."""
    for pair, cities in ((("longitude", "latitude"), cities_at), (("easting", "northing"), cities_on_grid)):
        values = [figure(told.get(name), f"{where}: {name}", whole=False) for name in pair]
        known = [value for value in values if value is not None]
        if len(known) == 1:
            raise ShapeError(f"{where}: expected both {' and '.join(pair)}, found one")
        if known:
            return cities(known[0], known[1])
    return set()


SOURCE = Source(
    id="hk_iam_smart_locations",
    title={
        "en": "Registration locations of iAM Smart",
        "zh-Hant": "「智方便」登記地點",
        "zh-Hans": "“智方便”登记地点",
    },
    publisher="dpo",
    page_url="https://data.gov.hk/en-data/dataset/hk-dpo-dpo_hp-iam-smart-registration-locations",
    licence="data_gov_hk",
    schedule="30 9 * * *",
    requests=tuple(Request(url=url) for url in KINDS),
    parse=parse,
    feeds={INDICATOR: CITIES},
    fresh_within=timedelta(days=400),
    lag_days=0,
    confirmed=False,
    contract=Contract(columns="freeze"),
)
