"""Who is suggested as one person: names, signs, and a set of labelled pairs with the figures they reach."""

from pathlib import Path

import pytest

from warmnote.matching import CROWD, Candidate, Pair, names_agree, suggest
from warmnote.matching.names import Agreement, agreement, read_name
from warmnote.matching.signs import city, company, domain, handle
from warmnote.model import Network

PAIRS = Path(__file__).parent / "same_or_not.tsv"
# Names that many people in the notebook have beside those of the pairs.
COMMON = ("John Smith", "Maria Garcia", "Wei Zhang", "David Cohen", "Muhammad Khan", "Ana Silva", "James Smith")


def someone(number: int, name: str, *accounts: str, **fields: str) -> Candidate:
    """A candidate with accounts written as `network:handle`."""
    parts = [account.partition(":") for account in accounts]
    return Candidate(number, name, accounts=tuple((Network(n), h, h) for n, _, h in parts), **fields)


def suggested(*people: Candidate) -> list[tuple[int, int]]:
    return [(pair.left, pair.right) for pair in suggest(people)]


# names


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Ana Moreno", "ana moreno"),
        ("Moreno, Ana", "ana moreno"),
        ("van Dijk, Pieter", "pieter dijk"),
        ("Dr. Ana Moreno, PhD, MBA", "ana moreno"),
        ("Jack Ma", "jack ma"),
        ("Jack Smith, MA", "jack smith"),
        ("🌿 Ana Moreno 🌿", "ana moreno"),
        ("Ana Moreno (she/her)", "ana moreno"),
        ("Ana Moreno | potter in Bilbao", "ana moreno"),
        ("Ana Moreno - CEO at Kiln", "ana moreno"),
        ("AnaMoreno", "ana moreno"),
        ("ANA MORENO", "ana moreno"),
        ("Anaïs Müller-Lüdenscheid", "anais muller ludenscheid"),
        ("Juergen Mueller", "jurgen muller"),
        ("Kate O’Sullivan", "kate osullivan"),
        ("J.R. Smith", "j r smith"),
        ("田中 太郎", "田中太郎"),
        ("Иван Петров", "иван петров"),
        ("(Ana)", "ana"),
        ("", ""),
        ("👻", ""),
        (" , ,", ""),
        ("John Smith Jr.", "john smith"),
    ],
)
def test_reading_a_name(written: str, words: str):
    assert " ".join(read_name(written).words) == words


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Ana Moreno", "MORENO ANA", Agreement.SAME),
        ("Jean-Luc Picard", "Jeanluc Picard", Agreement.SAME),
        ("Bob Hargreaves", "Robert Hargreaves", Agreement.NEAR),
        ("Alex Kuznetsova", "Alexandra Kuznetsova", Agreement.NEAR),
        ("Mcihael Thornbury", "Michael Thornbury", Agreement.NEAR),
        ("Matthew MacAlister", "Matthew McAlister", Agreement.NEAR),
        ("Ana Moreno", "Ana Lucía Moreno", Agreement.PART),
        ("Ana Moreno", "Ana L. Moreno", Agreement.PART),
        ("A. Moreno", "Ana Moreno", Agreement.INITIAL),
        ("Ana", "Ana Moreno", Agreement.WORD),
        ("Ana", "Ana", Agreement.WORD),
        ("Kiln", "Ana Moreno", Agreement.UNKNOWN),
        ("", "Ana Moreno", Agreement.UNKNOWN),
        ("Иван Петров", "Ivan Petrov", Agreement.UNKNOWN),
        ("Ana Moreno", "Ana Silva", Agreement.HALF),
        ("Alexander Berg", "Alexandra Berg", Agreement.HALF),
        ("Anna Lindholm", "Hanna Lindholm", Agreement.HALF),
        ("Daniel Ferreira", "Daniela Ferreira", Agreement.HALF),
        ("Jan Novotny", "Jana Novotny", Agreement.HALF),
        ("Marco Bellini", "Mario Bellini", Agreement.HALF),
        ("Kevin Wu", "Maria Lopez", Agreement.CONFLICT),
        ("John Smith Jr", "John Smith Sr", Agreement.CONFLICT),
        ("John Smith II", "John Smith III", Agreement.CONFLICT),
    ],
)
def test_how_far_names_agree(one: str, other: str, expected: Agreement):
    assert agreement(read_name(one), read_name(other)) is expected
    assert agreement(read_name(other), read_name(one)) is expected


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("Ana Moreno", "Ana Silva", True),
        ("Ana Moreno", "A. M.", True),
        ("Ana Moreno", "Liz Moreno", True),
        ("Bob Jones", "Robert Miller", True),
        ("Ana", "Kevin Wu", True),
        ("", "Kevin Wu", True),
        ("Иван Петров", "Ivan Petrov", True),
        ("Ana Moreno", "Kevin Wu", False),
        ("Ana Moreno", "Amy Miller", False),
        ("Ana Moreno", "A. Wu", False),
        ("John Smith Jr.", "John Smith Sr.", False),
    ],
)
def test_the_rule_for_joining_by_address(one: str, other: str, agree: bool):
    assert names_agree(one, other) is agree
    assert names_agree(other, one) is agree


# signs


def test_companies_without_their_legal_forms():
    assert company("Kiln & Daughters GmbH") == company("Kiln and Daughters Inc.") == ("kiln", "daughters")
    assert company("Pritchard's Bikes") == company("Pritchards Bikes Ltd")
    for nothing in ("Self-employed", "freelance", "Open to work", "-", ""):
        assert company(nothing) == ()
    assert company("The Group") == ("the", "group")


def test_cities_under_one_of_their_names():
    assert city("Bilbao, Spain") == city("BILBAO") == city("Greater Bilbao Area") == "bilbao"
    assert city("München") == city("Munich, Germany") == city("Muenchen".replace("ue", "ü"))
    for nothing in ("Germany", "Earth", "🌍", "", "Deutschland", "Remote"):
        assert city(nothing) == ""
    assert city("Germany, Hamburg") == "hamburg"


def test_domains_that_are_somebodys():
    assert domain("Ana@Kiln.ES") == "kiln.es"
    assert domain("ana@gmail.com") == domain("nobody") == domain("") == ""


@pytest.mark.parametrize(
    ("network", "written", "read"),
    [
        (Network.X, "@Ana_Moreno", "anamoreno"),
        (Network.INSTAGRAM, "ana.moreno", "anamoreno"),
        (Network.LINKEDIN, "ana-moreno-41b22a7", "anamoreno"),
        (Network.LINKEDIN, "ana-moreno-2", "anamoreno"),
        (Network.MASTODON, "anamoreno@mastodon.social", "anamoreno"),
        (Network.BLUESKY, "anamoreno.bsky.social", "anamoreno"),
        (Network.BLUESKY, "anamoreno.com", "anamoreno"),
        (Network.X, "ana", ""),
        (Network.X, "official", ""),
        (Network.TIKTOK, "user8812345", ""),
        (Network.EMAIL, "anamoreno", ""),
    ],
)
def test_handles_without_what_networks_add(network: Network, written: str, read: str):
    assert handle(network, written) == read


# suggestions


def test_the_reasons_are_for_the_user():
    (pair,) = suggest(
        [
            someone(2, "Ana Moreno", "x:potsandkilns", company="Kiln Ltd", location="Bilbao"),
            someone(1, "Ana Moreno", "instagram:pots.and.kilns", company="Kiln", location="Madrid"),
        ]
    )
    assert (pair.left, pair.right) == (1, 2)
    assert pair.reason == "same name, same handle @potsandkilns"
    assert pair.why == (
        "both are called Ana Moreno",
        "both are @potsandkilns",
        "both at Kiln",
        "other cities: Madrid and Bilbao",
    )
    assert 0.9 < pair.sure < 1


def test_the_surest_come_first():
    pairs = suggest(
        [
            someone(1, "Greta Nilsson", location="Malmö"),
            someone(2, "Greta Nilsson", location="Malmö"),
            someone(3, "Ana Moreno", company="Kiln", email="ana@kiln.es"),
            someone(4, "Ana Moreno", company="Kiln", email="ana@kiln.es"),
        ]
    )
    assert [(pair.left, pair.right) for pair in pairs] == [(3, 4), (1, 2)]


def test_no_pair_that_was_ruled_out():
    people = [someone(1, "Ana Moreno", company="Kiln"), someone(2, "Ana Moreno", company="Kiln")]
    assert len(suggest(people)) == 1
    assert suggest(people, {(1, 2)}) == ()


def test_two_on_one_network_are_two_unless_name_and_company_are_equal():
    left, right = "linkedin:ana-moreno", "linkedin:ana-moreno-2"
    assert (
        suggested(someone(1, "Ana Moreno", left, location="Bilbao"), someone(2, "Ana Moreno", right, location="Bilbao"))
        == []
    )
    apart = [someone(1, "Ana Moreno", left, company="Kiln"), someone(2, "Ana Moreno", "x:pots", company="Kiln")]
    together = [someone(1, "Ana Moreno", left, company="Kiln"), someone(2, "Ana Moreno", right, company="Kiln")]
    (likely,), (unlikely,) = suggest(apart), suggest(together)
    assert unlikely.sure < likely.sure
    assert "each has an account of their own on LinkedIn" in unlikely.why


def test_one_who_moved_to_another_server():
    assert (
        suggested(
            someone(1, "Ana Moreno", "mastodon:potsandkilns@old.social"),
            someone(2, "Ana Moreno", "mastodon:potsandkilns@new.social"),
        )
        == []
    )  # one handle on one network is no sign, without anything else
    assert suggested(
        someone(1, "Ana Moreno", "mastodon:potsandkilns@old.social", location="Bilbao"),
        someone(2, "Ana Moreno", "mastodon:potsandkilns@new.social", location="Bilbao"),
    ) == [(1, 2)]  # fmt: skip


def test_a_name_that_a_crowd_has_is_no_sign_there():
    def crowd(size: int) -> list[Candidate]:
        return [someone(n, "John Smith", company="Global Bank", location="Leeds") for n in range(1, size + 1)]

    assert suggested(*crowd(3)) == [(1, 2), (1, 3), (2, 3)]
    assert suggested(*crowd(CROWD + 1)) == []
    assert suggested(*crowd(2_000)) == []


def test_a_company_of_thousands_is_searched_all_the_same():
    people = [someone(n, f"Person{n % 97} Number{n}", company="Global Bank") for n in range(5_000)]
    people += [someone(9_001, "Ana Moreno", company="Global Bank"), someone(9_002, "Ana Moreno", company="Global Bank")]
    assert suggested(*people) == [(9_001, 9_002)]


def test_nobody_and_the_nameless():
    assert suggest([]) == ()
    assert suggested(someone(1, "", company="Kiln"), someone(2, "", company="Kiln")) == []
    assert suggested(someone(1, "👻", location="Oslo"), someone(2, "👻", location="Oslo")) == []


def test_progress_is_told_and_what_it_raises_stops_the_search():
    heard: list[tuple[int, int]] = []
    suggest(
        [someone(1, "Ana Moreno"), someone(2, "Ana Moreno")], progress=lambda done, total: heard.append((done, total))
    )
    assert heard[0] == (0, 4)
    assert heard[-1] == (4, 4)

    def stop(done: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        suggest([someone(1, "Ana Moreno")], progress=stop)


# the labelled pairs


def labelled() -> tuple[list[Candidate], list[tuple[bool, tuple[int, int]]], int]:
    """Everyone, the pairs with whether they are one person, and where the second part begins."""
    people: list[Candidate] = []
    pairs: list[tuple[bool, tuple[int, int]]] = []
    unseen = 0
    for line in PAIRS.read_text("utf-8").splitlines():
        if line.startswith("#"):
            unseen = len(pairs)
            continue
        label, _, *two = line.split("\t")
        for text in two:
            name, company, location, email, accounts = (part.strip() for part in text.split(";"))
            one = someone(len(people) + 1, name, *accounts.split(), company=company, location=location, email=email)
            people.append(one)
        pairs.append((label == "same", (len(people) - 1, len(people))))
    people += [someone(len(people) + 1 + n, name, f"x:c{n}") for n, name in enumerate(COMMON * 20)]
    return people, pairs, unseen


def figures(
    found: dict[tuple[int, int], Pair], pairs: list[tuple[bool, tuple[int, int]]], wrong: int
) -> tuple[float, float]:
    hits = sum(same and ids in found for same, ids in pairs)
    wrong += sum(not same and ids in found for same, ids in pairs)
    return hits / (hits + wrong), hits / sum(same for same, _ in pairs)


def test_precision_and_recall_on_the_labelled_pairs():
    """All of it: 0.97 and 1.00. The second part, written later, reached 0.96 and 0.89 before it taught three things."""
    people, pairs, unseen = labelled()
    found = {(pair.left, pair.right): pair for pair in suggest(people)}
    across = len(found.keys() - {ids for _, ids in pairs})
    precision, recall = figures(found, pairs, across)
    assert precision >= 0.95
    assert recall >= 0.98
    precision, recall = figures(found, pairs[unseen:], 0)
    assert precision >= 0.95
    assert recall >= 0.95


def test_the_sure_are_one_person():
    people, pairs, _ = labelled()
    wrong = {ids for same, ids in pairs if not same}
    assert not [pair for pair in suggest(people) if pair.sure >= 0.8 and (pair.left, pair.right) in wrong]
