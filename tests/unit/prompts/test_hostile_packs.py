"""What a pack from somebody who means harm can do: nothing, within a second and 50 MB."""

import os
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from warmnote.prompts import PackFolder, Starter, StarterError, read_pack

TEMPLATES = {
    "endless loop": "{% for i in range(10**9) %}{{ i }}{% endfor %}",
    "loops in loops": "{% for a in x %}{% for b in x %}{{ a }}{% endfor %}{% endfor %}",
    "recursion": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "recursive loop": "{% for a in x recursive %}{{ loop(a) }}{% endfor %}",
    "call block": "{% call m() %}{% endcall %}",
    "range": "{{ range(10**9) | list }}",
    "power": "{{ 9**9**9**9 }}",
    "big string": "{{ 'a' * 10**9 }}",
    "big list": "{{ [0] * 10**9 }}",
    "concatenation": "{{ name ~ name ~ name }}",
    "sum": "{{ name + name }}",
    "class": "{{ ().__class__.__bases__[0].__subclasses__() }}",
    "class of a field": "{{ name.__class__ }}",
    "class by key": "{{ name['__class__'] }}",
    "class by filter": "{{ name | attr('__class__') }}",
    "globals": "{{ self.__init__.__globals__ }}",
    "cycler": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "lipsum": "{{ lipsum(n=10**6) }}",
    "format": "{{ '%0999999999d' | format(1) }}",
    "str.format": "{{ '{0.__class__}'.format(name) }}",
    "center": "{{ name | center(3000000000) }}",
    "filter chain": "{{ name" + " | upper" * 500 + " }}",
    "default of a call": "{{ name | default(name.title()) }}",
    "default of a class": "{{ name | default(''.__class__) }}",
    "include": "{% include '/etc/passwd' %}",
    "import": "{% import 'os' as os %}",
    "from import": "{% from 'os' import path %}",
    "extends": "{% extends '/etc/passwd' %}",
    "set": "{% set x = 1 %}{{ x }}",
    "with": "{% with a = 1 %}{% endwith %}",
    "block": "{% block a %}{% endblock %}",
    "raw": "{% raw %}{{ name }}{% endraw %}",
    "do": "{% do x.append(1) %}",
    "debug": "{% debug %}",
    "autoescape": "{% autoescape true %}{% endautoescape %}",
    "test": "{{ name is defined }}",
    "comparison": "{% if name == 'x' %}{% endif %}",
    "inline if": "{{ name if name else name }}",
    "look-alike letters": "{{ n\u0430me }}",
    "fullwidth letters": "{{ \uff4e\uff41\uff4d\uff45 }}",
    "fullwidth braces": "{\u200b{ name }} {{ name\u200b }}",
    "underscores": "{{ __name__ }}",
    "jinja's own": "{{ self }}{{ super }}{{ loop }}{{ caller }}{{ varargs }}",
    "deep branches": "{% if name %}" * 300 + "{% endif %}" * 300,
    "nots": "{% if " + "not " * 1_000 + "name %}x{% endif %}",
    "ands": "{% if " + "name and " * 500 + "name %}x{% endif %}",
    "brackets": "{{ " + "(" * 2_000 + "name" + ")" * 2_000 + " }}",
    "open tags": "{{" * 2_500,
    "open branches": "{%" * 2_500,
    "open notes": "{#" * 2_500,
    "spaces": "{{" + " " * 4_900 + "name",
    "open blanks": "⟦" * 5_000,
    "right to left": "abc \u202e def",
    "null": "abc \x00 def",
    "line statement": "# for i in x\n{{ i | e }}",
    "long": "x" * 5_001,
    "five megabytes": "x" * 5_000_000,
    "five megabytes of tags": "{{ name }}" * 500_000,
}

HEAD = 'pack = "evil"\ntitle = "Evil"\n'
FILES = {
    "deep arrays": HEAD + "x = " + "[" * 400_000,
    "deep tables": HEAD + "x = " + "{a = " * 150_000,
    "deep keys": HEAD + "a" + ".a" * 300_000 + " = 1\n",
    "deep quoted keys": HEAD + '"a"' + '."a b"' * 100_000 + " = 1\n",
    "deep header": HEAD + "[a" + ".a" * 300_000 + "]\n",
    "deep array of tables": HEAD + "[[a" + ".a" * 300_000 + "]]\n",
    "dotted inline": HEAD + "x = {a" + ".a" * 200_000 + " = 1}\n",
    "long number": HEAD + "x = " + "9" * 900_000 + "\n",
    "long number with lines": HEAD + "x = " + "9_" * 400_000 + "9\n",
    "long hex": HEAD + "x = 0x" + "f" * 900_000 + "\n",
    "impossible date": HEAD + "x = 9999-99-99\n",
    "year nought": HEAD + "x = 0000-01-01T00:00:00Z\n",
    "far exponent": HEAD + "x = 1e999999999\n",
    "many keys": HEAD + "".join(f"k{n} = 1\n" for n in range(60_000)),
    "many starters": HEAD + '[[starter]]\ntext = "x"\n' * 3_000,
    "many tables": HEAD + "".join(f"[t{n}]\n" for n in range(60_000)),
    "open string": HEAD + 'x = "' + "a" * 900_000,
    "open long string": HEAD + 'x = """' + 'a"' * 400_000,
    "escapes": HEAD + 'x = "' + "\\u0041" * 150_000 + '"\n',
    "bad escapes": HEAD + 'x = "' + "\\" * 900_001 + '"\n',
    "quotes": HEAD + "'" * 900_000,
    "double quotes": HEAD + '"' * 900_001,
    "comments": "#" * 900_000 + "\n" + "=",
    "five megabytes": HEAD + "#" * 5_000_000,
    "no text": "\udcff\udcfe" * 100,
    "nulls": "\x00" * 900_000,
    "commas": HEAD + "x = [" + "," * 900_000,
    "many in a list": HEAD + "x = [" + "1," * 400_000 + "]\n",
    "huge title": HEAD.replace("Evil", "E" * 900_000),
}


def refused(action: Callable[[], object], match: str) -> None:
    """It is refused, within a second, and within 50 MB more than there was."""
    started = time.perf_counter()
    with pytest.raises(StarterError, match=match):
        action()
    assert time.perf_counter() - started < 1
    tracemalloc.start()
    try:
        with pytest.raises(StarterError):
            action()
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("text", TEMPLATES.values(), ids=TEMPLATES)
def test_a_text_that_means_harm_is_refused_by_its_place(text: str) -> None:
    refused(lambda: Starter("evil/x", "own", text).fill({"name": "Ana"}), r"line \d+, column \d+")


@pytest.mark.parametrize(
    "text", [text for text in TEMPLATES.values() if len(text) < 100_000], ids=lambda text: text[:20]
)
def test_and_so_is_the_pack_that_holds_it(text: str, tmp_path: Path) -> None:
    escaped = "".join(c if c.isalnum() or c == " " else f"\\U{ord(c):08x}" for c in text)
    path = tmp_path / "evil.toml"
    path.write_text(f'{HEAD}[[starter]]\nid = "x"\ntext = "{escaped}"\n', "utf-8")
    refused(lambda: read_pack(path), r"evil\.toml, line 3: starter x")


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_a_file_that_means_harm_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "evil.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    refused(lambda: read_pack(path), r"evil\.toml")
    assert len(PackFolder(tmp_path).read().problems) == 1


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "evil.toml"
    if hasattr(os, "mkfifo"):
        os.mkfifo(pipe)
    else:
        pipe.mkdir()
    with pytest.raises(StarterError, match="it is no file"):
        read_pack(pipe)
    with pytest.raises(StarterError, match="it is no file"):
        read_pack(tmp_path / "missing.toml")


def test_values_cannot_grow_without_bounds() -> None:
    starter = Starter("a", "own", "{{ name }}" * 400)
    assert len(starter.fill({"name": "x" * 10_000_000})) <= 400 * 300


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells the peak otherwise")
@pytest.mark.parametrize("name", ["deep keys", "deep arrays", "bad escapes", "open long string", "many starters"])
def test_the_worst_files_in_a_process_of_their_own(name: str, tmp_path: Path) -> None:
    path = tmp_path / "evil.toml"
    path.write_text(FILES[name], "utf-8")
    code = (
        "import resource, sys, time; from pathlib import Path; from warmnote.prompts import StarterError, read_pack\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "before, started = peak(), time.perf_counter()\n"
        "try: read_pack(Path(sys.argv[1]))\n"
        "except StarterError: print(time.perf_counter() - started, (peak() - before) / 1024)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds < 1
    assert megabytes < 50
