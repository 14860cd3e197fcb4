"""The web application put together: Flask, Dash inside, guard, addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import dash_ag_grid  # noqa: F401  (its script is served from the first request on)
from dash import ClientsideFunction, Dash, Input, Output
from flask import Flask, Response, request

from dashboards import guard, shell
from dashboards.answers import MOST_BYTES, AnswerCache
from dashboards.desk import Desk
from dashboards.files import ASK_AGAIN, FOREVER, File, lasting, load_assets, response
from dashboards.index import index_template
from dashboards.panel import Page, discover
from dashboards.routes import Front, route

ASSETS = Path(__file__).parents[1] / "assets"
# Pages share one interpreter: more at a time would each take longer, and the memory of all of them at once.
AT_ONCE = 2
SUITES = "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>"


def _always_ready() -> Mapping[str, Any]:
    return {"ready": True}


@dataclass(frozen=True, kw_only=True)
class FrontSettings:
    """What the web application may be told: *pages* (default: those of ``dashboards.pages``), *readiness* for
    ``/readyz``, the folder of *assets*, and how many bytes of answers each process keeps."""

    pages: Sequence[Page] | None = None
    readiness: guard.Readiness = _always_ready
    assets: Path = ASSETS
    answer_bytes: int = MOST_BYTES


def create_app(desk: Callable[[], Desk], settings: FrontSettings | None = None) -> Flask:
    """Return the web application; *desk* is asked for the desk with every request and must be cheap."""
    settings = settings or FrontSettings()
    pages = discover(_pages()) if settings.pages is None else tuple(settings.pages)
    server = Flask("dashboards", static_folder=None)
    dash = dash_in(server)
    assets = load_assets(settings.assets)
    front = Front(
        desk=desk,
        pages=pages,
        assets=assets,
        index=index_template(dash, assets.addresses),
        cache=AnswerCache(most_bytes=settings.answer_bytes, at_once=AT_ONCE),
    )
    guard.protect(server, dash.csp_hashes(), lambda: server_outputs(dash))
    guard.watch(server, settings.readiness)
    _keep_suites(server)
    route(server, front)
    server.extensions["assets"] = assets.addresses
    server.extensions["pages"] = pages
    server.extensions["answers"] = front.cache
    return server


def _pages() -> ModuleType:
    from dashboards import pages  # noqa: PLC0415  (pages import panel, parts and figures: only when asked for)

    return pages


def dash_in(server: Flask) -> Dash:
    """Return Dash on *server* with the frame as its layout and the one clientside callback."""
    dash = Dash(
        "dashboards",
        server=server,
        serve_locally=True,
        enable_mcp=False,
        include_assets_files=False,
        assets_folder="no-assets",
        assets_url_path="_no-assets",
        update_title=None,
        suppress_callback_exceptions=True,
        add_log_handler=False,
        title="",
    )
    dash.layout = shell.layout()
    dash.clientside_callback(
        ClientsideFunction(namespace="gba", function_name="page"),
        Output("top", "children"),
        Output("main", "children"),
        Output("foot", "children"),
        Input("address", "pathname"),
        Input("address", "search"),
        Input("again", "data"),
    )
    return dash


def server_outputs(dash: Dash) -> frozenset[str]:
    """Return the outputs that are made on the server; a call of any other is refused."""
    return frozenset(name for name, entry in dash.callback_map.items() if "callback" in entry)


def _keep_suites(server: Flask) -> None:
    """Compress Dash's own scripts once instead of reading them from disk with every request."""
    from_dash = server.view_functions[SUITES]
    kept: dict[str, File] = {}
    unchanging: set[str] = set()  # those with their version in the address

    def suite(package_name: str, fingerprinted_path: str) -> Response:
        file = kept.get(request.path)
        if file is None:
            try:
                answer = server.make_response(from_dash(package_name, fingerprinted_path))
            except Exception:
                return guard.plain(404, "There is no such script.")
            if answer.status_code != 200:
                return answer
            if answer.cache_control.max_age:
                unchanging.add(request.path)
            file = kept[request.path] = lasting(answer.get_data(), answer.content_type or "text/javascript")
        return response(file, request, FOREVER if request.path in unchanging else ASK_AGAIN)

    server.view_functions[SUITES] = suite
