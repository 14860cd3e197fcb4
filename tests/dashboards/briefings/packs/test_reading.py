"""Packs read back: what is none of ours is refused in a sentence."""

from __future__ import annotations

import pytest

from dashboards.briefings.packs.reading import NotAPackError, is_pack, read, squeezed


def test_each_form_is_known_by_how_it_begins(meeting_forms, tmp_path):
    for name, body in meeting_forms.items():
        place = tmp_path / "pack"
        place.write_bytes(body)
        assert is_pack(place)
        assert read(body).form == name
    place.write_bytes(b"PK\x03\x04 no archive")
    assert not is_pack(place)


@pytest.mark.parametrize(
    "body", [b"", b"hello", b"%PDF-1.7 nothing", b"PK\x03\x04 nothing", b"<!doctype html><p>nothing"]
)
def test_what_is_no_pack_is_refused(body):
    with pytest.raises(NotAPackError):
        read(body)


def test_a_reader_sees_the_values_of_charts_and_words_of_slides(panel_forms):
    shown = read(panel_forms["pptx"]).shown
    assert any(text.replace(".", "").isdigit() and float(text) > 1000 for text in shown[2])
    assert squeezed(" a\n b ") == "ab"
