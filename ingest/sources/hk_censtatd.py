"""Census and Statistics Department: population, gross domestic product and visitor arrivals of Hong Kong.

Each table answers as one long list, a figure a row, with frequencies, presentations and breakdowns mixed: only the
total of each breakdown is read, at the frequencies and in the presentation that its series declares. A presentation
that is neither declared nor a rate is refused, so that a change of unit is never missed. A blank figure, and one
with a mark of absence, is absent; r is revised and p provisional. The answer says Success even where it holds
nothing, which is refused. The names are those that public readers of the interface use; no answer has been read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ingest.errors import ShapeError
from ingest.periods import month_of, year_of
from ingest.reading import json_value, members
from ingest.source import MEGABYTE, Contract, Payload, Record, Request, Source
from ingest.spellings import figure


@dataclass(frozen=True, kw_only=True)
class Line:
    """One series of a table: its code, the presentations it is read in, and what it is to us.

    *spans* maps the table's frequency to a span; *pinned* are the breakdowns of which the total is meant.
    """

    code: str
    presentations: tuple[str, ...]
    indicator: str
    unit: str
    times: float
    spans: Mapping[str, str]
    pinned: tuple[str, ...] = ()


ADDRESS = "https://www.censtatd.gov.hk/api/get.php?id={table}&lang=en&full_series=1"
TABLES = {
    ADDRESS.format(table="110-01001"): (
        Line(
            code="POP",
            presentations=("Number ('000)", "No. ('000)", "Number of persons ('000)", "('000)"),
            indicator="resident_population",
            unit="persons",
            times=1000,
            spans={"H": "point"},
            pinned=("SEX", "AGE"),
        ),
    ),
    ADDRESS.format(table="310-31001"): (
        Line(
            code="CUR",
            presentations=("HK$ million", "HK$ Mn", "(HK$ million)"),
            indicator="gdp_local_currency_bn",
            unit="HKD bn",
            times=0.001,
            spans={"Y": "year"},
        ),
        Line(
            code="CURPGDP",
            presentations=("HK$", "(HK$)"),
            indicator="gdp_per_capita_local_currency",
            unit="HKD",
            times=1,
            spans={"Y": "year"},
        ),
    ),
    ADDRESS.format(table="650-80001"): (
        Line(
            code="VIS_ARR",
            presentations=("Number", "No.", "Number of persons", "Persons"),
            indicator="hk_visitor_arrivals",
            unit="arrivals",
            times=1,
            spans={"M": "month", "Y": "year"},
            pinned=("REGION",),
        ),
    ),
}
LINES = tuple(line for lines in TABLES.values() for line in lines)
FREQUENCIES = ("Y", "H", "Q", "M", "M3M")
STATUSES = {"": "final", "r": "revised", "p": "provisional"}
ABSENT = ("-", "--", "..", "N.A.", "n.a.", "n.y.a.", "***", "@", "#")


def parse(payload: Payload) -> Iterator[Record]:
    """Yield the totals of the table's series; each must be there."""
    answer = members(json_value(payload), {"header": dict, "dataSet": list})
    status = members(answer["header"], {"status": dict}, where="header")["status"]
    if status.get("name") != "Success":
        raise ShapeError(f"header: expected the status Success, found {status!r}"[:300])
    lines = {line.code: line for line in TABLES[payload.url]}
    found: dict[tuple[str, str, str], Record | None] = {}
    for number, one in enumerate(answer["dataSet"], 1):
        where = f"row {number}"
        row = members(one, {"freq": str, "period": (str, int), "sv": str, "svDesc": str}, where=where)
        line = lines.get(row["sv"])
        if line is None or not _is_meant(row, line, where):
            continue
        key = (line.code, row["freq"], str(row["period"]))
        if key in found:
            raise ShapeError(f"{where}: expected one total of {' '.join(key)}, found another")
        found[key] = _record(row, line, where)
    missing = [code for code in lines if not any(key[0] == code and one for key, one in found.items())]
    if missing:
        raise ShapeError(
            f"expected figures of {', '.join(missing)}, found none among {len(answer['dataSet'])} rows"
        )
    yield from (one for one in found.values() if one is not None)


def _is_meant(row: Mapping[str, Any], line: Line, where: str) -> bool:
    """Tell whether a row is a total at a wanted frequency; raises for a presentation that is not known."""
    if row["freq"] not in FREQUENCIES:
        raise ShapeError(f"{where}: freq: expected one of {', '.join(FREQUENCIES)}, found {row['freq']!r}")
    if "%" in row["svDesc"]:
        return False
    if " ".join(row["svDesc"].split()) not in line.presentations:
        known = " or ".join(line.presentations)
        raise ShapeError(
            f"{where}: svDesc of {line.code}: expected {known} or a rate in %, found {row['svDesc']!r}"
        )
    for name in line.pinned:
        if name not in row:
            raise ShapeError(f"{where}: expected {name!r}, found {', '.join(row)[:160]!r}")
    return row["freq"] in line.spans and all(row[name] == "" for name in line.pinned)


def _record(row: Mapping[str, Any], line: Line, where: str) -> Record | None:
    marks = [mark.strip() for mark in str(row.get("sd_value") or "").split(",")]
    unknown = [mark for mark in marks if mark not in (*STATUSES, *ABSENT) and not mark.startswith("[*")]
    if unknown:
        raise ShapeError(f"{where}: sd_value: expected a known mark, found {unknown[0]!r}")
    if any(mark not in STATUSES for mark in marks) or row.get("figure") is None:
        return None
    value = figure(row["figure"], f"{where}: figure", whole=False)
    if value is None:
        return None
    start, end = _period(row, line.spans[row["freq"]], where)
    return Record(
        indicator=line.indicator,
        place="hong_kong",
        start=start,
        end=end,
        span=line.spans[row["freq"]],
        value=round(value * line.times, 6),
        unit=line.unit,
        status=next((STATUSES[mark] for mark in marks if mark), "final"),
        row={name: row[name] for name in ("freq", "period", "sv", "svDesc", "figure")},
    )


def _period(row: Mapping[str, Any], span: str, where: str) -> tuple[date, date]:
    try:
        start, end = (year_of if span == "year" else month_of)(str(row["period"]))
    except ShapeError as error:
        raise ShapeError(f"{where}: period: {error}") from None
    return (end if span == "point" else start), end


SOURCE = Source(
    id="hk_censtatd",
    title={
        "en": "Population, gross domestic product and visitor arrivals",
        "zh-Hant": "人口、本地生產總值及訪港旅客統計",
        "zh-Hans": "香港人口、地区生产总值及访港旅客统计",
    },
    publisher="censtatd",
    page_url="https://www.censtatd.gov.hk/en/web_table.html?id=110-01001",
    licence="data_gov_hk",
    schedule="20 10 * * *",
    requests=tuple(Request(url=url, max_bytes=128 * MEGABYTE) for url in TABLES),
    parse=parse,
    feeds={line.indicator: ("hong_kong",) for line in LINES},
    fresh_within=timedelta(days=120),
    lag_days=45,
    confirmed=False,
    contract=Contract(columns="evolve"),
)
