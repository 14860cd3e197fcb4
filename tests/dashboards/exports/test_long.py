"""The whole catalogue offered, made with progress, cancelled, fetched."""

from __future__ import annotations

import io
import json
import time
import zipfile
from dataclasses import replace

import pytest

from dashboards.exports import long
from dashboards.roles import Viewer
from tests.dashboards.exports.room import opened


@pytest.fixture
def small(opening_desk):
    """A desk whose catalogue has three indicators, so that its package is made in a moment."""
    kept = ("fiveg_base_stations", "iam_smart_users", "resident_population")
    by_id = {one: opening_desk.catalogue.by_id[one] for one in kept}
    catalogue = replace(opening_desk.catalogue, by_id=by_id)
    return replace(
        opening_desk, catalogue=catalogue, metrics=replace(opening_desk.metrics, catalogue=catalogue)
    )


def over(client, address: str) -> dict:
    for _ in range(600):
        told = client.get(address.replace("?", "/state?")).json
        if told["status"] not in {"waiting", "working"}:
            return told
        time.sleep(0.02)
    raise AssertionError("never over")


def test_it_is_offered_prepared_watched_and_fetched(small, tmp_path) -> None:
    client, door = opened(small, folder=tmp_path)
    assert "數據包" in client.get("/exports/catalogue?lang=zh-Hant").text
    begun = client.post("/exports/catalogue?lang=zh-Hant")
    assert begun.status_code == 303
    address = begun.headers["Location"]
    told = over(client, address)
    assert told["status"] == "done"
    page = client.get(address)
    assert "refresh" not in page.text
    assert told["file"] in page.text
    file = client.get(told["file"])
    assert file.headers["Content-Type"] == "application/zip"
    names = zipfile.ZipFile(io.BytesIO(file.data)).namelist()
    assert {"datapackage.json", "csv-metadata.json", "README.md", "README.zh-Hant.md"} <= set(names)
    assert door.notes == []


def test_while_it_is_made_the_page_looks_again_and_it_can_be_cancelled(small, tmp_path, monkeypatch) -> None:
    go = []

    def slow(out, _desk, _filters, *, origin, step) -> None:
        for done in range(1000):
            step(done, 1000, "part")
            time.sleep(0.01)
        go.append(out)

    monkeypatch.setattr(long, "write_package", slow)
    client, _ = opened(small, folder=tmp_path)
    address = client.post("/exports/catalogue").headers["Location"]
    page = client.get(address)
    assert '<noscript><meta http-equiv="refresh"' in page.text
    assert "<progress" in page.text
    assert client.post(address.replace("?", "/cancel?")).status_code == 303
    assert over(client, address)["status"] == "cancelled"
    assert client.get(address.replace("?", "/file?")).status_code == 404
    assert go == []


def test_a_wrong_value_is_named(small, tmp_path) -> None:
    client, _ = opened(small, folder=tmp_path)
    answer = client.get("/exports/catalogue?as_of=soon")
    assert answer.status_code == 400
    assert answer.json["faults"][0]["parameter"] == "as_of"


def test_what_one_prepared_is_not_there_for_another(small, tmp_path) -> None:
    client, door = opened(small, folder=tmp_path)
    door.viewer = Viewer(person_id="p1", name="One", role="member")
    address = client.post("/exports/catalogue").headers["Location"]
    told = over(client, address)
    assert client.get(told["file"]).status_code == 200
    assert [note["subject"] for note in door.notes] == ["catalogue"]
    door.viewer = Viewer(person_id="p2", name="Two", role="admin")
    assert client.get(told["file"]).status_code == 404
    door.viewer = Viewer()
    assert client.get(told["file"]).status_code == 404


@pytest.mark.parametrize("job_id", ["x", "a" * 22, "..%2f..", "%00"])
def test_there_is_no_such_job(small, tmp_path, job_id) -> None:
    client, _ = opened(small, folder=tmp_path)
    for what in ("", "/state", "/file"):
        assert client.get(f"/exports/jobs/{job_id}{what}").status_code == 404
    assert client.post(f"/exports/jobs/{job_id}/cancel").status_code in {404, 405}


def test_a_job_holds_only_what_its_owner_may_see(small, tmp_path) -> None:
    station = replace(small.catalogue.by_id["fiveg_base_stations"], audience="group")
    catalogue = replace(small.catalogue, by_id=dict(small.catalogue.by_id) | {station.id: station})
    closed = replace(small, catalogue=catalogue, metrics=replace(small.metrics, catalogue=catalogue))
    client, _ = opened(closed, folder=tmp_path)
    told = over(client, client.post("/exports/catalogue").headers["Location"])
    package = zipfile.ZipFile(io.BytesIO(client.get(told["file"]).data))
    assert not [name for name in package.namelist() if "fiveg_base_stations" in name]
    resources = json.loads(package.read("datapackage.json"))["resources"]
    assert "fiveg_base_stations" not in {one["name"] for one in resources}
