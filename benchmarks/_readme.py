"""The table of measured figures in the README, written from the results."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

README = Path(__file__).resolve().parents[1] / "README.md"
BEGIN = "<!-- benchmarks: written by make bench -->"
END = "<!-- benchmarks end -->"


def table(written: Mapping[str, Any]) -> str:
    """Return the results as a Markdown table, a row a figure, with what it was measured on above."""
    machine = written["machine"]
    measured_on = (
        f"Measured on {written['measured_at'][:10]}, {machine['processors']} processors, {machine['system']}, "
        f"Python {machine['python']}, scale {written['scale']}."
    )
    rows = [
        measured_on,
        "",
        "| what | engine | measured | budget | yardstick of the same run | ratio |",
        "|---|---|---|---|---|---|",
    ]
    rows += [_row(result) for result in written["results"]]
    return "\n".join(rows)


def _row(result: Mapping[str, Any]) -> str:
    said = {True: "within", False: "**over**", None: ""}[result["within"]]
    budget = ", ".join(filter(None, (result["budget"], said)))
    beside = ""
    if result["yardstick"]:
        beside = f"{result['yardstick']}: {result['yardstick_measured']:,.2f}"
    ratio = f"{result['ratio']:.2f}" if result["ratio"] is not None else ""
    measured = f"{result['measured']:,.2f} {result['unit']}"
    return f"| {result['what']} | {result['where']} | {measured} | {budget} | {beside} | {ratio} |"


def with_table(readme: str, text: str) -> str:
    """Return *readme* with *text* between its marks; raise ValueError where the marks are not."""
    head, begin, rest = readme.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"README.md: expected the marks {BEGIN} and {END}, found no such pair")
    return f"{head}{begin}\n{text}\n{end}{tail}"


def write(written: Mapping[str, Any]) -> None:
    """Write the results into the README."""
    README.write_text(with_table(README.read_text(encoding="utf-8"), table(written)), encoding="utf-8")
