"""Census and Statistics: totals out of long mixed lists; a presentation that is not known is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from ingest.errors import ShapeError
from ingest.sources.hk_censtatd import LINES, SOURCE, TABLES, parse
from metrics.indicators import catalogue
from tests.ingest.making import payload

PEOPLE, GDP, VISITORS = TABLES


def people(**more: object) -> dict[str, object]:
    facts: dict[str, object] = {
        "freq": "H",
        "period": "202406",
        "sv": "POP",
        "svDesc": "Number ('000)",
        "SEX": "",
        "SEXDesc": "Both sexes",
        "AGE": "",
        "AGEDesc": "Total",
        "figure": 7524.1,
        "sd_value": "",
    }
    return facts | more


def money(sv: str = "CUR", desc: str = "HK$ million", **more: object) -> dict[str, object]:
    return {"freq": "Y", "period": "2024", "sv": sv, "svDesc": desc, "figure": 3_177_000} | more


def visitors(**more: object) -> dict[str, object]:
    facts = {
        "freq": "M",
        "period": "202408",
        "sv": "VIS_ARR",
        "svDesc": "Number",
        "REGION": "",
        "figure": 4_450_000,
    }
    return facts | more


PER_HEAD = money("CURPGDP", "HK$", figure=422_000)


def answer(*rows: object, url: str = PEOPLE, status: object = "Success"):
    said = {"header": {"status": {"name": status, "code": 0}, "title": "x"}, "dataSet": list(rows)}
    return replace(payload(json.dumps(said)), url=url)


def told(given) -> list[tuple[object, ...]]:
    return [(one.indicator, one.start, one.end, one.span, one.value, one.unit) for one in parse(given)]


def test_population_is_the_total_of_sexes_and_ages_at_the_half_year_in_persons():
    june = date(2024, 6, 30)
    rows = (
        people(),
        people(SEX="M", figure=3400),
        people(AGE="0-4", figure=200),
        people(freq="Y", period="2024"),
    )
    assert told(answer(*rows)) == [("resident_population", june, june, "point", 7_524_100, "persons")]


def test_product_is_of_the_calendar_year_in_billions_and_per_head_in_dollars():
    year = (date(2024, 1, 1), date(2024, 12, 31), "year")
    rows = (
        money(),
        PER_HEAD,
        money(freq="Q", period="202403", figure=1),
        money(desc="Year-on-year % change", figure=5),
    )
    assert told(answer(*rows, money("DEF", "Index"), url=GDP)) == [
        ("gdp_local_currency_bn", *year, 3177.0, "HKD bn"),
        ("gdp_per_capita_local_currency", *year, 422_000, "HKD"),
    ]


def test_visitors_are_the_total_of_regions_by_month_and_by_year():
    rows = (visitors(), visitors(REGION="CN", figure=3), visitors(freq="Y", period=2024, figure=44_500_000))
    assert told(answer(*rows, url=VISITORS)) == [
        ("hk_visitor_arrivals", date(2024, 8, 1), date(2024, 8, 31), "month", 4_450_000, "arrivals"),
        ("hk_visitor_arrivals", date(2024, 1, 1), date(2024, 12, 31), "year", 44_500_000, "arrivals"),
    ]


@pytest.mark.parametrize(
    ("mark", "status"), [("", "final"), (None, "final"), ("r", "revised"), ("p", "provisional")]
)
def test_a_mark_beside_the_figure_is_its_status(mark: object, status: str):
    (record,) = parse(answer(people(sd_value=mark)))
    assert record.status == status


@pytest.mark.parametrize(
    "absent", [{"figure": ""}, {"figure": None}, {"sd_value": "N.A."}, {"sd_value": "[*3]"}]
)
def test_a_blank_or_a_mark_of_absence_is_no_figure_and_no_zero(absent: dict[str, object]):
    assert [one[2] for one in told(answer(people(period="202312"), people(**absent)))] == [date(2023, 12, 31)]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (answer(), "expected figures of POP, found none among 0 rows"),
        (answer(people(figure="")), "expected figures of POP"),
        (answer(money(), url=GDP), "expected figures of CURPGDP"),
        (answer(people(), status="Fail"), "header: expected the status Success"),
        (answer(people(svDesc="Number")), "row 1: svDesc of POP: expected Number ('000)"),
        (answer(money(desc="HK$ billion"), PER_HEAD, url=GDP), "found 'HK$ billion'"),
        (answer(people(), people()), "row 2: expected one total of POP H 202406, found another"),
        (answer({name: value for name, value in people().items() if name != "AGE"}), "row 1: expected 'AGE'"),
        (answer(people(freq="W")), "row 1: freq: expected one of Y, H, Q, M, M3M"),
        (answer(people(period="2024H1")), "row 1: period: expected a month"),
        (answer(people(figure="7.5m")), "row 1: figure: expected a number"),
        (answer(people(sd_value="?")), "row 1: sd_value: expected a known mark, found '?'"),
        (answer(people(), []), "row 2: expected an object, found list"),
        (replace(payload('{"dataSet": []}'), url=PEOPLE), "expected 'header'"),
        (replace(payload("<!DOCTYPE html><html>"), url=PEOPLE), "found a web page"),
    ],
)
def test_another_form_is_refused_with_what_was_expected(given, said: str):
    with pytest.raises(ShapeError) as caught:
        told(given)
    assert said in str(caught.value)


def test_every_unit_is_one_of_its_indicator_and_the_form_is_not_yet_confirmed():
    book = catalogue()
    assert all(line.unit in book.get(line.indicator).units for line in LINES)
    assert not SOURCE.confirmed
