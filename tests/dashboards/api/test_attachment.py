"""The API as programs meet it: what it answers, what it refuses, and that nothing is sent twice."""

from __future__ import annotations

import io
from collections import OrderedDict
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboards.opened import Desks
from dashboards.roles import Viewer
from metrics.asof import now_as_of, parse_as_of
from tests.dashboards.api.conftest import Door

STATIONS = "/api/v1/observations?indicator=fiveg_base_stations"
ADDRESSES = (
    "/api/v1/indicators",
    "/api/v1/indicators/fiveg_base_stations",
    "/api/v1/places",
    STATIONS,
    "/api/v1/work-items",
    "/api/v1/work-items/3",
    "/api/v1/openapi.json",
    "/catalog.jsonld",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_has_a_tag_and_is_not_sent_twice(house, address):
    first = house.client.get(address)
    assert first.status_code == 200
    again = house.client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("lang", ["en", "zh-Hant", "zh-Hans"])
@pytest.mark.parametrize("as_of", ["", "2025-05-15", "2019-01-01"])
def test_figures_are_those_of_the_warehouse_with_their_qualifiers(house, opening_desk, lang, as_of):
    said = house.client.get(f"{STATIONS}&lang={lang}&as_of={as_of}").json
    at = parse_as_of(as_of) if as_of else now_as_of(opening_desk.clock())
    frame = opening_desk.metrics.history("fiveg_base_stations", at)
    told = sorted(
        (row["place_id"], row["period_end"], row["value"], row["qualifier"]) for row in said["data"]
    )
    known = sorted(
        (row.place_id, row.period_end.date().isoformat(), row.value, row.qualifier)
        for row in frame.itertuples()
    )
    assert told == known
    assert said["total"] == len(frame)
    over = [row["figure"] for row in said["data"] if row["qualifier"] == "over"]
    assert all(figure != f"{row}" for figure, row in zip(over, over, strict=True) if figure.isdigit())


def test_pages_follow_one_another_and_hold_everything_once(house):
    whole = house.client.get(f"{STATIONS}&limit=10000").json
    rows, cursor = [], ""
    while cursor is not None:
        page = house.client.get(f"{STATIONS}&limit=7" + (f"&cursor={cursor}" if cursor else "")).json
        assert len(page["data"]) <= 7
        rows += page["data"]
        cursor = page["next_cursor"]
    assert rows == whole["data"]


def test_all_vintages_tell_every_word_with_when_it_was_known(house, opening_desk):
    said = house.client.get(f"{STATIONS}&vintages=all&limit=10000").json
    frame = opening_desk.metrics.vintages("fiveg_base_stations", as_of=now_as_of(opening_desk.clock()))
    assert said["total"] == len(frame)
    early = house.client.get(f"{STATIONS}&vintages=all&as_of=2021-01-01&limit=10000").json
    assert 0 < early["total"] < said["total"]
    assert max(row["known_at"] for row in early["data"]) < "2021-01-02"


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_a_file_holds_the_same_figures_as_the_answer(house, form):
    told = house.client.get(f"{STATIONS}&lang=zh-Hant&limit=10000").json["data"]
    answer = house.client.get(f"{STATIONS}&lang=zh-Hant&limit=10000&format={form}")
    content = io.BytesIO(answer.data)
    if form == "csv":
        values = pd.read_csv(content, encoding="utf-8-sig")["數值"].tolist()
    elif form == "parquet":
        values = pd.read_parquet(content)["value"].tolist()
    else:
        sheets = pd.read_excel(content, sheet_name=None)
        assert len(sheets) >= 5
        values = next(sheet["數值"].tolist() for sheet in sheets.values() if "數值" in sheet.columns)
    assert values == [row["value"] for row in told]
    assert "5G" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/api/v1/observations", "indicator"),
        ("/api/v1/observations?indicator=nope", "indicator"),
        (f"{STATIONS}&places=atlantis", "places"),
        (f"{STATIONS}&as_of=yesterday", "as_of"),
        (f"{STATIONS}&from=2025&to=2020", "to"),
        (f"{STATIONS}&limit=0", "limit"),
        (f"{STATIONS}&limit=10001", "limit"),
        (f"{STATIONS}&limit=١", "limit"),
        (f"{STATIONS}&cursor=9.9.9", "cursor"),
        (f"{STATIONS}&cursor=999999999999999999.0", "cursor"),
        (f"{STATIONS}&format=exe", "format"),
        (f"{STATIONS}&vintages=some", "vintages"),
        (f"{STATIONS}&lang=fr", "lang"),
        (f"{STATIONS}&nonsense=1", ""),
        (f"{STATIONS}&limit=1&limit=2", "limit"),
        ("/api/v1/runs?source=nope", "source"),
        ("/api/v1/runs?limit=201", "limit"),
        ("/api/v1/places?lang=en", ""),
    ],
)
def test_a_wrong_value_is_named_with_what_was_expected_and_never_repeated(house, address, parameter):
    answer = house.client.get(address)
    assert answer.status_code == 400
    assert parameter in [fault["parameter"] for fault in answer.json["faults"]]
    assert "nope" not in answer.text
    assert "atlantis" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["/api/v1/", "/api/v1/nope", "/api/v1/indicators/nope", "/api/v1/work-items/6", "/api/v1/work-items/%00"],
)
def test_what_there_is_not_is_said_as_json(house, path):
    answer = house.client.get(path)
    assert answer.status_code == 404
    assert answer.json["error"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(
        st.sampled_from(["indicator", "places", "as_of", "from", "to", "cursor", "limit", "lang", "x"])
    ),
    texts=st.lists(st.text(max_size=30), min_size=9, max_size=9),
)
def test_nonsense_is_never_an_error_of_ours(house, names, texts):
    answer = house.client.get("/api/v1/observations", query_string=list(zip(names, texts, strict=False)))
    assert answer.status_code in {400, 414}


def test_work_items_tell_what_their_pages_tell(house):
    listed = house.client.get("/api/v1/work-items").json["data"]
    assert [str(row["work_item"]) for row in listed] == list("12345")
    one = house.client.get("/api/v1/work-items/3").json
    assert one["status"][0]["state_id"] == listed[2]["state_id"]
    panel = house.client.get("/api/v1/panels/measures?page=/work-items/3&format=json").json
    assert one["measures"] == panel["rows"]


@pytest.fixture
def secret(house, opening_desk, monkeypatch):
    """Make one indicator the group's alone."""
    by_id = dict(opening_desk.catalogue.by_id)
    by_id["fiveg_base_stations"] = replace(by_id["fiveg_base_stations"], audience="group")
    catalogue = replace(opening_desk.catalogue, by_id=by_id)
    metrics = replace(opening_desk.metrics, catalogue=catalogue)
    desks = Desks(replace(opening_desk, catalogue=catalogue, metrics=metrics))
    monkeypatch.setattr(house.desks, "_by_audience", desks._by_audience)
    monkeypatch.setattr(
        house.room.cache, "_kept", OrderedDict()
    )  # a running product's catalogue never changes
    monkeypatch.setattr(house.door, "viewer", Viewer())
    monkeypatch.setattr(house.door, "noted", [])


def test_what_is_for_the_group_does_not_exist_for_others(house, secret):
    assert house.client.get(STATIONS).status_code == 400
    assert house.client.get("/api/v1/indicators/fiveg_base_stations").status_code == 404
    for address in ("/api/v1/indicators", "/catalog.jsonld"):
        assert '"fiveg_base_stations"' not in house.client.get(address).text
    house.door.viewer = Viewer(person_id="mem", role="member")
    answer = house.client.get(STATIONS)
    assert (answer.status_code, answer.json["audience"]) == (200, "group")
    assert [one[:2] for one in house.door.noted] == [("exported", "fiveg_base_stations")]
    house.door.viewer = Viewer()
    assert house.client.get(STATIONS, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 400


def test_the_door_of_these_tests_is_like_the_real_one():
    assert Door()().audience == "public"
