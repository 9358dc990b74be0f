"""The invented people: believable, harmless, and what the page Today needs."""

import tomllib
from typing import Any

import pytest

from warmnote.channels import Channels
from warmnote.coldness import About, Band, Meter
from warmnote.model import Fact, Network, Person
from warmnote.prompts import interests
from warmnote.resources import resource

PEOPLE: list[dict[str, Any]] = tomllib.loads(resource("samples/people.toml").read_text(encoding="utf-8"))["person"]
BY_NAME = {person["name"]: person for person in PEOPLE}
RESERVED = (".example", "example.com", "example.org", "example.net")


def test_a_dozen() -> None:
    assert len(BY_NAME) == len(PEOPLE) == 12


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person["name"])
def test_nobody_real_can_be_reached(person: dict[str, Any]) -> None:
    assert person["url"].startswith("https://")
    assert person["url"].removeprefix("https://").split("/")[0].endswith(RESERVED)
    assert "example" in person["handle"]
    assert Network(person["network"])


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person["name"])
def test_channels_exist(person: dict[str, Any]) -> None:
    channels = Channels.load()
    said = [message["channel"] for message in person.get("messages", ())] + [person.get("draft_channel", "email")]
    assert all(channels.get(channel) for channel in said)


def test_the_day_has_every_kind_of_visit() -> None:
    last = {name: person["messages"][-1] for name, person in BY_NAME.items() if person.get("messages")}
    waiting = {name for name, message in last.items() if message["kind"] == "received"}
    assert waiting == {"Priya Shah", "Greta Nilsson"}
    assert last["Priya Shah"]["text"].endswith("?")
    assert [name for name, p in BY_NAME.items() if p.get("follow_up", {}).get("in_days") == 0] == ["Marco Conti"]
    assert [message["kind"] for message in BY_NAME["Kim Dao"]["messages"]] == ["sent", "sent"]
    posts = {
        name for name, p in BY_NAME.items() if p.get("is_new") and any(f["kind"] == "post" for f in p.get("facts", ()))
    }
    assert posts == {"Ana Moreno", "Tunde Okafor", "Jae Lim"}


def test_the_half_written_letter_reads_cold() -> None:
    ana = BY_NAME["Ana Moreno"]
    facts = tuple(Fact(fact["kind"], fact["text"], fact["source"]) for fact in ana["facts"])
    reading = Meter.load().read(ana["draft"], About(name=ana["name"], bio=ana["bio"], facts=facts))
    assert reading.band is Band.COLD
    assert {"pitch", "link", "freebie"} <= {finding.category for finding in reading.findings}
    assert {"reference", "question"} <= {strength.kind for strength in reading.strengths}


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person["name"])
def test_the_letters_that_were_sent_are_warm(person: dict[str, Any]) -> None:
    meter = Meter.load()
    earlier: list[str] = []
    for message in person.get("messages", ()):
        if message["kind"] == "sent":
            about = About(name=person["name"], bio=person["bio"], earlier=tuple(earlier))
            assert meter.read(message["text"], about).band in (Band.WARM, Band.MILD), message["text"]
        earlier.append(message["text"])


def test_all_but_the_poor_profile_say_something_of_themselves() -> None:
    silent = [p["name"] for p in PEOPLE if not interests(Person(1, p["name"], bio=p.get("bio", "")))]
    assert silent == ["Nia Powell"]
