"""Days as exports write them, read from fixed tables: what the machine's language is plays no part.

A column of `6/7/18` can be read two ways, so the order of day and month is decided for a column as a whole.
"""

import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

__all__ = ["Dating", "absent", "read", "survey"]

_MONTH_WORDS = """
jan january januar janner januari janvier janv enero ene janeiro gennaio gen styczen stycznia sty ocak oca led ledna января янв
feb february februar februari fevrier fevr fev febrero fevereiro febbraio luty lutego lut subat sub uno unora февраля фев февр
mar march marz maerz mrz maart mrt mars marzo marco marts marca marzec mart brezna bre марта мар
apr april avril avr abril abr aprile kwiecien kwietnia kwi nisan nis dub dubna апреля апр
may mai mei mayo maio maggio mag maj maja mayis kvetna kve мая май маи
jun june juni juin junio junho giugno giu czerwiec czerwca cze haziran haz cervna cvn июня июн июнь
jul july juli juillet juil julio julho luglio lug lipiec lipca lip temmuz tem cervence cvc июля июл июль
aug august augustus aout aou agosto ago augusti sierpien sierpnia sie agustos agu srpna srp августа авг
sep sept september septembre septiembre setembro set settembre szept wrzesien wrzesnia wrz eylul eyl zari zar сентября сен сент
oct october oktober okt octobre octubre outubro out ottobre ott pazdziernik pazdziernika paz ekim eki rijna rij октября окт
nov november novembre noviembre novembro listopad listopada lis kasim kas ноября ноя нояб
dec december dezember dez decembre diciembre dic dezembro dicembre desember des grudzien grudnia gru aralik ara prosince pro декабря дек
"""
_MONTHS = {word: number for number, words in enumerate(_MONTH_WORDS.split("\n")[1:-1], 1) for word in words.split()}

_TAIL = r"(?:(?:[T,]|\s)\s*.*)?"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TAIL}")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_NUMERIC = re.compile(rf"(\d{{1,2}})([-/.])\s?(\d{{1,2}})\2\s?(\d{{4}}|\d{{2}}){_TAIL}")
_DAY_MONTH = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th|er|º|ª)?[\s./-]*(?:de\s+)?([^\W\d_]+)[\s./,-]*(?:de\s+)?(\d{{4}}|\d{{2}}){_TAIL}"
)
_MONTH_DAY = re.compile(rf"([^\W\d_]+)\.?[\s/-]*(\d{{1,2}})(?:st|nd|rd|th)?[\s,/-]+(\d{{4}}){_TAIL}")
_EASTERN = re.compile(rf"(\d{{4}})\s?[年년.]\s?(\d{{1,2}})\s?[月월.]\s?(\d{{1,2}})\s?[日일.]?{_TAIL}")
_EASTERN_MONTH = re.compile(rf"(\d{{1,2}})[月월]\s?(\d{{1,2}})[日일]?,?\s(\d{{4}}){_TAIL}")
_STAMP = re.compile(r"(?:[^\W\d_]+\s+)?([^\W\d_]+)\s+(\d{1,2})\s+\d{1,2}:\d{2}:\d{2}\s+(?:\S+\s+)?(\d{4})")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_UNIX = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?")
_WEEKDAY = re.compile(r"\A[^\W\d_]{2,10}\.?,\s+(?=\d)")
_HALF_DAY = re.compile(r"\d\s*[ap]\.?m\b", re.IGNORECASE)
_SERIAL_ZERO = date(1899, 12, 30)  # a spreadsheet's day 0
_SERIAL_RANGE = range(25_569, 73_051)  # 1970 to 2099
_SORTED_ROWS = 8  # fewer may be in order by chance
_SORTED_SLACK = 0.05
_ABSENT = frozenset({"", "-", "0/0/00", "0/0/0000", "00/00/0000", "0000-00-00", "n/a", "none", "null", "nan"})


@dataclass(frozen=True, slots=True)
class Dating:
    """How a column is read; `doubtful` is a value that could be read both ways if nothing in the column settled it."""

    day_first: bool
    doubtful: str = ""

    @property
    def note(self) -> str:
        """What to tell the user when the order was a guess, else nothing."""
        if not self.doubtful:
            return ""
        order = "day, month, year" if self.day_first else "month, day, year"
        return f"Dates such as “{self.doubtful}” can be read two ways. They were read as {order}."


def survey(values: Sequence[str], *, delimiter: str = ",") -> Dating:
    """Decide the order of day and month for a whole column, given in the order of the file.

    What decides, in this order: values that only make sense one way; the order in which the file is sorted; a clock
    of twelve hours, which goes with month first; the delimiter `;`, which goes with day first; else month first.
    """
    pairs: list[tuple[int, int, int]] = []
    doubtful = ""
    half_day = False
    for value in values:
        match = _NUMERIC.fullmatch(value.strip())
        if match is None or match[2] == ".":  # with full stops the day always comes first
            continue
        first, second = int(match[1]), int(match[3])
        pairs.append((_year(match[4]), first, second))
        half_day = half_day or _HALF_DAY.search(value) is not None
        if not doubtful and first != second and first <= 12 and second <= 12:
            doubtful = value.strip()
    days = sum(first > 12 for _, first, _ in pairs)
    months = sum(second > 12 for _, _, second in pairs)
    if days != months:
        return Dating(day_first=days > months)
    if not doubtful:
        return Dating(day_first=False)
    by_day = _disorder([(year, second, first) for year, first, second in pairs])
    by_month = _disorder(pairs)
    if by_day != by_month and len(pairs) >= _SORTED_ROWS and min(by_day, by_month) <= len(pairs) * _SORTED_SLACK:
        return Dating(by_day < by_month, doubtful)
    return Dating(delimiter == ";" and not half_day, doubtful)


def _disorder(days: list[tuple[int, int, int]]) -> int:
    """How far the days are from being sorted, in whichever direction suits them better."""
    falls = sum(later < earlier for earlier, later in itertools.pairwise(days))
    rises = sum(later > earlier for earlier, later in itertools.pairwise(days))
    return min(falls, rises)


def absent(value: str) -> bool:
    """Whether `value` is one of the ways to write that there is no date."""
    return value.strip().casefold() in _ABSENT


@lru_cache(maxsize=16_384)
def read(value: str, *, day_first: bool = False) -> date | None:
    """The day that `value` names, as it is written there (no time zone is applied); None if it names none."""
    value = " ".join(value.split())
    value = _WEEKDAY.sub("", value, count=1)
    if match := _EASTERN_MONTH.fullmatch(value):
        return _day(int(match[3]), int(match[1]), int(match[2]))
    if match := _DAY_MONTH.fullmatch(value):
        return _day(_year(match[3]), _month(match[2]), int(match[1]))
    if match := _ISO.fullmatch(value) or _COMPACT.fullmatch(value):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.fullmatch(value):
        first, second, year = int(match[1]), int(match[3]), _year(match[4])
        if day_first or match[2] == ".":
            return _day(year, second, first) or _day(year, first, second)
        return _day(year, first, second) or _day(year, second, first)
    if match := _MONTH_DAY.fullmatch(value) or _STAMP.fullmatch(value):
        return _day(int(match[3]), _month(match[1]), int(match[2]))
    if match := _EASTERN.fullmatch(value):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if (match := _SERIAL.fullmatch(value)) and int(match[1]) in _SERIAL_RANGE:
        return _SERIAL_ZERO + timedelta(days=int(match[1]))
    if match := _UNIX.fullmatch(value):
        return datetime.fromtimestamp(int(match[1]), UTC).date()
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (1900 if year >= 70 else 2000)


def _month(word: str) -> int:
    plain = unicodedata.normalize("NFKD", word.casefold().replace("ı", "i"))
    return _MONTHS.get("".join(letter for letter in plain if not unicodedata.combining(letter)), 0)
