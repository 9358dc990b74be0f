"""Where a person's page is, and whether it is safe to open: an address from a file may be anything."""

from PySide6.QtCore import QUrl

from warmnote.channels import Channel, Channels
from warmnote.model import Network, Person

__all__ = ["offered", "profile", "safe_url"]


def safe_url(address: str) -> QUrl | None:
    """The address if it is a plain web page: http or https, a host, no user name in front of it. Else None.

    Everything else (file:, javascript:, a share on the network) would be handed to the desktop without a question.
    """
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    safe = url.isValid() and url.scheme() in {"https", "http"} and bool(url.host()) and not url.userInfo()
    return url if safe else None


def profile(person: Person, channel: Channel, channels: Channels) -> QUrl | None:
    """The page to open for a letter to `person` on `channel`; None if there is none that is safe."""
    own = {each.network for each in channels}
    for identity in person.identities:
        # What goes to no known network ("elsewhere") may open the page on a network without a channel of its own.
        elsewhere = channel.network is Network.OTHER and identity.network not in own
        if identity.network is channel.network or elsewhere:
            url = safe_url(channel.address(identity)) or safe_url(identity.url)
            if url is not None:
                return url
    return None


def offered(person: Person, channels: Channels, chosen: str = "") -> tuple[Channel, ...]:
    """The channels to choose from: those of the person's own networks first, then those open to everyone.

    `chosen` is the id of the channel that the draft remembers, which stays on offer.
    """
    networks = list(dict.fromkeys(identity.network for identity in person.identities))
    # Somebody of whom only a name is known is offered the one without a limit first.
    open_to_all = sorted(channels.for_network(Network.OTHER), key=lambda channel: channel.limit is not None)
    own = [channel for network in networks for channel in channels if channel.network is network]
    if person.email:
        own += [channel for channel in open_to_all if channel.network is Network.EMAIL]
    kept = [channel for channel in channels if channel.id == chosen]
    return tuple(dict.fromkeys([*own, *open_to_all, *kept]))
