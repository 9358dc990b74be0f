"""One polite HTTP client: asks one question at a time, waits when asked to, and gives up in plain words.

httpx runs on an event loop of its own inside the calling thread, so that a question that hangs can be dropped at once
when the user stops it, and has a time limit as a whole. No cookies are kept or sent. A token goes to its own server
and stands in no message.
"""

import asyncio
import contextlib
import json
import re
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import urlencode, urljoin, urlsplit, urlunsplit

from warmnote import __version__
from warmnote.model import Expected
from warmnote.networks._errand import Manners, Watch, by_the_clock
from warmnote.networks._limits import Allowance, allowance

if TYPE_CHECKING:
    import httpx

__all__ = ["USER_AGENT", "Answer", "Client", "Failed", "Limited", "base"]

T = TypeVar("T")

USER_AGENT = f"Warmnote/{__version__} (desktop app; asks on its user's request)"
_TICK_SECONDS = 0.04
_HANG_UP_SECONDS = 1.0
_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_PASSING = frozenset([408, 425, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529])
_LINK = re.compile(r"<([^<>]*)>([^<]*)")
_NEXT = re.compile(r";\s*rel\s*=\s*\"?(?:[^\";]*\s)?next(?:\s[^\";]*)?\"?\s*(?:[;,]|$)", re.IGNORECASE)
_TOKEN = re.compile(r"[\x21-\x7e]{8,4096}")
_KEPT = "What was answered so far is kept; the next time it goes on from there."


class Failed(Expected):
    """A server could not be asked, or gave no answer of use. `status` is that of the answer, None if there was none."""

    def __init__(self, message: str, hint: str = "", status: int | None = None) -> None:
        super().__init__(message, hint)
        self.status = status


class Limited(Failed):
    """A server will not answer again before `until`, which is too long to wait for."""

    def __init__(self, host: str, until: datetime, now: datetime) -> None:
        super().__init__(
            f"{host} has answered as often as it allows and answers again from {by_the_clock(until, now)} on.",
            f"Ask again then. {_KEPT}",
            429,
        )
        self.until = until


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `data` is the JSON (None if there was none), `next` where the next page is, by the Link header.

    The status is below 400, or says that the question was wrong, not the server.
    """

    status: int
    data: object = None
    etag: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class _Raw:
    status: int
    headers: Mapping[str, str]
    body: bytes


class _Again(Exception):
    """This try failed for a reason that may pass. Carries what to say when the last one did, and when to try again."""

    def __init__(self, failure: Failed, at: datetime | None = None) -> None:
        super().__init__()
        self.failure = failure
        self.at = at


class Client:
    """Asks one server, `base` (https, or http where the user has typed that)."""

    def __init__(
        self, base: str, manners: Manners, watch: Watch, token: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        """`headers` go with each question. Raises Expected if the token is none."""
        if token and not _TOKEN.fullmatch(token):
            raise Expected("This is not a token.", "Copy it again, without spaces or line breaks.")
        self.base = base
        self.host = urlsplit(base).netloc
        self._manners = manners
        self._watch = watch
        self._token = token
        self._headers = dict(headers or {})
        self._hosts = {self.host}
        self._allowed = Allowance()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._http: httpx.AsyncClient | None = None
        self.asked = 0
        """How many questions were put, tries and redirects included."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        if self._loop is None:
            return
        try:
            if self._http is not None:
                with contextlib.suppress(TimeoutError):
                    self._loop.run_until_complete(asyncio.wait_for(self._http.aclose(), _HANG_UP_SECONDS))
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        finally:
            self._loop.close()
            self._loop = self._http = None

    @property
    def has_token(self) -> bool:
        """Whether the questions carry a token."""
        return bool(self._token)

    @property
    def left(self) -> int | None:
        """How many questions the server still allows for now; None if it does not tell."""
        return self._allowed.left

    @property
    def reset(self) -> datetime | None:
        """When it allows more; None if it does not tell."""
        return self._allowed.reset

    def get(self, path: str, query: Sequence[tuple[str, str]] = (), *, etag: str = "") -> Answer:
        """Ask for `path` below the base, or for the address of a next page as `Answer.next` gives it.

        With `etag` the answer may be 304, without data. Raises Failed, Limited or Cancelled.
        """
        url = self._onward(path) if "://" in path else self.base + path
        if query:
            url = f"{url}?{urlencode(query)}"
        for attempt in range(1, self._manners.tries + 1):
            self._watch.check()
            self._mind_the_limit()
            try:
                return self._answer(self._ask(url, etag))
            except _Again as again:
                if attempt == self._manners.tries:
                    raise again.failure from again.__cause__
                self._pause(again, attempt)
        raise AssertionError("unreachable")

    # waiting

    def _mind_the_limit(self) -> None:
        """Wait before the server has to refuse."""
        allowed, now = self._allowed, self._manners.now()
        if allowed.left == 0 and allowed.reset is not None and allowed.reset > now:
            self._wait_until(allowed.reset, now)
            self._allowed = Allowance()

    def _pause(self, again: _Again, attempt: int) -> None:
        now = self._manners.now()
        if again.at is not None:
            self._wait_until(again.at, now)
            return
        seconds = self._manners.first_pause * 2 ** (attempt - 1) * (0.5 + self._manners.chance())
        self._watch.say(f"{again.failure.message} Trying again.")
        self._watch.wait(seconds, self._manners.sleep)

    def _wait_until(self, at: datetime, now: datetime) -> None:
        seconds = (at - now).total_seconds()
        if seconds > self._manners.longest_wait:
            raise Limited(self.host, at, now)
        if seconds > 2:
            self._watch.say(f"{self.host} asks us to wait; going on at {by_the_clock(at, now)}.")
        # Not all at the same moment, and never a moment early.
        self._watch.wait(seconds + 0.2 + self._manners.chance(), self._manners.sleep)

    # asking

    def _ask(self, url: str, etag: str) -> _Raw:
        for _ in range(self._manners.redirects + 1):
            raw = self._fetch(url, {"If-None-Match": etag} if etag else {})
            if raw.status not in _REDIRECTS or not raw.headers.get("location"):
                return raw
            url = self._redirected(url, raw.headers["location"])
        raise Failed(
            f"{self.host} sends us from one address to the next without end.",
            "Check the name of the server; if it is right, try again later.",
            310,
        )

    def _redirected(self, url: str, location: str) -> str:
        try:
            to = urlsplit(urljoin(url, location))
            fits = bool(to.hostname) and to.scheme in ("https", urlsplit(self.base).scheme)
        except ValueError:
            fits, to = False, urlsplit("")
        if not fits or (to.scheme == "http" and to.netloc != self.host):
            raise Failed(
                f"{self.host} sends us to an address that is not safe to follow.", "Check the name of the server."
            )
        self._hosts.add(to.netloc)
        return urlunsplit(to._replace(fragment=""))

    def _onward(self, url: str) -> str:
        """An address out of an answer, at the server that was asked, wherever the answer says it lies.

        Servers behind others get their own scheme, port or even name wrong; and nobody else is asked.
        """
        try:
            to, mine = urlsplit(url), urlsplit(self.base)
        except ValueError:
            raise Failed(f"{self.host} says that its list goes on at an address that is none.", "") from None
        if to.scheme == "https" and to.netloc in self._hosts:
            return urlunsplit(to._replace(fragment=""))
        return urlunsplit(to._replace(scheme=mine.scheme, netloc=mine.netloc, fragment=""))

    def _fetch(self, url: str, headers: dict[str, str]) -> _Raw:
        import httpx

        self.asked += 1
        if self._token and urlsplit(url).netloc == self.host:
            headers = headers | {"Authorization": f"Bearer {self._token}"}
        try:
            return self._run(self._stream(url, headers))
        except (httpx.TimeoutException, TimeoutError) as error:
            raise _Again(
                Failed(f"{self.host} did not answer in time.", f"Try again in a few minutes. {_KEPT}")
            ) from error
        except httpx.ConnectError as error:
            if "CERTIFICATE" in str(error).upper():
                raise Failed(
                    f"{self.host} cannot show that it is the server it says it is, so nothing was asked.",
                    "Check the clock of this computer and the name of the server.",
                ) from error
            raise _Again(
                Failed(
                    f"{self.host} could not be reached.",
                    f"Check the name of the server and the connection to the internet. {_KEPT}",
                )
            ) from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise _Again(
                Failed(f"{self.host} broke off in the middle of its answer.", f"Try again later. {_KEPT}")
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError) as error:
            raise Failed(f"{self.host} could not be asked.", "Check the name of the server.") from error

    async def _stream(self, url: str, headers: Mapping[str, str]) -> _Raw:
        http = self._connected()
        async with asyncio.timeout(self._manners.answer), http.stream("GET", url, headers=headers) as response:
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > self._manners.body:
                    raise Failed(
                        f"{self.host} sent far more than was asked for, so it was not read.", "Try again later."
                    )
            return _Raw(response.status_code, {k.lower(): v for k, v in response.headers.items()}, bytes(body))

    def _connected(self) -> "httpx.AsyncClient":
        if self._http is None:
            import httpx

            manners = self._manners
            self._http = httpx.AsyncClient(
                transport=manners.transport,
                headers={"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": "gzip, deflate"}
                | self._headers,
                timeout=httpx.Timeout(manners.read, connect=manners.connect),
                follow_redirects=False,
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
                # A proxy that is set for the whole machine stands in the environment; it knows nothing of this machine.
                trust_env=urlsplit(self.base).hostname not in ("localhost", "127.0.0.1", "::1"),
            )
        return self._http

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        """Carry out work on the loop, and drop it when the user stops or the program is interrupted."""
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
        task = self._loop.create_task(work)
        watched = self._loop.create_task(self._watched(task))
        try:
            return self._loop.run_until_complete(watched)
        finally:
            watched.cancel()
            task.cancel()
            self._loop.run_until_complete(asyncio.gather(watched, task, return_exceptions=True))

    async def _watched(self, task: "asyncio.Task[T]") -> T:
        while not task.done():
            await asyncio.wait({task}, timeout=_TICK_SECONDS)
            if not task.done():
                self._watch.check()
        return task.result()

    # answers

    def _answer(self, raw: _Raw) -> Answer:
        now = self._manners.now()
        self._allowed = allowed = allowance(raw.headers, now)
        if raw.status == 429 or (raw.status == 403 and (allowed.left == 0 or allowed.retry_at)):
            at = allowed.retry_at or (allowed.reset if allowed.reset and allowed.reset > now else None)
            self._allowed = Allowance()  # the wait that follows is for it
            if at is None:
                raise _Again(Failed(f"{self.host} asks us to slow down.", f"Try again in a few minutes. {_KEPT}", 429))
            raise _Again(Limited(self.host, at, now), at)
        if raw.status in _PASSING or raw.status > 599:
            raise _Again(
                Failed(
                    f"{self.host} has trouble of its own (error {raw.status}).",
                    f"Try again later. {_KEPT}",
                    raw.status,
                ),
                allowed.retry_at,
            )
        if raw.status >= 500 or raw.status in _REDIRECTS:
            raise Failed(f"{self.host} does not answer this question (error {raw.status}).", "", raw.status)
        data = _json(raw.body)
        if raw.status < 300 and data is None:
            raise Failed(
                f"{self.host} answered with something that is not a list of people.",
                "Check the name of the server. In a network with a sign-in page (a hotel, a train), sign in first.",
                raw.status,
            )
        return Answer(raw.status, data, raw.headers.get("etag", "")[:200], _next(raw.headers.get("link", "")))


def _json(body: bytes) -> object:
    """What the bytes say in JSON; None if it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _next(link: str) -> str:
    """The address of the next page in a Link header."""
    return next((m[1].strip() for m in _LINK.finditer(link[:8_000]) if _NEXT.search(m[2])), "")


def base(address: str) -> str:
    """A base address in its plain form. Raises Expected if it is none."""
    text = address.strip().rstrip("/")
    try:
        parts = urlsplit(text)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits, parts = False, urlsplit("")
    if not fits or parts.username is not None or parts.query or parts.fragment:
        raise Expected(
            f"“{address.strip()[:100]}” is not the address of a server.", "It looks like https://example.org"
        )
    return text
