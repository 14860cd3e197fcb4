"""Digital Policy Office: visits to the GovHK portal and pages viewed, a calendar quarter.

What the file holds was described, not what its members are called: those spelt as declared are read, any other
is refused. The quarter stands in one member, or year and quarter in two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from ingest.errors import ShapeError
from ingest.periods import Period, quarter_of
from ingest.reading import json_value
from ingest.source import Contract, Payload, Record, Request, Source
from ingest.spellings import Form, figure, objects_of, spelt

FIGURES = {"visits": ("hk_govhk_visits", "visits"), "pages": ("hk_govhk_page_views", "page views")}
FORM = Form(
    needed={
        "visits": ("Visits", "Number of visits", "No. of visits", "GovHK visits", "Visit count"),
        "pages": (
            *("Page views", "Pageviews", "Number of page views", "No. of page views"),
            *("GovHK page views", "Page view count"),
        ),
    },
    may={
        "period": ("Period", "Quarter", "Year and quarter", "Year quarter"),
        "year": ("Year",),
        "remarks": ("Remarks", "Remark", "Note"),
    },
    tongues=("remarks",),
)


def parse(payload: Payload) -> Iterator[Record]:
    """Yield visits and page views of each quarter; a figure that is not given is absent."""
    for number, one in enumerate(objects_of(json_value(payload)), 1):
        where = f"entry {number}"
        told = spelt(one, FORM, where=where)
        start, end = _quarter(told, where)
        for name, (indicator, unit) in FIGURES.items():
            value = figure(told[name], f"{where}: {name}")
            if value is not None:
                yield Record(
                    indicator=indicator,
                    place="hong_kong",
                    start=start,
                    end=end,
                    span="quarter",
                    value=value,
                    unit=unit,
                    row=told,
                )


def _quarter(told: Mapping[str, object], where: str) -> Period:
    year, quarter = (str(told.get(name, "")).strip() for name in ("year", "period"))
    if not quarter:
        raise ShapeError(f"{where}: expected a quarter, found none")
    bare = f"Q{quarter}" if quarter.isdigit() else quarter
    return quarter_of(f"{bare} {year}" if year else quarter)


SOURCE = Source(
    id="hk_govhk_use",
    title={
        "en": "Use of the GovHK portal",
        "zh-Hant": "「香港政府一站通」使用情況",
        "zh-Hans": "“香港政府一站通”使用情况",
    },
    publisher="dpo",
    page_url="https://data.gov.hk/en-data/dataset/hk-dpo-govhkstats-govhk-utilisation",
    licence="data_gov_hk",
    schedule="45 9 * * mon,thu",
    requests=(Request(url="https://www.gov.hk/datagovhk/govhk-utilisation/govhk_utilisation.json"),),
    parse=parse,
    feeds={indicator: ("hong_kong",) for indicator, _ in FIGURES.values()},
    fresh_within=timedelta(days=240),
    lag_days=60,
    confirmed=False,
    contract=Contract(columns="freeze"),
)
