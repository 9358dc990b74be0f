"""Asking networks from the window: the accounts whose followers are asked for, and looks at single people."""
