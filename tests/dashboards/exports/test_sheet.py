"""The sheet of a picture: words that fit, forms that are exact."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboards.exports.fonts import width
from dashboards.exports.images import inlined, paper
from dashboards.exports.sheet import LEAD, PAD, PRESETS, fitted, foot_lines, stamp, subtitle
from dashboards.i18n import LANGUAGES
from tests.dashboards.exports.everything import charts, one


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("preset", PRESETS)
def test_words_of_any_length_stay_in_their_block_and_off_one_another(opening_desk, lang, preset) -> None:
    style = paper(opening_desk, lang, inlined(opening_desk))
    told = replace(
        one(opening_desk, lang, "fiveg-ranking"),
        title="粵港澳大灣區 Cross-boundary " * 9,
        note="Long note, " * 60,
    )
    sheet = fitted(told, style, told.figure(style), PRESETS[preset])
    for block in (sheet.head, sheet.foot):
        below = 0.0
        for line in block.lines:
            assert width(line.text, line.size, lang, bold=line.bold) <= sheet.width - 2 * PAD
            assert line.at - line.size * LEAD / 2 >= below - 0.01
            below = line.at + line.size * LEAD / 2
        assert below <= block.height + 0.01


@pytest.mark.parametrize(
    "preset", [each for each in PRESETS.values() if each.shape], ids=lambda each: each.id
)
def test_a_form_of_fixed_shape_has_that_shape_and_room_for_every_chart(opening_desk, preset) -> None:
    style = paper(opening_desk, "en", inlined(opening_desk))
    for told in charts(opening_desk, "en"):
        own = told.figure(style)
        sheet = fitted(told, style, own, preset)
        assert sheet.width * preset.shape[1] == sheet.height * preset.shape[0]
        if own.layout.height:
            assert sheet.chart >= own.layout.height


def test_the_indicator_is_told_where_the_title_does_not(opening_desk) -> None:
    style = paper(opening_desk, "en", inlined(opening_desk))
    by_city = replace(one(opening_desk, "en", "ranking"), title="By city")
    assert subtitle(by_city, style).startswith(style.t("indicator.fiveg_base_stations"))
    named = replace(by_city, title=style.t("indicator.fiveg_base_stations"))
    assert subtitle(named, style) == named.unit


def test_only_what_is_not_for_everybody_is_stamped(opening_desk) -> None:
    style = paper(opening_desk, "en", inlined(opening_desk))
    told = one(opening_desk, "en", "ranking")
    assert stamp(told, style) == ""
    assert "Expert Group" in stamp(replace(told, audience="group"), style)
    assert stamp(replace(told, audience="officials"), style) == "For officials only"


def test_the_foot_says_source_day_flags_and_address(opening_desk) -> None:
    style = paper(opening_desk, "en", inlined(opening_desk))
    told = replace(one(opening_desk, "en", "ranking"), flags=("provisional",))
    text = "\n".join(foot_lines(told, style))
    assert told.permalink in text
    assert told.as_of in text
    assert "provisional" in text
    assert all(source in text for source in told.sources)
