"""The catalogue as linked data."""

from __future__ import annotations

from dashboards.api.catalogue import MEDIA, PERIODS, catalogue


def test_every_indicator_with_figures_is_a_data_set_in_every_form(opening_desk):
    said = catalogue(opening_desk, "https://gba.example.org")
    sets = {one["dct:identifier"]: one for one in said["dcat:dataset"]}
    assert "fiveg_base_stations" in sets
    assert len(sets) > 250
    one = sets["fiveg_base_stations"]
    assert {text["@language"] for text in one["dct:title"]} == {"en-HK", "zh-Hant-HK", "zh-Hans-CN"}
    assert len(one["dcat:distribution"]) == len(MEDIA)
    assert all(
        d["dcat:accessURL"]["@id"].startswith("https://gba.example.org/api/v1/")
        for d in one["dcat:distribution"]
    )


def test_every_frequency_of_the_catalogue_has_its_word(opening_desk):
    assert {one.frequency for one in opening_desk.catalogue} <= set(PERIODS)
