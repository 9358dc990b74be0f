"""Names and handles by account number, from what the user's own posts say: an archive's list of followers has neither."""

import html
import re
from collections.abc import Container as Wanted
from dataclasses import dataclass, field
from typing import cast

from warmnote.followers import jsons, text

__all__ = ["Names"]

_HANDLE = re.compile(r"\w{1,20}", re.ASCII)

_Found = dict[str, tuple[int, str]]


@dataclass(slots=True)
class Names:
    """Collects names and handles of the accounts in `wanted`. Posts may come in any order: the latest one wins."""

    wanted: Wanted[str]
    _names: _Found = field(default_factory=_Found)
    _handles: _Found = field(default_factory=_Found)

    def take(self, element: object) -> None:
        """Take in a post; anything else is passed over."""
        post = jsons.object_of(element, "tweet") or element  # the archives of 2018 have no object around it
        if not isinstance(post, dict):
            return
        post = cast("dict[str, object]", post)
        replied = post.get("in_reply_to_user_id_str")
        mentions = jsons.list_of(post.get("entities"), "user_mentions")
        if not mentions and replied is None:
            return
        at = _age(post)
        if isinstance(replied, str) and replied in self.wanted:
            self._keep(self._handles, replied, at, _handle(post, "in_reply_to_screen_name"))
        for mention in mentions:
            number = jsons.text_of(mention, "id_str") or jsons.text_of(mention, "id")
            if number and number in self.wanted:
                self._keep(self._handles, number, at, _handle(mention, "screen_name"))
                self._keep(self._names, number, at, html.unescape(jsons.text_of(mention, "name")))

    def of(self, number: str) -> tuple[str, str]:
        """The name and the handle of an account; either is empty where no post tells it."""
        _, name = self._names.get(number, (0, ""))
        _, handle = self._handles.get(number, (0, ""))
        return text.line(text.clean(name)), handle

    @staticmethod
    def _keep(found: _Found, number: str, at: int, value: str) -> None:
        if value and found.get(number, (-1, ""))[0] <= at:
            found[number] = (at, value)


def _handle(value: object, key: str) -> str:
    found = jsons.text_of(value, key).removeprefix("@")
    return found if _HANDLE.fullmatch(found) else ""


def _age(post: dict[str, object]) -> int:
    """A number that grows from post to post: their own, for X numbers them in the order of time."""
    number = jsons.text_of(post, "id_str") or jsons.text_of(post, "id")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 30 else 0
