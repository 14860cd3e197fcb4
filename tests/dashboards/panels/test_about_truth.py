from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.panels import about_truth
from dashboards.panels.about_truth import AS_OF, CHANGES, MARKS, TRUTH
from metrics.notices import CORRECTIONS, LEAST_DAYS, MOST_DAYS, REVISIONS
from metrics.warehouse.values import QUALIFIERS, TIERS
from tests.dashboards.panels.drawn import LANGUAGES, NOW, text, view_of


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_of_change_tier_and_qualifier_is_explained(opening_desk, lang):
    filters = Filters(lang=lang, as_of=NOW)
    view = view_of(opening_desk, filters)
    changes, marks = text(CHANGES, opening_desk, filters), text(MARKS, opening_desk, filters)
    assert all(view.t(f"revision.{kind}") in changes for kind in (*REVISIONS, *CORRECTIONS))
    assert all(view.t(f"tier.{tier}") in marks for tier in TIERS)
    assert all(view.words.compact(4e6, qualifier=one) in marks for one in QUALIFIERS)


def test_how_long_a_notice_stands_is_that_of_the_code(opening_desk, monkeypatch):
    said = text(CHANGES, opening_desk)
    assert f"for at least {LEAST_DAYS} days" in said
    assert f"no more than {MOST_DAYS} days" in said
    monkeypatch.setattr(about_truth, "LEAST_DAYS", 33)
    assert "for at least 33 days" in text(CHANGES, opening_desk)


def test_the_rules_and_the_two_clocks_are_told(opening_desk):
    assert "A province is not a city" in text(TRUTH, opening_desk)
    assert "when the world could know it, and when this platform recorded it" in text(AS_OF, opening_desk)
