"""GBA Monitor: settings, wiring and commands; the only file that knows every room."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import typer
from pydantic import DirectoryPath, Field, FilePath, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from dashboards.cli import cli as page_commands
from dashboards.sign_in.cli import cli as user_commands
from dashboards.sign_in.settings import SignInFields
from dashboards.telemetry_settings import TelemetryFields
from ingest.cli import cli as ingest_commands
from ingest.keeping_cli import cli as keeping_commands

HOME = Path(__file__).resolve().parent


class Settings(SignInFields, TelemetryFields, BaseSettings):
    """What the environment may set (``GBA_*``); every fault is told at once, at the start."""

    model_config = SettingsConfigDict(env_prefix="GBA_", extra="ignore")

    var: Path = Path("var")
    warehouse: str = ""
    mirror: DirectoryPath | None = None
    boundaries: DirectoryPath | None = None
    keep_readings_days: int = Field(90, ge=1, le=36500)
    keep_payloads_days: int = Field(90, ge=1, le=36500)
    https_proxy: str = ""
    ca_file: FilePath | None = None
    timezone: ZoneInfo = ZoneInfo("Asia/Hong_Kong")
    contact: str = ""

    @property
    def url(self) -> str:
        """The warehouse's address; SQLite under ``var`` unless told otherwise."""
        return self.warehouse or f"sqlite:///{self.folder / 'warehouse.db'}"

    @property
    def folder(self) -> Path:
        """The folder for everything made at run time, created on first use."""
        folder = (HOME / self.var).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def settings() -> Settings:
    """Return the settings, or say every fault of them and stop with 2."""
    from dashboards.sign_in.settings import faults

    try:
        chosen = Settings()
        wrong = faults(chosen.sign_in)
    except ValidationError as error:
        wrong = [
            f"GBA_{str(fault['loc'][0]).upper()}: {fault['msg'].removeprefix('Value error, ')}"
            for fault in error.errors()
        ]
    for fault in wrong:
        typer.echo(fault, err=True)
    if wrong:
        raise typer.Exit(2)
    return chosen


def journal(chosen: Settings) -> None:
    """Write the journal as *chosen* says, no secret in it."""
    from metrics.journal import keep

    sealed = [one.get_secret_value() for one in (chosen.secret_key, chosen.oidc_client_secret)]
    keep(chosen.log, [*sealed, *keys().values(), urlsplit(chosen.url).password or ""])


def keys(prefix: str = "GBA_KEY_") -> dict[str, str]:
    """Return the sources' keys (``GBA_KEY_<SOURCE>``) by source id."""
    return {
        name.removeprefix(prefix).lower(): os.environ[name] for name in os.environ if name.startswith(prefix)
    }


def open_store(chosen: Settings) -> Any:
    """Return the warehouse, its folder made and its schema brought to the newest."""
    from metrics.warehouse.warehouse import open_warehouse

    warehouse = open_warehouse(chosen.url, keep_readings_days=chosen.keep_readings_days)
    warehouse.migrate()
    return warehouse


def make_tools(chosen: Settings, warehouse: Any, **more: Any) -> Any:
    """Return what runs work with."""
    from ingest.fetch import Fetcher
    from ingest.tools import tools_for
    from metrics.indicators import catalogue

    fetch = Fetcher(
        contact=chosen.contact, mirror=chosen.mirror, proxy=chosen.https_proxy or None, ca_file=chosen.ca_file
    )
    return tools_for(
        warehouse,
        archive=chosen.folder / "archive",
        fetch=fetch,
        meanings=catalogue().by_id,
        keys=keys(),
        keep_payloads_days=chosen.keep_payloads_days,
        **more,
    )


def create_server() -> Any:
    """Return the web application (WSGI), for ``gunicorn 'app:create_server()'``."""
    return web(settings())


def web(chosen: Settings, *, shared: bool = False) -> Any:
    """Return the web application of *chosen*; *shared* says that several workers add up what they measure."""
    from dashboards.attached import attach
    from dashboards.opened import Desks, open_desk
    from dashboards.server import FrontSettings, create_app
    from geo.boundaries import boundaries
    from ingest.corrections import corrections
    from ingest.feeds import Feeds
    from ingest.gauges import gauges
    from ingest.registry import sources
    from ingest.returns import source as returns_source
    from ingest.stewards import Stewards
    from ingest.watch import readiness

    warehouse = open_store(chosen)
    known = sources()
    tools = make_tools(chosen, warehouse)
    named = (*known.values(), returns_source(tools))
    feeds = Feeds(tools=tools, known=known)
    desks = Desks(
        open_desk(
            warehouse,
            boundaries(chosen.folder / "boundaries", chosen.boundaries),
            titles={one.id: one.title for one in named},
            health=feeds.kept,
            feeds=feeds,
            declared=corrections,
            contact=chosen.contact,
        ),
        accounts=chosen.auth != "open",
    )
    server = create_app(desks, FrontSettings(readiness=readiness(warehouse)))
    facts = gauges(warehouse, known)
    attach(server, desks, warehouse, chosen, Stewards(tools=tools), facts, shared=shared)
    return server


def prepare(chosen: Settings) -> None:
    """Make ready what the pages need: schema, opening figures, boundaries; quick when all is there."""
    from geo.boundaries import boundaries
    from ingest.commands import load_opening

    warehouse = open_store(chosen)
    for one in load_opening(make_tools(chosen, warehouse)):
        if one.status == "failed":
            raise RuntimeError(f"{one.source_id}: {one.message}")
        typer.echo(f"{one.source_id}: {one.new:,} new, {one.unchanged:,} unchanged", err=True)
    boundaries(chosen.folder / "boundaries", chosen.boundaries)
    warehouse.close()


class Wiring:
    """What the rooms' own commands ask for; the settings are read when the first of it is asked."""

    def store(self) -> Any:
        """Return the warehouse, its schema the newest."""
        return open_store(settings())

    def tools(self, *, mirror: Path | None = None, **more: Any) -> Any:
        """Return what runs work with; *mirror* answers instead of the network."""
        chosen = settings().model_copy(update={"mirror": mirror} if mirror else {})
        return make_tools(chosen, open_store(chosen), **more)

    def journal(self) -> None:
        """Write the journal as the settings say."""
        journal(settings())

    def prepare(self) -> None:
        """Make ready what the pages need."""
        prepare(settings())

    def web(self, measures: Path) -> Any:
        """Return the web application, its workers adding up what they measure in the folder *measures*."""
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(measures)  # read when the library is first imported
        return web(settings(), shared=True)

    def scheduler(self, say: Any) -> Any:
        """Return the scheduler as a process beside the pages, not yet started."""
        from ingest.standby import Standby

        return Standby([sys.executable, str(HOME / "app.py"), "schedule"], say)

    def zone(self) -> ZoneInfo:
        """Return the time zone in which the person at the terminal reads the clock."""
        return settings().timezone

    def register(self) -> Any:
        """Return the register of the people who sign in."""
        from dashboards.sign_in.attachment import register_of

        chosen = settings()
        return register_of(open_store(chosen), chosen.sign_in)


cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
cli.add_typer(page_commands)
cli.add_typer(ingest_commands)
cli.add_typer(keeping_commands)
cli.add_typer(user_commands, name="user")


@cli.callback()
def wire(context: typer.Context) -> None:
    """GBA Monitor: the smart city cluster of the Greater Bay Area, as it was known on any date."""
    context.obj = Wiring()


@cli.command()
def check() -> None:
    """Validate catalogue, agenda, locales, sources, boundaries; say every fault at once."""
    from ingest.checking import disagreements

    web(settings())  # its own parts say their faults: locales, pages, boundaries
    faults = disagreements()
    typer.echo("\n".join(faults) or "No faults: catalogue, agenda, locales, sources and boundaries agree.")
    if faults:
        raise typer.Exit(1)


@cli.command()
def migrate() -> None:
    """Bring the warehouse's schema to the newest."""
    open_store(settings())
    typer.echo("The warehouse has the newest schema.")


@cli.command()
def describe() -> None:
    """Write the generated documentation under docs/."""
    from metrics.catalogue_docs import render_indicators
    from metrics.indicators import catalogue

    (HOME / "docs" / "indicators.md").write_text(render_indicators(catalogue()), encoding="utf-8")
    typer.echo("docs/indicators.md")


def main() -> None:
    """Run a command; a failure is one clear line and exit code 1, never a traceback."""
    try:
        cli()
    except Exception as error:
        sys.exit(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
