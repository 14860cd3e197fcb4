"""A source's calendar in words."""

from __future__ import annotations

import pytest

from dashboards.i18n import words
from dashboards.panels.source_calendar import calendar_said


@pytest.mark.parametrize(
    ("schedule", "lang", "said"),
    [
        ("*/5 * * * *", "en", "every 5 minutes"),
        ("30 8,20 * * *", "en", "daily at 08:30, 20:30"),
        ("25 10 * * mon,thu", "en", "Mon, Thu at 10:25"),
        ("25 10 * * mon,thu", "zh-Hant", "星期一、星期四 10:25"),
        ("5 1 * * *", "zh-Hans", "每日 01:05"),
        ("5 1 1 * *", "en", "5 1 1 * *"),
        ("5 */2 * * *", "en", "5 */2 * * *"),
        ("5 1 * * mon-fri", "en", "5 1 * * mon-fri"),
    ],
)
def test_a_calendar_is_said_in_words_or_stands_as_it_is(schedule, lang, said):
    assert calendar_said(schedule, words(lang)) == said
