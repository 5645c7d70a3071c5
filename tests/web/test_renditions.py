"""PDFs and copies at the doors: page, API and command say how far each is, and hand it over to whoever may read."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from tests.governance.documents import samples
from tests.soffices import BROKEN, CRASHES, GOOD, StandIn
from tests.web.api.asking import ApiOf, assert_refused
from tests.web.reader import Reader
from tests.world import NOW, Maker, Paper, Someone, World
from web import health
from workflows import printing
from workflows.outside.soffice import Printer

Sit = Callable[[Someone | None], Reader]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def sit(world: World) -> Sit:
    return lambda someone: Reader(world.app, someone)


@pytest.fixture
def stand_in(tmp_path: Path) -> StandIn:
    return StandIn.within(tmp_path / "stand-in")


@pytest.fixture
def printer(world: World, stand_in: StandIn) -> Iterator[Printer]:
    """LibreOffice's stand-in, as the application has it for this test."""
    before = world.app.extensions["printer"]
    world.app.extensions["printer"] = stand_in.printer
    yield stand_in.printer
    world.app.extensions["printer"] = before


@pytest.fixture
def print_due(world: World, printer: Printer) -> Callable[[], int]:
    return lambda: printing.print_due(now=NOW.replace(year=2999), library=world.library, printer=printer)


def page_of(reader: Reader, paper: Paper) -> str:
    return " ".join(reader.get(f"/documents/{paper.id}").text.split())


# ---- pages


def test_without_libreoffice_the_page_says_so_and_offers_the_word_file(world: World, make: Maker, sit: Sit) -> None:
    paper = make.document(State.IN_REVIEW)
    page = page_of(sit(world.diskominfo), paper)
    assert "LibreOffice tidak terpasang" in page
    assert "Buat PDF" not in page
    assert f"/documents/{paper.id}/file" in page
    refused = sit(world.diskominfo).post(f"/documents/{paper.id}/pdf")
    assert refused.status_code == 409
    assert "LibreOffice tidak terpasang" in refused.text
    assert world.value("SELECT count(*) FROM rendition") == 0
    assert not [line for line in world.trail() if "pdf_asked" in line]


def test_a_reader_asks_waits_and_downloads(world: World, make: Maker, sit: Sit, print_due: Callable[[], int]) -> None:
    paper, reader = make.document(State.IN_REVIEW), sit(world.diskominfo)
    assert "Buat PDF" in page_of(reader, paper)
    asked = reader.post(f"/documents/{paper.id}/pdf")
    assert (asked.status_code, asked.location) == (303, f"/documents/{paper.id}#h-berkas")
    page = page_of(reader, paper)
    assert "PDF menunggu giliran berikutnya." in page
    assert f'data-progress="/documents/{paper.id}/renditions"' in page
    assert reader.get(f"/documents/{paper.id}/pdf").status_code == 409
    assert (reader.get(f"/documents/{paper.id}/renditions").json or {}) == {
        "going_on": True, "key": "naskah:waiting", "said": {"naskah": "PDF menunggu giliran berikutnya."},
    }  # fmt: skip
    assert print_due() == 1
    page = page_of(reader, paper)
    assert "data-progress" not in page
    assert f'href="/documents/{paper.id}/pdf?form=naskah"' in page
    file = reader.get(f"/documents/{paper.id}/pdf")
    assert file.mimetype == "application/pdf"
    name = f"coordination_team_decree-{paper.as_seen().year}-{paper.id}-r1.pdf"
    assert file.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert file.data.startswith(b"%PDF-")
    assert (reader.get(f"/documents/{paper.id}/renditions").json or {})["going_on"] is False


def test_the_page_says_how_many_are_printed_before(world: World, make: Maker, sit: Sit, printer: Printer) -> None:
    papers, reader = [make.document(State.ENACTED) for _ in range(3)], sit(world.diskominfo)
    assert "PDF menunggu giliran, 2 berkas di depannya." in page_of(reader, papers[2])


def test_a_failure_is_said_and_can_be_tried_again(
    make: Maker, world: World, sit: Sit, stand_in: StandIn, print_due: Callable[[], int]
) -> None:
    paper, reader = make.document(State.ENACTED), sit(world.diskominfo)
    stand_in.refuse(everything=True)
    print_due()
    page = page_of(reader, paper)
    assert "LibreOffice tidak dapat membaca berkas Word ini" in page
    assert "Buat PDF lagi" in page
    stand_in.refuse(everything=False)
    reader.post(f"/documents/{paper.id}/pdf")
    assert print_due() == 1
    assert reader.get(f"/documents/{paper.id}/pdf").status_code == 200


def test_a_draft_shows_no_pdf(world: World, make: Maker, sit: Sit, printer: Printer) -> None:
    paper, reader = make.document(), sit(world.diskominfo)
    assert "PDF" not in page_of(reader, paper).split('id="h-berkas"')[1].split("</section>")[0]
    refused = reader.post(f"/documents/{paper.id}/pdf")
    assert refused.status_code == 409
    assert "Ajukan rancangannya dahulu" in refused.text


def test_the_copy_is_offered_to_the_legal_section_and_read_by_all(
    world: World, make: Maker, sit: Sit, print_due: Callable[[], int]
) -> None:
    paper = make.document(State.ENACTED)
    legal, office = sit(world.hukum), sit(world.dinkes)
    assert "Buat salinan" in page_of(legal, paper)
    assert "alinan" not in page_of(office, paper)
    assert office.get(f"/documents/{paper.id}/copy").status_code == 404
    assert office.post(f"/documents/{paper.id}/copy").status_code == 403
    assert legal.post(f"/documents/{paper.id}/copy").status_code == 303
    word = office.get(f"/documents/{paper.id}/copy")
    assert (word.status_code, word.mimetype) == (200, WORD)
    assert word.headers["Content-Disposition"].endswith(f"-{paper.id}-salinan.docx")
    assert print_due() == 2
    pdf = office.get(f"/documents/{paper.id}/pdf?form=salinan")
    assert pdf.headers["Content-Disposition"].endswith(f"-{paper.id}-salinan.pdf")
    assert "Salinan (PDF)" in page_of(office, paper)
    assert "membuat salinan resmi" in legal.get(f"/documents/{paper.id}/trail").text


def test_what_one_may_not_read_is_not_there_in_any_form(
    world: World, make: Maker, sit: Sit, api: ApiOf, print_due: Callable[[], int]
) -> None:
    paper = make.document(State.ENACTED, secrecy=Secrecy.RAHASIA)
    printing.make_copy(paper.id, by=world.hukum.actor, now=NOW, library=world.library)
    print_due()
    for someone in (world.dinkes, world.kota.hukum):
        for place in ("pdf", "pdf?form=salinan", "copy", "renditions"):
            assert sit(someone).get(f"/documents/{paper.id}/{place}").status_code == 404, place
        assert_refused(api(someone)("GET", f"/documents/{paper.id}/pdf"), {404})
        assert_refused(api(someone)("POST", f"/documents/{paper.id}/pdf"), {404})
    assert sit(world.hukum).get(f"/documents/{paper.id}/pdf").status_code == 200


# ---- the API


def test_the_api_asks_says_how_far_it_is_and_gives_the_pdf(
    world: World, make: Maker, api: ApiOf, print_due: Callable[[], int]
) -> None:
    papers = [make.document(State.IN_REVIEW, budget=f"Biaya {number}") for number in range(2)]
    call, path = api(world.diskominfo), f"/documents/{papers[1].id}/pdf"
    assert_refused(call("GET", path), {404})
    call("POST", f"/documents/{papers[0].id}/pdf")
    asked = call("POST", path)
    assert asked.status_code == 202
    assert asked.headers["Location"].endswith(f"/api/v1{path}?form=naskah")
    waits = call("GET", path)
    assert (waits.status_code, waits.mimetype) == (202, "application/problem+json")
    told: dict[str, Any] = waits.json or {}
    assert (told["state"], told["before"], told["status"]) == ("waiting", 1, 202)
    print_due()
    given = call("GET", path)
    assert (given.status_code, given.mimetype) == (200, "application/pdf")
    assert given.data.startswith(b"%PDF-")


def test_the_api_says_why_there_is_none(
    world: World, make: Maker, api: ApiOf, stand_in: StandIn, print_due: Callable[[], int]
) -> None:
    paper, call = make.document(State.ENACTED), api(world.diskominfo)
    stand_in.refuse(everything=True)
    print_due()
    failed = call("GET", f"/documents/{paper.id}/pdf")
    assert_refused(failed, {409})
    assert (failed.json or {})["state"] == "failed"
    assert_refused(call("GET", f"/documents/{paper.id}/pdf?form=fotokopi"), {422})
    assert_refused(call("GET", f"/documents/{paper.id}/pdf?form=salinan"), {404})
    assert_refused(call("POST", f"/documents/{paper.id}/pdf?form=salinan"), {409})
    assert_refused(call("POST", f"/documents/{make.document().id}/pdf"), {409})


def test_the_api_describes_the_pdf(api: ApiOf) -> None:
    described = (api(None)("GET", "/openapi.json").json or {})["paths"]["/api/v1/documents/{document_id}/pdf"]
    answers = described["get"]["responses"]
    assert "application/pdf" in answers["200"]["content"]
    assert "state" in str(answers["202"]["content"]["application/problem+json"]["schema"]) or "PdfProblem" in str(
        answers
    )
    assert {"200", "202", "401", "404", "409", "422"} <= answers.keys()
    assert {"202", "409"} <= described["post"]["responses"].keys()


# ---- the command and the health


def files_in(folder: Path, **contents: bytes) -> list[str]:
    for name, content in contents.items():
        (folder / f"{name}.docx").write_bytes(content)
    return [str(folder / f"{name}.docx") for name in contents]


def test_the_command_prints_each_file_beside_its_name(run: Any, printer: Printer, tmp_path: Path) -> None:
    out = tmp_path / "hasil" / "pdf"
    done = run("pdf", *files_in(tmp_path, satu=GOOD, dua=GOOD), "--out", str(out))
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [str(out / "satu.pdf"), str(out / "dua.pdf")]
    assert all(file.read_bytes().startswith(b"%PDF-") for file in out.iterdir())


def test_the_command_names_what_failed_and_prints_the_rest(run: Any, printer: Printer, tmp_path: Path) -> None:
    files = files_in(tmp_path, satu=GOOD, rusak=BROKEN, mati=CRASHES, dua=GOOD)
    done = run("pdf", *files, "--out", str(tmp_path))
    assert done.exit_code == 1
    assert {Path(line).name for line in done.stdout.splitlines()} == {"satu.pdf", "dua.pdf"}
    assert "rusak.docx: LibreOffice tidak dapat membaca" in done.stderr
    assert "mati.docx: LibreOffice berhenti" in done.stderr


@pytest.mark.parametrize("why", ["same name", "not installed", "not there", "a file in the way"])
def test_the_command_refuses_before_it_begins(
    world: World, run: Any, printer: Printer, tmp_path: Path, why: str
) -> None:
    files, out = files_in(tmp_path, satu=GOOD), tmp_path / "pdf"
    if why == "same name":
        (tmp_path / "lain").mkdir()
        files += files_in(tmp_path / "lain", satu=GOOD)
    elif why == "a file in the way":
        out.write_bytes(b"")
    else:
        program = None if why == "not installed" else str(tmp_path / "tidak-ada")
        world.app.extensions["printer"] = replace(printer, program=program)
    done = run("pdf", *files, "--out", str(out))
    assert done.exit_code != 0
    assert done.stderr.strip()
    assert not list(tmp_path.glob("pdf/*"))


@pytest.mark.libreoffice
def test_the_command_prints_with_libreoffice_itself(world: World, run: Any, printer: Printer, tmp_path: Path) -> None:
    world.app.extensions["printer"] = replace(printer, program="soffice")
    files = files_in(tmp_path, satu=samples.draft(), dua=samples.draft("jombang"))
    assert run("pdf", *files, "--out", str(tmp_path)).exit_code == 0
    assert all((tmp_path / f"{name}.pdf").read_bytes().startswith(b"%PDF-1.") for name in ("satu", "dua"))


def test_health_says_that_libreoffice_is_missing_and_fails_no_more_for_it(world: World) -> None:
    with world.app.test_request_context():
        answer, status = health.healthz()
    assert status == 200
    assert (answer.json or {})["pdf"] == "LibreOffice is not installed"
