"""The tables the product starts with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from geo.places import atlas
from ingest.checks import Past, doubts
from ingest.commands import load_opening
from ingest.errors import ShapeError
from ingest.opening import FIGURE_COLUMNS, FIGURES, PASSENGERS, figures, passengers, table_source
from metrics.indicators import catalogue
from tests.ingest.making import payload

FEEDS = {one.id: tuple(place.id for place in atlas()) for one in catalogue()}
LINE = (
    "f1,fiveg_base_stations,shenzhen,2025-12-31,2025-12-31,{value},stations,over,2026-01-20,month,Title,Publisher,"
    ",press,point,as_published,final"
)


def table(*lines: str) -> bytes:
    return "\n".join([",".join(FIGURE_COLUMNS), *lines, ""]).encode()


def test_a_figure_keeps_its_qualifier_tier_and_publication_date():
    (found,) = figures(payload(table(LINE.format(value='"84,000"'))))
    assert (found.value, found.qualifier, found.tier) == (84_000, "over", "press")
    assert (found.known_on, found.known_precision, found.figure_ref) == (date(2026, 1, 20), "month", "f1")


def test_a_blank_is_not_published_and_never_zero():
    assert list(figures(payload(table(LINE.format(value=""))))) == []


def test_more_columns_may_stand_beside_ours():
    content = (
        table(LINE.format(value="1")).replace(b"status\n", b"status,note\n").replace(b"final\n", b"final,x\n")
    )
    assert len(list(figures(payload(content)))) == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("over", "roughly", "row 2: qualifier: expected one of exact"),
        ("press", "rumour", "row 2: source_tier"),
        ("point", "fortnight", "row 2: span"),
        ("month", "century", "row 2: published_on_precision"),
        ("2026-01-20", "20/01/2026", "row 2: published_on: expected a day"),
        ("figure_id,", "id,", "missing 'figure_id'"),
    ],
)
def test_a_wrong_word_is_refused_with_row_and_column(old: str, new: str, said: str):
    content = table(LINE.format(value="1")).decode().replace(old, new)
    with pytest.raises(ShapeError, match=said):
        list(figures(payload(content)))


@pytest.mark.parametrize(("source_id", "file", "records"), [
    ("opening_figures", FIGURES, 1161), ("opening_passengers", PASSENGERS, 5550)
])  # fmt: skip
def test_our_own_tables_pass_every_check(source_id: str, file, records: int):
    source = table_source(source_id, FEEDS)
    found = list(source.parse(payload(file.read_bytes())))
    assert len(found) == records
    past = Past()
    doubted = doubts(source, found, meanings=catalogue().by_id, today=date(2026, 10, 1), past=past)
    assert doubted == []


def test_a_month_is_known_the_day_after_it():
    first = next(passengers(payload(PASSENGERS.read_bytes())))
    assert (first.start, first.end, first.span) == (date(2021, 1, 1), date(2021, 1, 31), "month")
    assert first.known_on == date(2021, 2, 1)
    assert first.breakdown == "direction=arrival;group=hong_kong_residents"


def test_every_published_figure_says_where_it_was_published(tools):
    load_opening(replace(tools, clock=lambda: datetime(2026, 11, 21, tzinfo=UTC)))
    cited = tools.warehouse.documents("citation")
    assert len(cited) == 1_161
    one = cited["f485f043b9a"]
    assert one["publisher"] == "21st Century Business Herald digest on reportify.cn"
    assert (one["published_on"], one["precision"], one["url"]) == ("2026-01-20", "day", "")
    linked = [name for name, said in cited.items() if said["url"]]
    assert all(cited[name]["url"].startswith(("https://", "http://")) for name in linked)
    assert linked
