"""`flask load-criteria`: official wording loaded for one institution, replaced, counted dry, refused where wrong."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from governance.assessment.criteria import wording_of
from tests.cycles import INSTRUMENT
from tests.world import World

Write = Callable[[Any], str]
GOOD: dict[str, Any] = {
    "instrument": INSTRUMENT,
    "source": "Lampiran",
    "criteria": {"1": {1: "Bunyi satu.", 2: "Bunyi dua."}, "47": {5: "Bunyi lima."}},
}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(content: Any) -> str:
        file = tmp_path / "bunyi.yaml"
        file.write_bytes(
            content if isinstance(content, bytes) else yaml.safe_dump(content, allow_unicode=True).encode()
        )
        return str(file)

    return written


@pytest.fixture
def load(run: Any) -> Callable[..., Any]:
    return lambda file, *more: run("load-criteria", file, "--institution", "serang", *more)


def test_what_is_loaded_stands_where_our_summary_stood_and_the_trail_says_so(
    world: World, load: Any, write: Write
) -> None:
    result = load(write(GOOD))
    assert result.exit_code == 0, result.stderr
    answer = json.loads(result.stdout)
    assert (answer["added"], answer["changed"], answer["loaded"]) == (["1:1", "1:2", "47:5"], [], True)
    words = wording_of(world.serang.id, world.library.instruments.instrument(INSTRUMENT))
    assert (words["1", 2].text, words["1", 2].official, words["1", 2].source) == ("Bunyi dua.", True, "Lampiran")
    assert not words["1", 3].official
    assert not wording_of(world.kota.id, world.library.instruments.instrument(INSTRUMENT))["1", 2].official
    assert sum('"criteria.loaded"' in line for line in world.trail()) == 1


def test_loading_again_replaces_and_says_what_changed_and_the_same_again_changes_nothing(
    world: World, load: Any, write: Write
) -> None:
    load(write(GOOD))
    other = GOOD | {"criteria": {"1": {2: "Bunyi dua yang lain.", 1: "Bunyi satu.", 3: "Bunyi tiga."}}}
    answer = json.loads(load(write(other)).stdout)
    told = {"added": ["1:3"], "changed": ["1:2"], "removed": [], "same": 1, "kept": 1, "loaded": True}
    assert {name: answer[name] for name in told} == told
    before = world.everything()
    again = json.loads(load(write(other)).stdout)
    assert (again["added"], again["changed"], again["same"], again["loaded"]) == ([], [], 3, False)
    assert world.everything() == before


def test_a_whole_file_takes_out_what_it_does_not_name(world: World, load: Any, write: Write) -> None:
    load(write(GOOD))
    answer = json.loads(load(write(GOOD | {"criteria": {"1": {1: "Bunyi satu."}}}), "--whole").stdout)
    assert (answer["removed"], answer["same"]) == (["1:2", "47:5"], 1)
    words = wording_of(world.serang.id, world.library.instruments.instrument(INSTRUMENT))
    assert [place for place, one in words.items() if one.official] == [("1", 1)]


def test_a_new_source_alone_is_a_change(world: World, load: Any, write: Write) -> None:
    load(write(GOOD))
    answer = json.loads(load(write(GOOD | {"source": "Berita Negara"})).stdout)
    assert answer["changed"] == ["1:1", "1:2", "47:5"]


def test_a_dry_run_says_what_would_change_and_changes_nothing(world: World, load: Any, write: Write) -> None:
    before = world.everything()
    result = load(write(GOOD), "--dry-run")
    answer = json.loads(result.stdout)
    assert (len(answer["added"]), answer["loaded"]) == (3, False)
    assert "tidak ada yang dimuat" in result.stderr
    assert world.everything() == before


DEEP = b"criteria: " + b"[" * 50_000
WRONG: list[tuple[Any, str]] = [
    (b"", "pasangan kunci dan nilai"),
    (b"[]", "pasangan kunci dan nilai"),
    (b"\xff\xfe", "bukan teks UTF-8"),
    (b"instrument: [", "YAML tidak terbaca"),
    (DEEP, "bersarang terlalu dalam"),
    (b"a: &a [x, *a]\n", "tidak dikenal"),
    (b"instrument: !!python/object:os.system ls\n", "tidak dikenal"),
    (b"x" * 2_000_001, "terlalu besar"),
    (GOOD | {"instrument": "permenpanrb-95-2020"}, f"maksudnya '{INSTRUMENT}'?"),
    (GOOD | {"source": ""}, "harus ada teks"),
    (GOOD | {"source": "x" * 501}, "terlalu panjang"),
    ({"instrument": INSTRUMENT, "criteria": {}}, "'source' belum ada"),
    (GOOD | {"criteria": {}}, "belum ada satu pun"),
    (GOOD | {"criteria": ["1"]}, "harus ada butir"),
    (GOOD | {"criteria": {"1": "Bunyi"}}, "harus ada tingkat dan bunyinya"),
    (GOOD | {"criteria": {"48": {1: "Bunyi"}}}, "butir '48' tidak ada"),
    (GOOD | {"criteria": {"1": {0: "Bunyi"}}}, "tingkat '0' tidak ada pada butir 1: 1 sampai 5"),
    (GOOD | {"criteria": {"1": {6: "Bunyi"}}}, "tingkat '6' tidak ada"),
    (GOOD | {"criteria": {"1": {"dua": "Bunyi"}}}, "tingkat 'dua' tidak ada"),
    (GOOD | {"criteria": {"1": {1: ""}}}, "harus ada teks"),
    (GOOD | {"criteria": {"1": {1: 5}}}, "harus ada teks"),
    (GOOD | {"criteria": {"1": {1: "Bunyi\u202e"}}}, "arah baca"),
    (GOOD | {"criteria": {"1": {1: "x" * 20_001}}}, "terlalu panjang"),
    (GOOD | {"tambahan": 1}, "'tambahan' tidak dikenal"),
]


@pytest.mark.parametrize(("content", "says"), WRONG)
def test_a_wrong_or_hostile_file_is_refused_with_file_and_line_and_nothing_is_loaded(
    world: World, load: Any, write: Write, content: Any, says: str
) -> None:
    before = world.everything()
    result = load(write(content))
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert says in result.stderr, result.stderr[:500]
    assert "bunyi.yaml" in result.stderr
    assert world.everything() == before


def test_a_fault_names_its_own_line(world: World, load: Any, write: Write) -> None:
    content = f"instrument: {INSTRUMENT}\nsource: Lampiran\ncriteria:\n  '1':\n    1: Satu\n    9: Sembilan\n".encode()
    assert "bunyi.yaml baris 6: tingkat '9'" in load(write(content)).stderr


def test_an_unknown_institution_stops_the_command(world: World, run: Any, write: Write) -> None:
    result = run("load-criteria", write(GOOD), "--institution", "tidak_ada")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "tidak_ada" in result.stderr
