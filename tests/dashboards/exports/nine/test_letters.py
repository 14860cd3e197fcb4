"""No letter of a file is a box, in any language, and what a reader looks for is found by search."""

from __future__ import annotations

import io
import json

import pytest
from pypdf import PdfReader

from dashboards.exports import fonts
from dashboards.exports.picture import texts_of
from dashboards.i18n import LANGUAGES
from tests.dashboards.exports.nine import letters, read
from tests.dashboards.exports.test_fonts import needs_fonts

pytestmark = [needs_fonts, pytest.mark.timeout(600), pytest.mark.xdist_group("nine")]
CITIES = ("macao", "foshan", "zhongshan", "jiangmen")
SHOWN = (
    ("/connectivity", "fiveg-map"),
    ("/connectivity", "fiveg-table"),
    ("/services", "kiosk-map"),
    ("/", "map"),
    ("/work-items/3", "coverage"),
)
OTHERS = (("/transport", "control-points"), ("/sources", "quarantine"), ("/work-items/1", "milestones"),
          ("/about", "glossary"), ("/indicators/fiveg_base_stations", "vintages"))  # fmt: skip


def file(web, page: str, panel: str, form: str, lang: str) -> bytes:
    answer = web.get(f"/api/v1/panels/{panel}?page={page}&lang={lang}&format={form}")
    assert answer.status_code == 200, answer.text[:300]
    return answer.data


def text_of(body: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("page", "panel"), [*SHOWN, *OTHERS])
def test_the_fonts_of_a_pdf_write_every_character_of_it(web, page: str, panel: str, lang: str) -> None:
    body = file(web, page, panel, "pdf", lang)
    assert list(letters.boxes(body)) == []
    carried = letters.families(body)
    assert carried
    assert letters.unwritable(text_of(body), carried) == ""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("page", "panel"), SHOWN)
def test_cities_and_5g_are_found_by_search_where_they_are_shown(
    web, page: str, panel: str, lang: str
) -> None:
    words = web.desk.words[lang]
    text = read.squeezed(text_of(file(web, page, panel, "pdf", lang)))
    for city in CITIES:
        assert read.squeezed(words.t(f"place.{city}")) in text
    if panel in {"fiveg-map", "fiveg-table", "map"}:
        assert "5G" in text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("page", "panel"), [*SHOWN, *OTHERS])
def test_every_character_on_slides_has_a_font_here(web, page: str, panel: str, lang: str) -> None:
    assert fonts.missing(read.from_pptx(file(web, page, panel, "pptx", lang)).text, lang) == ""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("page", "panel"), [("/connectivity", "fiveg-map"), ("/transport", "calendar")])
def test_every_character_of_a_picture_has_a_font_here(web, page: str, panel: str, lang: str) -> None:
    told = json.loads(file(web, page, panel, "figure", lang))["figure"]
    texts = list(texts_of(told))
    assert texts
    assert fonts.missing("".join(texts), lang) == ""


def test_a_box_is_found(tmp_path) -> None:
    import typst

    # A letter that no font has comes out as glyph 0: what the tests above look for.
    body = typst.compile({"main.typ": '#set text(fallback: false, font: "DejaVu Sans")\n5G \u6fb3'.encode()})
    assert list(letters.boxes(body))
    assert "\u6fb3" in letters.unwritable("5G \u6fb3", {"DejaVuSans"})
