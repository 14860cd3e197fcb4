"""Which installed fonts write a language, whether they have every character, and how wide a line is in them."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from fontTools.ttLib import TTCollection, TTFont, TTLibError

from dashboards.figures.lettering import pieces
from dashboards.style import FONTS

SAMPLES: Mapping[str, str] = MappingProxyType(
    {
        "en": "ABCabc0123",
        "zh-Hant": "\u9580\u4f5b\u5c71\u6c5f\u7063\u5340",
        "zh-Hans": "\u95e8\u4f5b\u5c71\u6c5f\u6e7e\u533a",
    }
)
"""Characters that a font for the language cannot do without."""

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts",
           "/Library/Fonts", "/System/Library/Fonts", "C:/Windows/Fonts")  # fmt: skip
CJK_PACKAGE = "fonts-noto-cjk"
SIGN_PACKAGE = "fonts-dejavu-core"
_SUFFIXES = {".ttf", ".otf", ".ttc", ".otc"}
_GENERIC = {"system-ui", "sans-serif", "serif", "monospace", "-apple-system"}
_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn"}
_CHINESE = (range(0x2E80, 0xFFF0), range(0x20000, 0x40000))
MOST_NAMED = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Face:
    """One face of one installed font: its *family*, the file it is in and its number there."""

    family: str
    path: str
    index: int
    bold: bool


class FontsMissingError(RuntimeError):
    """Says which characters no installed font has, and which package brings them."""

    def __init__(self, signs: str, package: str) -> None:
        shown = " ".join(f"{sign} (U+{ord(sign):04X})" for sign in signs[:MOST_NAMED])
        super().__init__(
            f"no installed font has {shown}{' ...' if len(signs) > MOST_NAMED else ''}: "
            f"install the package {package} and start again"
        )
        self.signs = signs
        self.package = package


@lru_cache(maxsize=1)
def installed() -> tuple[Face, ...]:
    """Return every face of every installed font: from fontconfig, or from the usual folders where there is none."""
    listed = shutil.which("fc-list")
    if not listed:
        return tuple(_in_folders())
    form = "%{file}|%{index}|%{family}|%{weight}|%{slant}|%{variable}\n"
    told = subprocess.run([listed, "--format", form], capture_output=True, text=True, timeout=30, check=False)  # noqa: S603
    return tuple(sorted(_told(told.stdout), key=lambda face: (face.family, face.path, face.index)))


def _told(text: str) -> Iterator[Face]:
    for line in text.splitlines():
        path, index, families, weight, slant, _ = line.split("|")
        if Path(path).suffix.lower() not in _SUFFIXES or slant not in {"0", ""}:
            continue
        heavy = weight.isdigit() and int(weight) >= 180
        if heavy or weight in {"80", "100"} or not weight.isdigit():
            yield Face(family=families.split(",")[0], path=path, index=int(index) & 0xFFFF, bold=heavy)


def _in_folders() -> Iterator[Face]:
    for folder in FOLDERS:
        for path in sorted(Path(folder).expanduser().rglob("*")):
            if path.suffix.lower() in _SUFFIXES:
                yield from _faces(path)


def _faces(path: Path) -> Iterator[Face]:
    try:
        fonts = TTCollection(path).fonts if path.suffix.lower() in {".ttc", ".otc"} else [TTFont(path)]
        for index, font in enumerate(fonts):
            names = font["name"]
            style = str(names.getDebugName(17) or names.getDebugName(2) or "")
            if "Italic" not in style and "Oblique" not in style:
                family = str(names.getDebugName(16) or names.getDebugName(1))
                yield Face(family=family, path=str(path), index=index, bold="Bold" in style)
    except (TTLibError, OSError):
        return


@lru_cache(maxsize=64)
def _advances(path: str, index: int) -> Mapping[int, float]:
    many = Path(path).suffix.lower() in {".ttc", ".otc"}
    try:
        with TTFont(path, fontNumber=index if many else -1, lazy=True) as font:
            metrics, em = font["hmtx"].metrics, float(font["head"].unitsPerEm)
            named = font.getBestCmap() or {}
            return {sign: metrics[name][0] / em for sign, name in named.items() if name in metrics}
    except (TTLibError, OSError, KeyError):
        return {}


def characters(face: Face) -> Mapping[int, float]:
    """Return what *face* can write: code points, and how wide each is in em."""
    return _advances(face.path, face.index)


@lru_cache(maxsize=16)
def chosen(lang: str, *, bold: bool = False) -> Face | None:
    """Return the face that pages of *lang* are set in here: the first of its families that is installed and
    writes the language, else any that does; None where none does."""
    wanted = [name.strip().strip('"') for name in FONTS[lang].split(",")]
    families = [name for name in wanted if name not in _GENERIC]
    faces = sorted(
        installed(),
        key=lambda face: (
            families.index(face.family) if face.family in families else len(families),
            face.bold != bold,
            "Mono" in face.family or "Serif" in face.family,
        ),
    )
    return next((face for face in faces if _writes(face, lang)), None)


def _writes(face: Face, lang: str) -> bool:
    held = characters(face)
    return all(ord(sign) in held for sign in SAMPLES[lang])


@lru_cache(maxsize=8192)
def _somewhere(sign: str) -> bool:
    """Say whether any installed font has *sign*; the faces of one file have the same signs."""
    files = {face.path: face for face in installed() if not face.bold}
    small_first = sorted(files.values(), key=lambda face: face.path.endswith(("c", "C")))
    return any(ord(sign) in characters(face) for face in small_first)


def missing(text: str, lang: str) -> str:
    """Return the characters of *text* that no installed font has, each once, in their order."""
    face = chosen(lang)
    held = characters(face) if face else {}
    signs = dict.fromkeys(sign for sign in text if ord(sign) not in held)
    return "".join(
        sign for sign in signs if unicodedata.category(sign) not in _UNSEEN and not _somewhere(sign)
    )


def check(texts: Iterable[str], lang: str) -> None:
    """Raise FontsMissingError where a character of *texts* would be drawn as a box."""
    if lacking := missing("".join(texts), lang):
        chinese = any(ord(sign) in block for sign in lacking for block in _CHINESE)
        raise FontsMissingError(lacking, CJK_PACKAGE if chinese else SIGN_PACKAGE)


def width(text: str, size: float, lang: str, *, bold: bool = False) -> float:
    """Return the width in px of *text* set at *size* px, by the metrics of the face it is set in.

    A character of another font counts as one em, and without any font everything does.
    """
    face = chosen(lang, bold=bold)
    held = characters(face) if face else {}
    return sum(held.get(ord(sign), 1.0) for sign in text) * size


def lines(text: str, size: float, room: float, lang: str, *, bold: bool = False) -> list[str]:
    """Return *text* as lines of at most *room* px; a word that is longer than that is cut, never left to stick out."""
    done = [""]
    for piece in pieces(text):
        joined = done[-1] + piece
        if not done[-1] or width(joined.rstrip(), size, lang, bold=bold) <= room:
            done[-1] = joined
        else:
            done.append(piece)
        while width(done[-1].rstrip(), size, lang, bold=bold) > room and len(done[-1]) > 1:
            head = _fitting(done[-1], size, room, lang, bold=bold)
            done[-1:] = [done[-1][:head], done[-1][head:]]
    return [line.strip() for line in done if line.strip()]


def _fitting(text: str, size: float, room: float, lang: str, *, bold: bool) -> int:
    """Return how many of the first characters of *text* have room, at least one."""
    used, count = 0.0, 0
    for sign in text:
        used += width(sign, size, lang, bold=bold)
        if used > room:
            break
        count += 1
    return max(count, 1)
