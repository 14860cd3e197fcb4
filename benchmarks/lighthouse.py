"""Lighthouse's word on pages as a desktop visitor meets them; nothing where npm or Chromium is missing."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from benchmarks._served import served
from benchmarks.browser import CHROMIUM
from benchmarks.claim import Claim, Result, Setting

PACKAGE = "lighthouse@12.8.2"
PATHS = ("/", "/work-items/3?lang=zh-Hant", "/connectivity", "/transport?lang=zh-Hans", "/explore")
VISITS = 3
LEAST = {"performance": 0.95, "accessibility": 1.0}


def measure(setting: Setting) -> Iterator[Result]:
    """Install Lighthouse into the benchmark's own folder and let it visit each page *VISITS* times."""
    npm = shutil.which("npm")
    if "sqlite" not in setting.urls or npm is None or not CHROMIUM.exists():
        return
    done = subprocess.run(
        [npm, "install", "--silent", "--no-fund", "--no-audit", "--prefix", str(setting.folder), PACKAGE],
        check=False,
    )
    if done.returncode:
        return  # no registry can be reached: nothing is claimed
    program = setting.folder / "node_modules" / ".bin" / "lighthouse"
    with served(setting.urls["sqlite"], setting.folder / "var") as (home, _, _):
        for path in PATHS:
            httpx.get(home + path, timeout=60)
            _visited(program, home + path, setting.folder)  # the server's own first answer is another claim
            told = [_visited(program, home + path, setting.folder) for _ in range(VISITS)]
            yield from _results(path, told, setting)


def _visited(program: Path, address: str, folder: Path) -> dict[str, Any]:
    out = folder / "lighthouse.json"
    command = [
        str(program), address, "--preset=desktop", "--only-categories=performance,accessibility", "--output=json",
        f"--output-path={out}", "--quiet", "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": str(CHROMIUM)}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    told: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return told


def _results(path: str, told: list[dict[str, Any]], setting: Setting) -> Iterator[Result]:
    for category, least in LEAST.items():
        score = statistics.median(one["categories"][category]["score"] for one in told)
        yield Result(
            where="sqlite",
            what=f"Lighthouse, desktop, {category} of {path}, median of {VISITS} visits",
            measured=score,
            unit="",
            budget=f">= {least:.2f}",
            within=score >= least if setting.judged else None,
        )


CLAIM = Claim(
    id="lighthouse",
    what="Every kind of page is fast and open to everybody by Lighthouse's measure",
    measure=measure,
)
