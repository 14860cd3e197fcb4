"""The product over figures of every kind, opened once for this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.dashboards.exports.nine.cases import Web
from tests.dashboards.exports.nine.world import opened


@pytest.fixture(scope="package")
def web(tmp_path_factory) -> Iterator[Web]:
    product = opened(tmp_path_factory.mktemp("nine") / "var")
    yield Web(product=product, client=product.server.test_client())
    product.warehouse.close()
