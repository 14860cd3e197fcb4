from types import SimpleNamespace

import pandas as pd
import pytest

from dashboards.credits import publishers
from dashboards.i18n import LANGUAGES, words

NAMES = {"source.hk_immigration_daily": {lang: f"Immigration ({lang})" for lang in LANGUAGES}}
TOLD = {f"f{n}": {"publisher": f"House {n}"} for n in range(1, 8)}


def desk():
    return SimpleNamespace(
        metrics=SimpleNamespace(citations=lambda: TOLD),
        catalogue=SimpleNamespace(organisations=SimpleNamespace(name=lambda text, lang: f"{text} {lang}")),
    )


def frame(*rows):
    return pd.DataFrame(rows, columns=["source_id", "figure_ref", "tier", "value"])


def test_a_feed_is_named_by_its_title_and_an_official_source_carries_no_tier():
    found = publishers(frame(("hk_immigration_daily", "", "official", 1.0)), desk(), words("en", NAMES))
    assert found == ["Immigration (en)"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "House 1 en (press)"),
        ("zh-Hant", "House 1 zh-Hant（傳媒報道）"),
        ("zh-Hans", "House 1 zh-Hans（媒体报道）"),
    ],
)
def test_a_figure_from_the_press_says_so_in_the_readers_language(lang, said):
    assert publishers(frame(("opening_figures", "f1", "press", 1.0)), desk(), words(lang, NAMES)) == [said]


def test_who_published_most_comes_first_and_the_rest_is_counted():
    rows = [("opening_figures", f"f{n}", "official", 1.0) for n in (1, 2, 2, 2, 3, 4, 5, 6)]
    assert publishers(frame(*rows), desk(), words("en", NAMES)) == [
        "House 2 en",
        "House 1 en",
        "House 3 en",
        "and 3 more",
    ]


def test_a_row_without_a_figure_names_nobody():
    assert publishers(frame(("opening_figures", "f1", "press", None)), desk(), words("en", NAMES)) == []


def test_a_frame_that_is_not_of_figures_names_nobody():
    assert publishers(pd.DataFrame({"milestone": ["x"]}), desk(), words("en", NAMES)) == []
