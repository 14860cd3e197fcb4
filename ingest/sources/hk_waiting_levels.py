"""Immigration Department: how long one waits at the land control points, as a level, for residents and visitors.

0 normal, 1 busy, 2 very busy; 4 the system is under maintenance, 99 the point is closed. A level is never minutes
and never a mean: the files tell no time, so a reading is of the quarter of an hour of its fetch, one a slot.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ingest.errors import ShapeError
from ingest.moments import reading, slot_start
from ingest.reading import json_value, members
from ingest.source import Contract, Payload, Record, Request, Source, breakdown

INDICATOR = "bcp_wait_level"
FOLDER = "https://secure1.info.gov.hk/immd/mobileapps/2bb9ae17/data/"
GROUPS = {f"{FOLDER}CPQueueTimeR.json": "residents", f"{FOLDER}CPQueueTimeV.json": "visitors"}
POINTS = {
    "HYW": "hk_heung_yuen_wai",
    "HZM": "hk_hzmb",
    "LMC": "hk_lok_ma_chau",
    "LSC": "hk_lok_ma_chau_spur",
    "LWS": "hk_lo_wu",
    "MKT": "hk_man_kam_to",
    "SBC": "hk_shenzhen_bay",
    "STK": "hk_sha_tau_kok",
}
QUEUES = {"arrQueue": "arrival", "depQueue": "departure"}
CODES = (0, 1, 2, 4, 99)


def parse(payload: Payload) -> Iterator[Record]:
    """Yield the level of each point and direction; a point we do not know keeps its code, for the checks."""
    group = GROUPS[payload.url]
    at = slot_start(payload.fetched_at)
    found = members(json_value(payload), dict.fromkeys(POINTS, dict))
    for point, said in found.items():
        queues = members(said, dict.fromkeys(QUEUES, int), where=point)
        for queue, direction in QUEUES.items():
            if queues[queue] not in CODES:
                known = ", ".join(map(str, CODES))
                raise ShapeError(f"{point}: {queue}: expected one of {known}, found {queues[queue]}")
            yield reading(
                at,
                indicator=INDICATOR,
                place=POINTS.get(point, point),
                breakdown=breakdown(direction=direction, group=group),
                value=queues[queue],
                unit="level",
                row={"point": point, **queues},
            )


SOURCE = Source(
    id="hk_waiting_levels",
    title={
        "en": "Waiting levels at land control points",
        "zh-Hant": "陸路管制站輪候情況",
        "zh-Hans": "陆路口岸等候情况",
    },
    publisher="immd",
    page_url="https://www.immd.gov.hk/",
    licence="data_gov_hk",
    schedule="*/15 * * * *",
    requests=tuple(Request(url=url) for url in GROUPS),
    parse=parse,
    feeds={INDICATOR: tuple(POINTS.values())},
    fresh_within=timedelta(minutes=45),
    lag_days=0,
    confirmed=False,
    snapshots=True,
    contract=Contract(columns="evolve"),
)
