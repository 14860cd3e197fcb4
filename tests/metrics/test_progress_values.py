"""What the values of the progress method stand for."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.progress_values import JUDGED, STATUSES, MeasureFacts, Override


def test_every_judged_status_is_a_status():
    assert set(JUDGED) < set(STATUSES)


def test_the_goal_of_a_coverage_is_all_its_places_and_of_a_yes_no_is_yes():
    assert MeasureFacts(kind="target", model="coverage", covered=4, of=9).goal == 9
    assert MeasureFacts(kind="target", model="coverage", covered=4, of=9, target=7.0).goal == 7.0
    assert MeasureFacts(kind="target", model="yes_no").goal == 1.0
    assert MeasureFacts(model="yes_no").goal is None
    assert MeasureFacts(kind="target").goal is None


def test_the_value_of_a_coverage_is_what_is_covered():
    assert MeasureFacts(covered=4, of=9).value == 4
    assert MeasureFacts(actual=5.0, covered=4, of=9).value == 5.0
    assert MeasureFacts().value is None


@pytest.mark.parametrize(
    ("word", "by", "reason"), [("green", "A", "b"), ("achieved", " ", "b"), ("achieved", "A", "")]
)
def test_an_override_needs_a_known_word_a_name_and_a_reason(word, by, reason):
    with pytest.raises(ValueError, match="override"):
        Override(word=word, by=by, reasons={"en": reason}, until=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("kind", "word"), [("measure", "missed"), ("milestone", "done"), ("work_item", "at_risk")]
)
def test_an_override_has_the_words_of_its_subject(kind, word):
    assert Override(kind=kind, word=word, by="A", reasons={"en": "b"}, until=date(2026, 1, 1)).word == word
    other = "done" if kind != "milestone" else "missed"
    with pytest.raises(ValueError, match=f"{other}.*expected one of"):
        Override(kind=kind, word=other, by="A", reasons={"en": "b"}, until=date(2026, 1, 1))
