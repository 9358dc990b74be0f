"""The order of the pairs: what is put off comes again, what was decided can be taken back."""

from warmnote.notebook import Pair, Undo
from warmnote.ui.duplicates.review import Review


def pair(left: int, right: int) -> Pair:
    return Pair(left=left, right=right, reason="", sure=0.5, why=())


def places(review: Review) -> tuple[int, int]:
    return review.place, review.total


def test_decided_pairs_go_on_to_the_next():
    review = Review([pair(1, 2), pair(3, 4), pair(5, 6)])
    assert places(review) == (1, 3)
    review.merge(1, 2, Undo(step=1))
    review.keep_apart(Undo(step=2))
    assert places(review) == (3, 3)
    assert review.pair == pair(5, 6)
    assert (review.merged, review.apart, review.later, review.left) == (1, 1, 0, 1)


def test_what_is_put_off_comes_at_the_end_once():
    review = Review([pair(1, 2), pair(3, 4)])
    review.put_off()
    assert (review.pair, places(review), review.later) == (pair(3, 4), (1, 2), 1)
    review.keep_apart(None)
    assert (review.pair, places(review), review.later) == (pair(1, 2), (2, 2), 1)
    review.put_off()
    assert review.pair is None
    assert (review.later, review.left) == (1, 1)


def test_pairs_with_whoever_went_are_pairs_with_whoever_stays():
    review = Review([pair(1, 2), pair(2, 3), pair(1, 3), pair(2, 4)])
    review.merge(1, 2, None)
    assert review.pair == pair(1, 3)
    review.keep_apart(None)  # once, not twice
    assert review.pair == pair(1, 4)
    review.merge(4, 1, None)
    assert review.pair is None


def test_a_pair_that_fell_together_is_none():
    review = Review([pair(1, 2), pair(2, 3), pair(1, 3)])
    review.merge(1, 2, None)
    review.merge(3, 1, None)
    assert review.pair is None
    assert review.merged == 2


def test_every_step_is_taken_back_in_turn():
    review = Review([pair(1, 2), pair(2, 3), pair(5, 6)])
    review.merge(1, 2, Undo(step=7))
    review.put_off()
    review.keep_apart(Undo(step=8))
    assert review.undo == Undo(step=8)
    review.take_back()
    assert (review.pair, review.undo, review.apart) == (pair(5, 6), None, 0)
    review.take_back()
    assert (review.pair, review.undo, review.later) == (pair(1, 3), Undo(step=7), 0)
    review.take_back()
    assert (review.pair, places(review), review.can_take_back) == (pair(1, 2), (1, 3), False)


def test_a_pair_of_which_one_is_gone_is_no_step():
    review = Review([pair(1, 2), pair(3, 4)])
    review.drop()
    assert (review.pair, places(review), review.can_take_back) == (pair(3, 4), (1, 1), False)
