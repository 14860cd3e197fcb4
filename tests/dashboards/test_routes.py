"""The addresses: pages, whole-page answers, shapes, files; wrong ones say so in three languages."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from dashboards.desk import Freshness
from dashboards.panel import Page, Panel
from dashboards.routes import shapes_of
from dashboards.server import FrontSettings, create_app
from tests.dashboards.demo import HOME, NOW, PAGES, demo_desk, frame_of


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(demo_desk, FrontSettings(pages=PAGES)).test_client()


class Counted:
    """A page that counts how often it is made, on a desk whose stamp, clock and freshness can be moved."""

    def __init__(self, **page) -> None:
        self.made: list[str] = []
        self.asked: list = []
        self.state = {"stamp": 1, "readings": 1, "clock": NOW, "fresh": 3}

        def query(_desk, filters):
            self.made.append(filters.lang)
            self.asked.append(filters)
            return frame_of(1.0)(None, None)

        panel = Panel(
            id="counted", title="demo.trend", query=query, body=lambda _f, v: v.words.day(v.filters.as_of.day)
        )
        pages = (Page(id="p", path="/", order=1, title="ui.overview", panels=(panel,), **page),)
        self.client = create_app(self.desk, FrontSettings(pages=pages)).test_client()

    def desk(self):
        return demo_desk(
            stamp=lambda: self.state["stamp"],
            reading_stamp=lambda: self.state["readings"],
            clock=lambda: self.state["clock"],
            freshness=lambda: Freshness(on_time=self.state["fresh"], total=3),
        )

    def get(self, query: str = "", **headers: str):
        return self.client.get(f"/_page?path=/{query}", headers=headers)


@pytest.mark.parametrize(
    ("address", "lang", "title"),
    [
        ("/", "en-HK", "GBA Monitor"),
        ("/?lang=zh-Hant", "zh-Hant-HK", "大灣區智慧城市群監測平台"),
        ("/connectivity?lang=zh-Hans", "zh-Hans-CN", "网络连接 · 大湾区智慧城市群监测平台"),
        ("/work-items/3", "en-HK", "One item 3 · GBA Monitor"),
    ],
)
def test_the_first_bytes_have_the_right_language_and_title(
    client: FlaskClient, address: str, lang: str, title: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert f'<html lang="{lang}">' in answer.text
    assert f"<title>{title}</title>" in answer.text
    assert '<meta name="description" content="' in answer.text


@pytest.mark.parametrize(
    ("address", "language", "said"),
    [
        ("/nowhere", "", "Page not found"),
        ("/nowhere?lang=zh-Hant", "", "找不到網頁"),
        ("/work-items/6?lang=zh-Hans", "", "未找到页面"),
        ("/nowhere", "zh-HK,zh;q=0.9", "找不到網頁"),
        ("/nowhere", "zh-CN", "未找到页面"),
        ("/nowhere?lang=xx", "fr", "Page not found"),
    ],
)
def test_a_page_that_is_not_there_says_so_in_the_readers_language(
    client: FlaskClient, address: str, language: str, said: str
) -> None:
    answer = client.get(address, headers={"Accept-Language": language} if language else {})
    assert answer.status_code == 404
    assert f"<h1>{said}</h1>" in answer.text


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "The address cannot be used"),
        ("zh-Hant", "網址有不適用的數值"),
        ("zh-Hans", "网址包含无效的参数"),
    ],
)
def test_a_wrong_value_gets_a_page_that_says_so(client: FlaskClient, lang: str, said: str) -> None:
    answer = client.get(f"/?as_of=whenever&lang={lang}")
    assert answer.status_code == 400
    assert f"<h1>{said}</h1>" in answer.text
    assert "whenever" not in answer.text
    part = client.get(f"/_page?path=/&as_of=whenever&lang={lang}")
    assert part.status_code == 400
    assert said in json.dumps(part.get_json(), ensure_ascii=False)


def test_a_slash_at_the_end_is_taken_off(client: FlaskClient) -> None:
    answer = client.get("/connectivity/?lang=zh-Hant")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/connectivity?lang=zh-Hant")


def test_an_answer_has_all_that_a_page_needs(client: FlaskClient) -> None:
    answer = client.get("/_page?path=/connectivity&lang=zh-Hant&theme=dark").get_json()
    said = {"title", "lang", "ready", "renewed", "lost", "retry"}
    assert set(answer) == {"top", "main", "foot", "charts", "grids", "renew", "state"} | said
    assert answer["lang"] == "zh-Hant-HK"


def test_an_answer_that_is_not_there_is_404_with_a_page_to_show(client: FlaskClient) -> None:
    answer = client.get("/_page?path=/nowhere&lang=zh-Hans")
    assert answer.status_code == 404
    assert answer.get_json()["lang"] == "zh-Hans-CN"


def test_too_many_fields_are_refused(client: FlaskClient) -> None:
    query = "&".join(f"a{n}=1" for n in range(100))
    assert client.get(f"/_page?{query}").status_code == 400
    assert client.get(f"/?{query}").status_code == 200


def test_the_second_viewer_costs_a_look_up() -> None:
    page = Counted()
    assert page.get().data == page.get("&utm=letter").data
    assert len(page.made) == 1


def test_an_unchanged_answer_is_not_sent_again() -> None:
    page = Counted()
    tag = page.get().headers["ETag"]
    again = page.get(**{"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    page.state["stamp"] = 2
    assert page.get(**{"If-None-Match": tag}).status_code == 304  # made anew, and the same
    assert len(page.made) == 2


def test_answers_are_compressed_for_those_who_take_it() -> None:
    page = Counted()
    zipped = page.get(**{"Accept-Encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == page.get().data


@pytest.mark.parametrize(
    "query", ["&lang=zh-Hant", "&theme=dark", "&as_of=2025-05-15", "&places=macao", "&per=km2", "&from=2024"]
)
def test_what_was_asked_makes_another_answer(query: str) -> None:
    page = Counted()
    page.get()
    page.get(query)
    assert len(page.made) == 2


@pytest.mark.parametrize(
    ("what", "value"),
    [("stamp", 2), ("clock", NOW + timedelta(days=1)), ("fresh", 2)],
)
def test_news_the_date_and_freshness_renew_an_answer(what: str, value: object) -> None:
    page = Counted()
    page.get()
    page.state[what] = value
    page.get()
    assert len(page.made) == 2


def test_the_hour_does_not_renew_an_answer() -> None:
    page = Counted()
    page.get()
    page.state["clock"] = NOW + timedelta(hours=3)
    page.get()
    assert len(page.made) == 1


def test_readings_renew_only_the_pages_that_show_them() -> None:
    for shows, times in ((False, 1), (True, 2)):
        page = Counted(shows_readings=shows)
        page.get()
        page.state["readings"] = 2
        page.get()
        assert len(page.made) == times


def test_all_of_an_answer_comes_from_one_stamp() -> None:
    page = Counted()
    page.state["stamp"] = 42
    page.get("&as_of=2025-05-15")
    assert page.asked[0].as_of.stamp == 42
    assert page.asked[0].as_of.instant == datetime(2025, 5, 15, 15, 59, 59, 999999, tzinfo=UTC)


def test_an_instant_of_today_is_no_longer_now_once_it_has_passed() -> None:
    page = Counted()
    page.get("&as_of=2026-11-21T18:00")
    page.state["clock"] = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)
    page.get("&as_of=2026-11-21T18:00")
    assert [filters.as_of.current for filters in page.asked] == [True, False]


def test_an_answer_with_a_broken_panel_is_made_again_next_time(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        assert client.get("/_page?path=/").status_code == 200
    assert caplog.text.count("panel broken failed") == 2


def test_audiences_never_share_an_answer() -> None:
    audience = ["public"]
    page = replace(
        HOME, panels=(Panel(id="who", title="demo.item", query=frame_of(1.0), body=lambda *_: audience[0]),)
    )
    client = create_app(lambda: demo_desk(audience=audience[0]), FrontSettings(pages=(page,))).test_client()
    first = client.get("/_page?path=/").data
    audience[0] = "members"
    assert b"members" in client.get("/_page?path=/").data
    audience[0] = "public"
    assert client.get("/_page?path=/").data == first


def test_a_desk_that_fails_is_503_to_the_script_and_a_calm_page_to_the_reader(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def stamp() -> int:
        raise ConnectionError("db password")

    def items(_desk) -> tuple[str, ...]:
        raise ConnectionError("db password")

    page = replace(HOME, id="i", path="/x/<item>", items=items)
    client = create_app(lambda: demo_desk(stamp=stamp), FrontSettings(pages=(page, HOME))).test_client()
    assert client.get("/_page?path=/").status_code == 503
    answer = client.get("/x/1?lang=zh-Hant")
    assert answer.status_code == 500
    assert "此網頁暫時未能顯示" in answer.text
    assert "db password" not in answer.text
    assert "db password" in caplog.text


def test_shapes_are_served_compressed_and_for_ever(client: FlaskClient) -> None:
    address = shapes_of(demo_desk()).layers["districts"]
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.content_type == "application/geo+json"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    (feature,) = json.loads(gzip.decompress(answer.data))["features"]
    assert feature["properties"] == {"layer": "districts"}


def test_the_tile_grid_comes_from_the_atlas() -> None:
    assert shapes_of(demo_desk()).tiles["macao"] == (1, 0)


def test_there_are_no_shapes_without_boundaries() -> None:
    assert shapes_of(demo_desk(boundaries=None)).layers == {}
    client = create_app(lambda: demo_desk(boundaries=None), FrontSettings(pages=PAGES)).test_client()
    assert client.get("/geo/cities.f00d.geojson").status_code == 404


def test_heads_have_no_body(client: FlaskClient) -> None:
    answer = client.head("/connectivity")
    assert (answer.status_code, answer.data) == (200, b"")


def test_what_a_page_rests_on_beside_the_figures_makes_its_answer_anew() -> None:
    mark = ["one"]
    page = replace(PAGES[1], rests_on=lambda _desk: mark[0])
    client = create_app(demo_desk, FrontSettings(pages=(PAGES[0], page))).test_client()
    address = f"/_page?path={page.path}"
    first = client.get(address)
    kept = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert kept.status_code == 304
    made = []
    again = replace(page, lead=lambda _view: made.append(1) or str(len(made)))
    client = create_app(demo_desk, FrontSettings(pages=(PAGES[0], again))).test_client()
    before = client.get(address).headers["ETag"]
    assert client.get(address).headers["ETag"] == before
    mark[0] = "two"
    assert client.get(address).headers["ETag"] != before


def test_a_page_that_is_there_for_some_is_not_there_for_others() -> None:
    who = ["group"]
    page = Page(
        id="some",
        path="/some/<one>",
        order=1,
        title="demo.other",
        panels=(),
        items=lambda desk: ("hidden",) if desk.audience == "group" else (),
    )
    app = create_app(lambda: demo_desk(audience=who[0]), FrontSettings(pages=(HOME, page)))
    client = app.test_client()
    assert client.get("/_page?path=/some/hidden").status_code == 200
    who[0] = "public"
    assert client.get("/_page?path=/some/hidden").status_code == 404
    who[0] = "group"
    assert client.get("/_page?path=/some/hidden").status_code == 200
