from dataclasses import replace
from pathlib import Path

from geo.places import LANGUAGES
from metrics.catalogue_docs import render_indicators
from metrics.indicators import catalogue

PAGE = Path(__file__).resolve().parents[2] / "docs" / "indicators.md"


def test_the_page_of_indicators_is_current():
    assert PAGE.read_text(encoding="utf-8") == render_indicators(catalogue()), (
        "docs/indicators.md is not what the catalogue says: run `python app.py describe` and commit the page"
    )


def test_every_indicator_stands_on_the_page_once_with_its_three_names():
    lines = render_indicators(catalogue()).splitlines()
    for one in catalogue():
        heads = [line for line in lines if line == f"### `{one.id}`" or line.startswith(f"| `{one.id}` |")]
        assert len(heads) == 1, one.id
    text = "\n".join(lines)
    assert all(one.names[lang].replace("|", "/") in text for one in catalogue() for lang in LANGUAGES)


def test_a_leading_indicator_is_told_in_full():
    page = render_indicators(catalogue())
    entry = page.split("### `fiveg_bs_per_10k_pop`")[1].split("###")[0]
    for words in (
        "definition",
        "comparability",
        "Work item: 3",
        "higher is better",
        "`resident_population`",
        "× 10,000",
    ):
        assert words in entry, words
    assert "Answers for it: Department of Industry and Information Technology of Guangdong Province" in entry


def test_a_changed_word_changes_the_page():
    found = catalogue()
    one = found.get("smart_poles")
    other = replace(one, names={**one.names, "en": "Clever poles"})
    changed = replace(found, by_id={**found.by_id, one.id: other})
    assert "Clever poles" in render_indicators(changed)
    assert render_indicators(changed) != render_indicators(found)


def test_a_bar_in_a_text_does_not_break_its_table():
    found = catalogue()
    one = found.get("smart_poles")
    other = replace(one, names={**one.names, "en": "Poles | smart"})
    page = render_indicators(replace(found, by_id={**found.by_id, one.id: other}))
    line = next(line for line in page.splitlines() if "Poles" in line and "smart_poles" in line)
    assert line.count("|") == 9


def test_a_break_in_a_series_is_told_with_its_day_and_places():
    entry = render_indicators(catalogue()).split("### `bcp_vehicles`")[1].split("###")[0]
    assert "Series breaks: from 2020-02-01 (hk_man_kam_to)" in entry
