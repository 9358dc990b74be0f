"""Whatever is done in whatever order, the notebook holds what a plain dictionary would hold, and undo is exact."""

import copy
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from warmnote.model import Batch, Draft, Expected, Fact, FollowUp, Incoming, Message, MessageKind, Network
from warmnote.notebook import Changes, Notebook, Order, Store, Undo, View
from warmnote.store import Exchange

Dump = dict[str, list[tuple[Any, ...]]]

WORDS = ("", "pots", "kiln", "Ana", "dog", "it's \N{ROCKET}", "a\nb", "the kiln is hot", "the kiln is cold")
KEYS = ("a", "b", "c", "d")
words = st.sampled_from(WORDS)
names = st.sampled_from(("Ana", "Tunde", "Émile"))
kinds = st.sampled_from(MessageKind)
pick = st.integers(0, 50)


@dataclass
class Plain:
    """A person as a plain dictionary would hold them."""

    name: str
    bio: str = ""
    location: str = ""
    key: str = ""
    new: bool = False
    owned: set[str] = field(default_factory=set)
    facts: list[str] = field(default_factory=list)
    messages: list[tuple[str, str]] = field(default_factory=list)
    brought: set[str] = field(default_factory=set)
    draft: str = ""
    due: date | None = None
    resting: bool = False


@dataclass
class Done:
    """A write, with the world before and after it."""

    undo: Undo
    before: Dump
    after: Dump
    plain: dict[int, Plain]
    deleted: set[str]
    drafts_since: bool = False


def dump(path: Path) -> Dump:
    with closing(sqlite3.connect(path)) as database:
        tables = [name for (name,) in database.execute("select name from sqlite_schema where type = 'table'")]
        kept = [
            t for t in tables if not t.startswith("search_") and t not in ("sqlite_sequence", "revisions", "search")
        ]
        content: Dump = {t: database.execute(f"select * from {t} order by 1").fetchall() for t in kept}
        content["search"] = database.execute("select rowid, words from search order by rowid").fetchall()
        return content


def but_drafts(content: Dump) -> Dump:
    return {name: rows for name, rows in content.items() if name != "drafts"}


def entries(content: Dump) -> set[tuple[Any, ...]]:
    """The log, each entry with its number and all that it says: a person may have two that are alike."""
    return {row[:6] for row in content["messages"]}


class NotebookMachine(RuleBasedStateMachine):
    """Imports, edits, letters, deletions and undos against a dictionary."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "notebook.db"
        self.now = datetime(2026, 11, 23, 12, tzinfo=UTC)
        self.notebook = Notebook(Store(self.path), lambda: self.now, UTC)
        self.reader = Notebook(Store(self.path, read_only=True), lambda: self.now, UTC)
        self.plain: dict[int, Plain] = {}
        self.deleted: set[str] = set()  # the keys of those whom imports leave out
        self.done: list[Done] = []
        self.imported = False

    def someone(self, number: int) -> int:
        return sorted(self.plain)[number % len(self.plain)]

    def write(self, what: Any, *arguments: Any, **fields: Any) -> Changes:
        self.now += timedelta(minutes=1)
        before, plain, deleted = dump(self.path), copy.deepcopy(self.plain), set(self.deleted)
        changes: Changes = what(*arguments, **fields)
        after = dump(self.path)
        if changes.undo is None:
            assert after == before
        else:
            self.done.append(Done(changes.undo, before, after, plain, deleted))
        assert changes.added == {row[0] for row in after["people"]} - {row[0] for row in before["people"]}
        assert changes.removed == {row[0] for row in before["people"]} - {row[0] for row in after["people"]}
        return changes

    # writes

    @rule(name=names, bio=words)
    def add(self, name: str, bio: str) -> None:
        (person,) = self.write(self.notebook.add_person, name, bio).added
        self.plain[person] = Plain(name, bio.strip(), new=True)

    @precondition(lambda self: self.plain)
    @rule(number=pick, name=names, location=words)
    def edit(self, number: int, name: str, location: str) -> None:
        person = self.someone(number)
        plain = self.plain[person]
        self.write(self.notebook.edit_person, person, name=name, location=location)
        for what, value in (("name", name), ("location", location)):
            if getattr(plain, what) != value:
                setattr(plain, what, value)
                plain.owned.add(what)

    @precondition(lambda self: self.plain)
    @rule(numbers=st.sets(pick, min_size=1, max_size=3))
    def delete(self, numbers: set[int]) -> None:
        people = {self.someone(number) for number in numbers}
        self.write(self.notebook.delete_people, people)
        for person in people:
            self.deleted.add(self.plain[person].key)
            del self.plain[person]

    @precondition(lambda self: self.plain)
    @rule(number=pick, text=words)
    def add_fact(self, number: int, text: str) -> None:
        person = self.someone(number)
        self.write(self.notebook.add_fact, person, Fact("pet", text))
        self.plain[person].facts.append(text)

    @precondition(lambda self: any(p.facts for p in self.plain.values()))
    @rule(number=pick, text=words | st.none())
    def change_fact(self, number: int, text: str | None) -> None:
        person = [p for p in sorted(self.plain) if self.plain[p].facts][
            number % sum(bool(p.facts) for p in self.plain.values())
        ]
        fact = self.notebook.open_person(person).person.facts[0]
        if text is None:
            self.write(self.notebook.remove_fact, fact.id)
        else:
            self.write(self.notebook.edit_fact, replace(fact, text=text))
        facts = self.plain[person].facts
        facts.remove(fact.text)
        if text is not None:
            facts.append(text)

    @precondition(lambda self: self.plain)
    @rule(number=pick, kind=kinds, text=words, days=st.integers(0, 400))
    def log(self, number: int, kind: MessageKind, text: str, days: int) -> None:
        person = self.someone(number)
        self.write(self.notebook.log, person, Message(kind, text, self.now - timedelta(days=days)))
        plain = self.plain[person]
        plain.messages.append((kind, text))
        if kind is MessageKind.RECEIVED:
            plain.resting = False

    @precondition(lambda self: any(p.messages for p in self.plain.values()))
    @rule(number=pick)
    def remove_message(self, number: int) -> None:
        people = [p for p in sorted(self.plain) if self.plain[p].messages]
        person = people[number % len(people)]
        message = self.notebook.open_person(person).messages[0]
        self.write(self.notebook.remove_message, message.id)
        self.plain[person].messages.remove((message.kind, message.text))

    @precondition(lambda self: self.plain)
    @rule(number=pick, text=words)
    def save_draft(self, number: int, text: str) -> None:
        person = self.someone(number)
        changes = self.notebook.save_draft(person, Draft(text, len(text)))
        assert changes == Changes(label=changes.label)
        self.plain[person].draft = text
        for done in self.done:
            done.drafts_since = True

    @precondition(lambda self: self.plain)
    @rule(number=pick, text=words)
    def log_sent(self, number: int, text: str) -> None:
        person = self.someone(number)
        self.write(self.notebook.log_sent, person, text, "email")
        self.plain[person].messages.append((MessageKind.SENT, text))
        self.plain[person].draft = ""

    @precondition(lambda self: self.plain)
    @rule(number=pick, days=st.integers(-3, 3) | st.none())
    def plan(self, number: int, days: int | None) -> None:
        person = self.someone(number)
        due = None if days is None else self.now.date() + timedelta(days=days)
        self.write(self.notebook.plan, person, None if due is None else FollowUp(due))
        self.plain[person].due = due
        if due is not None:
            self.plain[person].resting = False

    @precondition(lambda self: self.plain)
    @rule(number=pick)
    def rest(self, number: int) -> None:
        person = self.someone(number)
        self.write(self.notebook.rest, person)
        self.plain[person].due = None
        self.plain[person].resting = True

    @rule(
        people=st.dictionaries(
            st.sampled_from(KEYS), st.tuples(names | st.just(""), words, words, st.sets(words, max_size=2)), max_size=3
        )
    )
    def bring_in(self, people: dict[str, tuple[str, str, str, set[str]]]) -> None:
        incoming = [
            Incoming(
                row, Network.X, key, name, bio=bio, location=place, facts=tuple(Fact("pet", f) for f in sorted(facts))
            )
            for row, (key, (name, bio, place, facts)) in enumerate(people.items(), 1)
        ]
        batch = Batch("X", Network.X, "followers.csv", tuple(incoming), whole=frozenset({Network.X}))
        preview = self.reader.preview(batch)
        accounts = {plain.key: person for person, plain in self.plain.items() if plain.key}
        changes = self.write(self.notebook.import_batch, batch)
        incoming = [one for one in incoming if one.key in accounts or one.key not in self.deleted]
        assert (preview.new, preview.changed) == (len(changes.added), len(changes.changed))
        assert preview.baseline is not self.imported or not self.notebook.batches()[1:]
        for person, one in zip(sorted(changes.added), [i for i in incoming if i.key not in accounts], strict=True):
            self.plain[person] = Plain(one.name, key=one.key, new=not preview.baseline)
            accounts[one.key] = person
        for one in incoming:
            plain = self.plain[accounts[one.key]]
            for what in ("name", "bio", "location"):
                if getattr(one, what) and what not in plain.owned:
                    setattr(plain, what, getattr(one, what))
            for fact in one.facts:
                if fact.text not in plain.brought | set(plain.facts):
                    plain.facts.append(fact.text)
                    plain.brought.add(fact.text)
        self.imported = True

    # undo

    @precondition(lambda self: self.done)
    @rule()
    def undo_the_latest(self) -> None:
        """Taking writes back from the last to the first leads through the same worlds."""
        done = self.done.pop()
        drafts = {person: plain.draft for person, plain in self.plain.items()}
        now = dump(self.path)
        try:
            undone = self.notebook.undo(done.undo)
        except Expected:
            assert done.drafts_since, "only a newer letter may stand in the way of the latest undo"
            assert dump(self.path) == now
            self.done.clear()
            return
        held = dump(self.path)
        if done.drafts_since and done.undo.batch is not None:
            self.resync()  # a letter to someone keeps them when their import goes
            return
        if done.drafts_since:
            assert but_drafts(held) == but_drafts(done.before)
            self.plain, self.deleted = copy.deepcopy(done.plain), set(done.deleted)
            for person in self.plain:
                self.plain[person].draft = self.notebook.open_person(person).draft.text
                assert self.plain[person].draft in (drafts.get(person), done.plain[person].draft)
            return
        assert held == done.before
        assert undone.undo is not None
        again = self.notebook.undo(undone.undo)
        assert dump(self.path) == done.after
        assert again.undo is not None
        self.notebook.undo(again.undo)
        assert dump(self.path) == done.before
        self.plain = copy.deepcopy(done.plain)
        self.deleted = set(done.deleted)

    @precondition(lambda self: len(self.done) > 1)
    @rule(number=pick)
    def undo_an_earlier_one(self, number: int) -> None:
        self.undo_out_of_order(self.done[number % (len(self.done) - 1)])

    @precondition(lambda self: any(done.undo.batch for done in self.done[:-1]))
    @rule(number=pick)
    def undo_an_earlier_import(self, number: int) -> None:
        """Left to the rule above it would hardly ever come up, and it takes people away."""
        imports = [done for done in self.done[:-1] if done.undo.batch]
        self.undo_out_of_order(imports[number % len(imports)])

    def undo_out_of_order(self, done: Done) -> None:
        """Either it is refused and nothing happens, or nothing that others wrote is lost."""
        before = dump(self.path)
        its_own = entries(done.after) - entries(done.before)
        try:
            self.notebook.undo(done.undo)
        except Expected:
            assert dump(self.path) == before
            return
        assert entries(before) - its_own <= entries(dump(self.path))
        self.resync()

    def resync(self) -> None:
        """After an undo out of order the dictionary learns from the notebook, and earlier worlds are not met again."""
        self.done.clear()
        rows = {row[0]: row for row in dump(self.path)["people"]}
        owned: dict[int, set[str]] = {}
        for _, person, what in dump(self.path)["owned"]:
            owned.setdefault(person, set()).add(what)
        with closing(sqlite3.connect(self.path)) as database:
            brought = {
                (person, text)
                for person in rows
                for text in WORDS
                for (digest,) in database.execute("select digest from brought where person = ?", (person,))
                if digest == _digest(text)
            }
        self.deleted = {row[2] for row in dump(self.path)["deletions"]}
        self.plain = {}
        for person, row in rows.items():
            opened = self.notebook.open_person(person)
            self.plain[person] = Plain(
                name=opened.person.name,
                bio=opened.person.bio,
                location=opened.person.location,
                key=opened.person.identities[0].key if opened.person.identities else "",
                new=bool(row[8]),
                owned=owned.get(person, set()),
                facts=[fact.text for fact in opened.person.facts],
                messages=[(m.kind, m.text) for m in opened.messages],
                brought={text for of, text in brought if of == person},
                draft=opened.draft.text,
                due=opened.person.follow_up.due if opened.person.follow_up else None,
                resting=row[11] is not None,
            )

    # what always holds

    @invariant()
    def holds_what_the_dictionary_holds(self) -> None:
        if not hasattr(self, "plain"):
            return
        assert sorted(self.reader.person_ids(View.ALL)) == sorted(self.plain)
        new = {
            person
            for person, plain in self.plain.items()
            if plain.new and not plain.resting and not any(kind == MessageKind.SENT for kind, _ in plain.messages)
        }
        assert set(self.reader.person_ids(View.NEW)) == new
        due = {person for person, plain in self.plain.items() if plain.due and plain.due <= self.now.date()}
        assert set(self.reader.person_ids(View.DUE)) == due
        for person, plain in self.plain.items():
            opened = self.reader.open_person(person)
            assert (opened.person.name, opened.person.bio, opened.person.location) == (
                plain.name,
                plain.bio,
                plain.location,
            )
            assert sorted(fact.text for fact in opened.person.facts) == sorted(plain.facts)
            assert sorted((m.kind, m.text) for m in opened.messages) == sorted(plain.messages)
            assert opened.draft.text == plain.draft
            state = Exchange.of(opened.messages)
            assert opened.person.unanswered == state.unanswered
            assert opened.person.stage == state.stage(self.now, UTC)
            (row,) = self.reader.rows([person])
            assert (row.progress, row.waiting) == (state.progress(self.now, UTC), state.waiting)

    @invariant()
    def every_order_holds_everyone_once(self) -> None:
        if not hasattr(self, "plain"):
            return
        for order in Order:
            assert sorted(self.reader.person_ids(View.ALL, order=order)) == sorted(self.plain)
        by_name = [self.plain[i].name for i in self.reader.person_ids(View.ALL, order=Order.NAME)]
        assert by_name == sorted(by_name, key=lambda name: name.replace("É", "E").lower())

    def teardown(self) -> None:
        if not hasattr(self, "plain"):
            return
        content = dump(self.path)
        self.notebook._store.rebuild()
        assert dump(self.path) == content, "what is kept beside the facts follows from them"
        with closing(sqlite3.connect(self.path)) as database:
            assert database.execute("pragma integrity_check").fetchone() == ("ok",)
            assert not database.execute("pragma foreign_key_check").fetchall()
        self.notebook.close()
        self.reader.close()
        self.folder.cleanup()


def _digest(text: str) -> str:
    from warmnote.store._compare import digest

    return digest(Fact("pet", text))


NotebookMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
TestNotebook = pytest.mark.timeout(300)(NotebookMachine.TestCase)
