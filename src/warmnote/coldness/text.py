"""A message as words: what the rules look at, with the way back to the letters that were typed.

Disguises are seen through (bold letters, look-alike alphabets, zero-width marks, "F R E E", "fr33"), while every
offset still points into the text as it was given. Offsets are code points.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Final

__all__ = ["Sentence", "Text", "fold", "tokenise"]

URL: Final = "<url>"
HANDLE: Final = "<handle>"
EMOJI: Final = "<emoji>"
GREETINGS: Final = frozenset(
    "hi hello hey heya hiya hallo dear howdy greetings morning afternoon evening good hullo g'day yo oi ahoy".split()
)

_ZERO = "\u200b"
_ZERO_WIDTH = frozenset(
    "\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
)
_QUOTES = {**dict.fromkeys("‘’‚‛ʼ`´′", "'"), **dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‐‑‒−﹣－", "-")}
_LOOKALIKE = str.maketrans(
    "аеорсухіѕјһԁԛԝкмтнвьАВЕКМНОРСТУХІЅЈοαεικνρτυχγωΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxisjhdqwkmthbbABEKMHOPCTYXISJoaeikvptuxywABEZHIKMNOPTYX",
)
_SQUARED = {0x1F130: 26, 0x1F150: 26, 0x1F170: 26}  # squared and circled capitals that NFKC leaves alone
_LEET = str.maketrans("01345789@$€£!|", "oieastbgasel" + "ii")
_LEET_L = str.maketrans("01345789@$€£!|", "oleastbgasel" + "ll")
_CHAT: Final = {
    "u": "you", "ur": "your", "thx": "thanks", "thanx": "thanks", "thnx": "thanks", "tnx": "thanks", "tks": "thanks",
    "pls": "please", "plz": "please", "ppl": "people", "im": "i'm", "ive": "i've", "dont": "don't", "cant": "can't",
    "wont": "won't", "youre": "you're", "whats": "what's", "hows": "how's", "didnt": "didn't", "doesnt": "doesn't",
    "isnt": "isn't", "havent": "haven't", "wouldnt": "wouldn't", "couldnt": "couldn't", "thats": "that's",
    "youve": "you've", "theyre": "they're", "mins": "minutes", "min": "minute", "yr": "year", "yrs": "years",
    "mo": "month", "mos": "months", "hrs": "hours", "biz": "business", "bizness": "business", "msg": "message",
    "ya": "you", "yr's": "years", "tomoro": "tomorrow", "txt": "text",
}  # fmt: skip
_ABBREVIATED: Final = frozenset("mr mrs ms dr st vs prof jr sr eg ie approx dept est".split())
_TLD = (
    r"com|net|org|io|co|app|dev|ai|tv|info|biz|shop|store|online|site|xyz|page|blog|news|club|edu|gov|uk|de|fr|eu|ca|nl|ly"
    r"|gl|gg|link|space|tech|email|agency|cloud|design|academy|training|academie|studio|works|world|example|live|life"
)
_URL = rf"(?:[hH][tT][tT][pP][sS]?://\s?|[wW][wW][wW]\.)[^\s<>\"]+|[A-Za-z0-9][\w-]{{0,62}}(?:\.[\w-]{{1,62}}){{0,3}}\.(?:(?:{_TLD}|{_TLD.upper()})(?![\w-])(?:[/?][^\s<>\"]*)?|[a-z]{{2,12}}/\w[^\s<>\"]*)"
# Where an address may be. Begins with the dot: a search for one letter takes a tenth of the time.
_URL_HINT = re.compile(rf"\.(?:(?<=[wW][wW][wW]\.)|(?<=\w\.)(?:(?:{_TLD}|{_TLD.upper()})(?![\w-])|[a-z]{{2,12}}/\w))")
_REST = r"""
  (?P<handle>(?<![\w@])@\s?\w[\w.]*)
 |(?P<money>[$£€]\s?\d[\d.,]*(?:\s?(?:k|K|m|M|bn|mil|million|thousand)(?!\w))?(?:/\w+)?|\d[\d.,]*(?:k|K|m|M)?\s?[$£€](?!\w))
 |(?P<percent>\d[\d.,]*\s?%)
 |(?P<spread>(?<![\w'])[^\W\d_](?P<sep>[ .\-_*·|])[^\W\d_](?:(?P=sep)[^\W\d_])+(?![\w']))
 |(?P<number>\d[\d.,:]*\d(?![\w@€])|\d(?![\w@€$]))
 |(?P<word>[$€£]?[^\W_](?:(?:[\w\u200b$€£]|@(?!\w+\.\w))*[\w\u200b€$])?(?:'[^\W_\d][\w\u200b]*)*'?)
 |(?P<emoji>[\u231a-\u23ff\u2600-\u27bf\u2b05-\u2b55\U0001F000-\U0001FAFF][\u200b\U0001F3FB-\U0001F3FF]*)
 |(?P<end>[.!?\u2026;\uff1b\u3002]+)
 |(?P<line>\n[\s\u200b]*)
 |(?P<comma>,|:|\s[-\u2013\u2014]|\u2014|\u2013)
 |(?P<quote>")
"""


def _run(dot: str) -> str:
    """Words of plain letters with one space between them, as most of a text is. `dot` may follow any but the first."""
    word = "(?:[A-Za-z]{2,}+|[A-Za-z]++'[A-Za-z]++)"
    alone = "[A-Za-z](?= [A-Za-z]{2})"  # a letter that no spread word begins with
    return rf"(?P<run>(?:{word}(?=[ ,.!?\n]|\Z)|{alone})(?: (?:{word}(?=[ ,!?\n{dot}]|\Z)|{alone}))*+)"


_OTHERS = re.sub(r"\n\s*", "", _REST.strip())
_PLAIN = re.compile(f"{_run('.')}|{_OTHERS}")
_LINKED = re.compile(f"(?P<url>{_URL})|{_run('')}|{_OTHERS}")  # a word before a dot may begin an address


class _Fold(dict[int, str]):
    """Maps a code point to one plain character, worked out when first met; always one for one, so offsets stay."""

    def __missing__(self, point: int) -> str:
        self[point] = folded = self._fold(chr(point))
        return folded

    @staticmethod
    def _fold(char: str) -> str:
        if char in _QUOTES:
            return _QUOTES[char]
        if char in "\r\u2028\u2029\u0085\v\f":
            return "\n"
        if char in _ZERO_WIDTH or "\ufe00" <= char <= "\ufe0f" or unicodedata.category(char) == "Mn":
            return _ZERO
        if char.isspace():
            return " "
        for first, count in _SQUARED.items():
            if first <= ord(char) < first + count:
                return chr(ord("A") + ord(char) - first)
        flat = unicodedata.normalize("NFKD", char)
        if len(flat) > 1 and all(unicodedata.category(mark) == "Mn" for mark in flat[1:]):
            flat = flat[0]
        return flat if len(flat) == 1 and not flat.isspace() else char


_FOLD = _Fold({point: chr(point) for point in range(128)} | {11: "\n", 12: "\n", 13: "\n", 9: " ", 96: "'"})

_UNUSUAL = re.compile(r"[^\n -_a-\x7f]+")


def fold(source: str) -> str:
    """`source` with every disguising character replaced by a plain one, of the same length."""
    if source.isascii():
        return source.translate(_FOLD)
    # One letter above ASCII makes `translate` many times slower for all of them.
    return _UNUSUAL.sub(lambda found: found[0].translate(_FOLD), source)


@dataclass(slots=True)
class Sentence:
    """One sentence: the words `[first, last)` of the text, and what ended it.

    `canonical` is the words, each after one space, for the rules to search.
    """

    first: int
    last: int
    start: int
    end: int
    ender: str
    canonical: str
    words: set[str]
    question: bool = False
    named: str = ""  # `canonical` with capitalised words blanked out to equal length: what the class <name> searches

    def spans_of(self, matches: Iterable[re.Match[str]]) -> list[tuple[int, int]]:
        """The words (as indices into the text) that matches in `canonical` cover, each from the space before a word on."""
        spans: list[tuple[int, int]] = []
        word, at, count = self.first - 1, 0, self.canonical.count
        for match in matches:
            begin, end = match.span()
            word += count(" ", at, begin + 1)  # a word holds no space, so the spaces before a place are the words begun
            at = begin + 1
            spans.append((word, word + 1 + count(" ", at, end)))
        return spans


@dataclass(slots=True)
class Text:
    """A message cut into words and sentences. `words` are canonical; `starts` and `ends` point into `source`."""

    source: str
    folded: str
    words: list[str] = field(default_factory=list[str])
    starts: list[int] = field(default_factory=list[int])
    ends: list[int] = field(default_factory=list[int])
    capital: list[bool] = field(default_factory=list[bool])
    sentences: list[Sentence] = field(default_factory=list[Sentence])
    quoted: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])  # stretches between quotation marks
    disguised: list[int] = field(default_factory=list[int])
    vocabulary: set[str] = field(default_factory=set[str])

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether a stretch of the source lies wholly between quotation marks."""
        return any(left <= start and end <= right for left, right in self.quoted)

    def phrase(self, first: int, last: int) -> str:
        """The canonical words `[first, last)`, joined by spaces."""
        return " ".join(self.words[first:last])


_QUESTION_OPENER = re.compile(
    r" (?:(?:and|so|but|also|btw|oh) )?(?:(?:how|what|where|when|why|who|which)(?:'s| (?:is|are|was|were|do|did|does|have|has|made|got|kind|part|sort|about))"
    r"|(?:do|did|are|were|have|has|is|was|can|could|would|will) you)(?![^ ])"
)


class _Cutter:
    """Collects words into sentences, one text at a time."""

    def __init__(self, source: str, known: Collection[str]) -> None:
        self.text = Text(source, fold(source))
        self.known = known
        self.first = 0
        self.quote = -1

    def add(self, word: str, start: int, end: int, *, disguised: bool = False) -> None:
        text = self.text
        if disguised:
            text.disguised.append(len(text.words))
        text.words.append(word)
        text.starts.append(start)
        text.ends.append(end)
        text.capital.append(text.folded[start].isupper() and not disguised)

    def close(self, ender: str, end: int) -> None:
        text = self.text
        first, last = self.first, len(text.words)
        if first == last:
            if text.sentences and "?" in ender:  # "Really...?" and "? !" belong to what went before
                text.sentences[-1].question = True
            return
        words = text.words[first:last]
        canonical = " " + " ".join(words)
        sentence = Sentence(first, last, text.starts[first], end, ender, canonical, set(words))
        sentence.question = "?" in ender or (not ender.strip(".…\n ") and bool(_QUESTION_OPENER.match(canonical)))
        if True in text.capital[first + 1 : last]:
            named = [
                "\x01" * len(word) if capital and word[0].isalpha() and word not in _NOT_NAMES else word
                for word, capital in zip(words, text.capital[first:last], strict=True)
            ]
            named[0] = words[0]
            if named != words:
                sentence.named = " " + " ".join(named)
        text.vocabulary |= sentence.words
        text.sentences.append(sentence)
        self.first = last

    def run(self, raw: str, start: int, _end: int) -> None:
        for word in raw.split(" "):
            self.word(word, start, start + len(word))
            start += len(word) + 1

    def word(self, raw: str, start: int, end: int) -> None:
        plain, disguised = raw, False
        if _ZERO in plain:
            plain = plain.replace(_ZERO, "")
            disguised = raw.strip(_ZERO) != plain and any(c in _ZERO_WIDTH for c in self.text.source[start:end])
        low = plain.lower().rstrip("'")
        if low.isascii():
            if low.isalpha() and self.text.source[start:end].isascii():
                self.add(_CHAT.get(low, low), start, end, disguised=disguised)
                return
        else:
            alike = low.translate(_LOOKALIKE)
            if alike.isascii() and (any(c.isascii() and c.isalpha() for c in low) or alike in self.known):
                low, disguised = alike, True
        if not low.isalpha() and not low.replace("'", "").isalpha():
            for table in (_LEET, _LEET_L):
                guess = low.translate(table)
                if len(guess) > 2 and guess != low and guess in self.known and not low.isdigit():
                    low, disguised = guess, True
                    break
        if not disguised and not self.text.source[start:end].isascii():
            disguised = any(
                ord(c) > 0x2000 and _FOLD[ord(c)].isascii() and _FOLD[ord(c)].isalnum()
                for c in self.text.source[start:end]
            )
        self.add(_CHAT.get(low, low), start, end, disguised=disguised)

    def spread(self, raw: str, start: int, end: int) -> None:
        joined = raw[::2].lower().translate(_LOOKALIKE)
        if joined in self.known or (len(joined) > 4 and raw[1] not in " |"):
            self.add(_CHAT.get(joined, joined), start, end, disguised=True)
            return
        if joined[0] in "ai" and joined[1:] in self.known:  # "a F R E E one": the article stands on its own
            self.add(joined[0], start, start + 1)
            self.add(joined[1:], start + 2, end, disguised=True)
            return
        pieces = _segment(joined, self.known)
        if pieces and max(map(len, pieces)) > 2:
            at = start
            for piece in pieces:
                self.add(piece, at, at + 2 * len(piece) - 1, disguised=True)
                at += 2 * len(piece)
            return
        if raw[1] == ".":
            self.add(joined, start, end)
            return
        for offset in range(0, len(raw), 2):
            self.add(_CHAT.get(raw[offset].lower(), raw[offset].lower()), start + offset, start + offset + 1)

    def end(self, raw: str, start: int, end: int) -> None:
        text = self.text
        if raw == ".":
            after = text.folded[end : end + 1]
            if after and not (after.isspace() or after in "\"')]*_" or after.isupper() or ord(after) > 0x2000):
                return
            if len(text.words) > self.first and text.words[-1] in _ABBREVIATED and text.ends[-1] == start:
                return
        self.close(raw, end)

    def line(self, _raw: str, start: int, end: int) -> None:
        folded = self.text.folded
        # A mail program's hard wrap is no end of a sentence: a long line, then a small letter.
        if (
            end < len(folded) and folded[end].islower() and folded.count("\n", start, end) == 1
            and start - folded.rfind("\n", 0, start) > 50 and folded[start - 1 : start] not in ".!?:;"
        ):  # fmt: skip
            return
        self.close("\n", start)

    def comma(self, _raw: str, start: int, _end: int) -> None:
        # "Hi Dana, thanks ..." greets first and begins after it; rules that want a sentence's start need that.
        length = len(self.text.words) - self.first
        if 0 < length < 5 and self.text.words[self.first] in GREETINGS:
            self.close(",", start)

    def quotation(self, _raw: str, start: int, _end: int) -> None:
        if self.quote >= 0 and start - self.quote < 600:
            self.text.quoted.append((self.quote, start + 1))
            self.quote = -1
        else:
            self.quote = start

    def url(self, raw: str, start: int, _end: int) -> None:
        self.add(URL, start, start + len(raw.rstrip(".,;:!?)]}'*_")))

    def handle(self, raw: str, start: int, _end: int) -> None:
        raw = raw.rstrip(".")
        mail = start > 0 and not self.text.folded[start - 1].isspace() and "." in raw
        self.add(URL if mail else HANDLE, start, start + len(raw))

    def number(self, raw: str, start: int, end: int) -> None:
        self.add("".join(raw.lower().split()).rstrip(".,:"), start, end)

    def _stands_for_a_word(self, end: int) -> bool:
        """Whether the sentence misses a word here: before comes what wants a noun, or behind "in bio", "me", "us"."""
        words = self.text.words
        if len(words) > self.first and words[-1] in _WANT_A_NOUN:
            return True
        return self.text.folded[end : end + 8].lstrip(" \u200b").split(" ", 1)[0] in {"in", "me", "us"}

    def emoji(self, raw: str, start: int, end: int) -> None:
        word = _PICTURED.get(raw[0])
        if word and (raw[0] == "🆓" or self._stands_for_a_word(end)):
            self.add(word, start, end, disguised=True)
            return
        self.add(EMOJI, start, end)
        rest = self.text.folded[end : end + 2].lstrip()
        if rest[:1].isupper():
            self.close("\n", end)


# Pictures that stand for a word where one is missing: "make 💰 from home", "🔗 in bio", "a quick 📞".
_PICTURED: Final = {
    "🆓": "free", "🔗": "link", "📞": "call", "☎": "call", "📲": "call", "💰": "money", "💵": "money", "💸": "money", "🤑": "money",
    "🎁": "gift", "📧": "email", "✉": "email",
}  # fmt: skip
_WANT_A_NOUN: Final = frozenset(
    "a an the your my our some more extra make making earn earning real quick free in of by".split()
)
_NOT_NAMES: Final = frozenset("i i'm i'd i'll i've".split())


def _segment(joined: str, known: Collection[str]) -> list[str]:
    """`joined` cut into known words, or nothing; longest first, at most 40 letters."""
    if len(joined) > 40:
        return []
    best: list[list[str] | None] = [None] * (len(joined) + 1)
    best[0] = []
    for end in range(1, len(joined) + 1):
        for begin in range(max(0, end - 14), end - 2):
            before = best[begin]
            if before is not None and joined[begin:end] in known:
                best[end] = [*before, joined[begin:end]]
                break
    return best[-1] or []


def tokenise(source: str, known: Collection[str] = frozenset()) -> Text:
    """Cut `source` into words and sentences. `known` are words worth looking for behind a disguise.

    Never raises on any string, lone surrogates included. Takes time linear in the text's length.
    """
    cutter = _Cutter(source, known)
    folded = cutter.text.folded
    pattern = _LINKED if "://" in folded or _URL_HINT.search(folded) else _PLAIN
    take: dict[str, Callable[[str, int, int], None]] = {
        "run": cutter.run, "end": cutter.end, "comma": cutter.comma, "line": cutter.line, "word": cutter.word,
        "quote": cutter.quotation, "spread": cutter.spread, "emoji": cutter.emoji, "url": cutter.url,
        "handle": cutter.handle,
    }  # fmt: skip
    text, plain = cutter.text, source.isascii()
    starts, ends, capital = text.starts.append, text.ends.append, text.capital.append
    for match in pattern.finditer(folded):
        kind, raw = match.lastgroup or "", match[0]
        start, end = match.span()
        # Words of ASCII letters can be no disguise, nor can a curly apostrophe: the most of a text goes this short way.
        if kind == "run" and (plain or source[start:end].replace("’", "'") == raw):
            words = raw.lower().split(" ")
            text.words += words if _CHAT.keys().isdisjoint(words) else [_CHAT.get(word, word) for word in words]
            for word in raw.split(" "):
                capital(word[0] < "a")
                starts(start)
                start += len(word)
                ends(start)
                start += 1
        else:
            take.get(kind, cutter.number)(raw, start, end)
    cutter.close("", len(source))
    return cutter.text
