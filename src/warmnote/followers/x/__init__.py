"""X: its archive, which holds numbers of accounts, and the lists that an exporter makes, which hold profiles."""

from collections.abc import Callable

from warmnote.followers.container import Container
from warmnote.followers.watch import Watch
from warmnote.followers.x import archive, exporter
from warmnote.model import Batch

__all__ = ["recognise"]


def recognise(container: Container) -> Callable[[Watch], Batch] | None:
    """The reading of an archive, of its follower.js or of an exporter's JSON; None if the container is none of them.

    Raises `Expected` for another file of an archive, and for an archive without followers.
    """
    return archive.recognise(container) or exporter.recognise(container)
