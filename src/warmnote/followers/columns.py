"""What the columns of a table mean, told by their headers and, where those say nothing, by what is in them."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from warmnote import accounts
from warmnote.followers import headers
from warmnote.followers.headers import IDENTIFYING, ROLES, Role
from warmnote.followers.text import line
from warmnote.model import Network

__all__ = ["Columns", "Role", "canonical", "find_header", "guess", "guess_without_header"]

_NETWORKS = {
    "twitter": Network.X,
    "x": Network.X,
    "instagram": Network.INSTAGRAM,
    "insta": Network.INSTAGRAM,
    "threads": Network.THREADS,
    "tiktok": Network.TIKTOK,
    "github": Network.GITHUB,
    "bluesky": Network.BLUESKY,
    "mastodon": Network.MASTODON,
    "facebook": Network.FACEBOOK,
}
_NETWORK_HEADER = re.compile(
    rf"(?:(?:handle|username|user name|account|profile|nick|name)(?: on)? )?({'|'.join(_NETWORKS)})"
    r"(?: (?:handle|handles|username|user name|user|account|name|url|link|profile))?"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_WORD = re.compile(r"[\W_]+")
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
_HANDLE = re.compile(r"@[\w.]{2,}(?:@[\w.-]+)?")
_FULL_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [\w.'’()-]+){1,4}")
_PLACES = (
    headers.CITIES
    | headers.COUNTRIES
    | headers.REGIONS
    | frozenset("o ou or e de del do da di der des du r address adres endereco adresse indirizzo direccion".split())
)
_WHOSE = {"werkadres": "werk", "huisadres": "thuis", "weiterer": "weiteres", "anders": "ander"}
_QUALIFIED = frozenset({Role.EMAIL, Role.WEBSITE, Role.PHONE, Role.LEFT_OUT})
_GIVEN = frozenset({"nombre", "nome", "naam"})
_SCANNED = 15
_CONTENT_ROWS = 200
_CONTENT_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each role is found in a table's records.

    `header` are the headers as written, empty for a file without any. `roles` gives the columns of a role from left
    to right; `accounts` the columns that hold handles of one named network; `rest` those that nobody knows.
    """

    header: tuple[str, ...]
    roles: Mapping[Role, tuple[int, ...]]
    accounts: Mapping[int, Network]
    rest: tuple[int, ...]

    def of(self, role: Role) -> tuple[int, ...]:
        """The columns of a role, perhaps none."""
        return self.roles.get(role, ())

    def heading(self, role: Role) -> str:
        """The header, as written, of a role's leftmost column; empty where there is none."""
        column = self.first(role)
        return self.header[column] if column is not None and column < len(self.header) else ""

    def first(self, role: Role) -> int | None:
        """The leftmost column of a role."""
        return next(iter(self.of(role)), None)

    @property
    def places(self) -> tuple[tuple[int, ...], ...]:
        """The columns of each address (at home, at work), the city before the country."""
        groups: dict[str, list[int]] = {}
        for column in self.of(Role.LOCATION):
            heading = self.header[column] if column < len(self.header) else ""
            words = {_WHOSE.get(word, word) for word in canonical(heading).split() if word not in _PLACES}
            number = "".join(filter(str.isdigit, heading))
            groups.setdefault(f"{' '.join(sorted(words))} {number}", []).append(column)
        return tuple(tuple(sorted(columns, key=self._is_country)) for columns in groups.values())

    def _is_country(self, column: int) -> bool:
        return column < len(self.header) and not headers.COUNTRIES.isdisjoint(canonical(self.header[column]).split())

    @property
    def names_people(self) -> bool:
        """Whether there is enough to make people of: an address, a handle, or a name with something beside it."""
        strong = {Role.HANDLE, Role.PROFILE, Role.EMAIL}
        if self.accounts or any(self.of(role) for role in strong):
            return True
        if self.of(Role.FIRST) and (self.of(Role.LAST) or self.of(Role.NAME)):
            return True
        if not self.of(Role.NAME):
            return False
        known = {role for role, columns in self.roles.items() if columns} - {
            Role.NAME,
            Role.LEFT_OUT,
            Role.ID,
            Role.WEBSITE,
        }
        return len(self.header) == 1 or bool(known - {Role.BIO, Role.TITLE})


@lru_cache(maxsize=4_096)
def canonical(header: str) -> str:
    """A header as the vocabulary knows it: lower case, no accents, no numbers, one space between words.

    `E-mail 1 - Value` becomes `email value`, `websiteUrl` becomes `website url`.
    """
    plain = unicodedata.normalize("NFKD", _CAMEL.sub(" ", line(header)))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    words = [word for word in _NOT_WORD.split(plain) if word and not word.isdigit()]
    text = " ".join(words)
    return re.sub(r"\be mail", "email", text)


def guess(header: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> Columns:
    """Give each column a role by its header; those without one by what `rows` hold."""
    roles: dict[int, Role] = {}
    networks: dict[int, Network] = {}
    names = [canonical(cell) for cell in header]
    for column, name in enumerate(names):
        if role := _role(name):
            roles[column] = role
        elif match := _NETWORK_HEADER.fullmatch(name):
            networks[column] = _NETWORKS[match[1]]
        elif headers.PHONES.search(name):
            roles[column] = Role.PHONE
        elif headers.PRIVATE.search(name) and "email" not in name.split():
            roles[column] = Role.LEFT_OUT
    _settle_titles(roles)
    _settle_names(roles, names)
    unknown = [column for column, name in enumerate(names) if column not in roles and column not in networks and name]
    for column in unknown:
        if found := _by_content(column, rows):
            roles[column] = found
    if not {Role.NAME, Role.FIRST, Role.LAST}.intersection(roles.values()):
        named = (column for column in unknown if column not in roles)
        column = next((column for column in named if _share(column, rows, _FULL_NAME) >= _CONTENT_SHARE), None)
        if column is not None and roles:
            roles[column] = Role.NAME
    rest = tuple(column for column in unknown if column not in roles)
    shown = tuple(line(cell) for cell in header)
    return Columns(shown, _grouped(roles), networks, rest)


def guess_without_header(rows: Sequence[Sequence[str]]) -> Columns | None:
    """The columns of a file that starts with people at once; None unless some column is plainly about people."""
    width = max((len(cells) for cells in rows), default=0)
    roles = {column: role for column in range(width) if (role := _by_content(column, rows))}
    if not roles:
        return None
    for column in range(width):
        if column not in roles and _share(column, rows, _FULL_NAME) >= _CONTENT_SHARE:
            roles[column] = Role.NAME
            break
    return Columns((), _grouped(roles), {}, ())


def find_header(records: Sequence[Sequence[str]]) -> int | None:
    """The index of the header among the first records: the one with most known words; None if none has any."""
    best, best_score = None, 0
    for index, cells in enumerate(records[:_SCANNED]):
        known = [ROLES.get(name) for name in map(canonical, cells) if name]
        networks = sum(1 for name in map(canonical, cells) if name != "x" and _NETWORK_HEADER.fullmatch(name))
        score = sum(role is not None for role in known) + networks
        if not networks and not any(role in IDENTIFYING for role in known):
            continue
        if score > best_score:
            best, best_score = index, score
    return best


def _role(name: str) -> Role | None:
    """What a header means as it stands, or without the words that say whose city or which address it is."""
    role = ROLES.get(name) or ROLES.get(name.removeprefix("person "))  # as Pipedrive heads its columns
    if role is not None or " " not in name:
        return role
    words = [word for word in name.split() if word not in headers.QUALIFIERS]
    if not words:
        return None
    if headers.CITIES.union(headers.COUNTRIES).issuperset(words) or _is_country(words):
        return Role.LOCATION
    if headers.REGIONS.issuperset(words):
        return Role.LEFT_OUT
    role = ROLES.get(" ".join(words))
    return role if role in _QUALIFIED else None


def _is_country(words: Sequence[str]) -> bool:
    return any(word in headers.COUNTRIES for word in words) and all(
        word in headers.COUNTRIES or word in headers.REGIONS for word in words
    )


def _settle_titles(roles: dict[int, Role]) -> None:
    """`Title` is a job unless another column is, or the first name follows it at once."""
    has_position = Role.POSITION in roles.values()
    for column, role in list(roles.items()):
        if role is Role.TITLE:
            before_name = roles.get(column + 1) is Role.FIRST
            roles[column] = Role.LEFT_OUT if has_position or before_name else Role.POSITION


def _settle_names(roles: dict[int, Role], names: Sequence[str]) -> None:
    """What is called a name beside a family name is the given one; a nickname beside an address is no account."""
    held = set(roles.values())
    for column, role in list(roles.items()):
        if role is Role.NAME and names[column] in _GIVEN and Role.LAST in held and Role.FIRST not in held:
            roles[column] = Role.FIRST
        elif role is Role.HANDLE and names[column] == "nickname" and held & {Role.FIRST, Role.LAST, Role.EMAIL}:
            roles[column] = Role.NICKNAME
        elif role is Role.HANDLE and names[column] == "account" and held & {Role.EMAIL, Role.FIRST}:
            roles[column] = Role.LEFT_OUT  # Outlook's, and a CRM's word for a company's file


def _by_content(column: int, rows: Sequence[Sequence[str]]) -> Role | None:
    values = list(_values(column, rows))
    if not values:
        return None
    needed = len(values) * _CONTENT_SHARE
    if sum(_EMAIL.fullmatch(value) is not None for value in values) >= needed:
        return Role.EMAIL
    if sum(accounts.profile(value) is not None for value in values) >= needed:
        return Role.PROFILE
    if sum(_HANDLE.fullmatch(value) is not None for value in values) >= needed:
        return Role.HANDLE
    return None


def _share(column: int, rows: Sequence[Sequence[str]], pattern: re.Pattern[str]) -> float:
    values = list(_values(column, rows))
    return sum(pattern.fullmatch(value) is not None for value in values) / len(values) if values else 0.0


def _values(column: int, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for cells in rows[:_CONTENT_ROWS]:
        if column < len(cells) and (value := line(cells[column])):
            yield value


def _grouped(roles: Mapping[int, Role]) -> dict[Role, tuple[int, ...]]:
    grouped: dict[Role, tuple[int, ...]] = {}
    for column, role in sorted(roles.items()):
        grouped[role] = (*grouped.get(role, ()), column)
    return grouped
