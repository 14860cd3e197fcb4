"""Queues are told by words, side by side with what nobody said."""

from __future__ import annotations

from tests.dashboards.panels.test_transport_live import said


def test_levels_are_words_and_hong_kong_and_macao_stand_apart(days_desk):
    told = said(days_desk, "waiting")
    words = days_desk.words["en"]
    hong_kong = told.index("Lo Wu")
    for key in ("transport.level_normal", "transport.level_very_busy", "transport.level_closed"):
        assert words.t(key) in told
    assert told.index("Border Gate") > hong_kong
    assert words.t("figure.no_figure") in told  # no level came for departures of Heung Yuen Wai


def test_a_closed_point_is_closed_and_not_a_level(days_desk):
    row = said(days_desk, "waiting").split("Heung Yuen Wai Control Point | ")[1]
    assert row.split(" | ")[0] == days_desk.words["en"].t("transport.level_closed")
