"""The page of old evidence under a new instrument, and the averages of peers by form and by file."""

import json
from pathlib import Path

import pytest

from governance.assessment import years
from governance.assessment.evidence_models import Evidence, EvidenceUse
from governance.assessment.judging import EvidenceState
from governance.documents.models import Secrecy
from governance.kernel.db import db, transaction
from tests.cycles import cycle_of
from tests.web.counting import heard, selects
from tests.web.reader import Reader
from tests.workflows.test_recording_results import MIDDLE, NEW, OLD
from tests.world import NOW, World

PEERS = """peers:
  - year: 2020
    instrument: permenpanrb-5-2018
    peers: Kabupaten dan kota se-Banten
    source: Paparan kementerian
    values: {index: "2.30", D1: "2.10"}
"""


@pytest.fixture
def diskominfo(world: World) -> Reader:
    return Reader(world.app, world.diskominfo)


def accepted(world: World, cycle_id: int, item: str, name: str, secrecy: Secrecy = Secrecy.BIASA) -> None:
    """Evidence of Dinkes, accepted at level 2."""
    with transaction():
        unit = world.dinkes.actor.unit_id or 0
        row = Evidence(institution_id=world.serang.id, name=name, unit_id=unit, secrecy=secrecy)
        row.sha256, row.by_title, row.at = name.encode().hex().ljust(64, "0")[:64], "Dinkes", NOW
        db.session.add(row)
        db.session.flush()
        use = EvidenceUse(institution_id=world.serang.id, cycle_id=cycle_id, item=item, level=2, evidence_id=row.id)
        use.unit_id, use.state, use.by_title, use.at = unit, EvidenceState.ACCEPTED, "Dinkes", NOW
        db.session.add(use)


def test_the_last_cycles_accepted_evidence_is_read_under_the_instrument_at_hand(
    world: World, diskominfo: Reader
) -> None:
    old = cycle_of(world, year=2025, instrument=MIDDLE)
    accepted(world, old, "10", "Keputusan Tim Koordinasi")
    accepted(world, old, "44", "JDIH")
    cycle_of(world, year=2026, instrument=NEW)
    page = diskominfo.get("/index/translation").text
    assert "2 bukti yang diterima pada penilaian 2025 dapat berbicara untuk 1 dari 20 butir" in page
    assert page.index("Keputusan Tim Koordinasi") < page.index("Yang tidak dinilai lagi") < page.index("JDIH")
    assert "tafsiran pokok: periksa" in page
    assert "Nilai tidak pernah ikut pindah" in page


def test_a_cycle_on_the_old_instrument_looks_on_to_the_next(world: World, diskominfo: Reader) -> None:
    accepted(world, cycle_of(world, year=2020, instrument=OLD), "1", "Keputusan Tim Pengarah")
    page = diskominfo.get("/index/translation").text
    assert "Keputusan Tim Pengarah" in page


def test_without_a_cycle_the_mapping_can_still_be_read(diskominfo: Reader) -> None:
    page = diskominfo.get("/index/translation").text
    assert "Belum ada penilaian di sini dengan instrumen yang lama" in page
    assert diskominfo.get(f"/index/translation?to={MIDDLE}").status_code == 200
    assert diskominfo.get("/index/translation?to=lain").status_code == 404


def test_secret_evidence_is_counted_and_not_named(world: World) -> None:
    accepted(world, cycle_of(world), "10", "Laporan insiden", Secrecy.RAHASIA)
    other = Reader(world.app, world.hukum).get("/index/translation").text
    assert "Laporan insiden" not in other
    assert "bukti yang tidak untuk Anda baca" in other
    assert "Laporan insiden" in Reader(world.app, world.dinkes).get("/index/translation").text


def test_another_regions_evidence_is_not_there(world: World) -> None:
    accepted(world, cycle_of(world), "10", "Keputusan Serang")
    assert "Keputusan Serang" not in Reader(world.app, world.kota.diskominfo).get("/index/translation").text


def test_the_page_asks_no_more_than_seven_statements(world: World, diskominfo: Reader) -> None:
    accepted(world, cycle_of(world), "10", "Keputusan")
    for path in ("/index/translation", "/index/peers"):
        diskominfo.get(path)
        with heard() as said:
            diskominfo.get(path)
        assert len(selects(said)) <= 7, path


def test_peers_are_entered_with_their_source(world: World, diskominfo: Reader) -> None:
    form = {"year": "2020", "instrument": OLD, "peers": "Se-Banten", "v.index": "2,30", "source": "Paparan"}
    wrong = diskominfo.post("/index/peers", form | {"source": "", "v.D1": "enam"})
    assert wrong.status_code == 422
    assert 'href="#f-source"' in wrong.text
    assert 'href="#f-D1"' in wrong.text
    assert diskominfo.post("/index/peers", form).status_code == 303
    assert "2,30" in diskominfo.get("/index/peers").text
    assert Reader(world.app, world.dinkes).post("/index/peers", form).status_code == 403
    assert "Catat rata-rata" not in Reader(world.app, world.dinkes).get("/index/peers").text


def load(world: World, folder: Path, text: str, key: str = "serang") -> tuple[int, str, str]:
    file = folder / "sejawat.yaml"
    file.write_text(text, encoding="utf-8")
    answer = world.app.test_cli_runner().invoke(args=["load-peers", str(file), "--institution", key])
    return answer.exit_code, answer.stdout, answer.stderr


def test_peers_are_loaded_from_a_file_and_loading_again_changes_nothing_more(world: World, tmp_path: Path) -> None:
    for _again in range(2):
        code, out, _err = load(world, tmp_path, PEERS)
        assert (code, json.loads(out)) == (0, {"loaded": 1, "years": [2020]})
    (row,) = years.peers_of(world.serang.id)
    assert row.values == {"index": "2.30", "D1": "2.10"}


@pytest.mark.parametrize(
    ("changed", "by", "said"),
    [
        ('"2.30"', '"7"', "peers.1.index"),
        ("D1", "D9", "peers.1.D9"),
        ("permenpanrb-5-2018", "permenpanrb-5-2017", "peers.1.instrument"),
        ("year: 2020", "year: lama", "sejawat.yaml baris 2"),
        ("source: Paparan", "sumber: Paparan", "sejawat.yaml baris 5"),
        (PEERS, "peers: [", "sejawat.yaml"),
        (PEERS, "- a", "sejawat.yaml"),
    ],
)
def test_a_file_with_a_fault_loads_nothing_and_names_it(
    world: World, tmp_path: Path, changed: str, by: str, said: str
) -> None:
    code, out, err = load(world, tmp_path, PEERS.replace(changed, by))
    assert (code, out) == (2, "")
    assert said in err
    assert years.peers_of(world.serang.id) == []


def test_one_fault_among_many_loads_none(world: World, tmp_path: Path) -> None:
    second = PEERS.removeprefix("peers:\n").replace("2.30", "9")
    code, _out, err = load(world, tmp_path, PEERS + second)
    assert code == 2
    assert "peers.2.index" in err
    assert years.peers_of(world.serang.id) == []


def test_an_unknown_institution_is_refused(world: World, tmp_path: Path) -> None:
    assert load(world, tmp_path, PEERS, "atlantis")[0] == 1
