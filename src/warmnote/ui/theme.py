"""Colours, sizes and the style sheet, following the desktop's light or dark scheme and its font size.

One `Theme` lives as long as the application. Widgets that paint themselves read `theme.tokens` when they paint and
repaint on `theme.changed`; everything else is styled by the sheet through the `role` property of a widget.
"""

import tomllib
import zlib
from dataclasses import dataclass
from string import Template
from typing import Any

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory

from warmnote.resources import resource

__all__ = ["Scheme", "Theme", "Tokens", "pinned_scheme"]

Scheme = Qt.ColorScheme

# The size in pixels that desktops give their interface font at 100 %; the design's sizes are meant for it.
_REFERENCE_PX = 12.0


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme, as strings that Qt reads, with the shared bar and avatar colours."""

    dark: bool
    paper: str
    card: str
    line: str
    edge: str
    ink: str
    soft: str
    faint: str
    ember: str
    ember_wash: str
    ember_text: str
    frost: str
    frost_wash: str
    select: str
    bar: tuple[str, ...]
    avatars: tuple[str, ...]

    def avatar(self, name: str) -> QColor:
        """The background for a person's initials: the same name always has the same colour."""
        return QColor(self.avatars[zlib.crc32(name.encode("utf-8", "replace")) % len(self.avatars)])


def load_tokens() -> tuple[Tokens, Tokens]:
    """The light and the dark tokens from the theme's data file."""
    data: dict[str, Any] = tomllib.loads(resource("theme/tokens.toml").read_text("utf-8"))
    shared: dict[str, Any] = {"bar": tuple(data["bar"]["stops"]), "avatars": tuple(data["avatars"]["colours"])}
    return Tokens(**data["light"], **shared, dark=False), Tokens(**data["dark"], **shared, dark=True)


def pinned_scheme(word: object) -> Scheme | None:
    """The scheme that a stored word pins; None follows the desktop."""
    return {"light": Scheme.Light, "dark": Scheme.Dark}.get(str(word))


class Theme(QObject):
    """Applies one of the two schemes to the application and tells when it has changed.

    `pinned` is None to follow the desktop, or the scheme that the user chose.
    """

    changed = Signal()

    def __init__(self, application: QApplication, pinned: Scheme | None = None) -> None:
        super().__init__()
        self._application = application
        self._light, self._dark = load_tokens()
        self._sheet = Template(resource("theme/warmnote.qss").read_text("utf-8"))
        self._icons: dict[tuple[str, str, int], QIcon] = {}
        application.setStyle(QStyleFactory.create("Fusion"))
        self.scale = max(0.85, QFontInfo(application.font()).pixelSize() / _REFERENCE_PX)
        self.tokens = self._light
        self.pinned = pinned
        self._desktop = QGuiApplication.styleHints().colorScheme()
        self._apply()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_desktop_changed)

    def pin(self, scheme: Scheme | None) -> None:
        """Stay in one scheme, or follow the desktop again with None."""
        self.pinned = scheme
        self._apply()

    def px(self, size: float) -> int:
        """A size of the design in the user's own scale."""
        return round(size * self.scale)

    def font(self, size: float, *, bold: bool = False) -> QFont:
        """The interface font at a size of the design, for what is painted by hand."""
        font = QFont(self._application.font())
        font.setPixelSize(max(11, self.px(size)))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def icon(self, name: str, colour: str | None = None, size: int = 20) -> QIcon:
        """A line icon from `resources/icons` in a colour (the text's own by default), sharp at any pixel ratio."""
        colour = colour or self.tokens.soft
        key = (name, colour, size)
        if key not in self._icons:
            self._icons[key] = QIcon(_draw_icon(name, colour, size))
        return self._icons[key]

    def _on_desktop_changed(self, scheme: Scheme) -> None:
        self._desktop = scheme
        if self.pinned is None:
            self._apply()

    def _apply(self) -> None:
        scheme = self.pinned or self._desktop
        self.tokens = self._dark if scheme == Scheme.Dark else self._light
        self._application.setPalette(_palette(self.tokens))
        self._application.setStyleSheet(self._sheet.substitute(self._values()))
        self.changed.emit()

    def _values(self) -> dict[str, str]:
        colours = {name: value for name in Tokens.__slots__ if isinstance(value := getattr(self.tokens, name), str)}
        sizes = {f"s{str(size).replace('.', '_')}": f"{self.px(size)}px" for size in range(1, 41)}
        fonts = {
            f"f{str(size).replace('.', '_')}": f"{max(11, self.px(size))}px"
            for size in (11, 12, 12.5, 13, 14, 15, 16, 19, 24, 26, 40)
        }
        checked = resource(f"icons/checked-{'dark' if self.tokens.dark else 'light'}.svg").as_posix()
        return colours | sizes | fonts | {"chevron": resource("icons/chevron.svg").as_posix(), "checked": checked}


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in {
        role.Window: tokens.paper,
        role.WindowText: tokens.ink,
        role.Base: tokens.card,
        role.AlternateBase: tokens.select,
        role.Text: tokens.ink,
        role.Button: tokens.card,
        role.ButtonText: tokens.ink,
        role.BrightText: tokens.ember,
        role.ToolTipBase: tokens.card,
        role.ToolTipText: tokens.ink,
        role.PlaceholderText: tokens.faint,
        role.Highlight: tokens.ember,
        role.HighlightedText: tokens.ember_text,
        role.Link: tokens.ember,
        role.LinkVisited: tokens.ember,
        role.Accent: tokens.ember,
    }.items():
        palette.setColor(which, QColor(colour))
    for which in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.faint))
    return palette


def _draw_icon(name: str, colour: str, size: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # the one place that draws SVG; loaded with the first icon

    svg = resource(f"icons/{name}.svg").read_text("utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    ratio = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    pixmap = QPixmap(QSize(size, size) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
