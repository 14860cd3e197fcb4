"""Packs from the terminal: written into a file, and proved against the warehouse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dashboards.exports.commands import Asked

KNOWN = frozenset({"lang", "lang2"})


def exported(asked: Asked, desks: Any, folder: Path, home: str) -> str:
    """Write a briefing, or whatever else is asked for, into a file and return a line about it.

    Raises UsageError for what cannot be used, RuntimeError for what cannot be made.
    """
    from dashboards.briefings import briefing  # noqa: PLC0415 - a command imports what it needs
    from dashboards.exports import commands  # noqa: PLC0415

    if briefing(asked.what, desks.public) is None:
        return commands.exported(asked, desks, folder, home)
    return _packed(asked, desks.public, folder, home)


def _packed(asked: Asked, desk: Any, folder: Path, home: str) -> str:
    from dashboards.briefings.offers import titled  # noqa: PLC0415
    from dashboards.briefings.packs.forms import FORMS  # noqa: PLC0415
    from dashboards.briefings.packs.made import made  # noqa: PLC0415
    from dashboards.briefings.packs.values import frozen  # noqa: PLC0415
    from dashboards.briefings.present import wanted  # noqa: PLC0415
    from dashboards.exports.commands import UsageError, bar, placed, written  # noqa: PLC0415
    from dashboards.exports.drawing import drawing  # noqa: PLC0415
    from dashboards.exports.fonts import FontsMissingError  # noqa: PLC0415
    from dashboards.exports.names import file_name  # noqa: PLC0415

    form = FORMS.get(asked.form or asked.out.suffix.lstrip(".").lower())
    if form is None:
        raise UsageError(f"format {asked.form!r}: a briefing is one of {', '.join(FORMS)}")
    if left := sorted(set(asked.query) - KNOWN):
        raise UsageError(
            f"{', '.join(left)}: a briefing is frozen; expected {', '.join(sorted(KNOWN))} alone"
        )
    given = {name: said[0] for name, said in asked.query.items()}
    try:
        wants = wanted(
            asked.what, desk, {"lang": given.get("lang", ""), "second": given.get("lang2", "none")}
        )
    except ValueError as error:
        raise UsageError(f"language {error}: expected en, zh-Hant or zh-Hans") from error
    if wants is None:
        raise UsageError(f"there is no briefing {asked.what!r}")
    draws = drawing(desk, folder / "images")
    found = frozen(wants.briefing, desk)
    title, day = titled(found, desk.words[wants.lang]), found.as_of.day.isoformat()
    place = placed(asked.out, file_name(title, day, form.id))
    try:
        with bar() as step, written(place) as out:
            done = made(found, form, draws, desk, origin=home, progress=lambda at, of: step(at, of, title))
            out.write(done.body)
    except FontsMissingError as error:
        raise RuntimeError(str(error)) from error
    finally:
        draws.engine.close()
    return f"{place}: {title}, {len(done.pack.slides)} slides, as known on {day}{_lacking(done)}"


def _lacking(done: Any) -> str:
    """Return what a pack lacks, "" where it is whole."""
    said = []
    if done.undrawn:
        said.append(f"{done.undrawn} charts could not be drawn, their figures stand there")
    if done.failed:
        said.append(f"{done.failed} slides failed and say so; the journal has why")
    return "".join(f"; {one}" for one in said)


def proved(files: Sequence[Path], desks: Any, _folder: Path, _home: str) -> tuple[list[str], list[str]]:
    """Return a line for each pack that the warehouse bears out, and a line for each fault of the others."""
    from dashboards.briefings.packs.proof import apart, faults  # noqa: PLC0415
    from dashboards.briefings.packs.reading import NotAPackError, Read  # noqa: PLC0415
    from dashboards.exports.drawing import Drawing  # noqa: PLC0415
    from dashboards.exports.engine import Engine  # noqa: PLC0415
    from dashboards.exports.images import inlined  # noqa: PLC0415

    good: list[str] = []
    wrong: list[str] = []
    packs: dict[str, Read] = {}
    engine = Engine()
    for path in files:
        try:
            found, said = faults(
                path.read_bytes(),
                desks.seeing,
                lambda desk: Drawing(desk=desk, engine=engine, shapes=inlined(desk)),
            )
        except NotAPackError as error:
            wrong.append(f"{path}: {error}")
            continue
        packs[str(path)] = found
        wrong += [f"{path}: {one}" for one in said]
        if not said:
            good += _told(path, found)
    return good, [*wrong, *(apart(packs) if len(packs) > 1 else ())]


def _told(path: Path, found: Any) -> Iterator[str]:
    told = found.record
    figures = sum(len(one["rows"]) for one in told["slides"])
    yield (
        f"{path}: {found.form.upper()}, {told['title']}, as known on {told['day']}, stamp {told['stamp']}: "
        f"all {figures:,} lines of {len(told['slides'])} slides are the warehouse's\nsha256  {told['sha256']}"
    )
