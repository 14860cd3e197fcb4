"""What was said of a run, in the reader's words: no English on a Chinese page but what is marked as such."""

from __future__ import annotations

import re

import pytest

from dashboards.panels.source_lines import lines_said, reasons, stage_said, texts_said
from ingest.lines import Line, line_of, recognised
from ingest.quarantine import told
from tests.dashboards.panels.drawn import LANGUAGES
from tests.dashboards.panels.drawn import told as read
from tests.ingest.making import record
from tests.ingest.test_lines import OLD

LINES = (
    Line("x", "http", host="www.gov.hk", status=503),
    Line("x", "shorter", before=1200, n=7),
    Line("x", "ends_early", before="2025-12-08", day="2025-12-01"),
    Line("x", "gone", n=3, indicator="bcp_passengers_daily", place="hk_lo_wu", day="2025-12-01"),
    Line("x", "missed_until", until="2025-05-17T11:20:00+00:00"),
    Line("x", "missed_until", until="2025-05-17 11:20"),
    Line("x", "held", n=2, rule="bounds, sum"),
    Line("x", "stalled"),
    Line("x", "recovered", stage="parse"),
    Line("x", "bug", stage="check", kind="KeyError"),
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_line_is_a_sentence_with_names_and_dates(opening_desk, lang):
    words = opening_desk.words[lang]
    said = texts_said(LINES, words)
    assert all(said)
    assert "503" in said[0]
    assert "1,200" in said[1]
    assert words.t("place.hk_lo_wu") in said[3]
    assert words.t("indicator.bcp_passengers_daily") in said[3]
    assert "19:20" in said[4]  # Hong Kong time
    assert said[4] == said[5]
    assert words.t("sources.rule_bounds") in said[6]
    assert words.t("run.the_publisher") in said[7]
    assert "{" not in "".join(said)


@pytest.mark.parametrize("lang", ["zh-Hant", "zh-Hans"])
def test_messages_of_before_are_chinese_too_but_for_names_and_what_stood_in_the_file(opening_desk, lang):
    words = opening_desk.words[lang]
    for logged, _ in OLD:
        for sentence in texts_said(recognised(logged), words):
            bare = re.sub(r"「[^」]*」|“[^”]*”|[（(][^）)]*[）)]|[A-Za-z0-9.]+\.gov\.hk", "", sentence)
            assert not re.search(r"[A-Za-z]{3,}", bare), sentence


def test_a_file_of_another_form_says_row_column_and_what_stood_there(opening_desk):
    line = Line("x", "shape", row=3, where="Total", expected="number", found="十二")
    (said,) = texts_said([line], opening_desk.words["zh-Hant"])
    assert said.endswith("第3行。位於「Total」。應為數字。檔案所載：「十二」。")
    blank = Line("x", "shape", found="")
    assert texts_said([blank], opening_desk.words["en"])[0].endswith("Found: a blank.")


def test_a_line_without_words_says_where_the_run_stood_and_folds_the_log_away(opening_desk):
    odd = recognised("KeyError: 'x'")
    english = lines_said(odd, opening_desk.words["en"], stage="parse")
    assert list(read(english)) == ["The run stopped while reading the file.", " ", "KeyError: 'x'"]
    chinese = str(lines_said(odd, opening_desk.words["zh-Hant"], stage="parse"))
    assert "Details" in chinese
    assert "lang='en'" in chinese


def test_every_kind_of_doubt_has_a_line(opening_desk):
    from ingest.checks import Doubt

    found = [Doubt(index=0, rule="falls", said="x", gates=False), Doubt(index=0, rule="sum", said="x")]
    said = texts_said(told(found, [record()]), opening_desk.words["en"])
    assert said == ["Figures that look doubtful: 1 (a running total that falls).",
                    "Figures held back: 1 (parts do not add up to the total)."]  # fmt: skip


def test_unknown_stages_and_rules_stand_calmly(opening_desk):
    words = opening_desk.words["en"]
    assert stage_said("opened", words) == "starting"
    assert reasons("payload refused in parse", words) == words.t("sources.rule_refused")
    assert reasons("odd", words) == "odd"
    assert texts_said([line_of(ValueError("x"), "load")], words)
