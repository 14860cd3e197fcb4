from __future__ import annotations

from dataclasses import replace

import pytest

from dashboards.desk import Filters
from dashboards.panels.about_site import ACCESS, PRIVACY, contact_panel, contact_said
from tests.dashboards.panels.drawn import NOW, text, view_of


@pytest.mark.parametrize(
    ("contact", "href"),
    [
        ("info@example.gov.hk", "mailto:info@example.gov.hk"),
        ("https://example.gov.hk/contact", "https://example.gov.hk/contact"),
    ],
)
def test_a_contact_that_is_an_address_is_a_link(opening_desk, contact, href):
    said = contact_said(contact, view_of(opening_desk, Filters(as_of=NOW)))
    assert said.children.href == href


def test_any_other_contact_stands_as_it_is_and_none_is_said(opening_desk):
    view = view_of(opening_desk, Filters(as_of=NOW))
    assert contact_said("javascript:alert(1)", view).children == "javascript:alert(1)"
    assert "has not set a contact" in text(contact_panel(opening_desk), opening_desk)
    set_up = replace(opening_desk, contact=" Room 1, 2 Harbour Road ")
    assert "Room 1, 2 Harbour Road" in text(contact_panel(set_up), set_up)


def test_access_leads_to_the_plain_pages_and_privacy_names_the_only_cookies(opening_desk):
    assert "plain pages" in text(ACCESS, opening_desk)
    assert "No cookies, except for people who sign in" in text(PRIVACY, opening_desk)
