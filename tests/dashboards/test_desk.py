"""Filters: read from the address, written back the same; every wrong value is told, none is repeated."""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.desk import Fault, Filters, address, as_of_text, parse_filters
from metrics.asof import day_as_of, now_as_of

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
PLACES = frozenset({"macao", "shenzhen", "hong_kong"})
OPTIONS = {"year": ("2023", "2024")}


def read(query: str) -> Filters | tuple[Fault, ...]:
    return parse_filters(parse_qs(query, keep_blank_values=True), places=PLACES, options=OPTIONS, clock=NOW)


def test_nothing_asked_means_english_now_and_everything() -> None:
    filters = read("")
    assert filters == Filters(as_of=now_as_of(NOW))


def test_every_parameter_is_read() -> None:
    filters = read(
        "lang=zh-Hans&as_of=2025-05-15&places=macao,shenzhen&from=2024&to=2024-02&per=km2&year=2024&theme=dark"
    )
    assert filters == Filters(
        lang="zh-Hans",
        as_of=day_as_of(date(2025, 5, 15), clock=NOW),
        places=("macao", "shenzhen"),
        start=date(2024, 1, 1),
        end=date(2024, 2, 29),
        per="km2",
        options=(("year", "2024"),),
        theme="dark",
    )


def test_a_day_means_its_end_in_hong_kong() -> None:
    filters = read("as_of=2025-05-15")
    assert filters.as_of.instant == datetime(2025, 5, 15, 15, 59, 59, 999999, tzinfo=UTC)


def test_an_instant_may_be_asked_for() -> None:
    assert read("as_of=2025-05-15T18:00").as_of.instant == datetime(2025, 5, 15, 10, 0, tzinfo=UTC)
    assert read("as_of=2025-05-15T18:00:00Z").as_of.instant == datetime(2025, 5, 15, 18, 0, tzinfo=UTC)
    assert read("as_of=2025-05-15T18:00:00%2B08:00").as_of.instant == datetime(2025, 5, 15, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize("ahead", ["2026-11-21", "2030-01-01", "2026-11-21T23:00"])
def test_the_future_means_now(ahead: str) -> None:
    assert read(f"as_of={ahead}").as_of == now_as_of(NOW)


@pytest.mark.parametrize(
    ("query", "parameter", "expected"),
    [
        ("lang=fr", "lang", "fault.lang"),
        ("lang=en&lang=zh-Hant", "lang", "fault.lang"),
        ("as_of=yesterday", "as_of", "fault.as_of"),
        ("as_of=2025-02-30", "as_of", "fault.as_of"),
        ("as_of=0001-01-01", "as_of", "fault.as_of"),
        ("as_of=9999-12-31", "as_of", "fault.as_of"),
        ("as_of=２０２５-05-15", "as_of", "fault.as_of"),
        ("places=atlantis", "places", "fault.places"),
        ("from=2024-13", "from", "fault.from"),
        ("to=2024-02-30", "to", "fault.to"),
        ("from=2025&to=2024", "to", "fault.order"),
        ("per=head", "per", "fault.per"),
        ("year=1999", "year", "fault.option"),
        ("theme=pink", "theme", "fault.theme"),
    ],
)
def test_a_wrong_value_is_a_fault_of_its_parameter(query: str, parameter: str, expected: str) -> None:
    assert read(query) == (Fault(parameter=parameter, expected=expected),)


def test_all_faults_are_told_together() -> None:
    assert [fault.parameter for fault in read("lang=x&as_of=x&per=x")] == ["lang", "as_of", "per"]


def test_unknown_and_empty_parameters_are_ignored() -> None:
    assert read("utm_source=letter&lang=&places=") == read("")


def test_places_are_read_once_each_and_not_without_end() -> None:
    assert read("places=macao,macao,,shenzhen&places=macao").places == ("macao", "shenzhen")
    many = {f"p{n}" for n in range(200)}
    found = parse_filters({"places": [",".join(sorted(many))]}, places=many, clock=NOW)
    assert found == (Fault(parameter="places", expected="fault.places"),)


def test_the_last_month_there_is_can_be_asked_for() -> None:
    assert read("to=9999").end == date(9999, 12, 31)


@given(
    st.dictionaries(
        st.sampled_from(["lang", "as_of", "places", "from", "to", "per", "year"]),
        st.lists(st.text(max_size=30), max_size=2),
    )
)
def test_no_text_at_all_raises(query: dict[str, list[str]]) -> None:
    found = parse_filters(query, places=PLACES, options=OPTIONS, clock=NOW)
    assert isinstance(found, Filters) or all(isinstance(fault, Fault) for fault in found)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "lang=zh-Hant",
        "as_of=2025-05-15",
        "as_of=2025-05-15T10:00:00%2B00:00",
        "lang=zh-Hans&as_of=2024-03-28&places=macao,shenzhen&from=2024-01-01&to=2024-02-29&per=capita&year=2023",
    ],
)
def test_an_address_reads_back_as_what_was_asked(query: str) -> None:
    filters = read(query)
    written = address("/transport", filters, options=filters.options)
    assert written == f"/transport{'?' if query else ''}{query}"
    assert read(written.partition("?")[2]) == filters


def test_an_address_changes_what_is_told_to_change() -> None:
    filters = read("lang=zh-Hant&as_of=2025-05-15&year=2024")
    assert address("/", filters, lang="en") == "/?as_of=2025-05-15"
    assert address("/", filters, as_of=None) == "/?lang=zh-Hant"
    assert address("/x", filters, options=filters.options) == "/x?lang=zh-Hant&as_of=2025-05-15&year=2024"


def test_now_is_not_written_down() -> None:
    assert as_of_text(now_as_of(NOW)) == ""


def test_an_option_may_be_read_instead_of_listed() -> None:
    def tidy(text: str) -> str:
        if "<" in text:
            raise ValueError(text)
        return text.strip().lower()

    def asked(text: str) -> object:
        return parse_filters({"q": [text]}, places=PLACES, options={"q": tidy}, clock=NOW)

    assert asked("  5G ").option("q") == "5g"
    assert asked("   ").options == ()
    assert asked("<b>") == (Fault(parameter="q", expected="fault.option"),)
    assert (
        address("/x", asked("5G & \u7db2"), options=asked("5G & \u7db2").options) == "/x?q=5g+%26+%E7%B6%B2"
    )
