import pytest
from PySide6.QtWidgets import QApplication

from warmnote.coldness import Meter
from warmnote.ui.theme import Scheme, Theme


@pytest.fixture(scope="session")
def meter() -> Meter:
    return Meter.load()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, Scheme.Light)
