"""Transport Department: average speed on each segment of the strategic and major roads.

Per segment (``segment=…``), and per road (``road=…``) the plain mean of its segments, whose lengths the feed does
not tell; a road's reading weighs its segments. Which segments make a road is in ``hk_road_segments.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from ingest.errors import ShapeError
from ingest.moments import dated_moment, reading
from ingest.numbers import number, one_of
from ingest.reading import cell, xml_items, xml_tree
from ingest.source import Contract, Payload, Record, Request, Source, breakdown

INDICATOR = "road_speed_kmh"
ROOT = "segment_speed_list"
_ID = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """What the feed says of one segment; *measured* is False where its speed is the posted limit."""

    id: int
    speed: float
    measured: bool


def parse(payload: Payload) -> Iterator[Record]:
    """Yield a reading for each measured segment and each road that has one."""
    at = _stated_at(payload)
    of = roads()
    speeds: dict[str, list[float]] = defaultdict(list)
    for segment in segments(payload):
        if segment.measured:
            yield _reading(at, segment.speed, breakdown(segment=str(segment.id)))
            if segment.id in of:
                speeds[of[segment.id]].append(segment.speed)
    for road, found in sorted(speeds.items()):
        yield _reading(at, sum(found) / len(found), breakdown(road=road), weight=float(len(found)))


def segments(payload: Payload) -> Iterator[Segment]:
    """Yield every segment of the feed, measured or not; one that is twice there, or none at all, is refused."""
    seen: set[int] = set()
    for row in xml_items(payload, root=ROOT, item="segment", expect=("segment_id", "speed", "valid")):
        name = cell(row, "segment_id", _id)
        if name in seen:
            raise ShapeError(f"segment {name}: expected it once, found it twice", row=row.number)
        seen.add(name)
        valid = cell(row, "valid", lambda text: one_of(text, ("Y", "N")))
        yield Segment(id=name, speed=cell(row, "speed", number), measured=valid == "Y")
    if not seen:
        raise ShapeError("expected at least one segment, found none")


@lru_cache(maxsize=1)
def roads() -> Mapping[int, str]:
    """Return the road of each segment that is known to be part of one; a number is a strategic route."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {segment: road for road, found in table.items() for segment in found}


def _id(text: str) -> int:
    if not _ID.fullmatch(text):
        raise ShapeError(f"expected a segment's number, found {text[:60]!r}", raw=text)
    return int(text)


def _stated_at(payload: Payload) -> datetime:
    root = xml_tree(payload)
    said = {name: (root.findtext(name) or "").strip() for name in ("date", "time")}
    missing = [name for name, text in said.items() if not text]
    if root.tag != ROOT or missing:
        found = ", ".join(child.tag for child in root)[:120]
        raise ShapeError(f"expected {ROOT} with date and time, found {root.tag} with {found!r}", row=1)
    return dated_moment(said["date"], said["time"], payload)


def _reading(at: datetime, speed: float, part: str, weight: float = 1.0) -> Record:
    return reading(
        at,
        indicator=INDICATOR,
        place="hong_kong",
        breakdown=part,
        value=speed,
        unit="km/h",
        weight=weight,
    )


SOURCE = Source(
    id="hk_road_segments",
    title={
        "en": "Average speed by road segment",
        "zh-Hant": "路段平均行車速度",
        "zh-Hans": "路段平均车速",
    },
    publisher="td",
    page_url="https://data.gov.hk/en-data/dataset/hk-td-sm_4-traffic-data-strategic-major-roads",
    licence="data_gov_hk",
    schedule="*/15 * * * *",
    requests=(Request(url="https://resource.data.one.gov.hk/td/traffic-detectors/irnAvgSpeed-all.xml"),),
    parse=parse,
    feeds={INDICATOR: ("hong_kong",)},
    fresh_within=timedelta(minutes=45),
    lag_days=0,
    contract=Contract(columns="evolve", types="discard_row"),
)
