"""The commands of this room; ``app.py`` puts them beside its own and hands each its wiring as ``context.obj``."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Protocol
from zoneinfo import ZoneInfo

import typer

from ingest.report import RunReport, exit_code, reported

cli = typer.Typer()


class Wiring(Protocol):
    """What a command asks of ``app.py``: the warehouse, and the tools made with it."""

    def store(self) -> Any:
        """Return the warehouse, its schema the newest."""

    def chores(self) -> Sequence[Any]:
        """Return what the scheduler does beside running sources (``ingest.schedule.Chore``)."""

    def journal(self) -> None:
        """Write the journal as the settings say."""

    def zone(self) -> ZoneInfo:
        """Return the time zone in which the person at the terminal reads the clock."""

    def tools(self, *, mirror: Path | None = None, **more: Any) -> Any:
        """Return the tools of a run; *mirror* is a folder that answers instead of the network."""


def _report(
    context: typer.Context, work: Callable[[Any], Sequence[RunReport]], mirror: Path | None = None
) -> None:
    from ingest.registry import sources  # noqa: PLC0415 - a command imports what it needs: each starts fast

    reports = reported(len(sources()), lambda step: work(context.obj.tools(mirror=mirror, step=step)))
    if code := exit_code(reports):
        raise typer.Exit(code)


@cli.command()
def schedule(
    context: typer.Context,
    wait: Annotated[bool, typer.Option(help="wait while another one is at work")] = True,
) -> None:
    """Start the scheduler only; a second one on the same warehouse waits (or with --no-wait ends)."""
    from ingest.registry import sources  # noqa: PLC0415
    from ingest.schedule import schedule as keep_schedule  # noqa: PLC0415
    from ingest.standby import until_signal  # noqa: PLC0415

    context.obj.journal()
    chores = context.obj.chores()
    if not keep_schedule(sources(), context.obj.tools(), until_signal(), wait=wait, chores=chores):
        raise typer.Exit(1)


@cli.command()
def ingest(
    context: typer.Context,
    source: Annotated[list[str] | None, typer.Argument(help="ids of sources; see `status`")] = None,
    everything: Annotated[bool, typer.Option("--all", help="every source")] = False,
    mirror: Annotated[
        Path | None,
        typer.Option(help="folder that answers instead of the network", exists=True, file_okay=False),
    ] = None,
    accept_shorter: Annotated[
        bool,
        typer.Option(
            help="take a file that is shorter or older than before: its publisher took figures away"
        ),
    ] = False,
) -> None:
    """Run sources once now and print what each brought."""
    from ingest.commands import UnknownSourceError, run_sources  # noqa: PLC0415

    if bool(source) == everything:
        raise typer.BadParameter("name one or more sources, or --all")
    try:
        ids, how = None if everything else source, {"accept_shorter": accept_shorter}
        _report(context, lambda tools: run_sources(ids, tools, **how), mirror)
    except UnknownSourceError as error:
        raise typer.BadParameter(str(error)) from error


@cli.command()
def replay(context: typer.Context, source: str) -> None:
    """Parse the archived payloads of a source again; what is news is stored."""
    from ingest.commands import UnknownSourceError  # noqa: PLC0415
    from ingest.commands import replay as parse_again  # noqa: PLC0415

    try:
        _report(context, lambda tools: parse_again(source, tools))
    except UnknownSourceError as error:
        raise typer.BadParameter(str(error)) from error


@cli.command()
def backfill(
    context: typer.Context,
    source: str,
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="first day")],
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="last day; yesterday unless given")
    ] = None,
    mirror: Annotated[
        Path | None,
        typer.Option(help="folder that answers instead of the network", exists=True, file_okay=False),
    ] = None,
) -> None:
    """Load past versions of a source from the archive that keeps them; may be stopped and called again."""
    from ingest.backfill import reported_backfill  # noqa: PLC0415
    from ingest.registry import sources  # noqa: PLC0415

    known = sources()
    if source not in known:
        raise typer.BadParameter(f"no source {source!r}; there are {', '.join(known)}")
    tools = context.obj.tools(mirror=mirror)
    reports = reported_backfill(known[source], tools, first.date(), last.date() if last else None)
    if code := exit_code(reports):
        raise typer.Exit(code)


@cli.command("load-figures")
def load_figures(
    context: typer.Context, file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
) -> None:
    """Load a table of published figures (columns as the opening figures)."""
    from ingest.commands import load_figures as load_table  # noqa: PLC0415

    _report(context, lambda tools: [load_table(file, tools)])


@cli.command()
def status(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False
) -> None:
    """Show warehouse, sources, last and next runs, freshness, quarantine."""
    from ingest.overview import overview, overview_text  # noqa: PLC0415
    from ingest.registry import sources  # noqa: PLC0415

    found = overview(context.obj.store(), sources())
    typer.echo(
        json.dumps(found, default=str, indent=2) if as_json else overview_text(found, context.obj.zone())
    )


@cli.command()
def inbox(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help="instead of var/inbox", file_okay=False)] = None,
) -> None:
    """Read departmental returns laid in var/inbox; a second person must still approve each."""
    from ingest.inbox import FOLDER, read_inbox  # noqa: PLC0415

    tools = context.obj.tools()
    answers = read_inbox(folder or tools.archive.root.parent / FOLDER, tools)
    for answer in answers:
        typer.echo(f"{answer.file}: {answer.outcome}: {answer.said}")
    if not answers:
        typer.echo("Nothing lies in the inbox.")
    if any(answer.outcome != "done" for answer in answers):
        raise typer.Exit(1)
