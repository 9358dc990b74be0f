"""What holds for any text that somebody calls a starter, and any file that somebody calls a pack."""

from pathlib import Path

import jinja2
from hypothesis import example, given, settings
from hypothesis import strategies as st

from warmnote.prompts import FIELDS, Starter, StarterError, read_pack, write_pack
from warmnote.prompts._template import TemplateProblem, read_template

PIECES = st.sampled_from(
    "{{ hobby }}|{{|}}|{%|%}|{#|#}|{% if place %}|{% elif name %}|{% else %}|{% endif %}|{% if not a and b %}|{{-|-}}|{%-|-%}"
    "|{{ x | default('y') }}|{{ x | upper }}|{{ x.y }}|{{ x[0] }}|⟦hint⟧|⟦|⟧|'|\"|\n|word |{% raw %}|{% for a in b %}|self|__class__|\\|(|)".split(
        "|"
    )
)
TEXTS = st.lists(PIECES, max_size=12).map("".join) | st.text(st.characters(codec="utf-8"), max_size=80)
VALUES = st.dictionaries(st.sampled_from(("hobby", "place", "name", "a", "b", "x")), st.text(max_size=20), max_size=6)


@settings(max_examples=400, deadline=None)
@given(text=TEXTS, values=VALUES)
@example("{{ x | default('y') }}{% if x %}z{% endif %}", {})
@example("{% if a %}{{ a }}{% endif %}{{ a }}", {})
def test_a_text_is_filled_or_refused(text: str, values: dict[str, str]) -> None:
    starter = Starter("a.b", "own", text)
    try:
        filled = starter.fill(values)
    except StarterError:
        return
    assert len(filled) <= len(text) + 300 * text.count("{{")
    assert set(jinja2.Environment().parse(text).find_all(jinja2.nodes.Call)) == set()


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_what_is_asked_for_is_all_that_is_needed(text: str) -> None:
    try:
        asked = read_template(text)
    except TemplateProblem:
        return
    assert set(asked.needed).isdisjoint(asked.optional)
    Starter("a.b", "own", text).fill(dict.fromkeys(asked.needed, "x"))


LINES = st.sampled_from(
    [
        'pack = "a"', 'title = "A"', 'language = "en"', "[[starter]]", 'text = "Well?"', 'text = "{{ hobby }}?"', 'kind = "hobby"',
        "days = 3", "weight = 99", 'needs = ["hobby"]', "[example]", 'hobby = "chess"', "x = [[[[", '"""', "'", "= =", "about = [1]",
        "example = { a = 'b' }", "id = \"x\"", "min_stage = true", "text = 3", "[starter]", "starter = []", "title = 1979-05-27",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    data=st.binary(max_size=200)
    | st.lists(LINES, max_size=10).map(lambda lines: ('pack = "a"\ntitle = "A"\n' + "\n".join(lines)).encode())
)
def test_a_file_is_a_pack_or_refused(tmp_path_factory, data: bytes) -> None:
    folder: Path = tmp_path_factory.mktemp("packs")
    (folder / "a.toml").write_bytes(data)
    try:
        pack = read_pack(folder / "a.toml")
    except StarterError:
        return
    for starter in pack.starters:
        starter.fill(dict.fromkeys(FIELDS, "x"))
    write_pack(pack, folder / "b.toml")
    assert read_pack(folder / "b.toml") == pack
