"""The public page behind a QR code: which of the three ways, what holds, and no more than was made public."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from tests import signers
from tests.esign_service import NIK, PASSPHRASE, Service
from tests.web.reader import Reader
from tests.web.signed_papers import electronic, prepared, token_of, upload, words
from tests.world import KIND, NOW, TODAY, Maker, World
from workflows import enactment
from workflows.enactment import OldAct
from workflows.preparing import Outside

SCAN = b"\x89PNG\r\n\x1a\n pindaian"
Sit = Callable[[Any], Reader]


@pytest.fixture
def sit(world: World) -> Sit:
    return lambda someone: Reader(world.app, someone)


@pytest.fixture
def stranger(sit: Sit) -> Reader:
    return sit(None)


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


def test_of_what_was_only_recorded_no_way_is_claimed(make: Maker, world: World, stranger: Reader, sit: Sit) -> None:
    old = OldAct(KIND, "Tim lama", "1/2024", date(2024, 1, 2), date(2024, 1, 2), scan=SCAN)
    key = enactment.record_act(old, by=world.hukum.actor, now=NOW, library=world.library)
    token = world.value("SELECT token FROM act")
    for page in (words(stranger.get(f"/v/{token}")), words(sit(world.hukum).get(f"/documents/{key}"))):
        assert "Cara tanda tangan tidak diperiksa" in page
        assert "Tanda tangan basah" not in page


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
