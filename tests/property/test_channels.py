"""What holds for any text on any channel."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmnote.channels import Channel, Channels, Unit

CHANNELS = tuple(Channels.load())
ANY = st.text(st.characters(codec=None), max_size=400)  # lone surrogates included

every_channel = pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.id)


@every_channel
@settings(max_examples=60, deadline=None)
@given(text=ANY)
def test_any_text_has_a_length(channel: Channel, text: str) -> None:
    length = channel.measure(text)
    assert length.used >= 0
    assert length.over >= 0
    assert length.parts >= 1
    assert channel.measure(text) == length
    if length.limit is not None and length.used > length.limit:
        assert length.over > 0


@every_channel
@settings(max_examples=60, deadline=None)
@given(text=ANY)
def test_a_plain_word_on_a_new_line_adds_its_letters(channel: Channel, text: str) -> None:
    if channel.unit is Unit.SEPTETS:
        return  # two alphabets: shown below
    assert channel.measure(text + " \nkiln").used == channel.measure(text + " ").used + 5


@settings(max_examples=100, deadline=None)
@given(text=ANY)
def test_sms_never_shrinks(text: str) -> None:
    sms = next(channel for channel in CHANNELS if channel.unit is Unit.SEPTETS)
    length = sms.measure(text)
    longer = sms.measure(text + "😀")
    assert longer.limit == 70
    assert longer.parts >= length.parts
    assert length.parts == 1 or length.over > 0


@every_channel
@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(min_codepoint=32, max_codepoint=126, exclude_characters="@.:/`"), max_size=400))
def test_plain_ascii_counts_the_same_everywhere(channel: Channel, text: str) -> None:
    doubled = sum(text.count(c) for c in "^{}[]~\\|") if channel.unit is Unit.SEPTETS else 0
    assert channel.measure(text).used == len(text) + doubled
