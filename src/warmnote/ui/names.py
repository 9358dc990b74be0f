"""Names in short: what to call a person in a sentence, and their initials."""

__all__ = ["first_name", "initials"]


def first_name(name: str) -> str:
    """What to call a person in a sentence: the first word of the name that has a letter, without a leading @."""
    words = name.split()
    spoken = (word for word in words if any(character.isalnum() for character in word))
    return next(spoken, words[0] if words else "They").lstrip("@") or "They"


def initials(name: str) -> str:
    """One or two capital letters for a name; a dot where it has no letter at all."""
    words = [word for word in name.replace("@", " ").split() if word[:1].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper() or "·"
