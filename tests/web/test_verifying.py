"""The public page behind a QR code: which of the three ways, what holds, and what a file in a stranger's hand is."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from config.settings import Testing
from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.documents.qr import png
from governance.kernel.db import db
from tests import signers
from tests.esign_service import NIK, PASSPHRASE, Service
from tests.soffices import printing
from tests.web.reader import Reader
from tests.world import KIND, NOW, TODAY, Maker, Paper, World
from web.app import create_app
from workflows import enactment
from workflows import printing as prints
from workflows.enactment import OldAct
from workflows.outside.pdfs import Trust
from workflows.preparing import Outside

SCAN = b"\x89PNG\r\n\x1a\n pindaian"
NOT_ELECTRONIC = "bukan tanda tangan elektronik: tidak ada tanda tangan elektronik di dalamnya"
Sit = Callable[[Any], Reader]


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service().start()
    yield running
    running.stop()


@pytest.fixture
def outside(world: World, service: Service, tmp_path: Path) -> Iterator[Outside]:
    """LibreOffice and the signing service as the application has them for this test."""
    before = world.app.extensions["signing"]
    printer = printing(tmp_path / "soffice", signers.page())
    made = Outside(world.library, printer, service.settings(), Trust(), before.address)
    world.app.extensions["signing"] = made
    yield made
    world.app.extensions["signing"] = before


@pytest.fixture
def sit(world: World) -> Sit:
    return lambda someone: Reader(world.app, someone)


@pytest.fixture
def stranger(sit: Sit) -> Reader:
    return sit(None)


def prepared(paper: Paper, sit: Sit, outside: Outside, way: str) -> bytes:
    """The PDF to be signed, through Bagian Hukum's page."""
    legal = sit(paper.world.hukum)
    form = {"seen": paper.as_seen(paper.world.hukum).seen, "way": way, "signed_on": TODAY.isoformat()}
    assert legal.post(f"/documents/{paper.id}/signing", form).status_code == 303
    late = NOW.replace(year=2999)
    assert prints.print_due(now=late, library=paper.world.library, printer=outside.printer) >= 1
    return legal.get(f"/documents/{paper.id}/signing/pdf").data


def electronic(make: Maker, sit: Sit, outside: Outside, **more: Any) -> tuple[Paper, bytes]:
    """An act whose PDF was signed elsewhere, and that PDF."""
    paper = make.document(State.APPROVED, **more)
    data = signers.signed(prepared(paper, sit, outside, "signed_pdf"))
    answer = sit(paper.world.hukum).post(f"/documents/{paper.id}/signing/upload", {"file": upload(data)})
    assert answer.status_code == 303, words(answer)
    return paper, data


def upload(data: bytes, name: str = "berkas.pdf") -> tuple[io.BytesIO, str]:
    return io.BytesIO(data), name


def token_of(paper: Paper) -> str:
    act = paper.as_seen(paper.world.hukum).act
    assert act is not None
    return act.token or ""


def words(answer: TestResponse) -> str:
    return " ".join(answer.text.split())


def checked(stranger: Reader, paper: Paper, data: bytes) -> str:
    answer = stranger.post(f"/v/{token_of(paper)}", {"file": upload(data)})
    assert answer.status_code == 200
    return words(answer)


# ---- which of the three ways


def test_ink_is_called_ink_and_nothing_else(make: Maker, stranger: Reader) -> None:
    paper = make.document(State.APPROVED)
    make.enact(paper, scan=SCAN)
    page = words(stranger.get(f"/v/{token_of(paper)}"))
    assert "Ya: Tanda tangan basah." in page
    assert "Bukan tanda tangan elektronik dalam PDF yang diunggah." in page
    assert "Bukan tanda tangan elektronik lewat layanan nasional." in page
    assert "Kode QR bukan tanda tangan elektronik." in page
    assert "Pemerintah Kabupaten Serang" in page
    assert "656.1/Kep. 1-Huk.Diskominfo/2026" in page


def test_an_uploaded_signature_says_who_and_when_and_what_was_not_looked_at(
    make: Maker, sit: Sit, stranger: Reader, outside: Outside
) -> None:
    paper, _ = electronic(make, sit, outside)
    page = words(stranger.get(f"/v/{token_of(paper)}"))
    assert "Ya: Tanda tangan elektronik dalam PDF yang diunggah." in page
    assert "Bukan tanda tangan basah." in page
    assert signers.OFFICIAL in page
    assert "CA Uji Coba" in page
    assert "Rantai sertifikat tidak diperiksa" in page
    assert paper.as_seen().act.signed_sha256 in page  # type: ignore[union-attr]


def test_the_document_page_says_the_same_three_things(make: Maker, sit: Sit, outside: Outside, world: World) -> None:
    wet, (electronic_one, _) = make.document(State.ENACTED), electronic(make, sit, outside)
    ink, pdf = (words(sit(world.diskominfo).get(f"/documents/{one.id}")) for one in (wet, electronic_one))
    assert 'data-way="wet"' in ink
    assert "Pindaian menyusul" in ink
    assert 'data-way="signed_pdf"' in pdf
    assert "Pindaian menyusul" not in pdf
    assert "PDF bertanda tangan elektronik" in pdf
    for page, paper in ((ink, wet), (pdf, electronic_one)):
        assert f"/v/{token_of(paper)}" in page
        assert "data:image/svg+xml" in page


def test_the_national_way_from_the_page_of_the_signer(
    make: Maker, sit: Sit, stranger: Reader, outside: Outside, world: World, service: Service
) -> None:
    paper = make.document(State.APPROVED)
    pdf = prepared(paper, sit, outside, "national")
    signer = sit(world.kepala)
    assert "Diminta: tanda tangan elektronik Anda." in words(signer.get("/"))
    page = signer.get(f"/documents/{paper.id}/sign").text
    assert page.count('autocomplete="off"') == 3
    sha256 = page.split('name="pdf" value="')[1][:64]
    shown = signer.get(f"/documents/{paper.id}/signing/pdf?show=1")
    assert (shown.data, shown.headers["X-Frame-Options"]) == (pdf, "SAMEORIGIN")
    wrong = signer.post(f"/documents/{paper.id}/sign", {"pdf": sha256, "nik": NIK, "passphrase": "keliru-sekali"})
    assert wrong.status_code == 409
    assert "Frasa sandi salah menurut layanan (Passphrase … salah)" in words(wrong)
    assert NIK not in wrong.text
    assert "keliru-sekali" not in wrong.text
    done = signer.post(f"/documents/{paper.id}/sign", {"pdf": sha256, "nik": NIK, "passphrase": PASSPHRASE})
    assert done.status_code == 303
    assert "Ya: Tanda tangan elektronik lewat layanan nasional." in words(stranger.get(f"/v/{token_of(paper)}"))
    again = signer.post(f"/documents/{paper.id}/sign", {"pdf": sha256, "nik": NIK, "passphrase": PASSPHRASE})
    assert (again.status_code, service.signed) == (303, 1), "a replayed form signs nothing"


# ---- what holds


def test_it_says_what_holds_today(make: Maker, world: World, stranger: Reader) -> None:
    def page(**old: Any) -> str:
        values = {"kind": KIND, "title": "Tim lama", "number": f"{len(old)}/{old}"[:60], "signed_on": date(2024, 1, 2)}
        wish = OldAct(**(values | {"in_force_from": date(2024, 1, 2)} | old))
        key = enactment.record_act(wish, by=world.hukum.actor, now=NOW, library=world.library)
        token = world.value("SELECT token FROM act JOIN document ON act_id = act.id WHERE document.id = :id", id=key)
        return words(stranger.get(f"/v/{token}"))

    assert "tercatat dan sudah berakhir" in page(in_force_to=date(2024, 12, 31))
    assert "tercatat dan berlaku" in page()
    assert "belum mulai berlaku" in page(in_force_from=date(2999, 1, 1))


def test_it_names_the_act_that_took_its_place(make: Maker, world: World, stranger: Reader) -> None:
    old, new = make.document(State.ENACTED), make.document(State.ENACTED)
    ids = [paper.as_seen().act.id for paper in (old, new)]  # type: ignore[union-attr]
    world.change(
        "INSERT INTO act_relation (institution_id, act_id, relation, other_id, other_title, since, by_title, at)"
        " VALUES (:house, :new, 'replaces', :old, '', :day, 'x', :at)",
        house=world.serang.id, new=ids[1], old=ids[0], day=TODAY.isoformat(), at=NOW.isoformat(sep=" "),
    )  # fmt: skip
    world.change("UPDATE act SET revoked_on = :day WHERE id = :old", day=TODAY.isoformat(), old=ids[0])
    page = words(stranger.get(f"/v/{token_of(old)}"))
    assert "tercatat dan sudah dicabut" in page
    assert "Digantikan dengan" in page
    assert "656.1/Kep. 2-Huk.Diskominfo/2026" in page
    assert "Menggantikan" in words(stranger.get(f"/v/{token_of(new)}"))


def test_an_institution_is_never_shown_under_anothers_name(
    make: Maker, world: World, stranger: Reader, sit: Sit
) -> None:
    paper = make.document(State.ENACTED, place=world.provinsi)
    token = world.value("SELECT token FROM act")
    for reader in (stranger, sit(world.hukum)):
        page = words(reader.get(f"/v/{token}"))
        assert world.provinsi.facts.name in page
        assert world.serang.facts.name not in page
    assert paper.id


def test_of_what_is_not_ordinary_nothing_is_told_but_that_it_exists(
    make: Maker, world: World, stranger: Reader
) -> None:
    for secrecy in (Secrecy.TERBATAS, Secrecy.RAHASIA):
        paper = make.document(State.ENACTED, secrecy=secrecy)
        for answer in (
            stranger.get(f"/v/{token_of(paper)}"),
            stranger.post(f"/v/{token_of(paper)}", {"file": upload(paper.file)}),
        ):
            page = words(answer)
            assert "Dokumen ini ada dan tercatat" in page
            seen = paper.as_seen()
            for told in (seen.title, seen.number, seen.sha256, "Sama persis"):
                assert str(told) not in page


def test_a_prepared_file_is_told_to_be_unsigned(
    make: Maker, sit: Sit, stranger: Reader, outside: Outside, world: World
) -> None:
    paper = make.document(State.APPROVED)
    prepared(paper, sit, outside, "national")
    token = world.value("SELECT token FROM signing")
    page = words(stranger.get(f"/v/{token}"))
    assert "Dokumen ini belum ditandatangani" in page
    assert paper.as_seen().title not in page
    sit(world.hukum).post(f"/documents/{paper.id}/signing/cancel", {"reason": "Batal"})
    assert "tidak pernah ditetapkan" in words(stranger.get(f"/v/{token}"))


@pytest.mark.parametrize("token", ["0" * 32, "x", "1", "../../etc/passwd", "a" * 5000, "%00" * 10, "ÿ" * 32])
def test_a_forged_token_finds_a_page_that_helps(stranger: Reader, token: str) -> None:
    answer = stranger.get(f"/v/{token}")
    assert answer.status_code in (302, 404)
    if "/" not in token and "%" not in token:
        assert "Tidak ada dokumen dengan kode ini" in words(answer)


# ---- a file in a stranger's hand


def test_the_signed_file_is_told_to_be_the_very_one(make: Maker, sit: Sit, stranger: Reader, outside: Outside) -> None:
    paper, data = electronic(make, sit, outside)
    page = checked(stranger, paper, data)
    assert "Sama persis dengan PDF bertanda tangan elektronik yang dicatat." in page
    assert "Utuh: mencakup seluruh berkas" in page


def test_a_changed_byte_fails(make: Maker, sit: Sit, stranger: Reader, outside: Outside) -> None:
    paper, data = electronic(make, sit, outside)
    at = data.index(b"72 700 Td")
    page = checked(stranger, paper, data[:at] + b"73" + data[at + 2 :])
    assert "Bukan berkas ini." in page
    assert "isi berkas berubah sesudah ditandatangani" in page


def test_what_was_added_after_the_signature_is_told(make: Maker, sit: Sit, stranger: Reader, outside: Outside) -> None:
    paper, data = electronic(make, sit, outside)
    page = checked(stranger, paper, signers.annotated(data))
    assert "Bukan berkas ini." in page
    assert "sesudahnya ada tambahan yang bukan tanda tangan" in page


def test_a_file_with_a_qr_code_alone_is_no_electronic_signature(make: Maker, stranger: Reader) -> None:
    paper = make.document(State.ENACTED)
    assert NOT_ELECTRONIC in checked(stranger, paper, signers.page("QR"))
    assert NOT_ELECTRONIC in checked(stranger, paper, png(f"http://localhost/v/{token_of(paper)}"))


def test_scan_sealed_file_and_older_revision_are_told_apart(make: Maker, stranger: Reader) -> None:
    paper = make.document(State.APPROVED)
    draft = paper.file
    make.enact(paper, scan=SCAN)
    scan = checked(stranger, paper, SCAN)
    assert "Sama persis dengan pindaian yang dicatat." in scan
    assert NOT_ELECTRONIC in scan
    assert "naskah Word yang ditetapkan" in checked(stranger, paper, paper.file)
    assert "Ini rancangan lama" in checked(stranger, paper, draft)


def test_the_unsigned_print_is_told_to_be_one(make: Maker, sit: Sit, stranger: Reader, outside: Outside) -> None:
    paper = make.document(State.APPROVED)
    pdf = prepared(paper, sit, outside, "signed_pdf")
    sit(paper.world.hukum).post(f"/documents/{paper.id}/signing/upload", {"file": upload(signers.signed(pdf))})
    page = checked(stranger, paper, pdf)
    assert "sebelum ditandatangani" in page
    assert NOT_ELECTRONIC in page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (signers.scripted(), "skrip (JavaScript)"),
        (signers.launching(), "perintah menjalankan program"),
        (signers.carrying(), "berkas lain di dalamnya"),
        (b"%PDF-1.7 \xff\xfe rusak", "rusak atau tidak dapat dibaca"),
        (b"%PDF-1.7\n" + b"1 0 obj <<" * 20_000, "rusak atau tidak dapat dibaca"),
        (b"MZ\x90\x00", "Bukan berkas ini."),
    ],
    ids=["script", "launch", "files", "broken", "nested", "program"],
)
def test_hostile_files_are_named_clearly(make: Maker, stranger: Reader, data: bytes, said: str) -> None:
    paper = make.document(State.ENACTED)
    page = checked(stranger, paper, data)
    assert said in page
    assert "Bukan berkas ini." in page


def test_a_good_signature_on_another_document_is_not_this_one(
    make: Maker, sit: Sit, stranger: Reader, outside: Outside
) -> None:
    paper, _ = electronic(make, sit, outside)
    page = checked(stranger, paper, signers.signed(signers.page("Dokumen lain")))
    assert "Bukan berkas ini." in page
    assert "utuh, tetapi bukan pada dokumen ini" in page


def test_what_is_checked_is_not_kept(make: Maker, world: World, stranger: Reader) -> None:
    paper = make.document(State.ENACTED)
    before, files = world.everything(), sorted(path for path in world.folder.rglob("*") if path.is_file())
    checked(stranger, paper, signers.page("tidak disimpan"))
    assert world.everything() == before
    assert sorted(path for path in world.folder.rglob("*") if path.is_file()) == files


def test_without_a_file_it_says_so(make: Maker, stranger: Reader) -> None:
    paper = make.document(State.ENACTED)
    answer = stranger.post(f"/v/{token_of(paper)}", {})
    assert answer.status_code == 422
    assert "Pilih" in words(answer) or "berkas" in words(answer)


def test_fifty_megabytes_are_refused_before_they_are_read(world: World, make: Maker) -> None:
    paper = make.document(State.ENACTED)
    token, read = token_of(paper), []

    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            read.append(size)
            return b"x" * max(size, 0)

    db.session.rollback()
    answer = world.app.test_client().open(
        f"/v/{token}",
        method="POST",
        environ_overrides={
            "wsgi.input": Endless(),
            "CONTENT_LENGTH": str(50 * 1024 * 1024),
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
        },
    )
    assert answer.status_code == 413
    assert "terlalu besar (paling banyak 20 MB)" in words(answer)
    assert sum(read) < 1024 * 1024


def test_the_page_is_rate_limited(tmp_path: Path) -> None:
    app: Flask = create_app(Testing.within(tmp_path, RATELIMIT_ENABLED=True))
    client = app.test_client()
    with app.app_context():
        db.create_all()
        codes = [client.get(f"/v/{number:032}").status_code for number in range(125)]
        posts = [client.post("/v/x", data={}).status_code for _ in range(25)]
        db.engine.dispose()
    assert (codes[0], codes[119], codes[124]) == (404, 404, 429)
    assert (posts[0], posts[24]) == (404, 429)


def test_a_forged_form_from_elsewhere_is_refused(tmp_path: Path) -> None:
    app = create_app(Testing.within(tmp_path, WTF_CSRF_ENABLED=True))
    with app.app_context():
        db.create_all()
        assert app.test_client().post(f"/v/{'0' * 32}", data={}).status_code == 400
        db.engine.dispose()


# ---- Bagian Hukum's pages


def test_what_is_wrong_with_an_upload_is_said_on_the_page(
    make: Maker, sit: Sit, outside: Outside, world: World
) -> None:
    paper = make.document(State.APPROVED)
    pdf, legal = prepared(paper, sit, outside, "signed_pdf"), sit(world.hukum)
    address = f"/documents/{paper.id}/signing/upload"
    unsigned = legal.post(address, {"file": upload(pdf)})
    assert unsigned.status_code == 422
    assert "Tidak ada tanda tangan elektronik dalam PDF ini." in words(unsigned)
    other = legal.post(address, {"file": upload(signers.signed(pdf, signers.official("Orang Lain")))})
    assert "Sertifikat atas nama Orang Lain" in words(other)
    assert 'name="confirmed"' in other.text
    assert paper.state is State.APPROVED
    sure = {"file": upload(signers.signed(pdf, signers.official("Orang Lain"))), "confirmed": "1"}
    assert legal.post(address, sure).status_code == 303
    assert "Nama pada sertifikat berbeda" in words(legal.get(f"/documents/{paper.id}"))


def test_without_the_national_service_that_way_is_not_offered(
    make: Maker, sit: Sit, outside: Outside, world: World
) -> None:
    paper = make.document(State.APPROVED)
    world.app.extensions["signing"] = replace(outside, esign=replace(outside.esign, url=None))
    legal = sit(world.hukum)
    assert "layanan nasional belum diatur" in words(legal.get(f"/documents/{paper.id}/signing"))
    form = {"seen": paper.as_seen(world.hukum).seen, "way": "national", "signed_on": TODAY.isoformat()}
    refused = legal.post(f"/documents/{paper.id}/signing", form)
    assert refused.status_code == 409
    assert "ESIGN_URL" in words(refused)


def test_the_prepared_file_is_for_bagian_hukum_and_the_signer_alone(
    make: Maker, sit: Sit, outside: Outside, world: World
) -> None:
    paper = make.document(State.APPROVED)
    prepared(paper, sit, outside, "national")
    for someone in world.everyone:
        allowed = someone in (world.hukum, world.kepala)
        found = sit(someone).get(f"/documents/{paper.id}/signing/pdf").status_code
        assert found == (200 if allowed else 404), someone.username
