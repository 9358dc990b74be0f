"""The little of Jinja2 that a starter may use, and the place and cure of everything else.

A starter is never trusted: it is read here by one scan from left to right, which knows `{{ field }}`,
`{{ field | default("...") }}` and `{% if field %}...{% endif %}` and refuses the rest with its line and column. What passes
is looked at once more as Jinja2's own tree, and runs in Jinja2's sandbox. jinja2 is imported on first use.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import SandboxedEnvironment

__all__ = ["Asked", "TemplateProblem", "place_of", "read_template", "render"]

LONGEST = 5_000
_DEEPEST = 4
_NAME = r"[a-z][a-z0-9_]{0,39}"
_S = r"[ \t\r\n]{0,9}"
_FIELD = re.compile(
    rf"\{{\{{-?{_S}(?P<name>{_NAME}){_S}(?P<default>\|{_S}default\({_S}(?:\"[^\"\\{{}}%]{{0,200}}\"|'[^'\\{{}}%]{{0,200}}'){_S}\){_S})?-?\}}\}}"
)
_BRANCH = re.compile(
    rf"\{{%-?{_S}(?:(?P<word>if|elif)[ \t]{{1,9}}(?P<test>(?:not[ \t]{{1,9}})?{_NAME}(?:[ \t]{{1,9}}(?:and|or)[ \t]{{1,9}}(?:not[ \t]{{1,9}})?{_NAME}){{0,5}})"
    rf"|(?P<end>else|endif)){_S}-?%\}}"
)
_OPEN = re.compile(r"\{\{|\{%|\{#|[⟦⟧]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_BLANK = re.compile(r"⟦[^⟦⟧{}\n]*⟧")
_RESERVED = frozenset("self super loop caller varargs kwargs and or not if elif else in is true false none".split())
_KNOWS = 'A starter knows {{ field }}, {{ field | default("...") }} and {% if field %}...{% endif %}.'


_Branch: TypeAlias = tuple[int, bool, frozenset[str]]  # where it begins, whether it came to its else, what it asks for


class TemplateProblem(Exception):
    """What a text may not hold or lacks: where (line and column count from 1), what is wrong, and what to do."""

    def __init__(self, text: str, place: int, wrong: str, cure: str = _KNOWS) -> None:
        self.line, self.column = place_of(text, place)
        self.wrong, self.cure = wrong, cure
        super().__init__(f"line {self.line}, column {self.column}: {wrong} {cure}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a text asks for, each name once, as they come: `needed` in any case, `optional` only if it is known."""

    needed: tuple[str, ...]
    optional: tuple[str, ...]


def place_of(text: str, place: int) -> tuple[int, int]:
    """Line and column, both from 1, of a place in `text`, in code points."""
    return text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)


@lru_cache(maxsize=4096)
def read_template(text: str) -> Asked:
    """What a text asks for. Raises TemplateProblem for anything that a starter may not hold. Takes time by the length."""
    if len(text) > LONGEST:
        raise TemplateProblem(text, LONGEST, f"The text is longer than {LONGEST:,} characters.", "Make it a beginning.")
    needed: dict[str, int] = {}
    optional: dict[str, int] = {}
    branches: list[_Branch] = []
    at = 0
    while found := _OPEN.search(text, at):
        start = found.start()
        if found[0] in "⟦⟧":
            at = _blank(text, start)
        elif found[0] == "{{":
            field = _FIELD.match(text, start)
            if field is None or field["name"] in _RESERVED:
                raise _no_field(text, start)
            # What stands outside of every {% if %} that asks for it is needed, even if it is asked for elsewhere.
            guarded = field["default"] or any(field["name"] in names for _, _, names in branches)
            (optional if guarded else needed).setdefault(field["name"], start)
            at = field.end()
        elif found[0] == "{%":
            branch = _BRANCH.match(text, start)
            if branch is None:
                raise TemplateProblem(text, start, f"{_excerpt(text, start, '%}')} is something a starter may not do.")
            tested = frozenset(re.findall(_NAME, branch["test"] or "")) - {"and", "or", "not"}
            for name in sorted(tested):
                _refuse_reserved(text, start, name)
                optional.setdefault(name, start)
            _keep_books(text, start, branches, branch["word"] or branch["end"], tested)
            at = branch.end()
        elif found[0] == "{#":
            raise TemplateProblem(text, start, "A note {# #} has no place in a starter.", "Take it out.")
        else:
            raise TemplateProblem(
                text, start, f"There is an invisible character (U+{ord(found[0]):04X}).", "Take it out."
            )
    if branches:
        raise TemplateProblem(text, branches[-1][0], "This {% if %} is never closed.", "Put {% endif %} behind it.")
    return Asked(tuple(needed), tuple(name for name in optional if name not in needed))


def _blank(text: str, start: int) -> int:
    blank = _BLANK.match(text, start)
    if blank is None:
        wrong = "This blank ⟦ is never closed." if text[start] == "⟦" else "There is a ⟧ without its ⟦."
        raise TemplateProblem(
            text, start, wrong, "A blank is ⟦ a hint ⟧ on one line, without another one or a field inside."
        )
    return blank.end()


def _no_field(text: str, start: int) -> TemplateProblem:
    excerpt = _excerpt(text, start, "}}")
    if "}}" not in text[start:]:
        return TemplateProblem(text, start, f"{excerpt} is never closed.", "Put }} behind the field.")
    return TemplateProblem(text, start, f"{excerpt} is no field, and a starter may not do more than name one.")


def _refuse_reserved(text: str, start: int, name: str) -> None:
    if name in _RESERVED:
        raise TemplateProblem(text, start, f"{name} is no field.")


def _keep_books(text: str, start: int, branches: list[_Branch], word: str, tested: frozenset[str]) -> None:
    if word == "if":
        if len(branches) >= _DEEPEST:
            raise TemplateProblem(
                text, start, f"More than {_DEEPEST} {{% if %}} inside each other.", "Make it plainer."
            )
        branches.append((start, False, tested))
        return
    if not branches:
        raise TemplateProblem(text, start, f"There is no {{% if %}} before this {{% {word} %}}.", "Take it out.")
    if word == "endif":
        branches.pop()
    elif branches[-1][1]:
        raise TemplateProblem(text, start, f"{{% {word} %}} after {{% else %}}.", "Close the {% if %} first.")
    else:
        branches[-1] = (branches[-1][0], word == "else", branches[-1][2] | tested)


def _excerpt(text: str, start: int, end: str) -> str:
    stop = text.find(end, start)
    words = text[start : stop + len(end)] if 0 <= stop <= start + 40 else text[start : start + 40] + "…"
    return " ".join(words.split())


def render(text: str, fields: Mapping[str, str]) -> str:
    """The text with `fields` filled in; an optional one that is not there counts as empty.

    Raises TemplateProblem for a forbidden text, KeyError for a field that is needed and missing.
    """
    asked = read_template(text)
    missing = next((name for name in asked.needed if name not in fields), None)
    if missing is not None:
        raise KeyError(missing)
    given = {name: fields[name] for name in (*asked.needed, *asked.optional) if fields.get(name)}
    known = dict.fromkeys(asked.needed, "") | given
    # What is asked for in an {% if %} has to be there for Jinja2 to find it empty; default() wants it missing.
    empty = {name: "" for name in asked.optional if re.search(rf"\b(?:if|elif|and|or|not)\s+{name}\b", text)}
    return _template(text).render(empty | known)


@cache
def _environment() -> "SandboxedEnvironment":
    from jinja2 import StrictUndefined  # 50 ms that the first window need not wait for
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False, cache_size=0)
    environment.globals = {}
    return environment


@lru_cache(maxsize=2048)
def _template(text: str) -> "Template":
    from jinja2 import TemplateError, nodes

    allowed = (
        nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Filter, nodes.Const, nodes.Not,
        nodes.And, nodes.Or,
    )  # fmt: skip
    try:
        tree = _environment().parse(text)
        for node in tree.find_all(nodes.Node):
            named = not isinstance(node, nodes.Name) or (node.ctx == "load" and node.name not in _RESERVED)
            filtered = not isinstance(node, nodes.Filter) or node.name == "default"
            if not (isinstance(node, allowed) and named and filtered):
                raise TemplateProblem(text, 0, f"{type(node).__name__.lower()} is something a starter may not use.")
        return _environment().from_string(tree)
    except (TemplateError, RecursionError, SyntaxError) as problem:
        raise TemplateProblem(text, 0, f"It cannot be read: {problem}.") from problem
