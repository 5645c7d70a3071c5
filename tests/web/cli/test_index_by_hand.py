"""`flask index` against a computation by hand from the raw file: ties, borders, values at each tier, decimals, gaps."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from config.settings import ROOT
from tests.governance.assessment.conftest import KEYS
from tests.governance.assessment.test_broken_instruments import WEIGHT
from tests.governance.assessment.test_scoring import BORDERS, FIVE_TIERS, by_hand, hand_rounded, raw
from tests.world import World

Ask = Callable[[str, dict[str, Any]], dict[str, Any]]
Y2018, Y2020, Y2026 = KEYS
PROGRAM = ("config", "governance", "web", "workflows", "doc_templates", "migrations", "wsgi.py")


@pytest.fixture
def ask(run: Any, tmp_path: Path) -> Ask:
    """What `flask index` prints for these values."""

    def asking(key: str, values: dict[str, Any]) -> dict[str, Any]:
        file = tmp_path / "nilai.json"
        file.write_text(json.dumps(values), encoding="utf-8")
        answer = run("index", key, str(file))
        assert answer.exit_code == 0, answer.stderr
        found: dict[str, Any] = json.loads(answer.stdout)
        return found

    return asking


def items_of(key: str) -> list[str]:
    """The items as they stand in the raw file."""
    file = raw(key)
    domains = file.get("domains") or [{"aspects": file["aspects"]}]
    return [one["item"] for domain in domains for aspect in domain["aspects"] for one in aspect["indicators"]]


def groups_of(key: str) -> dict[str, dict[str, Fraction]]:
    """The weights of the groups by tier, as they stand in the raw file."""
    file = raw(key)
    domains = file.get("domains") or []
    aspects = [aspect for domain in domains for aspect in domain["aspects"]] or file["aspects"]
    tiers = {"domains": domains, "aspects": aspects}
    return {name: {one["code"]: Fraction(one["weight"]) for one in of} for name, of in tiers.items() if of}


def least_of(key: str) -> int:
    return int(raw(key)["min_value"])


def written(value: Fraction, chance: random.Random) -> Any:
    """The same number in one of the ways in which it can be written."""
    ways: list[Any] = [f"{value.numerator}/{value.denominator}"]
    if value.denominator == 1:
        ways += [int(value), str(int(value))]
    elif 1000 % value.denominator == 0:
        ways += [f"{float(value):.3f}", float(value), f"{float(value):.3f}".replace(".", ",")]
    return chance.choice(ways)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("kind", ["levels", "decimals", "thirds"])
def test_every_number_printed_is_what_the_formula_gives_by_hand(world: World, ask: Ask, key: str, kind: str) -> None:
    chance = random.Random(f"{key}:{kind}")
    parts = {"levels": 1, "decimals": 1000, "thirds": 3}[kind]
    for _ in range(5):
        values = {item: Fraction(chance.randint(least_of(key) * parts, 5 * parts), parts) for item in items_of(key)}
        answer = ask(key, {item: written(value, chance) for item, value in values.items()})
        exact, tiers = by_hand(key, values)
        assert (answer["index"], Fraction(answer["index_exact"])) == (hand_rounded(exact), exact)
        printed = {code: value for groups in answer["tiers"].values() for code, value in groups.items()}
        assert printed == {code: hand_rounded(value) for code, value in tiers.items()}
        assert (answer["missing"], answer["range"]) == ([], [hand_rounded(exact)] * 2)


# What is raised above 2 (2026: above 3), and the index by hand: weight x rise / 100 is added.
TIES = [
    (Y2018, {"1": "2.5"}, "401/200", "2.01"),  # 2 + 0.005
    (Y2018, {"18": "2.125"}, "401/200", "2.01"),  # 2 + 4 x 0.125 / 100
    (Y2018, {"32": "2.15"}, "401/200", "2.01"),  # 2 + 10/3 x 0.15 / 100
    (Y2018, {"32": 3}, "61/30", "2.03"),  # thirds are no ties: 2.0333...
    (Y2018, {"32": 3, "33": 3}, "31/15", "2.07"),  # 2.0666...
    (Y2020, {"11": 3}, "81/40", "2.03"),  # 2 + 0.025, a tie of whole levels
    (Y2020, {str(item): 3 for item in range(1, 6)}, "413/200", "2.07"),  # 2 + 5 x 0.013
    (Y2020, {"21": 3}, "403/200", "2.02"),  # 2 + 0.015
    (Y2020, {"32": 3, "33": 3}, "411/200", "2.06"),  # 2 + 2 x 0.0275
    (Y2020, {"32": 3}, "811/400", "2.03"),  # 2.0275 is no tie
    (Y2026, {"1": "3.1"}, "601/200", "3.01"),  # 3 + 0.005
    (Y2026, {"20": "3.7"}, "621/200", "3.11"),  # 3 + 15 x 0.7 / 100
    (Y2026, {"19": "3.05"}, "601/200", "3.01"),  # 3 + 10 x 0.05 / 100
    (Y2026, {"19": "3.0499999"}, "300499999/100000000", "3.00"),  # just below the tie
]


@pytest.mark.parametrize(("key", "raised", "exact", "index"), TIES)
def test_a_tie_is_rounded_up_once_from_the_exact_index(
    world: World, ask: Ask, key: str, raised: dict[str, Any], exact: str, index: str
) -> None:
    base = 3 if key == Y2026 else 2
    answer = ask(key, dict.fromkeys(items_of(key), base) | raised)
    assert (answer["index_exact"], answer["index"]) == (exact, index)


@pytest.mark.parametrize(("key", "border", "below", "upper"), [(key, *one) for key in KEYS for one in BORDERS[key]])
def test_a_border_belongs_to_the_upper_predicate_and_a_hair_below_it_both_are_told(
    world: World, ask: Ask, key: str, border: str, below: str, upper: str
) -> None:
    at = ask(key, dict.fromkeys(items_of(key), border))
    assert (Fraction(at["index_exact"]), at["predicate"]) == (Fraction(border), upper)
    assert "predicate_rounded" not in at
    hair = Fraction(border) - Fraction(1, 10**9)
    under = ask(key, dict.fromkeys(items_of(key), f"{int(hair)}.{int(hair % 1 * 10**12):012d}"))
    assert (Fraction(under["index_exact"]), under["predicate"]) == (hair, below)
    assert (hand_rounded(hair), under["predicate_rounded"]) == (under["index"], upper)
    cent = ask(key, dict.fromkeys(items_of(key), f"{float(Fraction(border) - Fraction(6, 1000)):.3f}"))
    assert cent["predicate"] == below
    assert "predicate_rounded" not in cent, "half a hundredth and more below, the rounded index is below too"


@pytest.mark.parametrize("key", KEYS)
def test_values_given_at_any_one_tier_are_weighed_by_that_tier(world: World, ask: Ask, key: str) -> None:
    chance = random.Random(key)
    for tier, weights in groups_of(key).items():
        values = {code: Fraction(chance.randint(least_of(key) * 100, 500), 100) for code in weights}
        answer = ask(key, {code: f"{float(value):.2f}" for code, value in values.items()})
        exact = sum(weights[code] * value for code, value in values.items()) / Fraction(100)
        assert (Fraction(answer["index_exact"]), answer["missing"]) == (exact, [])
        assert answer["tiers"][tier] == {code: hand_rounded(value) for code, value in values.items()}


@pytest.mark.parametrize("key", KEYS)
def test_each_item_left_out_alone_makes_a_range_and_no_index(world: World, ask: Ask, key: str) -> None:
    base, least = 3, least_of(key)
    for left_out in items_of(key):
        values = {item: Fraction(base) for item in items_of(key) if item != left_out}
        answer = ask(key, dict.fromkeys(values, base))
        low, high = (by_hand(key, values | {left_out: Fraction(end)})[0] for end in (least, 5))
        assert (answer["index"], answer["index_exact"], answer["predicate"]) == (None, None, None)
        assert (answer["missing"], answer["range"]) == ([left_out], [hand_rounded(low), hand_rounded(high)])


@pytest.mark.parametrize("key", KEYS)
def test_nothing_rated_is_the_whole_scale(world: World, ask: Ask, key: str) -> None:
    answer = ask(key, {})
    assert (answer["missing"], answer["range"]) == (items_of(key), [f"{least_of(key)}.00", "5.00"])


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The program in a folder of its own, in which a test may change the law data and nothing else."""
    folder = tmp_path / "program"
    folder.mkdir()
    for name in PROGRAM:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


def asked_of(program: Path, key: str, values: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    """`flask index` of that copy, as its own process."""
    file = program / "nilai.json"
    file.write_text(json.dumps(values), encoding="utf-8")
    words = [sys.executable, "-m", "flask", "--app", "wsgi", "index", key, str(file)]
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    environment |= {"INSTANCE": str(program / "instance"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(words, cwd=program, env=environment, capture_output=True, text=True, check=False)


def test_an_instrument_of_five_tiers_is_one_file_more_and_no_code(program: Path) -> None:
    shutil.copy(FIVE_TIERS, program / "config" / "law" / "instruments")
    done = asked_of(program, FIVE_TIERS.stem, {"1": 3, "T2": "1.5"})
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["index"], answer["index_exact"], answer["predicate"]) == ("2.50", "5/2", "Tinggi")
    assert answer["tiers"]["themes"] == {"T1": "3.00", "T2": "1.50"}
    assert list(answer["tiers"]) == ["pillars", "domains", "aspects", "themes"]


@pytest.mark.parametrize("key", KEYS)
def test_a_program_with_one_changed_digit_in_a_weight_does_not_start_and_names_the_place(
    program: Path, key: str
) -> None:
    file = program / "config" / "law" / "instruments" / f"{key}.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    places = [place for place, line in enumerate(lines) if WEIGHT.fullmatch(line)]
    place = random.Random(key).choice(places)
    digit = re.search(r"\d(?=\D*$)", lines[place])
    assert digit is not None
    lines[place] = f"{lines[place][: digit.start()]}{(int(digit[0]) + 1) % 10}{lines[place][digit.end() :]}"
    file.write_text("\n".join(lines), encoding="utf-8")
    done = asked_of(program, key, {})
    assert (done.returncode != 0, done.stdout) == (True, "")
    said = re.search(rf"instruments/{re.escape(key)}\.yaml baris \d+: bobot.*", done.stderr)
    assert said is not None, done.stderr[-500:]
    assert str(place + 1) in re.findall(r"baris (\d+)", done.stderr)
