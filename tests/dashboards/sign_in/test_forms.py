"""Forms come from our own pages, and nobody is sent to another site."""

from __future__ import annotations

import pytest

from dashboards.sign_in import forms

SECRET = "s" * 48


def test_a_token_fits_its_browser_person_and_product_only():
    mark = forms.new_mark()
    token = forms.token(SECRET, mark, "alice")
    assert forms.fits(token, SECRET, mark, "alice")
    assert not forms.fits(token, SECRET, mark, "bob")
    assert not forms.fits(token, SECRET, forms.new_mark(), "alice")
    assert not forms.fits(token, "t" * 48, mark, "alice")


@pytest.mark.parametrize("sent", ["", "x", "\ud800", "é" * 64, "0" * 64])
def test_a_garbled_token_does_not_fit(sent):
    assert not forms.fits(sent, SECRET, forms.new_mark(), "alice")


@pytest.mark.parametrize("mark", ["", "x", "A" * 42, "A" * 44, "A" * 42 + "\n"])
def test_without_a_cookie_of_ours_no_token_fits(mark):
    assert not forms.fits(forms.token(SECRET, mark, ""), SECRET, mark, "")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/work-items/3",
        "/explore?places=a%2Cb&lang=zh-Hant",
        "/x?next=https://evil.example",
        "/#x",
    ],
)
def test_our_own_paths_are_kept(path):
    assert forms.own_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/.//evil.example",
        "/..//evil.example",
        "/%2e//evil.example",
        "/admin/../..//evil.example",
        "/\\evil.example/",
        "\\\\evil.example",
        "/%2f/evil.example",
        "/%2fevil.example",
        "/%5Cevil.example",
        "/\tevil",
        "/\t/evil.example",
        "\t//evil.example",
        " //evil.example",
        "/\r\nSet-Cookie: a=b",
        "/%0d%0aSet-Cookie:a=b",
        "/%00",
        "javascript:alert(1)",
        "http:evil.example",
        "evil.example",
        "/sign-out",
        "/sign-in?next=/",
        "/" + "a" * 2000,
        "/a b",
        "/\x7f",
    ],
)
def test_everything_else_leads_to_the_overview(path):
    assert forms.own_path(path) == "/"
