from __future__ import annotations

import ast
import re

import pytest

from dashboards.desk import Filters, parse_filters
from dashboards.panels.about_api import ADDRESSES, API, EXAMPLES, PYTHON
from tests.dashboards.panels.drawn import LANGUAGES, NOW, text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_address_and_example_is_told(opening_desk, lang):
    said = text(API, opening_desk, Filters(lang=lang, as_of=NOW))
    assert all(address in said for address, _ in ADDRESSES)
    assert all(example in said for _, example in EXAMPLES)


def test_the_example_in_python_is_python():
    ast.parse(PYTHON)


def test_the_examples_ask_for_what_there_is(opening_desk):
    for _, example in EXAMPLES:
        indicator = re.search(r'indicator ?= ?"?([a-z0-9_]+)', example)[1]
        day = re.search(r'as_of ?= ?"?(\d{4}-\d{2}-\d{2})', example)[1]
        assert indicator in opening_desk.catalogue
        filters = parse_filters({"as_of": [day]}, places=())
        assert len(opening_desk.metrics.latest(indicator, filters.as_of))
