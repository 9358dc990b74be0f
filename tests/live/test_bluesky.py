"""What happens to a follower list between two syncs, on a network that does what Bluesky does."""

from datetime import UTC, datetime


def test_the_first_sync_is_a_baseline_and_the_second_changes_nothing(bluesky, desk):
    there = bluesky.shown()
    first = desk.sync()
    assert (first["new"], first["changed"], first["whole"]) == (len(there), 0, True)
    assert first["new"] >= bluesky.seeded == 60
    assert first["problems"] == []
    assert (first["account"], first["key"]) == (bluesky.handle, bluesky.main)
    assert desk.new() == set()
    plain = desk.person(bluesky.seeded_follower("f004.test").did).person
    assert (plain.name, plain.bio.splitlines()[0]) == ("Follower 4", "Bio of follower 4.")
    nameless = desk.person(bluesky.seeded_follower("f002.test").did).person
    assert nameless.name == "f002.test"
    again = desk.sync()
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, len(there))


def test_new_followers_are_new(bluesky, desk):
    desk.sync()
    ana = bluesky.newcomer("Ana Moreno", "Trail runner. Porto.")
    ana.follow(bluesky.main)
    bluesky.await_shown(lambda shown: shown.get(ana.did, {}).get("displayName"), "the new follower")
    second = desk.sync()
    assert second["new"] == 1
    assert desk.new() == {ana.did}
    assert desk.person(ana.did).person.bio == "Trail runner. Porto."


def test_a_follow_dated_back_is_found_too(bluesky, desk):
    desk.sync()
    ben = bluesky.newcomer("Ben")
    ben.follow(bluesky.main, at=datetime(2024, 2, 29, tzinfo=UTC))
    bluesky.await_shown(lambda shown: ben.did in shown, "the follower")
    assert next(iter(bluesky.shown())) != ben.did
    assert desk.sync()["new"] == 1
    assert desk.new() == {ben.did}


def test_who_vanishes_is_not_seen_since_and_comes_back(bluesky, desk):
    desk.sync()
    cleo = bluesky.seeded_follower("f007.test")
    cleo.do("com.atproto.server.deactivateAccount", deleteAfter="2099-01-01T00:00:00Z")
    bluesky.await_shown(lambda shown: cleo.did not in shown, "the account's end")
    gone = desk.sync()
    assert (gone["new"], gone["changed"]) == (0, 0)
    opened = desk.person(cleo.did)
    assert len(opened.last_seen) == 1
    assert opened.person.name == "Followér 7 🦋"
    cleo.do("com.atproto.server.activateAccount")
    bluesky.await_shown(lambda shown: cleo.did in shown, "the account's return")
    back = desk.sync()
    assert back["new"] == 0
    assert desk.person(cleo.did).last_seen == {}
    assert cleo.did not in desk.new()


def test_a_changed_handle_is_the_same_person(bluesky, desk):
    desk.sync()
    dora = bluesky.seeded_follower("f011.test")
    dora.do("com.atproto.identity.updateHandle", handle="dora-elsewhere.test")
    bluesky.await_shown(lambda shown: shown[dora.did]["handle"] == "dora-elsewhere.test", "the new handle")
    second = desk.sync()
    assert (second["new"], second["changed"]) == (0, 1)
    opened = desk.person(dora.did)
    assert [identity.handle for identity in opened.person.identities] == ["dora-elsewhere.test"]
    assert opened.past_handles == ("f011.test",)
    assert opened.person.name == "Follower 11"


def test_who_asks_not_to_be_shown_is_kept_by_handle_alone(bluesky, desk):
    eve = bluesky.newcomer()
    label = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "!no-unauthenticated"}]}
    eve.show("Eve Hidden", "Nobody's business.", labels=label)
    eve.follow(bluesky.main)
    bluesky.await_shown(lambda shown: shown.get(eve.did, {}).get("labels"), "the label")
    assert bluesky.shown()[eve.did]["displayName"] == "Eve Hidden"
    first = desk.sync("--posts", "5")
    person = desk.person(eve.did).person
    assert (person.name, person.bio, person.facts) == (eve.handle, "", ())
    assert any("only the handle was kept" in note for note in first["notes"])


def test_bots_are_left_out(bluesky, desk):
    bot = bluesky.newcomer()
    label = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "bot"}]}
    bot.show("Hourly Weather", labels=label)
    bot.follow(bluesky.main)
    bluesky.await_shown(lambda shown: shown.get(bot.did, {}).get("labels"), "the label")
    first = desk.sync()
    assert [bot.handle in entry["reason"] for entry in first["skipped"]] == [True]


def test_last_posts_of_the_newest_come_as_facts(bluesky, desk):
    finn = bluesky.newcomer("Finn", "Bakes bread.")
    finn.record("app.bsky.feed.post", text="The rye finally rose.")
    finn.follow(bluesky.main)
    bluesky.await_shown(lambda shown: finn.did in shown, "the follower")
    desk.sync("--posts", "1")
    facts = desk.person(finn.did).person.facts
    assert [(fact.kind, fact.text, fact.source) for fact in facts] == [("post", "The rye finally rose.", "Bluesky")]


def test_a_list_of_two_pages_is_walked_to_its_end(bluesky, desk):
    while len(bluesky.shown()) <= 104:
        bluesky.newcomer().follow(bluesky.main)
    first = desk.sync()
    assert first["new"] + len(first["skipped"]) == len(bluesky.shown())
    assert "2 questions" in first["asked"]
    assert desk.sync()["new"] == 0
