"""Discovery: adding a source is adding a file, and a forgotten part is said in words."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest

from geo.places import atlas
from ingest.registry import SourceFaults, disagreements, schedule_faults, sources
from ingest.source import Request
from metrics.indicators import catalogue
from tests.ingest.making import source


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def made(**files: str) -> ModuleType:
        folder = tmp_path / "trial_sources"
        folder.mkdir()
        (folder / "__init__.py").touch()
        for name, words in files.items():
            (folder / f"{name}.py").write_text(words, encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        import trial_sources

        return trial_sources

    yield made
    for name in [name for name in sys.modules if name.startswith("trial_sources")]:
        del sys.modules[name]


def told(*given, **known: tuple[str, ...]) -> list[str]:
    facts = {"indicators": ("bcp_passengers_daily",), "places": atlas(), "organisations": ("immd",)}
    return list(disagreements({one.id: one for one in given}, **(facts | known)))


def test_our_own_sources_agree_with_catalogue_and_atlas():
    book = catalogue()
    found = disagreements(sources(), indicators=book, places=atlas(), organisations=book.organisations.by_id)
    assert list(found) == []


def test_a_source_is_found_because_its_file_is_there():
    assert "hk_immigration_daily" in sources()


def test_every_fault_of_every_file_is_said_at_once(package):
    trial = package(
        broken="import nothing_of_that_name",
        empty="",
        number="SOURCE = 1",
        misnamed="from tests.ingest.making import source\nSOURCE = source(id='another')",
        good="from tests.ingest.making import source\nSOURCE = source(id='good')",
    )
    with pytest.raises(SourceFaults) as caught:
        sources(trial)
    assert [line.split(":")[0] for line in str(caught.value).splitlines()] == [
        "sources/broken.py",
        "sources/empty.py",
        "sources/misnamed.py",
        "sources/number.py",
    ]


def test_a_sound_package_is_gathered(package):
    trial = package(good="from tests.ingest.making import source\nSOURCE = source(id='good')")
    assert list(sources(trial)) == ["good"]


def test_an_unknown_indicator_is_said_in_words():
    assert told(source(id="x"), indicators=()) == [
        "sources/x.py: feeds unknown indicator 'bcp_passengers_daily'"
    ]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"feeds": {"bcp_passengers_daily": ("atlantis",)}}, "unknown place 'atlantis'"),
        ({"publisher": "nobody"}, "unknown publisher 'nobody'"),
        ({"title": {"en": "x", "zh-Hant": "x"}}, "expected a title in zh-Hans"),
        ({"tier": "rumour"}, "expected a tier"),
        ({"makes_good": "never"}, "makes_good"),
        ({"fresh_within": timedelta(0)}, "time of being fresh"),
        ({"cumulative": ("ferry_sailings",)}, "does not feed it"),
        ({"requests": (Request(url="http://example.org/"),)}, "expected https"),
        ({"requests": (Request(url="https://example.org/", method="PUT"),)}, "found PUT"),
        ({"schedule": "30 8 * * 1"}, "weekdays by name"),
    ],
)
def test_each_disagreement_is_named(facts, said: str):
    (line,) = told(source(**facts))
    assert line.startswith("sources/made_up.py: ")
    assert said in line


@pytest.mark.parametrize(
    "line", ["30 8,20 * * *", "*/2 * * * *", "0 9 1-5 * mon-fri", "5-55/10 * * 1 sat,sun"]
)
def test_an_honest_schedule_is_accepted(line: str):
    assert list(schedule_faults(line)) == []


@pytest.mark.parametrize(
    "line", ["", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "a * * * *"]
)
def test_an_impossible_schedule_is_refused(line: str):
    assert list(schedule_faults(line))
