"""What the data package says to people."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.exports.data_package import Resource
from dashboards.exports.package_words import readme
from metrics.asof import now_as_of
from tests.opened import NOW


@pytest.mark.parametrize("lang", ["en", "zh-Hant", "zh-Hans"])
def test_a_readme_counts_the_figures_and_says_for_whom_they_are(opening_desk, lang) -> None:
    told = [
        Resource(name=n, path=p, title="t", columns=(), rows=r, size=1, sha256="x")
        for n, p, r in (("a", "figures/work-item-1/a.csv", 1200), ("indicators", "indicators.csv", 3))
    ]
    text = readme(told, opening_desk, Filters(as_of=now_as_of(NOW)), lang, "https://x")
    words = opening_desk.words[lang]
    assert words.t("package.counts", figures="1,200", indicators="1") in text
    assert words.t("audience.public") in text
    assert text.count("\n## ") == 4
