"""The command that sends word out; the scheduler does the same every few minutes."""

from __future__ import annotations

from datetime import UTC, datetime

import typer

cli = typer.Typer()


@cli.command()
def post(context: typer.Context) -> None:
    """Send the digests and alerts that are due, once; nothing where neither mail server nor webhook is set."""
    from dashboards.outbox.post import post as go_round  # noqa: PLC0415 - a command imports what it needs

    room = context.obj.post_room()
    if not (room.settings.mails or room.settings.hooks):
        typer.echo("Nothing is sent: set GBA_SMTP and GBA_MAIL_FROM, or GBA_WEBHOOK.")
        return
    done = go_round(room, datetime.now(UTC))
    typer.echo(
        f"{done.written} written, {done.sent} sent, {done.again} to be tried again, {done.given_up} given up"
    )
    if done.again or done.given_up:
        raise typer.Exit(1)
