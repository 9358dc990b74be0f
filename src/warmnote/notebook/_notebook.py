"""The use cases of Warmnote and its only writer."""

from array import array
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from warmnote.model import (
    Batch,
    Clock,
    Draft,
    Expected,
    Exported,
    Fact,
    FollowUp,
    Message,
    MessageKind,
    Network,
    PromptUse,
)
from warmnote.notebook._bulk import Bulk
from warmnote.notebook._day import today
from warmnote.notebook._duplicates import Duplicates
from warmnote.notebook._exporting import export
from warmnote.notebook._fields import LOGGED, Fields, by_hand, key_of, named, phrase_by_hand
from warmnote.notebook._importing import Progressed, import_batch, preview
from warmnote.notebook._mappings import Mappings
from warmnote.notebook._profiles import Profiles
from warmnote.notebook._sameness import runs, sent_like
from warmnote.notebook._samples import add_sample, load_samples
from warmnote.notebook._sources import Sources
from warmnote.notebook._values import Changes, Opened, Preview, Today, Undo
from warmnote.store import Counts, Excused, ImportRecord, Order, PersonRow, Store, View

if TYPE_CHECKING:
    from warmnote.coldness.sameness import Sent

__all__ = ["Notebook"]


class Notebook:
    """Everything one can do with people, drafts, letters and imports.

    Give it a store that writes on the thread that writes, and another a read-only store for the window. Each write is
    one transaction: it happens wholly or not at all, and says whom it touched and how to take it back. Methods raise
    Expected for what can happen to anyone, and its kind Gone for a person or entry that was deleted meanwhile.
    """

    def __init__(self, store: Store, clock: Clock, zone: tzinfo | None = None) -> None:
        """`clock` gives the present moment; days are counted in `zone`, by default that of this machine."""
        self._store = store
        self._clock = clock
        self._zone = zone
        self.bulk = Bulk(store, clock)
        self.duplicates = Duplicates(store, clock, zone)
        self.sources = Sources(store, clock)
        self.mappings = Mappings(store, clock, zone)
        self.profiles = Profiles(store)
        store.sent.cut_by(runs)

    @property
    def notice(self) -> Expected | None:
        """What the user should know about the file: that it was damaged and a copy was opened."""
        return self._store.notice

    def close(self) -> None:
        """Lets go of the file."""
        self._store.close()

    def copy_daily(self) -> None:
        """Makes the day's copy beside the notebook, if there is none yet."""
        self._store.copy_daily()

    def backup(self, path: Path) -> None:
        """Writes a complete copy of the notebook to `path`."""
        self._store.backup(path)

    # reading

    def person_ids(self, view: View, query: str = "", order: Order = Order.NEWEST) -> "array[int]":
        """The people a filter and a search leave, in order. All words of `query` must begin a word of theirs."""
        return self._store.listing.ids(view, query, order, self._clock(), self._zone)

    def rows(self, ids: Sequence[int]) -> list[PersonRow]:
        """What the list shows of `ids`, in their order, without those who are gone."""
        return self._store.listing.rows(ids, self._clock(), self._zone)

    def counts(self) -> Counts:
        """How many people each filter shows."""
        return self._store.listing.counts(self._today())

    def open_person(self, person_id: int) -> Opened:
        """A person with draft and log. Raises Gone."""
        people = self._store.people
        with self._store.snapshot():
            return Opened(
                person=people.get(person_id, self._clock(), self._zone),
                draft=people.draft(person_id),
                messages=self._store.log.of(person_id),
                used=people.prompts_used(person=person_id),
                excused=self._store.waivers.excused(person_id),
                past_handles=people.past_handles(person_id),
                last_seen=people.absences(person_id),
                merges=self._store.merging.merges_of(person_id),
            )

    def sent_like(self, person_id: int, draft: str) -> "Sent":
        """The letters to other people that share a sentence with `draft`, for the meter; 2 to 20 ms, not for each key.

        They are all there are, unless a sentence went to very many: then only so many that the meter can say "more
        than". While `is_indexing`, some of the older letters may be missing.
        """
        return sent_like(self._store, person_id, draft)

    def is_indexing(self) -> bool:
        """Whether there are letters sent that `sent_like` does not know yet, after an upgrade or an import."""
        return self._store.sent.is_behind()

    def index_sent(self, most: int = 5_000) -> Changes:
        """Makes at most so many of those letters known, the latest first; half a second for as many. Nobody changes."""
        self._store.index_sent(most)
        return Changes(label="Indexed")

    def rules_off(self) -> frozenset[str]:
        """The rules of the meter that are switched off for good."""
        return self._store.waivers.rules_off()

    def excused(self) -> tuple[Excused, ...]:
        """The findings waved through for anyone, the latest first."""
        return self._store.waivers.all_excused()

    def allowed_phrases(self) -> tuple[str, ...]:
        """The phrases that the meter never marks, in any letter; the latest first."""
        return self._store.waivers.phrases()

    def has_samples(self) -> bool:
        """Whether invented people are among the people."""
        return bool(self._store.people.samples())

    def used_prompts(self, since: datetime) -> tuple[PromptUse, ...]:
        """The starters put into letters from `since` on, the oldest first."""
        return self._store.people.prompts_used(since=since)

    def today(self) -> Today:
        """What the day holds."""
        return today(self._store, self._clock(), self._zone)

    def deleted(self) -> int:
        """How many accounts imports leave out because the user deleted whose they were."""
        return self._store.deletions.count()

    def batches(self) -> tuple[ImportRecord, ...]:
        """The imports made and not taken back, the latest first."""
        return self._store.imports.records()

    def export(self, ids: Iterable[int] | None = None) -> Generator[Exported]:
        """Everyone, the archived too, or those of `ids`, each with everything; all as they are at one moment.

        Write nothing with this notebook before the last of them is taken or the generator closed.
        """
        return export(self._store, ids, self._clock(), self._zone)

    def preview(
        self,
        batch: Batch,
        progress: Progressed | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Preview:
        """What importing `batch` would do; writes nothing. `progress` hears (records done, records in all).

        Raises Cancelled once `cancelled` says so.
        """
        return preview(self._store, batch, progress, cancelled)

    # people

    def add_person(
        self,
        name: str,
        bio: str = "",
        network: Network | None = None,
        handle: str = "",
        url: str = "",
        *,
        location: str = "",
        company: str = "",
        position: str = "",
        pronouns: str = "",
        email: str = "",
        followed_on: date | None = None,
    ) -> Changes:
        """Adds someone by hand, as a new follower. `added` of the result holds the id."""
        fields = {
            "name": named(name),
            "bio": bio.strip(),
            "location": location.strip(),
            "company": company.strip(),
            "position": position.strip(),
            "pronouns": pronouns.strip(),
            "email": email.strip(),
        }
        account = by_hand(network, handle, url, followed_on)
        with self._store.step() as step:
            person = self._store.people.add(fields, self._clock())
            if account is not None:
                self._store.people.add_identity(person, account)
        return Changes.of(step, f"{fields['name']} was added")

    def edit_person(self, person_id: int, **fields: Unpack[Fields]) -> Changes:
        """Writes fields of a person. They are the user's from then on: imports leave them as they are."""
        given = {field: value for field, value in fields.items() if isinstance(value, str | bool)}
        if "name" in fields:
            given["name"] = named(fields["name"])
        with self._store.step() as step:
            self._store.people.edit(person_id, given)
        return Changes.of(step, "Changed")

    def delete_people(self, ids: Iterable[int]) -> Changes:
        """Removes people with all that belongs to them. No import brings their accounts back but that of an own export."""
        people = list(dict.fromkeys(ids))
        name = self._store.people.name(people[0]) if len(people) == 1 else ""
        with self._store.step() as step:
            self._store.deletions.note(people, self._today())
            self._store.people.delete(people)
        return Changes.of(step, f"{name} was deleted" if name else f"{_people(len(step.removed))} were deleted")

    def forget_deletions(self) -> Changes:
        """Lets imports bring back those who were deleted."""
        with self._store.step() as step:
            self._store.deletions.forget()
        return Changes.of(step, "Imports may bring back those you deleted")

    # what is known of them

    def add_fact(self, person_id: int, fact: Fact) -> Changes:
        """Adds something the user learnt of a person."""
        with self._store.step() as step:
            self._store.people.add_fact(person_id, fact)
        return Changes.of(step, "Added")

    def edit_fact(self, fact: Fact) -> Changes:
        """Writes a fact over the one of the same id. It is the user's from then on."""
        with self._store.step() as step:
            self._store.people.edit_fact(fact)
        return Changes.of(step, "Changed")

    def remove_fact(self, fact_id: int) -> Changes:
        """Removes a fact; no import brings it back."""
        with self._store.step() as step:
            self._store.people.remove_fact(fact_id)
        return Changes.of(step, "Removed")

    def hide_interest(self, person_id: int, kind: str, text: str) -> Changes:
        """Strikes out something that was read from a bio or stands among the facts: it is not offered again."""
        with self._store.step() as step:
            held = [f for f in self._store.people.facts(person_id) if (f.kind, f.text) == (kind, text)]
            for fact in held:
                self._store.people.edit_fact(replace(fact, hidden=True))
            if not held:
                self._store.people.add_fact(person_id, Fact(kind, text, hidden=True))
        return Changes.of(step, "Struck out")

    # letters and the log

    def save_draft(self, person_id: int, draft: Draft) -> Changes:
        """Keeps the unfinished letter. Touches nothing that a list shows, and is not undone: the editor does that."""
        with self._store.step(undoable=False):
            self._store.people.save_draft(person_id, draft, self._clock())
        return Changes(label="Saved")

    def log(self, person_id: int, message: Message) -> Changes:
        """Adds an entry to a person's log. What they wrote ends their rest."""
        with self._store.step() as step:
            self._store.people.require(person_id)
            self._store.log.add(person_id, message)
        return Changes.of(step, LOGGED[message.kind])

    def log_sent(self, person_id: int, text: str, channel: str) -> Changes:
        """Logs a letter as sent now and empties the draft; one undo brings both back."""
        now = self._clock()
        with self._store.step() as step:
            self._store.people.require(person_id)
            self._store.log.add(person_id, Message(MessageKind.SENT, text, now, channel))
            self._store.people.save_draft(person_id, Draft(channel=channel), now)
        return Changes.of(step, LOGGED[MessageKind.SENT])

    def edit_message(self, message: Message) -> Changes:
        """Writes an entry of the log over the one of the same id."""
        with self._store.step() as step:
            self._store.log.edit(message)
        return Changes.of(step, "Changed")

    def remove_message(self, message_id: int) -> Changes:
        """Removes an entry of the log; no import brings it back."""
        with self._store.step() as step:
            self._store.log.remove(message_id)
        return Changes.of(step, "Removed")

    def record_prompt(self, person_id: int, prompt_id: str) -> Changes:
        """Remembers that a starter went into a letter."""
        with self._store.step() as step:
            self._store.people.use_prompt(person_id, prompt_id, self._clock())
        return Changes.of(step, "Noted")

    # plans

    def plan(self, person_id: int, follow_up: FollowUp | None) -> Changes:
        """Sets when to come back to a person, which ends their rest; None clears the plan."""
        with self._store.step() as step:
            self._store.people.plan(person_id, follow_up)
            if follow_up is not None:
                self._store.people.rest(person_id, None)
        return Changes.of(step, "Planned" if follow_up else "No longer planned")

    def rest(self, person_id: int) -> Changes:
        """Leaves a person in peace: plans are cleared, and Today is silent about them until they write."""
        with self._store.step() as step:
            self._store.people.plan(person_id, None)
            self._store.people.rest(person_id, self._clock())
        return Changes.of(step, f"{self._store.people.name(person_id)} is left in peace")

    # the meter

    def turn_off_rule(self, rule_id: str) -> Changes:
        """Switches a rule of the meter off for good."""
        with self._store.step() as step:
            self._store.waivers.switch_rule(rule_id, on=False)
        return Changes.of(step, "Never again")

    def turn_on_rule(self, rule_id: str) -> Changes:
        """Switches a rule of the meter on again."""
        with self._store.step() as step:
            self._store.waivers.switch_rule(rule_id, on=True)
        return Changes.of(step, "On again")

    def excuse(self, person_id: int, rule_id: str, matched: str) -> Changes:
        """Waves one finding through: not this rule on these words to this person."""
        with self._store.step() as step:
            self._store.waivers.excuse(person_id, rule_id, matched, self._clock())
        return Changes.of(step, "Not here")

    def unexcuse(self, person_id: int, rule_id: str, matched: str) -> Changes:
        """Lets a rule find these words in letters to this person again; nothing happens if it may already."""
        with self._store.step() as step:
            self._store.waivers.unexcuse(person_id, rule_id, matched)
        return Changes.of(step, "Marked again")

    def allow(self, phrase: str) -> Changes:
        """Never marks a phrase again, in any letter. Raises Expected for one that is there, too short or too long."""
        words, key = phrase_by_hand(phrase, self._store.waivers)
        with self._store.step() as step:
            self._store.waivers.allow(words, key)
        return Changes.of(step, f"“{words}” is allowed")

    def disallow(self, phrase: str) -> Changes:
        """Marks a phrase again like any other words; nothing happens if it was not allowed."""
        with self._store.step() as step:
            self._store.waivers.disallow(key_of(phrase))
        return Changes.of(step, f"“{phrase}” is no longer allowed")

    # imports

    def import_batch(
        self,
        batch: Batch,
        new_since: date | None = None,
        progress: Progressed | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Changes:
        """Takes a batch in, whole or not at all. Doing it twice changes nothing more.

        A follower counts as new if their network was imported before and did not hold them, or if they followed on
        `new_since` or later. Who is certainly somebody known is made one with them. What the user has written is never changed, and what the source leaves empty
        erases nothing. Raises Cancelled once `cancelled` says so.
        """
        step, number = import_batch(self._store, batch, new_since, self._clock(), progress, cancelled)
        label = f"{len(step.added):,} new, {len(step.changed):,} changed from {batch.origin or batch.source}"
        return Changes(step.added, step.changed, step.removed, label, Undo(batch=number, label=label))

    def undo_import(self, batch_id: int) -> Changes:
        """Takes an import back, at any later time; this can itself be undone while the notebook is open.

        People to whom anything was added since stay, as if entered by hand; so do those whom a later import of the
        same network holds too. Fields go back where they are still as the import wrote them.
        """
        with self._store.step() as step:
            kept, held = self._store.imports.take_back(batch_id)
        label = "The import was undone"
        if kept:
            label += f"; {_people(kept)} you have added to stayed"
        if held:
            label += f"; {_people(held)} that a later import holds too stayed"
        return Changes.of(step, label)

    def undo(self, ticket: Undo) -> Changes:
        """Takes a write back exactly; the result can be undone in turn.

        Raises Expected if the rows were changed again since, or the ticket was used.
        """
        if ticket.batch is not None:
            return self.undo_import(ticket.batch)
        if ticket.step is None:
            raise Expected("There is nothing to undo.", "")
        return Changes.of(self._store.undo(ticket.step), ticket.label)

    # the invented people

    def add_samples(self, path: Path | None = None) -> Changes:
        """Adds the invented people of `resources/samples`, or of the file at `path`, who are not there yet."""
        now = self._clock()
        samples = load_samples(now, self._today(), path)
        with self._store.step() as step:
            for sample in samples:
                add_sample(self._store, sample, now)
        return Changes.of(step, "The sample people are here")

    def remove_samples(self) -> Changes:
        """Removes the invented people and nobody else."""
        with self._store.step() as step:
            self._store.people.delete(self._store.people.samples())
        return Changes.of(step, "The sample people are gone")

    def _today(self) -> date:
        return self._clock().astimezone(self._zone).date()


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"
