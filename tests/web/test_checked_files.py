"""A file in a stranger's hand, held against an act: the very one, another one, a hostile one; nothing of it is kept."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from config.settings import Testing
from governance.documents.lifecycle import State
from governance.documents.qr import png
from governance.kernel.db import db
from tests import signers
from tests.web.reader import Reader
from tests.web.signed_papers import NOT_ELECTRONIC, checked, electronic, prepared, token_of, upload, words
from tests.world import Maker, World
from web.app import create_app
from workflows.preparing import Outside

SCAN = b"\x89PNG\r\n\x1a\n pindaian"
Sit = Callable[[Any], Reader]


@pytest.fixture
def sit(world: World) -> Sit:
    return lambda someone: Reader(world.app, someone)


@pytest.fixture
def stranger(sit: Sit) -> Reader:
    return sit(None)


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
        (signers.bomb(), "rusak atau tidak dapat dibaca"),
        (b"MZ\x90\x00", "Bukan berkas ini."),
    ],
    ids=["script", "launch", "files", "broken", "nested", "bomb", "program"],
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
