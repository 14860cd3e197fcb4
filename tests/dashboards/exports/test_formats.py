"""The forms that panels are handed out in."""

from __future__ import annotations

import pytest

from dashboards.exports.formats import TABLES, Format, gathered
from tests.dashboards.exports.tellings import of_panel


@pytest.mark.parametrize("form", TABLES, ids=lambda form: form.id)
def test_every_table_form_writes_the_same_bytes_for_the_same_telling(form, opening_desk) -> None:
    telling = of_panel(opening_desk)
    assert form.write(telling) == form.write(telling)
    assert form.available() is None


def test_two_forms_of_one_id_are_a_mistake() -> None:
    other = Format(id="csv", name="x", media_type="x/y", extension="x", write=lambda _telling: b"")
    with pytest.raises(ValueError, match="'csv' is stated twice"):
        gathered([other])


def test_a_picture_is_only_for_panels_with_a_chart() -> None:
    picture = Format(
        id="png", name="PNG", media_type="image/png", extension="png", write=lambda _t: b"", chart=True
    )
    assert not picture.fits(has_chart=False)
    assert gathered([picture])["png"].fits(has_chart=True)
