"""Chromium as a drawing machine: our own plotly and nothing else, no address it could ask, gone when we go."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import shutil
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from choreographer.browsers import Chromium
from kaleido import Kaleido, PageGenerator

ASSETS = Path(__file__).resolve().parents[2] / "assets"
LOTS = Path(__file__).resolve().with_name("templates") / "lots.js"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
CLOSING = 8.0
_GLANCE = 0.05


class GoneError(RuntimeError):
    """Says that Chromium died or fell silent; a new one may well draw the same chart."""


@dataclass(frozen=True, kw_only=True)
class Canvas:
    """What a picture measures: *width* and *height* in px, *scale* dots for each of them; *form* png or svg."""

    width: int
    height: int
    scale: float = 1.0
    form: str = "png"


class _Offline(Chromium):
    """Chromium that looks up no name and has nothing to do in the background."""

    def get_cli(self) -> Sequence[str]:
        """Return the command."""
        return [
            *super().get_cli(),
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--disable-background-networking",
            "--disable-domain-reliability",
            "--disable-extensions",
            "--disable-component-extensions-with-background-pages",
            "--disable-quic",
        ]


class _Sheet(PageGenerator):
    """The page charts are drawn on; its policy lets it load our own scripts and nothing from anywhere else.

    It is loaded anew for each chart, and with it what is drawn by lot begins anew.
    """

    header = """<!doctype html>
<html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; script-src file:; img-src data: blob:; style-src 'unsafe-inline'">
<style id="head-style"></style>
"""

    def __init__(self) -> None:
        super().__init__(
            plotly=(ASSETS / "plotly.min.js").as_uri(),
            mathjax=False,
            others=[(ASSETS / "00-plotly-geo.js").as_uri(), LOTS.as_uri()],
        )


def browser_path() -> str | None:
    """Return where Chromium (or a browser of its kind) is; None when there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Browser:
    """Hold one running Chromium with one page; ``draw`` on it, ``stop`` it."""

    def __init__(self, kaleido: Kaleido) -> None:
        self._kaleido = kaleido
        self._crashed = False

    async def watch(self) -> None:
        """Notice from now on when the page dies under a Chromium that lives on."""

        async def crashed(_event: object) -> None:
            self._crashed = True

        for tab in self._kaleido.tabs.values():
            tab.subscribe("Inspector.targetCrashed", crashed)
            await tab.send_command("Inspector.enable")

    @property
    def dead(self) -> bool:
        """Say whether Chromium or its page is no more."""
        return self._crashed or self._kaleido.subprocess.poll() is not None

    @property
    def pid(self) -> int:
        """Return the process that leads Chromium's group."""
        return self._kaleido.subprocess.pid

    async def draw(self, figure: Mapping[str, Any], canvas: Canvas, limit: float) -> bytes:
        """Return *figure* as a picture; raise GoneError when Chromium dies or needs more than *limit* seconds."""
        opts = {
            "format": canvas.form,
            "width": canvas.width,
            "height": canvas.height,
            "scale": canvas.scale,
        }
        drawing = asyncio.ensure_future(self._kaleido.calc_fig(figure, opts))
        until = asyncio.get_running_loop().time() + limit
        while not drawing.done():
            await asyncio.wait({drawing}, timeout=_GLANCE)
            late = asyncio.get_running_loop().time() > until
            if not drawing.done() and (late or self.dead):
                drawing.cancel()
                with contextlib.suppress(Exception, asyncio.CancelledError):
                    await asyncio.wait_for(drawing, 1)
                raise GoneError(
                    f"nothing drawn within {limit:g} s" if late else "Chromium died while drawing"
                )
        return drawing.result()

    async def stop(self) -> None:
        """End Chromium and everything it started, nicely if it lets us."""
        with contextlib.suppress(Exception, asyncio.CancelledError):
            await asyncio.wait_for(self._kaleido.close(), CLOSING)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)


async def started(path: str, limit: float, room: Path | None = None) -> Browser:
    """Return a running Chromium that is ready to draw; raise GoneError when it is not within *limit* seconds.

    In *room* it keeps what it writes while it runs.
    """
    # What its driver cannot read of a Chromium that is going down it writes with a traceback; we say it ourselves.
    logging.getLogger("choreographer").setLevel(logging.CRITICAL)
    kaleido = Kaleido(
        n=1, timeout=None, page_generator=_Sheet(), path=path, browser_cls=_Offline, tmp_dir=room
    )
    browser = Browser(kaleido)
    try:
        await asyncio.wait_for(kaleido.open(), limit)
        await browser.watch()
    except Exception as error:
        if hasattr(kaleido, "subprocess"):
            await browser.stop()
        raise GoneError(f"{path} did not start: {error or type(error).__name__}") from error
    return browser
