"""The addresses of the plain pages: answers, refusals, what they are remembered by."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from dashboards.plain.attachment import attach
from metrics.warehouse.warehouse import open_warehouse
from tests.dashboards.corrected import WORDS

FILES = {
    "style.css": "/assets/style.1.css",
    "icon.svg": "/assets/icon.1.svg",
    "early.js": "/assets/early.1.js",
}


def client(desk):
    server = Flask("plain", static_folder=None)
    server.extensions["assets"] = FILES
    attach(server, lambda: desk)
    return server.test_client()


@pytest.fixture(scope="module")
def web(opening_desk):
    return client(opening_desk)


@pytest.mark.parametrize("path", ["/plain", *(f"/plain/work-items/{n}" for n in range(1, 6))])
@pytest.mark.parametrize("lang", ["en", "zh-Hant", "zh-Hans"])
def test_each_page_answers_in_each_language(web, path, lang):
    answer = web.get(f"{path}?lang={lang}&as_of=2025-05-15")
    assert answer.status_code == 200
    assert answer.content_type == "text/html; charset=utf-8"
    assert answer.headers["ETag"]


def test_what_is_known_already_is_not_sent_again(web):
    tag = web.get("/plain").headers["ETag"]
    assert web.get("/plain", headers={"If-None-Match": tag}).status_code == 304


def test_a_page_that_is_not_there_and_a_wrong_value_are_said_in_words(web):
    missing = web.get("/plain/work-items/6?lang=zh-Hant")
    assert missing.status_code == 404
    assert "找不到" in missing.text
    wrong = web.get("/plain?as_of=soon")
    assert wrong.status_code == 400
    assert "as_of: a day such as 2025-05-15" in wrong.text
    assert web.get(f"/plain?{'a=1&' * 100}").status_code == 200


def test_parameters_of_other_pages_change_nothing(web):
    plain = web.get("/plain/work-items/1").headers["ETag"]
    assert web.get("/plain/work-items/1?places=shenzhen&per=capita&theme=dark").headers["ETag"] == plain


def test_news_in_the_warehouse_makes_a_new_page(opening_desk, tmp_path):
    warehouse = open_warehouse(f"sqlite:///{tmp_path / 'news.db'}")
    warehouse.migrate()
    metrics = replace(opening_desk.metrics, warehouse=warehouse)
    web = client(replace(opening_desk, metrics=metrics, stamp=warehouse.stamp))
    before = web.get("/plain/work-items/1").text
    warehouse.append(WORDS, run_id="a")
    assert web.get("/plain/work-items/1").text != before
    warehouse.close()
