"""What all tests share: the engines of the warehouse, and one that holds the opening figures."""

from __future__ import annotations

pytest_plugins = [
    "tests.engines",
    "tests.opened",
    "tests.dashboards.corrected",
    "tests.dashboards.panels.crossing_days",
    "tests.dashboards.exports.chromiums",
]
