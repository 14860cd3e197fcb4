"""Lists of figures: the newest of each basis, with qualifier, date and tier; remarks only beside their figure."""

from __future__ import annotations

from dashboards.desk import Filters
from dashboards.panels.figure_list import Remark, by_place, entries, list_panel, ordered, place_name
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, put, text, told, view_of

SMART = ("iam_smart_users", "iam_smart_services")


def view(desk, **more):
    return view_of(desk, Filters(as_of=NOW, **more))


def test_each_counting_basis_has_its_own_entry_and_its_newest_figure(opening_desk):
    frame = opening_desk.metrics.history("iam_smart_services", NOW)
    found = {one.newest.basis: one.newest for one in entries(frame, view(opening_desk))}
    assert set(found) == {"services", "government_services", "functions", "services_and_e_forms"}
    assert (found["services"].value, found["services"].qualifier) == (1300.0, "over")
    assert (found["functions"].value, found["functions"].qualifier) == (260.0, "approx")


def test_spans_are_not_joined_into_one_past(opening_desk):
    frame = opening_desk.metrics.history("iam_smart_users", NOW)
    (one,) = entries(frame, view(opening_desk))
    assert one.newest.value == 4_000_000
    assert set(one.past["span"]) == {"point"}
    assert one.past["period_end"].is_monotonic_increasing
    assert len(one.past) < len(frame)


def test_a_single_figure_has_no_line(opening_desk):
    frame = opening_desk.metrics.history("cbps_kiosk_cities_mainland", NOW)
    (one,) = entries(frame, view(opening_desk))
    assert one.spark(view(opening_desk)) is None


def test_a_line_is_told_to_those_who_cannot_see_it(opening_desk):
    frame = opening_desk.metrics.history("fiveg_pop_coverage_pct", NOW)
    (one,) = entries(frame, view(opening_desk))
    assert "over 90" in one.spark(view(opening_desk)).alt


def test_figures_stand_in_the_order_asked_for(opening_desk):
    frame = opening_desk.metrics.history(list(SMART), NOW)
    found = ordered(entries(frame, view(opening_desk)), SMART)
    assert [one.indicator_id for one in found][:2] == ["iam_smart_users", "iam_smart_services"]


def test_the_qualifier_the_unit_the_date_and_the_tier_stand_in_the_line(opening_desk):
    panel = list_panel("p", "services.smart_use", ("iam_smart_users",))
    said = text(panel, opening_desk)
    assert "over 4 million users" in said
    assert "23 Dec 2025" in said
    assert "third party" in said


def test_what_was_published_later_is_not_told(opening_desk):
    panel = list_panel("p", "services.smart_use", ("iam_smart_users",))
    said = text(panel, opening_desk, Filters(as_of=on(2025, 5, 15)))
    assert "about 2.9 million users" in said
    assert "4 million" not in said


def test_the_home_of_a_list_is_not_repeated(opening_desk):
    frame = opening_desk.metrics.history("hk_eservices_licences", NOW)
    assert len(frame) == 1
    at_home = text(
        list_panel("p", "services.egovernment", ("hk_eservices_licences",), home="hong_kong"), opening_desk
    )
    away = text(list_panel("p", "services.egovernment", ("hk_eservices_licences",)), opening_desk)
    assert "Hong Kong · 27 Mar 2025" in away
    assert "Hong Kong · 27 Mar 2025" not in at_home


def test_a_remark_is_said_only_once_its_figure_is_known(opening_desk):
    remark = Remark(key="data_flow.payments_note", indicator="payment_connect_first_day_southbound")
    panel = list_panel("p", "data_flow.payments", ("payment_connect_first_day_southbound", "svf_accounts",
                                                   "fps_registrations"), remarks=(remark,))  # fmt: skip
    assert "first day only" in text(panel, opening_desk)
    assert "first day only" not in text(panel, opening_desk, Filters(as_of=on(2024, 3, 28)))


def test_a_remark_can_belong_to_one_basis_or_place(opening_desk):
    found = entries(opening_desk.metrics.history("open_datasets", NOW), view(opening_desk))
    packages = Remark(key="k", indicator="open_datasets", basis="catalogue_packages")
    platform = Remark(key="k", indicator="open_datasets", place="guangdong")
    assert [one.newest.value for one in found if packages.fits(one)] == [3822.0]
    assert [one.newest.value for one in found if platform.fits(one)] == [97775.0]


def test_places_stand_in_the_order_given(opening_desk):
    frame = opening_desk.metrics.history("fiveg_subscriptions", NOW)
    said = list(told(by_place(frame, view(opening_desk), ("macao", "hong_kong"))))
    assert said.index("Macao") < said.index("Hong Kong")


def test_nothing_known_is_a_calm_sentence_in_every_language(opening_desk):
    panel = list_panel("p", "services.smart_use", SMART)
    for lang in LANGUAGES:
        filters = Filters(lang=lang, as_of=on(2015, 1, 1))
        made = put(panel, opening_desk, filters)
        assert made.well
        assert opening_desk.words[lang].t("ui.no_figure") in list(told(made.component))


def test_the_whole_area_goes_by_its_short_name(opening_desk):
    assert place_name("gba", view(opening_desk).style) == "GBA"
    assert place_name("macao", view(opening_desk).style) == "Macao"
