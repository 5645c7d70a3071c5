"""The national service's client over a real socket: what is sent, and how each of its answers is told."""

from collections.abc import Iterator

import pytest

from tests import signers
from tests.esign_service import NIK, PASSPHRASE, Service
from workflows.outside.esign import Esign, Fault, NotSigned, Paper, Secret, signed_pdf
from workflows.outside.pdfs import Trust, examined

SECRET = Secret(NIK, PASSPHRASE)
PAPER = Paper(signers.page(), "1 TAHUN 2026", "Bupati Contoh", "https://mandat.example/v/x")


@pytest.fixture(scope="module")
def running() -> Iterator[Service]:
    one = Service().start()
    yield one
    one.stop()


@pytest.fixture
def service(running: Service) -> Service:
    running.mood, running.signed = "sign", 0
    running.asked.clear()
    return running


def answer(settings: Esign, secret: Secret = SECRET) -> NotSigned:
    with pytest.raises(NotSigned) as refused:
        signed_pdf(PAPER, secret, settings)
    return refused.value


@pytest.mark.parametrize("mood", ["sign", "json"])
def test_a_real_signature_comes_back(service: Service, mood: str) -> None:
    service.mood = mood
    data = signed_pdf(PAPER, SECRET, service.settings())
    found = examined(data, Trust(), PAPER.pdf)
    assert (found.extends, found.signed, found.signatures[0].signer) == (True, True, signers.OFFICIAL)


def test_only_what_the_settings_ask_for_is_sent(service: Service) -> None:
    signed_pdf(PAPER, SECRET, service.settings())
    wish = service.settings(visible=True, tag="#", place=(1, 10, 20, 100, 50), answer="BASE64")
    signed_pdf(PAPER, SECRET, wish)
    told = {"reason": PAPER.reason, "location": PAPER.location}
    shown = {"tampilan": "visible", "image": "false", "linkQR": PAPER.link, "tag_koordinat": "#"}
    place = {"page": "1", "xAxis": "10", "yAxis": "20", "width": "100", "height": "50"}
    assert service.asked == [
        told | {"tampilan": "invisible"},
        told | shown | place | {"jenis_response": "BASE64"},
    ]


@pytest.mark.parametrize(
    ("mood", "fault"),
    [
        ("unauthorised", Fault.UNAUTHORISED),
        ("fault", Fault.FAULT),
        ("rubbish", Fault.NO_PDF),
        ("document_id", Fault.NO_PDF),
        ("hang", Fault.LOST),
        ("drop", Fault.LOST),
        ("redirect", Fault.FAULT),
    ],
)
def test_each_failure_has_its_sentence(service: Service, mood: str, fault: Fault) -> None:
    service.mood = mood
    assert answer(service.settings(timeout=0.5)).fault is fault


def test_a_wrong_account_a_wrong_nik_and_a_wrong_passphrase_are_told_apart(service: Service) -> None:
    assert answer(service.settings(password="lain")).fault is Fault.UNAUTHORISED
    nik, phrase = (
        answer(service.settings(), Secret("1" * 16, PASSPHRASE)),
        answer(service.settings(), Secret(NIK, "x y")),
    )
    assert (nik.fault, nik.said) == (Fault.REFUSED, "NIK … belum terdaftar")
    assert (phrase.fault, phrase.said) == (Fault.PASSPHRASE, "Passphrase … salah")


def test_where_nobody_listens_nothing_was_sent() -> None:
    assert answer(Esign("http://127.0.0.1:9")).fault is Fault.UNREACHABLE
    assert answer(Esign("http://tidak-ada.invalid")).fault is Fault.UNREACHABLE
    assert answer(Esign(None)).fault is Fault.OFF


def test_what_is_secret_is_not_in_how_it_is_written() -> None:
    written = repr((SECRET, Esign("http://x", password="rahasia"), PAPER))
    assert not any(one in written for one in (NIK, PASSPHRASE, "rahasia", "%PDF"))
