"""Every pair of text and ground in both schemes can be read: 4.5:1 by WCAG 2.2, success criterion 1.4.3."""

import tomllib

import pytest

from warmnote.resources import resource

TOKENS = tomllib.loads(resource("theme/tokens.toml").read_text("utf-8"))
TEXT_ON = [
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "select"),
    ("ink", "frost_wash"),
    ("ink", "ember_wash"),
    ("soft", "paper"),
    ("soft", "card"),
    ("soft", "select"),
    ("faint", "paper"),
    ("faint", "card"),
    ("ember", "paper"),
    ("ember", "card"),
    ("ember", "ember_wash"),
    ("ember_text", "ember"),
    ("frost", "paper"),
    ("frost", "card"),
    ("frost", "frost_wash"),
    ("paper", "ink"),
]


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_is_readable(scheme: str, text: str, ground: str) -> None:
    assert contrast(TOKENS[scheme][text], TOKENS[scheme][ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "card"])
def test_edges_of_controls_can_be_seen(scheme: str, ground: str) -> None:
    assert contrast(TOKENS[scheme]["edge"], TOKENS[scheme][ground]) >= 3.0


@pytest.mark.parametrize("colour", TOKENS["avatars"]["colours"])
def test_white_initials_are_readable(colour: str) -> None:
    assert contrast("#FFFFFF", colour) >= 4.5
