"""Walk every panel of every page in every language, in all forms: ``python -m tests.dashboards.exports.nine``."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.dashboards.exports.nine.asked import Asked, every, sampled
from tests.dashboards.exports.nine.cases import Web
from tests.dashboards.exports.nine.compare import disagreements
from tests.dashboards.exports.nine.world import opened


def main() -> int:
    """Return 1 where any form differs, after telling how."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--seed", type=int, default=1)
    told.add_argument("--times", type=int, default=1, help="states of each page, in each language")
    told.add_argument("--only", default="", help="pages whose id begins so")
    told.add_argument(
        "--sample", type=int, default=0, help="one state a page alone, and so many items at most"
    )
    chosen = told.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        product = opened(Path(folder) / "var")
        web = Web(product=product, client=product.server.test_client())
        pages = [one for one in product.server.extensions["pages"] if one.id.startswith(chosen.only)]
        dice = random.Random(chosen.seed)
        if chosen.sample:
            return walked(web, sampled(pages, web.desk, dice, chosen.sample))
        return walked(web, every(pages, web.desk, dice, chosen.times))


def walked(web: Web, walk: Iterable[Asked]) -> int:
    """Tell what differs as it is found, then how much was seen; return 1 where anything differs."""
    wrong: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    started = time.monotonic()
    for asked in walk:
        seen[asked.page.id] += 1
        for said in disagreements(web, asked):
            wrong[asked.page.id] += 1
            tell(said)
    tell(
        f"{sum(seen.values())} states, {web.spent[0]} answers in {time.monotonic() - started:.0f} s: {dict(seen)}"
    )
    tell(f"differing: {dict(wrong) or 'nothing'}")
    return 1 if wrong else 0


def tell(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
