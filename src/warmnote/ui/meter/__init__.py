"""The coldness meter beside the letter: the number, what it is made of, and what to do about it."""
