"""What goes in and what comes out."""

from dataclasses import dataclass

from warmnote.model import Network

__all__ = ["CROWD", "Candidate", "Pair"]

CROWD = 6
"""More people of one name than this at one company or in one city, and the name there is no sign of anything."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of a person for this. `accounts` are (network, key, handle)."""

    id: int
    name: str
    company: str = ""
    location: str = ""
    email: str = ""
    accounts: tuple[tuple[Network, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who may be one, the smaller id on the left.

    `reason` says why in a few words, `why` are all the signs for it and against it; `sure` is between 0 and 1.
    """

    left: int
    right: int
    reason: str
    sure: float
    why: tuple[str, ...]
