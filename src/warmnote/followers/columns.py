"""What the columns of a table mean, told by their headers and, where those say nothing, by what is in them."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from warmnote import accounts
from warmnote.followers.text import line
from warmnote.model import Network

__all__ = ["Columns", "Role", "canonical", "find_header", "guess"]


class Role(StrEnum):
    """What a column holds."""

    NAME = "name"
    FIRST = "first name"
    MIDDLE = "middle name"
    LAST = "last name"
    HANDLE = "handle"
    ID = "account number"
    PROFILE = "profile address"
    WEBSITE = "website"
    EMAIL = "e-mail"
    BIO = "bio"
    LOCATION = "location"
    COMPANY = "company"
    POSITION = "position"
    PRONOUNS = "pronouns"
    FOLLOWED = "date of the follow"
    NOTE = "note"
    PHONE = "telephone"  # never kept; it only shows that a table is about people
    TITLE = "title"  # a job in one program, "Dr." in the next: settled by its neighbours
    LEFT_OUT = "left out"  # known, and nothing a letter should be built on


IDENTIFYING = frozenset({Role.NAME, Role.FIRST, Role.LAST, Role.HANDLE, Role.PROFILE, Role.EMAIL})

# Headers in their canonical form (see `canonical`), `|` between them; English, German, French, Spanish, Portuguese.
_WORDS = {
    Role.NAME: "name|full name|fullname|display name|profile name|person name|contact name|contact|follower|follower name"
    "|name surname|vollstandiger name|anzeigename|kontakt|nom complet|nom prenom|prenom nom|nom affiche|contact nom"
    "|nombre completo|nombre y apellidos|nombre|nome completo|nome e sobrenome|nome de exibicao|nome",
    Role.FIRST: "first name|firstname|first|given name|givenname|forename|vorname|rufname|prenom|primer nombre|nombre de pila"
    "|primeiro nome|nome proprio",
    Role.MIDDLE: "middle name|additional name|zweiter vorname|weitere vornamen|deuxieme prenom|segundo nombre|nome do meio",
    Role.LAST: "last name|lastname|last|family name|familyname|surname|nachname|familienname|zuname|nom|nom de famille"
    "|apellido|apellidos|sobrenome|apelido|ultimo nome",
    Role.HANDLE: "handle|username|user name|user|screen name|screenname|login|account address|account|acct|nickname"
    "|benutzername|nutzername|nutzer|nom d utilisateur|nom utilisateur|pseudo|identifiant|usuario|nombre de usuario"
    "|nome de usuario|nome de utilizador|utilizador",
    Role.ID: "id|user id|userid|account id|rest id|did",
    Role.PROFILE: "url|profile url|profile link|profile|profile address|public profile url|link|user link|href|html url"
    "|linkedin|linkedin url|linkedin profile|linkedin profile url|linkedin link|person linkedin url|profil|profil url"
    "|profil link|profiladresse|linkedin profil|lien|lien du profil|url du profil|adresse du profil|perfil|enlace"
    "|enlace del perfil|url del perfil|url do perfil|link do perfil",
    Role.WEBSITE: "website|websites|website url|website value|web site|web page|webpage|homepage|home page|personal web page|blog"
    "|webseite|internetseite|site web|page web|sitio web|pagina web|site|site pessoal",
    Role.EMAIL: "email|email address|emailaddress|email value|mail|primary email|work email|business email|person email"
    "|email adresse|emailadresse|mailadresse|adresse email|adresse mail|courriel|adresse de messagerie|adresse electronique"
    "|correo|correo electronico|direccion de correo electronico|direccion de correo|endereco de email|correio eletronico",
    Role.BIO: "bio|biography|description|about|about me|headline|summary|profile description|beschreibung|biografie"
    "|uber mich|kurzbio|biographie|a propos|presentation|biografia|descripcion|acerca de|descricao|sobre",
    Role.LOCATION: "location|city|town|region|country|place|geo location|mailing city|mailing country|business city|business country"
    "|home city|ort|standort|stadt|wohnort|land|lieu|localisation|ville|pays|emplacement|ubicacion|ciudad|pais|lugar"
    "|localizacao|cidade|localidade",
    Role.COMPANY: "company|company name|organization|organisation|organization name|organisation name|employer|current company"
    "|account name|associated company|firma|firmenname|unternehmen|arbeitgeber|entreprise|societe|employeur|empresa"
    "|compania|organizacion|organizacao",
    Role.POSITION: "position|job title|jobtitle|job|role|occupation|current position|organization title|organisation title"
    "|berufsbezeichnung|beruf|funktion|stelle|jobtitel|poste|fonction|intitule du poste|profession|metier|cargo|puesto"
    "|profesion|funcao|profissao",
    Role.PRONOUNS: "pronouns|pronomen|pronoms|pronombres|pronomes",
    Role.FOLLOWED: "connected on|connected at|connection date|date connected|followed on|followed at|follow date|followed date|follow time"
    "|followed since|following since|date followed|verbunden am|verbunden seit|gefolgt am|folgt seit|connecte le"
    "|date de connexion|suivi le|abonne le|date d abonnement|conectado el|fecha de conexion|seguido el|conectado em"
    "|data de conexao|seguido em|seguindo desde",
    Role.NOTE: "note|notes|comment|comments|remark|remarks|notiz|notizen|bemerkung|bemerkungen|kommentar|remarque|remarques"
    "|commentaire|commentaires|nota|notas|comentario|comentarios|observacoes",
    Role.PHONE: "phone|phone number|phone value|mobile|mobile phone|home phone|business phone|primary phone|telefon|handy|telephone"
    "|telefono|telefone",
    Role.TITLE: "title|titel|titre|titulo",
    Role.LEFT_OUT: "suffix|initials|gender|birthday|birth date|birth year|birth month|birth day|birthdate|anniversary|address|street|business street|home street|mailing street|zip|zip code|postal code"
    "|photo|avatar|avatar url|profile image|profile image url|profile banner url|profile pic url|instant messengers|labels"
    "|categories|group membership|secondary email|email type|email label|email display name|file as|phonetic first name"
    "|phonetic last name|yomi name|created at|create date|join date|join time|record id|contact owner|lifecycle stage"
    "|account owner|followers|following|followers count|following count|friends count|followed|listed|listed count|statuses"
    "|statuses count|tweets|tweets count|likes|media count|favourites count|protected|verified|is verified|is private"
    "|can dm|follows you|salutation|anrede|show boosts|notify on new posts|languages|pk|privacy|sensitivity|priority|mileage",
}
_ROLES = {word: role for role, words in _WORDS.items() for word in words.split("|")}
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
    rf"({'|'.join(_NETWORKS)})(?: (?:handle|handles|username|user name|user|account|name|url|link|profile))?"
)
# What no letter should be built on, whatever else stands in the header.
_PRIVATE = re.compile(
    r"\b(?:street|address|postal|zip|po box|fax|phone|mobile|pager|telex|birthday|anniversary|government id|password|billing"
    r"|spouse|partner|children|salary|religion|gender|strasse|postleitzahl|plz|geburtstag|ehepartner|kinder|rue|adresse"
    r"|code postal|anniversaire|conjoint|enfants|calle|direccion|cumpleanos|hijos|rua|endereco|aniversario|filhos)\b"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_WORD = re.compile(r"[\W_]+")
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
_HANDLE = re.compile(r"@[\w.]{2,}(?:@[\w.-]+)?")
_FULL_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [\w.'’()-]+){1,4}")
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
        role = _ROLES.get(name) or _ROLES.get(name.removeprefix("person "))  # as Pipedrive heads its columns
        if role is not None:
            roles[column] = role
        elif match := _NETWORK_HEADER.fullmatch(name):
            networks[column] = _NETWORKS[match[1]]
        elif _PRIVATE.search(name):
            roles[column] = Role.LEFT_OUT
    _settle_titles(roles)
    unknown = [column for column, name in enumerate(names) if column not in roles and column not in networks and name]
    for column in unknown:
        if found := _by_content(column, rows):
            roles[column] = found
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
        known = [_ROLES.get(name) for name in map(canonical, cells) if name]
        networks = sum(1 for cell in cells if _NETWORK_HEADER.fullmatch(canonical(cell)))
        score = sum(role is not None for role in known) + networks
        if not networks and not any(role in IDENTIFYING for role in known):
            continue
        if score > best_score:
            best, best_score = index, score
    return best


def _settle_titles(roles: dict[int, Role]) -> None:
    """`Title` is a job unless another column is, or the first name follows it at once."""
    has_position = Role.POSITION in roles.values()
    for column, role in list(roles.items()):
        if role is Role.TITLE:
            before_name = roles.get(column + 1) is Role.FIRST
            roles[column] = Role.LEFT_OUT if has_position or before_name else Role.POSITION


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
