"""Warmnote: a contact list of new followers, things to ask them, and a meter of coldness while you write.

It never sends anything, and nothing it knows leaves the machine.
"""

__version__ = "0.1.0"
