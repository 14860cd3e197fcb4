"""The drawn forms, as the address of a panel hands them out."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from pypdf import PdfReader

from dashboards.exports.drawing import drawing, forms
from dashboards.exports.engine import ImageError
from dashboards.exports.formats import NotMadeError, gathered
from dashboards.i18n import LANGUAGES
from tests.dashboards.exports.everything import one


def without_chromium(monkeypatch, desk):
    monkeypatch.setenv("PATH", "/nowhere")
    return {form.id: form for form in forms(drawing(desk, None))}


def test_the_drawn_forms_stand_beside_the_tables(opening_desk) -> None:
    found = gathered(forms(drawing(opening_desk, None)))
    assert set(found) == {"csv", "xlsx", "parquet", "json", "png", "svg", "pdf", "pptx", "figure"}
    assert [name for name, form in found.items() if not form.listed] == ["figure"]


def test_without_chromium_pictures_say_why_and_slides_are_made_all_the_same(
    monkeypatch, opening_desk
) -> None:
    found = without_chromium(monkeypatch, opening_desk)
    assert found["png"].available() == found["svg"].available() == "picture.no_chromium"
    assert found["png"].by_browser == "figure"
    told = one(opening_desk, "en", "fiveg-ranking")
    assert found["pptx"].write(told).startswith(b"PK")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(found["pdf"].write(told))).pages)
    assert "because this server has no Chromium" in " ".join(text.split())
    assert "over 65,000" in " ".join(text.split())
    with pytest.raises(NotMadeError) as refused:
        found["png"].write(told)
    assert "Chromium" in refused.value.said(opening_desk.words["en"])


def test_a_browser_gets_the_whole_picture_as_values(monkeypatch, opening_desk) -> None:
    told = one(opening_desk, "zh-Hant", "map")
    said = json.loads(without_chromium(monkeypatch, opening_desk)["figure"].write(told, size="16x9"))
    assert round(said["width"] * said["scale"]) == 1920
    texts = "".join(each["text"] for each in said["figure"]["layout"]["annotations"])
    for text in (told.title, told.as_of, told.sources[0]):
        assert text in texts
    assert "http" not in json.dumps(said["figure"]["data"])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("reason", ["picture.no_chromium", "picture.image_late", "picture.image_failed"])
def test_every_reason_has_its_words(opening_desk, lang: str, reason: str) -> None:
    assert NotMadeError(ImageError(reason, "").reason).said(opening_desk.words[lang])
