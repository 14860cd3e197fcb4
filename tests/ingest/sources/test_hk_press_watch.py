"""Press watch: watched phrases become proposals of title, day and address; nothing else of a feed is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ingest.errors import ShapeError
from ingest.proposals import proposed
from ingest.sources.hk_press_watch import (
    LANGUAGES,
    RELEASES,
    SOURCE,
    WATCHED,
    has_phrase,
    parse,
    plain,
    propose,
)
from tests.ingest.making import payload

NOW = datetime(2025, 12, 30, 1, 0, tzinfo=UTC)
ENGLISH, CHINESE = RELEASES.format(lang="en"), RELEASES.format(lang="zh")
LINK = "https://www.info.gov.hk/gia/general/202512/29/P2025122900001.htm"


def item(title: str = "Cross-boundary Public Services kiosk opens in Macao", **more: str | None) -> str:
    facts: dict[str, str | None] = {
        "title": f"<![CDATA[{title}]]>",
        "link": LINK,
        "pubDate": "Mon, 29 Dec 2025 17:30:00 +0800",
        "description": "A long text that is not ours to keep.",
    }
    facts |= more
    cells = "".join(f"<{name}>{text}</{name}>" for name, text in facts.items() if text is not None)
    return f"<item>{cells}</item>"


def feed(*items: str, url: str = ENGLISH, root: str = "rss"):
    channel = f"<channel><title>News</title>{''.join(items)}</channel>"
    content = f'<?xml version="1.0" encoding="UTF-8"?><{root} version="2.0">{channel}</{root}>'
    return replace(payload(content, NOW), url=url)


def test_a_title_with_a_watched_phrase_is_proposed_and_others_are_not():
    (one,) = propose(feed(item("Weather report"), item()))
    assert (one.title, one.link, one.published_on, one.language) == (
        "Cross-boundary Public Services kiosk opens in Macao",
        LINK,
        date(2025, 12, 29),
        "en",
    )
    assert (one.words, one.work_items) == (("Cross-boundary Public Services",), (1,))


def test_chinese_phrases_are_found_and_one_title_may_belong_to_several_work_items():
    (one,) = propose(feed(item("「智方便」與跨境數據驗證平台互認"), url=CHINESE))
    assert (one.language, one.work_items) == ("zh-Hant", (1, 3, 4))


def test_no_more_than_title_day_and_address_is_kept():
    (held,) = proposed(SOURCE, feed(item()))
    assert "not ours to keep" not in str(held.row)
    assert sorted(held.row["proposal"]) == [
        *("language", "link", "published_on", "title", "words", "work_items"),
    ]


def test_the_day_is_that_of_hong_kong():
    (one,) = propose(feed(item(pubDate="Mon, 29 Dec 2025 16:30:00 GMT")))
    assert one.published_on == date(2025, 12, 30)


def test_a_feed_tells_no_figures_and_a_broken_one_is_refused_all_the_same():
    assert list(parse(feed(item()))) == []
    with pytest.raises(ShapeError, match="expected at least 1 item"):
        list(parse(feed()))


@pytest.mark.parametrize(
    ("title", "phrase", "found"),
    [
        ("New 5G sites", "5G", True),
        ("Flight A5G7", "5G", False),
        ("IAM SMART users", "iAM Smart", True),
        ("eHealthy eating", "eHealth", False),
        ("數字人民幣試點", "數字人民幣", True),
    ],
)
def test_latin_phrases_are_whole_words_and_chinese_ones_stand_anywhere(title: str, phrase: str, found: bool):
    assert has_phrase(title, phrase) is found


def test_a_title_is_made_safe_to_show():
    assert plain("  a\u202e<script>b</script>\x00 ") == "a script b /script"
    assert len(plain("x" * 1000)) == 300
    (one,) = propose(feed(item("iAM Smart &lt;img&gt; <b>now</b>")))
    assert "<" not in one.title


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (feed(item(), item().replace("title>", "name>")), "item 2: expected title"),
        (feed(item(title="")), "item 1: expected a title"),
        (feed(item(link=None)), "item 1: expected link"),
        (feed(item(link="javascript:alert(1)")), "link: expected an address at www.info.gov.hk"),
        (feed(item(link="https://www.info.gov.hk.example.org/x")), "link: expected an address at"),
        (feed(item(link="https://user@www.info.gov.hk/x")), "link: expected an address at"),
        (feed(item(link='https://www.info.gov.hk/"x')), "link: expected an address at"),
        (feed(item(pubDate="2025-12-29")), "item 1: pubDate: expected a time with its zone"),
        (feed(item(pubDate="Mon, 29 Dec 2025 17:30:00")), "item 1: pubDate: expected a time with its zone"),
        (feed(item(pubDate="Tue, 29 Dec 2026 17:30:00 +0800")), "up to the fetch"),
        (feed(item(pubDate="")), "item 1: pubDate: expected"),
        (feed(item(), root="feed"), "expected the root 'rss', found 'feed'"),
        (replace(payload("<html><title>404</title> </html>"), url=ENGLISH), "found a web page titled '404'"),
        (replace(payload('<!DOCTYPE r [<!ENTITY x "y">]><rss/>'), url=ENGLISH), "expected plain XML"),
    ],
)
def test_another_form_refuses_the_whole_feed(given, said: str):
    with pytest.raises(ShapeError) as caught:
        list(propose(given))
    assert said in str(caught.value)


def test_every_phrase_belongs_to_a_work_item_and_every_feed_has_a_language():
    assert set(WATCHED.values()) == {1, 2, 3, 4, 5}
    assert {request.url for request in SOURCE.requests} == set(LANGUAGES)
    assert not SOURCE.confirmed
    assert SOURCE.feeds == {}
