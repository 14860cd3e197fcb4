"""Marine Department: cross-boundary ferry arrivals and departures of the day, by the port at the other end.

Both files list the day's sailings and what became of each, and are told as counts by city, port and state:
operated, cancelled, expected. All three are told, zeros too, because the same day's next file changes them.
The form of the arrivals was seen; that of the departures is documented as alike and fails closed if it is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from ingest.moments import day_of, moment
from ingest.numbers import one_of
from ingest.reading import cell, pipe_rows
from ingest.source import Contract, Listing, Payload, Record, Request, Source, breakdown

INDICATOR = "ferry_sailings"
FOLDER = "https://www.mardep.gov.hk/e_files/hk/opendata/"
ARRIVALS, DEPARTURES = f"{FOLDER}arrival_tc.csv", f"{FOLDER}depart_tc.csv"
REST = ("營運公司", "碼頭", "泊位", "現況")

# address -> direction, and the publisher's words for the time, the port at the other end and a sailing that was made
FORMS = {
    ARRIVALS: ("arrival", "抵達時間", "出發地", "已抵達"),
    DEPARTURES: ("departure", "開航時間", "目的地", "已開航"),
}
STATES = ("operated", "cancelled", "expected")
# The publisher's own names, each with its city. Taipa and the Outer Harbour are two ports of Macao.
PORTS = {
    "澳門": ("macao", "macao"),
    "澳門氹仔": ("macao", "macao_taipa"),
    "珠海": ("zhuhai", "zhuhai"),
    "中山": ("zhongshan", "zhongshan"),
    "順德": ("foshan", "shunde"),
    "南沙": ("guangzhou", "nansha"),
    "蛇口": ("shenzhen", "shekou"),
}


def parse(payload: Payload) -> Iterator[Record]:
    """Yield the number of sailings of each day, port and state; a day with some still expected is provisional."""
    direction, time, port, made = FORMS[payload.url]
    states = {made: "operated", "已取消": "cancelled", "延遲": "expected", "": "expected"}
    found: Counter[tuple[date, str, str]] = Counter()
    seen: set[tuple[str, ...]] = set()
    for row in pipe_rows(payload, expect=(time, port, *REST), ended=True):
        told = tuple(row.values())
        if told in seen:  # at one berth at one time lies one ship: a row told twice is one sailing
            continue
        seen.add(told)
        day = cell(row, time, lambda text: day_of(moment(text, "%Y-%m-%d %H:%M")))
        found[day, row[port].strip(), states[cell(row, "現況", lambda text: one_of(text, states))]] += 1
    waiting = {day for day, _, state in found if state == "expected"}
    for day, words in sorted({(day, words) for day, words, _ in found}):
        city, name = PORTS.get(words, (words, "other"))
        for state in STATES:
            yield Record(
                indicator=INDICATOR,
                place=city,
                breakdown=breakdown(direction=direction, port=name, state=state),
                start=day,
                end=day,
                span="day",
                value=found[day, words, state],
                unit="sailings/day",
                status="provisional" if day in waiting else "final",
                row={port: words, "day": day.isoformat()},
            )


SOURCE = Source(
    id="hk_ferries",
    title={
        "en": "Cross-boundary ferry arrivals and departures",
        "zh-Hant": "跨境渡輪抵港及離港班次",
        "zh-Hans": "跨境客轮抵港及离港班次",
    },
    publisher="mardep",
    page_url="https://data.gov.hk/en-data/dataset/hk-md-mardep-crossboundaryferryservices-arrive",
    licence="data_gov_hk",
    schedule="50 12,18,23 * * *",
    requests=(Request(url=ARRIVALS), Request(url=DEPARTURES)),
    parse=parse,
    feeds={INDICATOR: tuple(dict.fromkeys(city for city, _ in PORTS.values()))},
    fresh_within=timedelta(days=2),
    lag_days=1,
    listing=Listing(by="direction", open="state=expected"),
    contract=Contract(columns="freeze"),
)
