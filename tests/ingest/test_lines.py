"""Lines of the log: told by a key and what it is said with, from errors as they are really raised."""

from __future__ import annotations

import pytest

from dashboards.i18n import LANGUAGES, locale
from ingest import lines
from ingest.checks import Past, check_growth, doubts
from ingest.errors import CheckError, IngestError, NotConfiguredError, ShapeError, UnreachableError
from ingest.lines import Line, kept, line_of, lines_of, recognised
from ingest.numbers import count, number
from ingest.pipeline import run
from ingest.reading import csv_rows, json_value
from tests.ingest.making import NOON, payload, record, source


def error_of(work) -> Exception:
    with pytest.raises(IngestError) as caught:
        work()
    return caught.value


def told(error: Exception) -> tuple[str, dict]:
    line = line_of(error)
    assert line == " ".join(str(error).split())
    return line.key, dict(line.args)


def test_a_line_is_the_log_text_and_more():
    line = Line("3  rows\nheld back", "held", n=3)
    assert (line, line.key, line.args) == ("3 rows held back", "held", {"n": 3})
    assert "; ".join([line, "x"]) == "3 rows held back; x"


def test_lines_are_kept_as_plain_values_and_come_back():
    detail = kept([Line("a", "same_bytes"), Line("b", "held", n=2)])
    assert detail == {"said": [{"key": "same_bytes", "args": {}}, {"key": "held", "args": {"n": 2}}]}
    assert [(line.key, line.args) for line in lines_of(detail, "a; b")] == [
        ("same_bytes", {}),
        ("held", {"n": 2}),
    ]
    assert kept(["plain words"]) == {}


@pytest.mark.parametrize(
    ("content", "expect", "args"),
    [
        (b"Date,Total\n1,2\n", ("Date", "All"), {"row": 1, "expected": "columns", "found": "Date,Total"}),
        (b"Date,All\n1,2,3\n", ("Date", "All"), {"row": 2, "found": "1,2,3"}),
    ],
)
def test_a_file_of_another_form_says_where_and_what_stood_there(content, expect, args):
    key, found = told(error_of(lambda: list(csv_rows(payload(content), expect=expect))))
    assert key == "shape"
    assert args.items() <= found.items()


def test_a_cell_that_is_no_number_says_what_it_is():
    assert told(error_of(lambda: number("abc"))) == ("shape", {"expected": "number", "found": "abc"})
    assert told(error_of(lambda: count("1.5")))[1] == {"expected": "count", "found": "1.5"}


def test_what_is_not_json_says_so():
    key, args = told(error_of(lambda: json_value(payload(b"nonsense"))))
    assert (key, args["expected"], args["expected_args"]) == ("shape", "format", {"name": "JSON"})
    assert "found" not in args  # the log's own words are not what stood in the file


def test_a_web_page_instead_of_the_file_is_called_one():
    html = payload(b"<!doctype html><html><title>Log in</title></html>")
    assert told(error_of(lambda: list(csv_rows(html, expect=("a",))))) == ("web_page", {})


def test_a_file_that_shrank_says_from_what_to_what():
    grows = source(grows=True)
    records = [record()]
    assert told(error_of(lambda: check_growth(grows, records, Past(records=9)))) == (
        "shorter",
        {"before": 9, "n": 1},
    )
    past = Past(records=1, ends=NOON.date())
    assert told(error_of(lambda: check_growth(grows, records, past))) == (
        "ends_early",
        {"before": "2025-05-15", "day": "2025-05-01"},
    )


def test_another_unit_names_indicator_and_unit(tools):
    wrong = [record(unit="cars")]
    work = lambda: doubts(source(), wrong, meanings=tools.meanings, today=NOON.date(), past=Past())  # noqa: E731
    key, args = told(error_of(work))
    assert (key, args["indicator"], args["found"]) == ("unit", "bcp_passengers_daily", "cars")


def test_what_is_no_error_of_this_room_is_told_by_its_kind_and_stage():
    line = line_of(ZeroDivisionError("oh"), "check")
    assert (line.key, line.args) == ("bug", {"stage": "check", "kind": "ZeroDivisionError"})


def test_a_refusal_keeps_host_and_status():
    words = "https://www.example.org/a?b: expected the file, found HTTP 404"
    assert told(UnreachableError(words)) == ("http", {"host": "www.example.org", "status": 404})
    assert told(CheckError("something else")) == ("check", {})


def test_every_error_has_a_key_of_its_own_with_words_in_each_language():
    kinds = [IngestError, *IngestError.__subclasses__()]
    kinds += [deeper for kind in kinds[1:] for deeper in kind.__subclasses__()]
    keys = (
        {kind.key for kind in kinds}
        | {key for key, _ in lines._FORMS}
        | {"shape", "bug", "logged", "corrected"}
    )
    keys |= {"outlived", "held", "doubtful", "columns", "gone", "busy_here", "ledger", "not_taken"}
    for lang in LANGUAGES:
        assert [key for key in sorted(keys) if f"run.{key}" not in locale(lang)] == []
        assert [name for name, _ in lines._WANTED if f"run.expected_{name}" not in locale(lang)] == []


OLD = (
    ("hk_x: needs a key; set GBA_KEY_HK_X", [("no_key", {"setting": "GBA_KEY_HK_X"})]),
    (
        "https://a.gov.hk/x: unreachable: /m has no file a.gov.hk/x; unchanged: these bytes were loaded before",
        [("no_file", {"host": "a.gov.hk"}), ("same_bytes", {})],
    ),
    (
        "no scheduler was there; the newest run makes it good; nor was one until 2025-05-17 11:20 UTC",
        [("missed_until", {"until": "2025-05-17 11:20"})],
    ),
    ("no scheduler was there; the newest run makes it good", [("missed", {})]),
    (
        "its process ended in the stage parse; nothing of it was stored, it is run again",
        [("recovered", {"stage": "parse"})],
    ),
    ("row 3: Total: expected a number, found 'x'", [("shape", {"row": 3, "where": "Total", "expected": "number",
                                                              "found": "x"})]),
    ("2 held back (bounds): row 2: a b 2025-01-01: expected a value from 0 to 9, found 10",
     [("held", {"n": 2, "rule": "bounds"})]),
    ("KeyError: 'x'", [("logged", {})]),
    ("", []),
)  # fmt: skip


@pytest.mark.parametrize(("logged", "expected"), OLD)
def test_a_message_of_before_is_recognised_or_stands_as_logged(logged, expected):
    assert [(line.key, dict(line.args)) for line in recognised(logged)] == expected
    assert [line.key for line in lines_of({}, logged)] == [key for key, _ in expected]


def test_a_run_keeps_its_lines_whether_it_fails_or_loads(tools, publisher):
    publisher.file.unlink()
    failed = run(publisher.source, tools, trigger="hand")
    assert failed.status == "failed"
    publisher.says_days(3)
    run(publisher.source, tools)
    run(publisher.source, tools)
    locked = source(key_needed=True)
    run(locked, tools)
    runs = tools.warehouse.runs(publisher.source.id)[::-1]
    keys = [[line["key"] for line in one.detail.get("said", ())] for one in runs]
    assert keys == [["no_file"], [], ["same_bytes"]]
    (lock,) = tools.warehouse.runs(locked.id)
    assert lock.detail["said"] == [{"key": "no_key", "args": {"setting": "GBA_KEY_MADE_UP"}}]
    assert told(NotConfiguredError(lock.error))[0] == "no_key"


def test_a_refused_file_and_what_is_held_back_are_lines_too(tools, publisher):
    publisher.says(["03-01-2025,Lo Wu,Arrival,x,5,5,10,"])
    run(publisher.source, tools)
    (one,) = tools.warehouse.runs(publisher.source.id)
    (line,) = one.detail["said"]
    assert line["key"] == "shape"
    assert {"row": 2, "where": "Hong Kong Residents", "found": "x"}.items() <= line["args"].items()
    publisher.says(["03-01-2025,Lo Wu,Arrival,1,5,5,99,"])
    run(publisher.source, tools)
    newest = tools.warehouse.runs(publisher.source.id)[0]
    (held,) = newest.detail["said"]
    assert (held["key"], held["args"]["rule"], held["args"]["n"]) == ("held", "sum", 3)
    assert isinstance(ShapeError("x"), IngestError)
