import json
import os
from zoneinfo import ZoneInfo

import pytest
import typer
from typer.testing import CliRunner

from ingest.cli import cli
from ingest.sources.hk_immigration_daily import SOURCE
from tests.ingest.making import crossing_days
from tests.ingest.test_backfill import JANUARY, Past


@pytest.fixture
def call(tools, publisher):
    class Wiring:
        def store(self):
            return tools.warehouse

        def zone(self):
            return ZoneInfo("Asia/Hong_Kong")

        def tools(self, **_more):
            return tools

    app = typer.Typer()
    app.add_typer(cli)

    @app.callback()
    def wire(context: typer.Context):
        context.obj = Wiring()

    return lambda *words: CliRunner().invoke(app, list(words))


def test_ingest_prints_what_each_source_brought_and_ends_well(call):
    done = call("ingest", SOURCE.id)
    assert done.exit_code == 0
    assert done.output.splitlines()[1].split() == [SOURCE.id, "loaded", "12", "36", "36", "0", "0", "0"]
    again = call("ingest", SOURCE.id)
    assert "unchanged: these bytes were loaded before" in again.output


def test_a_failure_is_one_line_and_exit_code_1(call, publisher):
    publisher.says(b"<html>log in</html>")
    done = call("ingest", SOURCE.id)
    assert done.exit_code == 1
    assert len(done.output.splitlines()) == 2
    assert "Traceback" not in done.output


@pytest.mark.parametrize("words", [("ingest",), ("ingest", "--all", SOURCE.id), ("ingest", "nonsense")])
def test_wrong_usage_is_exit_code_2(call, words):
    assert call(*words).exit_code == 2


def test_replay_reads_the_archive_again_and_finds_nothing_new(call):
    call("ingest", SOURCE.id)
    done = call("replay", SOURCE.id)
    assert done.exit_code == 0
    assert done.output.splitlines()[1].split()[4] == "0"


def test_status_is_for_people_and_for_programs(call):
    assert "Scheduler  not at work" in call("status").output
    assert json.loads(call("status", "--json").output)["warehouse"]["engine"] == "sqlite"


def test_a_table_that_is_not_one_is_refused_in_one_line(call, tmp_path):
    file = tmp_path / "figures.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    done = call("load-figures", str(file))
    assert done.exit_code == 1
    assert "expected" in done.output


def test_backfill_prints_a_line_a_month_and_says_what_the_archive_has_not(call, tools):
    folder = Past(tools.fetch.mirror)
    folder.lists(JANUARY, "20250104-0905")
    folder.took("20250104-0905", crossing_days(2))
    words = ("backfill", SOURCE.id, "--from", "2025-01-01", "--to", "2025-01-31")
    done = call(*words)
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[1].split()[:6] == [SOURCE.id, "2025-01", "loaded", "8", "24", "24"]
    assert "1 loaded before" in call(*words).output
    other = call("backfill", "macao_dsec", "--from", "2025-01-01")
    assert other.exit_code == 1
    assert "not published on DATA.GOV.HK" in other.output


@pytest.mark.parametrize(
    "words", [("nonsense", "--from", "2025-01-01"), (SOURCE.id, "--from", "1 May"), (SOURCE.id,)]
)
def test_a_backfill_of_nothing_known_is_wrong_usage(call, words):
    assert call("backfill", *words).exit_code == 2


def test_inbox_says_what_became_of_each_file(call, tools, clock):
    assert "Nothing lies in the inbox" in call("inbox").output
    folder = tools.archive.root.parent / "inbox"
    (folder / "a.xlsx").write_bytes(b"no workbook")
    os.utime(folder / "a.xlsx", (1_700_000_000, 1_700_000_000))
    done = call("inbox")
    assert done.exit_code == 1
    assert done.output == "a.xlsx: refused: Refused; nothing of it was handed in.\n"
    assert call("inbox", str(folder / "elsewhere")).exit_code == 0
