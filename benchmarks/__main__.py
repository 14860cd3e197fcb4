"""Measure the README's claims: ``python -m benchmarks [--scale small] [--only ID ...] [--minutes N]``."""

from __future__ import annotations

import argparse
import json
import os
import pkgutil
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import benchmarks
from benchmarks import _readme
from benchmarks.claim import Claim, Result, Setting
from benchmarks.databases import postgresql_database

RESULTS = Path(__file__).with_name("results.json")


def claims() -> Iterator[Claim]:
    """Yield what the files of this package claim, by name."""
    for module in pkgutil.iter_modules(benchmarks.__path__):
        if not module.name.startswith("_"):
            claim = getattr(import_module(f"benchmarks.{module.name}"), "CLAIM", None)
            if claim is not None:
                yield claim


def run(claim: Claim, scale: str, engines: list[str], minutes: float | None = None) -> Iterator[Result]:
    """Measure one claim in a temporary folder and on databases of its own."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gba-bench-")))
        urls = {}
        if "sqlite" in engines:
            urls["sqlite"] = f"sqlite:///{folder}/warehouse.db"
        if "postgresql" in engines:
            urls["postgresql"] = stack.enter_context(postgresql_database())
        yield from claim.measure(Setting(scale=scale, folder=folder, urls=urls, minutes=minutes))


def line(result: Result) -> str:
    """Return a result in words."""
    told = f"  {result.where:<11} {result.what}: {result.measured:,.2f} {result.unit}"
    if result.yardstick and result.yardstick_measured is not None and result.ratio is not None:
        told += f"; {result.yardstick}: {result.yardstick_measured:,.2f}; ratio {result.ratio:.2f}"
    if result.budget:
        word = {True: "within", False: "OVER", None: "not judged at this scale"}[result.within]
        told += f"  [{result.budget}: {word}]"
    return told


def machine() -> dict[str, object]:
    """Return what the figures were measured on."""
    return {
        "processors": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmarks asked for; 1 when a budget is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--scale", choices=("small", "full"), default="full")
    parser.add_argument("--only", nargs="+", metavar="ID", help="only these claims")
    parser.add_argument(
        "--engines", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"]
    )
    parser.add_argument("--minutes", type=float, help="let the crowd of viewers look on for so long")
    parser.add_argument("--out", type=Path, default=RESULTS, help="where to write the figures")
    asked = parser.parse_args(arguments)
    known = {claim.id: claim for claim in claims()}
    unknown = set(asked.only or ()) - known.keys()
    if unknown:
        parser.error(f"no such claim: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    told, kept = [], []
    for claim in known.values():
        if asked.only and claim.id not in asked.only:
            continue
        print(f"{claim.id}: {claim.what}", flush=True)
        for result in run(claim, asked.scale, asked.engines, asked.minutes):
            print(line(result), flush=True)
            kept.append(result)
            told.append({"claim": claim.id, "says": claim.what, **asdict(result)})
    written = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "scale": asked.scale,
        "machine": machine(),
        "results": told,
    }
    asked.out.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    if asked.out == RESULTS:  # what goes on record stands in the README, letter for letter
        _readme.write(written)
    return int(any(result.within is False for result in kept))


if __name__ == "__main__":
    sys.exit(main())
