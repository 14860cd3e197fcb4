from __future__ import annotations

import pytest

from metrics.warehouse.entries import AlreadyRun, FenceLost, Suspect, WarehouseError


def test_what_the_warehouse_refuses_can_be_caught_as_one_kind():
    for error in (FenceLost, AlreadyRun):
        assert issubclass(error, WarehouseError)


def test_a_suspect_needs_its_source_rule_words_and_row():
    with pytest.raises(TypeError):
        Suspect(source_id="made", rule="range", said="x")
