from __future__ import annotations

import pytest

from metrics.warehouse.stamps import FACTS, READINGS, advance, stamp_of

pytestmark = pytest.mark.engine


def test_a_stamp_is_nought_before_the_first_news_and_then_what_it_was_set_to(warehouse):
    assert stamp_of(warehouse.engine, FACTS) == 0
    with warehouse.engine.writing() as connection:
        advance(connection, FACTS, 5)
        assert stamp_of(warehouse.engine, FACTS, connection) == 5
        advance(connection, FACTS, 7)
    assert stamp_of(warehouse.engine, FACTS) == 7
    assert stamp_of(warehouse.engine, READINGS) == 0


def test_a_stamp_is_seen_by_others_only_with_the_facts_it_stands_for(warehouse):
    with warehouse.engine.writing() as connection:
        advance(connection, FACTS, 5)
        assert stamp_of(warehouse.engine, FACTS) == 0
    assert stamp_of(warehouse.engine, FACTS) == 5
