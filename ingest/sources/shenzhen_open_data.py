"""Shenzhen Open Data Platform: how many records a data set offers through the platform's interface.

An answer tells the whole number beside the page asked for, here of one record. The key is a registered account's,
and each data set must be subscribed for it, so without one the source is not configured; a data set that is not
subscribed answers with a message, which is refused as such. A further data set is a line in DATA_SETS. The form of
the answer was seen in a public copy; that of this data set today was not.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ingest.errors import ShapeError
from ingest.moments import day_of
from ingest.reading import json_value, members
from ingest.source import Contract, Payload, Record, Request, Source, breakdown
from ingest.spellings import figure

INDICATOR = "open_data_api_records"
# the platform's number of each data set; 29200_00403601 is swipes of the Shenzhen Tong card
DATA_SETS = ("29200_00403601",)


def _address(data_set: str) -> str:
    return f"https://opendata.sz.gov.cn/api/{data_set}/1/service.xhtml?page=1&rows=1&appKey={{key}}"


ADDRESSES = {_address(data_set): data_set for data_set in DATA_SETS}


def parse(payload: Payload) -> Iterator[Record]:
    """Yield the number of records of the data set asked for, as at the payload's own day."""
    data_set = ADDRESSES[payload.url]
    value = json_value(payload)
    if isinstance(value, dict) and "data" not in value and "message" in value:
        said = f"{value.get('code', '')} {value['message']}".strip()
        raise ShapeError(
            f"{data_set}: expected records, found the message {said[:160]!r}: subscribe to the data set"
        )
    answer = members(value, {"total": (int, str), "data": list})
    total = figure(answer["total"], "total")
    if total is None or not answer["data"] or total < len(answer["data"]):
        raise ShapeError(
            f"{data_set}: expected records and their number, found {len(answer['data'])} of {total}"
        )
    if not all(isinstance(one, dict) for one in answer["data"]):
        raise ShapeError(f"{data_set}: expected records that are objects, found {str(answer['data'])[:160]}")
    day = day_of(payload.said_at)
    yield Record(
        indicator=INDICATOR,
        place="shenzhen",
        breakdown=breakdown(dataset=data_set),
        start=day,
        end=day,
        span="point",
        value=total,
        unit="records",
        row={"dataset": data_set, "total": total},
    )


SOURCE = Source(
    id="shenzhen_open_data",
    title={
        "en": "Interfaces of the Shenzhen Open Data Platform",
        "zh-Hant": "深圳市政府數據開放平台介面",
        "zh-Hans": "深圳市政府数据开放平台接口",
    },
    publisher="sz_asgd",
    page_url="https://opendata.sz.gov.cn/",
    licence="not_stated",
    schedule="45 10 * * mon",
    requests=tuple(Request(url=url) for url in ADDRESSES),
    parse=parse,
    feeds={INDICATOR: ("shenzhen",)},
    fresh_within=timedelta(days=60),
    lag_days=0,
    confirmed=False,
    key_needed=True,
    contract=Contract(columns="evolve"),
)
