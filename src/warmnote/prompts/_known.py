"""What is known of a person, as the fields that starters ask for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from warmnote.model import Message, Person
from warmnote.prompts._exchange import add_exchange
from warmnote.prompts._said import last_exchange
from warmnote.prompts._topic import FRESH_DAYS, Pronouns, Topic, pronouns
from warmnote.prompts._when import age_of, when
from warmnote.prompts.interests import Interest, InterestReader
from warmnote.prompts.starters import plain

__all__ = ["known"]

_STALE_DAYS = 365
_AHEAD_DAYS = 60


def known(
    person: Person, messages: Sequence[Message], today: date, reader: InterestReader, *, ending: bool = False
) -> dict[str, list[Topic]]:
    """Every field that can be filled for this person, its best topic first.

    With `ending` the user wants to end well, whether or not it sounds like it.
    """
    spoken = pronouns(person.pronouns)
    fields: dict[str, list[Topic]] = {}
    exchange = last_exchange(messages, today)
    for order, interest in enumerate(reader.of(person, messages)):
        if not _sayable(interest):
            continue
        for name, topic in _of_interest(interest, reader, spoken, today):
            fields.setdefault(name, []).append(replace(topic, order=order))
    for topics in fields.values():
        topics.sort(key=lambda topic: (abs(topic.days or 0) if topic.fresh else FRESH_DAYS + 1, topic.order))
    _add_person(fields, person, reader, spoken)
    if exchange:
        add_exchange(fields, exchange, reader, spoken, today)
    if ending:
        fields["ending"] = [Topic("yes", "", "", "")]
    return fields


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
    days = _age(interest, today)
    if days is not None and days < 0 and not (interest.kind == "event" and -days <= _AHEAD_DAYS):
        return  # a trip that is still to come is nobody's business before it is over
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
    if days is not None and days > _STALE_DAYS and interest.kind not in _AGELESS:
        yield from _of_old(topic, interest.kind)
    else:
        yield from _of_kind(topic, interest, group)


_AGELESS = ("post", "question", "photo", "common", "mutual", "learned", "birthday", "career", "family")


def _age(interest: Interest, today: date) -> int | None:
    """How many days ago it was, below 0 for what is still to come; a birthday comes every year."""
    if interest.on is None:
        return None
    days = (today - interest.on).days
    if interest.kind == "birthday":
        day = min(interest.on.day, 28) if interest.on.month == 2 else interest.on.day
        days = (today - interest.on.replace(year=today.year, day=day)).days
        return days if days >= 0 else (today - interest.on.replace(year=today.year - 1, day=day)).days
    # Posts of tomorrow come from the other side of the world.
    return max(0, days) if days >= -1 and interest.kind not in ("event", "trip", "milestone") else days


def _of_old(topic: Topic, kind: str) -> Iterator[tuple[str, Topic]]:
    """What was noted more than a year ago: asked whether it is still so, never taken for granted.

    Not after an animal, which may not be there any more.
    """
    over = kind in ("event", "trip", "milestone")
    topic = replace(topic, reason=topic.reason if over else f"{topic.reason}, still true?")
    if over:
        yield "past", replace(topic, value=_yours(topic.name))
    elif kind == "profession":
        yield "stale_work", replace(topic, value=_with_article(topic.name))
    elif kind == "place":
        yield "stale_place", topic
    elif kind != "pet":
        yield "stale", replace(topic, value=_your_project(topic.name) if kind == "project" else topic.value)


def _of_kind(topic: Topic, interest: Interest, group: str) -> Iterator[tuple[str, Topic]]:
    kind = interest.kind
    if kind == "family":
        return  # theirs to bring up
    if kind == "place":
        yield ("traveller" if group == "wandering" else "place"), topic
    elif kind in _HOBBIES or (kind == "learning" and group != "?"):
        yield "hobby", topic
        if kind == "game":
            yield "game", topic
    elif kind == "pet":
        value, name = _pet(interest)
        named = {"pet_name": name} if name else {}
        yield "pet", replace(topic, value=value, title=_title(value), fields=dict(topic.fields) | named)
    elif kind == "post":
        yield from _post(topic, interest)
    elif kind == "question":
        yield "question", replace(topic, value=_asked(interest.text), title="")
    elif kind == "profession":
        value = _with_article(interest.name)
        yield "a_position", replace(topic, value=value, title="", fields={"position": interest.name})
    elif kind == "event" and (topic.days or 0) < 0:
        yield "event_ahead", replace(topic, value=_said_to_them(interest, group))
    else:
        yield kind, replace(topic, value=_said_to_them(interest, group))


def _pet(interest: Interest) -> tuple[str, str]:
    words, _, name = re.sub(r"\s+(?:named|called)\s+", "\0", interest.text).partition("\0")
    plural = words.lower().endswith("s") and not interest.name.lower().endswith("s")
    return interest.name + ("s" if plural else ""), name


def _said_to_them(interest: Interest, group: str) -> str:
    if interest.kind == "project":
        return _your_project(interest.name)
    if interest.kind in ("photo", "learned", "common", "food", "event", "milestone"):
        return _yours(interest.name) if group == "?" else interest.name
    return interest.text if interest.kind == "learning" else interest.name


def _your_project(name: str) -> str:
    return re.sub(r"^(?:a|an|my|her|his|their|our)\b", "your", name)


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
    said = _FROM.get(source.casefold())
    if said is not None:
        said = said.format(their=spoken.their)
    else:
        said = source if source.startswith("from ") else f"from {source}"
        said = "from a page you saved" if "://" in said else said[:60].rstrip()
    if interest.on is None:
        return said
    days = _age(interest, today) or 0
    if days > _STALE_DAYS and interest.kind != "birthday":
        return f"{said}, {age_of(days)} ago"
    return f"{said}, {when(interest.on, today)}"


_FROM = {
    "post": "from {their} post",
    "posts": "from {their} post",
    "a post": "from {their} post",
    "bio": "from {their} bio",
    "location": "from {their} profile",
    "headline": "from {their} profile",
    "profile": "from {their} profile",
    "message": "from {their} message",
    "your notes": "from your note",
    "note": "from your note",
    "notes": "from your note",
    "your note": "from your note",
    "you": "from your note",
}


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
