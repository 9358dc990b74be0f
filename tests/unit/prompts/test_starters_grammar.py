"""What starters look like once they are filled with what people really write: no slip that shows a machine at work."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

import pytest

from warmnote.coldness import About, Band, Meter
from warmnote.model import Stage
from warmnote.prompts import Starter, read_starters
from warmnote.prompts._fields import FIELDS, STARTER_KINDS
from warmnote.prompts._spelling import Spelling
from warmnote.prompts.interests import shipped
from warmnote.prompts.packs import read_pack
from warmnote.resources import resource

PACKS = [read_pack(path, shipped=True) for path in sorted(resource("packs").glob("*.toml"))]
STARTERS = [*read_starters(), *(starter for pack in PACKS if pack.language == "en" for starter in pack.starters)]
METER = Meter.load()
HINT = re.compile("⟦([^⟦⟧]*)⟧")
WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

# The kinds of the vocabulary that a field is filled from, and what people write that no vocabulary knows.
FROM = {
    "hobby": ("nature", "game", "collecting", "learning"), "craft": ("craft",), "sport": ("sport",), "team": ("team",),
    "music": ("music",), "food": ("food",), "book": ("book",), "show": ("show",), "place": ("place",), "cause": ("cause",),
    "language": ("language",), "event": ("event",), "milestone": ("milestone",), "project": ("project",), "pet": ("pet",),
    "stale": ("craft", "sport", "music", "food"), "stale_place": ("place",), "event_ahead": ("event",), "past": ("event",),
    "subject": ("craft", "sport", "food"), "traveller": (),
}  # fmt: skip
OWN_WORDS = {
    "hobby": ("keeping bees", "old teapots", "the night sky", "Roman coins", "urban sketching", "aeroplanes of the thirties"),
    "craft": ("hedge laying", "your pottery", "icing cakes", "the dulcimer", "hats", "umbrella making"),
    "sport": ("eight-man rowing", "ultimate", "the Tuesday five-a-side", "orienteering at night", "axe throwing", "lawn bowls"),
    "team": ("Forest Green Rovers", "the Arctic Foxes", "Accrington", "Oldham", "the Women's XI", "Union Saint-Gilloise"),
    "music": ("the Arctic Monkeys", "barbershop quartets", "old sea shanties", "your cello", "Ane Brun", "early music"),
    "food": ("oat biscuits", "your grandmother's plum cake", "the perfect egg", "hot sauces", "apple butter", "umami"),
    "book": ("Middlemarch", "the Moomins", "Octavia Butler", "A Month in the Country", "old cookery books", "Ulysses"),
    "show": ("Detectorists", "the films of Agnès Varda", "Only Connect", "A Touch of Frost", "old westerns", "Slow Horses"),
    "place": ("Bilbao", "the Algarve", "Aix-en-Provence", "Newcastle upon Tyne", "Isle of Mull", "Oaxaca"),
    "cause": ("the repair café", "a toy library", "the lifeboat station", "Oxfam", "river clean-ups", "your food bank"),
    "language": ("Basque", "Irish", "Welsh", "Ukrainian", "British Sign Language", "Old Norse"),
    "event": ("the ceramics fair", "PyCon 2026", "the open studios", "A Night at the Museum", "your exhibition", "Eurovision"),
    "milestone": (
        "your move to the coast", "ten years of the studio", "your first marathon", "the hundredth parkrun", "your citizenship",
        "a year without a car",
    ),
    "project": (
        "your wooden boat", "your 1972 Vespa", "your grandmother's cookbook", "52 books in a year", "two raised beds", "an atlas of walls",
    ),
    "pet": ("greyhound", "two dachshunds", "hens", "old tortoise", "Irish wolfhounds", "axolotl"),
    "learning": ("Welsh", "the cello", "learning Welsh", "Old Norse", "tap dancing", "two new languages"),
    "trip": ("the Azores", "three weeks in Japan", "Madeira", "the Camino", "a week on the canals", "Iceland"),
    "traveller": ("travelling", "slow travel", "living abroad", "travelling by train", "the road", "island hopping"),
    "photo": ("a red boat on a grey beach", "two dachshunds", "your workshop", "the harbour at night", "an old door", "snow in May"),
    "post": (
        "a kiln that cracked", "the night train to Vienna", "your first frost", "learning to wait", "two lost gloves", "an owl in the chimney",
    ),
    "question": (
        "which flour to use for rye", "“Is the A road open”", "how to prune a fig", "who repairs clocks", "whether bees sleep",
        "“Does anyone know a good cobbler”",
    ),
    "common": ("keeping bees", "the Arctic Monkeys", "two dachshunds", "learning Welsh", "early mornings", "an old Volvo"),
    "mutual": ("Inês", "Ana Costa", "your neighbour Tom", "Dr Okafor", "Uncle Ed", "O'Brien"),
    "learned": ("letting dough rest overnight", "the second firing", "airing the cellar", "pruning in June", "ink", "a bowline"),
    "old": ("lawyer", "accountant", "engineer", "nurse", "marketing", "army officer"),
    "new": ("baker", "architect", "garden designer", "organic farmer", "pottery", "English teacher"),
    "a_position": (
        "a logistics analyst", "an HR manager", "head of EMEA sales", "an accountant", "a UX designer", "a primary school teacher",
    ),
    "stale_work": ("a teacher", "an architect", "head of sales", "a UX designer", "an apprentice", "a nurse"),
    "company": ("Harbour & Sons", "IKEA", "the University of Leeds", "Acme", "Studio 44", "A Kind of Blue"),
    "name": ("Ines", "Ana", "Jean-Luc", "O", "Siobhán", "Ed"),
    "quote": (
        "Two bowls survived the whole thing", "I am still tired from it", "The boat leaks again", "We never found the second glove",
        "It was a long winter", "Nobody told us about the stairs",
    ),
    "subject": ("running", "pottery", "choir singing", "sourdough", "the allotment", "old radios"),
    "plan": ("repaint the boat", "move to Leeds", "see your sister", "ask the neighbours", "open the kiln", "try again"),
    "promise": ("the honey cake recipe", "that photo of the heron", "a map", "our reading list", "an old song", "the address"),
    "gap": ("two months", "five months", "a year", "more than a year", "more than two years", "eleven months"),
    "month": ("January", "March", "May", "August", "October", "December"),
    "met": ("the canal walk", "old lock gates", "your exhibition", "leaving London", "two wet dogs", "an idea"),
    "met_when": ("yesterday", "on Thursday", "last week", "on 3 May", "this morning", "the other day"),
    "their_question": (
        "What is it you do all day", "Do you throw pots as well", "Is that your dog", "how long did it take", "Why Leeds", "and you",
    ),
    "pet_name": ("Biscuit", "Plato", "Mrs Tiggy", "Bo", "Otto", "Ñandú"),
    "seen": ("Your bio mentions", "Your profile mentions", "You posted about", "You mentioned"),
}  # fmt: skip
OWN_WORDS |= {
    "stale": OWN_WORDS["hobby"], "stale_place": OWN_WORDS["place"], "past": OWN_WORDS["event"], "plan_ahead": OWN_WORDS["plan"],
    "event_ahead": OWN_WORDS["event"],
}  # fmt: skip

NAMES: dict[str, list[tuple[str, str]]] = defaultdict(list)
for (_kind, _name), _group in shipped().vocabulary.groups.items():
    NAMES[_kind].append((_name, _group))

every_starter = pytest.mark.parametrize("starter", STARTERS, ids=lambda starter: starter.id)


def fits(starter: Starter, name: str, group: str) -> bool:
    return not starter.about or bool(starter.about & {name, group})


def values(starter: Starter, field: str) -> list[str]:
    """What may come to stand in a field of this starter, the vocabulary's names first."""
    first = starter.needs[0] == field
    known = [
        "your " + name.split(" ", 1)[1] if field == "project" and name.startswith(("a ", "an ")) else name
        for kind in FROM.get(field, ())
        for name, group in NAMES[kind]
        if field != "traveller" and (not first or fits(starter, name, group)) and not (kind == "place" and name.islower())
        and not (field == "milestone" and not starter.about)
    ]  # fmt: skip
    own = OWN_WORDS.get(field, ()) if not first or not starter.about or "?" in starter.about else ()
    return [*known[:: max(1, len(known) // 60)], *own]


def filled(starter: Starter) -> Iterator[str]:
    """The starter with every value that its first field may have, the others changing along."""
    choices = {field: values(starter, field) or [starter.example[field]] for field in starter.needs}
    for turn in range(max((len(each) for each in choices.values()), default=1)):
        text = starter.fill({field: each[turn % len(each)] for field, each in choices.items()})
        yield HINT.sub(lambda hint: starter.example[hint[1]], text)


@every_starter
def test_with_other_words_than_its_example_it_reads_warm_as_well(starter: Starter) -> None:
    for text in list(filled(starter))[-6:]:
        about = About(stage=Stage(starter.min_stage), asked=True if starter.kind == "about_my_work" else None)
        reading = METER.read(text, about)
        assert reading.band is Band.WARM, (text, [(f.rule, text[f.start : f.end]) for f in reading.findings])


SLIPS = {
    "two articles": r"(?i)\b(?:an?|the|your|my|our) (?:an?|the|your|my|our|his|her|their)\b",
    "a before a vowel": r"\b[Aa] (?:[aeiou]|[AEIO])(?!ne\b|nce\b|ni|se|su|u[a-z]|U|EU|K\b|XI)",
    "an before a consonant": r"\b[Aa]n (?![aeiouAEIO]|h(?:our|onest|eir)|HR\b|MP\b|[FHLMNRSX][A-Z]|[ÀÁÂÄÈÉÊËÎÏÔÖØÛÜ]|U[a-z])",
    "two spaces": r"\s\s",
    "a space before a mark": r"\s[,.;:?!]",
    "two marks": r"[?!.,;:]{2,}|\?[”’]?\?",
    "a small letter at the beginning": r"(?:^|[.?!] )[a-z]",
    "a word twice": r"\b(?!chow )([a-z]+) \1\b",
    "a field that stayed": r"[{}%⟦⟧]",
}


@every_starter
def test_nothing_slips_whatever_is_filled_in(starter: Starter) -> None:
    for text in filled(starter):
        plain = re.sub("“[^”]*”", "“That”", text)
        for slip, pattern in SLIPS.items():
            found = re.search(pattern, plain)
            assert not found, (slip, text)
        assert text[0].isupper() or text[0] == "“", text
        assert text.count("“") == text.count("”")
        assert 1 <= text.count("?") <= 3 or starter.kind in ("ending", "thanks_meeting")


def test_the_check_itself_sees_slips() -> None:
    slips = {
        "two articles": "Why the your cello?", "a before a vowel": "Is there a Inês story?", "an before a consonant": "Be an baker.",
        "two spaces": "How  is it?", "a space before a mark": "How is it ?", "two marks": "How is it??",
        "a small letter at the beginning": "Thanks. how is it?", "a word twice": "How is is it?", "a field that stayed": "How is {{ it }}?",
    }  # fmt: skip
    assert {slip for slip, text in slips.items() if re.search(SLIPS[slip], text)} == set(SLIPS)
    fine = "A union, a European, a one-off, an hour, an HR manager, a UX designer, a university, an MP."
    assert not re.search(SLIPS["a before a vowel"], fine)
    assert not re.search(SLIPS["an before a consonant"], fine)


@every_starter
def test_eight_to_sixty_words(starter: Starter) -> None:
    filled_in = HINT.sub(lambda hint: starter.example[hint[1]], starter.fill(starter.example))
    assert 8 <= len(filled_in.split()) <= 60


@every_starter
def test_it_asks_for_fields_that_exist(starter: Starter) -> None:
    assert set(starter.needs) <= FIELDS.keys()
    assert starter.kind in STARTER_KINDS
    assert all(
        len(OWN_WORDS[name]) >= (4 if name == "seen" else 6) for name in starter.needs if "{{ " + name in starter.text
    )


def test_about_names_what_the_vocabulary_knows() -> None:
    known = {name for names in NAMES.values() for pair in names for name in pair} | {"?"}
    assert {starter.id: starter.about - known for starter in STARTERS if starter.about - known} == {}


@pytest.mark.parametrize(
    "field", ["hobby", "craft", "sport", "music", "food", "book", "show", "pet", "cause", "event", "team"]
)
def test_whatever_they_love_there_are_questions_about_it(field: str) -> None:
    """Of those that Warmnote is never without, and without counting those that need to know where it was seen."""
    starters = [s for s in read_starters() if s.needs and s.needs[0] == field and "place" not in s.needs]
    for kind in FROM[field]:
        for name, group in [*NAMES[kind], ("something else", "?")]:
            fitting = [s for s in starters if fits(s, name, group)]
            assert len(fitting) >= 4, (field, name)
            assert sum("seen" not in s.needs for s in fitting) >= 2, (field, name)


LEFT_ALONE = {"new parent", "empty nest", "lottery"}  # children and money are theirs to bring up


def test_nearly_every_milestone_has_questions() -> None:
    """The vocabulary grows faster than the questions; what somebody noted in words of their own always has some."""
    starters = [s for s in read_starters() if s.needs[:1] == ("milestone",)]
    few = [name for name, group in NAMES["milestone"] if sum(fits(s, name, group) for s in starters) < 2]
    assert len(set(few) - LEFT_ALONE) <= len(NAMES["milestone"]) // 10
    assert sum(fits(s, "something else", "?") for s in starters) >= 3


def content(text: str) -> frozenset[str]:
    """The words of a text that carry it, without its fields."""
    bare = re.sub(r"\{\{.*?\}\}|⟦.*?⟧", " ", text)
    return frozenset(word.lower() for word in WORDS.findall(bare)) - USUAL_WORDS


USUAL_WORDS = frozenset(
    "a an and are as at be by did do does for from had has have how i if in is it its me my no not of on one or so that the then "
    "there they this to too up was were what when where which who with would you your yours".split()
)


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0, no word in common, to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def test_no_two_starters_are_nearly_the_same() -> None:
    contents = [(starter.id, content(starter.text)) for starter in STARTERS]
    near = [
        (one, other, round(alike(first, second), 2))
        for (one, first), (other, second) in combinations(contents, 2)
        if alike(first, second) > 0.7
    ]
    assert near == []


def test_the_measure_of_likeness() -> None:
    same = (
        content("What got you into {{ craft }}, and who showed you?"),
        content("What got you into {{ sport }}, and who showed you first?"),
    )
    other = content("What got you into {{ craft }}?"), content("Who gets to keep what you make?")
    assert alike(*same) > 0.7 > alike(*other)


# Words that Americans write otherwise, beyond those that occur: whoever adds a starter with one of them adds it to the list.
OTHERWISE = {
    "behaviour": "behavior", "cheque": "check", "centre": "center", "colour": "color", "colours": "colors", "cosiest": "coziest",
    "cosy": "cozy", "dialogue": "dialog", "favour": "favor", "favourite": "favorite", "favourites": "favorites", "flavour": "flavor",
    "grey": "gray", "harbour": "harbor", "honour": "honor", "humour": "humor", "jewellery": "jewelry", "jumper": "sweater",
    "kilometre": "kilometer", "labour": "labor", "learnt": "learned", "litre": "liter", "maths": "math", "metre": "meter",
    "mould": "mold", "mum": "mom", "neighbour": "neighbor", "neighbourhood": "neighborhood", "neighbours": "neighbors",
    "organise": "organize", "organised": "organized", "organising": "organizing", "plough": "plow", "practise": "practice",
    "practised": "practiced", "practising": "practicing", "programme": "program", "pyjamas": "pajamas", "realise": "realize",
    "realised": "realized", "recognise": "recognize", "rumour": "rumor", "savour": "savor", "spelt": "spelled", "storey": "story",
    "theatre": "theater", "travelled": "traveled", "traveller": "traveler", "travelling": "traveling", "tyre": "tire",
    "flat": "apartment", "parcels": "packages", "pupil": "student", "queue": "line", "washing-up": "dishes",
}  # fmt: skip
AMERICAN_ONLY = frozenset(
    american for british, american in OTHERWISE.items()
    if british not in ("cheque", "jumper", "learnt", "practise", "programme", "spelt", "storey", "tyre", "flat", "queue", "pupil", "parcels", "washing-up")
) | {"gotten", "fall", "vacation", "sidewalk", "cookies", "movie", "movies", "soccer", "apartment"}  # fmt: skip
SPELLING = Spelling.load("american")


def own_words(starter: Starter) -> set[str]:
    """The words of its text, in small letters, without its fields."""
    return {word.lower() for word in WORDS.findall(re.sub(r"\{\{.*?\}\}", " ", starter.text))}


def test_starters_are_written_in_british() -> None:
    assert {s.id: own_words(s) & AMERICAN_ONLY for s in STARTERS if own_words(s) & AMERICAN_ONLY} == {}


def test_every_word_that_differs_is_listed_and_every_listed_word_occurs() -> None:
    words = set().union(*map(own_words, STARTERS))
    assert words & OTHERWISE.keys() <= SPELLING.words.keys()
    assert SPELLING.words.keys() <= words
    assert dict(SPELLING.words) == {british: OTHERWISE[british] for british in SPELLING.words}


def test_american_spelling_reaches_the_letter_and_leaves_fields_alone() -> None:
    starters = {starter.id: starter for starter in STARTERS}
    practise = starters["music.when-do-you-practise"].fill(
        {"seen": "Your bio mentions", "music": "colour organ"}, SPELLING
    )
    assert practise == "Your bio mentions the colour organ. When do you practice, and what do the neighbors make of it?"
    flat = next(starter for starter in STARTERS if "flat" in own_words(starter))
    assert "first apartment had" in flat.fill({}, SPELLING)


@every_starter
def test_american_texts_have_no_slip_either(starter: Starter) -> None:
    american = starter.fill(starter.example, SPELLING)
    assert (american != starter.fill(starter.example)) is bool(own_words(starter) & SPELLING.words.keys())
    plain = re.sub("“[^”]*”", "“That”", HINT.sub("Something", american))
    slips = [slip for slip, pattern in SLIPS.items() if re.search(pattern, plain)]
    assert not slips
