"""Hong Kong Monetary Authority: turnover of the Faster Payment System in Hong Kong dollars, and its registrations.

One answer a table, newest and oldest months together, a month a record; the fields are those of the published
documentation of the interface. Each total stands with the parts that must add up to it: all payments are real-time
and batch, real-time are credit transfers and direct debits, credit transfers are three kinds. What does not add up
waits for a person. A page holds at most 1,000 months: an answer that fills it, or tells another number than it
holds, is refused. September 2018 is left out, because the system opened on its last day: it is no whole month.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from ingest.errors import ShapeError
from ingest.periods import month_of
from ingest.reading import json_value, members
from ingest.source import Contract, Payload, Record, Request, Source, breakdown
from ingest.spellings import figure

FOLDER = "https://api.hkma.gov.hk/public/market-data-and-statistics/monthly-statistical-bulletin/banking/ch-statistics-"
PAGE = 1000
VOLUME, VALUE, REGISTRATIONS = (
    f"{FOLDER}{table}?pagesize={PAGE}&offset=0"
    for table in ("turnover-fps-hkd-payment-vol", "turnover-fps-hkd-payment-val", "fps-reg")
)
TURNOVER = {
    VOLUME: ("fps_hkd_monthly_volume", "transactions", True),
    VALUE: ("fps_hkd_monthly_value", "HKD thousand", False),
}
# total -> its name among the parts, and the fields that must add up to it
SUMS = {
    "total": ("", ("rt_payment", "bat_payment")),
    "rt_payment": (breakdown(kind="real_time"), ("rtctp", "rtddp")),
    "rtctp": (
        breakdown(kind="real_time_credit_transfer"),
        ("rtctp_pp_payee_proxy_id", "rtctp_pp_payee_acc_no", "rtctp_other_payment"),
    ),
}
OPENING = date(2018, 9, 30)


def parse(payload: Payload) -> Iterator[Record]:
    """Yield turnover by month with the totals of its parts, or registrations at the end of each month."""
    seen: set[date] = set()
    for number, row in enumerate(_records(payload), 1):
        where = f"record {number}"
        months = members(row, {"end_of_month": str}, where=where)
        start, end = month_of(months["end_of_month"])
        if end in seen:
            raise ShapeError(f"{where}: expected each month once, found {months['end_of_month']} twice")
        seen.add(end)
        if payload.url == REGISTRATIONS:
            yield _registrations(row, end, where)
        elif end != OPENING:
            yield from _turnover(row, TURNOVER[payload.url], (start, end), where)


def _records(payload: Payload) -> list[Any]:
    answer = members(json_value(payload), {"header": dict, "result": dict})
    header = members(answer["header"], {"success": bool, "err_code": str}, where="header")
    if not header["success"] or header["err_code"] != "0000":
        said = header.get("err_msg", "")
        raise ShapeError(f"header: expected success and 0000, found {header['err_code']} {said!r}"[:300])
    result = members(answer["result"], {"datasize": int, "records": list}, where="result")
    found = len(result["records"])
    if result["datasize"] != found or not 0 < found < PAGE:
        raise ShapeError(
            f"result: expected 1 to {PAGE - 1} records, all told, found {found} of {result['datasize']}"
        )
    return result["records"]


def _turnover(
    row: Mapping[str, Any], told: tuple[str, str, bool], month: tuple[date, date], where: str
) -> Iterator[Record]:
    indicator, unit, whole = told
    names = dict.fromkeys((*SUMS, *(part for _, parts in SUMS.values() for part in parts)))
    values = {name: _number(row, name, where, whole=whole) for name in names}
    for total, (kind, parts) in SUMS.items():
        yield Record(
            indicator=indicator,
            place="hong_kong",
            breakdown=kind,
            start=month[0],
            end=month[1],
            span="month",
            value=values[total],
            unit=unit,
            total=sum(values[part] for part in parts),
            row={
                "end_of_month": row["end_of_month"],
                total: values[total],
                **{part: values[part] for part in parts},
            },
        )


def _registrations(row: Mapping[str, Any], end: date, where: str) -> Record:
    personal, corporate, total = (
        _number(row, name, where, whole=True)
        for name in ("total_personal", "total_corporate", "total_grand_total")
    )
    return Record(
        indicator="fps_registrations",
        place="hong_kong",
        start=end,
        end=end,
        span="point",
        value=total,
        unit="accounts",
        total=personal + corporate,
        row={"end_of_month": row["end_of_month"], "personal": personal, "corporate": corporate},
    )


def _number(row: Mapping[str, Any], name: str, where: str, *, whole: bool) -> float:
    if name not in row:
        raise ShapeError(f"{where}: expected {name!r}, found {', '.join(row)[:160]!r}")
    value = figure(row[name], f"{where}: {name}", whole=whole)
    if value is None:
        raise ShapeError(f"{where}: {name}: expected a number, found {row[name]!r}")
    return value


SOURCE = Source(
    id="hkma_fps",
    title={
        "en": "Turnover and registrations of the Faster Payment System",
        "zh-Hant": "「轉數快」交易及登記統計",
        "zh-Hans": "“转数快”交易及注册统计",
    },
    publisher="hkma",
    page_url="https://apidocs.hkma.gov.hk/documentation/market-data-and-statistics/monthly-statistical-bulletin/",
    licence="data_gov_hk",
    schedule="15 10 * * *",
    requests=tuple(Request(url=url) for url in (VOLUME, VALUE, REGISTRATIONS)),
    parse=parse,
    feeds={
        "fps_hkd_monthly_volume": ("hong_kong",),
        "fps_hkd_monthly_value": ("hong_kong",),
        "fps_registrations": ("hong_kong",),
    },
    fresh_within=timedelta(days=120),
    lag_days=45,
    confirmed=False,
    contract=Contract(columns="evolve"),
)
