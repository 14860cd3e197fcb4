"""What the pages ask of the feeds is what the product's own object gives."""

from __future__ import annotations

import inspect
from dataclasses import fields

import pytest

from dashboards.feeds import desk
from ingest import feeds
from ingest.difference import Difference, Example
from ingest.lines import Line


def asked(protocol: type) -> set[str]:
    return {name for name in vars(protocol) if not name.startswith("_")}


@pytest.mark.parametrize("name", sorted(asked(desk.FeedDesk) - {"known"}))
def test_every_question_is_answered_with_the_same_arguments(name):
    expected = inspect.signature(getattr(desk.FeedDesk, name)).parameters
    assert list(inspect.signature(getattr(feeds.Feeds, name)).parameters) == list(expected)


@pytest.mark.parametrize(
    ("protocol", "value"),
    [
        (desk.RunTold, feeds.RunTold),
        (desk.Came, feeds.Came),
        (desk.Answer, feeds.Answer),
        (desk.Difference, Difference),
        (desk.Example, Example),
    ],
)
def test_every_value_has_what_the_pages_read(protocol, value):
    assert asked(protocol) <= {field.name for field in fields(value)}


def test_a_line_has_key_and_args():
    assert asked(desk.Line) <= set(Line.__slots__)
