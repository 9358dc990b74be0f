"""The meter of coldness: how a message reads to someone who hardly knows its writer, and which words make it so.

It promises to be deterministic, offline and safe on any string, and to explain every point. It refuses to judge people,
to guess who or what wrote a text, and to send anything anywhere.
"""

from warmnote.coldness.meter import Meter
from warmnote.coldness.reading import About, Band, Finding, Fix, Reading, Strength
from warmnote.coldness.rules import Category, Rule, RuleError

__all__ = ["About", "Band", "Category", "Finding", "Fix", "Meter", "Reading", "Rule", "RuleError", "Strength"]
