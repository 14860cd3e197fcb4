"""What the command does."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from types import SimpleNamespace

import pytest

from dashboards.exports import commands
from dashboards.exports.commands import Asked, UsageError, exported, written
from dashboards.exports.formats import Format, NotMadeError

KEPT = ("iam_smart_users", "resident_population")


def desks(desk, kept=KEPT) -> SimpleNamespace:
    by_id = {one: desk.catalogue.by_id[one] for one in kept}
    catalogue = replace(desk.catalogue, by_id=by_id)
    metrics = replace(desk.metrics, catalogue=catalogue)
    return SimpleNamespace(public=replace(desk, catalogue=catalogue, metrics=metrics))


def test_the_catalogue_is_a_zip_that_took_its_place_at_once(opening_desk, tmp_path) -> None:
    asked = Asked(what="catalogue", form="", out=tmp_path, query={"lang": ["zh-Hans"]})
    said = exported(asked, desks(opening_desk), tmp_path, "https://gba.example")
    (made,) = tmp_path.glob("*.zip")
    assert str(made) in said
    assert made.name == "大湾区智慧城市群监测平台 数据包 2026-11-21.zip"
    assert "figures/work-item-1/iam_smart_users.csv" in zipfile.ZipFile(made).namelist()


def test_a_file_takes_its_place_only_when_it_is_whole(tmp_path) -> None:
    place = tmp_path / "a"
    with pytest.raises(TypeError), written(place) as out:
        out.writelines([b"half", None])
    assert list(tmp_path.iterdir()) == []
    with written(place) as out:
        out.write(b"whole")
    assert place.read_bytes() == b"whole"


@pytest.mark.parametrize("away", [True, False])
def test_a_form_that_cannot_be_made_says_why(opening_desk, tmp_path, monkeypatch, away) -> None:
    def unmade(_telling) -> bytes:
        raise NotMadeError("ui.not_found")

    form = Format(id="odd", name="O", media_type="x/y", extension="odd", write=unmade,
                  available=lambda: "ui.not_found" if away else None)  # fmt: skip
    monkeypatch.setattr(commands, "forms", lambda _drawing: (form,))
    asked = Asked(what="iam_smart_users", form="odd", out=tmp_path / "x.odd", query={"lang": ["en"]})
    with pytest.raises(RuntimeError, match="Page not found"):
        exported(asked, desks(opening_desk), tmp_path, "")
    assert not (tmp_path / "x.odd").exists()


def test_an_indicator_of_another_audience_is_not_there(opening_desk, tmp_path) -> None:
    closed = desks(opening_desk, tuple(opening_desk.catalogue.by_id))
    one = replace(closed.public.catalogue.by_id["iam_smart_users"], audience="group")
    closed.public.catalogue.by_id["iam_smart_users"] = one
    asked = Asked(what="iam_smart_users", form="csv", out=tmp_path, query={})
    with pytest.raises(
        UsageError, match="there is no panel, indicator or catalogue called 'iam_smart_users'"
    ):
        exported(asked, closed, tmp_path, "")
