"""The packs that come with Warmnote: enough of them, fields that fit, and never a sale in disguise."""

import re

import pytest

from warmnote.prompts import Starter, read_starters
from warmnote.prompts.packs import Pack, read_pack
from warmnote.resources import resource

PACKS = {path.stem: read_pack(path, shipped=True) for path in sorted(resource("packs").glob("*.toml"))}
LEAST = {"everyday": 30} | dict.fromkeys(("real_estate", "insurance", "saas", "coaching", "retail"), 15)
LANGUAGES = ("de", "es", "fr", "pt")
HINT = re.compile("⟦([^⟦⟧]*)⟧")

# What would turn a question about the person into one about a purchase, whoever means it kindly.
FORBIDDEN = {
    "real_estate": r"sell\w*|sold|sale|buy\w*|bought|afford|propert\w+|list(?:ed|ing)s?|market\w*|valu\w+|worth|mortgage\w*|pric\w+"
    r"|rent\w*|agent\w*|viewings?|invest\w*|square|bedrooms?|own(?:ed|er|ers)|thinking of moving|plan(?:s|ning) to move|upsiz\w+|downsiz\w+",
    "insurance": r"insur\w+|polic\w+|cover\w*|claim\w*|premiums?|quotes?|risk\w*|protect\w*|brokers?|advis\w+|liabilit\w+|pensions?"
    r"|what if|worst case|accidents?|injur\w+|ill(?:ness)?|die\w*|death|burgl\w+|stolen|theft|damage\w*|safe\w*|prepared|sav(?:e|ings?)",
    "saas": r"software|tools?|platforms?|demos?|trials?|workflows?|solutions?|dashboards?|automat\w+|productiv\w+|pain points?"
    r"|stack|integrat\w+|roi|efficien\w+|process\w*|crm|apps?|budgets?|kpis?|scal(?:e|ing)|leverag\w+|subscription\w*|vendors?|licen[cs]\w+|struggl\w+|frustrat\w+",
    "coaching": r"coach\w*|goals?|mindset|transform\w*|potential|journey|program(?:me)?s?|sessions?|breakthrough\w*|limit\w*|success\w*"
    r"|purpose(?! or by accident)|clarity|accountab\w+|next level|grow\w*|stuck|holding you back|overwhelm\w*|burn\w*|balance|struggl\w+|confiden\w+|unlock\w*",
    "retail": r"offers?|discounts?|sales?|deals?|stock\w*|products?|brands?|pric\w+|orders?|vouchers?|catalogues?|wholesale|margins?"
    r"|suppl\w+|collections?|new in|samples?|need\w*|footfall|turnover|customers?",
}  # fmt: skip
LEADS = r"(?i)\b(?:are you (?:insured|covered|looking|thinking|happy with|using)|do you (?:own|need|use|have a)|who (?:do you use|handles)|thinking (?:of|about)|in the market)\b"

every_pack = pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
EACH = [(pack, starter) for pack in PACKS.values() for starter in pack.starters]
every_starter = pytest.mark.parametrize(("pack", "starter"), EACH, ids=[starter.id for _, starter in EACH])


def finish(starter: Starter) -> str:
    """The starter as its example fills it, blanks and all."""
    return HINT.sub(lambda hint: starter.example[hint[1]], starter.fill(starter.example))


def test_which_packs_there_are() -> None:
    assert set(PACKS) == {*LEAST, *LANGUAGES}


@every_pack
def test_a_pack_says_what_it_is(pack: Pack) -> None:
    assert pack.author == "Warmnote"
    assert pack.title
    assert pack.about.endswith(".")
    assert pack.language == (pack.id if pack.id in LANGUAGES else "en")
    assert len(pack.starters) >= LEAST.get(pack.id, 12)


@every_starter
def test_the_example_fills_every_field_and_every_blank(pack: Pack, starter: Starter) -> None:
    assert set(starter.needs) <= starter.example.keys()
    assert set(HINT.findall(starter.text)) <= starter.example.keys()
    assert set(re.findall(r"\{\{\s*(\w+)", starter.text)) <= set(starter.needs)


@every_starter
def test_short_calm_and_one_thing_at_a_time(pack: Pack, starter: Starter) -> None:
    text = finish(starter)
    assert 1 <= text.count("?") <= 2
    assert "!" not in text
    assert 8 <= len(re.findall(r"\w+(?:['’-]\w+)*", text)) <= 60
    assert not re.search(r"https?:|www\.|@", text)


@pytest.mark.parametrize(
    ("pack", "starter"), [each for each in EACH if each[0].id in FORBIDDEN], ids=lambda each: each.id
)
def test_a_trade_asks_about_the_person_and_never_about_its_goods(pack: Pack, starter: Starter) -> None:
    text = re.sub(r"\{\{.*?\}\}", "", starter.text)
    assert re.findall(rf"(?i)\b(?:{FORBIDDEN[pack.id]})\b", text) == []
    assert not re.search(LEADS, text)


@pytest.mark.parametrize(
    ("pack_id", "text"),
    [
        ("real_estate", "Are you thinking of selling?"),
        ("real_estate", "What would a bigger place be worth to you?"),
        ("insurance", "Are you insured for that?"),
        ("insurance", "What if it had been stolen?"),
        ("saas", "Who do you use for the rota?"),
        ("saas", "Which tools does the team work with?"),
        ("coaching", "What is holding you back?"),
        ("retail", "What do you need before Christmas?"),
    ],
)
def test_a_lead_in_disguise_would_be_seen(pack_id: str, text: str) -> None:
    assert re.search(rf"(?i)\b(?:{FORBIDDEN[pack_id]})\b", text) or re.search(LEADS, text)


def test_everyday_asks_for_nothing_but_a_place() -> None:
    assert {name for starter in PACKS["everyday"].starters for name in starter.needs} <= {"place"}
    assert sum(not starter.needs for starter in PACKS["everyday"].starters) >= 25


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_language_never_mixes_in_words_that_warmnote_made_up(language: str) -> None:
    """Fields that Warmnote words itself ("Your bio mentions", "a teacher", "five months") are English; these are theirs."""
    theirs = {"hobby", "craft", "music", "food", "sport", "book", "place", "company", "post", "quote", "name"}
    assert {name for starter in PACKS[language].starters for name in starter.needs} <= theirs


@pytest.mark.parametrize("language", LANGUAGES)
def test_their_words_stand_in_the_marks_of_the_language(language: str) -> None:
    """In quotation marks a word keeps its gender, number and case; only names of places, firms and people go without."""
    marks = {"de": ("„", "“"), "es": ("«", "»"), "fr": ("« ", " »"), "pt": ("«", "»")}[language]
    for starter in PACKS[language].starters:
        for field in re.finditer(r"(..)\{\{ (\w+) \}\}(..)", f"  {starter.text}  "):
            if field[2] not in ("place", "company", "name"):
                assert field[1].endswith(marks[0]), starter.id
                assert field[3].startswith(marks[1]), starter.id
        assert not re.search(r"[\"“”](?![^„]*$)", starter.text) or language == "de", starter.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_and_spaces_are_those_of_the_language(language: str) -> None:
    for starter in PACKS[language].starters:
        text = finish(starter)
        assert "  " not in text, starter.id
        assert text[0].isupper() or text[0] in "¿«„", starter.id
        assert (text.count("¿") == text.count("?")) is (language == "es"), starter.id
        if language == "fr":
            assert not re.search(r"[^ \N{NO-BREAK SPACE}][?:;»]|«[^ \N{NO-BREAK SPACE}]", text), starter.id
        else:
            assert not re.search(r"\s[?:;,.]", text), starter.id


def test_no_id_of_a_pack_is_taken() -> None:
    ids = [starter.id for starter in read_starters()] + [starter.id for _, starter in EACH]
    assert len(set(ids)) == len(ids)
