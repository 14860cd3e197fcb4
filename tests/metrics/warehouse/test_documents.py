from datetime import UTC, datetime

import pytest

from metrics.warehouse.documents import documents, put

NOW = datetime(2026, 11, 21, tzinfo=UTC)
FIRST = {"a": {"title": "First meeting"}, "b": {"title": "二"}}


def test_descriptions_come_back_by_name_and_only_news_is_kept(warehouse):
    run = warehouse.open_run("test", trigger="hand", logical_time="one")
    with warehouse.loading(run) as tx:
        assert tx.put_documents("citation", FIRST) == 2
        assert tx.put_documents("citation", FIRST) == 0
    assert warehouse.documents("citation") == FIRST
    assert warehouse.documents("source") == {}


def test_a_description_that_changes_is_a_newer_row_and_the_old_one_stays(warehouse):
    run = warehouse.open_run("test", trigger="hand", logical_time="one")
    with warehouse.loading(run) as tx:
        tx.put_documents("source", FIRST)
    before = warehouse.stamp()
    with warehouse.loading(run) as tx:
        assert tx.put_documents("source", {"a": {"title": "First meeting, Guangzhou"}}) == 1
    assert warehouse.documents("source")["a"] == {"title": "First meeting, Guangzhou"}
    assert warehouse.stamp() > before


def test_an_unknown_kind_is_refused(warehouse):
    run = warehouse.open_run("test", trigger="hand", logical_time="one")
    with pytest.raises(ValueError, match="expected one of source, citation"), warehouse.loading(run) as tx:
        tx.put_documents("poem", FIRST)


def test_more_names_than_a_statement_may_ask_for_at_once(warehouse):
    many = {f"n{number}": {"number": number} for number in range(1_200)}
    run = warehouse.open_run("test", trigger="hand", logical_time="one")
    with warehouse.loading(run) as tx:
        assert put(tx.connection, "citation", many, run_id=run, now=NOW) == 1_200
        assert len(documents(tx.connection, "citation")) == 1_200
        assert put(tx.connection, "citation", many, run_id=run, now=NOW) == 0
