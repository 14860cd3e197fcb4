"""A chart as a picture: everything that makes it quotable is inside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboards.exports.fonts import FontsMissingError
from dashboards.exports.images import inlined, paper
from dashboards.exports.picture import picture, texts_of
from dashboards.exports.sheet import PAD, PRESETS
from dashboards.i18n import LANGUAGES
from tests.dashboards.exports.everything import charts, one


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_chart_carries_its_words_and_all_of_them_can_be_written(opening_desk, lang: str) -> None:
    style = paper(opening_desk, lang, inlined(opening_desk))
    found = charts(opening_desk, lang)
    assert len(found) > 12
    for told in found:
        drawn = picture(told, style, PRESETS["1x"])
        written = "".join(texts_of(drawn.figure)).replace("<b>", "").replace("</b>", "").replace(" ", "")
        for text in (told.title, told.as_of, told.permalink.replace("&", "&amp;"), *told.sources):
            assert text.replace(" ", "").replace("&amp;", "&") in written.replace("&amp;", "&"), told.panel_id


def test_the_chart_keeps_its_own_place_between_the_words(opening_desk) -> None:
    style = paper(opening_desk, "en", inlined(opening_desk))
    told = one(opening_desk, "en", "fiveg-ranking")
    own = told.figure(replace(style, room=720)).layout
    drawn = picture(told, style, PRESETS["1x"]).figure["layout"]
    plot = drawn["height"] - drawn["margin"]["t"] - drawn["margin"]["b"]
    assert plot == pytest.approx(own.height - own.margin.t - own.margin.b, abs=1)
    for annotation in drawn["annotations"][len(own.annotations) :]:
        up = annotation["yshift"]
        assert annotation["xshift"] == -own.margin.l
        if annotation["y"] == 1:
            assert own.margin.t <= up <= drawn["margin"]["t"] - PAD
        else:
            assert own.margin.b <= -up <= drawn["margin"]["b"] - PAD


def test_nothing_is_drawn_where_a_character_would_be_a_box(opening_desk) -> None:
    style = paper(opening_desk, "en", inlined(opening_desk))
    told = replace(one(opening_desk, "en", "ranking"), note="hieroglyph \U000130a7")
    with pytest.raises(FontsMissingError):
        picture(told, style, PRESETS["1x"])


def test_a_panel_without_a_chart_says_so(opening_desk) -> None:
    style = paper(opening_desk, "en", inlined(opening_desk))
    told = replace(one(opening_desk, "en", "ranking"), figure=None)
    with pytest.raises(ValueError, match="draws no chart"):
        picture(told, style, PRESETS["1x"])


def test_markup_in_a_text_is_only_text(opening_desk) -> None:
    style = paper(opening_desk, "en", inlined(opening_desk))
    told = replace(one(opening_desk, "en", "ranking"), title="<a href='javascript:x'>now</a>")
    texts = [each["text"] for each in picture(told, style, PRESETS["1x"]).figure["layout"]["annotations"]]
    assert "<b>&lt;a href='javascript:x'&gt;now&lt;/a&gt;</b>" in texts
