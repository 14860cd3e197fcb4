"""Past versions out of a mirror of the archive: as of their time, oldest first, once, and never over what is newer."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

import pytest

from ingest.archive import Archive
from ingest.backfill import ARCHIVE, MOST, backfill, load_versions, plan
from ingest.commands import replay
from ingest.errors import BusyError, IngestError, UnreachableError
from ingest.pipeline import run
from ingest.source import Payload, Request
from ingest.sources.hk_immigration_daily import SOURCE
from metrics.warehouse.values import HONG_KONG
from metrics.warehouse.warehouse import open_warehouse
from tests.ingest.making import crossing_days, immigration_file

DAILY = "bcp_passengers_daily"
EVER = datetime(2100, 1, 1, tzinfo=UTC)
URL = SOURCE.requests[0].url
JANUARY, FEBRUARY = (date(2025, 1, 1), date(2025, 1, 31)), (date(2025, 2, 1), date(2025, 2, 28))
RECORDED = ["recorded_at", "run_id", "payload_sha256"]  # when and from which of the payloads we took it down
RESIDENTS = ("hk_lo_wu", "direction=arrival;group=hong_kong_residents", date(2025, 1, 1))


class Past:
    """Writes the archive's answers into the mirror folder."""

    def __init__(self, folder) -> None:
        self.folder = folder / ARCHIVE.removeprefix("https://")
        self.folder.mkdir(parents=True)

    def lists(self, period: tuple[date, date], *stamps: str, url: str = URL, **more: object) -> None:
        days = f"start={period[0]:%Y%m%d}&end={period[1]:%Y%m%d}"
        answer = {"version-count": len(stamps), "timestamps": stamps, "data-dictionary-dates": [], **more}
        self._write(f"list-file-versions?url={quote(url, safe='')}&{days}", json.dumps(answer).encode())

    def took(self, stamp: str, content: bytes | list[str], url: str = URL) -> None:
        content = immigration_file(content) if isinstance(content, list) else content
        self._write(f"get-file?url={quote(url, safe='')}&time={stamp}", content)

    def _write(self, name: str, content: bytes) -> None:
        (self.folder / name).write_bytes(content)


@pytest.fixture
def past(tools) -> Past:
    return Past(tools.fetch.mirror)


def months(tools, first=JANUARY[0], last=FEBRUARY[1], of=SOURCE) -> list[tuple[str, str, int]]:
    reports = backfill(of, tools, first, last, pause=0)
    return [(report.source_id, report.status, report.new) for report in reports]


def figures(tools, as_of=EVER) -> dict[tuple[str, str, date], float]:
    frame = tools.warehouse.history([DAILY], as_of=as_of)
    keys = zip(frame["place_id"], frame["breakdown"], frame["period_end"].dt.date, strict=True)
    return dict(zip(keys, frame["value"], strict=True))


def changed(days: int, value: int) -> list[str]:
    lines = crossing_days(days)
    lines[0] = lines[0].replace("1000,500,7,1507,", f"{value},500,7,{value + 507},")
    return lines


@pytest.fixture
def two_months(past) -> Past:
    past.lists(JANUARY, "20250110-0830", "20250104-0905")
    past.lists(FEBRUARY, "20250203-0830")
    past.took("20250104-0905", crossing_days(2))
    past.took("20250110-0830", changed(8, 990))
    past.took("20250203-0830", changed(30, 980))
    return past


def test_versions_are_loaded_oldest_first_each_as_of_its_time(tools, two_months):
    assert months(tools) == [
        (f"{SOURCE.id} 2025-01", "loaded", 24 + 72 + 1),
        (f"{SOURCE.id} 2025-02", "loaded", 264 + 1),
    ]
    runs = tools.warehouse.runs(SOURCE.id)[::-1]
    assert [(one.trigger, one.logical_time) for one in runs] == [
        ("backfill", "2025-01-04T01:05:00+00:00"),
        ("backfill", "2025-01-10T00:30:00+00:00"),
        ("backfill", "2025-02-03T00:30:00+00:00"),
    ]
    told = [
        (datetime(2025, 1, 5, tzinfo=UTC), 1000.0),
        (datetime(2025, 1, 10, 0, 29, tzinfo=UTC), 1000.0),
        (datetime(2025, 1, 10, 0, 30, tzinfo=UTC), 990.0),
        (datetime(2025, 2, 4, tzinfo=UTC), 980.0),
    ]
    assert [figures(tools, at)[RESIDENTS] for at, _ in told] == [value for _, value in told]


def test_the_payload_keeps_the_sources_own_address_and_replays_as_of_the_archive(tools, two_months, clock):
    months(tools)
    kept = tools.warehouse.payloads_of(SOURCE.id)
    assert {one.url for one in kept} == {URL}
    assert [one.fetched_at.isoformat() for one in kept] == [
        "2025-01-04T01:05:00+00:00",
        "2025-01-10T00:30:00+00:00",
        "2025-02-03T00:30:00+00:00",
    ]
    before = tools.warehouse.vintages([DAILY])
    clock.move(days=1)
    assert {report.new for report in replay(SOURCE.id, tools)} == {0}
    assert tools.warehouse.vintages([DAILY]).equals(before)


def test_an_older_vintage_loaded_after_a_newer_one_leaves_the_newest_view_as_it_was(
    tools, publisher, two_months, clock
):
    publisher.says(changed(40, 970))
    assert run(SOURCE, tools).status == "loaded"
    newest = figures(tools)
    seen_before = figures(tools, clock() - timedelta(days=1))[RESIDENTS]
    assert months(tools)[0][1] == "loaded"
    assert figures(tools) == newest
    assert newest[RESIDENTS] == seen_before == 970.0
    assert figures(tools, datetime(2025, 1, 20, tzinfo=UTC))[RESIDENTS] == 990.0
    assert figures(tools, datetime(2025, 3, 1, tzinfo=UTC))[RESIDENTS] == 980.0
    report = run(SOURCE, tools)
    assert "loaded before" in report.message  # a past version is not what the publisher says now


def test_newest_first_or_oldest_first_gives_the_same_content(tools, two_months, tmp_path, publisher):
    publisher.says(changed(40, 970))
    months(tools)
    run(SOURCE, tools)
    one = tools.warehouse.vintages([DAILY]).drop(columns=RECORDED)
    other = open_warehouse(f"sqlite:///{tmp_path}/other.db")
    other.migrate()
    there = replace(tools, warehouse=other, archive=Archive(tmp_path / "other"))
    run(SOURCE, there)
    months(there, first=FEBRUARY[0])
    months(there)
    two = other.vintages([DAILY]).drop(columns=RECORDED)
    other.close()
    assert two.equals(one)


def test_called_again_nothing_is_loaded_twice(tools, two_months):
    months(tools)
    stamp, runs = tools.warehouse.stamp(), len(tools.warehouse.runs(SOURCE.id))
    reports = backfill(SOURCE, tools, JANUARY[0], FEBRUARY[1], pause=0)
    assert [(one.status, one.new) for one in reports] == [("unchanged", 0), ("unchanged", 0)]
    assert "2 versions; 2 loaded before" in reports[0].message
    assert (tools.warehouse.stamp(), len(tools.warehouse.runs(SOURCE.id))) == (stamp, runs)


def test_stopped_in_the_middle_it_goes_on_with_the_rest(tools, two_months, monkeypatch):
    (two_months.folder / f"get-file?url={quote(URL, safe='')}&time=20250110-0830").unlink()
    assert [status for _, status, _ in months(tools)] == ["partial", "loaded"]
    two_months.took("20250110-0830", changed(8, 990))
    assert months(tools) == [(f"{SOURCE.id} 2025-01", "loaded", 1), (f"{SOURCE.id} 2025-02", "unchanged", 0)]
    assert figures(tools, datetime(2025, 1, 20, tzinfo=UTC))[RESIDENTS] == 990.0
    assert figures(tools)[RESIDENTS] == 980.0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (immigration_file(crossing_days(40))[:-9], "trailing separator"),
        (immigration_file(crossing_days(20)), "has lost rows"),
        (b"<html><head><title>Not found</title></head></html>", "a web page titled 'Not found'"),
    ],
)
def test_a_truncated_version_loads_nothing(tools, two_months, content, said):
    two_months.lists(FEBRUARY, "20250203-0830", "20250204-0830", "20250205-0830")
    two_months.took("20250204-0830", content)
    two_months.took("20250205-0830", changed(32, 980))
    reports = backfill(SOURCE, tools, JANUARY[0], FEBRUARY[1], pause=0)
    assert [one.status for one in reports] == ["loaded", "partial"]
    assert said in reports[1].message
    assert len(figures(tools)) == 32 * 12
    assert figures(tools, datetime(2025, 2, 4, 0, 40, tzinfo=UTC))[RESIDENTS] == 980.0


def test_the_archive_ends_yesterday_in_hong_kong(tools, past, clock):
    clock.now = datetime(2025, 2, 10, 17, tzinfo=UTC)  # the 11th in Hong Kong
    past.lists((date(2025, 2, 1), date(2025, 2, 10)), "20250203-0830")
    past.took("20250203-0830", crossing_days(3))
    assert months(tools, FEBRUARY[0], date(2026, 1, 1)) == [(f"{SOURCE.id} 2025-02", "loaded", 36)]
    with pytest.raises(IngestError, match="up to 2025-02-10, found 2025-02-11"):
        plan(SOURCE, tools, date(2025, 2, 11))


def test_what_is_not_in_the_archive_is_said_plainly(tools, past):
    past.lists(JANUARY)
    (report,) = backfill(SOURCE, tools, *JANUARY, pause=0)
    assert (report.status, report.failed) == ("failed", 1)
    assert "no version from 2025-01-01 to 2025-01-31" in report.message
    (report,) = backfill(replace(SOURCE, licence="not_stated"), tools, *JANUARY, pause=0)
    assert "not published on DATA.GOV.HK" in report.message
    keyed = replace(SOURCE, requests=(Request(url="https://example.org/?k={key}"),))
    (report,) = backfill(keyed, tools, *JANUARY, pause=0)
    assert "by form or key" in report.message


def test_a_list_that_does_not_come_is_said_and_the_other_months_are_loaded(tools, past):
    past.lists(FEBRUARY, "20250203-0830")
    past.took("20250203-0830", crossing_days(3))
    month, unlisted = backfill(SOURCE, tools, JANUARY[0], FEBRUARY[1], pause=0)
    assert (month.status, unlisted.status) == ("loaded", "failed")
    assert "1 lists of versions did not come" in unlisted.message


@pytest.mark.parametrize("stamp", ["2025-01-04", "20250104", "20251304-0905", 20250104])
def test_a_time_of_another_form_is_refused(tools, past, stamp):
    past.lists(JANUARY, stamp)
    (report,) = backfill(SOURCE, tools, *JANUARY, pause=0)
    assert "found" in report.message
    assert report.status == "failed"


def test_a_month_with_more_versions_than_one_answer_holds_is_asked_in_halves(tools, past):
    past.lists(JANUARY, *[f"202501{day:02d}-{hour:02d}00" for day in range(1, 26) for hour in range(24)] * 17)
    past.lists((date(2025, 1, 1), date(2025, 1, 16)), "20250104-0905")
    past.lists((date(2025, 1, 17), date(2025, 1, 31)), "20250120-0905")
    assert MOST <= 25 * 24 * 17
    planned = plan(SOURCE, tools, *JANUARY, pause=0)
    assert [at.astimezone(HONG_KONG).day for at in planned.versions] == [4, 20]


def test_addresses_taken_at_one_instant_are_one_run_and_come_all_or_not(tools, past):
    other = Request(url="https://www.immd.gov.hk/other.csv")
    both = replace(SOURCE, requests=(*SOURCE.requests, other), grows=False)
    past.lists(JANUARY, "20250104-0905")
    past.lists(JANUARY, "20250104-0905", url=other.url)
    past.took("20250104-0905", crossing_days(2))
    assert months(tools, *JANUARY, of=both) == [(f"{SOURCE.id} 2025-01", "failed", 0)]
    assert figures(tools) == {}
    past.took("20250104-0905", crossing_days(2, ("Shenzhen Bay",)), url=other.url)
    assert months(tools, *JANUARY, of=both) == [(f"{SOURCE.id} 2025-01", "loaded", 36)]


def test_an_archive_that_stays_away_ends_it_early(tools, past):
    past.lists(JANUARY, *[f"2025010{day}-0905" for day in range(1, 10)])
    planned = plan(SOURCE, tools, *JANUARY, pause=0)
    (month,) = load_versions(planned, tools, pause=0)
    assert month.failed == 3


def test_requests_to_the_archive_are_paced_and_follow_its_redirect(tools, monkeypatch):
    slept, asked = [], []
    monkeypatch.setattr("ingest.backfill.time.sleep", slept.append)

    class Net:
        mirror = None

        def __call__(self, request, **_more):
            asked.append(request)
            if "list-file-versions" in request.url:
                content = json.dumps({"timestamps": ["20250104-0905"]}).encode()
            else:
                content = immigration_file(crossing_days(2))
            return Payload(
                content=content, url="https://s3.example.org/x", etag='"x"', fetched_at=tools.clock()
            )

    report = backfill(SOURCE, replace(tools, fetch=Net()), *JANUARY)[0]
    assert (report.status, report.new) == ("loaded", 24)
    assert slept == [1.0, 1.0]
    assert [request.url.split("?")[0].rpartition("/")[2] for request in asked] == [
        "list-file-versions",
        "get-file",
    ]
    assert quote(URL, safe="") in asked[1].url
    assert asked[1].url.endswith("&time=20250104-0905")


@pytest.mark.parametrize("error", [UnreachableError("nobody"), BusyError("503", 9.0)])
def test_an_archive_that_is_away_fails_in_words(tools, error):
    class Away:
        mirror = tools.fetch.mirror

        def __call__(self, *_words, **_more):
            raise error

    (report,) = backfill(SOURCE, replace(tools, fetch=Away()), *JANUARY, pause=0)
    assert report.status == "failed"
    assert str(error) in report.message
