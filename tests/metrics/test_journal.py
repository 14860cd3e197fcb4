"""The journal: what a line holds, and what it never does."""

from __future__ import annotations

import io
import json
import logging

import pytest

from metrics import journal

SECRET = "s3cret-of-the-house"


@pytest.fixture
def lines():
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield io.StringIO()
    root.handlers[:] = before
    root.setLevel(level)


def written(lines: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_a_line_says_when_who_and_within_which_run(lines):
    journal.keep("json", to=lines)
    with journal.within(run="r1", source="hk_wifi"):
        logging.getLogger("ingest").info("loaded %d figures", 3)
    logging.getLogger("ingest").warning("afterwards")
    first, second = written(lines)
    assert first["event"] == "loaded 3 figures"
    assert (first["run"], first["source"], first["level"], first["logger"]) == (
        "r1",
        "hk_wifi",
        "info",
        "ingest",
    )
    assert first["timestamp"].endswith("Z")
    assert "run" not in second


def test_no_secret_is_written_neither_in_words_nor_in_tracebacks(lines):
    journal.keep("json", [SECRET, "ab"], to=lines)
    log = logging.getLogger("x")
    log.info("the key is %s, about", SECRET)
    try:
        raise ValueError(f"wrong {SECRET}")
    except ValueError:
        log.exception("failed with %s", SECRET)
    assert SECRET not in lines.getvalue()
    first, second = written(lines)
    assert first["event"] == "the key is [hidden], about"
    assert "ValueError" in second["exception"]


def test_a_line_of_text_stays_one_line_whatever_a_stranger_wrote(lines):
    journal.keep("json", to=lines)
    logging.getLogger("x").info("asked for %r", "a\nINFO forged line")
    assert len(lines.getvalue().splitlines()) == 1


def test_people_at_a_terminal_read_text(lines):
    journal.keep("text", to=lines)
    with journal.within(run="r1"):
        logging.getLogger("x").info("hello")
    said = lines.getvalue()
    assert "hello" in said
    assert "run=r1" in said


def test_chatty_libraries_are_quiet(lines):
    journal.keep("text", to=lines)
    logging.getLogger("httpx").info("every request")
    assert lines.getvalue() == ""
