"""The whole catalogue as one file."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from dataclasses import replace

import pytest

from dashboards.desk import Filters
from dashboards.exports.asking import RefusedError
from dashboards.exports.data_package import write_package
from metrics.asof import day_as_of, now_as_of
from tests.opened import NOW

KEPT = ("fiveg_base_stations", "iam_smart_users", "resident_population", "bcp_wait_level")


@pytest.fixture
def small(opening_desk):
    by_id = {one: opening_desk.catalogue.by_id[one] for one in KEPT}
    catalogue = replace(opening_desk.catalogue, by_id=by_id)
    return replace(
        opening_desk, catalogue=catalogue, metrics=replace(opening_desk.metrics, catalogue=catalogue)
    )


class OneWay(io.RawIOBase):
    """A stream that can only be written to, as a socket can."""

    def __init__(self) -> None:
        self.held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.held += bytes(data)
        return len(data)


def package(desk, lang: str = "en", as_of=None) -> zipfile.ZipFile:
    out = OneWay()
    filters = Filters(lang=lang, as_of=as_of or now_as_of(NOW))
    write_package(out, desk, filters, origin="https://gba.example")
    return zipfile.ZipFile(io.BytesIO(bytes(out.held)))


def test_every_table_is_as_its_descriptor_says(small) -> None:
    file = package(small)
    about = json.loads(file.read("datapackage.json"))
    assert {one["name"] for one in about["resources"]} == {"indicators", "places", *KEPT[:3]}
    for one in about["resources"]:
        body = file.read(one["path"])
        assert len(body) == one["bytes"]
        assert f"sha256:{hashlib.sha256(body).hexdigest()}" == one["hash"]
        head, *lines = csv.reader(io.StringIO(body.decode(one["encoding"]), newline=""))
        assert head == [column["name"] for column in one["schema"]["fields"]]
        assert len(lines) == one["rows"]
        numbers = [at for at, column in enumerate(one["schema"]["fields"]) if column["type"] == "number"]
        for line in lines:
            assert all(line[at] == "" or float(line[at]) is not None for at in numbers)


def test_both_descriptors_tell_the_same_tables(small) -> None:
    file = package(small)
    frictionless = {one["path"]: [c["name"] for c in one["schema"]["fields"]]
                    for one in json.loads(file.read("datapackage.json"))["resources"]}  # fmt: skip
    web = {one["url"]: [c["name"] for c in one["tableSchema"]["columns"]]
           for one in json.loads(file.read("csv-metadata.json"))["tables"]}  # fmt: skip
    assert frictionless == web


def test_the_figures_are_those_of_the_warehouse_with_their_qualifiers(small) -> None:
    file = package(small)
    body = file.read("figures/work-item-1/iam_smart_users.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body, newline="")))
    held = small.metrics.history("iam_smart_users", now_as_of(NOW))
    told = sorted((row["period_end"], float(row["value"]), row["qualifier"]) for row in rows)
    expected = zip(held["period_end"], held["value"], held["qualifier"], strict=True)
    assert told == sorted((str(end.date()), value, qualifier) for end, value, qualifier in expected)


def test_what_was_not_known_then_is_not_in_it(small) -> None:
    then = package(small, as_of=day_as_of(NOW.date().replace(year=2021), clock=NOW))
    assert json.loads(then.read("datapackage.json"))["version"].startswith("2021-11-21")
    body = then.read("figures/work-item-1/iam_smart_users.csv").decode("utf-8-sig")
    assert all(row["known_at"] < "2021-11-22" for row in csv.DictReader(io.StringIO(body, newline="")))


@pytest.mark.parametrize(
    ("name", "says"),
    [("README.md", "How to read it"), ("README.zh-Hant.md", "閱讀方法"), ("README.zh-Hans.md", "阅读方法")],
)
def test_it_explains_itself_in_three_languages(small, name, says) -> None:
    text = package(small).read(name).decode()
    assert says in text
    assert "https://gba.example/?as_of=2026-11-21" in text


def test_the_same_question_has_the_same_bytes(small) -> None:
    def once() -> bytes:
        out = OneWay()
        write_package(out, small, Filters(as_of=now_as_of(NOW)))
        return bytes(out.held)

    assert once() == once()


def test_progress_is_told_and_may_stop_it(small) -> None:
    told = []
    write_package(OneWay(), small, Filters(as_of=now_as_of(NOW)), step=lambda *said: told.append(said[:2]))
    assert told[0] == (0, 6)
    assert told[-1] == (6, 6)

    def stop(*_said) -> None:
        raise RefusedError(400, "enough")

    with pytest.raises(RefusedError):
        write_package(OneWay(), small, Filters(as_of=now_as_of(NOW)), step=stop)
