from __future__ import annotations

import pytest
import sqlalchemy as sa

from metrics.warehouse.tables import SERIES
from tests.metrics.warehouse.made import figure, line

pytestmark = pytest.mark.engine


def test_lists_and_records_reach_the_database_as_parameters(warehouse):
    engine = warehouse.engine
    places = ["a'b", 'c"d', "珠海"]
    warehouse.append([figure(1, series=line(place=place)) for place in places], run_id="a")
    text = engine.text_of(
        "t1", lambda: sa.select(SERIES.c.place_id).where(engine.among(SERIES.c.place_id, "places"))
    )
    assert {row[0] for row in engine.read(text, engine.packed("places", places))} == set(places)
    assert engine.read(text, engine.packed("places", [])) == []

    def joined():
        kinds = {"series_id": "integer", "name": "text", "at": "instant", "day": "day"}
        asked = engine.records("asked", kinds)
        columns = (SERIES.c.place_id, asked.c.name)
        return sa.select(*columns).select_from(asked.join(SERIES, SERIES.c.series_id == asked.c.series_id))

    records = {
        "series_id": [line(place=place).id for place in places],
        "name": places,
        "at": [-1, 0, 1_700_000_000_123_456],
        "day": [-1, 0, 20_000],
    }
    rows = engine.read(engine.text_of("t2", joined), engine.packed("asked", records))
    assert sorted(rows) == sorted((place, place) for place in places)


def test_numbers_given_for_instants_and_days_come_back_the_same(warehouse):
    engine = warehouse.engine
    numbers = [-62_135_596_800_000_000, -1, 0, 1_747_267_200_000_001, 4_102_444_800_999_999]

    def told():
        asked = engine.records("asked", {"at": "instant", "day": "day"})
        from metrics.warehouse.columns import Day, Instant

        at, day = sa.type_coerce(asked.c.at, Instant()), sa.type_coerce(asked.c.day, Day())
        return sa.select(engine.number_of(at), engine.number_of(day))

    days = [-719_162, -1, 0, 20_223, 2_932_896]
    rows = engine.read(engine.text_of("t3", told), engine.packed("asked", {"at": numbers, "day": days}))
    assert rows == list(zip(numbers, days, strict=True))


def test_an_upsert_replaces_what_is_there_and_adds_what_is_not(warehouse):
    from metrics.warehouse.tables import ROLLUP_DAY

    engine = warehouse.engine

    def rows(ids, n):
        count = len(ids)
        return {
            "series_id": ids, "day": [20_000] * count, "n": [n] * count, "sum": [1.5] * count,
            "weight": [1.0] * count, "min": [0.5] * count, "max": [2.5] * count, "last": [1.5] * count,
            "last_at": [1_700_000_000_123_456] * count,
        }  # fmt: skip

    with engine.writing("readings") as connection:
        engine.upsert(connection, ROLLUP_DAY, rows([1, 2], 1), 2)
        engine.upsert(connection, ROLLUP_DAY, rows([2, 3], 9), 2)
        asked = sa.select(ROLLUP_DAY.c.series_id, ROLLUP_DAY.c.n).order_by(ROLLUP_DAY.c.series_id)
        assert connection.execute(asked).all() == [(1, 1), (2, 9), (3, 9)]
        at = connection.execute(sa.select(ROLLUP_DAY.c.last_at)).scalars().first()
        assert at.microsecond == 123_456


def test_a_statement_is_written_once_and_keeps_its_constants(warehouse):
    engine, made = warehouse.engine, []

    def statement():
        made.append(1)
        return sa.select(sa.literal(7) + sa.bindparam("more", type_=sa.Integer()))

    for more in (1, 2):
        assert engine.read(engine.text_of("t4", statement), {"more": more}) == [(7 + more,)]
    assert len(made) == 1
