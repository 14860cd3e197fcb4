"""A signed-in person names a view, opens it, renames it, shares it with the group, and deletes it."""

from __future__ import annotations

import pytest

from dashboards.i18n import LANGUAGES

QUERY = "indicators=fiveg_base_stations&group=cities&per=capita"


def signed_in(house, person: str = "ada"):
    browser = house.browser()
    browser.sign_in(person)
    browser.get("/saved-views?lang=en&view=")
    return browser


def saved(browser, name: str = "Stations", query: str = QUERY, **more):
    return browser.post("/saved-views?lang=en", {"name": name, "view": query, **more})


def test_a_view_is_named_kept_and_opened(house, book) -> None:
    browser = signed_in(house)
    asking = browser.get(f"/saved-views?lang=en&view={QUERY.replace('&', '%26')}")
    assert asking.status_code == 200
    assert "The 11 cities" in asking.text
    assert "per capita" in asking.text
    assert saved(browser).status_code == 303
    (view,) = book.mine("ada")
    assert (view.name, view.shared) == ("Stations", False)
    page = browser.get("/saved-views?lang=zh-Hans&done=saved").text
    assert f'href="/explore?{view.query.replace("&", "&amp;")}&amp;lang=zh-Hans"' in page
    assert "Stations" in page


def test_a_view_is_kept_in_its_one_spelling_without_language_and_search(house, book) -> None:
    saved(signed_in(house), query="group=cities&q=5g&lang=zh-Hant&indicators=fiveg_base_stations&nonsense=1")
    assert book.mine("ada")[0].query == "indicators=fiveg_base_stations&group=cities"


@pytest.mark.parametrize(
    "query", ["indicators=nobody", "chart=pie", "q=" + "x" * 2000, "places=%3Cscript%3E"]
)
def test_what_is_no_view_is_not_kept(house, book, query: str) -> None:
    browser = signed_in(house)
    answer = saved(browser, query=query)
    assert answer.status_code == 400
    assert book.mine("ada") == []
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_name_is_needed(house, book, name: str) -> None:
    assert saved(signed_in(house), name=name).status_code == 400
    assert book.mine("ada") == []


def test_a_name_is_text_and_nothing_else(house, book) -> None:
    browser = signed_in(house)
    saved(browser, name="<img src=x onerror=alert(1)>")
    page = browser.get("/saved-views?lang=en").text
    assert "<img" not in page
    assert "&lt;img" in page


def test_a_view_is_renamed_shared_and_deleted_by_its_person_alone(house, book) -> None:
    ada, bo, vi = signed_in(house), signed_in(house, "bo"), signed_in(house, "vi")
    saved(ada)
    view_id = book.mine("ada")[0].view_id
    assert "Stations" not in bo.get("/saved-views?lang=en").text
    shared = {"view_id": view_id, "name": "Base stations", "shared": "yes"}
    assert ada.post("/saved-views/change?lang=en", shared).status_code == 303
    assert "Base stations" in bo.get("/saved-views?lang=en").text
    assert "Base stations" not in vi.get("/saved-views?lang=en").text
    assert bo.post("/saved-views/change?lang=en", shared | {"name": "Mine"}).status_code == 404
    assert bo.post("/saved-views/delete?lang=en", {"view_id": view_id}).status_code == 404
    assert book.mine("ada")[0].name == "Base stations"
    assert ada.post("/saved-views/change?lang=en", {"view_id": view_id, "name": ""}).status_code == 303
    assert (book.mine("ada")[0].name, book.mine("ada")[0].shared) == ("Base stations", False)
    assert ada.post("/saved-views/delete?lang=en", {"view_id": view_id}).status_code == 303
    assert book.mine("ada") == []


def test_a_form_from_elsewhere_is_refused(house, book) -> None:
    browser = signed_in(house)
    browser.token = "0" * 64
    assert saved(browser).status_code == 403
    assert book.mine("ada") == []


def test_whoever_is_not_signed_in_is_asked_to_and_comes_back_to_the_view(house) -> None:
    answer = house.browser().get("/saved-views?lang=en&view=group%3Dcities")
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in?")
    assert "view%3Dgroup%253Dcities" in answer.location


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_in_the_readers_language_and_nobody_keeps_a_copy(house, lang: str) -> None:
    answer = signed_in(house).get(f"/saved-views?lang={lang}&view=")
    assert answer.headers["Cache-Control"] == "no-store"
    assert (
        f'lang="{ {"en": "en-HK", "zh-Hant": "zh-Hant-HK", "zh-Hans": "zh-Hans-CN"}[lang] }"' in answer.text
    )
    assert house.door.words[lang].t("views.opening_view") in answer.text
