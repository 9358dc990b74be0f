"""Followers asked of a network: nothing but a handle, no key, politely."""
