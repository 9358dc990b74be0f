"""LinkedIn's export: the connections, who asked to connect and with which words, and when you last talked."""

from warmnote.followers.linkedin.export import recognise

__all__ = ["recognise"]
