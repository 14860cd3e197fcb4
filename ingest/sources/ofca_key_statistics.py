"""Office of the Communications Authority: key communications statistics, a month a row.

Blank cells are months that were not published, never zeros; columns come with lags of their own and new ones are
added from time to time, so only the columns read here must be there, and the two newest may be missing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

from ingest.errors import ShapeError
from ingest.numbers import count, number
from ingest.reading import cell, csv_rows
from ingest.source import Contract, Payload, Record, Request, Source

SUBSCRIPTIONS, PERCENT, POINTS = "subscriptions", "%", "access points"
# column -> indicator and unit
COLUMNS = {
    "MOBL_PEN_RATE": ("mobile_penetration_pct", PERCENT),
    "MOBL_USERS_QTY": ("mobile_subscriptions", SUBSCRIPTIONS),
    "MOBL_BB_USERS_QTY": ("mobile_broadband_subscriptions", SUBSCRIPTIONS),
    "BB_USERS_QTY": ("broadband_subscriptions", SUBSCRIPTIONS),
    "HH_PEN_RATE": ("hh_broadband_penetration_pct", PERCENT),
    "FTTHB_PEN_RATE": ("ftthb_hh_penetration_pct", PERCENT),
    "FTTH_PEN_RATE": ("ftth_hh_penetration_pct", PERCENT),
    "WIFI_AP_QTY": ("public_wifi_aps", POINTS),
}
ADDED_LATER = {
    "FTTHB_RES_CVG_RATE": ("ftthb_res_coverage_pct", PERCENT),
    "FTTH_RES_CVG_RATE": ("ftth_res_coverage_pct", PERCENT),
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NAMED = re.compile(rf"({'|'.join(MONTHS)})-(\d\d)")
_NUMBERED = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


def parse(payload: Payload) -> Iterator[Record]:
    """Yield a record for each cell that is not blank, as at the end of the row's month."""
    for row in csv_rows(payload, expect=("DATE", *COLUMNS), more=True, ended=True):
        end = cell(row, "DATE", month_end)
        for column, (indicator, unit) in (COLUMNS | ADDED_LATER).items():
            read: Callable[[str], float | None] = partial(number if unit == PERCENT else count, absent={""})
            value = cell(row, column, read) if column in row else None
            if value is not None:
                yield Record(
                    indicator=indicator,
                    place="hong_kong",
                    start=end,
                    end=end,
                    span="point",
                    value=value,
                    unit=unit,
                    row=row,
                )


def month_end(text: str) -> date:
    """Return the last day of a month told as ``Sep-22`` or as ``2022-09``; both have been seen."""
    if named := _NAMED.fullmatch(text):
        year, month = 2000 + int(named[2]), MONTHS.index(named[1]) + 1
    elif numbered := _NUMBERED.fullmatch(text):
        year, month = int(numbered[1]), int(numbered[2])
    else:
        raise ShapeError(f"expected a month such as Sep-22 or 2022-09, found {text!r}", raw=text)
    return date(year, month, monthrange(year, month)[1])


SOURCE = Source(
    id="ofca_key_statistics",
    title={
        "en": "Key communications statistics",
        "zh-Hant": "主要通訊業統計資料",
        "zh-Hans": "香港通信业主要统计数据",
    },
    publisher="ofca",
    page_url="https://data.gov.hk/en-data/dataset/hk-ofca-ofca-ofca-dataset-10",
    licence="data_gov_hk",
    schedule="15 9 * * *",
    requests=(Request(url="https://www.ofca.gov.hk/filemanager/ofca/common/datagovhk/key_com_stat.csv"),),
    parse=parse,
    feeds=dict.fromkeys((indicator for indicator, _ in (COLUMNS | ADDED_LATER).values()), ("hong_kong",)),
    fresh_within=timedelta(days=120),
    lag_days=45,
    contract=Contract(columns="evolve", types="discard_row"),
)
