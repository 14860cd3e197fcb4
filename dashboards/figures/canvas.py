"""A chart under way: its layout is checked once, when it is read, not again with each thing put on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

_LISTS = ("annotations", "shapes")
_WITH_UNDERSCORE = frozenset({"paper_bgcolor", "plot_bgcolor"})

BELOW = "below"
"""The name of an annotation or shape that belongs to the words below the plot."""


class Canvas(go.Figure):
    """Holds changes of the layout, annotations and shapes as plain values until somebody reads the layout.

    Plotly checks everything again whenever one thing is added, so that twenty annotations cost as much as two
    hundred; here they cost what they are. In everything else it is a figure.

    ``drawn`` is what it shows, as a value of figures.drawn, where the chart can be drawn in another form; ``below``
    are the keys and notes under the plot, which take ``below_height`` px of it.
    """

    drawn: Any = None
    below: tuple[Any, ...] = ()
    below_height: float = 0.0

    def __init__(self, data: Any = None, layout: Any = None) -> None:
        self._waiting: list[tuple[str, Mapping[str, Any]]] = []
        super().__init__(data=data, layout={"template": {}})  # None would bring the 6 KB default
        if layout is not None:
            self.update_layout(layout)

    def add_annotation(self, arg: Any = None, **said: Any) -> Canvas:
        """Add an annotation, given by its properties."""
        return self._keep("annotations", arg, said)

    def add_shape(self, arg: Any = None, **said: Any) -> Canvas:
        """Add a shape, given by its properties."""
        return self._keep("shapes", arg, said)

    def update_layout(self, dict1: Any = None, overwrite: bool = False, **changes: Any) -> Canvas:
        """Change the layout by properties; nested ones are given as mappings."""
        plain = dict1.to_plotly_json() if isinstance(dict1, go.Layout) else dict(dict1 or {})
        asked = plain | changes
        if overwrite or any("_" in name and name not in _WITH_UNDERSCORE for name in asked):
            super().update_layout(asked, overwrite=overwrite)
        else:
            self._waiting.append(("", asked))
        return self

    def tell_below(self, told: Sequence[Any], height: float) -> None:
        """Remember that *told*, keys of figures.legend or notes, was drawn below the plot, *height* px high."""
        self.below = (*self.below, *told)
        self.below_height += height

    def leave_below(self) -> tuple[Any, ...]:
        """Take the keys and notes below the plot away, with the room they took, and return them."""
        told, height = self.below, self.below_height
        if not told:
            return ()
        self.below, self.below_height = (), 0.0
        plain = self._merged()
        for kind in _LISTS:
            plain[kind] = [one for one in plain.get(kind, ()) if one.get("name") != BELOW]
        shorter = {"margin": {"b": plain.get("margin", {}).get("b", height) - height}}
        if plain.get("height"):
            shorter["height"] = plain["height"] - height
        if "foot" in (plain.get("meta") or {}):
            shorter["meta"] = {"foot": plain["meta"]["foot"] - height}
        go.Figure.layout.fset(self, merged(plain, shorter))
        return told

    def _merged(self) -> dict[str, Any]:
        """Return the layout as plain values with all that waited, which then waits no longer."""
        waiting, self._waiting = self._waiting, []
        plain = {"template": {}} | self._layout_obj.to_plotly_json()
        for kind, said in waiting:
            if kind in _LISTS:
                plain[kind] = [*plain.get(kind, ()), said]
            else:
                plain = merged(plain, said)
        return plain

    def _keep(self, kind: str, arg: Any, said: Mapping[str, Any]) -> Canvas:
        if arg is not None or {"row", "col"} & set(said):
            raise TypeError(
                f"{kind}: expected properties by name, without row and col; found {arg!r} {sorted(said)}"
            )
        self._waiting.append((kind, said))
        return self

    @go.Figure.layout.getter
    def layout(self) -> go.Layout:
        """Return the layout with everything on it."""
        if self._waiting:
            go.Figure.layout.fset(self, self._merged())
        return self._layout_obj

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as plain values."""
        _ = self.layout
        return super().to_dict()


def merged(plain: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return *plain* with *changes*, mappings within mappings too; None takes a property away."""
    result = dict(plain)
    for name, value in changes.items():
        held = result.get(name)
        if isinstance(value, Mapping) and isinstance(held, Mapping):
            result[name] = merged(held, value)
        elif value is None:
            result.pop(name, None)
        else:
            result[name] = value
    return result
