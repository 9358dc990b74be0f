"""The tables that programs write, by their headers: follower lists, address books and customer lists."""

from dataclasses import dataclass

from warmnote.model import Network

__all__ = ["FOLLOWED_BY_USER", "Preset", "preset_of"]


@dataclass(frozen=True, slots=True)
class Preset:
    """A program's way of writing a table: `signature` are canonical headers, all of which must be there.

    With a `network` the table is the complete list of somebody's followers there; with e-mail it is an address book or
    a CRM, whose people follow nobody.
    """

    source: str
    network: Network
    signature: frozenset[str]

    @property
    def is_book(self) -> bool:
        """Whether the table is an address book or a CRM."""
        return self.network is Network.EMAIL


def _preset(source: str, network: Network, headers: str) -> Preset:
    return Preset(source, network, frozenset(headers.split("|")))


def _book(source: str, *headers: str) -> tuple[Preset, ...]:
    return tuple(_preset(source, Network.EMAIL, each) for each in headers)


# More demanding signatures come first where one holds another.
_PRESETS = (
    _preset("Mastodon followers", Network.MASTODON, "account address"),
    _preset("X followers", Network.X, "id|screen name|profile name"),
    _preset("X followers", Network.X, "id|screen name|name|description"),
    _preset("X followers", Network.X, "id|name|user|followed|followers|following"),
    _preset("X followers", Network.X, "id|name|username|bio|join date"),
    _preset("X followers", Network.X, "username|user id|name|bio|followers count"),
    _preset("X followers", Network.X, "user id|username|name|followers count|tweets count"),
    _preset("Instagram followers", Network.INSTAGRAM, "username|full name|is private"),
    _preset("Instagram followers", Network.INSTAGRAM, "username|full name|biography"),
    _preset("Instagram followers", Network.INSTAGRAM, "username|fullname|is private"),
    _preset("Instagram followers", Network.INSTAGRAM, "username|fullname|is verified"),
    _preset("GitHub followers", Network.GITHUB, "login|html url"),
    _preset("Bluesky followers", Network.BLUESKY, "did|handle"),
    *_book(
        "Google contacts",
        "email value|phone value",
        "email value|first name|last name",
        "email value|given name|family name",
        "group membership|given name|family name",
        "organization title|file as|labels",
    ),
    *_book(
        "Thunderbird address book",
        "primary email|display name|first name",
        "primary email|display name|secondary email",
    ),
    *_book(
        "Outlook contacts",
        "email address|email display name|first name",
        "email address|web page|suffix|first name",
        "email address|business street|first name",
        "email adresse|email typ|vorname",
        "email adresse|vorname|strasse geschaftlich",
        "adresse de messagerie|type de messagerie|prenom",
        "direccion de correo electronico|tipo de correo electronico|apellidos",
        "endereco de email|tipo de email",
        "endereco de correio eletronico|tipo de correio eletronico",
        "indirizzo posta elettronica|tipo posta elettronica|cognome",
        "emailadres|emailtype|voornaam",
    ),
    *_book("Pipedrive people", "person name|person email", "person name|person email work", "person name|person id"),
    *_book("Zoho contacts", "record id|contact owner|account name", "record id|lead owner|last name"),
    *_book(
        "HubSpot contacts",
        "record id|first name|email",
        "lifecycle stage|first name|email",
        "datensatz id|vorname",
        "lifecycle phase|vorname",
        "id de fiche d informations|prenom",
        "id de registro|nombre",
        "id record|nome",
        "record id|voornaam",
    ),
    *_book(
        "Salesforce contacts",
        "account id|first name|last name",
        "account name|first name|last name",
        "account name|mailing city",
        "account name|contact owner",
    ),
    *_book("Mailchimp audience", "email address|member rating", "email address|leid|euid"),
    *_book("Brevo contacts", "email|lastname|firstname", "email|nom|prenom|sms", "email|nachname|vorname|sms"),
    *_book("Facebook leads", "ad id|form id|full name", "ad id|form id|email", "created time|form id|full name"),
)
FOLLOWED_BY_USER = frozenset({"account address", "show boosts"})
"""Headers of Mastodon's list of those whom its owner follows."""


def preset_of(names: frozenset[str]) -> Preset | None:
    """The preset that canonical headers fit; None for a table that nobody knows."""
    return next((preset for preset in _PRESETS if preset.signature <= names), None)
