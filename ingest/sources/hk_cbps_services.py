"""Digital Policy Office: the list of Hong Kong services under Cross-boundary Public Services, counted.

The catalogue describes the columns (responsible bureau, department or organisation; category; service; related
links) but their names were not seen: those spelt as declared are read, any other header is refused. A service
listed under several categories counts once, told by its name and its department. The list comes in three
languages; the English one is counted, the other two must have the same form and are kept with their runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ingest.errors import ShapeError
from ingest.moments import day_of
from ingest.source import Contract, Payload, Record, Request, Source
from ingest.spellings import Form, spelt_rows

SERVICES, DEPARTMENTS = "cbps_services_hk", "cbps_departments_hk"
FOLDER = "https://www.crossboundaryservices.gov.hk/datagovhk/"
COUNTED = f"{FOLDER}cbps_en.csv"
LISTS = (COUNTED, f"{FOLDER}cbps_tc.csv", f"{FOLDER}cbps_sc.csv")

FORM = Form(
    needed={
        "department": (
            "Responsible Bureau / Department / Related Organisation",
            "Responsible Bureau/Department/Related Organization",
            "Responsible Bureau / Department",
            "Bureau / Department / Related Organisation",
            "Bureau / Department / Organisation",
            "Bureau / Department",
            "Department",
            "B/D",
            "負責的決策局/部門/相關機構",
            "負責決策局/部門/相關機構",
            "決策局/部門/相關機構",
            "決策局/部門",
            "負責部門",
            "部門",
            "负责的决策局/部门/相关机构",
            "负责决策局/部门/相关机构",
            "决策局/部门/相关机构",
            "决策局/部门",
            "负责部门",
            "部门",
        ),
        "service": (
            "Description of Service",
            "Description of Services",
            "Service Description",
            "Service Name",
            "Name of Service",
            "Service",
            "Services",
            "服務描述",
            "服務說明",
            "服務名稱",
            "服務",
            "服务描述",
            "服务说明",
            "服务名称",
            "服务",
        ),
    },
    may={
        "category": (
            "Category",
            "Service Category",
            "Category of Service",
            "類別",
            "服務類別",
            "类别",
            "服务类别",
        ),
        "links": (
            *("Related Links", "Related Link", "Link", "Links", "URL", "Website"),
            *("相關連結", "連結", "網址", "相关连结", "相关链接", "链接", "连结", "网址"),
        ),
    },
)


def parse(payload: Payload) -> Iterator[Record]:
    """Yield the number of distinct services and of departments in the English list, as at the payload's own day."""
    listed: set[tuple[str, str]] = set()
    for row in spelt_rows(payload, FORM):
        department, service = (row[name].casefold() for name in ("department", "service"))
        if not department or not service:
            raise ShapeError(
                "expected a department and a service, found a blank", row=row.number, raw=str(dict(row))
            )
        listed.add((department, service))
    if payload.url != COUNTED:
        return
    day = day_of(payload.said_at)
    departments = {department for department, _ in listed}
    for indicator, value, unit in (
        (SERVICES, len(listed), "services"),
        (DEPARTMENTS, len(departments), "bureaux/departments"),
    ):
        yield Record(
            indicator=indicator,
            place="hong_kong",
            start=day,
            end=day,
            span="point",
            value=value,
            unit=unit,
            row={"services": len(listed), "departments": sorted(departments)},
        )


SOURCE = Source(
    id="hk_cbps_services",
    title={
        "en": "List of services under Cross-boundary Public Services",
        "zh-Hant": "「跨境通辦」服務清單",
        "zh-Hans": "“跨境通办”服务清单",
    },
    publisher="dpo",
    page_url="https://data.gov.hk/en-data/dataset/hk-dpo-cbpsjson01-cbps",
    licence="data_gov_hk",
    schedule="20 9 * * *",
    requests=tuple(Request(url=url) for url in LISTS),
    parse=parse,
    feeds={SERVICES: ("hong_kong",), DEPARTMENTS: ("hong_kong",)},
    fresh_within=timedelta(days=200),
    lag_days=0,
    confirmed=False,
    contract=Contract(columns="freeze"),
)
