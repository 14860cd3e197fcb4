"""Packs proved: what was changed in a file is named, whatever form it has."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest

from dashboards.briefings.packs.paper import told
from dashboards.briefings.packs.proof import apart, faults
from dashboards.briefings.packs.reading import read
from dashboards.exports import document
from tests.dashboards.briefings.packs.packing import MAP, drawing_of, of_panels


@pytest.fixture
def check(opening_desk):
    return lambda body: faults(body, lambda _audience: opening_desk, drawing_of)[1]


@pytest.mark.parametrize("form", ["pptx", "pdf", "html"])
def test_an_untouched_pack_agrees_with_the_warehouse(check, meeting_forms, form):
    assert check(meeting_forms[form]) == []


def test_a_figure_changed_in_the_record_is_named(check, panel_forms):
    text = panel_forms["html"].decode()
    assert "65000.0" in text
    wrong = check(text.replace("65000.0", "66000.0").encode())
    assert any("place_id=shenzhen" in one and "66000" in one and "65000" in one for one in wrong)
    assert any("SHA-256" in one for one in wrong)


def test_a_figure_changed_below_a_chart_is_named(check, panel_forms):
    wrong = check(panel_forms["html"].decode().replace(">over 65,000<", ">over 95,000<").encode())
    assert wrong
    assert any("95,000" in one and "65,000" in one for one in wrong)


def test_a_value_changed_in_a_chart_of_the_slides_is_named(check, panel_forms):
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(panel_forms["pptx"])) as held, zipfile.ZipFile(out, "w") as new:
        for name in held.namelist():
            body = held.read(name)
            if re.fullmatch(r"ppt/charts/chart.*\.xml", name):
                body = re.sub(rb"<c:v>65000(\.0)?</c:v>", b"<c:v>99000</c:v>", body)
            new.writestr(name, body)
    wrong = check(out.getvalue())
    assert any("99000" in one for one in wrong)


def test_paper_that_shows_another_figure_is_named(check, opening_desk, panel_forms):
    made = of_panels(opening_desk, MAP)
    held = told(made)
    (panel, closing) = held.sections
    rows = panel.telling.rows.copy()
    rows["figure"] = rows["figure"].str.replace("65,000", "95,000")
    from dataclasses import replace

    forged = replace(held, sections=(replace(panel, telling=replace(panel.telling, rows=rows)), closing))
    wrong = check(document.pdf(forged, made.style_of, None))
    assert any("65,000" in one and "nowhere" in one for one in wrong)


def test_packs_of_other_figures_are_told_apart(meeting_forms, panel_forms):
    assert list(apart({"a": read(meeting_forms["pptx"]), "b": read(meeting_forms["html"])})) == []
    assert list(apart({"a": read(meeting_forms["pptx"]), "b": read(panel_forms["html"])}))
