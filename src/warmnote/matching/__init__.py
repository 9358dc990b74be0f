"""Who may be one and the same person. Suggestions only, each with its reasons: whether it is so, the user says.

It reads plain candidates and gives back pairs of ids; it knows nothing of the notebook, and nothing is ever merged here.
What it takes to compare names is loaded when it is first asked for.
"""

from collections.abc import Callable, Sequence, Set

from warmnote.matching.pairs import CROWD, Candidate, Pair

__all__ = ["CROWD", "Candidate", "Pair", "names_agree", "suggest"]


def suggest(
    people: Sequence[Candidate],
    ruled_out: Set[tuple[int, int]] = frozenset(),
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Pair, ...]:
    """The pairs among `people` who may be one, the surest first; none of those `ruled_out`, the smaller id first.

    `progress` hears (done, of how many); whatever it raises stops the search. Names that more than CROWD people share
    at one company or in one city are no sign there, nor are handles and addresses that more than four share; and where
    very many names begin alike, only equal ones are found.
    """
    from warmnote.matching import suggesting

    return suggesting.suggest(people, ruled_out, progress or (lambda done, total: None))


def names_agree(a: str, b: str) -> bool:
    """Whether two names may be one person's: the rule for joining people of one e-mail address by themselves.

    Two full names disagree if they have no word in common, not even a nickname or a word with a slip in it, and one is
    not the initials of the other. So do father and son (Sr, Jr). A name of one word, none, or one in another script
    says nothing, and what says nothing agrees.
    """
    from warmnote.matching import names

    return names.names_agree(a, b)
