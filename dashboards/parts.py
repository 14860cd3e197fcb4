"""Small parts that pages are built from: cards, status chips, facts, tables. Their looks are in assets/."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from dashboards.i18n import Words
from dashboards.style import STATUSES

Content = str | Component | Sequence[str | Component] | None

FLAGS = (
    "provisional", "estimated", "revised", "rounded", "series_break", "derived", "forecast", "not_in_scope",
    "no_data", "not_published", "withheld", "zero", "not_applicable", "suspended", "stale", "counting_basis",
)  # fmt: skip

_MAY_END = re.compile(r"(?<=\d\u5e74)(?=\d)|(?<=\u81f3)(?=\d)")

SHORT = 14
"""Signs up to which the last of several parts, most often a place, stays in one piece."""


def shape(status: str) -> Component:
    """Return the shape of *status*, which says nothing aloud: the word beside it does."""
    if status not in STATUSES:
        raise ValueError(f"no status {status!r}: expected one of {', '.join(STATUSES)}")
    return html.Span(className=f"shape shape-{status}", **{"aria-hidden": "true"})


def status_chip(status: str, words: Words, *, on_last_data: str = "") -> Component:
    """Return *status* as its own shape and its word; *on_last_data* is the date of data that are older."""
    text = words.t(f"status.{status}")
    if on_last_data:
        text = words.t("format.pair", a=text, b=words.t("status.on_last_data", date=on_last_data))
    return html.Span(
        [shape(status), html.Span(text, className="status-word")], className=f"status status-{status}"
    )


def flag_chip(flag: str, words: Words) -> Component:
    """Return a flag of a figure (provisional, not in scope ...): its own look, and its word."""
    if flag not in FLAGS:
        raise ValueError(f"no flag {flag!r}: expected one of {', '.join(FLAGS)}")
    return html.Span(words.t(f"flag.{flag}"), className=f"flag flag-{flag}")


def card(
    children: Content, *, number: str = "", title: Content = None, href: str = "", label: str = ""
) -> Component:
    """Return a card: a *number* in a square, a *title* (a link when *href* is given), *children*."""
    head = []
    if number:
        head.append(html.Span(number, className="card-number", **{"aria-hidden": "true"}))
    if title is not None:
        head.append(html.H2(html.A(title, href=href) if href else title, className="card-title"))
    parts: list[Component] = [html.Header(head, className="card-head")] if head else []
    parts += children if isinstance(children, list) else [children]
    return html.Article(parts, className="card", **({"aria-label": label} if label else {}))


def cards(children: Sequence[Component], look: str = "") -> Component:
    """Return cards in a row that wraps, in a *look* of their own where one is named."""
    return html.Div(list(children), className=f"cards {look}".rstrip())


def big_number(figure: str, label: Content, *, detail: Content = None, beside: Content = None) -> Component:
    """Return a headline *figure* (written, with its qualifier), what it counts, a soft *detail* line."""
    lines: list[Component] = [
        html.Div([html.Strong(figure, className="big-figure"), beside], className="big-line"),
        html.P(label, className="big-label"),
    ]
    if detail is not None:
        lines.append(html.P(detail, className="big-detail"))
    return html.Div(lines, className="big")


def why(text: Content) -> Component:
    """Return the one-line reason of a status."""
    return html.P(glued(text) if isinstance(text, str) else text, className="why")


def dots(counts: Sequence[tuple[str, int]], summary: str) -> Component:
    """Return milestones as small squares, one each; *summary* says the same in words.

    *counts* are (kind, how many), kind being done, due, late, unverified or planned.
    """
    squares = [html.I(className=f"dot dot-{kind}") for kind, many in counts for _ in range(many)]
    return html.Div(
        [html.Span(squares, className="dots", **{"aria-hidden": "true"}), html.Span(glued(summary))],
        className="milestones",
    )


def facts(pairs: Sequence[tuple[Content, Content]]) -> Component:
    """Return terms with what is said of each, as a definition list."""
    rows = [html.Div([html.Dt(term), html.Dd(said)]) for term, said in pairs]
    return html.Dl(rows, className="facts")


def change_list(rows: Sequence[tuple[Content, Content, Content]]) -> Component:
    """Return a list of changes: how much, what, from and to."""
    items = [
        html.Li([html.B(much), html.Span(what), html.Span(between, className="soft")])
        for much, what, between in rows
    ]
    return html.Ul(items, className="changes")


def table(
    head: Sequence[Content],
    rows: Sequence[Sequence[Content]],
    *,
    caption: str,
    numeric: Sequence[int] = (),
    cards: bool = False,
    late: bool = False,
) -> Component:
    """Return a plain table; *caption* is for those who hear it; columns in *numeric* are set right.

    With *cards* each row becomes a card of its own where the panel is narrow; with *late* only where it is as narrow
    as on a telephone.
    """

    def cell(kind: type, column: int, content: Content, **more: str) -> Component:
        if (cards or late) and column and kind is html.Td:
            more["data-label"] = str(head[column])
        return kind(content, className="number" if column in numeric else None, **more)

    header = html.Thead(html.Tr([cell(html.Th, at, text, scope="col") for at, text in enumerate(head)]))
    lines = [
        html.Tr(
            [
                cell(html.Th if not at else html.Td, at, text, **({} if at else {"scope": "row"}))
                for at, text in enumerate(row)
            ]
        )
        for row in rows
    ]
    look = "table table-cards" if cards else "table table-late" if late else "table"
    return html.Div(
        html.Table([html.Caption(caption, className="unseen"), header, html.Tbody(lines)], className=look),
        className="table-wrap", role="group", tabIndex=0, **{"aria-label": caption},
    )  # fmt: skip


def drawing(svg: str, alt: str, *, class_name: str = "drawing") -> Component:
    """Return an SVG text as a picture; an empty *alt* says that the words beside it tell the same."""
    return html.Img(src="data:image/svg+xml;charset=utf-8," + quote(svg), alt=alt, className=class_name)


def chips(links: Sequence[tuple[str, str, bool]], *, label: str) -> Component:
    """Return a row of links as chips: (text, address, whether it is the one chosen)."""
    items = [
        html.A(text, href=href, className="chip", **({"aria-current": "true"} if chosen else {}))
        for text, href, chosen in links
    ]
    return html.Nav(items, className="chips", **{"aria-label": label})


def glued(text: str) -> str:
    """Return *text* so that a dot between two parts never begins a line and a short last part is never broken."""
    rest, dot, last = text.rpartition(" · ")
    if dot and len(last) <= SHORT:
        last = last.replace(" ", "\u00a0")
    return (rest + dot).replace(" · ", "\u00a0· ") + last


def in_cell(text: str) -> Content:
    """Return *text* for a narrow cell: a date written in Chinese may end a line after its year, a period before its
    end, and nowhere else."""
    first, *rest = _MAY_END.split(text)
    return [first, *(part for one in rest for part in (html.Wbr(), one))] if rest else text


def note(text: Content) -> Component:
    """Return a soft remark."""
    return html.P(text, className="note")


def state(text: Content, *, kind: str = "empty") -> Component:
    """Return a calm sentence in place of a body; *kind* is empty or failed."""
    return html.P(text, className=f"state state-{kind}")


def field(
    name: str, kind: str, *, label: str, value: str = "", least: str = "", most: str = "", said: str = ""
) -> Component:
    """Return a native input (*kind* date, search, number ...), which a script puts in place inside its label.

    Inside a form of ``asking``, a change of it goes into the address. *said* is its value in the page's words: a
    browser writes a date in an order of its own, which may be read as another day.
    """
    data = {"data-field": name, "data-kind": kind, "data-value": value, "data-min": least, "data-max": most}
    inside = [html.Span(label, className="field-label"), html.Span(className="field", **data)]
    return html.Label([*inside, html.Span(said, className="field-said")] if said else inside)


def choice(name: str, choices: Sequence[tuple[str, str]], *, label: str, value: str = "") -> Component:
    """Return a native drop-down of (value, text) inside its label, put in place as ``field`` is."""
    data = {
        "data-field": name,
        "data-kind": "select",
        "data-value": value,
        "data-choices": json.dumps(choices),
    }
    return html.Label([html.Span(label, className="field-label"), html.Span(className="field", **data)])


def asking(path: str, fields: Sequence[Component], *, keep: str, label: str) -> Component:
    """Return a form whose fields write the address of *path*; *keep* is the query string that stays."""
    return html.Form(
        list(fields), action=path, className="asking", **{"data-keep": keep, "aria-label": label}
    )
