"""Words: complete in every language, used, and each in its own script."""

from __future__ import annotations

import ast
import re
import string
from functools import lru_cache
from pathlib import Path

import pytest

from dashboards.i18n import LANGUAGES, LOCALES, all_words, flatten, locale, words
from dashboards.i18n_numbers import UnitForm
from dashboards.names import names
from geo.places import atlas
from metrics.agenda import agenda
from metrics.indicators import catalogue

ROOMS = Path(__file__).parents[2]
# Keys that are put together at run time: each of these beginnings is followed by a value of the data.
DYNAMIC = (
    "status.",
    "flag.",
    "qualifier.",
    "switch.",
    "tier.",
    "fault.",
    "format.mon_",
    "format.month_",
    "format.number_1e",
    "travel.",
    "asked.figures_",
    "why.",
    "state.",
    "change.",
    "run.",
    "frequency.",
    "direction.",
    "part.",
    "grid.",
    "reason.",
    "views.",
    "explore.",
    "topic.",
    "revision.",
    "span.",
    "column.",
    "picture.audience_",
    "audience.",
    "download.per_",
    "package.rule_",
    "outbox.",
)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@lru_cache(maxsize=1)
def literals() -> frozenset[str]:
    """Every string that stands in the product's Python files."""
    found: set[str] = set()
    files = [path for room in ("dashboards", "metrics", "ingest") for path in (ROOMS / room).rglob("*.py")]
    for path in [*files, *ROOMS.glob("app.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return frozenset(found)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_the_same_keys(lang: str) -> None:
    assert set(locale(lang)) == set(locale("en"))


def test_every_language_fills_in_the_same_values() -> None:
    allowed = {"format.", "qualifier."}  # each language writes dates and numbers from its own parts
    differing = [
        key
        for key in locale("en")
        if not any(key.startswith(prefix) for prefix in allowed)
        and len({frozenset(fields(locale(lang)[key])) for lang in LANGUAGES}) != 1
    ]
    assert differing == []


def test_no_key_is_unused() -> None:
    unused = [key for key in locale("en") if key not in literals() and not key.startswith(DYNAMIC)]
    assert unused == []


def test_no_key_is_missing() -> None:
    known = names(atlas(), catalogue(), agenda())
    sections = {key.partition(".")[0] for key in locale("en")}
    shape = re.compile(r"[a-z_]+(\.[a-z0-9_]*[a-z0-9])+(?<!\.html)(?<!\.toml)(?<!\.js)")  # a key, not a file
    asked = {text for text in literals() if shape.fullmatch(text) and text.partition(".")[0] in sections}
    assert sorted(key for key in asked if key not in locale("en") and key not in known) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_empty(lang: str) -> None:
    assert [key for key, text in locale(lang).items() if not text] == []


@pytest.mark.parametrize(("lang", "codec"), [("zh-Hant", "big5hkscs"), ("zh-Hans", "gb2312")])
def test_each_chinese_keeps_to_its_own_characters(lang: str, codec: str) -> None:
    exempt = re.compile(r"[\u00b7\u2212²]")
    strange = {}
    for key, text in locale(lang).items():
        if key.startswith("switch."):  # each language by its own name, on every page
            continue
        try:
            exempt.sub("", text).encode(codec)
        except UnicodeEncodeError as error:
            strange[key] = error.object[error.start : error.end]
    assert strange == {}


def test_a_missing_word_is_an_error_that_says_where_to_add_it() -> None:
    with pytest.raises(KeyError, match=r"ui\.nowhere.*locales/zh-Hant\.toml"):
        words("zh-Hant").t("ui.nowhere")


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        words("en").t("ui.as_known_on", day="Monday")


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(KeyError, match="expected one of en, zh-Hant, zh-Hans"):
        locale("fr")


def test_names_of_other_rooms_are_words_too() -> None:
    book = all_words({"city.macao": {"en": "Macao", "zh-Hant": "澳門", "zh-Hans": "澳门"}})
    assert [book[lang].t("city.macao") for lang in LANGUAGES] == ["Macao", "澳門", "澳门"]
    assert book["en"].has("city.macao")
    assert not book["en"].has("city.atlantis")


def test_a_locale_file_wins_over_a_name() -> None:
    named = words("en", {"ui.overview": {"en": "Something else"}})
    assert named.t("ui.overview") == "Overview"


def test_only_text_is_a_word() -> None:
    with pytest.raises(TypeError, match=r"format\.n should be text, found int"):
        flatten({"format": {"n": 4}})


def test_the_locale_files_lie_where_they_are_looked_for() -> None:
    assert {path.stem for path in LOCALES.glob("*.toml")} == set(LANGUAGES)


def test_html_languages_name_script_and_region() -> None:
    assert [words(lang).html_lang for lang in LANGUAGES] == ["en-HK", "zh-Hant-HK", "zh-Hans-CN"]


def test_lists_are_joined_as_each_language_does() -> None:
    assert [words(lang).listing(["a", "b", "c"]) for lang in LANGUAGES] == ["a, b, c", "a、b、c", "a、b、c"]


def test_the_tier_of_a_source_goes_into_a_bracket_that_is_there_already() -> None:
    english, chinese = words("en"), words("zh-Hant")
    assert english.tiered("Xinhua", "official") == "Xinhua"
    assert english.tiered("Xinhua", "press") == "Xinhua (press)"
    assert english.tiered("Xinhua (carried by CCTV)", "press") == "Xinhua (carried by CCTV; press)"
    said_once = "HKSAR Government (reprint of an official text)"
    assert english.tiered("HKSAR Government (reprint)", "reprint_of_official") == said_once
    assert chinese.tiered("新華社（央視轉載）", "press") == f"新華社（央視轉載；{chinese.t('tier.press')}）"


def test_a_unit_goes_around_its_number() -> None:
    station = UnitForm(pattern="{n} stations", singular="{n} station")
    book = words("en", units={"stations": station, "hkd_thousand": UnitForm(pattern="HK${n}", factor=1000)})
    assert book.number(1480, "stations", "approx") == "about 1,480 stations"
    assert book.number(1, "stations") == "1 station"
    assert book.compact(4000, "hkd_thousand", "over") == "over HK$4 million"


def test_a_unit_known_by_its_name_alone_follows_its_number() -> None:
    named = {"unit.stations": {"en": "stations", "zh-Hant": "個", "zh-Hans": "个"}}
    assert [words(lang, named).number(5, "stations") for lang in LANGUAGES] == ["5 stations", "5個", "5个"]
