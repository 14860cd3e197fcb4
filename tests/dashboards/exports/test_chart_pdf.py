"""A panel on paper: what is written on it can be found."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from dashboards.exports.chart_pdf import pdf
from dashboards.exports.engine import Engine
from dashboards.exports.images import inlined, paper
from dashboards.i18n import LANGUAGES
from tests.dashboards.exports.chromiums import needs_chromium
from tests.dashboards.exports.everything import one


@needs_chromium
@pytest.mark.parametrize("lang", LANGUAGES)
def test_chinese_names_and_5g_are_found_in_every_pdf(opening_desk, engine: Engine, lang: str) -> None:
    style = paper(opening_desk, lang, inlined(opening_desk))
    names = {
        "en": ("Macao", "Foshan", "Zhongshan", "Jiangmen", "5G"),
        "zh-Hant": ("澳門", "佛山", "中山", "江門", "5G"),
        "zh-Hans": ("澳门", "佛山", "中山", "江门", "5G"),
    }
    for panel in ("map", "fiveg-ranking"):
        told = one(opening_desk, lang, panel)
        text = "".join(
            page.extract_text() for page in PdfReader(BytesIO(pdf(told, style, engine.draw))).pages
        )
        assert all(name in text for name in names[lang]), panel
        assert not [sign for sign in text if "\u2e80" <= sign <= "\u2fdf"]
        close = "".join(text.split())
        for figure in told.rows["figure"]:
            assert "".join(figure.split()) in close
        assert "".join(told.as_of.split()) in close


@needs_chromium
def test_a_pdf_is_tagged_titled_and_the_same_each_time(opening_desk, engine: Engine) -> None:
    told, style = one(opening_desk, "zh-Hant", "map"), paper(opening_desk, "zh-Hant", inlined(opening_desk))
    first = pdf(told, style, engine.draw)
    assert first == pdf(told, style, engine.draw)
    root = PdfReader(BytesIO(first)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("zh")
    assert PdfReader(BytesIO(first)).metadata.title == told.title
    assert b"/Alt" in first or "/Figure" in str(root["/StructTreeRoot"])


def test_a_table_without_a_chart_is_a_pdf_without_an_engine(opening_desk) -> None:
    told = one(opening_desk, "zh-Hans", "newest")
    style = paper(opening_desk, "zh-Hans", inlined(opening_desk))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf(told, style, lambda *_: b""))).pages)
    close = "".join(text.split())
    assert all("".join(figure.split()) in close for figure in told.rows["figure"])
