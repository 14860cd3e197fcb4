"""MTR Corporation: minutes between the next trains at the two boundary stations of the East Rail Line.

The publisher tells the next few trains of each direction; the reading is the mean gap between them, and weighs
its gaps. Northbound (up) trains end at the boundary, southbound (down) trains start there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import pairwise

from ingest.errors import ShapeError
from ingest.moments import moment, past_moment, reading
from ingest.reading import json_value, members
from ingest.source import Contract, Payload, Record, Request, Source, breakdown

INDICATOR = "boundary_train_headway"
ADDRESS = "https://rt.data.gov.hk/v1/transport/mtr/getSchedule.php?line=EAL&sta="
STATIONS = {f"{ADDRESS}LOW": ("EAL-LOW", "hk_lo_wu"), f"{ADDRESS}LMC": ("EAL-LMC", "hk_lok_ma_chau_spur")}
DIRECTIONS = {"UP": "northbound", "DOWN": "southbound"}
GOOD, ALERT = 1, 0
FORM = "%Y-%m-%d %H:%M:%S"
LONGEST = timedelta(hours=1)  # a longer gap is the night, not a headway


def parse(payload: Payload) -> Iterator[Record]:
    """Yield the mean gap of each direction that tells two trains or more; an alert in place of trains is absent."""
    station, place = STATIONS[payload.url]
    answer = members(json_value(payload), {"status": int, "message": str})
    if answer["status"] not in (GOOD, ALERT):
        raise ShapeError(f"status: expected {GOOD} or {ALERT}, found {answer['status']}")
    if answer["status"] == ALERT:
        return
    answer = members(answer, {"curr_time": str, "data": dict})
    at = past_moment(answer["curr_time"], FORM, payload)
    board = members(answer["data"], {station: dict}, where="data")[station]
    if not set(DIRECTIONS) & set(board):
        raise ShapeError(f"{station}: expected UP or DOWN, found {', '.join(board)[:120]!r}")
    for name, direction in DIRECTIONS.items():
        gaps = (
            _gaps(members(board, {name: list}, where=station)[name], f"{station} {name}")
            if name in board
            else []
        )
        if gaps:
            yield reading(
                at,
                indicator=INDICATOR,
                place=place,
                breakdown=breakdown(direction=direction),
                value=sum(gaps, timedelta()) / len(gaps) / timedelta(minutes=1),
                unit="minutes",
                weight=float(len(gaps)),
                row={"station": station, "trains": len(gaps) + 1},
            )


def _gaps(trains: list[Mapping[str, str]], where: str) -> list[timedelta]:
    times = sorted({_due(train, f"{where} {number}") for number, train in enumerate(trains, 1)})
    return [gap for first, second in pairwise(times) if (gap := second - first) <= LONGEST]


def _due(train: object, where: str) -> datetime:
    # The publisher's own minutes to the next train ("ttnt") and its "valid" are placeholders: the time counts.
    said = members(train, {"time": str}, where=where)
    return moment(said["time"], FORM)


SOURCE = Source(
    id="hk_mtr_boundary_trains",
    title={
        "en": "Next trains at Lo Wu and Lok Ma Chau",
        "zh-Hant": "羅湖站及落馬洲站下班列車",
        "zh-Hans": "罗湖站及落马洲站下一班列车",
    },
    publisher="mtr",
    page_url="https://data.gov.hk/en-data/dataset/mtr-data2-nexttrain-data",
    licence="data_gov_hk",
    schedule="*/5 * * * *",
    requests=tuple(Request(url=url) for url in STATIONS),
    parse=parse,
    feeds={INDICATOR: tuple(place for _, place in STATIONS.values())},
    fresh_within=timedelta(minutes=30),
    lag_days=0,
    confirmed=False,
    contract=Contract(columns="evolve"),
)
