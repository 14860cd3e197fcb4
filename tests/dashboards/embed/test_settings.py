"""Which pages may hold a panel."""

from __future__ import annotations

import pytest

from dashboards.embed.settings import EmbedFields, parents


def test_nobody_may_until_the_operator_says_who():
    assert parents(EmbedFields().embed_parents) == ()


def test_origins_are_separated_by_commas():
    text = " https://www.example.gov.hk/, http://127.0.0.1:8000 "
    assert parents(text) == ("https://www.example.gov.hk", "http://127.0.0.1:8000")


@pytest.mark.parametrize(
    "text",
    [
        "*",
        "https://*",
        "example.org",
        "https://a.org/path",
        "https://a.org; script-src *",
        "javascript:x",
        "https://a b",
    ],
)
def test_what_is_no_origin_is_refused_at_the_start(text):
    with pytest.raises(ValueError, match="expected origins"):
        EmbedFields(embed_parents=text)
