"""Names of places, indicators, work items ... reach the words of every language."""

from __future__ import annotations

from dashboards.i18n import LANGUAGES
from dashboards.names import desk_words, names, unit_forms
from geo.places import atlas
from metrics.agenda import agenda
from metrics.indicators import catalogue


def test_every_name_is_there_in_three_languages() -> None:
    known = names(atlas(), catalogue(), agenda())
    complete = {key for key, texts in known.items() if all(texts.get(lang) for lang in LANGUAGES)}
    assert set(known) - complete == set()
    assert len(known) > 1000


def test_a_place_is_named_in_the_readers_language() -> None:
    book = desk_words(atlas(), catalogue(), agenda())
    assert [book[lang].t("place.macao") for lang in LANGUAGES] == ["Macao", "澳門", "澳门"]


def test_work_items_meetings_and_indicators_have_names() -> None:
    book = desk_words(atlas(), catalogue(), agenda())["en"]
    for key in ("work_item.1", "work_item.5.statement", "meeting.egscc_2", "indicator.fiveg_base_stations"):
        assert book.t(key)


def test_a_source_is_named_by_its_title() -> None:
    title = {"en": "Daily traffic", "zh-Hant": "每日客流", "zh-Hans": "每日客流"}
    book = desk_words(atlas(), catalogue(), agenda(), {"source.hk_daily": title})
    assert book["en"].t("source.hk_daily") == "Daily traffic"


def test_units_are_said_around_their_numbers() -> None:
    assert unit_forms(catalogue(), "en")["stations"].said("1") == "1 station"
    assert unit_forms(catalogue(), "zh-Hant")["stations"].said("1") == "1個"
    assert desk_words(atlas(), catalogue(), agenda())["zh-Hans"].number(5, "stations", "over") == "超5个"
