"""The command that takes figures away; ``app.py`` hands it its wiring as ``context.obj``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

cli = typer.Typer()


@cli.command()
def export(  # noqa: PLR0913, PLR0917 - each is an option of the command
    context: typer.Context,
    what: Annotated[str, typer.Argument(help="a panel id, an indicator id, a briefing id, or catalogue")],
    out: Annotated[Path, typer.Option(help="the file, or a folder that gets one with a telling name")],
    form: Annotated[str, typer.Option("--format", help="left out: as the file's name ends")] = "",
    lang: Annotated[str, typer.Option(help="en, zh-Hant or zh-Hans")] = "en",
    as_of: Annotated[str, typer.Option(help="as known on a day, such as 2025-05-15")] = "",
    places: Annotated[str, typer.Option(help="ids with commas between")] = "",
    start: Annotated[str, typer.Option("--from", help="a year, month or day")] = "",
    end: Annotated[str, typer.Option("--to", help="a year, month or day")] = "",
    per: Annotated[str, typer.Option(help="capita or km2")] = "",
    page: Annotated[str, typer.Option(help="the page of the panel, such as /work-items/3")] = "",
    option: Annotated[list[str] | None, typer.Option(help="NAME=VALUE of the page or the format")] = None,
) -> None:
    """Write what a panel says, all figures of an indicator, a briefing, or the whole catalogue, into a file.

    It sees what a visitor sees: what is not public leaves from the pages, signed in.
    """
    from dashboards.briefings.packs.commands import exported  # noqa: PLC0415 - starts fast
    from dashboards.exports.commands import Asked, UsageError  # noqa: PLC0415

    state = {
        "lang": lang,
        "as_of": as_of,
        "places": places,
        "from": start,
        "to": end,
        "per": per,
        "page": page,
    }
    try:
        asked = Asked(what=what, form=form, out=out, query=_query(state, option or []))
        typer.echo(exported(asked, *context.obj.exporting()))
    except UsageError as error:
        _say(error)
        raise typer.Exit(2) from error
    except KeyboardInterrupt as error:
        _say("Stopped; nothing was written.")
        raise typer.Exit(1) from error


def _query(state: dict[str, str], options: list[str]) -> dict[str, list[str]]:
    """Return the state as an address has it; raise UsageError for an option that is no pair."""
    from dashboards.exports.commands import UsageError  # noqa: PLC0415

    query = {name: [said] for name, said in state.items() if said}
    for pair in options:
        name, mark, value = pair.partition("=")
        if not mark or not name:
            raise UsageError(f"--option {pair!r}: expected NAME=VALUE, such as year=2023")
        query.setdefault(name, []).append(value)
    return query


def _say(said: Any) -> None:
    typer.echo(str(said), err=True)
