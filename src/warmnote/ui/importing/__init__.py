"""Bringing followers in: choose or drop a file, look at what it holds, decide, undo."""
