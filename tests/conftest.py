"""What all tests share: the engines of the warehouse."""

from __future__ import annotations

pytest_plugins = ["tests.engines"]
