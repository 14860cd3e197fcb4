"""The commands that serve pages; ``app.py`` hands each its wiring as ``context.obj``."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

cli = typer.Typer()
Port = Annotated[int, typer.Option(min=1, max=65535)]


@cli.command()
def run(context: typer.Context, host: str = "127.0.0.1", port: Port = 8050) -> None:
    """Start web and scheduler together; stop both on Ctrl-C or SIGTERM."""
    _serve(context.obj, host, port, 2, context.obj.scheduler(typer.echo))


@cli.command()
def serve(
    context: typer.Context,
    host: str = "127.0.0.1",
    port: Port = 8050,
    workers: Annotated[int, typer.Option(min=1, max=64)] = 2,
) -> None:
    """Start the web pages only."""
    _serve(context.obj, host, port, workers, None)


def _serve(wiring: Any, host: str, port: int, workers: int, beside: Any) -> None:
    """Serve the pages until a signal says stop; *beside* is a process that starts and ends with them."""
    from dashboards.serving import check_free, serve  # noqa: PLC0415 - a command imports what it needs

    check_free(host, port)
    wiring.journal()
    wiring.prepare()
    measures = Path(tempfile.mkdtemp(prefix="gba-measures-"))
    parent = os.getpid()
    if beside is not None:
        beside.start()
    try:
        serve(
            lambda: wiring.web(measures),
            host=host,
            port=port,
            workers=workers,
            ready=lambda at: typer.echo(f"GBA Monitor is at {at}"),
            measures=measures,
        )
    finally:
        if os.getpid() == parent:  # a worker that ends comes by here too
            if beside is not None:
                beside.stop()
            shutil.rmtree(measures, ignore_errors=True)
