"""What is known of a person, as the fields that starters ask for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from warmnote.model import Message, Person
from warmnote.prompts._said import SETTLED_DAYS, Exchange, last_exchange
from warmnote.prompts._when import gap_of, month_of, when
from warmnote.prompts.interests import Interest, InterestReader
from warmnote.prompts.starters import plain

__all__ = ["Pronouns", "Topic", "known", "pronouns"]

FRESH_DAYS = 14
STALE_DAYS = 365
GAP_DAYS = 60


@dataclass(frozen=True, slots=True)
class Pronouns:
    they: str
    their: str


def pronouns(text: str) -> Pronouns:
    """How to speak of someone, from what they gave ("she/her"); "they" where nothing is known."""
    first = re.split(r"[^\w]+", text.strip().casefold(), maxsplit=1)[0]
    return {
        "she": Pronouns("she", "her"),
        "ella": Pronouns("she", "her"),
        "elle": Pronouns("she", "her"),
        "sie": Pronouns("she", "her"),
        "ela": Pronouns("she", "her"),
        "he": Pronouns("he", "his"),
        "él": Pronouns("he", "his"),
        "il": Pronouns("he", "his"),
        "er": Pronouns("he", "his"),
        "ele": Pronouns("he", "his"),
    }.get(first, Pronouns("they", "their"))


@dataclass(frozen=True, slots=True)
class Topic:
    """One value of a field, with what it is about and why it is offered.

    `fields` holds further fields that are true only together with it. `order` ranks topics of one field, `days` is the
    age of what it rests on, None where there is no date.
    """

    value: str
    title: str
    reason: str
    key: str
    group: str = "?"
    name: str = ""
    source: str = ""
    order: int = 0
    days: int | None = None
    interest: Interest | None = None
    fields: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def fresh(self) -> bool:
        return self.days is not None and self.days <= FRESH_DAYS


def known(
    person: Person, messages: Sequence[Message], today: date, reader: InterestReader
) -> tuple[dict[str, list[Topic]], Exchange | None]:
    """Every field that can be filled for this person, its best topic first, and where the two left off."""
    spoken = pronouns(person.pronouns)
    fields: dict[str, list[Topic]] = {}
    exchange = last_exchange(messages, today)
    for order, interest in enumerate(reader.of(person, messages)):
        if not _sayable(interest):
            continue
        for name, topic in _of_interest(interest, reader, spoken, today):
            fields.setdefault(name, []).append(replace(topic, order=order))
    for topics in fields.values():
        topics.sort(key=lambda topic: (topic.days if topic.fresh else FRESH_DAYS + 1, topic.order))
    _add_person(fields, person, reader, spoken)
    if exchange:
        _add_exchange(fields, exchange, reader, spoken, today)
    return fields, exchange


def _sayable(interest: Interest) -> bool:
    """Whether its name fits into somebody's sentence; a note of forty words does not."""
    name = plain(interest.name)
    return any(c.isalnum() for c in name) and (interest.kind in ("post", "question") or len(name) <= _LONGEST_NAME)


_LONGEST_NAME = 60
_HOBBIES = ("nature", "game", "collecting")
_SAID_IN = {
    "bio": "Your bio mentions",
    "headline": "Your profile mentions",
    "post": "You posted about",
    "message": "You mentioned",
}


def _of_interest(
    interest: Interest, reader: InterestReader, spoken: Pronouns, today: date
) -> Iterator[tuple[str, Topic]]:
    group = reader.group(interest)
    days = (today - interest.on).days if interest.on else None
    extra: dict[str, str] = {}
    if interest.source in _SAID_IN:
        extra["seen"] = _SAID_IN[interest.source]
    topic = Topic(
        value=interest.name,
        title=_title(interest.name),
        reason=_reason(interest, spoken, today),
        key=f"{interest.kind}:{interest.name.casefold()}",
        group=group,
        name=interest.name,
        source=interest.source,
        days=days,
        interest=interest,
        fields=extra,
    )
    kind = interest.kind
    if kind == "family":
        return  # theirs to bring up
    if kind == "place":
        yield ("traveller" if group == "wandering" else "place"), topic
    elif kind in _HOBBIES or (kind == "learning" and group != "?"):
        yield "hobby", topic
    elif kind == "pet":
        value, name = _pet(interest)
        yield (
            "pet",
            replace(topic, value=value, title=_title(value), fields=extra | ({"pet_name": name} if name else {})),
        )
    elif kind == "post":
        yield from _post(topic, interest)
    elif kind == "question":
        yield "question", replace(topic, value=_asked(interest.text), title="")
    elif kind == "profession":
        yield (
            "a_position",
            replace(topic, value=_with_article(interest.name), title="", fields={"position": interest.name}),
        )
    else:
        yield kind, replace(topic, value=_said_to_them(interest, group))


def _pet(interest: Interest) -> tuple[str, str]:
    words, _, name = re.sub(r"\s+(?:named|called)\s+", "\0", interest.text).partition("\0")
    plural = words.lower().endswith("s") and not interest.name.lower().endswith("s")
    return interest.name + ("s" if plural else ""), name


def _said_to_them(interest: Interest, group: str) -> str:
    if interest.kind == "project":
        return re.sub(r"^(?:a|an|my|her|his|their|our)\b", "your", interest.name)
    if interest.kind in ("photo", "learned", "common", "food", "event", "milestone"):
        return _yours(interest.name) if group == "?" else interest.name
    return interest.text if interest.kind == "learning" else interest.name


_SHORT_POST = 10  # words
_INDIRECT = re.compile(r"(?i)(?:which|what|how|where|when|whether)\b[^?]*\bto\b[^?]*$")


def _post(topic: Topic, interest: Interest) -> Iterator[tuple[str, Topic]]:
    text = interest.text.strip().rstrip(".")
    first = text.split(maxsplit=1)[0] if text else ""
    old = topic.days is not None and topic.days > 120
    fields = {"long_ago": "yes"} if old else {}
    asked = re.findall(r"[^.!?\n]+\?", text)
    if _INDIRECT.match(text) and len(text.split()) <= _SHORT_POST and "." not in text:
        yield "question", replace(topic, value=_asked(text), title="")
    elif asked and len(asked[-1].split()) <= 14:
        yield "question", replace(topic, value=_asked(asked[-1]), title="")
    elif (
        text
        and len(text.split()) <= _SHORT_POST
        and not re.search(r"[.!?\n#@]|https?:", text)
        and _fits_after_about(first)
    ):
        yield "post", replace(topic, value=_yours(text), title=_title(_tidy(text)), fields=fields)
    else:
        yield "post_unread", replace(topic, value="yes", title="Their last post", fields=fields)


def _fits_after_about(first: str) -> bool:
    return first[:1].islower() or first in ("A", "An", "The") or first.endswith("ing") or first.isupper()


_CHANGED = (
    "cracked|collapsed|burnt|burned|burst|melted|lost|broken|failed|stolen|forgotten|flooded|borrowed|exploded|vanished"
)


def _tidy(text: str) -> str:
    """A shorter way to say "a kiln that cracked": "a cracked kiln"."""
    found = re.fullmatch(rf"(a|an|the|my|her|his|their) ([\w-]+(?: [\w-]+)?) that ({_CHANGED})", text)
    if not found:
        return text
    article = found[1] if found[1] not in ("a", "an") else "an" if found[3][0] in "aeiou" else "a"
    return f"{article} {found[3]} {found[2]}"


def _yours(text: str) -> str:
    """What they or the user wrote, as said to them: "my boat" is "your boat"."""
    words = {
        "my": "your",
        "her": "your",
        "his": "your",
        "their": "your",
        "our": "your",
        "mine": "yours",
        "i": "you",
        "me": "you",
    }
    text = text.strip().rstrip(".")
    said = re.sub(
        r"\b(?:my|her|his|their|our|mine|I|me)\b", lambda found: words[found[0].lower()], text, flags=re.IGNORECASE
    )
    return (
        said[:1].lower() + said[1:]
        if re.match(r"(?:A|An|The|My|Her|His|Their|Your|How|Why|What|\w+ing)\b", text)
        else said
    )


def _asked(text: str) -> str:
    text = text.strip().rstrip("?.! ").strip()
    indirect = re.match(
        r"(?i)(?:which|what|how|where|when|who|whether|if|why|about|for)\b(?! (?:is|are|do|does|did|can|should|was|were|would)\b)",
        text,
    )
    if indirect and not re.search(
        r"(?i)\b(?:do|does|did|should i|can i|is|are) (?:i|you|we|they|he|she|it|anyone)\b", text
    ):
        return text[0].lower() + text[1:]
    return f"“{text}”"


def _title(text: str, longest: int = 28) -> str:
    text = text[:1].upper() + text[1:]
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _reason(interest: Interest, spoken: Pronouns, today: date) -> str:
    source = interest.source
    if source == "post":
        said = "from a post"
    elif source in ("bio", "location", "message"):
        said = f"from {spoken.their} {source}"
    elif source == "headline":
        said = f"from {spoken.their} profile"
    else:
        said = source if source.startswith("from ") else f"from {source}"
        said = "from a page you saved" if "://" in said else said[:60]
    if interest.on is None:
        return said
    still = ", still true?" if today - interest.on > timedelta(days=STALE_DAYS) else ""
    return f"{said}, {when(interest.on, today)}{still}"


_TITLES = re.compile(r"(?i)^(?:dr|prof|professor|mr|mrs|ms|mx|miss|sir|dame|dra|sr|sra|ing|don|doña)\b\.?\s+")
_GENERIC_WORK = re.compile(
    r"(?i)seeking|looking|open to|available|unemployed|n/?a\b|self.?employed|between jobs|stealth|confidential|retired|none|various|"
    r"student|^(?:co-?)?(?:owner|founder|partner|member|associate|employee|staff|manager|director|consultant|other|ceo)$|\bat\b.*\bat\b|\d"
)
_COMPANY_TAIL = re.compile(
    r"(?i)[,\s]+(?:ltd|limited|inc|llc|llp|plc|gmbh|ag|sa|s\.a|s\.l|sl|bv|b\.v|ab|oy|as|aps|srl|spa|pty|co|corp)\.?$"
)


def _add_person(fields: dict[str, list[Topic]], person: Person, reader: InterestReader, spoken: Pronouns) -> None:
    unknown = not fields
    name = _first_name(person.name)
    if name:
        fields["name"] = [Topic(name, "", "", "")]
    profile = f"from {spoken.their} profile"
    position = _position(person.position)
    if position and not reader.silent(person.position):
        elsewhere = [topic for topic in fields.get("a_position", ()) if topic.source != "headline"]
        fields["a_position"] = [
            Topic(
                _with_article(position),
                "",
                profile,
                "",
                name=position,
                source="headline",
                fields={"position": position},
            ),
            *elsewhere,
        ]
    company = _COMPANY_TAIL.sub("", person.company.strip())
    if 1 < len(company) <= 40 and not _GENERIC_WORK.search(company) and not reader.silent(company):
        fields["company"] = [Topic(company, "", profile, "", source="headline")]
    if "a_position" in fields or "company" in fields:
        fields["works"] = [Topic("yes", "", profile, "", source="headline")]
    change = reader.about(person.bio)
    if change:
        old, new = change
        fields["new"] = [Topic(new, "", f"from {spoken.their} bio", "career", source="bio", fields={"old": old})]
    for topic in fields.pop("career", []):
        pair = re.fullmatch(r"(?i)(?:from )?(.+?) (?:to|turned|->|→) (.+)", topic.value)
        if pair:
            fields.setdefault("new", []).append(replace(topic, value=pair[2], title="", fields={"old": pair[1]}))
    if unknown and not fields.keys() - {"name"}:
        fields["unknown"] = [Topic("yes", "", "", "")]


def _add_exchange(
    fields: dict[str, list[Topic]], exchange: Exchange, reader: InterestReader, spoken: Pronouns, today: date
) -> None:
    last_on = exchange.theirs_on or exchange.on
    days = (today - exchange.on).days
    ago = when(last_on, today)
    theirs = f"from {spoken.their} message, {ago}" if exchange.theirs else f"you met, {ago}"
    here = Topic("yes", "", theirs, "", days=days, source="message")
    fields["exchange"] = [here]
    if (today - last_on).days >= SETTLED_DAYS:
        fields["settled"] = [here]
    if exchange.their_turn:
        fields["their_turn"] = [here]
    if exchange.asked:
        fields["asked"] = [replace(here, reason=f"{spoken.they} asked you something, {ago}")]
    quiet = reader.silent(exchange.theirs)
    if exchange.quote and not quiet:
        fields["quote"] = [replace(here, value=exchange.quote, key="quote")]
    if exchange.plan and not quiet:
        fields["plan"] = [replace(here, value=exchange.plan, key="plan")]
    if exchange.promise:
        fields["promise"] = [replace(here, value=exchange.promise, key="promise", reason="you said you would")]
    elsewhere = {topic.name for topics in fields.values() for topic in topics if topic.source != "message"}
    for interest in reader.text(exchange.theirs, "message"):
        # "the garden" is not yet "gardening": what they talked about must be named, or known to matter to them
        named = interest.name in elsewhere or interest.name.casefold() == interest.text.casefold()
        if named and interest.kind not in ("family", "place", "profession", "language"):
            fields["subject"] = [replace(here, value=interest.name, key="subject", interest=interest)]
            break
    if days >= GAP_DAYS:
        fields["gap"] = [replace(here, value=gap_of(days), key="", reason=f"you last wrote {ago}")]
        fields["month"] = [replace(here, value=month_of(exchange.on), key="")]


def _first_name(name: str) -> str:
    name = _TITLES.sub("", name.strip())
    words = re.findall(r"[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*", name)
    if not words or "." in name.split()[0].rstrip(".") or "@" in name:
        return ""
    first = words[0]
    if len(first) < 2 and not (len(words) == 1 and not first.isascii()):
        return ""
    return (
        first.capitalize()
        if first.isupper() and first.isascii() and len(first) > 2
        else first
        if not first.islower()
        else first.capitalize()
    )


def _position(position: str) -> str:
    """A job's title as one would say it, or empty where it is not one: "Senior Product Designer | Mentor" is "product designer"."""
    part = re.split(r"[|•·,/@(;:–—]|\s-\s|\s(?:at|bei|en|chez|en el)\s|\s&\s", position.strip(), maxsplit=1)[0].strip()
    part = re.sub(
        r"(?i)^(?:(?:sr|jr)\.?|senior|junior|principal|interim|acting|deputy|freelance|independent|lead)\s+", "", part
    )
    words = part.split()
    if (
        not 1 <= len(words) <= 4
        or _GENERIC_WORK.search(position)
        or not re.fullmatch(r"[A-Za-zÀ-ÿ' .-]+", part)
        or len(part) < 3
    ):
        return ""
    said = [word if word.isupper() and len(word) <= 5 else word.lower() for word in words]
    return " ".join(said)


def _with_article(position: str) -> str:
    first = position.split(maxsplit=1)[0]
    if first in ("head", "chief", "director") and (first != "director" or " of " in position):
        return position
    if first.isupper() and len(first) <= 4:
        return f"{'an' if first[0] in 'AEFHILMNORSX' else 'a'} {position}"
    vowel = first[0].lower() in "aeio" or (first[0].lower() == "u" and not re.match(r"(?i)uni|use|ut", first))
    return f"{'an' if vowel or re.match(r'(?i)hour|honest|heir', first) else 'a'} {position}"
