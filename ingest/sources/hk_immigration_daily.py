"""Immigration Department: passengers through each Hong Kong control point, by day, direction and group."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from ingest.numbers import count, day, one_of
from ingest.reading import cell, csv_rows
from ingest.source import Contract, Jump, Payload, Record, Request, Source, breakdown

INDICATOR = "bcp_passengers_daily"
UNIT = "person-trips/day"
GROUPS = {
    "Hong Kong Residents": "hong_kong_residents",
    "Mainland Visitors": "mainland_visitors",
    "Other Visitors": "other_visitors",
}
DIRECTIONS = {"Arrival": "arrival", "Departure": "departure"}
HEADER = ("Date", "Control Point", "Arrival / Departure", *GROUPS, "Total")

# The publisher's own names. The ferry terminal for Macao changed its spelling on 1 January 2026.
CONTROL_POINTS = {
    "Airport": "hk_airport",
    "China Ferry Terminal": "hk_china_ferry",
    "Express Rail Link West Kowloon": "hk_west_kowloon",
    "Harbour Control": "hk_harbour_control",
    "Heung Yuen Wai": "hk_heung_yuen_wai",
    "Hong Kong-Zhuhai-Macao Bridge": "hk_hzmb",
    "Hung Hom": "hk_hung_hom",
    "Kai Tak Cruise Terminal": "hk_kai_tak",
    "Lo Wu": "hk_lo_wu",
    "Lok Ma Chau": "hk_lok_ma_chau",
    "Lok Ma Chau Spur Line": "hk_lok_ma_chau_spur",
    "Macao Ferry Terminal": "hk_macao_ferry",
    "Macau Ferry Terminal": "hk_macao_ferry",
    "Man Kam To": "hk_man_kam_to",
    "Sha Tau Kok": "hk_sha_tau_kok",
    "Shenzhen Bay": "hk_shenzhen_bay",
    "Tuen Mun Ferry Terminal": "hk_tuen_mun_ferry",
}
_day = partial(day, form="%d-%m-%Y")
_direction = partial(one_of, known=DIRECTIONS)
BREAKDOWNS = {
    words: [(column, breakdown(direction=direction, group=group)) for column, group in GROUPS.items()]
    for words, direction in DIRECTIONS.items()
}


def parse(payload: Payload) -> Iterator[Record]:
    """Yield three records a row, one per group; the row's total stays with them, to be compared."""
    for row in csv_rows(payload, expect=HEADER, trailing=True):
        when = cell(row, "Date", _day)
        total = cell(row, "Total", count)
        words = row["Control Point"]
        parts = BREAKDOWNS[cell(row, "Arrival / Departure", _direction)]
        for column, part in parts:
            yield Record(
                indicator=INDICATOR,
                place=CONTROL_POINTS.get(words, words),
                breakdown=part,
                start=when,
                end=when,
                span="day",
                value=cell(row, column, count),
                unit=UNIT,
                total=total,
                row=row,
            )


SOURCE = Source(
    id="hk_immigration_daily",
    title={
        "en": "Daily passenger traffic at control points",
        "zh-Hant": "各管制站每日旅客流量",
        "zh-Hans": "香港各口岸每日旅客流量",
    },
    publisher="immd",
    page_url="https://data.gov.hk/en-data/dataset/hk-immd-set5-statistics-daily-passenger-traffic",
    licence="data_gov_hk",
    schedule="30 8,20 * * *",
    requests=(
        Request(
            url="https://www.immd.gov.hk/opendata/eng/transport/immigration_clearance/"
            "statistics_on_daily_passenger_traffic.csv"
        ),
    ),
    parse=parse,
    feeds={INDICATOR: tuple(sorted(set(CONTROL_POINTS.values())))},
    fresh_within=timedelta(days=2),
    lag_days=1,
    grows=True,
    jump=Jump(factor=10, floor=500_000),
    contract=Contract(columns="freeze"),
)
