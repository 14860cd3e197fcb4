"""The ``user`` commands: people who sign in, with role (viewer, member, steward, admin)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

cli = typer.Typer(
    no_args_is_help=True, help="People who sign in, with role (viewer, member, steward, admin)."
)
Name = Annotated[str, typer.Argument(help="what the person signs in with")]


def _password() -> str:
    """Read a password: from the terminal unseen and twice, or from standard input, where it is the first line."""
    if sys.stdin.isatty():
        return typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return sys.stdin.readline().rstrip("\r\n")


def _done(work: Callable[[], str]) -> None:
    from dashboards.sign_in.commands import CommandRefused  # noqa: PLC0415 - each command starts fast

    try:
        typer.echo(work())
    except CommandRefused as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(1) from refused


def _commands() -> Any:
    from dashboards.sign_in import commands  # noqa: PLC0415

    return commands


@cli.command()
def add(
    context: typer.Context,
    person: Name,
    name: Annotated[str, typer.Option(help="the name that others read")] = "",
    role: Annotated[str, typer.Option(help="viewer, member, steward or admin")] = "viewer",
    without_password: Annotated[bool, typer.Option(help="a proxy or provider vouches for them")] = False,
) -> None:
    """Add somebody; the password is asked for, or read from standard input."""
    password = "" if without_password else _password()
    register = context.obj.register()
    _done(lambda: _commands().add_person(register, person, name=name, role=role, password=password))


@cli.command("list")
def listing(context: typer.Context) -> None:
    """List everybody with role, state and when they were last seen."""
    typer.echo(_commands().list_people(context.obj.register()))


@cli.command()
def disable(context: typer.Context, person: Name) -> None:
    """Shut somebody out, at once and everywhere."""
    _done(lambda: _commands().disable_person(context.obj.register(), person))


@cli.command()
def enable(context: typer.Context, person: Name) -> None:
    """Let somebody in again."""
    _done(lambda: _commands().enable_person(context.obj.register(), person))


@cli.command()
def password(context: typer.Context, person: Name) -> None:
    """Give somebody a new password, asked for or read from standard input; their sessions end."""
    new = _password()
    _done(lambda: _commands().set_password(context.obj.register(), person, password=new))


@cli.command()
def role(context: typer.Context, person: Name, role: str) -> None:
    """Change somebody's role."""
    _done(lambda: _commands().give_role(context.obj.register(), person, role=role))
