"""Train the table of phrases that `coldness/wording.py` reads: `python tests/corpus/train.py` writes it anew.

Two logistic regressions over the same phrases: one on letters (is it cold?) and one on sentences (is it marked as what
makes a cold letter cold?). They are trained on the corpus beside this file and, where the folder is at hand, on the
development half of the other people's messages; of those no sentence is kept, only weights of phrases that stand
in at least `LEAST` messages of at least two authors. Needs scikit-learn (`packaging/dev.py measure` sets it up).
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from measure import Case, everything
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from warmnote.coldness import About, Meter
from warmnote.coldness.text import Text, tokenise
from warmnote.coldness.wording import LETTER_SCALE, SENTENCE_SCALE, Phrase, Wording, ender_of, phrases, units
from warmnote.prompts import read_starters

TABLE = Path(__file__).parents[2] / "resources" / "wording" / "phrases.tsv"
LEAST = 3  # messages that a phrase must stand in
WORD_LEAST = 4  # messages that a word must stand in to be known by itself
BULK = 0.3  # what a short public comment or SMS counts for beside a letter
MOST = 8000  # phrases of two and three words that are kept; with twice as many the figures are the same
MARKED = 0.3  # the share of a sentence that a marked stretch covers for the sentence to count as marked


@dataclass(slots=True)
class Letter:
    """One message as the regressions see it: for each sentence its phrases, and whether it is marked (None: unknown)."""

    case: Case
    text: Text
    sentences: list[frozenset[str]]
    marked: list[bool | None]

    @property
    def phrases(self) -> frozenset[str]:
        """The phrases of all sentences."""
        return frozenset().union(*self.sentences)


def shipped() -> dict[str, list[Case]]:
    """What comes with the program and is labelled by what it is: the rules' examples, and starters filled in."""
    rules = [
        Case(f"{rule.id}/{kind}/{number}", text, kind == "cold", False, About(), "rules", author="rules",
             spans=[(0, len(text))] if kind == "cold" else [], kinds=[rule.category] if kind == "cold" else [])
        for rule in Meter.load().rules if rule.match and not rule.measure
        for kind, texts in (("cold", rule.cold), ("warm", rule.warm))
        for number, text in enumerate(texts)
    ]  # fmt: skip
    starters = [
        Case(starter.id, re.sub("⟦([^⟦⟧]*)⟧", lambda hint, of=starter: of.example[hint[1]], starter.fill(starter.example)),
             False, False, About(), "starters", author="starters")
        for starter in read_starters()
    ]  # fmt: skip
    return {"rules": rules, "starters": starters}


def known_words(texts: Sequence[Text]) -> frozenset[str]:
    """The words that stand in enough messages to be known by themselves."""
    held = Counter(word for text in texts for word in text.vocabulary)
    return frozenset(word for word, count in held.items() if count >= WORD_LEAST and word.strip("'"))


def letters(cases: Sequence[Case], texts: Sequence[Text], vocabulary: frozenset[str]) -> list[Letter]:
    """The messages cut into phrases."""
    cut: list[Letter] = []
    for case, text in zip(cases, texts, strict=True):
        found, marked = [], []
        for sentence in text.sentences:
            row = units(text.words[sentence.first : sentence.last], ender_of(sentence), vocabulary)
            found.append(frozenset(phrase for phrase, _, _ in phrases(row)))
            covered = sum(max(0, min(sentence.end, end) - max(sentence.start, start)) for start, end in case.spans)
            unknown = case.cold and not case.spans
            marked.append(None if unknown else covered >= MARKED * (sentence.end - sentence.start))
        cut.append(Letter(case, text, found, marked))
    return cut


def _matrix(rows: Sequence[frozenset[str]], columns: dict[str, int], scale: float) -> csr_matrix:
    indices = [[columns[phrase] for phrase in row if phrase in columns] for row in rows]
    ends = np.cumsum([0, *map(len, indices)])
    flat = np.fromiter((index for row in indices for index in sorted(row)), int, ends[-1])
    matrix = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(columns)))
    sizes = np.maximum(1, np.diff(ends))
    return csr_matrix(diags(scale / np.sqrt(sizes)) @ matrix)


def _regress(rows: csr_matrix, cold: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, float]:
    model = LogisticRegression(C=1.0, class_weight="balanced", solver="liblinear", max_iter=300, random_state=0)
    model.fit(rows, cold, sample_weight=weights)
    return model.coef_[0], float(model.intercept_[0])


@dataclass(slots=True)
class Trained:
    """What the two regressions found."""

    table: dict[str, Phrase]
    letter_bias: float
    sentence_bias: float

    @property
    def wording(self) -> Wording:
        """Ready for reading."""
        return Wording(self.table, self.letter_bias, self.sentence_bias)


def _fit(cut: Sequence[Letter], columns: dict[str, int]) -> tuple[np.ndarray, float, np.ndarray, float]:
    bulk = np.array([BULK if letter.case.bulk else 1.0 for letter in cut])
    letter = _regress(
        _matrix([letter.phrases for letter in cut], columns, LETTER_SCALE),
        np.array([letter.case.cold for letter in cut]), bulk,
    )  # fmt: skip
    rows = [
        (row, marked, weight)
        for letter_, weight in zip(cut, bulk, strict=True)
        for row, marked in zip(letter_.sentences, letter_.marked, strict=True)
        if marked is not None
    ]
    sentence = _regress(
        _matrix([row for row, _, _ in rows], columns, SENTENCE_SCALE),
        np.array([marked for _, marked, _ in rows]), np.array([weight for _, _, weight in rows]),
    )  # fmt: skip
    return *letter, *sentence


def train(cases: Sequence[Case], most: int) -> Trained:
    """Train on first letters. At most `most` phrases of two and three words are kept, those that weigh most."""
    cases = [case for case in cases if case.about.stage == 0]
    disguises = Meter.load().words
    texts = [tokenise(case.text, disguises) for case in cases]
    vocabulary = known_words(texts)
    cut = letters(cases, texts, vocabulary)
    held: Counter[str] = Counter()
    for letter in cut:
        held.update(letter.phrases)
    columns = {
        phrase: number
        for number, phrase in enumerate(sorted(p for p, count in held.items() if count >= LEAST or " " not in p))
    }
    letter, _, sentence, _ = _fit(cut, columns)
    weigh = {
        phrase: (abs(letter[number]) + abs(sentence[number])) * held[phrase] ** 0.5
        for phrase, number in columns.items()
    }
    single = [phrase for phrase in columns if " " not in phrase]
    longer = sorted((phrase for phrase in columns if " " in phrase), key=lambda phrase: (-weigh[phrase], phrase))
    columns = {phrase: number for number, phrase in enumerate(sorted(single + longer[:most]))}
    letter, letter_bias, sentence, sentence_bias = _fit(cut, columns)
    kinds = _kinds(cut, columns)
    table = {
        phrase: Phrase(phrase, round(letter[number], 3), round(sentence[number], 3), kinds.get(phrase, "") if sentence[number] > 0 else "")
        for phrase, number in columns.items()
    }  # fmt: skip
    return Trained(table, round(letter_bias, 3), round(sentence_bias, 3))


def train_without(cases: Sequence[Case], author: str) -> Trained:
    """Train on what everybody but one author wrote."""
    return train([case for case in cases if case.author != author], MOST)


def _kinds(cut: Sequence[Letter], columns: dict[str, int]) -> dict[str, str]:
    """For each phrase the category that it is most a sign of, among the marked sentences that hold it."""
    total: Counter[str] = Counter()
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for letter in cut:
        for sentence, row in zip(letter.text.sentences, letter.sentences, strict=True):
            for (start, end), kind in zip(letter.case.spans, letter.case.kinds, strict=False):
                if start < sentence.end and sentence.start < end:
                    total[kind] += 1
                    for phrase in row & columns.keys():
                        found[phrase][kind] += 1
    everything_ = sum(total.values())
    # A count is weighed against how common the category is, and smoothed by two sentences of the usual mix.
    return {
        phrase: max(
            sorted(counts), key=lambda kind: (counts[kind] + 2 * total[kind] / everything_) / total[kind] ** 0.5
        )
        for phrase, counts in found.items()
    }


def write(trained: Trained, path: Path, sources: Sequence[str]) -> None:
    """Write a table with where it comes from."""
    lines = [
        "# What the wording of a letter says: phrase, weight for the letter, weight for its sentence, category.",
        "# Made by tests/corpus/train.py; do not edit by hand. Read by src/warmnote/coldness/wording.py, which says what it means.",
        f"# Trained on: {'; '.join(sources)}.",
        f"letter bias\t{trained.letter_bias}",
        f"sentence bias\t{trained.sentence_bias}",
        *(
            f"{phrase.text}\t{phrase.letter:g}\t{phrase.sentence:g}\t{phrase.category}"
            for _, phrase in sorted(trained.table.items())
        ),
    ]
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main(arguments: Sequence[str]) -> None:
    """Train on everything and write the table."""
    groups = everything() | shipped()
    trained = train([case for cases in groups.values() for case in cases], MOST)
    write(
        trained,
        Path(arguments[0]) if arguments else TABLE,
        [f"{name} ({len(cases)})" for name, cases in groups.items()],
    )
    print(f"{len(trained.table)} phrases")


if __name__ == "__main__":
    main(sys.argv[1:])
