"""A chart under way: what is written and drawn on it is checked once, when it is read, not again with each addition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

_KINDS = ("annotations", "shapes")


class Canvas(go.Figure):
    """Holds annotations and shapes until somebody reads the layout.

    Plotly checks all annotations again whenever one is added, so that twenty cost as much as two hundred; here
    they cost what they are. In everything else it is a figure.
    """

    def __init__(self, data: Any = None, layout: Any = None) -> None:
        self._waiting: dict[str, list[Mapping[str, Any]]] = {kind: [] for kind in _KINDS}
        super().__init__(data=data, layout=layout)

    def add_annotation(self, arg: Any = None, **said: Any) -> Canvas:
        """Add an annotation, given by its properties."""
        return self._keep("annotations", arg, said)

    def add_shape(self, arg: Any = None, **said: Any) -> Canvas:
        """Add a shape, given by its properties."""
        return self._keep("shapes", arg, said)

    def _keep(self, kind: str, arg: Any, said: Mapping[str, Any]) -> Canvas:
        if arg is not None or {"row", "col"} & set(said):
            raise TypeError(
                f"{kind}: expected properties by name, without row and col; found {arg!r} {sorted(said)}"
            )
        self._waiting[kind].append(said)
        return self

    @go.Figure.layout.getter
    def layout(self) -> go.Layout:
        """Return the layout with everything on it."""
        held = self._layout_obj
        for kind, waiting in self._waiting.items():
            if waiting:
                self._waiting[kind] = []
                held[kind] = [*(one.to_plotly_json() for one in held[kind]), *waiting]
        return held

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as plain values."""
        _ = self.layout
        return super().to_dict()
