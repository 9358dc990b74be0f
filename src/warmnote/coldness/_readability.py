"""The reading grade by ARI. The only module that knows textstat, which is imported when first wanted (0.07 s)."""

__all__ = ["grade"]


def grade(text: str) -> float:
    """The school year (US) that reads `text` easily, by the automated readability index; 0.0 for no words."""
    import textstat  # pyright: ignore[reportMissingTypeStubs]  # lazily: it costs more than the rest of the meter

    return float(textstat.textstat.automated_readability_index(text))
