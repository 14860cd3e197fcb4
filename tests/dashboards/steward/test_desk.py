"""What the pages ask of the stewards' desk is what the product's own desk gives."""

from __future__ import annotations

import inspect
from dataclasses import fields

import pytest

from dashboards.steward import desk
from ingest import steward_lines, steward_proposals
from ingest.returns_difference import Known
from ingest.returns_form import ReturnRow
from ingest.stewards import Stewards


def asked(protocol: type) -> set[str]:
    return {name for name in vars(protocol) if not name.startswith("_")}


@pytest.mark.parametrize("name", sorted(asked(desk.StewardDesk) - {"media_type"}))
def test_every_question_is_answered_with_the_same_arguments(name):
    expected = inspect.signature(getattr(desk.StewardDesk, name)).parameters
    assert list(inspect.signature(getattr(Stewards, name)).parameters) == list(expected)


@pytest.mark.parametrize(
    ("protocol", "value"),
    [
        (desk.Outcome, steward_lines.Outcome),
        (desk.FaultLine, steward_lines.FaultLine),
        (desk.FigureLine, steward_lines.FigureLine),
        (desk.Upload, steward_lines.Upload),
        (desk.Handed, steward_lines.Handed),
        (desk.Held, steward_lines.Held),
        (desk.Proposed, steward_proposals.Proposed),
        (desk.Figure, ReturnRow),
        (desk.Known, Known),
    ],
)
def test_every_value_has_what_the_pages_read(protocol, value):
    assert asked(protocol) <= {field.name for field in fields(value)}
