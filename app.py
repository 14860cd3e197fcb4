"""GBA Monitor: settings, wiring and commands; the only file that knows every room."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import typer
from pydantic import DirectoryPath, Field, FilePath, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.cli import cli as ingest_commands

HOME = Path(__file__).resolve().parent


class Settings(BaseSettings):
    """What the environment may set (``GBA_*``); every fault is told at once, at the start."""

    model_config = SettingsConfigDict(env_prefix="GBA_", extra="ignore")

    var: Path = Path("var")
    warehouse: str = ""
    mirror: DirectoryPath | None = None
    boundaries: DirectoryPath | None = None
    auth: Literal["open"] = "open"
    keep_readings_days: int = Field(90, ge=1, le=36500)
    https_proxy: str | None = None
    ca_file: FilePath | None = None
    secret_key: SecretStr | None = None
    timezone: str = "Asia/Hong_Kong"
    contact: str = ""

    @field_validator("timezone")
    @classmethod
    def _zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"expected an IANA time zone such as Asia/Hong_Kong, found {zone}") from error
        return zone

    @property
    def url(self) -> str:
        """The warehouse's address; SQLite under ``var`` unless told otherwise."""
        return self.warehouse or f"sqlite:///{(HOME / self.var / 'warehouse.db').resolve()}"

    @property
    def folder(self) -> Path:
        """The folder for everything made at run time, created on first use."""
        folder = (HOME / self.var).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def settings() -> Settings:
    """Return the settings, or say every fault of them and stop with 2."""
    try:
        return Settings()
    except ValidationError as error:
        for fault in error.errors():
            name = f"GBA_{str(fault['loc'][0]).upper()}" if fault["loc"] else "settings"
            say(f"{name}: {fault['msg'].removeprefix('Value error, ')}")
        raise typer.Exit(2) from None


def say(text: str) -> None:
    """Say one line to the person at the terminal."""
    typer.echo(text, err=True)


def greet(address: str) -> None:
    """Say where the pages are."""
    typer.echo(f"GBA Monitor is at {address}")


def keys() -> dict[str, str]:
    """Return the sources' keys (``GBA_KEY_<SOURCE>``) by source id."""
    prefix = "GBA_KEY_"
    return {
        name[len(prefix) :].lower(): value for name, value in os.environ.items() if name.startswith(prefix)
    }


def open_store(chosen: Settings) -> Any:
    """Return the warehouse, its folder made and its schema brought to the newest."""
    from metrics.warehouse.warehouse import open_warehouse

    chosen.folder.mkdir(parents=True, exist_ok=True)
    warehouse = open_warehouse(chosen.url, keep_readings_days=chosen.keep_readings_days)
    warehouse.migrate()
    return warehouse


def make_tools(chosen: Settings, warehouse: Any, **more: Any) -> Any:
    """Return what runs work with."""
    from ingest.fetch import Fetcher
    from ingest.tools import tools_for
    from metrics.indicators import catalogue

    fetch = Fetcher(
        contact=chosen.contact, mirror=chosen.mirror, proxy=chosen.https_proxy, ca_file=chosen.ca_file
    )
    archive = chosen.folder / "archive"
    return tools_for(warehouse, archive=archive, fetch=fetch, meanings=catalogue().by_id, keys=keys(), **more)


def create_server() -> Any:
    """Return the web application (WSGI), for ``gunicorn 'app:create_server()'``."""
    return web(settings())


def web(chosen: Settings) -> Any:
    """Return the web application of *chosen*."""
    from dashboards.opened import open_desk
    from dashboards.server import FrontSettings, create_app
    from geo.boundaries import boundaries
    from ingest.registry import sources
    from ingest.watch import health_kept, readiness

    warehouse = open_store(chosen)
    known = sources()
    desk = open_desk(
        warehouse,
        boundaries(chosen.folder / "boundaries", chosen.boundaries),
        titles={one.id: one.title for one in known.values()},
        health=health_kept(warehouse, known),
    )
    return create_app(lambda: desk, FrontSettings(readiness=readiness(warehouse)))


def prepare(chosen: Settings) -> None:
    """Make ready what the pages need: schema, opening figures, boundaries; quick when all is there."""
    from geo.boundaries import boundaries
    from ingest.commands import load_opening

    warehouse = open_store(chosen)
    for one in load_opening(make_tools(chosen, warehouse)):
        if one.status == "failed":
            raise RuntimeError(f"{one.source_id}: {one.message}")
        say(f"{one.source_id}: {one.new:,} new, {one.unchanged:,} unchanged")
    boundaries(chosen.folder / "boundaries", chosen.boundaries)
    warehouse.close()


def all_faults(chosen: Settings) -> list[str]:
    """Return every disagreement between the rooms' facts, as ``file: entry: what``."""
    from geo.boundaries import boundaries
    from geo.places import atlas
    from ingest import registry
    from metrics.agenda import agenda, disagreements
    from metrics.indicators import catalogue

    figures, book = catalogue(), agenda()
    known = {
        "indicators": set(figures.by_id),
        "places": {place.id for place in atlas()},
        "organisations": set(figures.organisations.by_id),
    }
    boundaries(chosen.folder / "boundaries", chosen.boundaries)
    web(chosen)
    return [*disagreements(book, **known), *registry.disagreements(registry.sources(), **known)]


def documents() -> dict[str, str]:
    """Return the generated documents by file name."""
    from metrics.catalogue_docs import render_indicators
    from metrics.indicators import catalogue

    return {"indicators.md": render_indicators(catalogue())}


class Wiring:
    """What the rooms' own commands ask for; the settings are read when the first of it is asked."""

    def store(self) -> Any:
        """Return the warehouse, its schema the newest."""
        return open_store(settings())

    def tools(self, *, mirror: Path | None = None, **more: Any) -> Any:
        """Return what runs work with; *mirror* answers instead of the network."""
        chosen = settings().model_copy(update={"mirror": mirror} if mirror else {})
        return make_tools(chosen, open_store(chosen), **more)


cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
cli.add_typer(ingest_commands)


@cli.callback()
def wire(context: typer.Context) -> None:
    """GBA Monitor: the smart city cluster of the Greater Bay Area, as it was known on any date."""
    context.obj = Wiring()


@cli.command()
def run(host: str = "127.0.0.1", port: Annotated[int, typer.Option(min=1, max=65535)] = 8050) -> None:
    """Start web and scheduler together; stop both on Ctrl-C or SIGTERM."""
    from dashboards.serving import check_free, serve
    from ingest.standby import Standby

    chosen = settings()
    check_free(host, port)
    prepare(chosen)
    scheduler = Standby([sys.executable, str(HOME / "app.py"), "schedule"], say)
    scheduler.start()
    try:
        serve(lambda: web(chosen), host=host, port=port, workers=2, ready=greet, ended=scheduler.stop)
    finally:
        scheduler.stop()


@cli.command()
def serve(
    host: str = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8050,
    workers: Annotated[int, typer.Option(min=1, max=64)] = 2,
) -> None:
    """Start the web pages only."""
    from dashboards.serving import serve

    chosen = settings()
    prepare(chosen)
    serve(lambda: web(chosen), host=host, port=port, workers=workers, ready=greet)


@cli.command()
def check() -> None:
    """Validate catalogue, agenda, locales, sources, boundaries; say every fault at once."""
    faults = all_faults(settings())
    for fault in faults:
        typer.echo(fault)
    if faults:
        raise typer.Exit(1)
    typer.echo("No faults: catalogue, agenda, locales, sources and boundaries agree.")


@cli.command()
def migrate() -> None:
    """Bring the warehouse's schema to the newest."""
    open_store(settings())
    typer.echo("The warehouse has the newest schema.")


@cli.command()
def describe() -> None:
    """Write the generated documentation under docs/."""
    for file, text in documents().items():
        (HOME / "docs" / file).write_text(text, encoding="utf-8")
        typer.echo(f"docs/{file}")


def main() -> None:
    """Run a command; a failure is one clear line and exit code 1, never a traceback."""
    try:
        cli()
    except Exception as error:
        say(f"{type(error).__name__}: {error}")
        sys.exit(1)


if __name__ == "__main__":
    main()
