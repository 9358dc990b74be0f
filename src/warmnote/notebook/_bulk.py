"""What the user does to many people at once."""

from collections.abc import Callable, Iterable

from warmnote.model import Clock, Expected, FollowUp, Stage
from warmnote.notebook._values import Changes
from warmnote.store import Store
from warmnote.store.text import clean

__all__ = ["LONGEST_TAG", "Bulk"]

LONGEST_TAG = 40  # characters

_STAGES = {
    Stage.FIRST_TOUCH: "first touch",
    Stage.EXCHANGED_ONCE: "exchanged once",
    Stage.CONVERSATION: "conversation",
    Stage.RELATIONSHIP: "relationship",
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_NOTHING = "Nothing to change"


class Bulk:
    """Tags, stages, plans and the archive, for one person or a hundred thousand.

    Each write is one step that one undo takes back. `changed` of the result holds only those for whom something became
    different; people who are gone are passed over.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def tags(self) -> tuple[tuple[str, int], ...]:
        """Every tag with the number of people who have it, by the alphabet. The archived do not count."""
        return self._store.bulk.tags()

    def tag(self, ids: Iterable[int], tag: str) -> Changes:
        """Gives people a tag: one line of at most 40 characters. Raises Expected for any other.

        Capitals make no difference: a tag that is in use keeps its spelling.
        """
        people = list(ids)
        tag = self._store.bulk.as_spelt(_tag(tag))
        return self._do(
            lambda: self._store.bulk.tag(people, tag), lambda who, were: f"{who} {were} tagged “{tag}”", people
        )

    def untag(self, ids: Iterable[int], tag: str) -> Changes:
        """Takes a tag off people."""
        people = list(ids)
        tag = self._store.bulk.as_spelt(_tag(tag))
        return self._do(
            lambda: self._store.bulk.untag(people, tag),
            lambda who, were: f"“{tag}” was taken off {who}",
            people,
        )

    def set_stage(self, ids: Iterable[int], stage: Stage | None) -> Changes:
        """Sets by hand how far people have come with the user; None leaves it to the log again."""
        people = list(ids)
        to = "left to the log again" if stage is None else f"set to “{_STAGES[stage]}”"
        return self._do(
            lambda: self._store.bulk.set_stage(people, stage), lambda who, were: f"The stage of {who} was {to}", people
        )

    def plan(self, ids: Iterable[int], follow_up: FollowUp | None) -> Changes:
        """Sets when to come back to people, which ends their rest; None clears their plans."""
        people = list(ids)
        if follow_up is None:
            told = "no longer planned"
        else:
            told = f"planned for {follow_up.due.day} {_MONTHS[follow_up.due.month - 1]} {follow_up.due.year}"
        return self._do(
            lambda: self._store.bulk.plan(people, follow_up),
            lambda who, were: f"{who} {'is' if were == 'was' else 'are'} {told}",
            people,
        )

    def archive(self, ids: Iterable[int]) -> Changes:
        """Sets people aside: they stay in the notebook, and are in no list but the archive's."""
        people = list(ids)
        return self._do(
            lambda: self._store.bulk.archive(people, self._clock()),
            lambda who, were: f"{who} {were} archived",
            people,
        )

    def unarchive(self, ids: Iterable[int]) -> Changes:
        """Takes people back from the archive."""
        people = list(ids)
        return self._do(
            lambda: self._store.bulk.archive(people, None),
            lambda who, were: f"{who} {were} taken back from the archive",
            people,
        )

    def _do(self, write: Callable[[], None], told: Callable[[str, str], str], people: list[int]) -> Changes:
        with self._store.step() as step:
            write()
        if not step.changed:
            return Changes(label=_NOTHING)
        if len(step.changed) > 1:
            return Changes.of(step, told(f"{len(step.changed):,} people", "were"))
        (person,) = step.changed
        return Changes.of(step, told(self._store.people.name(person), "was"))


def _tag(tag: str) -> str:
    """A tag as it is kept. Raises Expected if it cannot be one."""
    lines = clean(tag).strip().splitlines()
    words = " ".join(" ".join(lines).split())
    if len(lines) > 1:
        raise Expected("A tag is a single line.", "Give each tag by itself.")
    if not words:
        raise Expected("A tag needs at least one letter.", "Type a word or two, such as “conference”.")
    if len(words) > LONGEST_TAG:
        raise Expected(f"A tag has at most {LONGEST_TAG} characters.", "Choose a shorter one.")
    return words
