"""What people are called in short."""

import pytest

from warmnote.ui.names import first_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ana Moreno", "Ana"),
        ("@ana", "ana"),
        ("🦊 Zoë 🏳️‍🌈", "Zoë"),
        ("🦊", "🦊"),
        ("陈 美玲", "陈"),
        ("", "They"),
        ("@", "They"),
    ],
)
def test_the_first_word_that_can_be_spoken(name: str, short: str) -> None:
    assert first_name(name) == short
