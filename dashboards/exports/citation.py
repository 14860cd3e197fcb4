"""How to cite what is shown: what it is, as known on which day, by whom published, where to find it again."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.i18n import Words

ORIGIN = "{origin}"
"""Stands for the address of the product in a citation that the browser completes."""


def citation(
    words: Words, *, title: str, as_of: str, sources: Sequence[str], address: str, unit: str = ""
) -> str:
    """Return the citation of a panel or an indicator in the language of *words*; *as_of* is a written date."""
    named = words.t("figure.aside", text=title, aside=unit) if unit else title
    said = words.t("cite.as_known", product=words.t("ui.product_name"), title=named, date=as_of)
    if sources:
        said += words.t("cite.sources", sources=words.listing(sources))
    return said + words.t("cite.address", address=address)


def indicator_citation(
    words: Words, indicator_id: str, *, as_of: str, sources: Sequence[str], address: str
) -> str:
    """Return the citation of all figures of an indicator."""
    return citation(
        words, title=words.t(f"indicator.{indicator_id}"), as_of=as_of, sources=sources, address=address
    )
