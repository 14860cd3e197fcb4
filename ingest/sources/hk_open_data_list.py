"""DATA.GOV.HK: the data sets that Hong Kong's open data portal lists, counted as entries of its catalogue.

The list has a row for each file of a data set; a data set counts once, by its id. This is another count than the
headline number of data sets that officials quote, and is kept on its own basis. Public readers of the list name
its members (``Data``, ``Dataset ID``, ``Dataset Name`` and others); what they do not name may stand beside them.
One language is enough, the ids are the same in each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from ingest.errors import ShapeError
from ingest.moments import day_of
from ingest.reading import json_value, members
from ingest.source import MEGABYTE, Contract, Payload, Record, Request, Source

INDICATOR = "open_datasets"
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{1,150}", re.IGNORECASE)


def parse(payload: Payload) -> Iterator[Record]:
    """Yield how many data sets the catalogue lists, as at the payload's own day."""
    listed = members(json_value(payload), {"Data": list})["Data"]
    found: set[str] = set()
    for number, one in enumerate(listed, 1):
        row = members(one, {"Dataset ID": str, "Dataset Name": str}, where=f"row {number}")
        name = row["Dataset ID"].strip()
        if not _ID.fullmatch(name):
            raise ShapeError(f"row {number}: Dataset ID: expected an id, found {name[:60]!r}")
        found.add(name.casefold())
    if not found:
        raise ShapeError("Data: expected at least 1 row, found 0")
    day = day_of(payload.said_at)
    yield Record(
        indicator=INDICATOR,
        place="hong_kong",
        start=day,
        end=day,
        span="point",
        value=len(found),
        unit="catalogue packages",
        counting_basis="catalogue_packages",
        row={"datasets": len(found), "files": len(listed)},
    )


SOURCE = Source(
    id="hk_open_data_list",
    title={
        "en": "List of datasets on DATA.GOV.HK",
        "zh-Hant": "「資料一線通」數據集清單",
        "zh-Hans": "“资料一线通”数据集清单",
    },
    publisher="dpo",
    page_url="https://data.gov.hk/en-data/dataset/hk-dpo-datagovhk1-open-dataset-list",
    licence="data_gov_hk",
    schedule="5 10 * * mon,thu",
    requests=(
        Request(
            url="https://resource.data.one.gov.hk/opendata/open-data-list/open-data-dataset-list-en.json",
            max_bytes=128 * MEGABYTE,
        ),
    ),
    parse=parse,
    feeds={INDICATOR: ("hong_kong",)},
    fresh_within=timedelta(days=200),
    lag_days=0,
    confirmed=False,
    contract=Contract(columns="evolve"),
)
