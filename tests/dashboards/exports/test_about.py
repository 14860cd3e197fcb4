"""What a panel says besides its figures."""

from __future__ import annotations

from dashboards.exports.about import about
from tests.dashboards.exports.tellings import of_panel


def test_a_file_says_whose_it_is_and_as_known_when(opening_desk) -> None:
    said = dict(about(of_panel(opening_desk)))
    assert said["Audience"] == "public"
    assert said["As known on"] == "21 Nov 2026"
    assert said["Permanent link"].startswith("https://gba.example/connectivity?as_of=2026-11-21")


def test_what_was_asked_is_said_in_words(opening_desk) -> None:
    telling = of_panel(opening_desk, "zh-Hant", places=("macao",), per="km2", options=(("year", "2023"),))
    assert [said for _, said in telling.filters] == [
        "繁體中文",
        "2026年11月21日",
        "澳門",
        "全部",
        "全部",
        "每平方公里",
        "2023",
    ]


def test_indicators_are_defined_and_publications_cited(opening_desk) -> None:
    telling = of_panel(opening_desk)
    assert telling.definitions[0].indicator_id == "fiveg_base_stations"
    assert telling.definitions[0].definition
    assert telling.cited
    assert all(one.publisher for one in telling.cited)
    assert len({(one.publisher, one.title) for one in telling.cited}) == len(telling.cited)
