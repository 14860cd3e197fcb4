"""Samples of keys as pictures: one for each look, none for a sign that is text."""

from __future__ import annotations

import pytest

from dashboards.figures.legend import HATCHES, Key
from dashboards.figures.swatch import svg
from dashboards.style import DARK, LIGHT

PICTURES = ("fill", "outline", "plain", *HATCHES)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_look_has_a_picture_of_its_own(palette):
    drawn = [svg(Key(look=look, text="", colour="#123456"), palette) for look in PICTURES]
    assert len(set(drawn)) == len(PICTURES)
    for picture in drawn:
        assert picture.startswith("<svg ")
        assert picture.endswith("</svg>")


def test_a_filled_sample_has_the_colour_of_its_marks():
    assert 'fill="#4b8fa6"' in svg(Key(look="fill", text="", colour="#4b8fa6"), LIGHT)


def test_a_hatch_follows_the_theme():
    key = Key(look="hatch", text="")
    assert LIGHT.hatch in svg(key, LIGHT)
    assert DARK.hatch in svg(key, DARK)


@pytest.mark.parametrize("sign", ["▲", "▮❘", "–", "┃"])
def test_a_sign_is_text(sign):
    assert svg(Key(look=sign, text="over"), LIGHT) == ""
