"""Names of files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.exports.names import disposition, file_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("5G基站數目", "5G基站數目 2025-05-15.csv"),
        ("../../etc/passwd", "etc passwd 2025-05-15.csv"),
        ("CON", "GBA CON 2025-05-15.csv"),
        ("a\r\nSet-Cookie: x", "a Set-Cookie x 2025-05-15.csv"),
        ("", "GBA 2025-05-15.csv"),
        ("  .hidden. ", "hidden 2025-05-15.csv"),
        ("per km² / 10,000", "per km² 10,000 2025-05-15.csv"),
    ],
)
def test_a_name_is_safe_on_every_machine(title, name) -> None:
    assert file_name(title, "2025-05-15", "csv") == name


@given(st.text(max_size=200))
def test_no_title_makes_a_path_or_a_header(title) -> None:
    name = file_name(title, "2025-05-15", "csv")
    assert not set(name) & set('/\\:*?"<>|\r\n\0')
    assert not name.startswith(".")
    assert len(name) <= 120
    said = disposition(name, title)
    assert said.isascii()
    assert "\r" not in said
    assert "\n" not in said
    assert said.count('"') == 2


def test_what_is_shown_is_not_kept() -> None:
    assert disposition("x 1.json", "x", inline=True).startswith("inline; ")
