"""The commands that keep what there is: backup, restore, verify, move, and what retention removes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress

cli = typer.Typer()
File = Annotated[Path, typer.Argument(help="the backup's file", dir_okay=False)]


@contextmanager
def _progress() -> Iterator[Any]:
    """Yield a step that draws a bar where somebody looks."""
    with Progress(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def step(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield step


@cli.command()
def backup(context: typer.Context, file: File) -> None:
    """Copy warehouse and archive into one new file, while the product runs."""
    from ingest.backups import backup as write_backup  # noqa: PLC0415 - a command imports what it needs
    from ingest.backups import fingerprint  # noqa: PLC0415

    tools = context.obj.tools()
    with _progress() as step:
        told = write_backup(tools.warehouse, tools.archive, file, tools.clock(), step)
    figures = told.rows["observation"]
    typer.echo(f"{file}: {figures:,} figures in all their vintages, {told.payloads:,} payloads")
    typer.echo(f"content {told.content}\nsha256  {fingerprint(file)}")


@cli.command()
def restore(context: typer.Context, file: File) -> None:
    """Read a backup into an empty warehouse and its archive, and prove that the content is equal."""
    from ingest.backups import restore as read_backup  # noqa: PLC0415

    tools = context.obj.tools()
    with _progress() as step:
        told = read_backup(file, tools.warehouse, tools.archive, step)
    figures = told.rows["observation"]
    typer.echo(f"Restored {figures:,} figures and {told.payloads:,} payloads as of {told.made_at}.")
    typer.echo(f"content {told.content}")


@cli.command()
def verify(
    context: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(help="a backup, or packs; none for what is in use", exists=True)
    ] = None,
) -> None:
    """Check database, audit chain and archive; that a backup is whole; or that packs are the warehouse's."""
    from ingest.backups import inspect  # noqa: PLC0415
    from ingest.registry import sources  # noqa: PLC0415
    from ingest.verification import verify as check  # noqa: PLC0415

    if files and _proved(context, files):
        return
    for file in files or ():
        told = inspect(file)
        typer.echo(
            f"{file}: whole; {told.payloads:,} payloads, made at {told.made_at}, content {told.content}"
        )
    if files:
        return
    with _progress() as step:
        found = check(sources(), context.obj.tools(), step)
    typer.echo(f"content {found.content}")
    typer.echo(
        f"{found.payloads:,} payloads are sound, {found.dropped:,} are no longer kept; "
        f"{found.audit_entries:,} audit entries"
    )
    typer.echo("\n".join(found.faults) or "No faults: database, audit chain and archive are whole.")
    if found.faults:
        raise typer.Exit(1)


def _proved(context: typer.Context, files: list[Path]) -> bool:
    """Say what was proved of packs; return False where the files are none."""
    told = context.obj.prove(files)
    if told is None:
        return False
    good, wrong = told
    typer.echo("\n".join([*good, *wrong]))
    if wrong:
        raise typer.Exit(1)
    return True


@cli.command()
def move(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="address of the new, empty database, such as postgresql://…")],
) -> None:
    """Carry the whole warehouse, vintages and all, into another engine, and prove that both are equal."""
    from ingest.moving import move as carry  # noqa: PLC0415
    from metrics.warehouse.warehouse import open_warehouse  # noqa: PLC0415

    tools = context.obj.tools()
    target = open_warehouse(url)
    try:
        target.migrate()
        moved = carry(tools.warehouse, target, tools.clock())
    finally:
        target.close()
    typer.echo(f"{sum(moved.rows.values()):,} rows in {len(moved.rows)} tables; both hold {moved.content}")
    typer.echo("Now set GBA_WAREHOUSE to the new address and start again; the old warehouse is untouched.")


@cli.command()
def retain(context: typer.Context) -> None:
    """Remove payloads that hold readings alone and are older than GBA_KEEP_PAYLOADS_DAYS."""
    from ingest.registry import sources  # noqa: PLC0415
    from ingest.retention import drop_old  # noqa: PLC0415

    tools = context.obj.tools()
    dropped = drop_old(sources(), tools, keep_days=tools.keep_payloads_days)
    typer.echo(f"{dropped.payloads:,} payloads removed, {dropped.size / 2**20:,.1f} MB freed.")


@cli.command()
def migrate(context: typer.Context) -> None:
    """Bring the warehouse's schema to the newest."""
    context.obj.store()
    typer.echo("The warehouse has the newest schema.")


@cli.command()
def check(context: typer.Context) -> None:
    """Validate catalogue, agenda, locales, sources, boundaries; say every fault at once."""
    from ingest.checking import disagreements  # noqa: PLC0415

    context.obj.try_out()
    faults = disagreements()
    typer.echo("\n".join(faults) or "No faults: catalogue, agenda, locales, sources and boundaries agree.")
    if faults:
        raise typer.Exit(1)
