"""Asking about them in place of what cools the letter: when it is offered, what it is called, where it goes."""

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QPushButton

from warmnote.coldness import Finding, Fix
from warmnote.model import PromptUse
from warmnote.prompts import Interest, Prompt
from warmnote.ui.letter.ask import best_prompt, cured_by_interest, place_for, subject

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def finding(text: str, words: str = "", category: str = "flattery") -> Finding:
    start = text.index(words) if words else 0
    end = start + len(words)
    fix = Fix(start, end, "", "Remove") if words else None
    return Finding(start, end, category, f"{category}.x", "Title", 9, True, "Why.", "Advice.", fix=fix)


def prompt(
    title: str = "Pottery",
    name: str | None = "pottery",
    kind: str = "craft",
    starter: str = "What is in ⟦the kiln⟧ now?",
    id: str = "craft.kiln",  # noqa: A002
) -> Prompt:
    interest = None if name is None else Interest(kind, name, name, 0, len(name), "bio", 1.0)
    return Prompt(id, kind, title, starter, "from their bio", interest)


class TestWhen:
    @pytest.mark.parametrize("category", ["no_interest", "template", "flattery", "self"])
    def test_what_only_interest_cures(self, category):
        assert cured_by_interest(finding("I am great.", "great", category), "I am great.")

    @pytest.mark.parametrize("category", ["hype", "link", "money", "pressure", "shout"])
    def test_what_taking_out_cures(self, category):
        assert not cured_by_interest(finding("Buy this.", "Buy this", category), "Buy this.")

    @pytest.mark.parametrize("category", ["pitch", "meeting"])
    def test_an_offer_that_is_all_there_is(self, category):
        alone = "Hi Ana,\n\nWe help shops grow fast.\n\nBest,\nTom"
        assert cured_by_interest(finding(alone, "help shops", category), alone)
        more = alone.replace("fast.", "fast. How is the kiln doing today?")
        assert not cured_by_interest(finding(more, "help shops", category), more)

    def test_a_long_letter_is_not_cut_up_for_each_finding(self, monkeypatch):
        monkeypatch.setattr("warmnote.ui.letter.ask.tokenise", lambda text: pytest.fail("looked"))
        long = "We help shops grow. " * 100
        assert not cured_by_interest(finding(long, "help shops", "pitch"), long)


class TestWhat:
    def test_the_first_that_was_not_used(self):
        first, second = prompt(id="a.a", starter="A?"), prompt(id="b.b", starter="B?")
        assert best_prompt([first, second], (), ()) is first
        assert best_prompt([first, second], [PromptUse("a.a", 1, NOON)], ()) is second
        assert best_prompt([first, second], (), ["A?"]) is second
        assert best_prompt([first, second], [PromptUse("a.a", 1, NOON)], ["B?"]) is None

    def test_small_talk_is_not_about_them(self):
        assert best_prompt([prompt("An easy hello", None, "hello")], (), ()) is None
        work = prompt("Their work", None, "work")
        assert best_prompt([prompt("Where you left off", None, "follow_up"), work], (), ()) is work

    @pytest.mark.parametrize(
        ("title", "name", "kind", "said"),
        [
            ("Pottery", "pottery", "craft", "pottery"),
            ("Bilbao", "Bilbao", "place", "Bilbao"),
            ("Cats", "cat", "pet", "cats"),
            ("A cracked kiln", "a kiln that cracked", "post", "a cracked kiln"),
            ("My boat", "my boat", "post", "their boat"),
            ("Their work", None, "work", "their work"),
            ("What they asked", "which flour to use", "question", "what they asked"),
            ("Under way", "a 1964 Vespa", "project", "a 1964 Vespa"),
            ("Under way", "a history of every lighthouse in Norway", "project", "a history of every lighthouse…"),
        ],
    )
    def test_it_is_named_so_that_it_follows_ask_about(self, title, name, kind, said):
        assert subject(prompt(title, name, kind)) == said


class TestWhere:
    def put(self, text: str, words: str = "", starter: str = "How is ⟦the kiln⟧?") -> str:
        start, end, before, after = place_for(finding(text, words), text)
        return text[:start] + before + starter + after + text[end:]

    @pytest.mark.parametrize(
        ("text", "words", "result"),
        [
            ("Hi Ana, you are amazing! Bye.", "amazing", "Hi Ana, How is ⟦the kiln⟧? Bye."),
            ("You are amazing.", "amazing", "How is ⟦the kiln⟧?"),
            ("One. You are 🎉 amazing\nTwo.", "amazing", "One. How is ⟦the kiln⟧?\nTwo."),
        ],
    )
    def test_in_place_of_the_sentence(self, text, words, result):
        assert self.put(text, words) == result

    @pytest.mark.parametrize(
        ("text", "result"),
        [
            ("", "Q"),
            ("Hi Ana,", "Hi Ana,\n\nQ"),
            ("Hi Ana.  \n", "Hi Ana.\n\nQ"),
            ("Hi Ana,\n\nI make pots.\n\nBest,\nTom", "Hi Ana,\n\nI make pots.\n\nQ\n\nBest,\nTom"),
            ("Hi Ana.\nI make pots.\nTom", "Hi Ana.\nI make pots.\n\nQ\n\nTom"),
            ("Hi.\n\nWarm regards\nTom Hill\nLeeds", "Hi.\n\nQ\n\nWarm regards\nTom Hill\nLeeds"),
            ("Hi.\n\nThanks for the post.", "Hi.\n\nThanks for the post.\n\nQ"),
            ("Thanks", "Thanks\n\nQ"),
        ],
    )
    def test_as_the_last_paragraph_before_the_sign_off(self, text, result):
        assert self.put(text, starter="Q") == result


class TestInTheLetter:
    TEXT = "Hi Ana,\n\nWe sell mugs and we ship them everywhere.\n\nBest,\nTom"

    @pytest.fixture
    def shown(self, desk):
        desk.open(desk.add(bio="Potter"))
        desk.letter.asking.offer([prompt(), prompt("Bilbao", "Bilbao", "place", "Is it raining?", "place.rain")])
        desk.editor.replace(0, 0, self.TEXT)
        desk.settle()
        return desk

    def buttons(self, desk) -> list[QPushButton]:
        return [each for each in desk.meter.findChildren(QPushButton, "finding-ask") if each.isVisible()]

    def test_a_whole_letter_gets_a_question_before_the_sign_off_in_one_step(self, shown, qtbot):
        found = shown.settle().findings
        nothing = next(each for each in found if each.category == "no_interest" and not each.end)
        shown.letter.ask(nothing)
        whole = self.TEXT.replace("\n\nBest", "\n\nWhat is in ⟦the kiln⟧ now?\n\nBest")
        assert shown.text == whole
        assert shown.editor.textCursor().selectedText() == "⟦the kiln⟧"
        assert shown.editor.hasFocus()
        shown.editor.undo()
        assert shown.text == self.TEXT

    def test_the_next_prompt_comes_up_and_the_use_is_written_down(self, shown, qtbot):
        assert {each.text() for each in self.buttons(shown)} == {"Ask about pottery"}
        self.buttons(shown)[0].click()
        shown.drained()
        used = shown.journal.reader.open_person(shown.letter.person_id).used
        assert [use.prompt for use in used] == ["craft.kiln"]
        assert shown.letter.asking.prompt is not None
        assert shown.letter.asking.prompt.id == "place.rain"

    def test_the_popup_offers_it_too(self, shown, qtbot):
        flattery = "You are such an inspiration to us all."
        shown.editor.replace(0, len(self.TEXT), f"Hi Ana. {flattery}")
        shown.settle()
        shown.editor.go_to_mark()
        while shown.editor.textCursor().selectedText() not in flattery:
            shown.editor.go_to_mark()
        shown.editor.explain()
        ask = shown.window.findChild(QPushButton, "popup-ask")
        assert ask.isVisible()
        assert ask.text() == "Ask about pottery"
        ask.click()
        assert shown.text == "Hi Ana. What is in ⟦the kiln⟧ now?"

    def test_nothing_is_offered_when_nothing_is_known(self, shown):
        shown.letter.asking.offer(())
        assert self.buttons(shown) == []

    def test_someone_else_has_other_prompts(self, shown):
        shown.open(shown.add("Ben Ode"))
        assert shown.letter.asking.prompt is None


class TestAllowing:
    def test_always_allow_silences_the_words_in_every_letter_until_undone(self, desk, qtbot):
        ana = desk.add()
        desk.open(ana)
        desk.editor.replace(0, 0, "Hi Ana, here is my offer: bit.ly/5figures is waiting for you.")
        link = next(each for each in desk.settle().findings if each.category == "link")
        desk.letter.allow(link)
        qtbot.waitUntil(lambda: all(each.rule != link.rule for each in desk.readings[-1][0].findings))
        assert desk.journal.reader.allowed_phrases() == ("bit.ly/5figures",)
        said, undo = desk.notices[-1]
        assert said == "“bit.ly/5figures” is allowed from now on"
        desk.journal.undo(undo)
        qtbot.waitUntil(lambda: any(each.rule == link.rule for each in desk.readings[-1][0].findings))
        assert desk.journal.reader.allowed_phrases() == ()
