"""Packs: starters that people add, switch on and off, write themselves and hand on, one TOML file each.

A file from somebody else is data of bounded size; see `_toml` and `_template` for what keeps it harmless.
"""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, Self, cast
from zlib import crc32

from warmnote.prompts._template import read_template
from warmnote.prompts._toml import StarterError, read_table
from warmnote.prompts.starters import Starter, blanks, own_starter, plain, records
from warmnote.resources import resource

__all__ = ["MINE", "USUAL", "Choice", "Pack", "PackFolder", "Shelf", "SpellingName", "read_pack", "write_pack"]

USUAL: Final = "warmnote"
"""The id under which the starters of `resources/prompts` are switched off; no pack may have it."""

MINE: Final = "mine"
"""The id of the pack that holds what the user writes."""

SpellingName = Literal["british", "american"]

_ON_FROM_THE_START: Final = frozenset({"everyday"})
_CHOICE: Final = "_choice.toml"
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
# Names that Windows keeps for itself, whatever follows the dot.
_NO_FILES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
_KEYS = frozenset({"pack", "title", "language", "author", "about", "example", "starter"})


@dataclass(frozen=True, slots=True)
class Pack:
    """A collection of starters under one title. `about` is a sentence, `shipped` tells that it came with Warmnote.

    The ids of its starters begin with its own, as "mine/hobby.how-it-began".
    """

    id: str
    title: str
    language: str = "en"
    author: str = ""
    about: str = ""
    starters: tuple[Starter, ...] = ()
    shipped: bool = False

    def with_starter(self, starter: Starter) -> Self:
        """The pack with a starter in the place of the one with its id, or at the end; it becomes the pack's own.

        Raises StarterError if the text does not read, or asks for a field that nobody knows.
        """
        name = starter.id.rpartition("/")[2] or _name_for(starter.text)
        added = _adopt(self, own_starter(_table(starter) | {"id": name}, f"{self.title}: starter {name}"))
        if all(each.id != added.id for each in self.starters):
            return replace(self, starters=(*self.starters, added))
        return replace(self, starters=tuple(added if each.id == added.id else each for each in self.starters))

    def with_copy(self, starter: Starter) -> tuple[Self, Starter]:
        """The pack with a copy of any starter at its end, and that copy, under an id of its own."""
        taken = {each.id.rpartition("/")[2] for each in self.starters}
        name = _free(starter.id.rpartition("/")[2], taken)
        made = self.with_starter(replace(starter, id=name))
        return made, made.starters[-1]

    def without(self, starter_id: str) -> Self:
        """The pack less one starter."""
        return replace(self, starters=tuple(each for each in self.starters if each.id != starter_id))


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user decided: packs switched `on` and `off` by id, starters left `out` by id, and the spelling."""

    on: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()
    out: frozenset[str] = frozenset()
    spelling: SpellingName = "british"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The packs at hand, those that came with Warmnote first. `problems` are files that are no packs, each with its reason."""

    packs: tuple[Pack, ...]
    problems: tuple[StarterError, ...]
    choice: Choice

    def get(self, pack_id: str) -> Pack:
        """The pack with this id. Raises KeyError."""
        return {pack.id: pack for pack in self.packs}[pack_id]

    def is_on(self, pack: Pack) -> bool:
        """Whether its starters are offered: the user's own are, the trades' are not, unless it was decided otherwise."""
        if pack.id in self.choice.on | self.choice.off:
            return pack.id in self.choice.on
        return not pack.shipped or pack.id in _ON_FROM_THE_START

    @property
    def active(self) -> tuple[Pack, ...]:
        """The packs that are switched on."""
        return tuple(pack for pack in self.packs if self.is_on(pack))

    @property
    def left_out(self) -> frozenset[str]:
        """What `Prompter.load` is to leave out: ids of starters, and USUAL where those are switched off as a whole."""
        return self.choice.out | (self.choice.off & {USUAL})


class PackFolder:
    """The user's packs in a folder, beside those that come with Warmnote. Every change is on the disk when it returns."""

    def __init__(self, folder: Path, shipped: Path | None = None) -> None:
        self._folder = folder
        self._shipped = shipped or resource("packs")

    def read(self) -> Shelf:
        """All packs and what was decided about them. Files that cannot be used are problems, never an error."""
        packs: dict[str, Pack] = {}
        problems: list[StarterError] = []
        for path, shipped in self._files():
            try:
                pack = read_pack(path, shipped=shipped)
                if pack.id in packs:
                    cure = f"Give it another id in the line pack = {pack.id!r}, or take the file away."
                    raise StarterError(f"{path.name}: there is another pack called {pack.id}.", cure)
                packs[pack.id] = pack
            except StarterError as problem:
                problems.append(problem)
        try:
            choice = _read_choice(self._folder / _CHOICE)
        except StarterError as problem:
            problems.append(problem)
            choice = Choice()
        return Shelf(tuple(packs.values()), tuple(problems), choice)

    def mine(self) -> Pack:
        """The pack for what the user writes; an empty one if there is none yet. Raises StarterError if it cannot be read."""
        path = self._folder / f"{MINE}.toml"
        return read_pack(path) if path.exists() else Pack(MINE, "My prompts", about="What I like to ask.")

    def save(self, pack: Pack) -> None:
        """Keep a pack of the user's. Raises StarterError if it cannot be written, or is Warmnote's own."""
        if pack.shipped:
            raise StarterError(f"{pack.title} comes with Warmnote.", "Copy what you like into a pack of your own.")
        _refuse_id(pack.id, pack.title)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise StarterError(f"The folder for packs cannot be made: {problem.strerror or problem}.") from problem
        write_pack(pack, self._path(pack.id))

    def remove(self, pack_id: str) -> None:
        """Take a pack of the user's away; one that is not there is no error."""
        _refuse_id(pack_id, pack_id)
        try:
            self._path(pack_id).unlink(missing_ok=True)
        except OSError as problem:
            raise StarterError(f"{pack_id} cannot be removed: {problem.strerror or problem}.") from problem

    def take_in(self, path: Path) -> Pack:
        """Add a pack from a file, under another id if its own is taken; the very same pack again changes nothing.

        Raises StarterError, which names the file, the starter, the place, and what to do.
        """
        pack = read_pack(path)
        known = {each.id: each for each in self.read().packs}
        same = known.get(pack.id)
        if same is not None and replace(same, shipped=False) == pack:
            return same
        kept = _renamed(pack, _free(pack.id, {*known, MINE, USUAL}))
        self.save(kept)
        return kept

    def choose(self, choice: Choice) -> None:
        """Keep what was decided. Raises StarterError if it cannot be written."""
        lists = {"on": choice.on, "off": choice.off, "out": choice.out}
        lines = [f"{key} = [{', '.join(map(_quoted, sorted(ids)))}]" for key, ids in lists.items()]
        lines.append(f"spelling = {_quoted(choice.spelling)}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise StarterError(f"The folder for packs cannot be made: {problem.strerror or problem}.") from problem
        _put(self._folder / _CHOICE, "\n".join(lines) + "\n")

    def _files(self) -> Iterator[tuple[Path, bool]]:
        for folder, shipped in ((self._shipped, True), (self._folder, False)):
            for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
                if not path.name.startswith(("_", ".")):
                    yield path, shipped

    def _path(self, pack_id: str) -> Path:
        """Where the user's pack with an id lies: usually under its name, else wherever a file holds it."""
        usual = self._folder / f"{pack_id}.toml"
        for path, shipped in self._files():
            if not shipped:
                with suppress(StarterError):
                    if read_pack(path).id == pack_id:
                        return path
        return usual


def read_pack(path: Path, *, shipped: bool = False) -> Pack:
    """A pack from its file, of 1 MB and 2,000 starters at most.

    Raises StarterError: the message names the file, the starter, line and column, and what was expected; the hint what to do.
    """
    data, lines = read_table(path)
    unknown = data.keys() - _KEYS
    if unknown:
        raise StarterError(
            f"{path.name}: {min(unknown)[:40]} is not known here.", f"Known are {', '.join(sorted(_KEYS))}."
        )
    head = {key: _head(data, key, path.name) for key in ("pack", "title", "language", "author", "about")}
    if not head["title"]:
        raise StarterError(
            f"{path.name}: the title is missing.", 'Begin it with lines like pack = "walkers" and title = "Walkers".'
        )
    if not _ID.fullmatch(head["pack"]):
        cure = 'Write pack = "..." with small letters, digits and dashes.'
        raise StarterError(f"{path.name}: {'the pack has no id' if not head['pack'] else 'its id does not fit'}.", cure)
    _refuse_id(head["pack"], path.name)
    language = head["language"] or "en"
    if not _LANGUAGE.fullmatch(language):
        raise StarterError(f"{path.name}: the language {language[:20]} is no code.", 'As "en", "es" or "pt-BR".')
    pack = Pack(head["pack"], head["title"], language, head["author"], head["about"], shipped=shipped)
    starters: dict[str, Starter] = {}
    for record, place in records(path.name, data, lines):
        starter = _adopt(pack, own_starter(_with_example(record, data), place))
        if starter.id in starters:
            raise StarterError(f"{place} is there twice.", "Give one of the two another id.")
        starters[starter.id] = starter
    return replace(pack, starters=tuple(starters.values()))


def write_pack(pack: Pack, path: Path) -> None:
    """A pack as one file to keep or to hand on. The file is whole or as it was before. Raises StarterError."""
    lines = [f"{key} = {_quoted(value)}" for key, value in _heading(pack) if value]
    for starter in pack.starters:
        lines += ["", "[[starter]]"]
        lines += [f"{_key(key)} = {_value(value)}" for key, value in _table(starter).items()]
    _put(path, "\n".join(lines) + "\n")


def _heading(pack: Pack) -> Iterable[tuple[str, str]]:
    return (
        ("pack", pack.id), ("title", pack.title), ("language", pack.language), ("author", pack.author), ("about", pack.about),
    )  # fmt: skip


def _head(data: dict[str, Any], key: str, name: str) -> str:
    value = data.get(key, "")
    if not isinstance(value, str) or len(value) > 300:
        raise StarterError(f"{name}: {key} is a text of at most 300 characters.", f'Write {key} = "...".')
    return plain(value)


def _refuse_id(pack_id: str, name: str) -> None:
    if pack_id == USUAL or pack_id in _NO_FILES or not _ID.fullmatch(pack_id):
        raise StarterError(f"{name}: a pack cannot be called {pack_id}.", "Choose another word in the line pack = ...")


def _with_example(record: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """A starter's table with what the file's own example says of its fields and blanks."""
    shared, own = data.get("example", {}), record.get("example", {})
    if not isinstance(shared, dict) or not isinstance(own, dict) or not isinstance(text := record.get("text"), str):
        return record
    used = set(re.findall(r"[a-z][a-z0-9_]*", text)) | {text[start + 1 : end - 1] for start, end in blanks(text)}
    needs = record.get("needs", [])
    used |= set(map(str, cast(list[object], needs))) if isinstance(needs, list) else set()
    both = cast(dict[str, Any], shared) | cast(dict[str, Any], own)
    return record | {"example": {key: value for key, value in both.items() if key in used}}


def _adopt(pack: Pack, starter: Starter) -> Starter:
    """A starter as one of the pack's, with an id and the needs that its text shows."""
    asked = read_template(starter.text)
    # What a question is about decides, not whom it greets or where it was seen.
    found = sorted(asked.needed, key=lambda name: name in ("name", "seen", "place"))
    return replace(
        starter,
        id=f"{pack.id}/{starter.id or _name_for(starter.text)}",
        needs=starter.needs or tuple(found),
        pack=pack.id,
        language=pack.language,
    )


def _name_for(text: str) -> str:
    # The log remembers what was used on whom, so that a starter without an id needs one that stays the same.
    return f"own.{crc32(' '.join(text.split()).encode('utf-8', 'replace')):08x}"


def _free(wanted: str, taken: set[str]) -> str:
    if wanted not in taken:
        return wanted
    number = 2
    while (name := f"{wanted[:36]}-{number}") in taken:
        number += 1
    return name


def _renamed(pack: Pack, pack_id: str) -> Pack:
    moved = tuple(replace(each, id=f"{pack_id}/{each.id.rpartition('/')[2]}", pack=pack_id) for each in pack.starters)
    return replace(pack, id=pack_id, starters=moved)


def _table(starter: Starter) -> dict[str, Any]:
    """A starter as its table in a file; what is as usual is left out."""
    table: dict[str, Any] = {
        "id": starter.id.rpartition("/")[2], "kind": starter.kind, "text": starter.text, "needs": list(starter.needs),
        "about": sorted(starter.about), "title": starter.title, "reason": starter.reason,
        "example": dict(starter.example),
    }  # fmt: skip
    table = {key: value for key, value in table.items() if value}
    usual = Starter("", "", "")
    numbers = {key: getattr(starter, key) for key in ("min_stage", "max_stage", "days", "weight")}
    return table | {key: value for key, value in numbers.items() if value != getattr(usual, key)}


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}


def _quoted(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(c) or (f"\\u{ord(c):04x}" if c < " " or c == "\x7f" else c) for c in text) + '"'


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)


def _value(value: object) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_value, cast(list[object], value)))}]"
    if isinstance(value, dict):
        pairs = (f"{_key(key)} = {_value(each)}" for key, each in cast(dict[str, object], value).items())
        return f"{{ {', '.join(pairs)} }}"
    return str(value)


def _put(path: Path, text: str) -> None:
    """Writes a file so that it is whole or as it was."""
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except (OSError, UnicodeError) as problem:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
        raise StarterError(
            f"{path.name} cannot be written: {reason}.", "Choose another place and try again."
        ) from problem


def _read_choice(path: Path) -> Choice:
    if not path.exists():
        return Choice()
    data, _ = read_table(path)

    def ids(key: str) -> frozenset[str]:
        value = data.get(key, [])
        return frozenset(map(str, cast(list[object], value))) if isinstance(value, list) else frozenset()

    spelling: SpellingName = "american" if data.get("spelling") == "american" else "british"
    return Choice(ids("on"), ids("off"), ids("out"), spelling)
