"""Evidence: every source once, with its tier, linked where the address is the publisher's, none from later."""

from __future__ import annotations

from datetime import date

import pytest

from dashboards.desk import Filters
from dashboards.panels.work_item_evidence import evidence_frame, evidence_panel, evidence_said, known_by
from dashboards.panels.work_item_told import told_for
from metrics.agenda_values import Dated, Evidence
from metrics.queries import TIER_ORDER
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, text, told, view_of

NOW_FILTERS = Filters(as_of=NOW)


def test_each_source_stands_once_and_official_ones_first(opening_desk):
    frame = evidence_frame(told_for(opening_desk, NOW_FILTERS), 3, opening_desk, NOW_FILTERS)
    assert not frame.duplicated(["publisher", "title"]).any()
    assert frame["evidence_tier"].map(TIER_ORDER).is_monotonic_increasing


def test_every_milestone_and_target_is_counted(opening_desk):
    shared = told_for(opening_desk, NOW_FILTERS)
    frame = evidence_frame(shared, 2, opening_desk, NOW_FILTERS)
    review = shared.reviews[2]
    assert frame["milestones"].sum() == sum(known_by(s.milestone.source, NOW.day) for s in review.steps)
    assert frame["targets"].sum() == sum(known_by(m.target.source, NOW.day) for m in review.measures)
    assert frame["figures"].sum() > 0


def test_a_source_published_later_is_not_shown(opening_desk):
    as_of = on(2025, 5, 15)
    filters = Filters(as_of=as_of)
    frame = evidence_frame(told_for(opening_desk, filters), 1, opening_desk, filters)
    dated = frame["published_on"].dropna()
    assert len(dated)
    assert (dated <= as_of.day).all()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_publishers_are_named_in_the_language_of_the_reader(opening_desk, lang):
    filters = Filters(lang=lang, as_of=NOW)
    said = text(evidence_panel(told_for(opening_desk, filters), 3), opening_desk, filters)
    assert opening_desk.words[lang].t("organisation.dpo") in said


def test_a_source_without_an_address_of_its_own_is_named_and_not_linked(opening_desk):
    shared = told_for(opening_desk, NOW_FILTERS)
    view = view_of(opening_desk, NOW_FILTERS)
    one = Evidence(title="A text", publisher="HK01 (press)", tier="press")
    assert "href" not in str(evidence_said(one, shared, view))
    assert "press" in " ".join(told(evidence_said(one, shared, view)))
    later = Evidence(
        title="A text",
        publisher="x",
        tier="official",
        published_on=Dated(on=date(2027, 1, 1), precision="day"),
    )
    assert evidence_said(later, shared, view) is None


def test_nothing_known_is_said_calmly(opening_desk):
    filters = Filters(as_of=on(2005, 1, 1))
    said = text(evidence_panel(told_for(opening_desk, filters), 5), opening_desk, filters)
    assert "No source was known at that time." in said
