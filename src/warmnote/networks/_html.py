"""Mastodon's HTML as plain text: paragraphs, line breaks, and links by where they lead."""

from html.parser import HTMLParser

__all__ = ["links", "plain"]

_BLOCKS = frozenset(["p", "div", "blockquote", "ul", "ol", "pre", "h1", "h2", "h3", "h4", "h5", "h6"])
_UNSEEN = frozenset(["script", "style", "template"])
_NAMED = frozenset(["mention", "hashtag", "tag"])
_LONGEST = 100_000


def plain(html: str) -> str:
    """The text of a note or a field. A link is its address, since its text is cut short on the page.

    Mentions and hashtags stay as they are shown.
    """
    return _read(html).text()


def links(html: str) -> tuple[str, ...]:
    """Where the links lead, mentions and hashtags aside."""
    return tuple(_read(html).addresses)


def _read(html: str) -> "_Reader":
    reader = _Reader()
    reader.feed(html[:_LONGEST])
    reader.close()
    return reader


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.addresses: list[str] = []
        self._parts: list[str] = []
        self._unseen = 0
        self._address = ""
        self._shown: list[str] = []

    def text(self) -> str:
        self._end_link()
        return "".join(self._parts).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "br":
            self._write("\n")
        elif tag == "li":
            self._break("\n")
        elif tag in _BLOCKS:
            self._break("\n\n")
        elif tag == "a":
            self._end_link()
            given = dict(attrs)
            classes = set((given.get("class") or "").split())
            href = (given.get("href") or "").strip()
            if not classes & _NAMED and href.lower().startswith(("http://", "https://")):
                self._address = href

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "a":
            self._end_link()
        elif tag in _BLOCKS:
            self._break("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            # Line breaks in the source are spaces on the page.
            self._write(" ".join(data.splitlines()) if "\n" in data or "\r" in data else data)

    def _write(self, text: str) -> None:
        (self._shown if self._address else self._parts).append(text)

    def _break(self, gap: str) -> None:
        self._end_link()
        if self._parts and not self._parts[-1].endswith(gap):
            self._parts.append(gap)

    def _end_link(self) -> None:
        if not self._address:
            return
        address, self._address = self._address, ""
        shown = "".join(self._shown).strip()
        self._shown.clear()
        self.addresses.append(address)
        bare = shown.rstrip("…")
        is_the_address = not bare or bare in address
        self._parts.append(address if is_the_address else f"{shown} ({address})")
