import csv

import pytest

from geo.places import LANGUAGES
from metrics.entries import CATALOGUE
from metrics.figures import FIGURES, PASSENGERS
from metrics.indicators import catalogue
from metrics.organisations import read_organisations

HEAD = """
[joined]
comma = { en = ", ", zh-Hant = "、", zh-Hans = "、" }
and = { en = " and ", zh-Hant = "、", zh-Hans = "、" }
cites = { en = "{by} (source: {cites})", zh-Hant = "{by}（引述{cites}）", zh-Hans = "{by}（援引{cites}）" }
via = { en = "{by} by {via}", zh-Hant = "{by}（{via}）", zh-Hans = "{by}（{via}）" }
via_cites = { en = "{by} {via} {cites}", zh-Hant = "{by}{via}{cites}", zh-Hans = "{by}{via}{cites}" }
reprint = { en = "{by} (reprint)", zh-Hant = "{by}（轉載）", zh-Hans = "{by}（转载）" }
reprint_cites = { en = "{by} {cites}", zh-Hant = "{by}{cites}", zh-Hans = "{by}{cites}" }

[[organisation]]
id = "ofca"
kind = "official"
name = { en = "Office of the Communications Authority", zh-Hant = "通訊辦", zh-Hans = "通讯办" }
"""


def organisations_of(tmp_path, text):
    (tmp_path / "organisations.toml").write_text(HEAD + text, encoding="utf-8")
    faults = []
    return read_organisations(tmp_path, faults), faults


def test_every_organisation_of_the_house_is_whole():
    faults = []
    read_organisations(CATALOGUE, faults)
    assert faults == []


def test_every_publisher_of_the_opening_tables_is_known():
    known = catalogue().organisations.appearances
    with FIGURES.open(encoding="utf-8", newline="") as stream:
        texts = {row["publisher"] for row in csv.DictReader(stream)}
    with PASSENGERS.open(encoding="utf-8", newline="") as stream:
        texts |= {row["source"] for row in csv.DictReader(stream)}
    assert texts - set(known) == set()
    assert len(texts) > 250


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "OFCA, Hong Kong",
            ("Office of the Communications Authority", "通訊事務管理局辦公室", "通讯事务管理局办公室"),
        ),
        ("HK01 citing CCTV", ("HK01 (source: CCTV)", "香港01（引述央視）", "香港01（援引央视）")),
        ("南方日报 (republished)", ("Nanfang Daily (reprint)", "南方日報（轉載）", "南方日报（转载）")),
        (
            "Xinhua (mirror cciia.org.cn, citing SAMR)",
            (
                "Xinhua (carried by cciia.org.cn; source: State Administration for Market Regulation)",
                "新華社（cciia.org.cn轉載，引述國家市場監督管理總局）",
                "新华社（cciia.org.cn转载，援引国家市场监督管理总局）",
            ),
        ),
    ],
)
def test_a_publisher_is_named_in_the_readers_language_with_how_the_figure_came(text, said):
    names = catalogue().organisations
    assert tuple(names.name(text, lang) for lang in LANGUAGES) == said


def test_three_bodies_are_listed_with_commas_and_a_last_and():
    name = catalogue().organisations.name("CAC / DSEDT / GPDP", "en")
    assert name == (
        "Cyberspace Administration of China, Economic and Technological Development Bureau (Macao) "
        "and Personal Data Protection Bureau (Macao)"
    )


def test_a_publisher_nobody_entered_keeps_its_own_words():
    assert catalogue().organisations.name("Yau Tsim Mong Gazette", "zh-Hans") == "Yau Tsim Mong Gazette"


def test_a_press_house_without_a_chinese_name_keeps_its_own():
    names = catalogue().organisations.get("mwl").names
    assert set(names.values()) == {"Mobile World Live"}


def test_an_unknown_id_is_answered_with_those_near_it():
    with pytest.raises(KeyError, match=r"near it: .*ofca"):
        catalogue().organisations.get("ofcaa")


def test_an_appearance_of_nobody_or_of_somebody_unknown_is_a_fault(tmp_path):
    text = """
[appearance]
"OFCA" = { by = ["ofca"] }
"The paper" = { by = [] }
"Somebody" = { by = ["somebody"], cites = ["ofca"] }
"A site" = { by = ["news.example.hk"] }
"Both" = { by = ["ofca"], via = "x", reprint = true }
"""
    names, faults = organisations_of(tmp_path, text)
    assert faults == [
        "organisations.toml: 'The paper': does not say by whom",
        (
            "organisations.toml: 'Somebody': names 'somebody', which is neither an organisation of this file "
            "nor the address of a site"
        ),
        "organisations.toml: 'Both': has both via and reprint; a reprint with a name is via",
    ]
    assert names.name("A site", "en") == "news.example.hk"


def test_an_organisation_of_an_unknown_kind_is_a_fault(tmp_path):
    text = '[[organisation]]\nid = "x"\nkind = "club"\nname = { en = "X", zh-Hant = "X", zh-Hans = "X" }\n'
    _, faults = organisations_of(tmp_path, text)
    assert faults == [
        "organisations.toml: x: kind 'club' is not known; expected one of official, company, press, other"
    ]


def test_an_id_is_called_by_its_name_and_an_unknown_text_stands_as_it_is(tmp_path):
    text = '[[organisation]]\nid = "dpo"\nkind = "official"\nname = { en = "Office", zh-Hant = "處", zh-Hans = "处" }\n'
    names, _ = organisations_of(tmp_path, text)
    assert [names.name("dpo", lang) for lang in ("en", "zh-Hant", "zh-Hans")] == ["Office", "處", "处"]
    assert names.name("Somebody else", "en") == "Somebody else"
