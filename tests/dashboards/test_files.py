"""Static files: named by their content, compressed once, answered with 304 when the browser has them."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest
from flask import Flask, request

from dashboards.files import (
    FOREVER,
    PAGES,
    File,
    content_type,
    file_of,
    fingerprint,
    lasting,
    load_assets,
    response,
)

LONG = b"body { color: red } " * 200


def answer(file: File, headers: dict[str, str] | None = None, status: int = 200):
    with Flask("files").test_request_context("/", headers=headers or {}):
        return response(file, request, FOREVER, status)


def test_a_name_tells_the_content() -> None:
    assert fingerprint(b"a") != fingerprint(b"b")
    assert file_of(b"a", "text/css").etag == fingerprint(b"a")


def test_long_files_are_compressed_and_short_ones_are_not() -> None:
    assert gzip.decompress(file_of(LONG, "text/css").zipped) == LONG
    assert file_of(b"short", "text/css").zipped is None


def test_compression_is_the_readers_choice() -> None:
    file = file_of(LONG, "text/css")
    assert answer(file).get_data() == LONG
    zipped = answer(file, {"Accept-Encoding": "gzip, br"})
    assert gzip.decompress(zipped.get_data()) == LONG
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert zipped.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accepted", ["br", "gzip, deflate, br, zstd", "gzip;q=0.8, br;q=1.0", "br ;q=0.01"])
def test_what_lasts_comes_in_the_shortest_form_that_is_taken(accepted: str) -> None:
    file = lasting(LONG, "text/css")
    short = answer(file, {"Accept-Encoding": accepted})
    assert short.headers["Content-Encoding"] == "br"
    assert brotli.decompress(short.get_data()) == LONG
    assert short.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accepted", ["gzip", "gzip, br;q=0", "gzip, br; q=0.0", "gzip, brr", "gzip, xbr"])
def test_a_form_that_is_refused_or_not_named_is_not_sent(accepted: str) -> None:
    found = answer(lasting(LONG, "text/css"), {"Accept-Encoding": accepted})
    assert found.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(found.get_data()) == LONG


def test_short_files_last_as_they_are() -> None:
    assert lasting(b"short", "text/css") == file_of(b"short", "text/css")


def test_what_the_browser_has_is_not_sent_again() -> None:
    file = file_of(LONG, "text/css")
    first = answer(file)
    again = answer(file, {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert answer(file, {"If-None-Match": 'W/"other"'}).status_code == 200


def test_a_page_that_says_what_is_wrong_is_never_unchanged() -> None:
    file = file_of(LONG, "text/html")
    assert answer(file, {"If-None-Match": f'W/"{file.etag}"'}, status=404).status_code == 404


def test_assets_are_served_by_their_content(tmp_path: Path) -> None:
    (tmp_path / "page.js").write_bytes(b"one")
    (tmp_path / "notes.txt").write_bytes(b"not served")
    (tmp_path / "build").mkdir()
    first = load_assets(tmp_path)
    assert set(first.addresses) == {"page.js"}
    assert first.served[first.addresses["page.js"]].body == b"one"
    (tmp_path / "page.js").write_bytes(b"two")
    assert load_assets(tmp_path).addresses["page.js"] != first.addresses["page.js"]


def test_style_sheets_become_one_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "20-b.css").write_bytes(b"b")
    (tmp_path / "10-a.css").write_bytes(b"a")
    assets = load_assets(tmp_path)
    assert assets.served[assets.addresses["style.css"]].body == b"a\nb"


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_assets(tmp_path / "nowhere")


def test_types_are_told_by_name() -> None:
    assert content_type("a.js") == "text/javascript; charset=utf-8"
    assert content_type("a.png") == "image/png"
    assert content_type("a.unknown") == "application/octet-stream"


def test_the_scripts_of_every_page_are_one_file_in_their_order(tmp_path) -> None:
    for number, name in enumerate(PAGES):
        (tmp_path / name).write_text(f"({number})", encoding="utf-8")
    assets = load_assets(tmp_path)
    body = assets.served[assets.addresses["pages.js"]].body.decode()
    assert [int(part.strip("()\n")) for part in body.split(";")] == list(range(len(PAGES)))
