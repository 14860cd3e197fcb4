"""The addresses of saved views, and who may reach them."""

from __future__ import annotations

from dashboards.saved_views.attachment import attach


def test_the_room_has_its_addresses(house) -> None:
    rules = {rule.rule for rule in house.app.url_map.iter_rules()}
    assert {"/saved-views", "/saved-views/change", "/saved-views/delete"} <= rules


def test_what_changes_something_is_no_link(house) -> None:
    browser = house.browser()
    browser.sign_in("ada")
    assert browser.get("/saved-views/change").status_code in {404, 405}
    assert browser.get("/saved-views/delete").status_code in {404, 405}


def test_in_open_mode_the_page_says_that_the_browser_keeps_views(house_of, opening_desk) -> None:
    house = house_of(mode="open")
    attach(house.app, lambda: opening_desk, house.door, house.warehouse)
    answer = house.browser().get("/saved-views?lang=en")
    assert answer.status_code == 403
    assert "kept in this browser alone" in answer.text
