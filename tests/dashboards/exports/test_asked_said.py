"""What was asked, in words: every parameter of every page, and every value that is one of a list."""

from __future__ import annotations

import pytest

from dashboards import pages
from dashboards.exports.asked_said import NAMES, VALUES, option_said
from dashboards.i18n import LANGUAGES
from dashboards.panel import discover, options_of
from tests.dashboards.exports.tellings import of_panel

ITS_OWN_WORDS = {"year", "leaf", "work_item"}
"""Parameters whose values are numbers."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_parameter_of_every_page_and_its_values_have_words(opening_desk, lang: str) -> None:
    words, bare = opening_desk.words[lang], []
    for page in discover(pages):
        for name, allowed in options_of(page, opening_desk).items():
            if name not in NAMES:
                bare.append(f"{page.id}: {name}")
            if callable(allowed) or name in ITS_OWN_WORDS:
                continue
            bare += [
                f"{page.id}: {name}={one}" for one in allowed if not words.has(VALUES.get(name, "") + one)
            ]
    assert bare == []


def test_nothing_is_named_that_no_page_asks(opening_desk) -> None:
    asked = {name for page in discover(pages) for name in page.options}
    assert set(NAMES) == asked
    assert set(VALUES) <= asked


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("indicators", "fiveg_base_stations,iam_smart_users", "5G base stations"),
        ("parts", "direction:arrival,group:mainland_visitors", "arrivals"),
        ("against", "2025-05-15", "15 May 2025"),
        ("base", "2024", "2024"),
        ("mark", "hk_lo_wu", "Lo Wu"),
        ("q", "5G", "5G"),
        ("unheard_of", "x", "x"),
    ],
)
def test_values_are_read_as_their_parameter_means_them(opening_desk, name, value, said) -> None:
    assert said in option_said(name, value, opening_desk.words["en"])[1]


def test_the_filters_of_a_file_are_in_the_readers_words(opening_desk) -> None:
    told = of_panel(opening_desk, "zh-Hant", options=(("basis", "municipal"), ("view", "estuary")))
    words = opening_desk.words["zh-Hant"]
    assert told.filters[-2:] == (
        (words.t("column.basis"), words.t("basis.municipal")),
        (words.t("marking.map"), words.t("marking.estuary")),
    )
