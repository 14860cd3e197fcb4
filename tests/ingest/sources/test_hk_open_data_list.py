"""Open data list: data sets by id, each once, on a counting basis of their own."""

from __future__ import annotations

import json

import pytest

from ingest.errors import ShapeError
from ingest.sources.hk_open_data_list import SOURCE, parse
from metrics.indicators import catalogue
from tests.ingest.making import NOON, payload


def row(name: str = "hk-dpo-a", **more: object) -> dict[str, object]:
    facts: dict[str, object] = {
        "Category": "City Management",
        "Data Provider": "Digital Policy Office",
        "Dataset Name": "A",
        "Dataset ID": name,
        "Resource Name": "A (English)",
        "Data Format": "CSV",
    }
    return facts | more


def file(*rows: object):
    return payload("\ufeff" + json.dumps({"Data": list(rows)}))


def test_a_data_set_counts_once_however_many_files_it_has():
    (record,) = parse(file(row(), row(), row("HK-DPO-A"), row("mtr-data_x.1")))
    assert (record.indicator, record.place, record.value, record.end) == (
        "open_datasets",
        "hong_kong",
        2,
        NOON.date(),
    )


def test_the_count_stands_on_its_own_basis_in_its_own_unit():
    (record,) = parse(file(row()))
    assert (record.counting_basis, record.unit) == ("catalogue_packages", "catalogue packages")
    assert record.counting_basis in catalogue().bases
    assert record.unit in catalogue().get("open_datasets").units


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (payload(json.dumps([row()])), "expected an object, found list"),
        (payload('{"data": []}'), "expected 'Data', found 'data'"),
        (payload('{"Data": {}}'), "Data: expected"),
        (file(), "Data: expected at least 1 row, found 0"),
        (file(row(), "x"), "row 2: expected an object, found str"),
        (file({"Dataset Name": "A"}), "row 1: expected 'Dataset ID'"),
        (file(row(**{"Dataset ID": 5})), "row 1: Dataset ID: expected"),
        (file(row("")), "row 1: Dataset ID: expected an id, found ''"),
        (file(row("<script>")), "row 1: Dataset ID: expected an id, found '<script>'"),
        (payload('{"Data": [{"Dataset ID'), "expected JSON"),
    ],
)
def test_another_form_is_refused_with_what_was_expected_and_found(given, said: str):
    with pytest.raises(ShapeError) as caught:
        list(parse(given))
    assert said in str(caught.value)


def test_the_form_is_not_yet_confirmed():
    assert not SOURCE.confirmed
