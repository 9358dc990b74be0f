"""Light and dark: the desktop's scheme is followed while the window is open, unless the user has pinned one."""

from PySide6.QtGui import QColor, QGuiApplication, QPalette

from warmnote.ui.theme import Scheme, Theme


def switch_desktop(scheme: Scheme) -> None:
    """What Qt says when the desktop's own switch is thrown; the offscreen platform has none to throw."""
    QGuiApplication.styleHints().colorSchemeChanged.emit(scheme)


def test_the_window_follows_the_desktop_at_once(qtbot, qapp) -> None:
    theme = Theme(qapp)
    assert not theme.tokens.dark
    with qtbot.waitSignal(theme.changed):
        switch_desktop(Scheme.Dark)
    assert theme.tokens.dark
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(theme.tokens.paper)
    switch_desktop(Scheme.Light)
    assert not theme.tokens.dark


def test_a_pinned_scheme_stays_whatever_the_desktop_does(qapp) -> None:
    theme = Theme(qapp, Scheme.Light)
    switch_desktop(Scheme.Dark)
    assert not theme.tokens.dark
    theme.pin(None)
    assert theme.tokens.dark


def test_the_same_name_always_has_the_same_colour(qapp) -> None:
    tokens = Theme(qapp, Scheme.Light).tokens
    assert tokens.avatar("Ana Moreno") == tokens.avatar("Ana Moreno")
    assert len({tokens.avatar(f"Person {number}").name() for number in range(200)}) == len(tokens.avatars)
