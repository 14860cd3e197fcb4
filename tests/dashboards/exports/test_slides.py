"""Whole decks: every panel on a slide, in three languages, open and readable."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest

from dashboards.exports.slides import Cover, Slide
from dashboards.i18n import LANGUAGES
from tests.dashboards.exports.decks import charts, made, opened, texts
from tests.dashboards.exports.everything import everything, one

PANELS = ("map", "fiveg-ranking", "fiveg-guangdong", "tracks", "newest")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_panel_has_a_slide_with_title_source_day_notes_and_alt_text(opening_desk, lang: str) -> None:
    told = everything(opening_desk, lang)
    slides = list(opened(opening_desk, told, lang).slides)
    assert len(slides) >= len(told)
    words = [texts(slide) for slide in slides]
    for telling in told:
        slide = slides[next(n for n, text in enumerate(words) if f"{telling.permalink}\n" in text)]
        assert slide.shapes.title.text_frame.text.startswith(telling.title)
        assert telling.as_of in texts(slide)
        notes = slide.notes_slide.notes_text_frame.text
        assert telling.citation in notes
        assert telling.alt in notes
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr") == telling.alt


def test_slides_are_sixteen_to_nine_and_numbered_and_read_in_order(opening_desk) -> None:
    deck = opened(opening_desk, [one(opening_desk, "en", panel) for panel in PANELS])
    assert deck.slide_width * 9 == deck.slide_height * 16
    for slide in deck.slides:
        names = [shape.name for shape in slide.shapes]
        assert slide.shapes[0] == slide.shapes.title
        assert names[-1] == "Slide number"
        assert names[-2].startswith("Source")
        assert "slidenum" in slide.shapes[-1]._element.xml


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_run_says_its_language_and_its_chinese_typeface(opening_desk, lang: str) -> None:
    deck = opened(
        opening_desk, [Cover(title="x", lines=("y",)), *(one(opening_desk, lang, p) for p in PANELS)], lang
    )
    proofed = {"en": "en-HK", "zh-Hant": "zh-HK", "zh-Hans": "zh-CN"}[lang]
    typeface = "Microsoft YaHei" if lang == "zh-Hans" else "Microsoft JhengHei"
    for slide in deck.slides:
        for properties in slide._element.xpath(".//a:r/a:rPr"):
            assert properties.get("lang") == proofed
            assert [each.get("typeface") for each in properties.findall("{*}ea")] == [typeface]


def test_a_second_language_stands_under_the_title_in_its_own_language(opening_desk) -> None:
    first, second = (one(opening_desk, lang, "fiveg-ranking") for lang in ("zh-Hant", "en"))
    slide = opened(opening_desk, [Slide(telling=first, second=second)], "zh-Hant").slides[0]
    paragraphs = slide.shapes.title.text_frame.paragraphs
    assert [each.text for each in paragraphs] == [first.title, second.title]
    assert paragraphs[1].runs[0]._r.rPr.get("lang") == "en-HK"


def test_what_is_not_for_everybody_says_so_on_the_slide_and_in_its_notes(opening_desk) -> None:
    told = replace(one(opening_desk, "en", "fiveg-ranking"), audience="officials")
    slide = opened(opening_desk, [told]).slides[0]
    assert "For officials only" in texts(slide)
    assert "For officials only" in slide.notes_slide.notes_text_frame.text


def test_a_note_of_the_maker_leads_the_notes(opening_desk) -> None:
    deck = opened(opening_desk, [Slide(telling=one(opening_desk, "en", "map"), note="Say this first.")])
    assert deck.slides[0].notes_slide.notes_text_frame.text.startswith("Say this first.")


def test_a_panel_without_rows_says_why(opening_desk) -> None:
    told = one(opening_desk, "en", "newest")
    empty = replace(told, rows=told.rows.head(0), empty="Nothing was known then.")
    assert "Nothing was known then." in texts(opened(opening_desk, [empty]).slides[0])


def test_the_same_slides_give_the_same_bytes(opening_desk) -> None:
    told = [one(opening_desk, "zh-Hant", panel) for panel in PANELS]
    day = datetime(2026, 11, 21, tzinfo=UTC)
    assert made(opening_desk, told, "zh-Hant", made_at=day) == made(
        opening_desk, told, "zh-Hant", made_at=day
    )


def test_progress_is_told_after_each_slide_and_may_end_the_work(opening_desk) -> None:
    told = [one(opening_desk, "en", "fiveg-ranking")] * 3
    seen = []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        made(opening_desk, told, progress=progress)
    assert seen == [(1, 3), (2, 3)]


def test_sixty_panels_are_sixty_charts(opening_desk) -> None:
    told = [one(opening_desk, "en", "fiveg-ranking"), one(opening_desk, "en", "fiveg-guangdong")] * 30
    slides = opened(opening_desk, told).slides
    assert [len(charts(slide)) for slide in slides] == [1] * 60


def test_nothing_in_the_file_points_outside_but_the_panels_addresses(opening_desk) -> None:
    told = [one(opening_desk, "en", panel) for panel in PANELS]
    with zipfile.ZipFile(BytesIO(made(opening_desk, told))) as file:
        relations = "".join(file.read(name).decode() for name in file.namelist() if name.endswith(".rels"))
    outside = [part.split('"')[0] for part in relations.split('Target="http')[1:]]
    assert all(("http" + each).startswith("https://gba.example/") for each in outside)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_libreoffice_opens_the_deck_and_every_slide_is_a_page(opening_desk, tmp_path, lang: str) -> None:
    told = [one(opening_desk, lang, panel) for panel in PANELS]
    file = tmp_path / "deck.pptx"
    file.write_bytes(made(opening_desk, [Cover(title="GBA"), *told], lang))
    slides = len(opened(opening_desk, [Cover(title="GBA"), *told], lang).slides)
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    subprocess.run(["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file],
                   check=True, capture_output=True, timeout=150)  # fmt: skip
    from pypdf import PdfReader

    pages = [page.extract_text() for page in PdfReader(tmp_path / "deck.pdf").pages]
    assert len(pages) == slides
    for telling in told:
        assert any(telling.title.replace(" ", "") in page.replace(" ", "") for page in pages)
