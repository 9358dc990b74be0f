"""What the user reads off a profile of which only a number was known."""

from warmnote.notebook._values import Changes
from warmnote.store import Store

__all__ = ["Profiles"]


class Profiles:
    """Fills in what a source could not bring: some archives hold nothing of a follower but the number of the account."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def fill_in(self, person_id: int, account_id: int, *, name: str = "", handle: str = "", bio: str = "") -> Changes:
        """Writes name and bio of a person and the handle of one of their accounts, in one step; what is empty stays.

        Name and bio are the user's from then on. Raises Gone for a person or an account that is not there.
        """
        fields = {field: value.strip() for field, value in (("name", name), ("bio", bio)) if value.strip()}
        with self._store.step() as step:
            self._store.people.edit(person_id, fields)
            if handle := handle.strip().lstrip("@"):
                self._store.people.name_account(person_id, account_id, handle)
        return Changes.of(step, "Kept what you pasted")
