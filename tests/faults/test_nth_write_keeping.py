"""Let the n-th write fail of what corrects, releases, lets people in, moves and restores: old or new, never a mix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from metrics.warehouse.entries import Suspect
from metrics.warehouse.people import People
from metrics.warehouse.quarantine import decide
from metrics.warehouse.transfer import backup, content_hash, copy, restore
from metrics.warehouse.warehouse import Warehouse, open_warehouse
from tests.faults.test_nth_write import cut_short_everywhere
from tests.metrics.warehouse.made import MAY, figure
from tests.metrics.warehouse.test_loading import load_a_payload
from tests.metrics.warehouse.test_people import ALICE, DEED, NOW, session

pytestmark = pytest.mark.faults
SUSPECT = Suspect(source_id="made", rule="bounds", said="9e9 is above 200", row={"value": "9e9"})


def loaded(warehouse: Warehouse) -> None:
    load_a_payload(warehouse, warehouse.open_run("made", trigger="hand", logical_time="one"))


def revising(warehouse: Warehouse) -> Callable[[], None]:
    """Figures that are there already, corrected, with one that is new."""
    loaded(warehouse)
    run_id = warehouse.open_run("made", trigger="hand", logical_time="two")

    def revise() -> None:
        with warehouse.loading(run_id) as tx:
            tx.append([figure(11, MAY), replace(figure(9, MAY), status="withdrawn")])
            tx.end_run("loaded", {"new": 2})

    return revise


def releasing(warehouse: Warehouse) -> Callable[[], None]:
    """A record that was held back: its figure, who released it and why, and the end of the run, all in one."""
    warehouse.quarantine([SUSPECT], "r1")
    (item,) = warehouse.quarantined()["item"]
    run_id = warehouse.open_run("made", trigger="hand", logical_time=f"release {item}")

    def release() -> None:
        with warehouse.loading(run_id) as tx:
            decide(tx.connection, item, by="alice", what="release", why="seen the paper", now=NOW)
            tx.append([figure(9_000)])
            tx.end_run("loaded", {"new": 1})

    return release


def adding_somebody(warehouse: Warehouse) -> Callable[[], None]:
    return lambda: People(warehouse.engine).add(ALICE, DEED, NOW)


def changing_somebody(warehouse: Warehouse) -> Callable[[], Any]:
    """A new password: every session ends with it, and the audit says so."""
    people = People(warehouse.engine)
    people.add(ALICE, DEED, NOW)
    people.open_session(session(1), replace(DEED, action="signed_in"))
    deed = replace(DEED, action="password_set")
    return lambda: people.change("alice", deed, NOW, password="another")


def signing_in(warehouse: Warehouse) -> Callable[[], Any]:
    people = People(warehouse.engine)
    people.add(ALICE, DEED, NOW)
    return lambda: people.open_session(session(1), replace(DEED, action="signed_in"))


def signing_out(warehouse: Warehouse) -> Callable[[], Any]:
    people = People(warehouse.engine)
    people.add(ALICE, DEED, NOW)
    people.open_session(session(1), replace(DEED, action="signed_in"))
    return lambda: people.end_session(session(1).session_hash, NOW, replace(DEED, action="signed_out"))


ACTS = (revising, releasing, adding_somebody, changing_somebody, signing_in, signing_out)


@pytest.mark.engine
@pytest.mark.parametrize("kind", ACTS, ids=lambda kind: kind.__name__)
def test_whichever_write_fails_what_is_there_is_old_or_new(warehouse, kind) -> None:
    assert cut_short_everywhere(warehouse, kind(warehouse)) >= 2


@pytest.fixture
def source(tmp_path: Path):
    made = open_warehouse(f"sqlite:///{tmp_path}/source.db")
    made.migrate()
    loaded(made)
    People(made.engine).add(ALICE, DEED, NOW)
    yield made
    made.close()


@pytest.mark.engine
def test_a_move_cut_short_leaves_the_new_warehouse_empty_and_the_old_as_it_was(warehouse, source) -> None:
    before = content_hash(source)
    assert cut_short_everywhere(warehouse, lambda: copy(source, warehouse)) >= 4
    assert content_hash(warehouse) == content_hash(source) == before


@pytest.mark.engine
def test_a_restore_cut_short_leaves_the_warehouse_empty(warehouse, source, tmp_path) -> None:
    file = tmp_path / "backup.db"
    backup(source, file)
    assert cut_short_everywhere(warehouse, lambda: restore(file, warehouse)) >= 4
    assert content_hash(warehouse) == content_hash(source)
