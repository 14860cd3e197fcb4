"""Digital Policy Office: e-Government services of Hong Kong a calendar year: how many, how often used, taken up.

What the file holds was described, not what its members are called: those spelt as declared are read, any other
is refused, so that a figure in millions is never taken for one. A year without a figure is absent.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ingest.errors import ShapeError
from ingest.periods import year_of
from ingest.reading import json_value
from ingest.source import Contract, Payload, Record, Request, Source
from ingest.spellings import Form, figure, objects_of, spelt

# our name -> indicator, unit, whether it stands at the year's end
FIGURES = {
    "services": ("hk_egov_services", "services", True),
    "transactions": ("hk_egov_transactions", "transactions", False),
    "takeup": ("hk_egov_takeup_pct", "%", False),
}
FORM = Form(
    needed={
        "year": ("Year",),
        "services": (
            "Number of transactional e-services",
            "No. of transactional e-services",
            "Number of transactional e-Government services",
            "Number of e-Government services",
            "Number of e-services",
        ),
        "transactions": (
            "Number of e-transactions",
            "No. of e-transactions",
            "Number of electronic transactions",
            "Number of e-Government transactions",
        ),
        "takeup": (
            "Take-up rate",
            "Take-up rate (%)",
            "Overall take-up rate",
            "Overall take-up rate (%)",
            "E-service take-up rate",
            "E-option take-up rate",
        ),
    },
    may={"remarks": ("Remarks", "Remark", "Note", "Notes")},
    tongues=("remarks",),
)


def parse(payload: Payload) -> Iterator[Record]:
    """Yield the three figures of each year that has them; a share written with a per cent sign is read as such."""
    for number, one in enumerate(objects_of(json_value(payload)), 1):
        where = f"entry {number}"
        told = spelt(one, FORM, where=where)
        if isinstance(told["year"], bool) or not isinstance(told["year"], int | str):
            raise ShapeError(f"{where}: year: expected a year such as 2024, found {told['year']!r}")
        start, end = year_of(str(told["year"]))
        for name, (indicator, unit, stock) in FIGURES.items():
            said = told[name]
            if unit == "%" and isinstance(said, str):
                said = said.strip().removesuffix("%")
            value = figure(said, f"{where}: {name}", whole=unit != "%")
            if value is not None:
                yield Record(
                    indicator=indicator,
                    place="hong_kong",
                    start=end if stock else start,
                    end=end,
                    span="point" if stock else "year",
                    value=value,
                    unit=unit,
                    row=told,
                )


SOURCE = Source(
    id="hk_egov_statistics",
    title={
        "en": "Statistics of e-Government services",
        "zh-Hant": "電子政府服務統計數字",
        "zh-Hans": "香港电子政务服务统计数据",
    },
    publisher="dpo",
    page_url="https://data.gov.hk/en-data/dataset/hk-dpo-govhkstats-e-government-services-statistics",
    licence="data_gov_hk",
    schedule="40 9 * * mon",
    requests=(
        Request(url="https://www.gov.hk/datagovhk/e-Govt-statistics/e-government_services_statistics.json"),
    ),
    parse=parse,
    feeds={indicator: ("hong_kong",) for indicator, _, _ in FIGURES.values()},
    fresh_within=timedelta(days=550),
    lag_days=120,
    confirmed=False,
    contract=Contract(columns="freeze"),
)
