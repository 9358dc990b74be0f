"""The Prompts page: packs and starters as they read for somebody, the user's own among them."""
