"""The people page: the list, the chosen person's card and history, and how a person is added."""
