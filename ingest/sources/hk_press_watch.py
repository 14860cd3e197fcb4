"""Information Services Department: press releases and news.gov.hk, watched for what may be a milestone.

RSS 2.0 in English and Chinese; the windows are short, so they are read several times a day. Of an item whose title
has one of the watched phrases, title, day and address are proposed to a steward; nothing else of it is kept, and
nothing becomes a milestone by itself. An item without the three, a day that is not of the form of RSS or lies
ahead, and an address that is not the publisher's, refuse the whole feed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from ingest.errors import ShapeError
from ingest.moments import day_of
from ingest.proposals import LONGEST, Proposal, Watch
from ingest.reading import cell, xml_items
from ingest.source import Contract, Payload, Record, Request

RELEASES = "https://www.info.gov.hk/gia/rss/general_{lang}.xml"
NEWS = "https://www.news.gov.hk/{lang}/categories/{category}/html/articlelist.rss.xml"
CATEGORIES = ("admin", "finance", "health", "infrastructure", "city_life")
LANGUAGES = {
    RELEASES.format(lang="en"): "en",
    RELEASES.format(lang="zh"): "zh-Hant",
    **{NEWS.format(lang="en", category=category): "en" for category in CATEGORIES},
    **{NEWS.format(lang="tc", category=category): "zh-Hant" for category in CATEGORIES},
}
HOSTS = ("www.info.gov.hk", "www.news.gov.hk")
# phrase -> the work item it belongs to
WATCHED = {
    "Cross-boundary Public Services": 1,
    "self-service kiosk": 1,
    "iAM Smart": 1,
    "跨境通辦": 1,
    "自助服務機": 1,
    "智方便": 1,
    "smart tourism": 2,
    "autonomous vehicle": 2,
    "autonomous vehicles": 2,
    "low-altitude economy": 2,
    "智慧旅遊": 2,
    "自動駕駛": 2,
    "低空經濟": 2,
    "mutual recognition": 3,
    "5G": 3,
    "Corporate Identity": 3,
    "CorpID": 3,
    "互認": 3,
    "數碼企業身份": 3,
    "cross-boundary data": 4,
    "data flow": 4,
    "Standard Contract": 4,
    "eHealth": 4,
    "e-CNY": 4,
    "Payment Connect": 4,
    "Trade Single Window": 4,
    "跨境數據": 4,
    "數據跨境": 4,
    "標準合同": 4,
    "醫健通": 4,
    "數字人民幣": 4,
    "跨境支付通": 4,
    "貿易單一窗口": 4,
    "Expert Group": 5,
    "smart city cluster": 5,
    "Digital Bay Area": 5,
    "Co-operation Joint Conference": 5,
    "專責小組": 5,
    "智慧城市群": 5,
    "數字灣區": 5,
    "合作聯席會議": 5,
}
_CLOCKS_DIFFER = timedelta(hours=1)


def propose(payload: Payload) -> Iterator[Proposal]:
    """Yield a proposal for each item whose title has a watched phrase."""
    lang = LANGUAGES[payload.url]
    items = 0
    for row in xml_items(payload, root="rss", item="item", expect=("title", "link", "pubDate")):
        items += 1
        title = plain(row["title"])
        if not title:
            raise ShapeError(f"item {row.number}: expected a title, found {row['title'][:60]!r}")
        link = cell(row, "link", address)
        published = _day(row["pubDate"], payload, row.number)
        words = tuple(phrase for phrase in WATCHED if has_phrase(title, phrase))
        if words:
            yield Proposal(
                title=title,
                link=link,
                published_on=published,
                language=lang,
                words=words,
                work_items=tuple(sorted({WATCHED[phrase] for phrase in words})),
            )
    if not items:
        raise ShapeError("expected at least 1 item, found 0")


def parse(payload: Payload) -> Iterator[Record]:
    """Read the feed to its end and yield nothing: it tells no figures, and must still have its form."""
    for _ in propose(payload):
        pass
    yield from ()


def has_phrase(title: str, phrase: str) -> bool:
    """Tell whether *title* has *phrase*: Latin words whole and in any case, Chinese ones anywhere."""
    if phrase.isascii():
        return (
            re.search(rf"(?<![A-Za-z0-9]){re.escape(phrase)}(?![A-Za-z0-9])", title, re.IGNORECASE)
            is not None
        )
    return phrase in title


def plain(text: str) -> str:
    """Return *text* in one line without markup signs, control or invisible characters, of bounded length."""
    shown = "".join(" " if sign in "<>" or unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    words = " ".join(shown.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def address(text: str) -> str:
    """Return the publisher's own address that *text* is."""
    try:
        parts = urlsplit(text)
        sound = (
            parts.scheme in {"http", "https"}
            and parts.netloc in HOSTS
            and text.isascii()
            and text.isprintable()
        )
    except ValueError:
        sound = False
    if not sound or any(sign in text for sign in "\"'<>\\ "):
        raise ShapeError(f"expected an address at {' or '.join(HOSTS)}, found {text[:120]!r}", raw=text)
    return text


def _day(text: str, payload: Payload, number: int) -> date:
    try:
        when: datetime | None = parsedate_to_datetime(text)
    except ValueError:
        when = None
    if when is None or when.tzinfo is None or when > payload.fetched_at + _CLOCKS_DIFFER:
        raise ShapeError(
            f"item {number}: pubDate: expected a time with its zone up to the fetch, "
            f"such as 'Thu, 02 Nov 2023 16:00:00 +0800', found {text[:60]!r}"
        )
    return day_of(when)


SOURCE = Watch(
    id="hk_press_watch",
    title={
        "en": "Press releases and news of the Hong Kong Government",
        "zh-Hant": "香港政府新聞公報及新聞網",
        "zh-Hans": "香港政府新闻公报及新闻网",
    },
    publisher="isd",
    page_url="https://www.info.gov.hk/gia/general/today.htm",
    licence="not_stated",
    schedule="5 1,7,13,19 * * *",
    requests=tuple(Request(url=url) for url in LANGUAGES),
    parse=parse,
    propose=propose,
    feeds={},
    fresh_within=timedelta(days=3),
    lag_days=0,
    confirmed=False,
    contract=Contract(columns="evolve"),
)
