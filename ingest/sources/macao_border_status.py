"""Public Security Police Force of Macao: how busy each checkpoint is, by direction, as a level.

The publisher's classes are put on the scale of the indicator: 1 smooth is 0; 2 busy is 1; 3 crowded and 4 with
diversion are 2; 5, 7 and 8, closed or suspended, are 99. What is unknown or has no data is absent. A checkpoint
has several points; the busiest that is open counts. Its own minutes behind the classes are others than Hong Kong's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from ingest.errors import ShapeError
from ingest.moments import past_moment, reading, slot_start
from ingest.reading import json_value, members
from ingest.source import Contract, Payload, Record, Request, Source, breakdown

INDICATOR = "bcp_wait_level"
CLOSED = 99
LEVELS = {
    "1": 0,
    "2": 1,
    "3": 2,
    "4": 2,
    "5": CLOSED,
    "7": CLOSED,
    "8": CLOSED,
    "0": None,
    "6": None,
    "100": None,
}
DIRECTIONS = {"E": "arrival", "D": "departure"}
IN_SERVICE, OUT_OF_SERVICE = "0", "1"
TOLD = ("Pn", "Id", "St", "Ti", "Os")

# The publisher's numbers of the points at each checkpoint.
CHECKPOINTS = {
    "mo_border_gate": ("2", "7"),
    "mo_hengqin": ("5", "263", "264", "265"),
    "mo_hzmb": ("16", "17", "18", "19", "22", "23", "25", "261", "262"),
    "mo_industrial_park": ("8", "271", "281"),
    "mo_inner_harbour": ("3",),
    "mo_outer_harbour": ("1",),
    "mo_qingmao": ("55",),
    "mo_taipa_ferry": ("12",),
}
PLACES = {point: place for place, points in CHECKPOINTS.items() for point in points}


def parse(payload: Payload) -> Iterator[Record]:
    """Yield the level of each checkpoint and direction; a point we do not know keeps its number, for the checks."""
    found: dict[tuple[str, str], list[tuple[int, datetime]]] = defaultdict(list)
    for number, said in enumerate(_points(payload), 1):
        where = f"point {number}"
        point = members(said, dict.fromkeys(TOLD, str), where=where)
        direction = DIRECTIONS[_known(point, "Id", DIRECTIONS, where)]
        level = LEVELS[_known(point, "St", LEVELS, where)]
        serving = _known(point, "Os", (IN_SERVICE, OUT_OF_SERVICE, ""), where) != OUT_OF_SERVICE
        if level is not None and serving:
            place = PLACES.get(point["Pn"], f"point {point['Pn']}")
            found[place, direction].append((level, past_moment(point["Ti"], "%Y/%m/%d %H:%M", payload)))
    for (place, direction), told in sorted(found.items()):
        opened = [level for level, _ in told if level != CLOSED]
        yield reading(
            slot_start(max(at for _, at in told)),
            indicator=INDICATOR,
            place=place,
            breakdown=breakdown(direction=direction),
            value=max(opened, default=CLOSED),
            unit="level",
            row={"place": place, "levels": [level for level, _ in told]},
        )


def _points(payload: Payload) -> list[object]:
    outer = members(json_value(payload), {"d": str})
    inside = replace(payload, content=outer["d"].encode("utf-8", "replace"), sha256="")
    inner = members(json_value(inside), {"Rs": bool, "Rt": list}, where="d")
    if not inner["Rs"] or not inner["Rt"]:
        raise ShapeError(
            f"expected Rs true and points in Rt, found Rs {inner['Rs']}, {len(inner['Rt'])} points"
        )
    return inner["Rt"]


def _known(point: dict[str, str], name: str, known: Collection[str], where: str) -> str:
    if point[name] not in known:
        raise ShapeError(f"{where}: {name}: expected one of {', '.join(known)}, found {point[name]!r}")
    return point[name]


SOURCE = Source(
    id="macao_border_status",
    title={
        "en": "Status of Macao's checkpoints",
        "zh-Hant": "澳門出入境口岸狀況",
        "zh-Hans": "澳门出入境口岸状况",
    },
    publisher="mo_psp",
    page_url="https://www.fsm.gov.mo/psp/",
    licence="not_stated",
    schedule="*/15 * * * *",
    requests=(
        Request(
            url="https://www.fsm.gov.mo/psp/pspmonitor/webservice.asmx/getStatus",
            method="POST",
            body=b"{}",
            headers={"Content-Type": "application/json"},
        ),
    ),
    parse=parse,
    feeds={INDICATOR: tuple(CHECKPOINTS)},
    fresh_within=timedelta(minutes=45),
    lag_days=0,
    confirmed=False,
    contract=Contract(columns="evolve"),
)
