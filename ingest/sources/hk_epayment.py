"""Digital Policy Office: payments to the Hong Kong Government by electronic means, a month and a means at a time.

A row is a department and a month, with a count and an amount for each means of payment; readers of the file name
its members by pattern (a period, a department, ``Transaction Count - means``, ``Transaction Amount - means``), and
only members of that pattern are read, any other is refused. Departments are added up by month and means: a means
that a department does not offer is blank. The file holds the last 36 months, older ones stay from earlier runs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta

from ingest.errors import ShapeError
from ingest.periods import Period, month_of
from ingest.reading import json_value
from ingest.source import Contract, Payload, Record, Request, Source, breakdown
from ingest.spellings import figure, objects_of, reduced, words

KINDS = {
    "count": ("hk_epayment_transactions", "transactions"),
    "amount": ("hk_epayment_amount", "HKD"),
}
PERIODS = tuple(
    reduced(name) for name in ("Period", "Month", "Reporting Period", "Period (YYYY-MM)", "Period (YYYYMM)")
)
DEPARTMENTS = tuple(
    reduced(name)
    for name in (
        "Department",
        "Bureau/Department",
        "Bureau / Department Name",
        "Department Name",
        "Name of Department",
    )
)
_FIGURE = re.compile(
    r"(?:Payment )?Transaction (?P<kind>Count|Amount)(?: \((?:HK\$|HKD)\))? *- *(?P<means>[A-Za-z0-9 /&.]{1,40}?)"
    r"(?: \((?:HK\$|HKD)\))?"
)


def parse(payload: Payload) -> Iterator[Record]:
    """Yield count and amount of each month and means of payment over all departments."""
    sums: dict[tuple[Period, str, str], float] = defaultdict(float)
    seen: set[tuple[Period, str]] = set()
    for number, one in enumerate(objects_of(json_value(payload)), 1):
        where = f"entry {number}"
        if not isinstance(one, dict):
            raise ShapeError(f"{where}: expected an object, found {type(one).__name__}")
        month, department = _row(one, where)
        if (month, department) in seen:
            raise ShapeError(f"{where}: expected each month and department once, found {department!r} twice")
        seen.add((month, department))
        for name, (kind, means) in _figures(one, where).items():
            value = figure(one[name], f"{where}: {name}", whole=kind == "count")
            if value is not None:
                sums[month, kind, means] += value
    for ((start, end), kind, means), value in sorted(sums.items()):
        indicator, unit = KINDS[kind]
        yield Record(
            indicator=indicator,
            place="hong_kong",
            breakdown=breakdown(means=means),
            start=start,
            end=end,
            span="month",
            value=round(value, 2),
            unit=unit,
            row={"means": means, "month": start.isoformat()[:7]},
        )


def _row(one: Mapping[str, object], where: str) -> tuple[Period, str]:
    found = {}
    for what, spellings in (("period", PERIODS), ("department", DEPARTMENTS)):
        names = [name for name in one if reduced(name) in spellings]
        if len(names) != 1:
            raise ShapeError(f"{where}: expected one {what}, found {len(names)} in {', '.join(one)[:160]!r}")
        found[what] = words(one[names[0]], f"{where}: {what}")
    if not found["department"]:
        raise ShapeError(f"{where}: expected a department, found a blank")
    return month_of(found["period"]), found["department"].casefold()


def _figures(one: Mapping[str, object], where: str) -> dict[str, tuple[str, str]]:
    """Return the kind and the means of payment of each member that tells a figure; raises for one that is neither."""
    found = {}
    for name in one:
        told = _FIGURE.fullmatch(" ".join(name.split()))
        if told:
            means = re.sub(r"[^a-z0-9]+", "_", told["means"].strip().casefold()).strip("_")
            found[name] = (told["kind"].casefold(), means)
        elif reduced(name) not in (*PERIODS, *DEPARTMENTS):
            raise ShapeError(
                f"{where}: expected 'Transaction Count - …' or 'Transaction Amount - …', found {name!r}"
            )
    if not found or len(set(found.values())) < len(found):
        raise ShapeError(f"{where}: expected each means of payment once, found {', '.join(one)[:160]!r}")
    return found


SOURCE = Source(
    id="hk_epayment",
    title={
        "en": "Electronic payments to the Government",
        "zh-Hant": "政府電子付款統計",
        "zh-Hans": "香港政府电子支付统计",
    },
    publisher="dpo",
    page_url="https://data.gov.hk/en-data/dataset/hk-dpo-dpo_hp-egis-epay-stats",
    licence="data_gov_hk",
    schedule="50 9 * * *",
    requests=(Request(url="https://www.digitalpolicy.gov.hk/open_data/egis/egis-epay-stats-en.json"),),
    parse=parse,
    feeds={indicator: ("hong_kong",) for indicator, _ in KINDS.values()},
    fresh_within=timedelta(days=120),
    lag_days=45,
    confirmed=False,
    contract=Contract(columns="freeze"),
)
