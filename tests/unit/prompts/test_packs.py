"""Packs: reading, writing, handing on, taking in, switching on and off."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmnote.model import Person, Stage
from warmnote.prompts import (
    FIELDS,
    MINE,
    STARTER_KINDS,
    USUAL,
    Choice,
    Pack,
    PackFolder,
    Prompter,
    Spelling,
    Starter,
    StarterError,
    read_pack,
    read_starters,
    write_pack,
)
from warmnote.resources import resource

TODAY = date(2026, 11, 23)
WALKERS = """\
pack = "walkers"
title = "Walkers"
author = "Greta"
about = "For people who walk."

[example]
place = "Bilbao"

[[starter]]
id = "place.way-out"
kind = "place"
text = "Which way out of {{ place }} is the quickest to a hill?"

[[starter]]
text = "What do you carry that you never need, {{ name }}?"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "walkers.toml"
    path.write_text(WALKERS, "utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> PackFolder:
    return PackFolder(tmp_path / "data" / "packs")


def test_a_pack_is_read(file: Path) -> None:
    pack = read_pack(file)
    assert (pack.id, pack.title, pack.language, pack.author, pack.shipped) == (
        "walkers",
        "Walkers",
        "en",
        "Greta",
        False,
    )
    way, carry = pack.starters
    assert (way.id, way.kind, way.needs, way.pack) == ("walkers/place.way-out", "place", ("place",), "walkers")
    assert way.example == {"place": "Bilbao"}
    assert (carry.kind, carry.needs) == ("own", ("name",))
    assert carry.id == read_pack(file).starters[1].id


def test_what_a_starter_is_about_comes_before_whom_it_greets(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text('pack = "a"\ntitle = "A"\n[[starter]]\ntext = "{{ name }}: {{ seen }} {{ craft }}?"\n', "utf-8")
    assert read_pack(path).starters[0].needs == ("craft", "name", "seen")


@pytest.mark.parametrize(
    ("toml", "text"),
    [
        ('"""You said "no""""', 'You said "no"'),
        ("'''It's 'no''''", "It's 'no'"),
        ('"a # b [c] = {d}" # note', "a # b [c] = {d}"),
        ("'C:\\x'", "C:\\x"),
        ('"""\nTwo\nlines"""', "Two\nlines"),
    ],
)
def test_texts_in_every_kind_of_quotes(tmp_path: Path, toml: str, text: str) -> None:
    path = tmp_path / "a.toml"
    path.write_text(f'pack = "a"\ntitle = "A"\n[[starter]]\ntext = {toml}\n[[starter]]\ntext = "x"\n', "utf-8")
    assert read_pack(path).starters[0].text == text


@pytest.mark.parametrize("path", sorted(resource("packs").glob("*.toml")), ids=lambda path: path.stem)
def test_what_ships_is_read_written_and_read_again(path: Path, tmp_path: Path) -> None:
    pack = read_pack(path, shipped=True)
    assert pack.starters
    assert pack.id == path.stem
    write_pack(pack, tmp_path / "again.toml")
    assert read_pack(tmp_path / "again.toml", shipped=True) == pack


def test_the_usual_starters_use_known_kinds_and_fields() -> None:
    for starter in read_starters():
        assert starter.kind in STARTER_KINDS, starter.id
        assert {*starter.needs, *starter.optional} <= FIELDS.keys(), starter.id


def test_the_pack_in_the_documents_is_one(tmp_path: Path) -> None:
    page = (Path(__file__).parents[3] / "docs" / "prompts.md").read_text("utf-8")
    path = tmp_path / "walkers.toml"
    path.write_text(page.split("```toml\n")[1].split("```")[0], "utf-8")
    (starter,) = read_pack(path).starters
    assert starter.fill(starter.example) == (
        "Which way out of Bilbao is the quickest to a hill? I go with ⟦what you always carry⟧."
    )
    assert starter.example["what you always carry"]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf")), min_size=1, max_size=40).filter(
    lambda text: text.strip() == text and not set("{}⟦⟧") & set(text)
)


@settings(max_examples=50, deadline=None)
@given(
    title=WORDS, author=WORDS, about=WORDS, text=st.lists(WORDS, min_size=1, max_size=3).map("\n".join),
    kind=st.sampled_from(STARTER_KINDS), days=st.none() | st.integers(0, 90), weight=st.integers(1, 9),
)  # fmt: skip
def test_any_pack_survives_being_handed_on(
    tmp_path_factory, title: str, author: str, about: str, text: str, kind: str, days: int | None, weight: int
) -> None:
    pack = Pack("a-b", title, "pt-BR", author, about)
    starter = Starter(
        "x", kind, f"{text} {{{{ hobby }}}} ⟦a “hint”⟧?", days=days, weight=weight, example={"a “hint”": title}
    )
    pack = pack.with_starter(starter)
    path = tmp_path_factory.mktemp("packs") / "a.toml"
    write_pack(pack, path)
    assert read_pack(path) == pack
    first = path.read_bytes()
    write_pack(read_pack(path), path)
    assert path.read_bytes() == first


def test_the_file_that_is_handed_on_is_fit_to_read(tmp_path: Path) -> None:
    pack = Pack(MINE, "My prompts", author="Ana").with_starter(
        Starter("", "own", "How is {{ pet_name }}?", title="Dogs")
    )
    write_pack(pack, tmp_path / "mine.toml")
    assert (tmp_path / "mine.toml").read_text("utf-8") == (
        'pack = "mine"\ntitle = "My prompts"\nlanguage = "en"\nauthor = "Ana"\n\n[[starter]]\nid = "own.873626b6"\nkind = "own"\n'
        'text = "How is {{ pet_name }}?"\nneeds = ["pet_name"]\ntitle = "Dogs"\n'
    )


def test_a_starter_is_changed_copied_and_taken_out(file: Path) -> None:
    pack = read_pack(file)
    way = pack.starters[0]
    changed = pack.with_starter(replace(way, text="Which hill do you see from {{ place }}?"))
    assert [s.id for s in changed.starters] == [s.id for s in pack.starters]
    assert changed.starters[0].text.startswith("Which hill")
    twice, copy = pack.with_copy(way)
    assert (copy.id, copy.text, len(twice.starters)) == ("walkers/place.way-out-2", way.text, 3)
    assert twice.without(copy.id) == pack
    mine, own = Pack(MINE, "My prompts").with_copy(way)
    assert (own.id, own.pack, mine.starters) == ("mine/place.way-out", MINE, (own,))


def test_a_starter_that_does_not_read_changes_nothing(file: Path) -> None:
    with pytest.raises(StarterError, match="line 1, column 7 of its text") as caught:
        read_pack(file).with_starter(Starter("a", "own", "Where {{ place }?"))
    assert "Put }} behind the field." in caught.value.hint


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("{% if place %}In {{ place }}: {% endif %}how are the bees?", ()),
        ("{% if place %}In {{ place }}: {% endif %}how is {{ place }}?", ("place",)),
        ("{{ name | default('You') }}: how is {{ hobby }}?", ("hobby",)),
        ("{% if place %}{% if hobby %}{{ place }} {{ hobby }}{% endif %}{% else %}{{ name }}{% endif %}?", ("name",)),
    ],
)
def test_what_a_text_cannot_do_without_is_needed(text: str, needs: tuple[str, ...]) -> None:
    assert Pack("a", "A").with_starter(Starter("x", "own", text)).starters[0].needs == needs


def test_the_shelf_holds_what_ships_and_what_is_ones_own(folder: PackFolder, file: Path) -> None:
    before = folder.read()
    assert before.problems == ()
    assert all(pack.shipped for pack in before.packs)
    assert [pack.id for pack in before.active] == ["everyday"]
    assert folder.take_in(file).id == "walkers"
    shelf = folder.read()
    assert [pack.id for pack in shelf.active] == ["everyday", "walkers"]
    assert shelf.get("walkers").title == "Walkers"


def test_taking_in_the_same_again_changes_nothing_and_another_one_stands_beside(folder: PackFolder, file: Path) -> None:
    folder.take_in(file)
    folder.take_in(file)
    assert len([pack for pack in folder.read().packs if not pack.shipped]) == 1
    file.write_text(WALKERS.replace("quickest", "finest"), "utf-8")
    second = folder.take_in(file)
    assert second.id == "walkers-2"
    assert {starter.pack for starter in second.starters} == {"walkers-2"}
    assert folder.read().get("walkers-2") == second
    assert {s.id for s in folder.read().get("walkers").starters}.isdisjoint(s.id for s in second.starters)


@pytest.mark.parametrize("pack_id", ["mine", "saas"])
def test_a_pack_from_outside_never_takes_the_place_of_another(folder: PackFolder, file: Path, pack_id: str) -> None:
    folder.save(Pack(MINE, "My prompts").with_starter(Starter("", "own", "Well?")))
    file.write_text(WALKERS.replace('"walkers"', f'"{pack_id}"'), "utf-8")
    assert folder.take_in(file).id == f"{pack_id}-2"
    assert folder.mine().title == "My prompts"


def test_ones_own_pack(folder: PackFolder) -> None:
    assert folder.mine() == Pack(MINE, "My prompts", about="What I like to ask.")
    folder.save(folder.mine().with_starter(Starter("", "own", "Does it leak?")))
    assert [starter.text for starter in folder.mine().starters] == ["Does it leak?"]
    folder.remove(MINE)
    assert folder.mine().starters == ()
    folder.remove(MINE)


def test_a_pack_is_kept_in_the_file_it_came_in(tmp_path: Path) -> None:
    lying = tmp_path / "from a friend.toml"
    lying.write_text(WALKERS, "utf-8")
    folder = PackFolder(tmp_path)
    folder.save(replace(folder.read().get("walkers"), title="Strollers"))
    assert [path.name for path in tmp_path.glob("*.toml")] == [lying.name]
    folder.remove("walkers")
    assert not lying.exists()


def test_what_ships_is_not_written(folder: PackFolder) -> None:
    with pytest.raises(StarterError, match="comes with Warmnote"):
        folder.save(folder.read().get("saas"))


def test_files_that_are_no_packs_are_problems_not_errors(tmp_path: Path, file: Path) -> None:
    (tmp_path / "broken.toml").write_text("pack = ", "utf-8")
    (tmp_path / "twin.toml").write_text(WALKERS, "utf-8")
    (tmp_path / "_choice.toml").write_text("spelling = [", "utf-8")
    shelf = PackFolder(tmp_path).read()
    assert [pack.id for pack in shelf.packs if not pack.shipped] == ["walkers"]
    assert sorted(problem.message.split(":")[0].split(" ")[0] for problem in shelf.problems) == [
        "_choice.toml", "broken.toml", "walkers.toml",
    ]  # fmt: skip
    assert shelf.choice == Choice()


def test_what_was_decided_is_kept(folder: PackFolder, file: Path) -> None:
    folder.take_in(file)
    choice = Choice(
        frozenset({"saas"}), frozenset({"everyday", "walkers", USUAL}), frozenset({"hello.free-saturday"}), "american"
    )
    folder.choose(choice)
    shelf = folder.read()
    assert shelf.choice == choice
    assert [pack.id for pack in shelf.active] == ["saas"]
    assert shelf.left_out == {"hello.free-saturday", USUAL}


def test_the_packs_that_are_on_are_chosen_from(folder: PackFolder, file: Path) -> None:
    folder.take_in(file)
    shelf = folder.read()
    ana = Person(1, "Ana", location="Bilbao", stage=Stage.FIRST_TOUCH)
    prompter = Prompter.load(packs=shelf.active, off=frozenset({USUAL}))
    shown = [p for seed in range(20) for p in prompter.suggest(ana, (), (), TODAY, seed)]
    assert "Which way out of Bilbao is the quickest to a hill?" in {p.starter for p in shown}
    own = next(p for p in shown if "never need" in p.starter)
    assert (own.starter, own.kind) == ("What do you carry that you never need, Ana?", "own")
    assert own.reason


def test_one_of_ones_own_without_a_field_says_where_it_comes_from() -> None:
    mine = Pack(MINE, "My prompts").with_starter(Starter("", "own", "Does it leak?"))
    prompter = Prompter.load(packs=(mine,), off=frozenset({USUAL}))
    assert [p.reason for p in prompter.suggest(Person(1, ""), (), (), TODAY)] == ["from “My prompts”"]


@pytest.mark.parametrize(
    ("toml", "says", "cure"),
    [
        ("pack = ", r"p\.toml cannot be read: line 1, column 8: Invalid value", "quotes"),
        ('pack = "a"\ntitle = "A', r"line 2, column 9: this text is never closed", 'Put " behind it'),
        ('title = "A"', r"p\.toml: the pack has no id", "small letters"),
        ('pack = "a"', r"p\.toml: the title is missing", "title ="),
        ('pack = "A B"\ntitle = "A"', "its id does not fit", "small letters"),
        ('pack = "warmnote"\ntitle = "A"', "cannot be called warmnote", "another word"),
        ('pack = "con"\ntitle = "A"', "cannot be called con", "another word"),
        ('pack = "a"\ntitle = "A"\nlanguage = "English"', "the language English", '"en"'),
        ('pack = "a"\ntitle = "A"\ncolour = 1', "colour is not known", "Known are"),
        ('pack = "a"\ntitle = 1', "title is a text", 'title = "'),
        ('pack = "a"\ntitle = "A"\nstarter = 1', "written as tables", r"\[\[starter\]\]"),
        ('pack = "a"\ntitle = "A"\n[[starter]]\nid = "x"', r"p\.toml, line 3: starter x cannot be read: the text is missing", "text ="),
        ('pack = "a"\ntitle = "A"\n[[starter]]\ntext = 1', r"line 3: starter 1 cannot be read: text is a text", 'text = "'),
        ('pack = "a"\ntitle = "A"\n[[starter]]\ntext = "x"\nkind = "hobbies"', "the kind hobbies is not known", "Did you mean hobby"),
        ('pack = "a"\ntitle = "A"\n[[starter]]\ntext = "x"\nid = "A B"', "small letters", "As hobby"),
        ('pack = "a"\ntitle = "A"\n[[starter]]\ntext = "x"\nwants = 1', "wants is not known", "Known are"),
        ('pack = "a"\ntitle = "A"\n[[starter]]\ntext = "x"\nmin_stage = 9', "from 0 to 3", ""),
        ('pack = "a"\ntitle = "A"\n[[starter]]\ntext = "x"\nmin_stage = 3\nmax_stage = 1', "more than max_stage", ""),
        ('pack = "a"\ntitle = "A"\n[[starter]]\ntext = "x"\nneeds = "hobby"', "needs is a list", r"\["),
        ('pack = "a"\ntitle = "A"\n[[starter]]\ntext = "{{ hobby }}"\nexample = { hobby = 1 }', "example is a table", ""),
        ('pack = "a"\ntitle = "A"\n[[starter]]\ntext = "{{ hoby }}?"', "the field hoby is not known", "Did you mean hobby"),
        ('pack = "a"\ntitle = "A"\n[[starter]]\ntext = "{{ hobby }}?"\nneeds = ["name"]', "needs do not name", "leave needs out"),
        ('pack = "a"\ntitle = "A"\n[[starter]]\ntext = """\nHow?\nAnd {{ hobby }"""', "line 2, column 5 of its text", "Put }}"),
        ('pack = "a"\ntitle = "A"\n[[starter]]\ntext = "And ⟦so"', "column 5 of its text: This blank", "A blank is"),
        ('pack = "a"\ntitle = "A"\n[[starter]]\ntext = "And so⟧"', "a ⟧ without its ⟦", "A blank is"),
        ('pack = "a"\ntitle = "A"\n[[starter]]\ntext = "{% if place %}x"', "never closed", "endif"),
        ('pack = "a"\ntitle = "A"\n[[starter]]\ntext = "x{% endif %}"', "no {% if %} before", "Take it out"),
        ('pack = "a"\ntitle = "A"\n[[starter]]\ntext = "{# note #}x"', "note", "Take it out"),
        ('pack = "a"\ntitle = "A"\n[[starter]]\nid = "x"\ntext = "x"\n[[starter]]\nid = "x"\ntext = "y"', "line 6: starter x is there twice", "another id"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place_and_a_cure(tmp_path: Path, toml: str, says: str, cure: str) -> None:
    path = tmp_path / "p.toml"
    path.write_text(toml, "utf-8")
    with pytest.raises(StarterError, match=says) as caught:
        read_pack(path)
    assert "p.toml" in caught.value.message
    assert re.search(cure, caught.value.hint)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "packs").write_text("a file", "utf-8")
    folder = PackFolder(tmp_path / "packs")
    with pytest.raises(StarterError, match="cannot be made"):
        folder.save(Pack(MINE, "My prompts"))
    with pytest.raises(StarterError, match="cannot be made"):
        folder.choose(Choice())


class TestSpelling:
    SPELLING = Spelling({"colour": "color", "favourite": "favorite", "washing-up": "dishes"})

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Which colour?", "Which color?"),
            ("Colour, COLOUR and colours", "Color, COLOR and colours"),
            ("your favourite, isn’t it", "your favorite, isn’t it"),
            ("the washing-up, a well-favourite", "the dishes, a well-favorite"),
            ("{{ colour }} {% if colour %}colour{% endif %}", "{{ colour }} {% if colour %}color{% endif %}"),
            ("⟦your favourite⟧", "⟦your favorite⟧"),
            ("discoloured", "discoloured"),
        ],
    )
    def test_whole_words_in_their_own_case(self, text: str, expected: str) -> None:
        assert self.SPELLING.apply(text) == expected

    def test_never_in_what_a_person_wrote(self) -> None:
        starter = Starter("a", "own", "Your favourite {{ hobby }}?", ("hobby",))
        assert starter.fill({"hobby": "colour"}, self.SPELLING) == "Your favorite colour?"

    def test_only_in_english(self) -> None:
        assert Starter("a", "own", "colour?", language="fr").fill({}, self.SPELLING) == "colour?"

    def test_british_is_as_it_was_written(self) -> None:
        assert Spelling.load("british").apply("Which colour?") == "Which colour?"
        assert Spelling.load("american").apply("Which colour?") == "Which color?"
