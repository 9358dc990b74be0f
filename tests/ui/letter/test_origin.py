"""Whose words a letter is made of, as the writer sees it and as the meter counts it."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from warmnote.prompts import Prompt, Prompter
from warmnote.ui.letter.footer import own_line
from warmnote.ui.letter.marks import Look
from warmnote.ui.theme import Scheme

PROMPTER = Prompter.load()
WHEEL = "What got you started at the wheel, and what are you making at the moment?"
BIO = "Potter, runs a small studio in Bilbao."


def prompt_for(desk, person: int, kind: str = "craft") -> Prompt:
    """The prompt that a card would hold for somebody in the notebook."""
    opened = desk.journal.reader.open_person(person)
    today = desk.now.date()
    shown = PROMPTER.suggest(opened.person, opened.messages, opened.used, today)
    return next(prompt for prompt in shown if prompt.kind == kind)


def borrowed(desk) -> list[str]:
    return [each.cursor.selectedText() for each, look in desk.editor._drawn if look is Look.PROMPT]


def own(desk) -> str:
    label = desk.button("letter-own")
    return label.text() if not label.isHidden() else ""


def rules(desk) -> set[str]:
    return {finding.rule for finding in desk.settle().findings}


def categories(desk) -> set[str]:
    """What the last reading found; it may still be followed by another."""
    reading = desk.readings[-1][0]
    return {finding.category for finding in reading.findings} if reading is not None else set()


@pytest.fixture
def ana(desk) -> int:
    person = desk.add(bio=BIO)
    desk.open(person)
    return person


class TestWhatIsShown:
    def test_a_starter_is_marked_as_the_prompts_and_counted(self, desk, ana):
        desk.type("Hi Ana. ")
        desk.letter.insert_starter(prompt_for(desk, ana))
        desk.settle()
        assert desk.text == f"Hi Ana. {WHEEL}"
        assert borrowed(desk) == [WHEEL.rstrip("?")]
        assert own(desk) == "2 of 17 words are yours; a hairline marks the prompt’s."

    def test_words_of_ones_own_are_not_marked(self, desk, ana):
        desk.type("What is in the kiln today?")
        desk.settle()
        assert borrowed(desk) == []
        assert own(desk) == ""

    def test_what_is_changed_becomes_the_writers_and_undo_gives_it_back(self, desk, ana, qtbot):
        desk.letter.insert_starter(prompt_for(desk, ana))
        desk.settle()
        start = WHEEL.index("wheel")
        desk.editor.replace(start, start + 5, "loom")
        desk.settle()
        assert borrowed(desk) == ["What got you started at the", "and what are you making at the moment"]
        assert own(desk).startswith("1 of 15")
        desk.editor.undo()
        desk.settle()
        assert borrowed(desk) == [WHEEL.rstrip("?")]
        assert own(desk).startswith("None of 15")

    def test_what_fills_a_blank_is_the_writers(self, desk, ana, qtbot):
        text = "I got as far as ⟦how far you got⟧ with that. What would have kept me going?"
        desk.letter.insert_starter(Prompt("hobby.x", "hobby", "Pottery", text, "from her bio"))
        desk.type("two wet bowls")
        desk.settle()
        assert borrowed(desk) == ["I got as far as", "with that. What would have kept me going"]
        assert own(desk).startswith("3 of 16")

    def test_the_marks_move_with_the_words_before_they_are_read_again(self, desk, ana, qtbot):
        desk.letter.insert_starter(prompt_for(desk, ana))
        desk.settle()
        desk.editor.put_cursor(0)
        desk.type("Ana, ")
        assert borrowed(desk) == [WHEEL.rstrip("?")]

    def test_they_are_no_part_of_the_letter_or_its_undo_steps(self, desk, ana):
        desk.letter.insert_starter(prompt_for(desk, ana))
        desk.settle()
        assert "color" not in desk.editor.document().toHtml().split("<body")[1]
        desk.editor.undo()
        assert desk.text == ""
        desk.settle()
        assert (borrowed(desk), own(desk)) == ([], "")

    @pytest.mark.parametrize("scheme", [Scheme.Light, Scheme.Dark])
    def test_in_light_and_dark(self, desk, ana, theme, scheme):
        desk.letter.insert_starter(prompt_for(desk, ana))
        desk.settle()
        theme.pin(scheme)
        picture = desk.editor.viewport().grab().toImage()
        colours = {picture.pixelColor(x, y).name() for x in range(0, 300, 3) for y in range(picture.height())}
        assert QColor(theme.tokens.faint).name() in colours

    def test_nobody_open_shows_nothing(self, desk, ana):
        desk.letter.insert_starter(prompt_for(desk, ana))
        desk.settle()
        desk.letter.close_person()
        assert (borrowed(desk), own(desk)) == ([], "")

    def test_another_letter_has_words_of_its_own(self, desk, ana):
        desk.letter.insert_starter(prompt_for(desk, ana))
        desk.settle()
        desk.drained()
        desk.open(desk.add("Bo Lindqvist"))
        desk.settle()
        assert (borrowed(desk), own(desk)) == ([], "")
        desk.open(ana)
        desk.settle()
        assert borrowed(desk) == [WHEEL.rstrip("?")]


class TestAfterARestart:
    def test_a_draft_from_the_book_is_known_again(self, desk, ana):
        desk.letter.insert_starter(prompt_for(desk, ana))
        desk.type(" I never dared to try.")
        desk.settle()
        desk.letter.flush()
        desk.drained()
        desk.letter.close_person()
        desk.letter._sheets.drop(ana)
        desk.open(ana)
        desk.settle()
        assert borrowed(desk) == [WHEEL.rstrip("?")]
        assert own(desk).startswith("5 of 20")
        assert desk.letter._live._about.prompts == (WHEEL,)

    def test_and_still_counts_as_a_template_while_there_is_nothing_else(self, desk, ana):
        desk.letter.insert_starter(prompt_for(desk, ana))
        assert "template.untouched-starter" in rules(desk)
        desk.letter.flush()
        desk.drained()
        desk.letter.close_person()
        desk.letter._sheets.drop(ana)
        desk.open(ana)
        assert "template.untouched-starter" in rules(desk)

    def test_a_prompt_that_nobody_knows_any_more_is_forgotten(self, desk, ana):
        gone = Prompt(
            "old.gone", "craft", "Pottery", "How many pots have you thrown at the wall so far?", "from her bio"
        )
        desk.letter.insert_starter(gone)
        desk.settle()
        desk.letter.flush()
        desk.drained()
        desk.letter._sheets.drop(ana)
        desk.letter.close_person()
        desk.letter._sheets.drop(ana)
        desk.open(ana)
        desk.settle()
        assert borrowed(desk) == []


class TestWhatTheMeterCounts:
    def send(self, desk, name: str, bio: str = BIO, before: str = "", after: str = "") -> None:
        person = desk.add(name, bio=bio)
        desk.open(person)
        desk.type(before)
        desk.letter.insert_starter(prompt_for(desk, person))
        desk.type(after)
        desk.settle()
        desk.letter.log_sent()
        desk.drained()
        desk.now += timedelta(minutes=1)

    def test_unchanged_and_sent_to_a_second_person_it_is_template_and_sameness(self, desk, qtbot):
        self.send(desk, "Bo Lindqvist", before="Hi Bo. ")
        ana = desk.add(bio=BIO)
        desk.open(ana)
        desk.type("Hi Ana. ")
        desk.letter.insert_starter(prompt_for(desk, ana))
        qtbot.waitUntil(lambda: "sameness" in categories(desk))
        assert "template.untouched-starter" in rules(desk)

    def test_beside_words_of_ones_own_it_is_sameness_alone(self, desk, qtbot):
        self.send(desk, "Bo Lindqvist", after=" I never dared to try it myself.")
        ana = desk.add(bio=BIO)
        desk.open(ana)
        desk.letter.insert_starter(prompt_for(desk, ana))
        desk.type(" My aunt had one in her shed, and it terrified me as a boy.")
        qtbot.waitUntil(lambda: "sameness" in categories(desk))
        assert "template.untouched-starter" not in rules(desk)

    def test_the_first_to_get_it_counts_for_nothing_but_the_template(self, desk, ana):
        desk.letter.insert_starter(prompt_for(desk, ana))
        assert "sameness" not in categories(desk)

    def test_with_its_blank_filled_in_it_is_the_writers_letter(self, desk):
        desk.open(desk.add("Bo", bio=BIO))
        text = "I keep thinking of your post, because ⟦why⟧. How are things now?"
        desk.letter.insert_starter(Prompt("post.x", "post", "Post", text, "from her post"))
        desk.type("I broke a whole shelf of plates last month")
        assert "template.untouched-starter" not in rules(desk)


def test_the_line_in_the_foot() -> None:
    assert own_line(3, 21) == "3 of 21 words are yours; a hairline marks the prompt’s."
    assert own_line(0, 1) == "None of 1 word is yours; a hairline marks the prompt’s."
    assert own_line(1_200, 3_400).startswith("1,200 of 3,400 words")


def test_the_line_is_no_stop_of_the_keyboard(desk, ana):
    desk.letter.insert_starter(prompt_for(desk, ana))
    desk.settle()
    assert desk.button("letter-own").focusPolicy() is Qt.FocusPolicy.NoFocus
