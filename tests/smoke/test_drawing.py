"""Where the server cannot draw, the browser does: the same picture from the menu, and nothing asked of another host."""

from __future__ import annotations

from dataclasses import replace

import pytest
from defusedxml import ElementTree
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser

from dashboards.exports.attachment import attach
from dashboards.exports.drawing import Drawing, forms
from dashboards.exports.engine import Engine
from dashboards.exports.images import inlined
from dashboards.opened import Desks
from dashboards.pages import connectivity
from dashboards.server import FrontSettings, create_app
from tests.dashboards.exports.room import Door
from tests.smoke.browser import IN_BROWSER, visiting

pytestmark = IN_BROWSER


class _Unable(Engine):
    able = False


@pytest.fixture(scope="module")
def app(opening_desk) -> Flask:
    desks = Desks(replace(opening_desk, formats={}))
    desks.door = Door(words=opening_desk.words)
    server = create_app(desks, FrontSettings(pages=(connectivity.PAGE,)))
    attach(server, desks, forms(Drawing(desk=desks.public, engine=_Unable(), shapes=inlined(desks.public))))
    return server


@pytest.mark.parametrize("form", ["png", "svg"])
def test_the_browser_draws_what_the_server_cannot(browser: Browser, home: str, form: str, tmp_path) -> None:
    with visiting(browser, home, accept_downloads=True) as visit:
        visit.open("/connectivity?lang=zh-Hant")
        visit.page.click("#panel-fiveg-map .menu-button")
        with visit.page.expect_download() as kept:
            visit.page.click(f"#panel-fiveg-map button[data-form={form}]")
        file = tmp_path / kept.value.suggested_filename
        kept.value.save_as(file)
        assert visit.console == []
        assert visit.refused == []
    assert file.suffix == f".{form}"
    if form == "png":
        with Image.open(file) as image:
            assert image.width == 1680
    else:
        texts = {
            "".join(each.itertext())
            for each in ElementTree.parse(file).iter("{http://www.w3.org/2000/svg}text")
        }
        assert any("資料來源" in text for text in texts)
        assert "佛山" in texts
