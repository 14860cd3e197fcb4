"""The schemas of the answers are schemas."""

from __future__ import annotations

import pytest
from jsonschema_rs import Draft202012Validator

from dashboards.api import schemas


@pytest.mark.parametrize("name", [name for name in vars(schemas) if name.isupper()])
def test_each_is_valid(name):
    Draft202012Validator(getattr(schemas, name))


def test_a_row_of_figures_fits_and_a_nested_one_does_not():
    validator = Draft202012Validator(schemas.ROW)
    assert validator.is_valid({"place": "Hong Kong", "value": 3.5, "absence": None})
    assert not validator.is_valid({"place": {"en": "Hong Kong"}})
