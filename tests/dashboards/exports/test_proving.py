"""The proof of packs for commands that know no pages."""

from __future__ import annotations

from dashboards.exports.proving import Proving


def test_a_file_that_is_no_pack_is_left_to_others(tmp_path):
    place = tmp_path / "monday.backup"
    place.write_bytes(b"something else")
    assert Proving().prove([place]) is None
