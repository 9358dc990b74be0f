"""The packs and the prompter that follows from them; every change is made off the GUI thread and heard by everyone."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeVar

from PySide6.QtCore import QObject, Signal

from warmnote.coldness import Meter
from warmnote.model import Expected
from warmnote.prompts import (
    MINE,
    USUAL,
    Choice,
    Pack,
    PackFolder,
    Prompter,
    Shelf,
    Starter,
    read_pack,
    read_starters,
    write_pack,
)
from warmnote.ui.tasks import Lane, Tasks

__all__ = ["PACKS", "Stock", "StockKeeper", "read_stock"]

T = TypeVar("T")
_Failed = Callable[[Expected], object]

PACKS: Final = "packs"
"""The folder of the user's packs, beside the notebook."""


@dataclass(frozen=True, slots=True)
class Stock:
    """Everything there is to choose from: the packs, the starters that need none, and the prompter that offers them."""

    shelf: Shelf
    usual: tuple[Starter, ...]
    prompter: Prompter

    @property
    def packs(self) -> tuple[Pack, ...]:
        """All packs, Warmnote's usual starters first as a pack like the others, and the user's own even while empty."""
        usual = Pack(
            USUAL,
            "Warmnote’s starters",
            author="Warmnote",
            about="One easy question about something they chose to show.",
            starters=self.usual,
            shipped=True,
        )
        own = () if any(pack.id == MINE for pack in self.shelf.packs) else (Pack(MINE, "My prompts"),)
        return (usual, *self.shelf.packs, *own)

    def get(self, pack_id: str) -> Pack | None:
        """The pack with an id, USUAL included; None if it is gone."""
        return next((pack for pack in self.packs if pack.id == pack_id), None)

    def is_on(self, pack: Pack) -> bool:
        """Whether its starters are offered."""
        return USUAL not in self.shelf.choice.off if pack.id == USUAL else self.shelf.is_on(pack)

    @property
    def own(self) -> tuple[Pack, ...]:
        """The packs that the user may write into, "My prompts" first."""
        return tuple(sorted((pack for pack in self.packs if not pack.shipped), key=lambda pack: pack.id != MINE))


def read_stock(folder: PackFolder) -> Stock:
    """Read everything from the disk; some 100 ms. Raises Expected if Warmnote's own files are damaged."""
    shelf = folder.read()
    prompter = Prompter.load(packs=shelf.active, spelling=shelf.choice.spelling, off=shelf.left_out)
    return Stock(shelf, read_starters(), prompter)


class StockKeeper(QObject):
    """Holds the `stock` and changes it; the `meter` says how its starters read. `changed()` follows every change; `failed(Expected)` where nobody else was told."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, folder: Path, tasks: Tasks, stock: Stock, meter: Meter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder, self._tasks = PackFolder(folder), tasks
        self.stock, self.meter = stock, meter

    def read(self, path: Path, done: Callable[[Pack], object], failed: Callable[[Expected], object]) -> None:
        """Look into a file without taking it in."""
        self._tasks.run(Lane.FILES, lambda: read_pack(path), done, _expected(failed), owner=self)

    def take_in(self, path: Path, done: Callable[[Pack], object], failed: Callable[[Expected], object]) -> None:
        """Add a pack from a file."""
        self._change(lambda folder: folder.take_in(path), done, failed)

    def share(self, pack: Pack, path: Path, done: Callable[[], object]) -> None:
        """Write a pack into a file of the user's choosing."""
        self._tasks.run(
            Lane.FILES, lambda: write_pack(pack, path), lambda _: done(), _expected(self.failed.emit), owner=self
        )

    def switch(self, pack: Pack, on: bool) -> None:
        """Offer the starters of a pack, or do not."""

        def decide(choice: Choice) -> Choice:
            ids = frozenset({pack.id})
            if on:
                return replace(choice, on=choice.on | (ids - {USUAL}), off=choice.off - ids)
            return replace(choice, on=choice.on - ids, off=choice.off | ids)

        self._choose(decide)

    def leave_out(self, starter: Starter, out: bool) -> None:
        """Stop offering one starter, or offer it again."""
        ids = frozenset({starter.id})
        self._choose(lambda choice: replace(choice, out=choice.out | ids if out else choice.out - ids))

    def spell(self, american: bool) -> None:
        """Write English starters the American or the British way."""
        self._choose(lambda choice: replace(choice, spelling="american" if american else "british"))

    def save(self, pack_id: str, starter: Starter, done: Callable[[Starter], object]) -> None:
        """Put a starter into a pack of the user's, in the place of the one with its id or at the end."""

        def put(folder: PackFolder) -> Starter:
            before = _own(folder, pack_id)
            after = before.with_starter(starter)
            folder.save(after)
            return next((each for each in after.starters if each not in before.starters), starter)

        self._change(put, done)

    def copy(self, starter: Starter, done: Callable[[Starter], object]) -> None:
        """Put a copy of any starter into "My prompts"."""

        def put(folder: PackFolder) -> Starter:
            after, made = folder.mine().with_copy(starter)
            folder.save(after)
            return made

        self._change(put, done)

    def delete(self, starter: Starter, done: Callable[[int], object]) -> None:
        """Take a starter out of its pack; `done` hears in which place it stood, for `put_back`."""

        def take(folder: PackFolder) -> int:
            pack = _own(folder, starter.pack)
            folder.save(pack.without(starter.id))
            return next((place for place, each in enumerate(pack.starters) if each.id == starter.id), 0)

        self._change(take, done)

    def put_back(self, starter: Starter, place: int) -> None:
        """Undo a `delete`."""

        def put(folder: PackFolder) -> None:
            pack = _own(folder, starter.pack)
            left = list(pack.without(starter.id).starters)
            left.insert(place, starter)
            folder.save(replace(pack, starters=tuple(left)))

        self._change(put)

    def make_pack(self, heading: Mapping[str, str], done: Callable[[Pack], object], failed: _Failed) -> None:
        """Begin a pack of the user's, under an id made of its title; `heading` holds title, about, author, language."""
        taken = {pack.id for pack in self.stock.packs} | {MINE, USUAL}
        pack = _headed(Pack(_free_id(heading["title"], taken), ""), heading)
        self._change(lambda folder: _save_checked(folder, pack), lambda _: done(pack), failed)

    def describe(self, pack: Pack, heading: Mapping[str, str], done: Callable[[], object], failed: _Failed) -> None:
        """Change what a pack of the user's says of itself."""

        def put(folder: PackFolder) -> None:
            _save_checked(folder, _headed(_own(folder, pack.id), heading))

        self._change(put, lambda _: done(), failed)

    def remove(self, pack: Pack, done: Callable[[], object]) -> None:
        """Take a pack of the user's away; `restore` brings it back."""
        self._change(lambda folder: folder.remove(pack.id), lambda _: done())

    def restore(self, pack: Pack) -> None:
        """Undo a `remove`."""
        self._change(lambda folder: folder.save(pack))

    def _choose(self, decide: Callable[[Choice], Choice]) -> None:
        self._change(lambda folder: folder.choose(decide(folder.read().choice)))

    def _change(
        self,
        change: Callable[[PackFolder], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Expected], object] | None = None,
    ) -> None:
        def do() -> tuple[T, Stock]:
            result = change(self._folder)
            return result, read_stock(self._folder)

        def landed(both: tuple[T, Stock]) -> None:
            result, self.stock = both
            self.changed.emit()
            if done is not None:
                done(result)

        def on_failed(problem: Expected) -> None:
            # What is shown follows what is on the disk: a switch that could not be kept goes back.
            self.changed.emit()
            (failed or self.failed.emit)(problem)

        self._tasks.run(Lane.FILES, do, landed, _expected(on_failed), owner=self)


def _own(folder: PackFolder, pack_id: str) -> Pack:
    if pack_id == MINE:
        return folder.mine()
    try:
        return folder.read().get(pack_id)
    except KeyError as gone:
        raise Expected("This pack is not there any more.", "Choose another one.") from gone


def _headed(pack: Pack, heading: Mapping[str, str]) -> Pack:
    language = heading["language"]
    starters = tuple(replace(each, language=language) for each in pack.starters)
    return replace(
        pack,
        title=heading["title"],
        about=heading["about"],
        author=heading["author"],
        language=language,
        starters=starters,
    )


def _save_checked(folder: PackFolder, pack: Pack) -> None:
    """Keep a pack, once it is sure that it can be read again: its heading was typed by hand."""
    with TemporaryDirectory() as beside:
        path = Path(beside) / f"{pack.id}.toml"
        write_pack(pack, path)
        read_pack(path)
    folder.save(pack)


def _free_id(title: str, taken: set[str]) -> str:
    import unicodedata

    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    wanted = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:30] or "pack"
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"


def _expected(tell: Callable[[Expected], object]) -> Callable[[BaseException], object]:
    def on_failed(error: BaseException) -> None:
        if not isinstance(error, Expected):
            raise error
        tell(error)

    return on_failed
