"""What a run did, said to people: one line a source, and a bar while they wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

COLUMNS = ("read", "figures", "new", "unchanged", "quarantined", "failed")
STAGES = ("fetch", "archive", "parse", "check", "load")
Step = Callable[[str, str], None]


@dataclass(frozen=True, kw_only=True)
class RunReport:
    """One run in numbers and a sentence: *read* counts rows, *figures* what they said, *new* and *unchanged* the
    figures stored and known before; *failed* counts payloads of which nothing was loaded."""

    source_id: str
    status: str
    read: int = 0
    figures: int = 0
    new: int = 0
    unchanged: int = 0
    quarantined: int = 0
    failed: int = 0
    message: str = ""
    run_id: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """Return the numbers by column name."""
        return {name: getattr(self, name) for name in COLUMNS}


def exit_code(reports: Sequence[RunReport]) -> int:
    """Return 1 where anything failed, else 0; a source without its key has not failed."""
    return int(any(report.status in {"failed", "partial"} for report in reports))


def print_reports(reports: Sequence[RunReport], console: Console) -> None:
    """Print the summary: a table on a terminal, plain aligned columns elsewhere."""
    if console.is_terminal:
        table = Table("source", "status", *COLUMNS, "what happened")
        for name in COLUMNS:
            table.columns[2 + COLUMNS.index(name)].justify = "right"
        for report in reports:
            table.add_row(*_cells(report), report.message)
        console.print(table)
        return
    rows = [("source", "status", *COLUMNS), *(_cells(report) for report in reports)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    messages = ["what happened", *(report.message for report in reports)]
    for row, message in zip(rows, messages, strict=True):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        console.print("  ".join([*cells, message]).rstrip(), markup=False, highlight=False, soft_wrap=True)


def _cells(report: RunReport) -> tuple[str, ...]:
    return (report.source_id, report.status, *(f"{number:,}" for number in report.counts.values()))


@contextmanager
def progress(sources: int, console: Console) -> Iterator[Step]:
    """Yield what a run calls at each stage; on a terminal a bar shows it, elsewhere it stays silent."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task("ingest", total=sources * len(STAGES))
        begun: list[str] = []

        def step(source_id: str, stage: str) -> None:
            if source_id not in begun:
                begun.append(source_id)
            done = (len(begun) - 1) * len(STAGES) + (STAGES.index(stage) if stage in STAGES else 0)
            bar.update(task, description=f"{source_id}: {stage}", completed=done)

        yield step
        bar.update(task, completed=sources * len(STAGES))


def reported(sources: int, work: Callable[[Step], Sequence[RunReport]]) -> Sequence[RunReport]:
    """Do *work* with a progress bar for so many *sources*, print what it reports, and return that."""
    console = Console()
    with progress(sources, console) as step:
        reports = work(step)
    print_reports(reports, console)
    return reports
