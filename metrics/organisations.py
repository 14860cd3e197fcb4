"""Who publishes and who answers for figures, by name in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from metrics.entries import Entry, entries_in, frozen_text, key_faults, read_file, text_faults

KINDS = ("official", "company", "press", "other")
_JOINTS = ("comma", "and", "cites", "via", "via_cites", "reprint", "reprint_cites")


@dataclass(frozen=True, kw_only=True, slots=True)
class Organisation:
    """A body, a company or a press house, with its name by language."""

    id: str
    kind: str
    names: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Appearance:
    """What a publisher's text in the tables says: *by* whom, whom it *cites*, *via* whom it reached us.

    *by* and *cites* are organisation ids, or sites by their address; *via* is an id or any site's name; *reprint*
    says that the site has no name.
    """

    by: tuple[str, ...]
    cites: tuple[str, ...] = ()
    via: str = ""
    reprint: bool = False


@dataclass(frozen=True, kw_only=True)
class Organisations:
    """The organisations by id, the texts under which tables name them, and how a name is put together."""

    by_id: Mapping[str, Organisation]
    appearances: Mapping[str, Appearance]
    joints: Mapping[str, Mapping[str, str]]

    def get(self, organisation_id: str) -> Organisation:
        """Return an organisation; KeyError says which ids are near."""
        try:
            return self.by_id[organisation_id]
        except KeyError:
            near = get_close_matches(organisation_id, self.by_id, n=3)
            hint = f"; near it: {', '.join(near)}" if near else ""
            raise KeyError(f"no organisation {organisation_id!r} in organisations.toml{hint}") from None

    def name(self, publisher: str, lang: str) -> str:
        """Return what the tables' text *publisher* says, in *lang*; an id by its name, any other text as it stands."""
        if (seen := self.appearances.get(publisher)) is None:
            return self._named(publisher, lang)
        parts = {
            "by": self._joined(seen.by, lang),
            "via": self._named(seen.via, lang),
            "cites": self._joined(seen.cites, lang),
        }
        joint = "via" if seen.via else "reprint" if seen.reprint else ""
        joint = "_".join(part for part in (joint, "cites" if seen.cites else "") if part)
        return self.joints[joint][lang].format(**parts) if joint else parts["by"]

    def _named(self, organisation_id: str, lang: str) -> str:
        found = self.by_id.get(organisation_id)
        return found.names[lang] if found else organisation_id

    def _joined(self, ids: Sequence[str], lang: str) -> str:
        names = [self._named(one, lang) for one in ids]
        if len(names) < 2:
            return "".join(names)
        most = self.joints["comma"][lang].join(names[:-1])
        return most + self.joints["and"][lang] + names[-1]


def read_organisations(folder: Path, faults: list[str]) -> Organisations:
    """Return what ``organisations.toml`` holds, adding to *faults* what is wrong with it."""
    tables = read_file(folder, "organisations", faults)
    entries = entries_in(tables, "organisations", "organisation", faults)
    joined, appearances = tables.get("joined", {}), tables.get("appearance", {})
    ids = {entry["id"] for entry in entries}
    for entry in entries:
        faults += [f"organisations.toml: {entry['id']}: {what}" for what in _entry_faults(entry)]
    for joint in _JOINTS:
        faults += [f"organisations.toml: joined: {what}" for what in text_faults(joined, joint)]
    for text, entry in appearances.items():
        faults += [f"organisations.toml: {text!r}: {what}" for what in _appearance_faults(entry, ids)]
    return Organisations(
        by_id={
            entry["id"]: Organisation(
                id=entry["id"], kind=str(entry.get("kind")), names=frozen_text(entry, "name")
            )
            for entry in entries
        },
        appearances={text: _appearance(entry) for text, entry in appearances.items()},
        joints={joint: frozen_text(joined, joint) for joint in _JOINTS},
    )


def _appearance(entry: Entry) -> Appearance:
    return Appearance(
        by=tuple(entry.get("by", ())),
        cites=tuple(entry.get("cites", ())),
        via=entry.get("via", ""),
        reprint=entry.get("reprint", False),
    )


def _entry_faults(entry: Entry) -> Iterator[str]:
    yield from key_faults(entry, ("id", "kind", "name"))
    yield from text_faults(entry, "name")
    if entry.get("kind") not in KINDS:
        yield f"kind {entry.get('kind')!r} is not known; expected one of {', '.join(KINDS)}"


def _appearance_faults(entry: Entry, ids: set[str]) -> Iterator[str]:
    yield from key_faults(entry, ("by", "cites", "via", "reprint"))
    if not entry.get("by"):
        yield "does not say by whom"
    for one in (*entry.get("by", ()), *entry.get("cites", ())):
        if one not in ids and "." not in one:
            yield f"names {one!r}, which is neither an organisation of this file nor the address of a site"
    if entry.get("via") and entry.get("reprint"):
        yield "has both via and reprint; a reprint with a name is via"
