"""Open Guangdong: how many data sets the province's portal lists, with its cities, as its catalogue says.

The catalogue is asked for one entry and tells the whole number beside it; the portal's interfaces are for
registered accounts, whose token goes with the question, so without one the source is not configured. The answer
holds a text of JSON within JSON. The path and the list of entries were described from older readers of the portal;
the member that tells the number was not seen: one of the declared spellings is read, any other form is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from ingest.errors import ShapeError
from ingest.moments import day_of
from ingest.reading import json_value, members
from ingest.source import Contract, Payload, Record, Request, Source
from ingest.spellings import figure, reduced

INDICATOR = "open_datasets"
TOTALS = tuple(
    map(
        reduced,
        ("total", "totalCount", "totalRecord", "totalRecords", "totalRow", "totalRows", "recordCount"),
    )
)


def parse(payload: Payload) -> Iterator[Record]:
    """Yield the number of data sets in the catalogue, as at the payload's own day."""
    outer = members(json_value(payload), {"dataList": str})
    inside = replace(payload, content=outer["dataList"].encode("utf-8", "replace"), sha256="")
    inner = members(json_value(inside), {"list": list}, where="dataList")
    for number, one in enumerate(inner["list"], 1):
        members(one, {"resId": str}, where=f"dataList: entry {number}")
    total = _total(inner)
    if not inner["list"] or total < len(inner["list"]):
        raise ShapeError(
            f"dataList: expected entries and their number, found {len(inner['list'])} of {total:.0f}"
        )
    day = day_of(payload.said_at)
    yield Record(
        indicator=INDICATOR,
        place="guangdong",
        start=day,
        end=day,
        span="point",
        value=total,
        unit="datasets",
        counting_basis="datasets",
        row={"total": total},
    )


def _total(inner: dict[str, Any]) -> float:
    names = [name for name in inner if reduced(name) in TOTALS]
    if len(names) != 1:
        raise ShapeError(
            f"dataList: expected one of {', '.join(TOTALS)}, found {json.dumps(list(inner))[:160]}"
        )
    value = figure(inner[names[0]], f"dataList: {names[0]}")
    if value is None:
        raise ShapeError(f"dataList: {names[0]}: expected a number, found none")
    return value


SOURCE = Source(
    id="guangdong_open_data",
    title={
        "en": "Catalogue of Open Guangdong",
        "zh-Hant": "「開放廣東」數據目錄",
        "zh-Hans": "“开放广东”数据目录",
    },
    publisher="gd_asgd",
    page_url="https://gddata.gd.gov.cn/",
    licence="not_stated",
    schedule="40 10 * * mon",
    requests=(
        Request(
            url="https://gddata.gd.gov.cn/data/dataSet/findPage?token={key}",
            method="POST",
            body=b"pageNo=1&pageSize=1&sortType=DESC&classifyId=",
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        ),
    ),
    parse=parse,
    feeds={INDICATOR: ("guangdong",)},
    fresh_within=timedelta(days=60),
    lag_days=0,
    confirmed=False,
    key_needed=True,
    contract=Contract(columns="evolve"),
)
