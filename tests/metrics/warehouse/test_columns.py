from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from metrics.warehouse.columns import (
    Day,
    Digest,
    Instant,
    KeyDay,
    Word,
    day_number,
    day_of,
    instant_of,
    microseconds,
)

TABLE = sa.Table(
    "kept",
    sa.MetaData(),
    sa.Column("at", Instant()),
    sa.Column("day", Day()),
    sa.Column("due", KeyDay()),
    sa.Column("word", Word("best", "worst")),
    sa.Column("digest", Digest()),
)
AT = datetime(2026, 11, 21, 9, 30, 0, 123456, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.engine
@pytest.mark.parametrize(
    "row",
    [
        {"at": AT, "day": date(1969, 7, 20), "due": date(2030, 1, 1), "word": "worst", "digest": "0f" * 32},
        {"at": None, "day": None, "due": None, "word": None, "digest": ""},
        {
            "at": datetime(1901, 1, 1, tzinfo=UTC),
            "day": date.max,
            "due": None,
            "word": "best",
            "digest": None,
        },
    ],
)
def test_what_goes_in_comes_out_on_every_engine(warehouse, row):
    with warehouse.engine.writing("schema") as connection:
        TABLE.create(connection)
        connection.execute(sa.insert(TABLE).values(**row))
        found = dict(connection.execute(sa.select(TABLE)).mappings().one())
        TABLE.drop(connection)
    assert found == row
    if found["at"] is not None:
        assert found["at"].tzinfo is UTC


def test_words_sort_in_the_order_of_their_list(sqlite_warehouse):
    with sqlite_warehouse.engine.writing("schema") as connection:
        TABLE.create(connection)
        connection.execute(sa.insert(TABLE), [{"word": "worst"}, {"word": "best"}])
        assert connection.scalars(sa.select(TABLE.c.word).order_by(TABLE.c.word)).all() == ["best", "worst"]


@pytest.mark.parametrize("instant", [AT, datetime(1950, 1, 1, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC)])
def test_instants_are_whole_microseconds_and_back(instant):
    assert instant_of(microseconds(instant)) == instant


@pytest.mark.parametrize("day", [date.min, date(1970, 1, 1), date(2026, 11, 21), date.max])
def test_days_are_whole_numbers_and_back(day):
    assert day_of(day_number(day)) == day
