"""Ferries: sailings of the day by the city at the other end, each with what became of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from ingest.errors import ShapeError
from ingest.sources.hk_ferries import ARRIVALS, DEPARTURES, SOURCE, parse
from tests.ingest.content import content_of
from tests.ingest.making import arrives, payload
from tests.shared import SHARED, needs_samples

NOW = datetime(2026, 5, 13, 4, 40, tzinfo=UTC)
ARRIVING = replace(SOURCE, requests=SOURCE.requests[:1])
HEADER = "抵達時間|出發地|營運公司|碼頭|泊位|現況"


def file(*rows: str, header: str = HEADER, url: str = ARRIVALS):
    return replace(payload("".join(f"{line}\n" for line in (header, *rows)), NOW), url=url)


def counts(given) -> dict[str, float]:
    return {f"{record.place};{record.breakdown}": record.value for record in parse(given) if record.value}


def test_sailings_are_counted_by_city_port_and_what_became_of_them():
    given = file(
        "2026-05-13 09:30|澳門|噴射飛航|港澳碼頭|2|已抵達",
        "2026-05-13 10:00|澳門|噴射飛航|港澳碼頭|3|已抵達",
        "2026-05-13 10:00|澳門氹仔|金光飛航|港澳碼頭|7|",
        "2026-05-13 13:05|中山|珠江客運|中港碼頭|8|已取消",
    )
    assert counts(given) == {
        "macao;direction=arrival;port=macao;state=operated": 2,
        "macao;direction=arrival;port=macao_taipa;state=expected": 1,
        "zhongshan;direction=arrival;port=zhongshan;state=cancelled": 1,
    }


def test_every_state_of_a_port_is_told_so_that_the_next_file_of_the_day_corrects_it():
    records = list(parse(file("2026-05-13 09:30|順德|珠江客運|中港碼頭|2|已抵達")))
    assert {record.breakdown: record.value for record in records} == {
        "direction=arrival;port=shunde;state=operated": 1,
        "direction=arrival;port=shunde;state=cancelled": 0,
        "direction=arrival;port=shunde;state=expected": 0,
    }
    assert {(record.place, record.start, record.end, record.span, record.unit) for record in records} == {
        ("foshan", date(2026, 5, 13), date(2026, 5, 13), "day", "sailings/day")
    }


def test_a_day_is_provisional_while_a_sailing_is_expected_and_final_after():
    done, due = "2026-05-13 09:30|珠海|甲|乙|2|已抵達", "2026-05-13 21:55|珠海|甲|乙|4|"
    assert {record.status for record in parse(file(done, due))} == {"provisional"}
    assert {record.status for record in parse(file(done))} == {"final"}


def test_a_delayed_sailing_is_still_expected():
    assert counts(file("2026-05-13 09:30|珠海|甲|乙|2|延遲")) == {
        "zhuhai;direction=arrival;port=zhuhai;state=expected": 1
    }


def test_departures_have_their_own_words():
    given = file(
        "2026-05-13 09:30|蛇口|甲|乙|2|已開航",
        header="開航時間|目的地|營運公司|碼頭|泊位|現況",
        url=DEPARTURES,
    )
    assert counts(given) == {"shenzhen;direction=departure;port=shekou;state=operated": 1}


def test_departures_in_another_form_fail_closed():
    with pytest.raises(ShapeError, match="expected the columns 開航時間"):
        list(parse(file("2026-05-13 09:30|蛇口|甲|乙|2|已開航", url=DEPARTURES)))


def test_a_port_we_do_not_know_keeps_the_publishers_word_for_the_checks():
    record = next(parse(file("2026-05-13 09:30|虎門|甲|乙|2|")))
    assert record.place == "虎門"
    assert "虎門" not in SOURCE.feeds["ferry_sailings"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026-05-13 09:30|珠海|甲|乙|2|改期", "現況: expected one of 已抵達, 已取消"),
        ("13/05/2026 09:30|珠海|甲|乙|2|", "抵達時間: expected a time in the form"),
        ("2026-05-13 09:30|珠海|甲|乙|2", "expected 6 cells"),
        ("2026-05-13 09:30|珠海|甲|乙|2|已抵達|?", "expected 6 cells"),
    ],
)
def test_what_is_not_declared_is_refused_with_its_row(row: str, said: str):
    with pytest.raises(ShapeError, match="row 3: ") as caught:
        list(parse(file("2026-05-13 09:30|珠海|甲|乙|2|已抵達", row)))
    assert said in str(caught.value)


def test_a_file_without_sailings_is_no_news_of_an_empty_sea():
    with pytest.raises(ShapeError, match="at least 1 rows, found 0"):
        list(parse(file()))


def test_six_cities_of_the_bay_are_fed():
    assert set(SOURCE.feeds["ferry_sailings"]) == {
        *("macao", "zhuhai", "zhongshan", "foshan", "guangzhou", "shenzhen")
    }


@needs_samples
def test_the_57_real_arrivals_are_counted_by_city_of_origin():
    content = (SHARED / "samples/mirror" / ARRIVALS.removeprefix("https://")).read_bytes()
    records = list(parse(replace(payload(content, NOW), url=ARRIVALS)))
    cities, states = Counter(), Counter()
    for record in records:
        cities[record.place] += int(record.value)
        states[record.breakdown.rpartition("=")[2]] += int(record.value)
    assert cities == {"macao": 31, "zhuhai": 12, "zhongshan": 7, "shenzhen": 3, "guangzhou": 2, "foshan": 2}
    assert states == {"operated": 22, "cancelled": 2, "expected": 33}
    assert cities.total() == 57


def test_a_row_told_twice_is_one_sailing():
    row = "2026-05-13 09:30|澳門|噴射飛航|港澳碼頭|2|已抵達"
    assert counts(file(row, row)) == counts(file(row))


def test_a_file_without_its_last_line_end_is_cut_short():
    whole = file("2026-05-13 09:30|澳門|噴射飛航|港澳碼頭|2|已抵達", "2026-05-13 10:00|珠海|甲|乙|3|已抵達")
    cut = replace(whole, content=whole.content[: whole.content.rindex("已抵達".encode())], sha256="")
    with pytest.raises(ShapeError, match="cut short"):
        list(parse(cut))


NOON = [
    f"2026-05-13 {hour:02}:30|澳門|噴射飛航|港澳碼頭|2|{'已抵達' if hour < 13 else ''}"
    for hour in range(9, 20)
]
EVENING = [row if row.endswith("已抵達") else f"{row}已抵達" for row in NOON]


@pytest.mark.parametrize("given", [NOON, EVENING[:-2], EVENING[:1]], ids=["old", "cut", "cut to one"])
def test_an_older_or_cut_list_of_the_day_leaves_the_newer_as_it_was(tools, given: list[str]):
    told = [arrives(ARRIVING, file(*rows), tools) for rows in (NOON, EVENING)]
    assert [one.status for one in told] == ["loaded", "loaded"]
    before = content_of(tools.warehouse)
    later = replace(file(*given), fetched_at=NOW + timedelta(hours=9))
    report = arrives(ARRIVING, later, tools)
    assert (report.status, report.new) == ("failed", 0)
    assert "the stored figures stay" in report.message
    assert content_of(tools.warehouse) == before


def test_a_list_of_the_day_before_leaves_the_newer_as_it_was(tools):
    yesterday = [row.replace("05-13", "05-12") for row in NOON]
    for rows in (EVENING, yesterday):
        report = arrives(ARRIVING, file(*rows), tools)
    assert (report.status, report.new) == ("failed", 0)
    assert "expected a file that reaches 2026-05-13 as before" in report.message
