from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.panels import about_method
from dashboards.panels.about_method import ITEM, METHOD, thresholds
from metrics.progress_values import STATUSES
from tests.dashboards.panels.drawn import LANGUAGES, NOW, text, view_of


def test_thresholds_are_those_of_the_code(opening_desk, monkeypatch):
    said = text(METHOD, opening_desk)
    assert "pace of 0.95 or more" in said
    assert "pace of 0.60 or more, below 0.95" in said
    assert "more than 90 days late, or when 25% or more" in text(ITEM, opening_desk)
    monkeypatch.setattr(about_method, "ON_TRACK_FROM", 0.9)
    monkeypatch.setattr(about_method, "VERY_LATE_DAYS", 60)
    assert "pace of 0.90 or more" in text(METHOD, opening_desk)
    assert "more than 60 days late" in text(ITEM, opening_desk)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_status_is_explained(opening_desk, lang):
    filters = Filters(lang=lang, as_of=NOW)
    view = view_of(opening_desk, filters)
    said = text(METHOD, opening_desk, filters)
    assert all(view.t(f"status.{status}") in said for status in STATUSES)
    assert thresholds(view)["on_track"] in said
