import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warmnote.networks import Memory
from warmnote.networks._memory import Page, Read

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FIRST = Page("", ({"did": "did:plc:ana"},), "a")
SECOND = Page("a", ({"did": "did:plc:ben"},), "b")


@pytest.fixture
def ledger(tmp_path):
    return Memory(tmp_path / "sync").ledger("bluesky me.example")


def walk(tmp_path):
    return next(tmp_path.rglob("*.walk"))


def test_pages_come_back_in_order_until_the_walk_is_finished(ledger, tmp_path):
    assert ledger.pages(NOW) == []
    ledger.add(FIRST, NOW)
    ledger.add(SECOND, NOW)
    assert ledger.pages(NOW + timedelta(hours=23)) == [FIRST, SECOND]
    ledger.finish()
    assert ledger.pages(NOW) == []
    assert list(tmp_path.rglob("*.walk")) == []


def test_a_walk_of_yesterday_is_forgotten(ledger, tmp_path):
    ledger.add(FIRST, NOW)
    assert ledger.pages(NOW + timedelta(hours=25)) == []
    assert list(tmp_path.rglob("*.walk")) == []


def test_a_line_that_was_cut_off_is_asked_again(ledger, tmp_path):
    ledger.add(FIRST, NOW)
    ledger.add(SECOND, NOW)
    file = walk(tmp_path)
    file.write_text(file.read_text("utf-8")[:-20], "utf-8")
    assert ledger.pages(NOW) == [FIRST]
    ledger.add(SECOND, NOW)
    assert ledger.pages(NOW) == [FIRST, SECOND]


def test_pages_that_do_not_follow_each_other_are_not_believed(ledger):
    ledger.add(FIRST, NOW)
    ledger.add(Page("elsewhere", (), "c"), NOW)
    assert ledger.pages(NOW) == [FIRST]


def test_accounts_do_not_share(tmp_path):
    memory = Memory(tmp_path)
    memory.ledger("bluesky me.example").add(FIRST, NOW)
    assert memory.ledger("bluesky other.example").pages(NOW) == []


def test_what_was_learnt_is_kept(ledger):
    ledger.set_length(2_500)
    ledger.set_profiles({"7": Read(NOW, 'W/"x"'), "8": Read(NOW)})
    assert ledger.length() == 2_500
    assert ledger.profiles() == {"7": Read(NOW, 'W/"x"'), "8": Read(NOW)}


def test_a_folder_that_cannot_be_written_costs_only_the_memory(tmp_path):
    (tmp_path / "sync").write_text("a file is in the way", "utf-8")
    ledger = Memory(tmp_path / "sync").ledger("x")
    ledger.add(FIRST, NOW)
    ledger.set_length(5)
    assert (ledger.pages(NOW), ledger.length(), ledger.profiles()) == ([], 0, {})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["cursor", "next", "entries", "x"]), inner)
    ),
    max_leaves=12,
)


@given(
    lines=st.lists(st.text(max_size=30) | JSON.map(json.dumps), max_size=5),
    head=st.booleans(),
    facts=st.text() | JSON.map(json.dumps),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damaged_files_are_as_if_they_were_not_there(ledger, tmp_path, lines, head, facts):
    ledger.add(FIRST, NOW)
    ledger.set_length(1)
    file = walk(tmp_path)
    kept = file.read_text("utf-8").splitlines()[:1] if head else []
    file.write_text("\n".join([*kept, *lines]), "utf-8", errors="replace")
    next(tmp_path.rglob("*.json")).write_text(facts, "utf-8", errors="replace")
    for page in ledger.pages(NOW):
        assert all(isinstance(entry, dict) for entry in page.entries)
    assert ledger.length() >= 0
    assert isinstance(ledger.profiles(), dict)
    ledger.finish()
