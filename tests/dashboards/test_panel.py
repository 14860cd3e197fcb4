"""Pages and panels: stated by modules, gathered in order, disagreements told."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from dashboards.desk import Filters
from dashboards.panel import Page, Panel, View, discover, options_of, panels_of, said
from dashboards.style import Style
from metrics.asof import day_as_of
from tests.dashboards.demo import HOME, OTHER, demo_desk, frame_of

PAGE = """
from dashboards.panel import Page
PAGE = Page(id={id!r}, path={path!r}, order={order}, title="ui.overview", panels=())
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def make(**modules: str) -> ModuleType:
        folder = tmp_path / "stated_pages"
        folder.mkdir()
        (folder / "__init__.py").touch()
        for name, text in modules.items():
            (folder / f"{name}.py").write_text(text)
        monkeypatch.syspath_prepend(str(tmp_path))
        for name in [name for name in sys.modules if name.startswith("stated_pages")]:
            monkeypatch.delitem(sys.modules, name)
        return __import__("stated_pages")

    return make


def view() -> View:
    words = demo_desk().words["zh-Hant"]
    filters = Filters(
        lang="zh-Hant",
        as_of=day_as_of(date(2025, 5, 15)),
        places=("macao",),
        per="km2",
        options=(("year", "2024"),),
    )
    return View(words=words, style=Style(words=words), filters=filters, today=date(2026, 11, 21))


def test_pages_are_found_and_put_in_order(package) -> None:
    found = discover(
        package(b=PAGE.format(id="b", path="/b", order=1), a=PAGE.format(id="a", path="/a", order=2))
    )
    assert [page.id for page in found] == ["b", "a"]


def test_a_module_without_a_page_and_a_path_stated_twice_are_told_together(package) -> None:
    same = {"a": PAGE.format(id="a", path="/x", order=1), "b": PAGE.format(id="b", path="/x", order=1)}
    with pytest.raises(
        ValueError, match=r"stated_pages\.c: states no PAGE; path '/x': stated by more than one"
    ):
        discover(package(**same, c="VALUE = 1"))


def test_a_link_keeps_language_and_as_of_and_drops_the_rest() -> None:
    assert view().href("/services") == "/services?lang=zh-Hant&as_of=2025-05-15"
    assert (
        view().href("/services", places=("shenzhen",))
        == "/services?lang=zh-Hant&as_of=2025-05-15&places=shenzhen"
    )


def test_a_link_to_the_same_page_keeps_everything() -> None:
    expected = "/x?lang=zh-Hant&as_of=2025-05-15&places=macao&per=km2&year=2024"
    assert view().here("/x") == expected
    assert view().here("/x", per="", options=()) == "/x?lang=zh-Hant&as_of=2025-05-15&places=macao"


def test_a_title_is_a_key_or_is_computed() -> None:
    assert said("ui.overview", view()) == "概覽"
    assert said(lambda v: v.filters.per, view()) == "km2"
    assert said("", view()) == ""


def test_panels_and_options_may_depend_on_the_desk() -> None:
    desk = demo_desk()
    one = Panel(id="one", title="ui.overview", query=frame_of(1.0))
    page = Page(
        id="p",
        path="/p",
        order=1,
        title="ui.overview",
        panels=lambda _desk, filters: (one,) * len(filters.places),
        options={"place": lambda desk: [city.id for city in desk.atlas.cities], "kind": ("a", "b")},
    )
    assert panels_of(page, desk, Filters(places=("macao", "shenzhen"))) == (one, one)
    assert panels_of(HOME, desk, Filters()) == HOME.panels
    assert options_of(page, desk)["place"][0] == "hong_kong"
    assert options_of(OTHER, desk) == {"year": ("2023", "2024")}


def test_a_page_may_read_its_options_with_what_the_desk_knows() -> None:
    def reader(desk: object):
        def read(text: str) -> str:
            if text not in desk.atlas:
                raise ValueError(text)
            return text

        return read

    page = Page(id="x", path="/x", order=1, title="ui.overview", panels=(), options={"at": reader})
    read = options_of(page, demo_desk())["at"]
    assert read("macao") == "macao"
    with pytest.raises(ValueError, match="nowhere"):
        read("nowhere")
