from __future__ import annotations

from dashboards.desk import Filters
from dashboards.panels.about_glossary import glossary_frame, glossary_panel, groups
from tests.dashboards.panels.drawn import NOW, text


def test_terms_stand_side_by_side_in_the_words_of_each_language(opening_desk):
    frame = glossary_frame(opening_desk, Filters(as_of=NOW)).set_index("key")
    assert frame.loc["place.macao", ["en", "zh_hant", "zh_hans"]].tolist() == ["Macao", "澳門", "澳门"]
    row = frame.loc["status.off_track"]
    assert [row["zh_hant"], row["zh_hans"]] == ["進度落後", "进度滞后"]


def test_cities_crossings_work_items_and_initiatives_are_all_there(opening_desk):
    keys = {key for group in groups(opening_desk).values() for key in group}
    assert {f"place.{city.id}" for city in opening_desk.atlas.cities} <= keys
    assert {f"work_item.{number}" for number in opening_desk.agenda.work_items} <= keys
    assert {f"initiative.{one.id}" for one in opening_desk.agenda.initiatives} <= keys


def test_no_term_stands_there_twice(opening_desk):
    keys = glossary_frame(opening_desk, Filters(as_of=NOW))["key"]
    assert keys.is_unique


def test_each_column_is_read_in_its_own_language(opening_desk):
    said = text(glossary_panel(opening_desk), opening_desk, Filters(lang="zh-Hant", as_of=NOW))
    assert "繁體中文" in said
    assert "已达标" in said
