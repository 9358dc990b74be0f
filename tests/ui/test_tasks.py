"""The two lanes: order, the thread that hears the result, errors, owners that are gone, and the end."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from warmnote.ui.tasks import Lane, Tasks


@pytest.fixture
def errors() -> list[BaseException]:
    return []


@pytest.fixture
def tasks(qapp, errors: list[BaseException]) -> Iterator[Tasks]:
    made = Tasks(errors.append)
    yield made
    made.close()


def test_results_come_back_on_the_gui_thread_in_the_order_of_asking(qtbot, tasks: Tasks) -> None:
    heard: list[tuple[int, bool]] = []
    for number in range(20):
        tasks.run(
            Lane.STORE,
            lambda number=number: number,
            lambda result: heard.append((result, threading.current_thread() is threading.main_thread())),
        )
    qtbot.waitUntil(lambda: len(heard) == 20)
    assert heard == [(number, True) for number in range(20)]
    assert tasks.pending == 0


def test_the_store_lane_is_one_thread(qtbot, tasks: Tasks) -> None:
    threads: set[int] = set()
    for _ in range(8):
        tasks.run(Lane.STORE, lambda: threads.add(threading.get_ident()))
    qtbot.waitUntil(lambda: not tasks.pending)
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_an_error_goes_to_failed_once_and_not_to_done(qtbot, tasks: Tasks, errors: list[BaseException]) -> None:
    failed: list[BaseException] = []
    done: list[object] = []
    tasks.run(Lane.FILES, lambda: 1 / 0, done.append, failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], ZeroDivisionError)
    assert (len(failed), done, errors) == (1, [], [])


def test_an_error_that_nobody_takes_is_heard(qtbot, tasks: Tasks, errors: list[BaseException]) -> None:
    tasks.run(Lane.FILES, lambda: 1 / 0)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ZeroDivisionError)


def test_a_result_for_an_owner_that_is_gone_is_dropped(qtbot, tasks: Tasks) -> None:
    heard: list[object] = []
    go = threading.Event()
    owner = QObject()
    tasks.run(Lane.FILES, go.wait, heard.append, owner=owner)
    owner.deleteLater()
    qtbot.wait(20)
    del owner
    go.set()
    qtbot.waitUntil(lambda: not tasks.pending)
    assert heard == []


def test_closing_waits_for_the_store_lane_and_tells_nobody(qapp) -> None:
    tasks = Tasks(lambda error: pytest.fail(f"unexpected {error!r}"))
    written: list[int] = []
    heard: list[object] = []
    for number in range(5):
        tasks.run(Lane.STORE, lambda number=number: written.append(number), heard.append)
    tasks.close()
    assert written == [0, 1, 2, 3, 4]
    qapp.processEvents()
    assert heard == []
