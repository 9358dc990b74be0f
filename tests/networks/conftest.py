"""A server on this machine that does everything wrong that servers do, over real sockets."""

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest


class Question(BaseHTTPRequestHandler):
    """One request; the answers of the tests write to it."""

    server: "FaultServer"
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.query = dict(parse_qsl(urlsplit(self.path).query))
        self.server.asked.append(self.path)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # whoever asked may have hung up
            self.server.answer(self)

    def say(self, body: Any, status: int = 200, **headers: str) -> None:
        """Answer with JSON, or with bytes as they are."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.begin(status, len(data), **headers)
        self.wfile.write(data)

    def begin(self, status: int = 200, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if length is not None:
            self.send_header("Content-Length", str(length))
        else:
            self.send_header("Connection", "close")
            self.close_connection = True
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Silence."""


class FaultServer(ThreadingHTTPServer):
    """Answers each question by `answer`, until the test ends."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Question)
        self.answer: Callable[[Question], None] = lambda question: question.say({})
        self.asked: list[str] = []
        self.over = threading.Event()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, *_: object) -> None:
        """Whoever asked has hung up; anything else makes the test fail by its answer."""

    def hang(self, seconds: float) -> None:
        """Let time pass, but not after the test."""
        self.over.wait(seconds)


@pytest.fixture
def faults() -> Iterator[FaultServer]:
    with FaultServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def stopwatch() -> Callable[[], float]:
    begun = time.monotonic()
    return lambda: time.monotonic() - begun
