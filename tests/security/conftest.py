"""The product as it runs, opened once for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.security.house import Product, copied, opening, product


@pytest.fixture(scope="session")
def opening_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of a warehouse with the opening figures and one payload of a source; copy it before writing."""
    return opening(tmp_path_factory.mktemp("product") / "var")


@pytest.fixture(scope="module")
def running(opening_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Give the product over a warehouse of its own, with somebody of each role."""
    made = product(copied(opening_file, tmp_path_factory.mktemp("running") / "var"))
    yield made
    made.warehouse.close()
