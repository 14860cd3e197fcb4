"""Returns laid in a folder, for offices without the web page: read, handed in, and answered in a text beside each."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from geo.places import LANGUAGES
from ingest.returns import FaultyReturn, Hand, check, submit
from ingest.returns_form import Fault, RefusedReturn, Returned
from ingest.returns_words import said
from ingest.returns_workbook import MOST_BYTES
from ingest.tools import Tools
from metrics.warehouse.returns import HandedInBefore

log = logging.getLogger("ingest")
FOLDER = "inbox"
DONE, REFUSED = "done", "refused"
WHERE = "inbox"
_SETTLED = 2.0  # seconds without a change after which a file is taken to be whole
_UNDER_WAY = (".", "~$")  # files that an editor or a copying program holds meanwhile


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became of one file: where it lies now, and what was said about it."""

    file: str
    outcome: str
    said: str


def read_inbox(folder: Path, tools: Tools) -> list[Answer]:
    """Read every return laid in *folder*, each moved to ``done`` or ``refused`` with a text that says why.

    What is handed in still waits for a second person. A file that is being written is left for the next time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [_answered(file, folder, tools) for file in _waiting(folder)]


def _waiting(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.iterdir()):
        # A link could name any file of this machine: only what lies here is read.
        if file.is_symlink() or not file.is_file() or file.name.startswith(_UNDER_WAY):
            continue
        if _settled(file):
            yield file


def _settled(file: Path) -> bool:
    before = file.stat()
    young = _SETTLED - (time.time() - before.st_mtime)
    if 0 < young <= _SETTLED:
        time.sleep(young)
    after = file.stat()
    return (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)


def _answered(file: Path, folder: Path, tools: Tools) -> Answer:
    try:
        outcome, text = DONE, _handed_in(file, tools)
    except RefusedReturn as refused:
        outcome, text = REFUSED, "\n".join(_refused([refused.told(lang)], lang) for lang in LANGUAGES)
    except FaultyReturn as faulty:
        lang = faulty.returned.lang
        outcome, text = REFUSED, _refused([fault.line(lang) for fault in faulty.faults], lang)
    except HandedInBefore:
        before = (_refused([said("answer.handed_in_before", lang)], lang) for lang in LANGUAGES)
        outcome, text = REFUSED, "\n".join(before)
    moved = _moved(file, folder / outcome, tools)
    moved.with_name(moved.name + ".txt").write_text(text, encoding="utf-8-sig")
    log.info("inbox: %s: %s", file.name, outcome)
    return Answer(file=file.name, outcome=outcome, said=text.partition("\n")[0])


def _refused(reasons: list[str], lang: str) -> str:
    return "\n".join([said("inbox.refused", lang), *reasons, ""])


def _handed_in(file: Path, tools: Tools) -> str:
    with file.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    checked = check(content, tools)
    signed, lang = checked.returned.signed, checked.returned.lang
    if not signed:
        raise FaultyReturn(_unsigned(checked.returned, lang))
    given = submit(content, tools, Hand(person_id=signed, where=f"{WHERE}: {file.name}"))
    kinds = [change.kind for change in checked.changes]
    told = {kind: kinds.count(kind) for kind in ("new", "changed", "same")}
    doubts = [
        f"{change.row.cell}: {doubt.told(lang)}" for change in checked.changes for doubt in change.doubts
    ]
    first = said(
        "inbox.handed_in",
        lang,
        name=given.return_id,
        person=signed,
        rows=len(kinds),
        doubts=len(given.faults),
        **told,
    )
    return "\n".join([first, *doubts, ""])


def _unsigned(returned: Returned, lang: str) -> Returned:
    fault = Fault(
        sheet=said("sheet.instructions", lang),
        cell="C4",
        row=4,
        column="signed",
        key="wrong.person",
        found="",
    )
    return replace(returned, faults=(fault,))


def _moved(file: Path, folder: Path, tools: Tools) -> Path:
    folder.mkdir(exist_ok=True)
    target = folder / file.name
    if target.exists():
        target = folder / f"{tools.clock():%Y%m%d%H%M%S%f}-{file.name}"
    return file.replace(target)
