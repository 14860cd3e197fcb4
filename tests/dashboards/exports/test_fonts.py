"""Fonts: which write a language, what they lack, how wide a line is."""

from __future__ import annotations

import pytest

from dashboards.exports import fonts
from dashboards.i18n import LANGUAGES
from dashboards.names import desk_words
from geo.places import atlas
from metrics.agenda import agenda
from metrics.indicators import catalogue

needs_fonts = pytest.mark.skipif(
    any(fonts.chosen(lang) is None for lang in LANGUAGES), reason="no Chinese fonts (fonts-noto-cjk) are installed"
)  # fmt: skip
UNWRITTEN = "\U000130a7"  # a hieroglyph


@needs_fonts
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_character_of_every_word_of_the_product_can_be_written(lang: str) -> None:
    words = desk_words(atlas(), catalogue(), agenda(), {})[lang]
    assert fonts.missing("".join(words.terms.values()), lang) == ""


@needs_fonts
def test_what_no_font_has_is_named_with_the_package_that_brings_it() -> None:
    with pytest.raises(fonts.FontsMissingError, match=r"U\+130A7.*install the package fonts-dejavu-core"):
        fonts.check(["5G", UNWRITTEN], "en")


def test_without_chinese_fonts_the_error_names_their_package(monkeypatch) -> None:
    monkeypatch.setattr(fonts, "installed", tuple)
    fonts.chosen.cache_clear()
    fonts._somewhere.cache_clear()
    try:
        with pytest.raises(fonts.FontsMissingError, match="fonts-noto-cjk") as told:
            fonts.check(["澳門5G"], "zh-Hant")
        assert set("澳門") <= set(told.value.signs)
    finally:
        fonts.chosen.cache_clear()
        fonts._somewhere.cache_clear()


@needs_fonts
def test_each_chinese_is_set_in_a_face_of_its_own_shapes() -> None:
    families = {lang: fonts.chosen(lang).family for lang in ("zh-Hant", "zh-Hans")}
    assert families["zh-Hant"] != families["zh-Hans"]


@needs_fonts
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    ["Cross-boundary Public Services of Guangdong", "粵港共建智慧城市群專責小組（第二次會議）", "W" * 80],
)
def test_no_line_is_wider_than_its_room_and_no_character_is_lost(lang: str, text: str) -> None:
    lines = fonts.lines(text, 20, 180, lang, bold=True)
    assert all(fonts.width(line, 20, lang, bold=True) <= 180 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@needs_fonts
def test_chinese_characters_are_one_em_wide_and_bold_is_no_narrower() -> None:
    assert fonts.width("大灣區", 10, "zh-Hant") == pytest.approx(30)
    assert fonts.width("Bay Area", 10, "en", bold=True) >= fonts.width("Bay Area", 10, "en")


@needs_fonts
def test_a_line_does_not_begin_with_a_closing_bracket_or_end_with_an_opening_one() -> None:
    for room in range(60, 240, 7):
        for line in fonts.lines("數據截至（按年）及（按月）數目，均以最新所知為準。", 20, room, "zh-Hant"):
            assert line[0] not in "）。，"
            assert line[-1] != "（"


def test_fonts_are_found_in_folders_where_there_is_no_fontconfig(monkeypatch) -> None:
    listed = {(face.path, face.index) for face in fonts.installed()}
    monkeypatch.setattr(fonts.shutil, "which", lambda _name: None)
    found = {(face.path, face.index) for face in fonts.installed.__wrapped__()}
    if not listed:
        pytest.skip("no fonts are installed")
    assert found & listed
