"""The address of what a panel says, over the opening figures."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from urllib.parse import quote, unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboards.exports.formats import Format, NotMadeError
from dashboards.roles import Viewer
from tests.dashboards.exports.room import opened

AT = "/api/v1/panels/"


@pytest.fixture(scope="module")
def web(opening_desk):
    return opened(opening_desk)


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "json"])
def test_every_form_has_a_tag_and_is_not_sent_twice(web, form) -> None:
    client, _ = web
    first = client.get(f"{AT}fiveg-map?format={form}&lang=zh-Hant")
    assert first.status_code == 200
    again = client.get(
        f"{AT}fiveg-map?format={form}&lang=zh-Hant", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304
    assert again.data == b""


def test_a_file_is_named_in_the_readers_language_and_in_ascii_for_others(web) -> None:
    said = web[0].get(f"{AT}fiveg-map?format=csv&lang=zh-Hant").headers["Content-Disposition"]
    assert said.startswith('attachment; filename="fiveg-map-2026-11-21.csv"; ')
    assert unquote(said.split("UTF-8''")[1]) == "5G基站數目 2026-11-21.csv"


def test_the_page_may_be_left_out_where_one_page_has_the_panel(web) -> None:
    named = web[0].get(f"{AT}fiveg-map?page=/connectivity&format=csv&places=macao&per=km2")
    assert named.data == web[0].get(f"{AT}fiveg-map?format=csv&places=macao&per=km2").data


def test_a_panel_of_several_pages_asks_which(web) -> None:
    answer = web[0].get(f"{AT}measures?format=csv")
    assert answer.status_code == 400
    assert answer.json["faults"] == [{"parameter": "page", "expected": "which one, such as /work-items/1"}]
    assert web[0].get(f"{AT}measures?page=/work-items/1&format=csv").status_code == 200


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("format=exe", "format"), ("lang=fr", "lang"), ("as_of=yesterday", "as_of"), ("places=atlantis", "places"),
        ("from=2025&to=2020", "to"), ("per=head", "per"), ("page=/../../etc/passwd", "page"), ("page=/nope", "page"),
        ("place=macao", ""), ("year=1066", "year"), ("format=csv&format=xlsx", "format"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_with_what_was_expected_and_never_repeated(web, query, parameter) -> None:
    answer = web[0].get(f"{AT}fiveg-map?{query}")
    assert answer.status_code == 400
    assert answer.is_json
    assert [fault["parameter"] for fault in answer.json["faults"]] == [parameter]
    assert all(fault["expected"] for fault in answer.json["faults"])


@pytest.mark.parametrize(
    "panel",
    [
        "nope",
        "uptake",
        "fiveg-switches",
        "..%2f..%2fetc%2fpasswd",
        "%00",
        "a" * 500,
        quote("澳門"),
        "fiveg-map%0d%0a",
    ],
)
def test_there_is_no_such_panel(web, panel) -> None:
    answer = web[0].get(f"{AT}{panel}?format=csv")
    assert answer.status_code == 404


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.dictionaries(
        st.sampled_from(
            ["page", "format", "lang", "as_of", "places", "from", "to", "per", "year", "basis", "x"]
        ),
        st.one_of(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
            st.sampled_from(
                ["csv", "json", "/connectivity", "9999-12-31", "0001", "hong_kong,macao", "=1+1", "capita"]
            ),
        ),
        max_size=5,
    ),
)
def test_whatever_is_asked_nothing_breaks(web, panel, query) -> None:
    answer = web[0].get(AT + quote(panel, safe=""), query_string=query)
    assert answer.status_code in {200, 400, 404, 308}
    assert web[0].get(f"{AT}fiveg-map", query_string=query).status_code in {200, 400, 404}


def test_a_visitor_taking_public_figures_leaves_no_note(opening_desk) -> None:
    client, door = opened(opening_desk)
    client.get(f"{AT}fiveg-map?format=csv")
    assert door.notes == []


def test_who_is_signed_in_is_noted_with_what_they_took(opening_desk) -> None:
    client, door = opened(opening_desk)
    door.viewer = Viewer(person_id="p1", name="One", role="member")
    client.get(f"{AT}fiveg-map?format=csv&as_of=2025-05-15")
    (note,) = door.notes
    assert (note["action"], note["subject"], note["format"]) == ("exported", "fiveg-map", "csv")
    assert note["as_of"].startswith("2025-05-15")


def closed(desk, audience: str):
    """Return *desk* whose base stations are for *audience* alone."""
    station = replace(desk.catalogue.by_id["fiveg_base_stations"], audience=audience)
    catalogue = replace(desk.catalogue, by_id=dict(desk.catalogue.by_id) | {station.id: station})
    return replace(desk, catalogue=catalogue, metrics=replace(desk.metrics, catalogue=catalogue))


def test_what_a_viewer_may_not_see_is_not_there(opening_desk) -> None:
    client, door = opened(closed(opening_desk, "group"))
    assert client.get(f"{AT}fiveg-map?format=csv").status_code == 404
    assert door.notes == []


def test_confidential_figures_say_so_in_the_file_and_are_noted(opening_desk) -> None:
    client, door = opened(closed(opening_desk, "group"))
    door.viewer = Viewer(person_id="p1", name="One", role="member")
    answer = client.get(f"{AT}fiveg-map?format=csv")
    head, *lines = csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""))
    assert head[0] == "Audience"
    assert {line[0] for line in lines} == {opening_desk.words["en"].t("audience.group")}
    assert door.notes[0]["audience"] == "group"


def test_what_one_audience_got_is_not_handed_to_another(opening_desk) -> None:
    client, door = opened(closed(opening_desk, "group"))
    door.viewer = Viewer(person_id="p1", name="One", role="member")
    tag = client.get(f"{AT}fiveg-map?format=csv").headers["ETag"]
    door.viewer = Viewer()
    assert client.get(f"{AT}fiveg-map?format=csv", headers={"If-None-Match": tag}).status_code == 404


def _gone() -> str:
    return "ui.panel_failed"


def _unmade(_telling) -> bytes:
    raise NotMadeError("ui.not_found")


def test_a_form_that_cannot_be_had_says_why(opening_desk) -> None:
    away = Format(id="away", name="A", media_type="x/y", extension="a", write=_unmade, available=_gone)
    unmade = Format(id="unmade", name="U", media_type="x/y", extension="u", write=_unmade)
    client, _ = opened(opening_desk, away, unmade)
    answer = client.get(f"{AT}fiveg-map?format=away")
    assert (answer.status_code, answer.json["error"]) == (406, opening_desk.words["en"].t("ui.panel_failed"))
    assert client.get(f"{AT}fiveg-map?format=unmade").json["error"] == "Page not found"


def test_a_picture_of_a_panel_without_a_chart_is_refused(opening_desk) -> None:
    chart = Format(id="chart", name="C", media_type="x/y", extension="c", write=_unmade, chart=True)
    client, _ = opened(opening_desk, chart)
    answer = client.get(f"{AT}fiveg-table?format=chart")
    assert answer.status_code == 400
    assert "chart" not in answer.json["faults"][0]["expected"]
