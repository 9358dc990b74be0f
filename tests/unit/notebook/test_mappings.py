"""What the user said of a table's columns is there the next time."""

from warmnote.followers import Mapping, Role
from warmnote.model import Network

NAMES = Mapping((Role.NAME, Role.HANDLE, None), (None, Network.X, None), follows=True)


def test_remembering_and_recalling(notebook, clock):
    assert notebook.mappings.recall("abc") is None
    changes = notebook.mappings.remember("abc", NAMES)
    assert (changes.added, changes.changed, changes.undo) == (frozenset(), frozenset(), None)
    kept = notebook.mappings.recall("abc")
    assert kept is not None
    assert (kept.mapping, kept.on) == (NAMES, clock().date())


def test_the_last_word_counts(notebook):
    notebook.mappings.remember("abc", NAMES)
    notebook.mappings.remember("abc", Mapping((Role.EMAIL,)))
    kept = notebook.mappings.recall("abc")
    assert kept is not None
    assert kept.mapping == Mapping((Role.EMAIL,))
    notebook.mappings.forget("abc")
    assert notebook.mappings.recall("abc") is None


def test_a_table_without_a_header_is_never_known_again(notebook):
    notebook.mappings.remember("", NAMES)
    assert notebook.mappings.recall("") is None
