"""How far two people have come, computed from their log and the present moment.

The cut-offs are house rules: an exchange begins with the first reply; a conversation is three of their messages on two
days, the latest at most 45 days old; a relationship is six of theirs over 30 days, or a meeting or call that took place.
Six silent months take one stage away. Days are calendar days where the user lives. Silence is measured from what they
had a part in, their messages and meetings: letters that nobody answers do not keep a relationship alive.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from warmnote.model import Message, MessageKind, Progress, Stage

__all__ = ["Exchange", "stage_of"]

_RECENT_DAYS = 45
_RELATIONSHIP_DAYS = 30
_SILENT_DAYS = 183  # six months


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the stage and the steps of a card need to know of a log, without its texts.

    `unanswered` counts what was sent since their last word, `waiting` tells that they had the last word; a meeting is
    a word of both.
    """

    sent: int = 0
    received: int = 0
    first_received: datetime | None = None
    last_received: datetime | None = None
    last_sent: datetime | None = None
    last_meeting: datetime | None = None
    unanswered: int = 0
    waiting: bool = False

    @classmethod
    def of(cls, messages: Iterable[Message]) -> "Exchange":
        """The state of a log; entries may come in any order, notes are passed over."""
        log = sorted((m for m in messages if m.kind is not MessageKind.NOTE), key=lambda m: (m.at, m.id))
        received = [m.at for m in log if m.kind is MessageKind.RECEIVED]
        sent = [m.at for m in log if m.kind is MessageKind.SENT]
        meetings = [m.at for m in log if m.kind is MessageKind.MEETING]
        unanswered = 0
        for message in log:
            unanswered = unanswered + 1 if message.kind is MessageKind.SENT else 0
        return cls(
            sent=len(sent),
            received=len(received),
            first_received=received[0] if received else None,
            last_received=received[-1] if received else None,
            last_sent=sent[-1] if sent else None,
            last_meeting=meetings[-1] if meetings else None,
            unanswered=unanswered,
            waiting=bool(log) and log[-1].kind is MessageKind.RECEIVED,
        )

    @property
    def last_contact(self) -> datetime | None:
        """When either of them last said something to the other."""
        return max(filter(None, (self.last_sent, self.last_received, self.last_meeting)), default=None)

    def stage(self, now: datetime, zone: tzinfo | None = None) -> Stage:
        """The stage at `now`, with days counted in `zone` (None: the time zone of this machine)."""
        theirs = max(filter(None, (self.last_received, self.last_meeting)), default=None)
        if theirs is None:
            return Stage.FIRST_TOUCH
        silent = (_day(now, zone) - _day(theirs, zone)).days
        reached = self._reached(now, zone)
        return Stage(max(reached - 1, Stage.FIRST_TOUCH)) if silent >= _SILENT_DAYS else reached

    def _reached(self, now: datetime, zone: tzinfo | None) -> Stage:
        if self.last_meeting is not None:
            return Stage.RELATIONSHIP
        if self.first_received is None or self.last_received is None:
            return Stage.FIRST_TOUCH
        first, last = _day(self.first_received, zone), _day(self.last_received, zone)
        span = (last - first).days
        if self.received >= 6 and span >= _RELATIONSHIP_DAYS:
            return Stage.RELATIONSHIP
        if self.received >= 3 and span >= 1 and (_day(now, zone) - last).days <= _RECENT_DAYS:
            return Stage.CONVERSATION
        return Stage.EXCHANGED_ONCE

    def progress(self, now: datetime, zone: tzinfo | None = None) -> Progress:
        """Which of the four steps a card shows at `now`. Having replied is not forgotten when the stage drops."""
        if self.stage(now, zone) >= Stage.CONVERSATION:
            return Progress.TALKING
        if self.received or self.last_meeting:
            return Progress.REPLIED
        return Progress.GREETED if self.sent else Progress.NEW


def stage_of(messages: Iterable[Message], now: datetime, zone: tzinfo | None = None) -> Stage:
    """The stage that a log has reached at `now`; days are counted in `zone` (None: this machine's time zone)."""
    return Exchange.of(messages).stage(now, zone)


def _day(moment: datetime, zone: tzinfo | None) -> date:
    return moment.astimezone(zone).date()
