from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from metrics.warehouse.warehouse import open_warehouse
from tests.metrics.warehouse.made import DAY, INDICATOR, LONG_AFTER, MAY, figure, line, shown

pytestmark = [pytest.mark.engine, pytest.mark.xdist_group("postgresql")]


@pytest.fixture
def server(postgresql_url):
    from tests.engines import EMPTY, _administer

    _administer(postgresql_url, EMPTY)
    made = open_warehouse(postgresql_url)
    made.migrate()
    yield made
    made.close()


def scalars(warehouse, statement: str) -> list:
    with warehouse.engine.sa.connect() as connection:
        return list(connection.exec_driver_sql(statement).scalars())


def test_periods_have_a_small_index_by_block_range(server):
    found = scalars(server, "SELECT indexdef FROM pg_indexes WHERE indexname = 'observation_by_time'")
    assert "USING brin (period_end)" in found[0]


def test_readings_lie_in_months_made_ahead(server):
    now = datetime.now(UTC)
    ahead = (now.date().replace(day=1) + 92 * DAY).replace(day=1)
    names = scalars(server, "SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r'")
    assert f"reading_{now:%Y_%m}" in names
    assert f"reading_{ahead:%Y_%m}" in names
    assert "reading_rest" in names


def test_two_writers_take_turns_and_their_stamps_grow_in_the_order_of_their_commits(server):
    seen = []

    def write(number):
        for turn in range(5):
            server.append([figure(turn, MAY + turn * DAY, series=line(place=str(number)))], run_id="a")
            seen.append(server.stamp())

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    rows = server.vintages([INDICATOR], raw=True)
    assert len(rows) == 20
    assert rows["recorded_at"].nunique() == 20
    assert max(seen) == server.stamp()


def test_the_newest_figure_is_found_by_index_probes_alone(server):
    rows = [
        figure(n, series=line(place=str(place)), period=((MAY + n * DAY).date(),) * 2, known=MAY + n * DAY)
        for place in range(50)
        for n in range(200)
    ]
    server.append(rows, run_id="a")
    assert len(server.latest([INDICATOR], as_of=LONG_AFTER)) == 50
    engine = server.engine
    text = next(text for name, text in engine._texts.items() if name[0] == "latest")
    parameters = {
        **engine.packed("indicators", [INDICATOR]),
        "known": 1_760_000_000_000_000,
        "stamp": 1 << 55,
        "today": 20_300,
    }
    with engine.sa.connect() as connection:
        connection.exec_driver_sql("ANALYZE observation")
        connection.exec_driver_sql("ANALYZE series")
        raw = connection.connection.dbapi_connection
        plan = "\n".join(
            row[0] for row in raw.execute(f"EXPLAIN {text.sql}", {**text.constants, **parameters})
        )
    assert plan.count("Index Scan Backward using observation_pkey") == 1
    assert "Seq Scan on observation" not in plan


def test_times_are_kept_in_utc_whatever_zone_a_session_is_in(server):
    known = datetime(2025, 5, 15, 1, 2, 3, 456789, tzinfo=UTC)
    server.append([figure(1, known)], run_id="a")
    told = scalars(server, "SELECT known_at AT TIME ZONE 'UTC' FROM observation")
    assert told == [known.replace(tzinfo=None)]
    assert scalars(server, "SHOW timezone") == ["UTC"]


def test_an_error_of_the_server_ends_the_transaction_and_the_next_one_works(server):
    with pytest.raises(sa.exc.ProgrammingError), server.engine.writing() as connection:
        connection.exec_driver_sql("SELECT nothing FROM nowhere")
    server.append([figure(1)], run_id="a")
    assert shown(server.latest([INDICATOR], as_of=MAY)) == [1.0]
