"""A few sound payloads of every source, in its publisher's form: what the tests of all sources change and compare.

A new source adds its own here; `tests/ingest/test_every_source.py` says so in words where one is missing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from ingest.source import Payload
from tests.ingest.making import crossing_days, immigration_file, payload
from tests.ingest.sources import (
    test_guangdong_open_data,
    test_hk_app_downloads,
    test_hk_car_parks_boundary,
    test_hk_cbps_kiosks,
    test_hk_cbps_services,
    test_hk_censtatd,
    test_hk_egov_statistics,
    test_hk_epayment,
    test_hk_ferries,
    test_hk_govhk_use,
    test_hk_iam_smart_locations,
    test_hk_immigration_daily,
    test_hk_journey_times,
    test_hk_mtr_boundary_trains,
    test_hk_open_data_list,
    test_hk_open_data_use,
    test_hk_press_watch,
    test_hk_road_segments,
    test_hk_smart_lampposts,
    test_hk_traffic_detectors,
    test_hk_traffic_news,
    test_hk_waiting_levels,
    test_hk_wifi,
    test_hkma_fps,
    test_macao_border_status,
    test_macao_dsec,
    test_ofca_key_statistics,
    test_shenzhen_open_data,
)

Made = Callable[[], tuple[Payload, ...]]


def _json(*rows: object) -> tuple[Payload]:
    return (payload(json.dumps(list(rows), ensure_ascii=False)),)


def _car_parks() -> tuple[Payload, ...]:
    of = test_hk_car_parks_boundary
    parks = [{"park_Id": name, "privateCar": [of.vacancy()]} for name in ("a1", "b2", "c3")]
    return (of.answer(*parks),)


def _censtatd() -> tuple[Payload, ...]:
    of = test_hk_censtatd
    people = [of.people(period=period) for period in ("202206", "202306", "202406")]
    arrivals = [of.visitors(period=period) for period in ("202406", "202407", "202408")]
    return (
        of.answer(*people),
        of.answer(of.money(), of.PER_HEAD, of.money(period="2023"), url=of.GDP),
        of.answer(*arrivals, url=of.VISITORS),
    )


def _ferries() -> tuple[Payload, ...]:
    rows = (
        "2026-05-13 09:30|澳門|噴射飛航|港澳碼頭|2|已抵達",
        "2026-05-13 10:00|澳門氹仔|金光飛航|港澳碼頭|7|",
        "2026-05-13 13:05|中山|珠江客運|中港碼頭|8|已取消",
    )
    return (test_hk_ferries.file(*rows),)


def _smart_locations() -> tuple[Payload, ...]:
    of = test_hk_iam_smart_locations
    return (of.file(of.place(), of.place(NameEN="Second"), of.place(NameEN="Third")),)


def _trains() -> tuple[Payload, ...]:
    of = test_hk_mtr_boundary_trains
    return (of.answer(down=[of.train("23:00:00"), of.train("23:06:00"), of.train("23:14:00")]),)


def _detectors() -> tuple[Payload, ...]:
    of = test_hk_traffic_detectors
    lanes = [of.lane(), of.lane("Slow Lane", speed=50), of.lane("Middle Lane", speed=55)]
    listed = "AID01101,Southern,Some Road - Eastbound ,某道,某道,833758,812147,22.2,114.1,South East,100"
    return (
        of.feed(of.period(of.detector(*lanes), of.detector(*lanes, name="AID01102"))),
        of.listed(listed),
    )


def _levels() -> tuple[Payload, ...]:
    of = test_hk_waiting_levels
    return tuple(of.file(of.QUIET | {"SBC": {"arrQueue": 2, "depQueue": 1}}, group) for group in "RV")


def _payments() -> tuple[Payload, ...]:
    of = test_hkma_fps
    months = [of.row(month) for month in ("2026-06", "2026-07", "2026-08")]
    facts = {"total_personal": 7, "total_corporate": 3, "total_grand_total": 10}
    accounts = [facts | {"end_of_month": month} for month in ("2026-06", "2026-07", "2026-08")]
    answers = (of.answer(*months), of.answer(*accounts, url=of.REGISTRATIONS))
    return tuple(replace(one, fetched_at=datetime(2026, 9, 20, tzinfo=UTC)) for one in answers)


def _border() -> tuple[Payload, ...]:
    of = test_macao_border_status
    return (of.answer(of.point(), of.point(Id="D"), of.point(Pn="55", Id="D", St="2")),)


def _visitors() -> tuple[Payload, ...]:
    of = test_macao_dsec
    months = (
        ("Jan/2025", "3646561", "1"),
        ("Feb/2025", "3146688", "2"),
        ("Mar/2025", "3100000", "3"),
    )
    blocks = [of.block(ReferencePeriod=at, IndicatorValue=value, PeriodID=n) for at, value, n in months]
    return (of.answer(*blocks),)


def _statistics() -> tuple[Payload, ...]:
    of = test_ofca_key_statistics
    return (of.file(of.JUNE, of.JUNE | {"DATE": "Jul-22"}, of.JUNE | {"DATE": "2022-08"}),)


def _rows(of: object, name: str = "file", *, make: str, each: tuple[object, ...]) -> tuple[Payload, ...]:
    return (getattr(of, name)(*(getattr(of, make)(one) for one in each)),)


SAMPLES: Mapping[str, Made] = {
    "guangdong_open_data": lambda: (test_guangdong_open_data.answer(),),
    "hk_app_downloads": lambda: _json(test_hk_app_downloads.SMART, test_hk_app_downloads.OTHER),
    "hk_car_parks_boundary": _car_parks,
    "hk_cbps_kiosks": lambda: (
        test_hk_cbps_kiosks.file(test_hk_cbps_kiosks.SHENZHEN, test_hk_cbps_kiosks.DONGGUAN),
    ),
    "hk_cbps_services": lambda: (test_hk_cbps_services.file(*test_hk_cbps_services.LINES),),
    "hk_censtatd": _censtatd,
    "hk_egov_statistics": lambda: _json(
        *(test_hk_egov_statistics.YEAR | {"Year": year} for year in ("2021", "2022", "2023"))
    ),
    "hk_epayment": lambda: _json(
        *(test_hk_epayment.row(period=month) for month in ("2025-03", "2025-04", "2025-05"))
    ),
    "hk_ferries": _ferries,
    "hk_govhk_use": lambda: _json(
        *(test_hk_govhk_use.QUARTER | {"Quarter": one} for one in ("2024Q1", "2024Q2", "2024Q3"))
    ),
    "hk_iam_smart_locations": _smart_locations,
    "hk_immigration_daily": lambda: (
        replace(
            payload(immigration_file(crossing_days(3))),
            url=test_hk_immigration_daily.SOURCE.requests[0].url,
        ),
    ),
    "hk_journey_times": lambda: (
        test_hk_journey_times.feed(
            *(test_hk_journey_times.journey(LOCATION_ID=one) for one in ("H1", "H2", "H3"))
        ),
    ),
    "hk_mtr_boundary_trains": _trains,
    "hk_open_data_list": partial(
        _rows, test_hk_open_data_list, make="row", each=("hk-dpo-a", "hk-td-b", "hk-md-c")
    ),
    "hk_open_data_use": lambda: _json(test_hk_open_data_use.TD, test_hk_open_data_use.HKO),
    "hk_press_watch": lambda: (
        test_hk_press_watch.feed(test_hk_press_watch.item(), test_hk_press_watch.item("Weather report")),
    ),
    "hk_road_segments": partial(
        _rows, test_hk_road_segments, "feed", make="segment", each=("375", "393", "394")
    ),
    "hk_smart_lampposts": partial(
        _rows, test_hk_smart_lampposts, make="device", each=("DF1020", "GF3637", "GF3638")
    ),
    "hk_traffic_detectors": _detectors,
    "hk_traffic_news": lambda: (
        test_hk_traffic_news.news(
            test_hk_traffic_news.message(),
            test_hk_traffic_news.message(INCIDENT_NUMBER="IN-26-07378", INCIDENT_STATUS_EN="UPDATED"),
            test_hk_traffic_news.message(INCIDENT_NUMBER="IN-26-07379"),
        ),
    ),
    "hk_waiting_levels": _levels,
    "hk_wifi": partial(_rows, test_hk_wifi, make="place", each=("A1", "A2", "A3")),
    "hkma_fps": _payments,
    "macao_border_status": _border,
    "macao_dsec": _visitors,
    "ofca_key_statistics": _statistics,
    "shenzhen_open_data": lambda: (test_shenzhen_open_data.page(),),
}
