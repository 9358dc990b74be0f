"""The window: every line of PySide6. It shows what the rooms below know and asks the notebook for every change."""
