"""Sign-in on the web application: forms from our own pages only, not too many requests, faults told at the start."""

from __future__ import annotations

import pytest

from dashboards.sign_in.attachment import register_of
from dashboards.sign_in.settings import AuthSettings
from tests.dashboards.sign_in.conftest import BY, OTHER, PASSWORD, WORDS, text

CHANGE = {"do": "role", "person": "alice", "role": "admin"}


@pytest.fixture
def root(house):
    browser = house.browser()
    browser.sign_in("root")
    browser.get("/admin")
    return browser


def test_faulty_settings_are_refused_all_at_once(house_of):
    with pytest.raises(ValueError, match="GBA_SECRET_KEY") as fault:
        house_of(secret_key="", public_url="x")
    assert "GBA_PUBLIC_URL" in str(fault.value)


@pytest.mark.parametrize("token", ["", "x", "0" * 64, "\x00", "é"])
def test_a_form_without_its_token_changes_nothing(house, root, token):
    answer = root.post("/admin", CHANGE | {"form_token": token})
    assert answer.status_code == 403
    assert WORDS["en"].t("sign_in.fault_form") in text(answer)
    assert house.register.people.person("alice").role == "member"


@pytest.mark.parametrize(
    "path", ["/sign-in", "/sign-in/password", "/sign-out", "/admin", "/", "/work-items/1"]
)
def test_no_address_takes_a_form_without_token(root, path):
    assert root.client.post(path, data={"a": "b"}).status_code == 403


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"])
def test_every_kind_of_body_that_another_site_can_send_needs_the_token(house, root, kind):
    answer = root.client.post("/admin", data=b"do=role&person=alice&role=admin", content_type=kind)
    assert answer.status_code == 403
    assert house.register.people.person("alice").role == "member"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://localhost.evil.example"},
    ],
)
def test_even_with_the_token_a_form_from_another_site_changes_nothing(house, root, headers):
    assert root.post("/admin", CHANGE, headers=headers).status_code == 403
    assert house.register.people.person("alice").role == "member"


def test_our_own_form_is_taken(house, root):
    answer = root.post(
        "/admin", CHANGE, headers={"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status_code == 303
    assert house.register.people.person("alice").role == "admin"


def test_a_script_of_ours_may_send_the_token_as_a_header(house, root):
    token = root.viewer()["token"]
    answer = root.client.post("/admin", data=CHANGE, headers={"X-Form-Token": token})
    assert answer.status_code == 303


def test_a_token_of_another_browser_or_person_or_session_does_not_fit(house, root):
    alice = house.browser()
    alice.sign_in()
    alice.get("/sign-in")
    assert root.post("/admin", CHANGE | {"form_token": alice.token}).status_code == 403
    before = root.token
    root.sign_in("root")
    root.get("/sign-in")
    root.get("/sign-out")
    root.post("/sign-out")
    root.sign_in("root")
    assert root.post("/admin", CHANGE | {"form_token": before}).status_code == 403


def test_another_site_cannot_sign_somebody_in_as_somebody_else(house):
    attacker, victim = house.browser(), house.browser()
    attacker.get("/sign-in")
    form = {"form_token": attacker.token, "name": "alice", "password": PASSWORD}
    assert victim.client.post("/sign-in", data=form).status_code == 403
    assert not victim.viewer()["signed_in"]


def test_where_a_proxy_signs_people_in_forms_need_the_token_too(house_of):
    house = house_of(mode="proxy", trusted_proxies=("10.0.0.9",))
    register_of(house.warehouse, AuthSettings()).vouched("root", "", BY)
    house.register.give_role("root", "admin", BY)
    browser, named = house.browser("10.0.0.9"), {"X-Remote-User": "root"}
    form = {"do": "add", "person": "carol", "role": "member"}
    assert browser.post("/admin", form, headers=named).status_code == 403
    browser.get("/admin", headers=named)
    assert browser.post("/admin", form, headers=named).status_code == 303
    other = {"X-Remote-User": "carol"}
    assert browser.post("/admin", form, headers=other).status_code == 403


@pytest.mark.parametrize(
    "onward",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/%2Fevil.example", "\\\\evil.example"],
)
def test_signing_in_leads_to_no_other_site(house, onward):
    answer = house.browser().sign_in(path=f"/sign-in?next={onward}")
    assert answer.location == "/?lang=en"
    page = house.browser().get(f"/sign-in?next={onward}")
    assert "evil" not in page.text


def test_forms_above_the_limit_are_refused_before_they_are_read(house, root):
    assert root.post("/admin", {"name": "x" * 300_000}).status_code == 413


def test_too_many_sign_ins_from_one_address_wait_and_another_address_does_not(house):
    browser = house.browser()
    statuses = [browser.post("/sign-in", {"name": "x"}).status_code for _ in range(30)]
    assert statuses[-1] == 429
    assert browser.get("/sign-in").status_code == 200
    assert house.browser("198.51.100.1").sign_in().status_code == 303
    house.later(minutes=2)
    assert browser.sign_in().status_code == 303


def test_too_many_exports_of_one_person_wait_wherever_they_come_from(house):
    browser = house.browser()
    browser.sign_in()
    statuses = []
    for n in range(50):
        browser.address = f"198.51.100.{n}"
        answer = browser.get("/api/v1/panels/map?format=pdf")
        statuses.append(answer.status_code)
    assert statuses.count(429) == 10
    assert int(answer.headers["Retry-After"]) >= 1
    other = house.browser()
    assert other.get("/api/v1/panels/map?format=pdf").status_code == 404


def test_pages_and_files_are_asked_for_as_often_as_one_likes(house):
    browser = house.browser()
    assert {browser.get("/livez").status_code for _ in range(200)} == {200}


@pytest.mark.parametrize(
    "path", ["/sign-in", "/sign-in/start", "/sign-in/done", "/sign-out", "/admin", "/_viewer"]
)
def test_nothing_in_the_address_is_repeated_as_markup(house, path):
    answer = house.browser().get(
        f'{path}?lang="><script>alert(1)</script>&next=/"><script>alert(1)</script>&done=<b>'
    )
    assert answer.status_code < 500
    assert "<script>alert" not in answer.text
    assert "<b>" not in answer.text


def test_somebodys_name_is_text_on_every_page(house, root):
    house.register.vouched('x"onmouseover=alert(1)', "<img src=x onerror=alert(1)>", BY)
    page = root.get("/admin").text
    assert "<img" not in page
    assert 'x"on' not in page


def test_the_audit_is_whole_after_a_day_of_all_this(house, root):
    house.browser().sign_in(password=OTHER)
    root.post("/admin", CHANGE)
    root.get("/sign-out")
    root.post("/sign-out")
    assert house.warehouse.verify_audit() == []
    assert house.deeds()[-3:] == ["sign_in_failed", "role_changed", "signed_out"]


def test_the_same_page_shows_each_their_own_figures_whoever_asked_before(house):
    """One cache answers all: what officials were shown must not reach a visitor, nor the other way round."""
    people = {
        "viewer": "public",
        "member": "group",
        "steward": "officials",
        "admin": "officials",
        None: "public",
    }
    browsers = {}
    for role in people:
        browsers[role] = house.browser()
        if role is not None:
            house.add(f"a-{role}", role)
            browsers[role].sign_in(f"a-{role}")
    for role in [*people, *reversed(people), *people]:
        answer = browsers[role].get("/_page?path=/whose")
        shown = {
            audience for audience in ("public", "group", "officials") if f"for {audience}" in answer.text
        }
        assert shown == {people[role]}
        assert ("private" in answer.headers["Cache-Control"]) is (role is not None)


def test_a_session_that_has_ended_shows_what_is_public_even_to_an_answer_kept(house):
    browser = house.browser()
    browser.sign_in()
    kept = browser.get("/_page?path=/whose")
    house.register.disable("alice", BY)
    answer = browser.get("/_page?path=/whose", headers={"If-None-Match": kept.headers["ETag"]})
    assert answer.status_code == 200
    assert "figures for public" in answer.text


def test_every_page_leads_to_signing_in_where_people_can(house, house_of):
    def top(made) -> str:
        return str(made.browser().get("/_page?path=/").json["top"])

    assert "/sign-in?lang=en&amp;next=" in top(house)
    assert "/sign-in" not in top(house_of(mode="open", secret_key=""))
