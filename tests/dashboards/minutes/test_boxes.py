"""The fields of the forms: named, bounded, filled with what is known."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dashboards.i18n import LANGUAGES
from dashboards.minutes.boxes import LABELS, meeting_boxes, override_boxes
from dashboards.minutes.entries import Author
from metrics.meetings import Gathering
from metrics.progress import OVERRIDE_WORDS
from tests.dashboards.steward.conftest import WORDS

BY = Author(person_id="a", name="A", at=datetime(2026, 11, 21, 4, 0, tzinfo=UTC))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", OVERRIDE_WORDS)
def test_an_override_offers_the_words_of_its_subject_and_half_a_year(kind, lang):
    boxes = {one.name: one for one in override_boxes(WORDS[lang], kind, BY)}
    assert [value for value, _ in boxes["word"].choices] == list(OVERRIDE_WORDS[kind])
    assert (boxes["expires_on"].least_day, boxes["expires_on"].most_day) == ("2026-11-21", "2027-05-20")
    assert [boxes[f"reason_{one}"].lang for one in LANGUAGES] == ["en-HK", "zh-Hant-HK", "zh-Hans-CN"]


def test_a_known_meeting_fills_its_form():
    known = Gathering(
        id="m", names={"zh-Hans": "会议"}, date=date(2026, 3, 1), precision="month", place="macao",
        as_of=date(2026, 3, 1), audience="group", kept=True,
    )  # fmt: skip
    boxes = {one.name: one.value for one in meeting_boxes(WORDS["en"], ("macao",), BY, known)}
    assert boxes["kind"] == "other"
    assert (boxes["held_on"], boxes["held_precision"], boxes["place"]) == ("2026-03-01", "month", "macao")
    assert (boxes["name_zh-Hans"], boxes["audience"]) == ("会议", "group")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_choice_has_its_words(lang):
    assert all(WORDS[lang].has(key) for key in LABELS.values())
