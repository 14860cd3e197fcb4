"""A run asked for: planned and never done by the web process, in the audit, its outcome told."""

from __future__ import annotations

import json

import pytest

from dashboards.i18n import LANGUAGES
from ingest import rota
from tests.dashboards.feeds.conftest import SOURCE, text

RUN = f"/sources/{SOURCE.id}/run"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_offers_it_in_the_readers_language(place, lang):
    answer = place.browser("alice").get(f"{RUN}?lang={lang}")
    assert answer.status_code == 200
    words = place.desks.public.words[lang]
    assert words.t("sources.ask_note") in text(answer)
    assert SOURCE.title[lang] in text(answer)
    assert "Refresh" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_scheduler_the_page_says_so_and_plans_nothing(place, lang):
    browser = place.browser("alice")
    browser.get(RUN)
    answer = browser.post(f"{RUN}?lang={lang}", {})
    assert answer.status_code == 409
    assert place.desks.public.words[lang].t("sources.ask_no_scheduler") in text(answer)
    assert place.feeds.asked() == ()
    (deed,) = place.deeds("run_now")
    assert json.loads(deed["detail"])["outcome"] == "no_scheduler"


def test_a_run_is_planned_waited_for_and_told(place):
    place.scheduler()
    browser = place.browser("alice")
    browser.get(RUN)
    runs = len(place.house.warehouse.runs(SOURCE.id))
    moved = browser.post(f"{RUN}?lang=zh-Hant", {})
    assert moved.status_code == 303
    stored = place.house.warehouse.runs(SOURCE.id)
    assert [one.status for one in stored[:1]] == ["planned"]  # the web process has run nothing
    assert len(stored) == runs + 1
    waits = browser.get(moved.location)
    assert waits.headers["Refresh"] == "3"
    assert "等候排程器" in text(waits)
    assert "<form" not in waits.text
    (deed,) = place.deeds("run_now")
    assert (deed["actor"], deed["subject"]) == ("alice", SOURCE.id)
    assert json.loads(deed["detail"])["run"] == stored[0].run_id
    (wanted,) = rota.asked(place.feeds.tools)
    rota.run_asked(SOURCE, wanted, place.feeds.tools)
    over = browser.get(moved.location)
    assert "Refresh" not in over.headers
    assert "執行完畢：沒有更新" in text(over) or "執行完畢" in text(over)
    assert "檔案與上次相同。" in text(over)


def test_asking_twice_shows_the_one_that_waits(place):
    place.scheduler()
    browser = place.browser("alice")
    browser.get(RUN)
    first, second = browser.post(RUN, {}), browser.post(RUN, {})
    assert first.location == second.location
    assert len(place.feeds.asked()) == 1


def test_a_run_of_another_source_or_of_none_is_not_told_here(place):
    browser = place.browser("alice")
    other = place.house.warehouse.open_run("other", trigger="hand", logical_time="x")
    for named in (other, "nobody", "<script>"):
        answer = browser.get(f"{RUN}?run={named}")
        assert answer.status_code == 200
        assert place.desks.public.words["en"].t("sources.ask_note") in text(answer)
        assert "<script>" not in answer.text
