"""`flask index` and `flask path`: exact answers on stdout; what cannot be used is told on stderr and ends with 2."""

import json
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from config.settings import ROOT
from tests.world import World

Run = Callable[..., Any]
Ask = Callable[..., Any]
Y2018, Y2020, Y2026 = "permenpanrb-5-2018", "permenpanrb-59-2020", "permenpanrb-8-2026"


@pytest.fixture
def ask(run: Run, tmp_path: Path) -> Ask:
    """`ask("index", instrument, values, *more)`: values as an object, or as the text of the file."""

    def asking(command: str, instrument: str, values: object, *more: str) -> Any:
        file = tmp_path / "nilai.json"
        file.write_text(values if isinstance(values, str) else json.dumps(values), encoding="utf-8")
        return run(command, instrument, str(file), *more)

    return asking


def items_of(world: World, instrument: str) -> list[str]:
    return list(world.library.instruments.instrument(instrument).items)


def test_the_index_has_exactly_these_parts(world: World, ask: Ask) -> None:
    answer = ask("index", Y2020, dict.fromkeys(items_of(world, Y2020), 3) | {"1": 4, "11": "2"})
    assert (answer.exit_code, "bukan" in answer.stdout) == (0, False)
    assert "Indeks resmi hanya dari kementerian" in answer.stderr
    assert json.loads(answer.stdout) == {
        "index": "2.99",  # 3 + 1.3/100 - 2.5/100 = 2.988
        "index_exact": "747/250",
        "predicate": "Baik",
        "tiers": {
            "domains": {"D1": "3.10", "D2": "2.90", "D3": "3.00", "D4": "3.00"},
            "aspects": {"A1": "3.10", "A2": "2.75", "A3": "3.00", "A4": "3.00", "A5": "3.00", "A6": "3.00",
                        "A7": "3.00", "A8": "3.00"},
        },
        "missing": [],
        "range": ["2.99", "2.99"],
    }  # fmt: skip


def test_items_written_in_every_way_are_exact(world: World, ask: Ask) -> None:
    values = dict.fromkeys(items_of(world, Y2026), 3) | {"20": "8/3", "19": 2.35, "1": "4,5", "2": "2.05"}
    answer = json.loads(ask("index", Y2026, json.dumps(values)).stdout)
    exact = 3 + (15 * Fraction(-1, 3) + 10 * Fraction("-0.65") + 5 * Fraction("1.5") + 5 * Fraction("-0.95")) / 100
    assert Fraction(answer["index_exact"]) == exact
    assert set(answer["tiers"]) == {"aspects"}


def test_the_three_items_of_indicator_35_count_for_themselves(world: World, ask: Ask) -> None:
    values = dict.fromkeys(items_of(world, Y2018), 2) | {"35-1": 5, "35-2": 0}
    answer = json.loads(ask("index", Y2018, values).stdout)
    assert (answer["index"], answer["index_exact"]) == ("2.03", "61/30")
    assert answer["tiers"]["aspects"]["A7"] == "2.17"


def test_with_gaps_there_is_a_range_and_no_index(world: World, ask: Ask) -> None:
    values = dict.fromkeys(items_of(world, Y2020), 3)
    del values["47"]
    answer = ask("index", Y2020, values)
    found = json.loads(answer.stdout)
    assert (found["index"], found["index_exact"], found["predicate"]) == (None, None, None)
    assert (found["missing"], found["range"]) == (["47"], ["2.94", "3.06"])
    assert (found["tiers"]["aspects"]["A8"], found["tiers"]["domains"]["D4"]) == (None, None)
    assert "Belum dinilai: 47" in answer.stderr


def test_tiers_stand_in_for_items(ask: Ask) -> None:
    answer = json.loads(ask("index", Y2020, {"D1": "3.7", "D2": "3.4", "D3": 3, "D4": "16/5"}).stdout)
    assert (answer["index"], answer["index_exact"], answer["missing"]) == ("3.28", "1641/500", [])


def test_where_rounding_crosses_a_border_both_predicates_are_told(ask: Ask) -> None:
    values = {f"D{number}": "2.595" for number in (1, 2, 3, 4)}
    answer = ask("index", Y2020, values)
    found = json.loads(answer.stdout)
    assert (found["index"], found["predicate"], found["predicate_rounded"]) == ("2.60", "Cukup", "Baik")
    assert "519/200" in found["note"]
    assert found["note"] in answer.stderr


def test_an_index_of_another_body_is_converted(world: World, ask: Ask, tmp_path: Path) -> None:
    other = tmp_path / "lain.json"
    other.write_text('{"5": "68.75"}', encoding="utf-8")
    values = dict.fromkeys([item for item in items_of(world, Y2026) if item != "5"], 3)
    answer = json.loads(ask("index", Y2026, values, "--external", str(other)).stdout)
    assert Fraction(answer["index_exact"]) == 3 + Fraction("0.75") * 5 / 100


def test_a_value_between_whole_levels_is_counted_and_told(world: World, ask: Ask) -> None:
    answer = ask("index", Y2020, dict.fromkeys(items_of(world, Y2020), 3) | {"1": "2.5"})
    assert answer.exit_code == 0
    assert "tingkat bulat" in answer.stderr
    assert Fraction(json.loads(answer.stdout)["index_exact"]) == 3 - Fraction("0.0065")


WRONG = [
    ({"48": 3}, "Kunci 48"),
    ({"a1": 3}, "maksudnya 'A1'"),
    ({"": 3}, "tidak ada pada instrumen"),
    ({"1": 6}, "di luar skala 1 sampai 5"),
    ({"1": 0}, "di luar skala"),
    ({"1": -1}, "di luar skala"),
    ({"A1": "5.01"}, "di luar skala"),
    ({"1": "tiga"}, "bukan bilangan"),
    ({"1": "3/0"}, "bukan bilangan"),
    ({"1": True}, "bukan bilangan"),
    ({"1": None}, "yang belum dinilai jangan ditulis"),
    ({"1": [3]}, "bukan bilangan"),
    ({"1": {"x": 3}}, "bukan bilangan"),
    ({"1": "1e9"}, "bukan bilangan"),
    ({"1": "9" * 5000}, "bukan bilangan"),
    ('{"1": 1e999999999}', "bukan bilangan"),
    ('{"1": NaN}', "bukan bilangan"),
    ('{"1": 3, "1": 4}', "ditulis dua kali"),
    ("[1, 2]", "satu objek JSON"),
    ("3", "satu objek JSON"),
    ('{"1": ', "bukan JSON"),
    ("", "bukan JSON"),
    ("[" * 100_000, "bukan JSON"),
]


@pytest.mark.parametrize(("values", "says"), WRONG, ids=[str(number) for number in range(len(WRONG))])
@pytest.mark.parametrize("command", [("index",), ("path", "--target", "3")], ids=["index", "path"])
def test_values_that_cannot_be_used_end_with_2_and_say_why(ask: Ask, command: tuple, values: object, says: str) -> None:
    answer = ask(command[0], Y2020, values, *command[1:])
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert says in answer.stderr


def test_every_wrong_value_is_named_at_once(ask: Ask) -> None:
    answer = ask("index", Y2020, {"1": 9, "99": 3, "D9": 1})
    assert all(name in answer.stderr for name in ("Nilai 1", "Kunci 99", "Kunci D9"))


def test_an_unknown_instrument_or_file_ends_with_2(run: Run, ask: Ask, tmp_path: Path) -> None:
    unknown = ask("index", "permenpanrb-9-2026", {})
    assert (unknown.exit_code, unknown.stdout) == (2, "")
    assert Y2026 in unknown.stderr
    assert run("index", Y2020, str(tmp_path / "tidak-ada.json")).exit_code == 2
    latin = tmp_path / "latin.json"
    latin.write_bytes(b'{"\xe9": 1}')
    assert run("index", Y2020, str(latin)).exit_code == 2


# ---------------------------------------------------------------- path

COSTS = """steps:
  - {indicator: 1, from: 2, to: 3, effort: 2, owner: diskominfo, documents: [perbup]}
  - {indicator: 2, from: 2, to: 3, effort: 2, owner: bappeda, documents: [perbup]}
  - {indicator: '11', from: 2, to: 3, effort: 2.5, owner: bappeda, needs: ['1:3']}
  - {indicator: '12', from: 2, to: 3, effort: 9, owner: bappeda, earliest: 2027-03-01}
  - {indicator: '13', from: 2, to: 3, effort: 30, owner: bappeda}
documents: {perbup: 4}
"""


@pytest.fixture
def costs(tmp_path: Path) -> Callable[[str], str]:
    """Writes a COSTS.yaml and says where it is."""

    def write(content: str) -> str:
        file = tmp_path / "biaya.yaml"
        file.write_text(content, encoding="utf-8")
        return str(file)

    return write


def test_the_path_has_exactly_these_parts(world: World, ask: Ask, costs: Any) -> None:
    values = dict.fromkeys(items_of(world, Y2020), 2)
    answer = ask("path", Y2020, values, "--target", "2.035", "--costs", costs(COSTS))
    assert answer.exit_code == 0, answer.stderr
    assert "Simulasi" in answer.stderr
    assert json.loads(answer.stdout) == {
        "steps": [
            {"indicator": "1", "from": 2, "to": 3, "effort": 2, "gain": "13/1000", "owner": "diskominfo"},
            {"indicator": "11", "from": 2, "to": 3, "effort": 2.5, "gain": "1/40", "owner": "bappeda"},
        ],
        "documents": ["perbup"],
        "effort": 8.5,
        "index_after": "2.04",
        "optimal": True,
    }


def test_the_path_explains_itself_on_request(world: World, ask: Ask, costs: Any) -> None:
    values = dict.fromkeys(items_of(world, Y2020), 2)
    asked = ("path", Y2020, values, "--target", "2.03", "--costs", costs(COSTS), "--explain")
    found = json.loads(ask(*asked).stdout)
    assert ([step["indicator"] for step in found["steps"]], found["effort"]) == (["1", "11"], 8.5)
    assert found["index_after_exact"] == "1019/500"
    assert found["why"] == {
        "1:3": "Tanpa langkah ini, dan 11:3 yang bertumpu padanya, indeks hanya 2.0000, di bawah sasaran 2.0300.",
        "11:3": "Tanpa langkah ini indeks hanya 2.0130, di bawah sasaran 2.0300.",
    }
    without_diskominfo, without_the_decree = found["alternatives"]
    assert ([step["indicator"] for step in without_diskominfo["steps"]], without_diskominfo["effort"]) == (
        ["2", "12"],
        15,
    )
    assert ([step["indicator"] for step in without_the_decree["steps"]], without_the_decree["documents"]) == (
        ["12", "13"],
        [],
    )


def test_the_cut_off_leaves_out_what_comes_too_late(world: World, ask: Ask, costs: Any) -> None:
    values = dict.fromkeys(items_of(world, Y2020), 2)
    asked = ("path", Y2020, values, "--target", "2.07", "--costs", costs(COSTS), "--by")
    assert "12" in [step["indicator"] for step in json.loads(ask(*asked, "2027-03-01").stdout)["steps"]]
    assert "13" in [step["indicator"] for step in json.loads(ask(*asked, "2027-02-28").stdout)["steps"]]


def test_a_decimal_value_steps_to_the_next_whole_level(world: World, ask: Ask) -> None:
    values = dict.fromkeys(items_of(world, Y2026), 3) | {"20": "2.35"}
    found = json.loads(ask("path", Y2026, values, "--target", "3").stdout)
    assert found["steps"] == [{"indicator": "20", "from": "2.35", "to": 3, "effort": 1, "gain": "39/400"}]


def test_what_the_solver_says_on_its_own_never_stands_among_the_data() -> None:
    said = (
        "import ctypes; from web.cli.maturity import data_alone\n"
        "with data_alone(): ctypes.CDLL(None).puts(b'from the library')\n"
        "print('data')"
    )
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True, cwd=ROOT)
    assert (done.stdout, "from the library" in done.stderr) == ("data\n", True)


def test_what_cannot_be_reached_ends_with_1_and_says_what_is_missing(world: World, ask: Ask, costs: Any) -> None:
    values = dict.fromkeys(items_of(world, Y2020), 2)
    answer = ask("path", Y2020, values, "--target", "2,6", "--costs", costs(COSTS), "--by", "2027-01-01")
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert "ke 2.0760" in answer.stderr
    assert "12:3: paling cepat 1 Maret 2027, sesudah batas 1 Januari 2027" in answer.stderr
    assert "1:4: langkah ini tidak terdaftar" in answer.stderr


def test_a_path_from_gaps_is_refused_by_name(ask: Ask) -> None:
    answer = ask("path", Y2020, {"D1": 2, "D2": 2, "D3": 2}, "--target", "2.6")
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert "belum dinilai: 32, 33" in answer.stderr


BROKEN = [
    ("steps: 5", "daftar"),
    ("documents: {}", "'steps' belum ada"),
    (COSTS.replace("indicator: 1,", "indicator: 99,"), "butir '99' tidak ada"),
    (COSTS.replace("to: 3, effort: 30", "to: 4, effort: 30"), "satu langkah naik satu tingkat"),
    (COSTS.replace("to: 3, effort: 30", "to: 6, effort: 30"), "tingkat bulat sampai 5"),
    (COSTS.replace("effort: 30", "effort: -1"), "usaha harus antara"),
    (COSTS.replace("effort: 30", "effort: .inf"), "tidak dikenal"),
    (COSTS.replace("effort: 30", "effort: banyak"), "bukan bilangan"),
    (COSTS.replace("'13'", "'12'"), "ditulis dua kali"),
    (COSTS.replace("['1:3']", "['1:9']"), "prasyarat '1:9' tidak ada"),
    (COSTS.replace("['1:3']", "[1:3]"), "tanda petik"),
    (COSTS.replace("{perbup: 4}", "{perbub: 4}"), "maksudnya 'perbub'"),
    (COSTS.replace("2027-03-01", "2027-13-01"), "2027-13-01"),
    (COSTS.replace("owner: diskominfo", "oner: diskominfo"), "maksudnya 'owner'"),
    ("steps: [", "YAML tidak terbaca"),
    ("steps: " + "[" * 5000, "bersarang terlalu dalam"),
    ("steps: " + "[" * 400_000, "biaya.yaml baris 1: bersarang terlalu dalam"),
    ("", "pasangan kunci"),
]


@pytest.mark.parametrize(("content", "says"), BROKEN, ids=[str(number) for number in range(len(BROKEN))])
def test_efforts_that_cannot_be_used_end_with_2_and_name_the_line(
    world: World, ask: Ask, costs: Any, content: str, says: str
) -> None:
    values = dict.fromkeys(items_of(world, Y2020), 2)
    answer = ask("path", Y2020, values, "--target", "2.01", "--costs", costs(content))
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert says in answer.stderr
    assert "biaya.yaml" in answer.stderr


@pytest.mark.parametrize("target", ["6", "0.5", "tinggi", "", "1/0"])
def test_a_target_off_the_scale_ends_with_2(world: World, ask: Ask, target: str) -> None:
    answer = ask("path", Y2020, dict.fromkeys(items_of(world, Y2020), 2), "--target", target)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "Sasaran" in answer.stderr


def test_steps_listed_for_another_bodys_index_are_ignored_and_told(world: World, ask: Ask, costs: Any) -> None:
    values = dict.fromkeys(items_of(world, Y2026), 3)
    content = "steps:\n  - {indicator: 5, from: 3, to: 4, effort: 0}\n  - {indicator: 8, from: 3, to: 4, effort: 7}\n"
    answer = ask("path", Y2026, values, "--target", "3.01", "--costs", costs(content))
    assert [step["indicator"] for step in json.loads(answer.stdout)["steps"]] == ["8"]
    assert "diabaikan: 5" in answer.stderr
