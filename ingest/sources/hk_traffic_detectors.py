"""Transport Department: speed and volume past the detectors on strategic and major roads, lane by lane.

Per detector, per district and for Hong Kong, a minute at a time: speed weighted by vehicles, and vehicles an hour
past a detector, all its lanes together. A reading's weight is what it stands for: vehicles for a speed, detectors
for a volume. The feed names no district: ``hk_traffic_detectors.toml`` does, compared with the publisher's list.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from ingest.errors import ShapeError
from ingest.moments import dated_moment, reading
from ingest.numbers import count, one_of
from ingest.reading import cell, csv_rows, xml_tree
from ingest.source import Contract, Payload, Record, Request, Source, breakdown

RAW = "https://resource.data.one.gov.hk/td/traffic-detectors/rawSpeedVol-all.xml"
LIST = (
    "https://static.data.gov.hk/td/traffic-data-strategic-major-roads/info/traffic_speed_volume_occ_info.csv"
)
LIST_HEADER = (
    *("AID_ID_Number", "District", "Road_EN", "Road_TC", "Road_SC", "Easting", "Northing"),
    *("Latitude", "Longitude", "Direction", "Rotation"),
)
PERIODS_AN_HOUR = 120  # a period is 30 seconds
FASTEST = 160  # km/h; the highest limit is 110, and faulty detectors say up to 300
FULLEST = 30  # vehicles in 30 seconds on a lane: one a second, more than a lane can carry

# The publisher's own spellings.
DISTRICTS = {
    "Central & Western": "district_hk_central_and_western",
    "Central and Western": "district_hk_central_and_western",
    "Eastern": "district_hk_eastern",
    "Islands": "district_hk_islands",
    "Kowloon City": "district_hk_kowloon_city",
    "Kwai Tsing": "district_hk_kwai_tsing",
    "Kwun Tong": "district_hk_kwun_tong",
    "North": "district_hk_north",
    "Sai Kung": "district_hk_sai_kung",
    "Sha Tin": "district_hk_sha_tin",
    "Sham Shui Po": "district_hk_sham_shui_po",
    "Southern": "district_hk_southern",
    "Tai Po": "district_hk_tai_po",
    "Tsuen Wan": "district_hk_tsuen_wan",
    "Tuen Mun": "district_hk_tuen_mun",
    "Wan Chai": "district_hk_wan_chai",
    "Wong Tai Sin": "district_hk_wong_tai_sin",
    "Yau Tsim Mong": "district_hk_yau_tsim_mong",
    "Yuen Long": "district_hk_yuen_long",
}
PLACES = ("hong_kong", *sorted(set(DISTRICTS.values())))


@dataclass(frozen=True, kw_only=True, slots=True)
class Lane:
    """What one lane of one detector said of one period of 30 seconds: km/h, per cent, vehicles."""

    detector: str
    lane: str
    period: datetime
    speed: int
    occupancy: int
    volume: int
    valid: bool

    @property
    def counted(self) -> bool:
        """Whether its volume is a measurement."""
        sane = self.valid and self.occupancy >= 0 and 0 <= self.volume <= FULLEST
        return sane and (self.volume == 0 or 0 < self.speed <= FASTEST)

    @property
    def clocked(self) -> bool:
        """Whether its speed is a measurement: with no vehicle it is the posted limit."""
        return self.counted and self.volume > 0


def parse(payload: Payload) -> Iterator[Record]:
    """Yield the readings of the feed; the publisher's list of detectors yields none, but must agree with ours."""
    if payload.url == LIST:
        check_list(payload)
        return
    minutes: dict[datetime, dict[str, list[Lane]]] = defaultdict(lambda: defaultdict(list))
    for lane in lanes(payload):
        minutes[lane.period.replace(second=0)][lane.detector].append(lane)
    if not minutes:
        raise ShapeError("expected at least one lane, found none")
    for minute, detectors in minutes.items():
        yield from _minute_readings(minute, detectors)


def lanes(payload: Payload) -> Iterator[Lane]:
    """Yield every lane of every detector and period of the feed, measured or not; a row that is twice there once."""
    root = xml_tree(payload)
    if root.tag != "raw_speed_volume_list":
        raise ShapeError(f"expected the root 'raw_speed_volume_list', found {root.tag!r}", row=1)
    day = _text(root, "date", "the feed")
    for period in _child(root, "periods", "the feed").iterfind("period"):
        at = dated_moment(day, _text(period, "period_from", "a period"), payload)
        seen: dict[tuple[str, str], Lane] = {}
        for lane in _period_lanes(period, at):
            payload.counted(1)
            known = seen.setdefault((lane.detector, lane.lane), lane)
            if known is lane:
                yield lane
            elif known != lane:
                raise ShapeError(
                    f"{lane.detector}: expected one row for {lane.lane!r}, found two that differ"
                )


def check_list(payload: Payload) -> None:
    """Raise ShapeError where the publisher's list puts a detector in another district than our table does."""
    ours = districts()
    for row in csv_rows(payload, expect=LIST_HEADER):
        district = cell(row, "District", lambda text: DISTRICTS[one_of(text.strip(), DISTRICTS)])
        known = ours.get(row["AID_ID_Number"].strip(), district)
        if known != district:
            raise ShapeError(
                f"{row['AID_ID_Number']}: expected {known}, found {district}: "
                "bring hk_traffic_detectors.toml up to date",
                row=row.number,
            )


@lru_cache(maxsize=1)
def districts() -> Mapping[str, str]:
    """Return the district of each detector that is known to stand in one."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {detector: district for district, detectors in table.items() for detector in detectors}


def _minute_readings(minute: datetime, detectors: Mapping[str, Collection[Lane]]) -> Iterator[Record]:
    places = defaultdict(list)
    of = districts()
    for detector, rows in detectors.items():
        district = of.get(detector)
        volume = _volume(rows)
        part = {"place": district or "hong_kong", "breakdown": breakdown(detector=detector)}
        yield from _readings(minute, rows, [] if volume is None else [volume], part)
        for place in {"hong_kong", district} - {None}:
            places[place].append((rows, volume))
    for place, found in sorted(places.items()):
        rows = [lane for lanes_of_one, _ in found for lane in lanes_of_one]
        volumes = [volume for _, volume in found if volume is not None]
        yield from _readings(minute, rows, volumes, {"place": place})


def _readings(
    minute: datetime, rows: Iterable[Lane], volumes: Collection[float], part: Mapping[str, Any]
) -> Iterator[Record]:
    clocked = [lane for lane in rows if lane.clocked]
    if clocked:
        vehicles = sum(lane.volume for lane in clocked)
        speed = sum(lane.speed * lane.volume for lane in clocked) / vehicles
        yield reading(
            minute, indicator="road_speed_kmh", value=speed, unit="km/h", weight=float(vehicles), **part
        )
    if volumes:
        yield reading(
            minute,
            indicator="road_volume_vph",
            value=sum(volumes) / len(volumes),
            unit="vehicles/hour",
            weight=float(len(volumes)),
            **part,
        )


def _volume(rows: Iterable[Lane]) -> float | None:
    # A period in which one lane was not counted would tell too few vehicles: it is left out.
    periods: dict[datetime, list[Lane]] = defaultdict(list)
    for lane in rows:
        periods[lane.period].append(lane)
    whole = [
        sum(lane.volume for lane in found)
        for found in periods.values()
        if all(lane.counted for lane in found)
    ]
    return PERIODS_AN_HOUR * sum(whole) / len(whole) if whole else None


def _period_lanes(period: Element, at: datetime) -> Iterator[Lane]:
    for detector in _child(period, "detectors", "a period").iterfind("detector"):
        name = _text(detector, "detector_id", "a detector")
        for lane in _child(detector, "lanes", name).iterfind("lane"):
            number = partial(_number, lane, where=name)
            yield Lane(
                detector=name,
                lane=_text(lane, "lane_id", name),
                period=at,
                speed=number("speed"),
                occupancy=number("occupancy"),
                volume=number("volume"),
                valid=one_of(_text(lane, "valid", name), ("Y", "N")) == "Y",
            )


def _child(element: Element, name: str, where: str) -> Element:
    found = element.findall(name)
    if len(found) != 1:
        raise ShapeError(
            f"{where}: expected {name} once, found {', '.join(child.tag for child in element)[:120]!r}"
        )
    return found[0]


def _text(element: Element, name: str, where: str) -> str:
    text = (_child(element, name, where).text or "").strip()
    if not text or {";", "="} & set(text):
        raise ShapeError(f"{where}: {name}: expected plain words, found {text!r}")
    return text


def _number(element: Element, name: str, *, where: str) -> int:
    try:
        return count(_text(element, name, where)) or 0
    except ShapeError as error:
        raise ShapeError(f"{where}: {name}: {error}") from None


SOURCE = Source(
    id="hk_traffic_detectors",
    title={
        "en": "Traffic detectors on strategic and major roads",
        "zh-Hant": "策略性及主要道路交通探測器",
        "zh-Hans": "策略性及主要道路交通检测器",
    },
    publisher="td",
    page_url="https://data.gov.hk/en-data/dataset/hk-td-sm_4-traffic-data-strategic-major-roads",
    licence="data_gov_hk",
    schedule="*/5 * * * *",
    requests=(Request(url=RAW), Request(url=LIST)),
    parse=parse,
    feeds={"road_speed_kmh": PLACES, "road_volume_vph": PLACES},
    fresh_within=timedelta(minutes=30),
    lag_days=0,
    contract=Contract(columns="evolve"),
)
