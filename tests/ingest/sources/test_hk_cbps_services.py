"""Cross-boundary Public Services: distinct services and departments of a list whose form was only described."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ingest.errors import ShapeError
from ingest.sources.hk_cbps_services import COUNTED, LISTS, SOURCE, parse
from tests.ingest.making import NOON, payload

HEADER = "Responsible Bureau/Department/Related Organisation,Category,Description of Service,Related Links"
LINES = (
    "Immigration Department,Identity,Replacement of identity card,https://example.org/1",
    "Immigration Department,Immigration clearance,Replacement  of identity card,https://example.org/1",
    "Inland Revenue Department,Taxation,Filing of tax returns,https://example.org/2",
    "Inland Revenue Department,Taxation,Replacement of identity card,",
)


def file(*lines: str, header: str = HEADER, url: str = COUNTED, **more):
    content = "\ufeff" + "".join(f"{line}\r\n" for line in (header, *lines))
    return replace(payload(content, **more), url=url)


def counts(given) -> dict[str, float]:
    return {record.indicator: record.value for record in parse(given)}


def test_a_service_in_two_categories_counts_once_and_once_for_each_department():
    assert counts(file(*LINES)) == {"cbps_services_hk": 3, "cbps_departments_hk": 2}


def test_the_count_is_as_at_the_day_the_file_was_last_changed():
    changed = datetime(2025, 5, 9, 17, 0, tzinfo=UTC)
    days = {(one.start, one.end, one.span) for one in parse(file(*LINES, last_modified=changed))}
    assert days == {(date(2025, 5, 10), date(2025, 5, 10), "point")}
    assert {one.end for one in parse(file(*LINES))} == {NOON.date()}


@pytest.mark.parametrize(
    "header",
    [
        "B/D,Category,Service,Link",
        "category,SERVICE NAME,bureau / department,related link",
        "決策局／部門／相關機構,類別,服務名稱,相關連結",
    ],
)
def test_other_declared_spellings_and_orders_are_read(header: str):
    line = "a,b,c,d"
    assert counts(file(line, header=header))["cbps_services_hk"] == 1


@pytest.mark.parametrize("url", LISTS[1:])
def test_the_other_languages_must_have_the_form_and_are_not_counted_again(url: str):
    chinese = "負責的決策局/部門/相關機構,服務類別,服務描述,相關連結"
    assert counts(file("入境事務處,身分證,補領身分證,", header=chinese, url=url)) == {}
    with pytest.raises(ShapeError, match="unknown '顏色'"):
        counts(file("入境事務處,a,b,c", header="部門,服務,類別,顏色", url=url))


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Department,Category,Title,Links", "missing service"),
        ("Department,Service,Category,Links,Rating", "unknown 'Rating'"),
        ("Department,B/D,Service,Links", "twice department"),
    ],
)
def test_an_unknown_header_is_refused_with_what_was_expected_and_found(header: str, said: str):
    with pytest.raises(ShapeError, match="expected department, service in a declared spelling") as caught:
        counts(file(LINES[0], header=header))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((LINES[0], ",Identity,Something,"), "row 3: expected a department and a service, found a blank"),
        ((LINES[0], "Immigration Department,Identity, ,"), "row 3: expected a department and a service"),
        ((LINES[0], "Immigration Department,Identity"), "row 3: expected 4 cells"),
        ((), "at least 1 rows"),
        (("<script>alert(1)</script>",), "row 2: expected 4 cells"),
    ],
)
def test_a_row_that_is_not_whole_is_refused(lines: tuple[str, ...], said: str):
    with pytest.raises(ShapeError) as caught:
        counts(file(*lines))
    assert said in str(caught.value)


def test_a_sign_in_page_in_its_place_is_refused():
    with pytest.raises(ShapeError, match="expected a table"):
        counts(replace(payload("<html><head><title>Sign in</title></head></html>"), url=COUNTED))


def test_the_form_is_not_yet_confirmed():
    assert not SOURCE.confirmed
    assert {request.url for request in SOURCE.requests} == set(LISTS)
