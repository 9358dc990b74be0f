"""The accounts that are asked, in the notebook."""

from datetime import UTC, datetime, timedelta

import pytest

from warmnote.model import Batch, Expected, Incoming, Network
from warmnote.networks import Synced, account
from warmnote.notebook import Notebook, Store

ME = account(Network.BLUESKY, "me.example")
OTHER = account(Network.GITHUB, "octocat")


class Clock:
    def __init__(self):
        self.now = datetime(2026, 11, 24, 12, tzinfo=UTC)

    def __call__(self):
        return self.now

    def forward(self, **time):
        self.now += timedelta(**time)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def notebook(tmp_path, clock):
    notebook = Notebook(Store(tmp_path / "notebook.db"), clock, UTC)
    yield notebook
    notebook.close()


def synced(*keys, whole=True):
    people = tuple(Incoming(row, Network.BLUESKY, key, key) for row, key in enumerate(keys, 1))
    batch = Batch("Bluesky followers", Network.BLUESKY, "me.example", people)
    return Synced(batch, "did:plc:me", "public.api.bsky.app was asked.", whole)


def test_sources_are_added_once_and_each_step_can_be_undone(notebook):
    added = notebook.sources.add(ME)
    assert added.label == "@me.example on Bluesky was added"
    assert notebook.sources.add(account(Network.BLUESKY, "ME.example")).undo is None
    (source,) = notebook.sources.all()
    assert (source.network, source.handle, source.daily, source.synced_at) == (
        Network.BLUESKY,
        "me.example",
        False,
        None,
    )
    daily = notebook.sources.set_daily(source, daily=True)
    assert notebook.sources.all()[0].daily
    notebook.undo(daily.undo)
    assert not notebook.sources.all()[0].daily
    removed = notebook.sources.remove(source)
    assert notebook.sources.all() == ()
    notebook.undo(removed.undo)
    assert notebook.sources.all() == (source,)


def test_nothing_is_due_that_was_not_switched_on(notebook, clock):
    notebook.sources.add(ME)
    notebook.sources.add(OTHER)
    assert notebook.sources.due() == ()
    for source in notebook.sources.all():
        notebook.sources.set_daily(source, daily=True)
    assert len(notebook.sources.due()) == 2
    notebook.sources.record(ME, synced())
    assert [source.handle for source in notebook.sources.due()] == ["octocat"]
    clock.forward(hours=24)
    assert [source.handle for source in notebook.sources.due()] == ["octocat", "me.example"]


def test_a_failure_is_told_until_it_goes_well(notebook, clock):
    notebook.sources.record_failure(ME, Expected("The server is away.", "Try again later."))
    assert notebook.sources.all() == ()
    notebook.sources.record(ME, synced())
    when = notebook.sources.all()[0].synced_at
    clock.forward(hours=1)
    notebook.sources.record_failure(ME, Expected("The server is away.", "Try again later."))
    (source,) = notebook.sources.all()
    assert (source.failed, source.synced_at, source.asked) == (
        "The server is away. Try again later.", when, "public.api.bsky.app was asked.",
    )  # fmt: skip
    notebook.sources.record(ME, synced())
    assert notebook.sources.all()[0].failed == ""


def test_the_whole_list_is_due_at_first_and_each_week(notebook, clock):
    assert notebook.sources.walk_is_due(ME)
    notebook.sources.record(ME, synced(whole=False))
    assert notebook.sources.walk_is_due(ME)
    notebook.sources.record(ME, synced(whole=True))
    assert not notebook.sources.walk_is_due(ME)
    clock.forward(days=6)
    notebook.sources.record(ME, synced(whole=False))
    assert not notebook.sources.walk_is_due(ME)
    clock.forward(days=1)
    assert notebook.sources.walk_is_due(ME)


def test_known_are_those_whose_account_is_in_the_notebook(notebook):
    assert notebook.sources.known(Network.BLUESKY, []) == set()
    keys = [f"did:plc:n{number}" for number in range(1_200)]
    notebook.import_batch(synced(*keys).batch)
    assert notebook.sources.known(Network.BLUESKY, [*keys, "did:plc:zoe"]) == set(keys)
    assert notebook.sources.known(Network.GITHUB, keys) == set()
    notebook.delete_people(notebook.person_ids("all"))
    assert notebook.sources.known(Network.BLUESKY, [*keys, "did:plc:zoe"]) == set(keys), (
        "an increment stops at them too"
    )
