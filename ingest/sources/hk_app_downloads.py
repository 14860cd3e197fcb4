"""Digital Policy Office: downloads of the Hong Kong Government's mobile apps, all of them and those of the agenda.

What the file holds was described (name of the app, downloads), not what its members are called: those spelt as
declared are read, any other is refused. Downloads are counted since an app came out. A file without a period of
its own is as at the day it was last changed. The address is plain http, as published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from ingest.errors import ShapeError
from ingest.moments import day_of
from ingest.periods import quarter_of
from ingest.reading import json_value
from ingest.source import Contract, Payload, Record, Request, Source, breakdown
from ingest.spellings import Form, figure, objects_of, reduced, spelt

INDICATOR = "hk_gov_app_downloads"
# the names under which the apps of the agenda are published
APPS = {
    "iam_smart": ("iAM Smart", "智方便", "iAM Smart 智方便"),
    "ehealth": ("eHealth", "醫健通", "eHealth 醫健通", "醫健通 eHealth", "醫健通eHealth"),
}
FORM = Form(
    needed={
        "app": (
            "App Name",
            "Name",
            "Mobile App",
            "Mobile App Name",
            "Application Name",
            "Name of Mobile App",
            "Title",
        ),
        "downloads": (
            *("Downloads", "Number of Downloads", "No. of Downloads", "Download Count", "Total Downloads"),
            *("Cumulative Downloads", "Cumulative Number of Downloads", "Accumulated Downloads"),
        ),
    },
    may={
        "period": ("Quarter", "Period", "As at Quarter"),
        "platform": ("Platform", "OS", "Operating System", "Store"),
        "department": ("Department", "Bureau/Department", "B/D", "Organisation"),
        "launched": ("Launch Date", "Release Date", "Date of Launch"),
        "category": ("Category",),
        "number": ("No.", "ID", "Item"),
        "remarks": ("Remarks", "Remark", "Note"),
    },
    tongues=("app", "department", "category", "remarks"),
)
_KNOWN = {reduced(name): app for app, names in APPS.items() for name in names}


def parse(payload: Payload) -> Iterator[Record]:
    """Yield the downloads of all apps together, and of each app of the agenda, platforms added up."""
    sums: dict[tuple[date, str], float] = defaultdict(float)
    seen: set[tuple[object, ...]] = set()
    for number, one in enumerate(objects_of(json_value(payload)), 1):
        where = f"entry {number}"
        told = spelt(one, FORM, where=where)
        end = quarter_of(str(told["period"]))[1] if told.get("period") else day_of(payload.said_at)
        name = (end, told["app"].casefold(), str(told.get("platform", "")).casefold())
        if not told["app"] or name in seen:
            raise ShapeError(
                f"{where}: expected each app and platform once, found {told['app']!r} again or blank"
            )
        seen.add(name)
        value = figure(told["downloads"], f"{where}: downloads")
        if value is not None:
            sums[end, ""] += value
            if app := _app(told):
                sums[end, app] += value
    for (end, app), value in sorted(sums.items()):
        yield Record(
            indicator=INDICATOR,
            place="hong_kong",
            breakdown=breakdown(app=app) if app else "",
            start=end,
            end=end,
            span="point",
            value=value,
            unit="downloads",
            row={"app": app or "all", "downloads": value},
        )


def _app(told: Mapping[str, str]) -> str:
    found = {_KNOWN[reduced(name)] for name in told["app"].splitlines() if reduced(name) in _KNOWN}
    return found.pop() if len(found) == 1 else ""


SOURCE = Source(
    id="hk_app_downloads",
    title={
        "en": "Downloads of government mobile apps",
        "zh-Hant": "政府流動應用程式下載統計",
        "zh-Hans": "香港政府移动应用程序下载统计",
    },
    publisher="dpo",
    page_url="https://data.gov.hk/en-data/dataset/hk-dpo-mobileapps-mobileappstat",
    licence="data_gov_hk",
    schedule="55 9 * * mon,thu",
    requests=(
        Request(
            url="http://www.gov.hk/en/about/govdirectory/mobileapps/psi/mobileappstat/MobileAppStat.json",
            plain_http=True,
        ),
    ),
    parse=parse,
    feeds={INDICATOR: ("hong_kong",)},
    fresh_within=timedelta(days=240),
    lag_days=0,
    confirmed=False,
    cumulative=(INDICATOR,),
    contract=Contract(columns="freeze"),
)
