"""One meter with the rules that ship, read once."""

import pytest

from warmnote.coldness import Meter


@pytest.fixture(scope="session")
def meter() -> Meter:
    return Meter.load()
