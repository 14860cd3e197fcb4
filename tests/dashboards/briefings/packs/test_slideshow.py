"""A pack as slides: charts that can be edited, words that have room, a file that opens."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO

import pytest
from pptx import Presentation

from dashboards.briefings.packs.reading import read
from dashboards.briefings.packs.slideshow import pptx
from dashboards.briefings.values import MOST_PANELS
from tests.dashboards.briefings.packs.packing import RANKING, of_meeting, of_panels
from tests.dashboards.exports.decks import charts, texts


def test_sixty_panels_are_sixty_charts(opening_desk):
    made = of_panels(
        opening_desk, *[replace(RANKING, query="per=capita" if at % 2 else "") for at in range(MOST_PANELS)]
    )
    deck = Presentation(BytesIO(pptx(made, None)))
    assert sum(len(charts(slide)) for slide in deck.slides) == MOST_PANELS == 60


def test_words_stand_on_their_slides_in_both_languages(opening_desk, meeting_forms):
    deck = Presentation(BytesIO(meeting_forms["pptx"]))
    made = of_meeting(opening_desk, "zh-Hant", "en")
    for at, (slide, second) in enumerate(made.pairs()):
        if slide.kind != "work_item":
            continue
        found = texts(deck.slides[at])
        assert second.title in found
        assert all(line.text in found for line in slide.lines)


def test_the_hash_of_the_figures_is_a_property_of_the_file(meeting_forms):
    deck = Presentation(BytesIO(meeting_forms["pptx"]))
    assert deck.core_properties.identifier == "sha256:" + read(meeting_forms["pptx"]).record["sha256"]


def test_the_same_pack_is_the_same_file(opening_desk, panel_forms):
    from tests.dashboards.briefings.packs.packing import MAP

    assert pptx(of_panels(opening_desk, MAP, RANKING), None) == panel_forms["pptx"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice is installed")
def test_libreoffice_opens_it_whole(meeting_forms, tmp_path):
    place = tmp_path / "pack.pptx"
    place.write_bytes(meeting_forms["pptx"])
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(place)]
    subprocess.run(command, check=True, capture_output=True, timeout=150)
    from pypdf import PdfReader

    assert len(PdfReader(tmp_path / "pack.pdf").pages) == len(Presentation(place).slides)
