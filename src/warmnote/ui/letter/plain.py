"""Text from anywhere, as plain as a letter is kept."""

__all__ = ["letter_text"]

_SPACES = str.maketrans({"\u00a0": " ", "\u2028": "\n", "\u2029": "\n", "\r": "\n", "\ufffc": None})


def letter_text(text: str) -> str:
    """Text as the letter keeps it: plain spaces and line ends, no control characters, no halves of emoji."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        character
        for character in text.replace("\r\n", "\n").translate(_SPACES)
        if character in "\n\t" or (character >= " " and not "\x7f" <= character <= "\x9f")
        if not "\ud800" <= character <= "\udfff"
    )
