"""Columns as psycopg and PostgreSQL take them in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import islice

import numpy as np
import pytest

from metrics.warehouse.engines.postgresql_values import (
    array_type,
    driver_array,
    driver_values,
    is_day,
    is_instant,
    written,
)
from metrics.warehouse.tables import READING, ROLLUP_DAY, SERIES

AT, DAY, SUM, NAME = READING.c.at.type, ROLLUP_DAY.c.day.type, READING.c.sum.type, SERIES.c.unit.type


def test_instants_and_days_are_told_apart_and_are_arrays_of_their_own():
    assert [(is_instant(kind), is_day(kind)) for kind in (AT, DAY, SUM)] == [
        (True, False),
        (False, True),
        (False, False),
    ]
    assert [array_type(kind) for kind in (AT, DAY, SUM)] == ["timestamp[]", "DATE[]", "DOUBLE PRECISION[]"]


@pytest.mark.parametrize(
    ("kind", "column", "said"),
    [
        (AT, [0, 1_700_000_000_123_456], "{1970-01-01T00:00:00.000000,2023-11-14T22:13:20.123456}"),
        (AT, np.array([-1]), "{1969-12-31T23:59:59.999999}"),
        (DAY, [0, 20_000], "{1970-01-01,2024-10-04}"),
        (DAY, 1, "{1970-01-02,1970-01-02}"),
        (SUM, [1.5, -0.1, 1e300, float("inf")], "{1.5,-0.1,1e+300,inf}"),
        (SUM, np.array([1, 2]), "{1,2}"),
        (SUM, 7, "{7,7}"),
    ],
)
def test_numbers_and_moments_are_written_out_as_one_array(kind, column, said: str):
    assert driver_array(kind, column, 2) == said


@pytest.mark.parametrize(
    "values", [[], ["a,b"], [None, 1], [1, None], [1, 2.5], [True], [1, "1}'; DROP"], [b"1"]]
)
def test_anything_else_is_left_to_the_driver(values: list):
    assert written(values) == ""
    assert driver_array(NAME, values, len(values)) == values


def test_a_moment_that_is_not_there_is_left_to_the_driver():
    assert driver_array(AT, [None, 0], 2) == [None, datetime(1970, 1, 1)]  # noqa: DTZ001 - naive, as psycopg is given it


def test_one_value_stands_for_all_rows_of_a_copy():
    assert list(islice(driver_values(DAY, 0), 2)) == [date(1970, 1, 1)] * 2
    assert list(driver_values(SUM, np.array([1.0, 2.0]))) == [1.0, 2.0]


def test_what_is_written_out_comes_back_the_same_from_a_server(postgresql_server):
    psycopg = pytest.importorskip("psycopg")
    numbers, sums = [-(1 << 63), 0, (1 << 63) - 1], [0.1 + 0.2, 5e-324, -1.7976931348623157e308]
    moments = [0, 1_700_000_000_123_456, -1]
    with psycopg.connect(postgresql_server) as connection:
        connection.execute("SET timezone TO 'UTC'")
        kinds = ("bigint[]", "float[]", "timestamptz[]")
        values = [written(numbers), written(sums), driver_array(AT, moments, 3)]
        asked = ", ".join(f"%s::{kind}" for kind in kinds)
        told = connection.execute(f"SELECT {asked}", values).fetchone()
    assert told[:2] == (numbers, sums)
    assert [int(one.astimezone(UTC).timestamp() * 1_000_000) for one in told[2][:1]] == moments[:1]
    assert told[2][1] == datetime(2023, 11, 14, 22, 13, 20, 123456, tzinfo=UTC)
    assert told[2][2] == datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
