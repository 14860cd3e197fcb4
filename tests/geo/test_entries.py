from __future__ import annotations

import shutil

import pytest

from geo.entries import AtlasError, read_entries
from geo.places import ATLAS


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(ATLAS, tmp_path / "atlas")


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults(folder):
    with pytest.raises(AtlasError) as caught:
        read_entries(folder)
    return caught.value.faults


def test_the_atlas_of_the_house_has_no_fault():
    tables = read_entries(ATLAS)
    assert {table: len(entries) for table, entries in tables.items()} == {
        "city": 11,
        "district": 70,
        "area": 7,
        "region": 2,
        "crossing": 45,
    }


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("cities.toml", 'id = "macao"', 'id = "Macao!"', "id must be snake_case, found 'Macao!'"),
        ("cities.toml", 'code = "MO"', 'code = "HK"', "HK: code stands 2 times"),
        ("cities.toml", 'name.zh-Hans = "澳门"\n', "", "macao: name lacks zh-Hans"),
        ("cities.toml", "tile = [2, 3]", "tile = [3, 2]", "tile (3, 2): holds 2 cities"),
        ("cities.toml", "seat = [113.5387, 22.1887]", "seat = [22.1887, 113.5387]", "lies outside the area"),
        ("cities.toml", 'adcode = "820000"\n', "", "macao: lacks adcode"),
        (
            "crossings.toml",
            'mode = "rail"',
            'mode = "train"',
            "hk_lo_wu: mode must be one of land, rail, sea, air",
        ),
        ("crossings.toml", 'pairs = ["shenzhen"]', 'pairs = ["shenzen"]', "names an unknown city 'shenzen'"),
        ("crossings.toml", '["sz_luohu"]', '["sz_lo_wu"]', "names an unknown counterpart 'sz_lo_wu'"),
        (
            "crossings.toml",
            '["sz_luohu"]',
            '["sz_futian"]',
            "is not named back by its counterpart 'sz_futian'",
        ),
        (
            "crossings.toml",
            'opened = "2007-08-15"',
            'opened = "summer"',
            "opened must be a year or YYYY-MM-DD",
        ),
        ("districts.toml", 'city = "hong_kong"', 'city = "kowloon"', "names an unknown city 'kowloon'"),
        ("areas.toml", 'full.en = "Qianhai', 'full.fr = "Qianhai', "area_sz_qianhai: full lacks en"),
    ],
)
def test_a_fault_is_said_with_its_file_and_its_entry(folder, file, old, new, fault):
    change(folder, file, old, new)
    found = faults(folder)
    assert any(line.startswith(f"{file}: ") and fault in line for line in found), found


def test_all_faults_of_all_files_are_said_together(folder):
    change(folder, "cities.toml", 'side = "macao"', 'side = "portugal"')
    change(folder, "crossings.toml", 'mode = "air"', 'mode = "balloon"')
    change(folder, "regions.toml", 'name.en = "Guangdong"\n', "")
    assert [line.split(":")[0] for line in faults(folder)] == [
        "cities.toml",
        "regions.toml",
        "crossings.toml",
    ]
