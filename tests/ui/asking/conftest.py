import pytest
from PySide6.QtWidgets import QApplication

from warmnote.ui.theme import Scheme, Theme


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, Scheme.Light)
