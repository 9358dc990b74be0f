"""What the last exchange offers to come back to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from warmnote.model import Message, MessageKind

__all__ = ["SETTLED_DAYS", "Exchange", "asked_for_peace", "is_bot", "last_exchange", "no_letters", "unanswered"]

_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_QUESTION = re.compile(r"[^.!?…\n]{3,}\?")
_PROMISE = re.compile(
    r"(?i)\bi(?:['’]ll| will| promise to)\s+(?:send|find|look up|dig out|look for|bring|write down|pass on|forward|post|share)\s+"
    r"(?:you\s+)?(?P<what>(?:the|that|my|our|a|an)\s+[^.!?,;:\n]{3,60})"
)
_PLAN = re.compile(
    r"(?i)\b(?:i['’]m|i am|we['’]re|we are)\s+(?:about|going|off|planning|hoping)\s+to\s+(?P<what>[^.!?,;:\n]{4,60})"
)
_WRITE = r"(?:writ(?:e|ing)|messag(?:e|ing)|contact(?:ing)?|dm(?:s|ing|['’]ing)?|text(?:ing)?|e-?mail(?:ing)?|bother(?:ing)?|spam(?:ming)?)"
_TO_ME = r"\s+(?:to\s+)?(?:me|us)\b(?!\s+(?:after|before|at|on|about|unless|until|if|when|while|in)\b)"
_FULL_STOP = r"\s*(?:[.!,\n]|$|here\b|again\b|now\b|any ?more\b|any longer\b|altogether\b|please\b)"
_BEGIN = r"(?:^|[.!?;,:\n]|\b(?:please|pls|just|you to))\s*(?:please\s+|just\s+)?"
_LEAVE_ME = re.compile(
    "(?im)"
    + "|".join(
        (
            rf"{_BEGIN}(?:stop|quit)\s+{_WRITE}(?:{_TO_ME}|{_FULL_STOP})",
            rf"{_BEGIN}(?:do not|don['’]?t|never)\s+(?:ever\s+)?{_WRITE}(?:{_TO_ME}|{_FULL_STOP})",
            rf"(?<!why )\bnot\s+{_WRITE}{_TO_ME}|\brather you (?:did not|didn['’]?t|don['’]?t)\s+{_WRITE}",
            r"\bleave me (?:alone|be|in peace)\b",
            r"\b(?:no more|no further) (?:messages|letters|e-?mails|contact|dms)\b",
            (
                r"(?:^|[.!?\n])\s*(?:thanks,?\s+(?:but\s+)?|sorry,?\s+(?:but\s+)?|no,?\s+)?(?:i['’]?m\s+|i am\s+)?(?:really\s+)?not interested"
                r"(?:\s*(?:[.!?,\n]|$)|\s+(?:thank|sorry|in (?:this|that|talking|chatting|your|buying|anything you)\b))"
            ),
            r"(?:^|[.!?\n])\s*(?:please\s+)?(?:unsubscribe|opt out)\b|\b(?:remove me|take me off)\b",
            r"\bno me (?:escrib|contact)\w+|\bd[eé]jame en paz\b|\bn[aã]o me (?:escrev|contat)\w+|\bdeixe?-me em paz\b",
            r"\b(?:schreib|kontaktier)\w*\s+(?:sie\s+)?(?:mir|mich)\b[^.!?\n]{0,20}\b(?:nicht|nie)\b|\blass(?:en sie)? mich in ruhe\b",
            r"\bne m['’](?:[eé]cri|contact)\w+ (?:plus|pas)\b|\blaisse[zr]?[- ]moi (?:tranquille|en paix)\b",
        )
    )
)
_BOT = re.compile(
    r"(?i)(?:^|[|•·.;,\n(\[]|\b(?:i['’]?m|i am|this is|just|account is)\b)\s*(?:an?\s+|the\s+)?(?:🤖\s*)?(?:[\w-]+\s+){0,2}?"
    r"(?:bot(?:\s+(?:account|by|made|run|that|which|posting|posts))?|automated (?:account|bot|feed|posts?)|automatic account|auto-?posting account|rss feed)"
    r"(?=\s*(?:$|[|•·.;,\n:)\]!🤖]|by\b|made\b|run\b|that\b|which\b|post|account|for\b|of\b|from\b))"
    r"|\b(?:automated account|bot account|run by (?:a|an) (?:bot|script)|posts? automatically|tweets automatically|beep boop)\b"
)
_NO_BOT = re.compile(
    r"(?i)\b(?:not|no|isn['’]?t|never|definitely not|ain['’]?t)\s+(?:an?\s+|the\s+)?(?:ro)?bots?\b|\bbot (?:developer|maker|builder|author|creator|wrangler|hunter)|\b(?:build|make|write|code|fight)(?:s|ing|r)?\s+(?:[\w-]+\s+){0,2}bots?\b"
)
_NO_LETTERS = re.compile(
    r"(?i)\b(?:no|closed to) (?:dms?|direct messages|private messages|messages|unsolicited (?:messages|mail|e-?mails?|dms?|contact))\b(?!\s+from\b)"
    r"|\b(?:dms?|inbox|messages) (?:are |is )?(?:closed|off|not read|unread)\b"
    r"|\b(?:please\s+)?(?:do not|don['’]?t) (?:dm|message|contact|write to|e-?mail) me\b(?!\s+(?:about|if|unless|for)\b)"
    r"|\bi (?:do not|don['’]?t) (?:read|answer|check) (?:my )?(?:dms?|messages)\b"
)
_WORK = (
    r"what (?:do you do|it is (?:that )?you do|is it (?:that )?you do|you do)(?=\s*(?:[?,.]|$|exactly|all day|these days|yourself|for (?:a living|work|money)|at work|there|then|now|anyway|actually|again))"
    r"|what(?:['’]?s| is| are| about) your (?:\w+ )?(?:job|work|business|company|profession|trade|line of work|firm|shop|product|service|services|role|prices?|rates?|fees?)"
    r"|(?:what|how) (?:does|did|is|was|do) your (?:\w+ )?(?:job|work|business|company|firm|shop|product|service|trade|practice)"
    r"|what (?:kind|sort|type|line) of (?:work|business|job|company|clients|things) (?:do|are|is|did|would)"
    r"|where do you work|who do you work (?:for|with)|what are you selling|what do you (?:sell|offer|make|charge|work on|specialise|specialize)"
    r"|do you (?:sell|offer|charge|still work|work in|work as|work with|work at|work for|run your own|do this for a living)|(?:how|when|why) did you (?:get|come|end up) (?:into|in|to) (?:your (?:work|job|line|trade|business)|that (?:work|job|line))"
    r"|(?:about|more of|hear about|know about) (?:your (?:work|job|business|company|firm|shop|product|service|services|trade)|what you do)\b|how much (?:do you charge|does (?:it|that|your \w+) cost)|what you (?:sell|offer|charge)\b"
)
_ASKED_WORK = re.compile(rf"(?i)(?:\b(?:and|so)\s+)?\b(?:{_WORK})")
_TELL_ME = re.compile(r"(?i)\b(?:tell me|curious|i wonder|wondering|(?:like|love) to (?:know|hear))\b")
_BYE = re.compile(
    r"(?i)\b(?:good ?bye|bye for now|farewell|so long|take care|all the best|leave it (?:here|there|at that)|have to (?:go|stop|leave)|(?:too|so|really) busy"
    r"|no time|not much time|(?:good luck|all good things) (?:with|for) (?:everything|the future|all)|(?:some|an)other time|nice (?:talking|chatting|knowing|to have)|was nice|wish you (?:well|all))\b"
)
_TAIL = re.compile(
    r"(?i)\s+(?:tomorrow|tonight|today|soon|next \w+|this \w+|on \w+day|in the morning|as soon as .*|when .*|if .*)$"
)
_HER = {"her": "your", "his": "your", "their": "your"}
_READ = 10_000  # characters read of any one message
_YOURS = {"my": "your", "our": "your", "me": "you", "mine": "yours", "myself": "yourself", "us": "you", "i": "you"}
SETTLED_DAYS = 5  # a plan younger than this is probably still ahead


@dataclass(frozen=True, slots=True)
class Exchange:
    """Where two people left off. Texts are empty where there is nothing of the kind.

    `on` is the day of the last word of either; `theirs` their last message; `quote` a short statement out of it;
    `plan` what they were going to do, in the words one would answer with ("repaint your boat"), once it may have happened,
    `plan_ahead` the same while it has not; `promise` what the user said they would send. `their_turn`: theirs is the last
    word of all, `first_reply`: and their first; `asked`: it holds a question, `question` being the last one, `asked_work`:
    about what the user does; `fading`: it sounds like an end. `talked`: they wrote three times at the least, or the two met. `met_on` is the day of a meeting if nothing was said since,
    `met` what it was about.
    """

    on: date
    theirs: str
    theirs_on: date | None
    their_turn: bool = False
    first_reply: bool = False
    asked: bool = False
    question: str = ""
    asked_work: bool = False
    fading: bool = False
    talked: bool = False
    quote: str = ""
    plan: str = ""
    plan_ahead: str = ""
    promise: str = ""
    met_on: date | None = None
    met: str = ""


def unanswered(messages: Sequence[Message]) -> int:
    """How many letters were sent since their last word."""
    count = 0
    for message in reversed(_in_order(messages)):
        if message.kind is MessageKind.SENT:
            count += 1
        elif message.kind is not MessageKind.NOTE:
            break
    return count


def asked_for_peace(messages: Sequence[Message]) -> bool:
    """Whether they asked not to be written to, and have not written of their own accord on a later day."""
    asked_on: date | None = None
    for message in _in_order(messages):
        if message.kind is not MessageKind.RECEIVED:
            continue
        day = message.at.date()
        if _LEAVE_ME.search(message.text[:_READ]):
            asked_on = day
        elif asked_on is not None and day > asked_on:
            asked_on = None
    return asked_on is not None


def no_letters(bio: str) -> bool:
    """Whether somebody's own words on their page ask for none."""
    return bool(_NO_LETTERS.search(bio[:_READ]))


def is_bot(bio: str) -> bool:
    """Whether an account says of itself that nobody is there."""
    return bool(_BOT.search(bio[:_READ])) and not _NO_BOT.search(bio[:_READ])


def last_exchange(messages: Sequence[Message], today: date) -> Exchange | None:
    """Where the two left off, or None if they never wrote back and never met."""
    said = [message for message in _in_order(messages) if message.kind is not MessageKind.NOTE]
    received = [message for message in said if message.kind is MessageKind.RECEIVED]
    if not received and not any(message.kind is MessageKind.MEETING for message in said):
        return None
    last, theirs = said[-1], received[-1] if received else None
    text = theirs.text[:_READ] if theirs else ""
    their_turn = last.kind is MessageKind.RECEIVED
    sent = [message for message in said if message.kind is MessageKind.SENT]
    promise = _PROMISE.search(sent[-1].text[:_READ]) if sent else None
    settled = theirs is not None and (today - theirs.at.date()).days >= SETTLED_DAYS
    plan = _plan(text)
    question = _last_question(text) if their_turn else ""
    meeting = last if last.kind is MessageKind.MEETING else None
    return Exchange(
        on=last.at.date(),
        theirs=text,
        theirs_on=theirs.at.date() if theirs else None,
        their_turn=their_turn,
        first_reply=their_turn and len(received) == 1,
        asked=their_turn and bool(_QUESTION.search(text)),
        question=question,
        asked_work=their_turn and _asks_about_work(text),
        talked=len(received) > 2 or any(message.kind is MessageKind.MEETING for message in said),
        fading=their_turn and _sounds_like_an_end(received),
        quote=_quote(text),
        plan=plan if settled else "",
        plan_ahead="" if settled else plan,
        promise=promise["what"].strip() if promise else "",
        met_on=meeting.at.date() if meeting else None,
        met=_met(meeting.text[:_READ]) if meeting else "",
    )


def _asks_about_work(text: str) -> bool:
    """Whether a question, or a sentence that wants to know, is about what the user does."""
    for found in _SENTENCE.finditer(text):
        sentence = found[0].strip()
        if (sentence.endswith("?") or _TELL_ME.search(sentence)) and _ASKED_WORK.search(sentence):
            return True
    return False


def _last_question(text: str) -> str:
    """The last question of at most fourteen words, without its mark, small at the beginning as one hands it back."""
    for found in reversed(list(_QUESTION.finditer(text))):
        question = re.sub(r"(?i)^(?:and|but|so|by the way|oh)[, ]+", "", found[0].strip().rstrip("? ").strip(" ,–—-"))
        words = question.split()
        if 2 <= len(words) <= 14 and not re.search(r"[\"“”⟦⟧<>@#]|https?:", question):
            return question if words[0] in ("I", "I'm", "I’m", "I'd") else question[0].lower() + question[1:]
    return ""


def _sounds_like_an_end(received: Sequence[Message]) -> bool:
    text = received[-1].text[:_READ]
    if "?" in text:
        return False
    if len(text.split()) <= 30 and _BYE.search(text):
        return True
    return len(received) > 2 and all(
        len(message.text[:_READ].split()) <= 4 and "?" not in message.text[:_READ] for message in received[-2:]
    )


def _met(text: str) -> str:
    """What a meeting was about, from the user's own line on it: "coffee, about the old lock gates"."""
    found = re.search(r"(?i)\babout\s+(?P<what>[^.!?,;:\n()]{3,60})", text)
    if not found:
        return ""
    words = [_HER.get(word.lower(), word) for word in found["what"].split()]
    return " ".join(words) if len(words) <= 8 else ""


def _in_order(messages: Sequence[Message]) -> list[Message]:
    return sorted(messages, key=lambda message: message.at)


def _quote(text: str) -> str:
    """A statement of four to twelve words that can be handed back to them."""
    for found in _SENTENCE.finditer(text):
        sentence = found[0].strip()
        words = sentence.split()
        plain = not re.search(r"[?@#/\"“”⟦⟧<>]|https?:|\d{3}", sentence)
        if (
            plain
            and 4 <= len(words) <= 12
            and len(sentence) <= 80
            and not re.match(r"(?i)thank|hi\b|hello|hey|sorry|no\b", sentence)
            and not _BYE.search(sentence)
        ):
            return sentence.rstrip(".!… ").strip()
    return ""


def _plan(text: str) -> str:
    found = _PLAN.search(text)
    if not found:
        return ""
    plan = _TAIL.sub("", found["what"].strip())
    words = [_YOURS.get(word.lower(), word) for word in plan.split()]
    return " ".join(words) if 1 < len(words) <= 10 else ""
