"""Indicators are found by words of any language, in either form of a character, the best match first."""

from __future__ import annotations

import pytest

from metrics.indicators import catalogue
from metrics.search import Finder, folded, pieces, variants


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(catalogue(), {"iam_smart_users": ["跨境通辦"]})


def ids(finder: Finder, words: str) -> list[str]:
    return [one.id for one in finder.find(words)]


@pytest.mark.parametrize(
    "words", ["5G base stations", "5g基站数", "５Ｇ基站數目", "base stations", "fiveg base stations", "基站"]
)
def test_the_best_match_comes_first(finder: Finder, words: str) -> None:
    assert ids(finder, words)[0] == "fiveg_base_stations"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("跨境通辦", "跨境通办"),
        ("口岸", "口岸"),
        ("數據", "数据"),
        ("寬頻", "宽频"),
        ("電子簽名", "电子签名"),
    ],
)
def test_both_forms_of_a_character_find_the_same(finder: Finder, one: str, other: str) -> None:
    assert ids(finder, one) == ids(finder, other) != []


@pytest.mark.parametrize(
    ("words", "found"), [("寬頻", "broadband_subscriptions"), ("宽带", "broadband_subscriptions")]
)
def test_a_word_of_either_side_finds_what_the_other_calls_otherwise(
    finder: Finder, words: str, found: str
) -> None:
    assert found in ids(finder, words)


def test_every_word_must_match(finder: Finder) -> None:
    assert ids(finder, "5g nonsense") == []
    assert set(ids(finder, "5g coverage")) < set(ids(finder, "5g"))


def test_nothing_is_found_by_nothing(finder: Finder) -> None:
    for words in ("", "   ", "<>", "!!!"):
        assert finder.find(words) == []


def test_texts_about_an_indicator_count_less_than_its_name(finder: Finder) -> None:
    found = ids(finder, "跨境通辦")
    assert "iam_smart_users" in found
    assert found.index("cbps_services_hk") < found.index("iam_smart_users")


def test_every_indicator_is_found_by_its_own_names(finder: Finder) -> None:
    lost = [
        (one.id, lang)
        for one in catalogue()
        for lang, name in one.names.items()
        if pieces(name) and one.id not in ids(finder, name)
    ]
    assert lost == []


def test_the_table_of_variants_pairs_each_character_once() -> None:
    table = variants()
    assert len(table) > 400
    assert not set(table) & set(table.values())
    assert folded("網絡ＡＢ") == "网络ab"
