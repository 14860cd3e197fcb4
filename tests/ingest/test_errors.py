"""Errors: by stage, and whether trying again may help."""

from __future__ import annotations

import inspect

import pytest

from ingest import errors
from ingest.report import STAGES

KINDS = [
    kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.IngestError)
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_says_its_stage_and_explains_itself(kind):
    assert kind.stage in {*STAGES, "ingest"}
    assert kind.__doc__


def test_only_faults_of_the_way_are_worth_another_try():
    assert {kind.__name__ for kind in KINDS if kind.transient} == {
        "BusyError",
        "CutShortError",
        "StalledError",
        "UnreachableError",
    }


def test_a_fault_of_form_names_its_row():
    assert str(errors.ShapeError("expected a, found b", row=7)) == "row 7: expected a, found b"
    assert str(errors.ShapeError("expected a, found b")) == "expected a, found b"
