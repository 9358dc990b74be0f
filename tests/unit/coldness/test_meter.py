"""What the meter finds beside patterns: links, residue, names, sameness, interest, intrusion; and what silences it."""

from dataclasses import replace

import pytest

from warmnote.coldness import About, Band, Finding, Meter, Reading
from warmnote.model import Fact, Stage


def _rules(reading: Reading) -> set[str]:
    return {finding.rule for finding in reading.findings}


def _finding(reading: Reading, rule: str) -> Finding:
    return next(finding for finding in reading.findings if finding.rule == rule)


def _marked(meter: Meter, text: str, rule: str, about: About | None = None) -> list[str]:
    reading = meter.read(text, about or About())
    return [text[item.start : item.end] for item in reading.findings if item.rule == rule]


def test_under_four_words_there_is_no_number(meter: Meter) -> None:
    reading = meter.read("Buy now, friend")
    assert (reading.coldness, reading.band, reading.findings, reading.words) == (None, None, (), 3)
    assert reading.summary == "Keep writing."


@pytest.mark.parametrize(
    ("number", "band"),
    [
        (0, "warm"),
        (19, "warm"),
        (20, "mild"),
        (39, "mild"),
        (40, "chilly"),
        (64, "chilly"),
        (65, "cold"),
        (100, "cold"),
    ],
)
def test_bands(number: int, band: str) -> None:
    assert Band.of(number) == band


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("All of it stands on example.com/start for you.", ["example.com/start"]),
        ("See www.example.org. It is all there.", ["www.example.org"]),
        ("Read it at your-shop.example/x, or https://a.example/b.", ["your-shop.example/x", "https://a.example/b"]),
        ("I liked your site example.com a lot.", []),
        ("She works at Ferry.com as a cook.", []),
        ("The tide turns at 3.30 in the harbour.", []),
    ],
)
def test_addresses(meter: Meter, text: str, marked: list[str]) -> None:
    assert _marked(meter, text, "link.address") == marked


def test_their_own_page_is_no_link_drop(meter: Meter) -> None:
    text = "I read all of example.com on the train, and the otter is the best."
    assert _marked(meter, text, "link.address", About(bio="Otters. www.example.com")) == []


def test_a_page_passed_on_for_their_sake_weighs_little(meter: Meter) -> None:
    reading = meter.read("I saw this article about otters and thought of you: https://example.com/x")
    finding = _finding(reading, "link.shared-page")
    assert (finding.sure, reading.band) == (False, Band.WARM)


@pytest.mark.parametrize(
    "text", ["See more of it on our page: Link", "A gift for you to keep – Link", "It is all here, [my link] for you"]
)
def test_the_place_of_a_link_counts(meter: Meter, text: str) -> None:
    assert "link.placeholder" in _rules(meter.read(text))


def test_the_word_link_does_not(meter: Meter) -> None:
    assert "link.placeholder" not in _rules(meter.read("I am glad that you liked the link"))


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Hi {first_name}, how is the boat today?", ["{first_name}"]),
        ("Hello [Name], how is the boat today?", ["[Name]"]),
        ("Hi {{contact.firstname}}, how is [Company] doing?", ["{{contact.firstname}}", "[Company]"]),
        ("Hi null, how is the boat today?", ["null"]),
        ("Is the song [live] or {studio, 1971}?", []),
    ],
)
def test_merge_residue(meter: Meter, text: str, marked: list[str]) -> None:
    assert _marked(meter, text, "template.merge-field") == marked


@pytest.mark.parametrize(
    ("greeting", "wrong"),
    [
        ("Hi Dana,", False), ("Hi Danielle,", True), ("Hi Omar,", True), ("Hello there,", False), ("Hi D,", True),
        ("Good morning Dana!", False), ("Hey all,", False), ("Dear Ms Ortiz,", False), ("Hi Dan,", False), ("Hola amiga,", False),
    ],
)  # fmt: skip
def test_the_name_in_the_greeting(meter: Meter, greeting: str, wrong: bool) -> None:
    reading = meter.read(f"{greeting} how did the crossing go for you?", About(name="Dana Ortíz"))
    assert ("template.wrong-name" in _rules(reading)) is wrong


def test_a_pet_name_is_theirs(meter: Meter) -> None:
    reading = meter.read("Hi Bob, how did the crossing go?", About(name="Robert Lee"))
    assert "template.wrong-name" not in _rules(reading)


def test_a_stranger_in_the_greeting_sets_the_floor(meter: Meter) -> None:
    reading = meter.read("Hi Omar, how did the crossing go for you?", About(name="Dana Ortiz"))
    assert (reading.coldness, reading.floor) == (65, 65)
    assert _finding(reading, "template.wrong-name").advice == "Greet Dana."


class TestInterest:
    @pytest.mark.parametrize(
        "text",
        [
            "How did you learn to splice rope?",
            "Is that your terrier in the picture?",
            "What made you move to the island?",
            "How did the tomatoes take the hail?",
        ],
    )
    def test_a_question_about_them_warms(self, meter: Meter, text: str) -> None:
        reading = meter.read(text)
        assert [strength.kind for strength in reading.strengths] == ["question"]
        assert reading.coldness == 0

    @pytest.mark.parametrize(
        "text",
        [
            "Who handles the hiring at your company?",
            "Are you happy with your current provider?",
            "Can I send you the plan for your shop?",
            "Would you be open to a call about your site?",
            "What's your biggest challenge with bookings right now?",
            "Could you follow my page too please?",
        ],
    )
    def test_an_offer_or_a_sales_question_does_not(self, meter: Meter, text: str) -> None:
        assert not [item for item in meter.read(text).strengths if item.kind in {"question", "follow_up"}]

    def test_two_questions_count_at_most(self, meter: Meter) -> None:
        text = "How is your boat now? Who painted your door? Where did you find that dog of yours?"
        reading = meter.read(text)
        assert [item.points for item in reading.strengths] == [-8, -8]
        assert "pressure.stacked-questions" in _rules(reading)

    def test_a_question_on_what_they_said_counts_more(self, meter: Meter) -> None:
        about = About(their_last="We are baking for the fair.", stage=Stage.EXCHANGED_ONCE)
        assert [item.kind for item in meter.read("How did the bakes turn out?", about).strengths] == [
            "follow_up",
            "reference",
        ]

    @pytest.mark.parametrize(
        ("record", "text"),
        [
            (About(bio="Gardener in Hull"), "I spent the day gardening and thought of your roses."),
            (About(posts=("The kilns are cold.",)), "We have a kiln on our street."),
            (About(location="Whitby"), "I walked the pier at Whitby in May."),
            (About(facts=(Fact("pet", "A terrier called Rex"),)), "My aunt has terriers, four of them."),
        ],
    )
    def test_a_word_from_their_record_is_a_reference(self, meter: Meter, record: About, text: str) -> None:
        assert [(item.kind, item.points) for item in meter.read(text, record).strengths] == [("reference", -10)]

    def test_a_part_of_a_word_is_not(self, meter: Meter) -> None:
        assert meter.read("We sat in the cartwheel for hours.", About(bio="Art and heels")).strengths == ()

    def test_kind_words_are_worth_25_at_most(self, meter: Meter) -> None:
        about = About(
            name="Dana", their_last="My garden drowned.", bio="Potter", posts=("A kiln!",), stage=Stage.CONVERSATION
        )
        text = "Hi Dana, thank you for the advice on pots. How is the garden? Did your kiln come?"
        reading = meter.read(text, about)
        assert reading.warmth == 25 == -sum(item.points for item in reading.strengths)

    def test_the_name_in_a_pitch_buys_nothing_off(self, meter: Meter) -> None:
        cold = meter.read("We help clinics like yours fill their slots. Interested?")
        kind = meter.read("Hi Dana, we help clinics like yours fill their slots. Interested?", About(name="Dana"))
        assert cold.coldness is not None
        assert kind.coldness is not None
        assert kind.coldness >= 65


class TestStage:
    OFFER = "We help clinics like yours fill their slots, as you know well."

    def test_two_unanswered_letters_drop_one_stage(self, meter: Meter) -> None:
        talking = About(stage=Stage.CONVERSATION)
        assert meter.read(self.OFFER, replace(talking, unanswered=2)) == meter.read(
            self.OFFER, About(stage=Stage.EXCHANGED_ONCE)
        )
        assert meter.read(self.OFFER, replace(talking, unanswered=1)) == meter.read(self.OFFER, talking)

    @pytest.mark.parametrize(
        "their_last",
        [
            "What do you charge for a rota?",
            "Can you send me the link?",
            "How does it work?",
            "I'd love to hear more about your tool.",
            "Do you offer trials?",
            "Do you take commissions at the moment?",
        ],
    )
    def test_they_asked_is_read_from_their_last_message(self, meter: Meter, their_last: str) -> None:
        about = About(stage=Stage.EXCHANGED_ONCE, their_last=their_last)
        assert "pitch.we-help-people-like-you" not in _rules(meter.read(self.OFFER, about))
        assert "pitch.we-help-people-like-you" in _rules(meter.read(self.OFFER, replace(about, asked=False)))

    @pytest.mark.parametrize(
        "their_last",
        [
            "Thanks, lovely to meet you.",
            "How was your weekend?",
            "My daughter starts school.",
            "The hills nearly finished me. Do you run as well?",
            "Do you have dogs too?",
            "Do you take sugar?",
        ],
    )
    def test_and_not_from_any_message(self, meter: Meter, their_last: str) -> None:
        assert not meter.asked(their_last)

    @pytest.mark.parametrize(
        ("length", "stage", "points"), [(400, 0, 0), (401, 0, 1), (640, 0, 5), (3000, 0, 12), (800, 1, 0), (3000, 3, 0)]
    )
    def test_length_counts_by_stage(self, meter: Meter, length: int, stage: int, points: int) -> None:
        text = ("How is the sea? " * 200)[: length - 1].rstrip().ljust(length, "x")
        found = [
            item.points for item in meter.read(text, About(stage=Stage(stage))).findings if item.rule == "self.long"
        ]
        assert found == ([points] if points else [])


class TestSameness:
    SENT = ("Hi Omar, I have been reading about tide mills all winter and yours looks like the last one.",)
    SAME = "I have been reading about tide mills all winter and yours looks like the last one."

    def test_a_pasted_letter(self, meter: Meter) -> None:
        reading = meter.read(f"Hi Dana, {self.SAME}", About(sent_to_others=self.SENT))
        same = [(item.start, item.end, item.points) for item in reading.findings if item.category == "sameness"]
        # The letter as a whole, and half the price again for the sentence that makes it so.
        assert same == [(0, 0, 18), (9, 9 + len(self.SAME), 4)]
        assert (
            meter.read(f"Hi Dana, {self.SAME}", About(sent_to_others=("Quite another letter.",))).findings
            != reading.findings
        )

    def test_one_shared_sentence(self, meter: Meter) -> None:
        text = f"{self.SAME} But first I want to hear how the wheel was lifted, and who carved those paddles."
        reading = meter.read(text, About(sent_to_others=self.SENT * 3))
        finding = _finding(reading, "sameness.sent-before")
        assert text[finding.start : finding.end] == self.SAME
        assert finding.points == 9
        assert "3 people" in finding.advice

    @pytest.mark.parametrize("text", ["Happy New Year, Omar!", "Thank you so much. How are you?"])
    def test_social_formulas_are_free(self, meter: Meter, text: str) -> None:
        reading = meter.read(text, About(sent_to_others=(text,)))
        assert "sameness.sent-before" not in _rules(reading)

    def test_their_own_words_are_free(self, meter: Meter) -> None:
        reading = meter.read(
            "The mill wheel turns at half tide.",
            About(
                their_last="The mill wheel turns at half tide.", sent_to_others=("The mill wheel turns at half tide.",)
            ),
        )
        assert "sameness.sent-before" not in _rules(reading)


class TestIntrusion:
    def test_a_fact_they_did_not_share(self, meter: Meter) -> None:
        about = About(facts=(Fact("family", "divorce last spring", shared=False),))
        text = "How are you after the divorce?"
        assert _marked(meter, text, "intrusion.unshared-fact", about) == ["divorce"]
        assert not [item for item in meter.read(text, about).strengths if item.kind == "reference"]

    def test_the_same_once_they_shared_it(self, meter: Meter) -> None:
        about = About(
            facts=(Fact("family", "divorce last spring", shared=False),), their_last="The divorce is through."
        )
        assert _marked(meter, "How are you after the divorce?", "intrusion.unshared-fact", about) == []

    def test_a_tie_that_the_log_does_not_know(self, meter: Meter) -> None:
        text = "As discussed, the plan for your shop is ready."
        assert _marked(meter, text, "intrusion.false-tie") == ["As discussed"]
        assert _marked(meter, text, "intrusion.false-tie", About(earlier=("Send me the plan.",))) == []
        assert _marked(meter, text, "intrusion.false-tie", About(stage=Stage.CONVERSATION)) == []


class TestShout:
    @pytest.mark.parametrize(
        ("text", "rule", "marked"),
        [
            ("SUCH BLUE WATER for all of us here", "shout.capitals", ["SUCH BLUE WATER"]),
            ("NASA and the BBC came to the UK fair", "shout.capitals", []),
            ("CONGRATULATIONS TO YOU on the medal", "shout.capitals", []),
            ("It is here at last!!! Come and see", "shout.exclamation-marks", ["!!!"]),
            ("Well done on the race, you star!!!", "shout.exclamation-marks", []),
            ("It starts today 🚀🚀🚀 for all of you", "shout.emoji-wall", ["🚀🚀🚀"]),
            ("So glad for you both 🎂😀😀", "shout.emoji-wall", []),
            ("Big wins $$$ for all of us", "shout.money-signs", ["$$$"]),
            ("This one is 𝗳𝗿𝗲𝗲 for all of you", "shout.disguised-word", ["𝗳𝗿𝗲𝗲"]),
        ],
    )
    def test_what_is_loud(self, meter: Meter, text: str, rule: str, marked: list[str]) -> None:
        assert _marked(meter, text, rule) == marked


class TestGuards:
    def test_their_own_words_given_back(self, meter: Meter) -> None:
        text = "How is the passive income course going?"
        free = meter.read(text, About(their_last="I teach a passive income course."))
        assert not free.findings

    def test_a_rule_switched_off_or_excused_here(self, meter: Meter) -> None:
        text = "We help clinics like yours fill their slots."
        finding = _finding(meter.read(text), "pitch.we-help-people-like-you")
        off = meter.read(text, About(off=frozenset({finding.rule})))
        words = text[finding.start : finding.end].casefold()
        excused = meter.read(text, About(excused=frozenset({(finding.rule, words)})))
        assert finding.rule not in _rules(off) | _rules(excused)

    def test_a_bare_starter_is_a_template(self, meter: Meter) -> None:
        starter = "Your bio says bees. How did that start?"
        about = About(bio="Bees", prompts=(starter,))
        assert "template.untouched-starter" in _rules(meter.read(f"Hi Ana, {starter[0].lower()}{starter[1:]}", about))
        assert "template.untouched-starter" not in _rules(meter.read(f"{starter} I lost two hives in May.", about))


class TestFixes:
    def test_a_sentence_goes_with_the_space_after_it(self, meter: Meter) -> None:
        text = "How is the boat? We help clinics like yours fill their slots. See you at the fair."
        fix = _finding(meter.read(text), "pitch.we-help-people-like-you").fix
        assert fix is not None
        assert text[: fix.start] + fix.text + text[fix.end :] == "How is the boat? See you at the fair."
        assert fix.label == "Remove the offer"

    def test_the_last_sentence_leaves_no_space_behind(self, meter: Meter) -> None:
        text = "How is the boat?\n\nWe help clinics like yours fill their slots.\n"
        fix = _finding(meter.read(text), "pitch.we-help-people-like-you").fix
        assert fix is not None
        assert (text[: fix.start] + fix.text + text[fix.end :]).strip() == "How is the boat?"

    def test_words_are_replaced(self, meter: Meter) -> None:
        text = "It is here at last!!! Come and see"
        fix = _finding(meter.read(text), "shout.exclamation-marks").fix
        assert fix is not None
        assert text[: fix.start] + fix.text + text[fix.end :] == "It is here at last! Come and see"


def test_the_grade_needs_ten_words(meter: Meter) -> None:
    assert meter.grade("Nine words are not enough to give a grade") is None
    grade = meter.grade("Ten plain words are quite enough to give a grade, yes.")
    assert grade is not None
    assert 0 <= grade < 8


def test_a_hard_text_is_said_to_be_hard(meter: Meter) -> None:
    text = "Organisational transformation necessitates comprehensive interdepartmental communication strategies " * 5
    assert "jargon.hard-to-read" in _rules(meter.read(text))
    assert "jargon.hard-to-read" not in _rules(meter.read("The dog sat on the mat and the cat sat on the dog. " * 4))


def test_a_rule_can_be_asked_for(meter: Meter) -> None:
    rule = meter.rule("link.address")
    assert (rule.category, rule.evidence) == ("link", "observation")
    assert rule.title
    assert rule.why
    assert rule.advice
    with pytest.raises(KeyError):
        meter.rule("link.nothing")
