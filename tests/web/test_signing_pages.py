"""The pages on which Bagian Hukum prepares a signature and takes in what was signed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from governance.documents.lifecycle import State
from tests import signers
from tests.web.reader import Reader
from tests.web.signed_papers import prepared, upload, words
from tests.world import TODAY, Maker, World
from workflows.preparing import Outside

SCAN = b"\x89PNG\r\n\x1a\n pindaian"
Sit = Callable[[Any], Reader]


@pytest.fixture
def sit(world: World) -> Sit:
    return lambda someone: Reader(world.app, someone)


@pytest.fixture
def stranger(sit: Sit) -> Reader:
    return sit(None)


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
