"""Composing a briefing: one form, its state in the address, saved only by who is signed in."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Response

from dashboards.briefings.token import unpacked
from dashboards.briefings.values import FILES
from dashboards.exports.telling import tell
from dashboards.i18n import LANGUAGES
from tests.opened import NOW

HOME = "/briefings/compose"
PANEL = "/services#iam-smart-users"


def state(answer) -> str:
    """Return the briefing that a page or a redirect holds."""
    if answer.status_code == 303:
        return parse_qs(urlsplit(answer.location).query)["b"][0]
    found = re.search(r'name="b" value="([^"]+)"', answer.text)
    assert found is not None
    return found[1]


def ids(answer) -> list[str]:
    return [one.panel_id for one in unpacked(state(answer), clock=NOW).panels]


def begun(browser, *panels: str) -> str:
    answer = browser.get(
        HOME, query_string={"lang": "en", "add": list(panels or (PANEL, "#late", "#changed"))}
    )
    browser.get(answer.location)
    return state(answer)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_speaks_the_readers_language(room, lang):
    answer = room.browser().get(f"{HOME}?from=next&lang={lang}")
    assert answer.status_code == 200
    words = room.desks.public.words[lang]
    assert f'<html lang="{words.html_lang}"' in answer.text
    said = unescape(answer.text)
    for key in ("briefing.up", "briefing.panels", "briefing.sign_in_first", "work_item.4"):
        assert words.t(key) in said


def test_what_a_menu_adds_is_in_the_address_and_a_reload_adds_it_once(room):
    browser = room.browser()
    answer = browser.get(HOME, query_string={"add": [PANEL, PANEL, "#late"]})
    assert answer.status_code == 303
    assert ids(answer) == ["iam-smart-users", "late"]
    again = browser.get(answer.location)
    assert again.status_code == 200
    assert ids(again) == ["iam-smart-users", "late"]


def test_buttons_order_and_remove_and_keep_the_focus_where_it_was(room):
    browser = room.browser("alice")
    first = begun(browser)
    moved = browser.post(HOME, {"b": first, "do": "down:0"})
    assert ids(moved) == ["late", "iam-smart-users", "changed"]
    page = browser.get(moved.location)
    focused = re.findall(r'value="([a-z]+:\d)"[^>]*autofocus', page.text)
    assert focused == ["down:1"]
    gone = browser.post(HOME, {"b": state(moved), "do": "remove:0"})
    assert ids(gone) == ["iam-smart-users", "changed"]


def test_the_ends_of_the_list_cannot_be_moved_beyond(room):
    page = room.browser().get(room.browser().get(HOME, query_string={"add": [PANEL, "#late"]}).location).text
    assert re.search(r'value="up:0"[^>]* disabled', page)
    assert re.search(r'value="down:1"[^>]* disabled', page)
    assert not re.search(r'value="down:0"[^>]* disabled', page)


def test_fields_are_kept_whichever_button_is_pressed(room):
    browser = room.browser("alice")
    form = {"b": begun(browser), "do": "down:0", "name-zh-Hant": "第三次會議", "note-0-en": "Say hello"}
    mine = unpacked(state(browser.post(HOME, form)), clock=NOW)
    assert mine.names == {"zh-Hant": "第三次會議"}
    assert [dict(one.note) for one in mine.panels] == [{}, {"en": "Say hello"}, {}]


def test_who_is_signed_in_saves_changes_copies_and_deletes(room):
    browser = room.browser("alice")
    answer = browser.post(HOME, {"b": begun(browser), "do": "save", "name-en": "Mine", "audience": "group"})
    assert answer.status_code == 303
    saved = parse_qs(urlsplit(answer.location).query)["from"][0]
    page = browser.get(answer.location)
    assert "Saved." in page.text
    assert ">Save as another</button>" in page.text
    assert "built-in method" not in page.text
    assert unpacked(state(page), clock=NOW).version == 1
    assert browser.get(f"/present/{saved}").status_code == 200
    assert room.browser().get(f"/present/{saved}").status_code == 404  # it is for the group

    second = browser.post(HOME, {"b": state(page), "do": "save", "name-en": "Renamed"})
    assert parse_qs(urlsplit(second.location).query)["from"][0] == saved
    stale = browser.post(HOME, {"b": state(page), "do": "save"})
    assert stale.status_code == 409
    assert "Somebody else has saved" in stale.text

    page = browser.get(second.location)
    copied = browser.post(HOME, {"b": state(page), "do": "copy"})
    assert parse_qs(urlsplit(copied.location).query)["from"][0] != saved
    deleted = browser.post(HOME, {"b": state(page), "do": "delete"})
    assert urlsplit(deleted.location).path == "/briefings"
    assert browser.get(f"/present/{saved}").status_code == 404
    assert [deed for deed in room.door.register.people.audit_lines(50) if deed.action == "briefing_deleted"]


def test_saving_over_somebody_elses_makes_ones_own_and_deleting_it_is_refused(room):
    alice, bob = room.browser("alice"), room.browser("bob")
    saved = alice.post(HOME, {"b": begun(alice), "do": "save"})
    page = bob.get(saved.location)
    assert 'value="delete"' not in page.text
    assert bob.post(HOME, {"b": state(page), "do": "delete"}).status_code == 403
    mine = bob.post(HOME, {"b": state(page), "do": "save"})
    assert parse_qs(urlsplit(mine.location).query)["from"] != parse_qs(urlsplit(saved.location).query)["from"]


def test_a_visitor_is_told_plainly_that_nothing_is_saved(room, room_of):
    visitor = room.browser()
    assert visitor.post(HOME, {"b": begun(visitor), "do": "save"}).status_code == 403
    page = room_of(mode="open", secret_key="").browser().get(f"{HOME}?from=egscc_2&lang=en").text
    assert "There is no sign-in here" in page
    assert 'value="save"' not in page


def test_in_open_mode_a_briefing_is_composed_and_presented_from_its_address_alone(room_of):
    browser = room_of(mode="open", secret_key="").browser()
    moved = browser.post(HOME, {"b": begun(browser), "do": "up:1"})
    assert ids(moved)[0] == "late"
    shown = browser.post(HOME, {"b": state(moved), "do": "present"})
    assert urlsplit(shown.location).path == "/present/own"
    assert browser.get(shown.location).status_code == 200


def test_a_form_of_another_site_is_refused(room):
    browser = room.browser("alice")
    token = begun(browser)
    browser.token = "0" * 64
    assert browser.post(HOME, {"b": token, "do": "save"}).status_code == 403


@pytest.mark.parametrize(
    "query",
    ["b=garbage", "from=nothing", "add=nothing", "add=https%3A%2F%2Fevil.example%2F%23x", "b=eJwDAAAAAAE"],
)
def test_a_hostile_address_gets_a_calm_page(room, query):
    answer = room.browser().get(f"{HOME}?{query}")
    assert answer.status_code in {400, 404}
    assert "evil" not in answer.text


@pytest.mark.parametrize("do", ["up:x", "up:", "down:99999999", "remove:-1", "nonsense", "", "up:²"])
def test_a_button_there_is_not_changes_nothing(room, do):
    browser = room.browser("alice")
    token = begun(browser)
    answer = browser.post(HOME, {"b": token, "do": do})
    assert answer.status_code in {200, 303, 400}
    if answer.status_code == 303:
        assert sorted(ids(answer)) == ["changed", "iam-smart-users", "late"]


def test_a_briefing_too_long_for_an_address_says_so_and_can_be_saved(room):
    browser = room.browser("alice")
    many = [f"#work-item-{n}" for n in range(1, 6)] + ["#late", "#changed", PANEL]
    form = {"b": begun(browser, *many), "do": "apply"}
    noise = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(600))
    form |= {
        f"note-{place}-{lang}": noise[place:] + noise[:place] for place in range(8) for lang in LANGUAGES[:2]
    }
    form["note-0-en"] = "".join(chr(0x4E00 + (n * 104729) % 20000) for n in range(600))
    form["note-1-en"] = "".join(chr(0x4E00 + (n * 15485863) % 20000) for n in range(600))
    page = browser.post(HOME, form)
    assert page.status_code == 200
    assert "too long for an address" in page.text
    assert browser.post(HOME, {"b": state(page), "do": "save"}).status_code == 303


def test_what_people_write_is_never_markup(room):
    browser = room.browser("alice")
    form = {"b": begun(browser), "do": "apply", "name-en": "<img src=x>", "note-0-en": "</textarea><script>"}
    page = browser.get(browser.post(HOME, form).location).text
    assert "<img src=x>" not in page
    assert "</textarea><script>" not in page
    assert "&lt;img src=x&gt;" in page


def test_the_audience_offered_is_never_looser_than_the_panels_and_never_beyond_the_readers(room, monkeypatch):
    monkeypatch.setattr("dashboards.briefings.offers.tell", _told_for("group"))
    browser = room.browser("alice", "steward")
    page = browser.get(f"{HOME}?b={begun(browser)}&lang=en").text
    offered = re.search(r'<select id="audience".*?</select>', page, re.DOTALL)
    assert offered is not None
    assert re.findall(r'value="(\w+)"', offered[0]) == ["group", "officials"]
    assert "open to no wider audience than: Members of the Expert Group." in page
    saved = browser.post(HOME, {"b": begun(browser), "do": "save", "audience": "public"})
    kept = browser.get(saved.location)
    assert unpacked(state(kept), clock=NOW).audience == "group"


def _told_for(audience: str):
    return lambda *arguments, **more: replace(tell(*arguments, **more), audience=audience)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_made_ready_is_composed_further_in_the_language_of_the_page(room, lang):
    answer = room.browser().get(f"{HOME}?from=next&lang={lang}")
    assert unpacked(state(answer), clock=NOW).languages == (lang,)
    label = room.desks.public.words[lang].t("briefing.language")
    assert f'<label for="compose-language">{label}</label>' in answer.text


@pytest.mark.parametrize("form", sorted(FILES))
def test_what_stands_on_the_page_is_taken_away_from_it(room, form):
    taken = []

    def take(wants, form) -> Response:
        taken.append((wants, form))
        return Response("begun")

    room.table.take = take
    browser = room.browser("alice")
    page = browser.get(f"{HOME}?from=next&lang=zh-Hans")
    assert f'value="take:{form}"' in page.text
    fields = {
        "b": state(page),
        "do": f"take:{form}",
        "second": "en",
        "language": "zh-Hans",
        "note-0-en": "Hello",
    }
    assert browser.post(HOME, fields).text == "begun"
    ((wants, asked),) = taken
    assert (asked, wants.lang, wants.second) == (form, "zh-Hans", "en")
    assert wants.briefing.panels[0].note == {"en": "Hello"}
    assert unpacked(wants.token, clock=NOW).languages == ("zh-Hans", "en")
    assert browser.post(HOME, fields | {"do": "take:exe"}).status_code == 400
