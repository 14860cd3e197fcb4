from __future__ import annotations

from dashboards.panels.indicator_coverage import coverage_frame, coverage_panel
from tests.dashboards.panels.drawn import NOW, on, text, view_of
from tests.dashboards.panels.indicator_pages import told_of


def frame(desk, item, as_of=NOW):
    page = told_of(desk, item, as_of)
    return coverage_frame(page, desk, page.filters)


def said(desk, item, as_of=NOW, lang="en") -> str:
    page = told_of(desk, item, as_of, lang=lang)
    return text(coverage_panel(page), desk, page.filters)


def test_the_eleven_cities_stand_in_their_order_with_the_newest_figure(opening_desk):
    rows = frame(opening_desk, "resident_population")
    cities = [city.id for city in opening_desk.atlas.cities]
    assert rows["place_id"].tolist()[:11] == cities
    latest = opening_desk.metrics.one_each("resident_population", NOW, places=cities)
    for row in latest.to_dict("records"):
        mine = rows[rows["place_id"].eq(row["place_id"]) & rows["counting_basis"].eq(row["counting_basis"])]
        assert row["value"] in mine["value"].tolist()


def test_counting_bases_are_rows_of_their_own(opening_desk):
    rows = frame(opening_desk, "fiveg_base_stations")
    assert {"provincial", "municipal"} <= set(rows["counting_basis"])
    assert rows.groupby(["counting_basis", "span"]).size().eq(11).all()
    assert "no figure on this basis" in said(opening_desk, "fiveg_base_stations")


def test_each_cell_of_the_matrix_can_name_its_city_by_itself(opening_desk):
    page = told_of(opening_desk, "fiveg_base_stations", NOW)
    rows = coverage_frame(page, opening_desk, page.filters)
    matrix, *_ = coverage_panel(page).body(rows, view_of(opening_desk, page.filters))
    body = matrix.children.children[2]
    for line in body.children:
        labels = [getattr(cell, "data-label") for cell in line.children[1:]]
        assert labels[:2] == ["Hong Kong", "Macao"]
        assert len(set(labels)) == 11


def test_a_province_is_no_city_and_is_named_below(opening_desk):
    assert "guangdong" not in set(frame(opening_desk, "fiveg_base_stations")["place_id"])
    assert "Figures also of: Guangdong" in said(opening_desk, "fiveg_base_stations")


def test_absences_are_told_by_their_kind_and_why(opening_desk):
    absences = opening_desk.metrics.absences("fiveg_base_stations", NOW)
    rows = frame(opening_desk, "fiveg_base_stations")
    for row in rows[rows["value"].isna()].to_dict("records"):
        assert row["state"] == absences.get(row["place_id"], ("no_figure", ""))[0]
    macao = next(
        one.id
        for one in opening_desk.catalogue
        if opening_desk.metrics.absences(one.id, NOW).get("macao", ("", ""))[0] == "not_in_scope"
        and "macao" not in set(opening_desk.metrics.latest(one.id, NOW)["place_id"])
    )
    assert "not in scope" in said(opening_desk, macao)


def test_before_any_figure_the_cities_have_none(opening_desk):
    rows = frame(opening_desk, "fiveg_base_stations", on(2005, 1, 1))
    assert len(rows) == 11
    assert rows["value"].isna().all()


def test_a_qualified_figure_stays_qualified(opening_desk):
    assert "over 65,000 stations" in said(opening_desk, "fiveg_base_stations")
    assert "超過6.5萬個" in said(opening_desk, "fiveg_base_stations", lang="zh-Hant")
