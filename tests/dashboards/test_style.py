"""The style of charts: the same tokens as the pages, readable, small, and it names its source."""

from __future__ import annotations

import re
from pathlib import Path

import plotly.graph_objects as go
import pytest

from dashboards.i18n import LANGUAGES, words
from dashboards.style import FONTS, PALETTES, STATUSES, Palette, Style

SHEET = (Path(__file__).parents[2] / "assets" / "10-tokens.css").read_text(encoding="utf-8")


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_words_and_statuses_are_readable_on_their_ground(palette: Palette) -> None:
    for colour in (palette.ink, palette.soft, palette.accent, *palette.status.values(), *palette.series):
        assert contrast(colour, palette.ground) >= 4.5, colour
    for colour in (palette.ink, palette.soft, palette.accent):
        assert contrast(colour, palette.wash) >= 4.5, colour


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_labels_are_readable_on_every_step_of_the_ramp(palette: Palette) -> None:
    for ground, text in zip(palette.ramp, palette.ramp_text, strict=True):
        assert contrast(ground, text) >= 4.5, (ground, text)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_the_ramp_goes_one_way(palette: Palette) -> None:
    steps = [contrast(colour, palette.ground) for colour in palette.ramp]
    assert steps == sorted(steps)


def test_every_status_has_a_colour_in_both_themes() -> None:
    assert all(tuple(palette.status) == STATUSES for palette in PALETTES.values())


@pytest.mark.parametrize(
    ("theme", "block"), [("light", r":root \{(.*?)\}"), ("dark", r':root\[data-theme="dark"\] \{(.*?)\}')]
)
def test_charts_and_pages_have_the_same_colours(theme: str, block: str) -> None:
    tokens = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", re.search(block, SHEET, re.DOTALL)[1]))
    palette = PALETTES[theme]
    for name in ("ink", "soft", "line", "ground", "wash", "accent"):
        assert tokens[name] == getattr(palette, name), name
    for name in ("achieved", "on_track", "at_risk", "off_track"):
        assert tokens[name.replace("_", "-")] == palette.status[name], name


def test_charts_and_pages_have_the_same_fonts() -> None:
    flat = " ".join(SHEET.split())
    assert all(font in flat for font in FONTS.values())


def test_an_empty_chart_says_why_in_words() -> None:
    for lang in LANGUAGES:
        style = Style(words=words(lang))
        assert style.empty("flag.not_published").layout.annotations[0].text == style.t("flag.not_published")


def test_a_chart_carries_no_default_template() -> None:
    figure = go.Figure(layout=Style(words=words("en")).layout())
    assert len(figure.to_json()) < 2500


def test_layout_takes_changes() -> None:
    layout = Style(words=words("en"), theme="dark").layout(showlegend=True)
    assert layout.showlegend is True
    assert layout.font.color == PALETTES["dark"].ink


def test_the_source_line_names_sources_and_as_of() -> None:
    style = Style(words=words("en"))
    assert style.source_line(["A", "B"], "15 May 2025") == "Source: A, B. As known on 15 May 2025."
    assert style.source_line([], "15 May 2025") == "As known on 15 May 2025"


def test_a_signed_chart_carries_its_source_and_leaves_the_first_one_alone() -> None:
    style = Style(words=words("zh-Hant"))
    figure = go.Figure(layout=style.layout())
    signed = style.signed(figure, "資料來源：甲")
    assert signed.layout.annotations[-1].text == "資料來源：甲"
    assert signed.layout.margin.b > figure.layout.margin.b
    assert not figure.layout.annotations


def test_figures_keep_their_qualifier_and_places_their_name() -> None:
    style = Style(words=words("en", {"place.macao": {"en": "Macao", "zh-Hant": "澳門", "zh-Hans": "澳门"}}))
    assert style.number(65000, "over") == "over 65,000"
    assert style.compact(4_000_000, "over") == "over 4 million"
    assert style.place("macao") == "Macao"
    assert style.status_colour("missed") == PALETTES["light"].status["missed"]
    assert style.lang == "en"
