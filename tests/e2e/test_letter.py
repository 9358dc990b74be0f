"""A letter by keys alone: on the disk within a second, there after a power cut, out by the clipboard, into the log."""

import subprocess
import sys
import time

from warmnote.model import Draft, Network

WORDS = [f"word{number:03}" for number in range(250)]
# What the saving promises, and what a busy machine may take to hand a key on.
A_SECOND = 1.0 + 0.3


def test_from_the_first_start_to_a_letter_that_a_power_cut_leaves_alone(warmnote):
    warmnote.start()
    warmnote.key("Return")  # the keyboard begins at "Try it with sample people"
    warmnote.wait(lambda: warmnote.people() == 12, "the invented people")
    warmnote.key("ctrl+k")
    warmnote.type("ana")
    warmnote.settle()
    warmnote.key("Return", "ctrl+j", "ctrl+a", "BackSpace")
    warmnote.wait(lambda: not warmnote.draft("Ana Moreno"), "an empty letter on the disk")

    warmnote.type("Hi Ana, how is the kiln?")
    begun = time.monotonic()
    warmnote.wait(lambda: warmnote.draft("Ana Moreno") == "Hi Ana, how is the kiln?", "the letter on the disk")
    assert time.monotonic() - begun < A_SECOND

    warmnote.key("ctrl+a")
    typed = []
    stop = time.monotonic() + 2.5
    for word in WORDS:
        warmnote.type(word + " ")
        typed.append((word, time.monotonic()))
        if time.monotonic() > stop:
            break
    cut = time.monotonic()
    warmnote.kill()
    assert warmnote.ask("pragma integrity_check") == [("ok",)]
    kept = warmnote.draft("Ana Moreno")
    expected = [word for word, at in typed if cut - at > A_SECOND]
    assert expected, "typed too little to lose anything"
    assert kept.split()[: len(expected)] == expected
    assert (" ".join(word for word, _ in typed) + " ").startswith(kept)

    warmnote.start()
    warmnote.key("ctrl+j", "ctrl+End")
    warmnote.type("and here again.")
    warmnote.wait(lambda: warmnote.draft("Ana Moreno") == kept + "and here again.", "the letter, written on")
    warmnote.quit()
    assert warmnote.draft("Ana Moreno") == kept + "and here again."


def test_a_starter_its_blanks_the_clipboard_and_the_log(warmnote, prepared):
    address = "https://bsky.app/profile/hilde.example"
    added = prepared.add_person(
        "Hilde Moe", "Potter in Bergen. Trail running, two cats.", Network.BLUESKY, "hilde.example", address
    )
    (person,) = added.added
    prepared.save_draft(person, Draft("Hi Hilde, I liked ⟦what you liked⟧ at ⟦where⟧. ", 0))
    prepared.close()
    warmnote.start()

    warmnote.key("ctrl+j", "ctrl+End", "ctrl+1")
    began = warmnote.wait(
        lambda: len(letter := warmnote.draft("Hilde Moe")) > 60 and letter, "a starter behind what was there"
    )
    assert began.startswith("Hi Hilde, I liked ⟦what you liked⟧ at ⟦where⟧. ")
    assert began.rstrip().endswith(("?", ".", "⟧"))
    warmnote.key("ctrl+Return")
    assert warmnote.clipboard() == ""
    assert warmnote.links() == []

    for left in range(began.count("⟦"), 0, -1):
        # The keyboard went to a blank when Copy was asked for, and Tab goes to the next.
        warmnote.type("a vase")
        warmnote.wait(lambda left=left: warmnote.draft("Hilde Moe").count("⟦") == left - 1, f"{left - 1} blanks left")
        if left > 1:
            warmnote.key("Tab")
    letter = warmnote.draft("Hilde Moe")
    assert letter.startswith("Hi Hilde, I liked a vase at a vase. ")

    warmnote.key("ctrl+Return")
    assert warmnote.clipboard() == letter.strip()
    assert warmnote.wait(warmnote.links, "the page in the browser") == [address]
    assert warmnote.ask("select count(*) from messages") == [(0,)]
    warmnote.focus()
    warmnote.key("ctrl+shift+Return")
    warmnote.wait(lambda: warmnote.ask("select count(*) from messages") == [(1,)], "the letter in the log")
    assert warmnote.ask("select kind, text, channel from messages") == [("sent", letter.strip(), "bluesky-message")]
    assert warmnote.draft("Hilde Moe") == ""
    warmnote.quit()
    # Nothing but the clipboard and the log has it.
    assert warmnote.links() == [address]


def test_today_by_keys_opens_the_letter_to_who_waits(warmnote, prepared):
    prepared.add_samples()
    (first, *_) = prepared.today().waiting
    name = first.name
    prepared.close()
    warmnote.start()

    warmnote.key("alt+1", "Return", "ctrl+a")
    warmnote.type("Good to hear from you.")
    warmnote.wait(lambda: warmnote.draft(name) == "Good to hear from you.", f"the letter to {name}")
    warmnote.key("alt+1")
    warmnote.quit()
    warmnote.start()
    # It opens where it was left.
    warmnote.key("Return", "ctrl+a")
    warmnote.type("Once more.")
    warmnote.wait(lambda: warmnote.draft(name) == "Once more.", f"the letter to {name}, after a restart")


def test_a_second_window_on_the_same_folder_is_turned_away(warmnote, screen):
    warmnote.start()
    command = [sys.executable, "-m", "warmnote", "--data-dir", str(warmnote.folder)]
    second = subprocess.run(command, env=screen, capture_output=True, text=True, timeout=30)
    assert second.returncode == 1
    assert "already open" in second.stderr
    warmnote.quit()
