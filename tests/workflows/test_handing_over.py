"""What goes to the national portal: named by its code, with texts and sums; what stays is said, with its reason."""

import csv
import hashlib
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from governance.assessment import portal
from governance.assessment.course import CycleRole
from governance.assessment.judging import EvidenceState
from governance.assessment.portal import Piece, Why, Wish, planned, reason, safe_name
from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Refusal
from tests.cycles import seat
from tests.proving import PDF, Round, opened
from tests.workbooks import changed, downloaded, read
from tests.world import NOW, TODAY, Maker, World
from workflows import enactment, handing_over, importing
from workflows.evidence_keeping import Piece as Given
from workflows.handing_over import Wanted


@pytest.fixture
def cycle(world: World) -> Round:
    made = opened(world)
    seat(world, made.id, CycleRole.DATA_ENTRY, world.diskominfo)
    return made


def taken(world: World, cycle: Round, by: str = "diskominfo", **more: Any) -> zipfile.ZipFile:
    """The zip as it arrives, whole and readable."""
    wanted = Wanted(cycle.id, **more)
    package = handing_over.hand_over(wanted, by=world.serang.people[by].actor, now=NOW, library=world.library)
    found = zipfile.ZipFile(io.BytesIO(b"".join(package.chunks)))
    assert found.testzip() is None
    return found


def manifest(found: zipfile.ZipFile) -> dict[str, Any]:
    return dict(json.loads(found.read("manifest.json")))


def left_out(found: zipfile.ZipFile) -> list[tuple[str, str]]:
    return sorted((one["item"], one["why"]) for one in manifest(found)["left_out"])


def test_accepted_evidence_lies_in_its_items_folder_under_its_code(world: World, cycle: Round) -> None:
    cycle.accepted(world.dinkes, 1, code="I1-L1-01", name="Surat Édaran (final).pdf", pointer="halaman 3")
    cycle.accepted(world.dinkes, 1, item="2", data=PDF + b" lain", name="foto.pdf")
    found = taken(world, cycle)
    assert [name for name in found.namelist() if name.endswith(".pdf")] == [
        "I1/I1-L1-01_Surat-Edaran-final.pdf",
        "I2/I2-L1-T01_foto.pdf",
    ]
    assert found.read("I1/I1-L1-01_Surat-Edaran-final.pdf") == PDF
    assert "halaman 3" in found.read("I1/I1_penjelasan.txt").decode()
    told = {one["path"]: one["sha256"] for one in manifest(found)["files"]}
    assert told["I1/I1-L1-01_Surat-Edaran-final.pdf"] == hashlib.sha256(PDF).hexdigest()
    assert all(hashlib.sha256(found.read(one["path"])).hexdigest() == one["sha256"] for one in manifest(found)["texts"])
    assert "belum dapat diperiksa" in found.read("BACA-DULU.txt").decode()
    assert "belum dapat diperiksa" in manifest(found)["portal_format"]


def test_what_stays_is_named_with_its_reason_and_secrets_are_not(world: World, cycle: Round) -> None:
    offices = {"dinkes": world.dinkes}
    cycle.offer(offices["dinkes"], 1, data=PDF + b"1")
    cycle.accepted(world.dinkes, 1, data=PDF + b"2", expires_on=date(2026, 11, 19))
    cycle.accepted(world.dinkes, 1, data=PDF + b"3", secrecy=Secrecy.RAHASIA, name="sandi negara.pdf")
    cycle.accepted(world.dinkes, 1, data=PDF + b"4", secrecy=Secrecy.TERBATAS, name="peta jaringan.pdf")
    found = taken(world, cycle)
    assert [name for name in found.namelist() if name.endswith(".pdf")] == []
    assert left_out(found) == [("1", why) for why in ("expired", "not_accepted", "rahasia", "terbatas")]
    everything = b"".join(found.read(name) for name in found.namelist())
    assert b"sandi" not in everything
    assert b"jaringan" not in everything
    restricted = taken(world, cycle, restricted=True)
    assert [name for name in restricted.namelist() if name.endswith(".pdf")] == ["I1/I1-L1-T01_peta-jaringan.pdf"]
    assert left_out(restricted) == [("1", why) for why in ("expired", "not_accepted", "rahasia")]
    assert b"sandi" not in b"".join(restricted.read(name) for name in restricted.namelist())


def test_scores_and_words_go_along_and_no_cell_is_a_formula(world: World, cycle: Round) -> None:
    seat(world, cycle.id, CycleRole.ASSESSOR, world.diskominfo)
    data = changed(downloaded(world, cycle.id), {"Nilai!E2": 3, "Nilai!F2": "-2+3 kebijakan; 'lengkap'"})
    importing.confirm(read(world, cycle.id, data), by=world.diskominfo.actor, now=NOW)
    found = taken(world, cycle)
    rows = list(csv.reader(io.StringIO(found.read("daftar-penjelasan.csv").decode("utf-8-sig"))))
    assert rows[1][2:] == ["3", "'-2+3 kebijakan; 'lengkap'"]
    assert len(rows) == 48
    assert "Penilaian mandiri: 3" in found.read("I1/I1_penjelasan.txt").decode()


def test_an_act_goes_as_its_copy_or_its_scan_and_without_either_stays(world: World, make: Maker, cycle: Round) -> None:
    paper = make.document(State.ENACTED)
    act_id = world.value("SELECT act_id FROM document WHERE id = :id", id=paper.id)
    cycle.accepted(world.dinkes, 1, piece=Given(act_id=act_id), pointer="diktum KESATU")
    assert left_out(taken(world, cycle)) == [("1", "no_file")]
    enactment.add_scan(paper.id, PDF + b" pindaian", by=world.hukum.actor, now=NOW, library=world.library)
    (name,) = [name for name in taken(world, cycle).namelist() if name.endswith(".pdf")]
    assert name.startswith("I1/I1-L1-T01_")
    assert taken(world, cycle).read(name) == PDF + b" pindaian"
    word, pdf = world.library.files.keep(b"salinan"), world.library.files.keep(PDF + b" salinan")
    world.change(
        "INSERT INTO rendition (institution_id, document_id, form, source_sha256, word_sha256, pdf_sha256, state,"
        " asked_at, due_at, attempts, answer) SELECT institution_id, id, 'salinan', :word, :word, :pdf, 'done',"
        " changed_at, changed_at, 1, '' FROM document WHERE id = :id",
        word=word,
        pdf=pdf,
        id=paper.id,
    )
    assert taken(world, cycle).read(name) == PDF + b" salinan"


def test_a_file_that_is_gone_or_damaged_is_told(world: World, cycle: Round) -> None:
    cycle.accepted(world.dinkes, 1)
    cycle.accepted(world.dinkes, 1, item="2", data=PDF + b" dua")
    places = [world.library.files.place(hashlib.sha256(data).hexdigest()) for data in (PDF, PDF + b" dua")]
    places[0].unlink()
    places[1].chmod(0o600)
    places[1].write_bytes(b"diganti")
    found = taken(world, cycle)
    assert left_out(found) == [("1", "gone")]
    (damaged,) = manifest(found)["files"]
    assert damaged["damaged"] is True
    assert damaged["sha256"] == hashlib.sha256(b"diganti").hexdigest()


def test_only_a_part_is_taken_where_one_is_named(world: World, cycle: Round) -> None:
    cycle.accepted(world.dinkes, 1)
    group = next(iter(world.library.instruments.instrument("permenpanrb-59-2020").groups))
    assert "I1/I1_penjelasan.txt" in taken(world, cycle, group=group).namelist()
    with pytest.raises(Invalid):
        taken(world, cycle, group="tidak ada")


def test_who_took_it_and_when_stands_in_the_trail(world: World, cycle: Round) -> None:
    before = len(world.trail())
    taken(world, cycle)
    assert len(world.trail()) == before + 1
    assert "portal.handed_over" in world.trail()[-1]


def test_only_who_enters_the_data_takes_it(world: World, cycle: Round) -> None:
    before = world.everything()
    for office in ("sekda", "dinkes", "inspektorat"):
        with pytest.raises(NotAllowed):
            taken(world, cycle, office)
    with pytest.raises(NotFound):
        handing_over.hand_over(Wanted(cycle.id), by=world.kota.diskominfo.actor, now=NOW, library=world.library)
    assert world.everything() == before


def test_a_zip_that_would_be_too_large_is_refused_before_its_first_byte() -> None:
    pieces = [replace(PIECE, name=f"bukti {one}", size=300 * 1024**2) for one in range(4)]
    with pytest.raises(Refusal) as refused:
        portal.require_bounds(planned(pieces, Wish(("1",)), TODAY))
    assert refused.value.key == "portal.too_large"
    portal.require_bounds(planned(pieces[:3], Wish(("1",)), TODAY))


PIECE = Piece(
    item="1",
    level=1,
    code="I1-L1-01",
    name="Peta.pdf",
    pointer="",
    explanation="",
    unit="Dinkes",
    state=EvidenceState.ACCEPTED,
    secrecy=Secrecy.BIASA,
    sha256="a" * 64,
    media="application/pdf",
    size=1,
)


def test_every_file_has_a_name_of_its_own_that_every_system_takes() -> None:
    names = ["Peta.pdf", "peta.PDF", "../../etc/passwd", "CON.pdf", "你好", "a" * 300, "=cmd|'/c'!A1", "x/y\\z:*?.docx"]
    pieces = [replace(PIECE, name=name) for name in names]
    paths = [one.path for one in planned(pieces, Wish(("1",)), TODAY).packed]
    assert len({path.casefold() for path in paths}) == len(names)
    assert all(len(path) < 120 and path.startswith("I1/I1-L1-01_") and path.endswith(".pdf") for path in paths)
    assert all(re.fullmatch(r"[A-Za-z0-9/_.-]+", path) for path in paths)
    assert safe_name("你好") == "bukti"


@pytest.mark.parametrize("secrecy", Secrecy)
@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("his", [True, False])
def test_secrecy_decides_before_everything_else(secrecy: Secrecy, *, asked: bool, his: bool) -> None:
    piece = replace(PIECE, secrecy=secrecy, his=his)
    expected = {
        Secrecy.BIASA: None,
        Secrecy.TERBATAS: None if asked and his else Why.TERBATAS,
        Secrecy.RAHASIA: Why.RAHASIA,
    }
    assert reason(piece, Wish(("1",), restricted=asked), TODAY) is expected[secrecy]


@pytest.mark.parametrize("state", EvidenceState)
def test_only_what_assessors_accepted_goes(state: EvidenceState) -> None:
    expected = None if state is EvidenceState.ACCEPTED else Why.NOT_ACCEPTED
    assert reason(replace(PIECE, state=state), Wish(("1",)), TODAY) is expected


def test_evidence_goes_on_its_last_day_and_not_after() -> None:
    assert reason(replace(PIECE, expires_on=TODAY), Wish(("1",)), TODAY) is None
    assert reason(replace(PIECE, expires_on=date(2026, 11, 19)), Wish(("1",)), TODAY) is Why.EXPIRED
    assert reason(replace(PIECE, withdrawn=True), Wish(("1",)), TODAY) is Why.WITHDRAWN
