"""GBA Monitor: settings, wiring and commands; the only file that knows every room."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dashboards.stopping import calm_start, calmly

if __name__ == "__main__":  # reading all that follows takes a second
    calm_start()

import typer
from pydantic import DirectoryPath, Field, FilePath, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from dashboards.cli import cli as page_commands
from dashboards.embed.settings import EmbedFields
from dashboards.exports.cli import cli as export_commands
from dashboards.exports.proving import Proving
from dashboards.outbox.cli import cli as post_commands
from dashboards.outbox.settings import OutboxFields
from dashboards.sign_in.cli import cli as user_commands
from dashboards.sign_in.settings import SignInFields
from dashboards.telemetry_settings import TelemetryFields
from ingest.cli import cli as ingest_commands
from ingest.keeping_cli import cli as keeping_commands

HOME = Path(__file__).resolve().parent


class Settings(SignInFields, TelemetryFields, OutboxFields, EmbedFields, BaseSettings):
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
    if wrong:
        typer.echo("\n".join(wrong), err=True)
        raise typer.Exit(2)
    return chosen


def journal(chosen: Settings) -> None:
    """Write the journal as *chosen* says, no secret in it."""
    from metrics.journal import keep

    sealed = [one.get_secret_value() for _, one in chosen if isinstance(one, SecretStr)]
    sealed += [urlsplit(one).password or "" for one in sealed]
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


@dataclass(frozen=True, kw_only=True)
class House:
    """What is opened once a process: the warehouse, the sources known, what runs work with, the pages' desks."""

    warehouse: Any
    known: Any
    tools: Any
    desks: Any


def house(chosen: Settings) -> House:
    """Return what web and post work with."""
    from dashboards.opened import Desks, open_desk
    from geo.boundaries import boundaries
    from ingest.commands import every_source
    from ingest.corrections import corrections
    from ingest.feeds import Feeds
    from ingest.registry import sources

    warehouse = open_store(chosen)
    known = sources()
    tools = make_tools(chosen, warehouse)
    named = every_source(tools, known).values()
    feeds = Feeds(tools=tools, known=known)
    desk = open_desk(
        warehouse,
        boundaries(chosen.folder / "boundaries", chosen.boundaries),
        titles={one.id: one.title for one in named},
        health=feeds.kept,
        feeds=feeds,
        declared=corrections,
        contact=chosen.contact,
    )
    desks = Desks(desk, accounts=chosen.auth != "open")
    return House(warehouse=warehouse, known=known, tools=tools, desks=desks)


def web(chosen: Settings, *, shared: bool = False) -> Any:
    """Return the web application of *chosen*; *shared* says that several workers add up what they measure."""
    from dashboards.attached import attach
    from dashboards.server import FrontSettings, create_app
    from ingest.gauges import gauges
    from ingest.stewards import Stewards
    from ingest.watch import readiness

    made = house(chosen)
    server = create_app(made.desks, FrontSettings(readiness=readiness(made.warehouse)))
    facts = gauges(made.warehouse, made.known)
    attach(server, made.desks, made.warehouse, chosen, Stewards(tools=made.tools), facts, shared=shared)
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


class Wiring(Proving):
    """What the rooms' own commands ask for; the settings are read when the first of it is asked."""

    def store(self) -> Any:
        """Return the warehouse, its schema the newest."""
        return open_store(settings())

    def tools(self, *, mirror: Path | None = None, **more: Any) -> Any:
        """Return what runs work with; *mirror* answers instead of the network."""
        chosen = settings().model_copy(update={"mirror": mirror} if mirror else {})
        return make_tools(chosen, open_store(chosen), **more)

    def post_room(self) -> Any:
        """Return what a round of post works with."""
        from dashboards.outbox.attachment import post_room
        from ingest.alerts import alerts

        chosen = settings()
        made = house(chosen)
        return post_room(made.warehouse, made.desks, chosen, alerts(made.warehouse, made.known))

    def chores(self) -> tuple[Any, ...]:
        """Return what the scheduler does beside running sources: nothing, unless word is to go out."""
        from dashboards.outbox.post import chore
        from ingest.schedule import Chore

        chosen = settings()
        return (Chore(**chore(self.post_room())),) if chosen.mails or chosen.hooks else ()

    def journal(self) -> None:
        """Write the journal as the settings say."""
        journal(settings())

    def exporting(self) -> tuple[Any, Path, str]:
        """Return what files are made with: the desks, the product's folder, the address people type."""
        chosen = settings()
        return house(chosen).desks, chosen.folder, chosen.public_url.rstrip("/")

    def try_out(self) -> None:
        """Put the pages together: locales, pages and boundaries say their own faults."""
        web(settings())

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
cli.add_typer(export_commands)
cli.add_typer(ingest_commands)
cli.add_typer(keeping_commands)
cli.add_typer(post_commands)
cli.add_typer(user_commands, name="user")


@cli.callback()
def wire(context: typer.Context) -> None:
    """GBA Monitor: the smart city cluster of the Greater Bay Area, as it was known on any date."""
    context.obj = Wiring()


@cli.command()
def describe() -> None:
    """Write the generated documentation under docs/."""
    from metrics.catalogue_docs import render_indicators
    from metrics.indicators import catalogue

    (HOME / "docs" / "indicators.md").write_text(render_indicators(catalogue()), encoding="utf-8")
    typer.echo("docs/indicators.md")


def main() -> None:
    """Run a command; a failure is one clear line and exit code 1, never a traceback."""
    calmly(cli)


if __name__ == "__main__":
    main()
