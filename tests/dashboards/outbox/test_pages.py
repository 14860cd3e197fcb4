"""What each person wants to be told, and what became of every message: forms, rights, three languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboards.i18n import LANGUAGES
from dashboards.outbox.pages import attach
from dashboards.outbox.post import PostRoom
from dashboards.outbox.settings import OutboxFields
from metrics.warehouse.outbox import Message, Outbox, Subscription
from tests.dashboards.sign_in import conftest
from tests.dashboards.sign_in.conftest import NOW, SETTINGS, House

FORM = {"address": "a@example.org", "language": "zh-Hans", "digest": "daily", "item": ["3", "1"]}
MESSAGE = Message(
    message_id="m",
    kind="alert",
    recipient="operators",
    channel="webhook",
    address="",
    lang="en",
    subject="<script>alert(1)</script>",
    body="x",
    made_at=NOW,
)


@pytest.fixture(autouse=True)
def _named(monkeypatch, opening_desk):
    """Let the house have the product's own words, the names of the work items among them."""

    def desk(audience: str = "public", accounts: bool = False):
        return replace(opening_desk, audience=audience, accounts=accounts)

    monkeypatch.setattr(conftest, "demo_desk", desk)


@pytest.fixture
def house(sqlite_warehouse, tmp_path):
    (tmp_path / "assets").mkdir()
    made = House(sqlite_warehouse, SETTINGS, tmp_path / "assets")
    for name, role in (("mem", "member"), ("ste", "steward"), ("adm", "admin")):
        made.add(name, role)
    made.outbox = Outbox(sqlite_warehouse.engine)
    room = PostRoom(
        outbox=made.outbox,
        settings=OutboxFields(),
        desk_of=lambda _role: made.desk(),
        alerts=lambda _now: (),
        send=lambda _m: None,
    )
    attach(made.app, made.door, room)
    return made


def signed_in(house: House, name: str):
    browser = house.browser()
    assert browser.sign_in(name).status_code == 303
    return browser


@pytest.mark.parametrize("path", ["/subscriptions", "/admin/outbox"])
def test_strangers_are_asked_to_sign_in_first(house, path):
    answer = house.browser().get(path)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in?")


def test_a_member_says_what_they_want_and_it_is_kept_with_an_audit_entry(house):
    browser = signed_in(house, "mem")
    browser.get("/subscriptions")
    assert browser.post("/subscriptions", FORM).status_code == 303
    kept = Subscription(
        person_id="mem", address="a@example.org", lang="zh-Hans", items=(1, 3), digest="daily", alerts=False
    )
    assert house.outbox.subscription("mem") == kept
    said = browser.get("/subscriptions?done=kept").text
    assert 'value="a@example.org"' in said
    assert said.count(" checked") == 3
    assert house.warehouse.audit()["action"].iloc[0] == "subscription"


def test_members_cannot_ask_for_alerts_and_stewards_can(house):
    for name, alerts in (("mem", False), ("ste", True)):
        browser = signed_in(house, name)
        shown = browser.get("/subscriptions").text
        assert ('name="alerts"' in shown) is alerts
        browser.post("/subscriptions", FORM | {"alerts": "yes"})
        assert house.outbox.subscription(name).alerts is alerts


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "nobody"},
        {"address": ""},
        {"address": "a@b.org\r\nBcc: x@y.org"},
        {"digest": "hourly"},
        {"language": "fr"},
        {"item": "6"},
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(house, wrong):
    browser = signed_in(house, "mem")
    browser.get("/subscriptions")
    answer = browser.post("/subscriptions", FORM | wrong)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert house.outbox.subscription("mem") is None


def test_a_form_of_another_site_changes_nothing(house):
    browser = signed_in(house, "mem")
    browser.token = "0" * 64
    assert browser.post("/subscriptions", FORM).status_code == 403
    assert house.outbox.subscription("mem") is None


def test_administrators_see_what_became_of_every_message_and_others_do_not(house):
    house.outbox.put([MESSAGE, replace(MESSAGE, message_id="n", recipient="mem")])
    house.outbox.happened("m", "retry", NOW, "the webhook answered 503", NOW)
    answer = signed_in(house, "adm").get("/admin/outbox")
    assert "the webhook answered 503" in answer.text
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;" in answer.text
    assert signed_in(house, "ste").get("/admin/outbox").status_code == 403


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_pages_speak_the_readers_language(house, lang):
    browser, words = signed_in(house, "adm"), house.door.words[lang]
    assert words.t("outbox.subscriptions") in browser.get(f"/subscriptions?lang={lang}").text
    said = browser.get(f"/admin/outbox?lang={lang}").text
    assert words.t("outbox.off") in said
    assert words.t("outbox.nothing_posted") in said


def test_where_nobody_signs_in_nobody_is_told_anything(sqlite_warehouse, tmp_path):
    (tmp_path / "assets").mkdir()
    house = House(sqlite_warehouse, replace(SETTINGS, mode="open"), tmp_path / "assets")
    room = PostRoom(
        outbox=Outbox(sqlite_warehouse.engine),
        settings=OutboxFields(),
        desk_of=lambda _role: house.desk(),
        alerts=lambda _now: (),
        send=lambda _m: None,
    )
    attach(house.app, house.door, room)
    assert house.browser().get("/subscriptions").status_code == 403
