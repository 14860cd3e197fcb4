"""Turn what never changes in the browser into HTML text: a page of two thousand components renders in seconds, as
twenty components with their insides as text at once. A script of the page puts the text in place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from dash.development.base_component import Component

HTML = "dash_html_components"
HOLD = "data-html"
STYLE = "data-style"
_NAMES: Mapping[str, str] = {"className": "class", "htmlFor": "for"}
_NOT_SAID = frozenset(
    {"children", "key", "n_clicks", "n_clicks_timestamp", "disable_n_clicks", "loading_state"}
)
_VOID = frozenset({"img", "br", "hr", "wbr", "col", "input"})
# Types whose tag is not their name, and what needs more than markup.
_NOT_PLAIN = frozenset({"ObjectEl", "MapEl", "Script", "Iframe"})


def lean(content: Any) -> Any:
    """Return *content* with the inside of every component that is plain markup as one text of HTML.

    A component with a live part within (a chart) stays one, and so do those around it; text, numbers and None stay
    as they are. The policy allows no style in text: the script that puts the text in place sets it from data-style.
    """
    return _lean(content, {})


def _lean(content: Any, known: dict[int, str | None]) -> Any:
    if isinstance(content, list | tuple):
        return [_lean(one, known) for one in content]
    if not isinstance(content, Component) or not _has_children(content):
        return content
    inner = known[id(content)] if id(content) in known else _markup(content.children, known)
    if inner is None:
        content.children = _lean(content.children, known)
    elif "<" in inner:
        content.children = None
        setattr(content, HOLD, inner)
    return content


def _has_children(component: Component) -> bool:
    return component._namespace == HTML and getattr(component, "children", None) is not None


def markup(content: Any) -> str | None:
    """Return *content* as HTML that no script attends to, or None where it is not plain markup or has a style."""
    return _markup(content, None)


def _markup(content: Any, known: dict[int, str | None] | None) -> str | None:
    """Return *content* as HTML, or None where it is not plain.

    *known* keeps the inside of each element for ``lean``, whose script also sets styles; None has no such script.
    """
    if content is None:
        return ""
    if isinstance(content, list | tuple):
        parts = [_markup(one, known) for one in content]
        return None if None in parts else "".join(part for part in parts if part)
    if isinstance(content, Component):
        return _element(content, known)
    return escape(str(content), quote=False)


def _element(component: Component, known: dict[int, str | None] | None) -> str | None:
    if component._namespace != HTML or component._type in _NOT_PLAIN:
        return None
    inner = _markup(getattr(component, "children", None), known)
    if known is not None:
        known[id(component)] = inner
    props = _props(component)
    style = props.pop("style", None)
    if inner is None or (style and known is None):
        return None
    if style:
        props[STYLE] = json.dumps(style)
    tag = component._type.lower()
    opening = f"<{tag}{_attributes(props)}>"
    return opening if tag in _VOID else f"{opening}{inner}</{tag}>"


def _props(component: Component) -> dict[str, Any]:
    """Return what was said of *component*, in Dash's order; Dash itself asks for every name that there could be."""
    held = vars(component)
    said = {name: held[name] for name in component._prop_names if name in held}
    free = tuple(component._valid_wildcard_attributes)
    return said | {name: value for name, value in held.items() if name.startswith(free)}


def _attributes(props: Mapping[str, Any]) -> str:
    said = []
    for name, value in props.items():
        if name in _NOT_SAID or value is None or value is False:
            continue
        attribute = _NAMES.get(name, name.lower())
        said.append(f" {attribute}" if value is True else f' {attribute}="{escape(str(value))}"')
    return "".join(said)
