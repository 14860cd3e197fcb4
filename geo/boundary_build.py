"""Make the layers, labels and hatching of a map out of a set of boundaries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shapely.geometry import Point

from geo import shapes
from geo.boundary_sets import read_set
from geo.places import atlas


def build(override: Path | None) -> dict[str, Any]:
    """Return all that :class:`geo.boundaries.Boundaries` holds, as plain JSON values.

    *override* as for :func:`geo.boundaries.boundaries`; BoundaryError lists the faults of the set.
    """
    given = read_set(override)
    order = [place.id for place in (*atlas().cities, *atlas().districts)]
    cities = {city.id: shapes.drawable(given.cities[city.id]) for city in atlas().cities}
    districts = {each: shapes.drawable(given.districts[each]) for each in order if each in given.districts}
    simple = shapes.overview(given.cities, given.surroundings)
    land = {"surroundings": simple.pop("surroundings")}
    layers = {"cities": cities, "cities_overview": simple, "districts": districts, "surroundings": land}
    city_ids = {each: atlas().city_of(each) for each in order} | {"surroundings": None}
    every = districts | cities
    labels = shapes.label_points(cities)
    return {
        "caption": dict(given.caption),
        "layers": {
            layer: shapes.feature_collection(drawn, city_ids).decode() for layer, drawn in layers.items()
        },
        "label_points": labels,
        "leads": [each for each, point in labels.items() if not cities[each].intersects(Point(point))],
        "anchors": {each: shapes.anchor(shape) for each, shape in every.items()},
        "hatch": {each: shapes.hatch(shape, simple.get(each, shape)) for each, shape in every.items()},
        "extent": shapes.extent(cities.values()),
    }
