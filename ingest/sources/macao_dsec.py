"""Statistics and Census Service of Macao: visitor arrivals by month, from its time series service.

The service answers a plain address with XML: a status, 0 for good, then a block a period, named as public readers
of the service name them. It numbers its indicators in two ways; this is a number of the general catalogue, and it
is held to what it should be by its unit and its period, which are refused where they differ. A blank value is a
month not published. Further series are a line each in SERIES, once their numbers have been looked up in the live
catalogue: the residents, vehicles, ferries and flights that the product would like to have were not seen there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from ingest.errors import ShapeError
from ingest.numbers import count
from ingest.periods import month_of
from ingest.reading import cell, xml_items, xml_tree
from ingest.source import Contract, Payload, Record, Request, Source

NAMESPACE = "http://www.dsec.gov.mo/"
BLOCK = "DSECIndicatorWSData"
MONTHS = 240


@dataclass(frozen=True, kw_only=True)
class Series:
    """A monthly series of the service: its units there, and what it is to us."""

    indicator: str
    unit: str
    place: str
    unit_labels: tuple[str, ...]


SERIES = {
    14023: Series(
        indicator="visitor_arrivals",
        unit="persons",
        place="macao",
        unit_labels=("", "person", "persons", "visitor", "visitors", "no.", "number"),
    ),
}


def _address(number: int) -> str:
    return (
        "https://www.dsec.gov.mo/TimeSeriesDatabase.asmx/getIndicatorLatestNValues"
        f"?iIndicatorID={number}&vLanguageType=English&vFunctionType=VAL&vDataPeriodType=Monthly&iLatestNRecords={MONTHS}"
    )


ADDRESSES = {_address(number): series for number, series in SERIES.items()}


def parse(payload: Payload) -> Iterator[Record]:
    """Yield the value of each month that has one."""
    series = ADDRESSES[payload.url]
    tree = xml_tree(payload)
    status = (tree.findtext(f"{{{NAMESPACE}}}StatusCode") or "").strip()
    if status != "0":
        raise ShapeError(f"StatusCode: expected 0, found {status!r}")
    root = tree.tag.removeprefix(f"{{{NAMESPACE}}}")
    seen = set()
    for row in xml_items(
        payload, root=root, item=BLOCK, expect=("ReferencePeriod", "IndicatorValue"), namespace=NAMESPACE
    ):
        start, end = cell(row, "ReferencePeriod", month_of)
        if row.get("UnitLabel", "").casefold() not in series.unit_labels:
            known = ", ".join(filter(None, series.unit_labels))
            raise ShapeError(
                f"UnitLabel: expected one of {known}, found {row['UnitLabel']!r}", row=row.number
            )
        if row.get("Year", str(end.year)) != str(end.year) or end in seen:
            raise ShapeError(
                f"expected each month once and in its year, found {dict(row)!r}"[:240], row=row.number
            )
        seen.add(end)
        value = cell(row, "IndicatorValue", partial(count, absent=("", "-", "..")))
        if value is not None:
            yield Record(
                indicator=series.indicator,
                place=series.place,
                start=start,
                end=end,
                span="month",
                value=value,
                unit=series.unit,
                row=row,
            )
    if not seen:
        raise ShapeError(f"expected at least one {BLOCK}, found none")


SOURCE = Source(
    id="macao_dsec",
    title={
        "en": "Time series of Macao's statistics service",
        "zh-Hant": "澳門統計暨普查局時間序列",
        "zh-Hans": "澳门统计暨普查局时间序列",
    },
    publisher="mo_dsec",
    page_url="https://www.dsec.gov.mo/ts/",
    licence="not_stated",
    schedule="35 10 * * *",
    requests=tuple(Request(url=url) for url in ADDRESSES),
    parse=parse,
    feeds={series.indicator: (series.place,) for series in SERIES.values()},
    fresh_within=timedelta(days=75),
    lag_days=25,
    confirmed=False,
    contract=Contract(columns="evolve", types="discard_row"),
)
