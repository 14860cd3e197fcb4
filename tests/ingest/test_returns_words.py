"""The words of returns: complete in three languages, each in its own script."""

from __future__ import annotations

import string

import pytest

from geo.places import LANGUAGES
from ingest.returns_words import counted, figure, named, plain_number, said, texts

KEYS = [f"{section}.{name}" for section, names in texts().items() for name in names]


@pytest.mark.parametrize("key", KEYS)
def test_every_text_says_the_same_things_in_every_language(key):
    section, _, name = key.partition(".")
    forms = texts()[section][name]
    assert set(forms) == set(LANGUAGES)
    assert all(forms.values())
    fields = {frozenset(f for _, f, _, _ in string.Formatter().parse(text) if f) for text in forms.values()}
    assert len(fields) == 1
    forms["zh-Hant"].encode("big5hkscs")
    forms["zh-Hans"].encode("gb2312")


def test_ids_are_named_and_numbers_written_in_the_readers_language():
    choices = {"kind": "qualifier", "ids": ["over", "at_most"]}
    assert said("wrong.choice", "en", choices=choices) == "one of over, at most"
    assert said("wrong.choice", "zh-Hant", choices=choices) == "超過、不多於其中一項"
    assert said("refusal.too_many_rows", "en", found=5000, most=2000).startswith("The sheet has entries")
    assert "5,000" in said("refusal.too_many_rows", "zh-Hans", found=5000, most=2000)


def test_a_long_list_is_cut_and_says_so():
    ids = {"kind": "place", "ids": ["macao"] * 30}
    assert said("wrong.choice", "en", choices=ids).endswith(", …")


@pytest.mark.parametrize(
    ("kind", "one", "name"),
    [
        ("indicator", "iam_smart_users", "「智方便」"),
        ("place", "macao", "澳門"),
        ("unit", "persons", "人"),
        ("department", "dpo", "數字政策辦公室"),
        ("basis", "municipal", "市"),
        ("breakdown", "direction=arrival;group=other_visitors", "入境、其他訪客"),
        ("column", "value", "數字"),
    ],
)
def test_what_has_a_name_is_called_by_it(kind, one, name):
    assert name in named(kind, one, "zh-Hant")


@pytest.mark.parametrize("kind", ["indicator", "place", "unit", "department", "basis", "column", "status"])
def test_what_nobody_has_named_is_called_by_its_id(kind):
    assert named(kind, "nothing_of_ours", "zh-Hant") == "nothing_of_ours"
    assert named("breakdown", "gauge=tall", "en") == "tall"


def test_a_figure_keeps_its_qualifier_and_every_digit():
    assert [figure(4e6, "over", lang) for lang in LANGUAGES] == [
        "over 4,000,000",
        "超過4,000,000",
        "超4,000,000",
    ]
    assert (plain_number(1234.5), plain_number(1e6)) == ("1,234.5", "1,000,000")


def test_how_a_figure_is_counted_is_said_only_where_it_is_special():
    assert counted("", "as_published", "en") == ""
    assert counted("direction=departure", "provincial", "en").startswith("departures, ")


def test_a_language_or_text_that_is_not_there_is_an_error():
    with pytest.raises(KeyError, match="expected one of en, zh-Hant, zh-Hans"):
        said("wrong.number", "fr")
    with pytest.raises(KeyError):
        said("wrong.nothing", "en")
