"""DATA.GOV.HK: downloads and interface requests of Hong Kong's open data a calendar year, all providers together.

What the file holds was described (downloads and requests by provider), not what its members are called: those
spelt as declared are read, any other is refused. A provider without a figure adds nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from ingest.errors import ShapeError
from ingest.periods import Period, year_of
from ingest.reading import json_value
from ingest.source import Contract, Payload, Record, Request, Source
from ingest.spellings import Form, figure, objects_of, spelt, words

FIGURES = {
    "downloads": ("open_data_downloads_annual", "downloads per year"),
    "requests": ("open_data_api_requests_annual", "requests per year"),
}
FORM = Form(
    needed={
        "year": ("Year", "Period"),
        "provider": (
            "Data Provider",
            "Provider",
            "Organisation",
            "Organization",
            "Department",
            "Name of Provider",
        ),
        "downloads": (
            *("Downloads", "Number of Downloads", "No. of Downloads", "Download Count", "Dataset Downloads"),
            *("Number of Dataset Downloads", "Number of Data Downloads", "Total Downloads"),
        ),
        "requests": (
            *("API Requests", "Number of API Requests", "No. of API Requests", "API Request Count"),
            *("Number of API Calls", "API Calls", "Total API Requests"),
        ),
    },
    may={"category": ("Category",), "remarks": ("Remarks", "Remark", "Note")},
)


def parse(payload: Payload) -> Iterator[Record]:
    """Yield downloads and interface requests of each year over all providers."""
    sums: dict[tuple[Period, str], float] = defaultdict(float)
    providers: dict[Period, set[str]] = defaultdict(set)
    for number, one in enumerate(objects_of(json_value(payload)), 1):
        where = f"entry {number}"
        told = spelt(one, FORM, where=where)
        if isinstance(told["year"], bool) or not isinstance(told["year"], int | str):
            raise ShapeError(f"{where}: year: expected a year such as 2024, found {told['year']!r}")
        year = year_of(str(told["year"]))
        name, category = (words(told.get(part), f"{where}: {part}") for part in ("provider", "category"))
        provider = f"{name} / {category}".casefold()
        if not name or provider in providers[year]:
            raise ShapeError(f"{where}: expected each provider once a year, found {name!r} again or blank")
        providers[year].add(provider)
        for name in FIGURES:
            value = figure(told[name], f"{where}: {name}")
            if value is not None:
                sums[year, name] += value
    for ((start, end), name), value in sorted(sums.items()):
        indicator, unit = FIGURES[name]
        yield Record(
            indicator=indicator,
            place="hong_kong",
            start=start,
            end=end,
            span="year",
            value=value,
            unit=unit,
            row={"year": start.year, "providers": len(providers[start, end])},
        )


SOURCE = Source(
    id="hk_open_data_use",
    title={
        "en": "Use of the data on DATA.GOV.HK",
        "zh-Hant": "「資料一線通」數據使用統計",
        "zh-Hans": "“资料一线通”数据使用统计",
    },
    publisher="dpo",
    page_url="https://data.gov.hk/en-data/dataset/hk-dpo-datagovhk1-open-data-usage-stat",
    licence="data_gov_hk",
    schedule="10 10 * * mon",
    requests=(
        Request(
            url="https://resource.data.one.gov.hk/opendata/usage-statistics/open-data-usage-statistics-en.json"
        ),
    ),
    parse=parse,
    feeds={indicator: ("hong_kong",) for indicator, _ in FIGURES.values()},
    fresh_within=timedelta(days=550),
    lag_days=120,
    confirmed=False,
    contract=Contract(columns="freeze"),
)
