"""Electronic signing: number first, then the file, then the signature, then the act; and nothing signed twice."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from governance.documents import signings
from governance.documents.act_models import SigningWay
from governance.documents.lifecycle import State
from governance.documents.reading import read_document
from governance.kernel.db import db
from governance.kernel.errors import BadFile, Invalid, NotAllowed, NotFound, Refusal, Stale
from tests import signers
from tests.esign_service import NIK, PASSPHRASE, Service
from tests.governance.documents.samples import members_of
from tests.soffices import printing
from tests.world import NOW, TODAY, Maker, Paper, World
from workflows import approval, enactment, preparing, signing
from workflows import printing as prints
from workflows.enactment import Signed
from workflows.outside.esign import Secret
from workflows.outside.pdfs import Trust
from workflows.preparing import Outside, Prepared
from workflows.signing import Asked, Uploaded

ELSEWHERE, NATIONAL = SigningWay.SIGNED_PDF, SigningWay.NATIONAL
SECRET = Secret(NIK, PASSPHRASE)


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service().start()
    yield running
    running.stop()


@dataclass
class Desk:
    """Bagian Hukum and the head of the region, with what they need at hand."""

    world: World
    outside: Outside

    def prepare(self, paper: Paper, way: SigningWay, *, printed: bool = True, **more: object) -> None:
        wish = Prepared(paper.id, paper.seen, way, TODAY, **more)  # type: ignore[arg-type]
        preparing.prepare(wish, by=self.world.hukum.actor, now=NOW, outside=self.outside)
        if printed:
            assert prints.print_due(now=NOW, library=self.world.library, printer=self.outside.printer) == 1

    def under_way(self, paper: Paper) -> signings.UnderWay:
        db.session.rollback()
        found = signings.under_way(self.world.hukum.actor, paper.id)
        assert found is not None
        return found

    def prepared(self, paper: Paper) -> bytes:
        return self.world.library.files.read(self.under_way(paper).pdf_sha256 or "")

    def take(self, paper: Paper, data: bytes, **more: bool) -> None:
        by = self.world.hukum.actor
        signing.take_signed(Uploaded(paper.id, data, **more), by=by, now=NOW, outside=self.outside)

    def sign(self, paper: Paper, now: object = NOW, **changes: object) -> None:
        asked = Asked(paper.id, self.under_way(paper).pdf_sha256 or "", SECRET)
        signing.sign(
            replace(asked, **changes),
            by=self.world.kepala.actor,
            now=now,
            outside=self.outside,  # type: ignore[arg-type]
        )


@pytest.fixture
def desk(world: World, service: Service, tmp_path: Path) -> Desk:
    printer = printing(tmp_path / "soffice", signers.page())
    address = "https://mandat.example/v/"
    return Desk(world, Outside(world.library, printer, service.settings(), Trust(), address))


def numbers(world: World) -> list[tuple[int, str]]:
    return [tuple(row) for row in world.rows("SELECT number, use FROM number ORDER BY number")]


def states(world: World) -> list[tuple[str, str]]:
    return [tuple(row) for row in world.rows("SELECT state, answer FROM signing ORDER BY id")]


# ---- preparing


def test_the_number_is_reserved_and_stands_in_the_file_before_anybody_signs(
    world: World, make: Maker, desk: Desk
) -> None:
    paper = make.document(State.APPROVED)
    desk.prepare(paper, ELSEWHERE)
    row = desk.under_way(paper)
    assert (row.number, numbers(world)) == ("656.1/Kep. 1-Huk.Diskominfo/2026", [(1, "reserved")])
    assert read_document(world.library.files.read(row.sealed_sha256)).number == row.number
    assert paper.state is State.APPROVED
    assert world.value("SELECT count(*) FROM act") == 0


def test_the_sealed_file_stays_as_it_is_and_its_copy_has_the_block(world: World, make: Maker, desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    desk.prepare(paper, ELSEWHERE)
    row = desk.under_way(paper)
    sealed, copy = (members_of(world.library.files.read(one)) for one in (row.sealed_sha256, row.word_sha256))
    added = {name for name in copy if copy[name] != sealed.get(name)}
    assert (
        added
        == {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml", "word/media/mandat-qr.png"}
        & added
    )
    assert "word/media/mandat-qr.png" in added
    assert b"secara elektronik" not in sealed["word/document.xml"]
    assert copy["word/document.xml"].count(b"Ditandatangani secara elektronik oleh") == 3, "the decree and two annexes"


def test_no_draft_and_no_approved_file_says_that_it_is_signed(world: World, make: Maker, desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    desk.prepare(paper, NATIONAL)
    for sha256, _ in world.rows("SELECT sha256, number FROM revision"):
        assert b"secara elektronik" not in b"".join(members_of(world.library.files.read(sha256)).values())


def test_preparing_twice_reserves_one_number(world: World, make: Maker, desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    wish = Prepared(paper.id, paper.seen, ELSEWHERE, TODAY)
    for _ in range(2):
        preparing.prepare(wish, by=world.hukum.actor, now=NOW, outside=desk.outside)
    assert numbers(world) == [(1, "reserved")]
    with pytest.raises(Refusal, match=r"signing\.there"):
        preparing.prepare(replace(wish, way=NATIONAL), by=world.hukum.actor, now=NOW, outside=desk.outside)


def test_only_bagian_hukum_prepares_and_no_day_to_come(world: World, make: Maker, desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    wish, before = Prepared(paper.id, paper.seen, ELSEWHERE, TODAY), world.everything()
    for someone in world.everyone:
        if someone is not world.hukum:
            with pytest.raises((NotAllowed, NotFound)):
                preparing.prepare(wish, by=someone.actor, now=NOW, outside=desk.outside)
    late = replace(wish, signed_on=TODAY + timedelta(days=1))
    with pytest.raises(Invalid):
        preparing.prepare(late, by=world.hukum.actor, now=NOW, outside=desk.outside)
    assert world.everything() == before


def test_a_file_that_names_somebody_else_is_not_prepared(world: World, make: Maker, desk: Desk) -> None:
    paper = make.document(State.APPROVED, signer_name="Bupati Terdahulu")
    before = world.everything()
    with pytest.raises(Refusal, match=r"signing\.other_name"):
        desk.prepare(paper, ELSEWHERE)
    assert world.everything() == before


def test_ink_is_refused_while_an_electronic_signing_is_under_way(world: World, make: Maker, desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    desk.prepare(paper, ELSEWHERE)
    before = world.everything()
    with pytest.raises(Refusal, match=r"signing\.there"):
        enactment.enact(Signed(paper.id, paper.seen, TODAY), by=world.hukum.actor, now=NOW, library=world.library)
    assert world.everything() == before


def test_a_signing_given_up_leaves_its_number_void_and_the_next_one_follows(
    world: World, make: Maker, desk: Desk
) -> None:
    paper = make.document(State.APPROVED)
    desk.prepare(paper, ELSEWHERE)
    with pytest.raises(Invalid):
        preparing.cancel(paper.id, " ", by=world.hukum.actor, now=NOW)
    preparing.cancel(paper.id, "Ditandatangani dengan tinta", by=world.hukum.actor, now=NOW)
    make.enact(paper)
    assert numbers(world) == [(1, "void"), (2, "enacted")]
    assert world.value("SELECT reason FROM number WHERE number = 1") == "Ditandatangani dengan tinta"
    assert states(world) == [("cancelled", "")]


def test_a_return_ends_the_signing_with_its_reason(world: World, make: Maker, desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    desk.prepare(paper, NATIONAL)
    approval.return_to_author(paper.asked("Bupati menolak"), by=world.hukum.actor, now=NOW)
    assert numbers(world) == [(1, "void")]
    assert states(world) == [("cancelled", "")]
    assert paper.state is State.DRAFT


# ---- signed elsewhere


def test_a_pdf_signed_elsewhere_becomes_the_act_beside_its_sealed_file(world: World, make: Maker, desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    desk.prepare(paper, ELSEWHERE)
    row, data = desk.under_way(paper), signers.signed(desk.prepared(paper))
    desk.take(paper, data)
    act = paper.as_seen().act
    assert act is not None
    assert (act.number, act.sha256, act.scan_sha256, act.token) == (row.number, row.sealed_sha256, None, row.token)
    assert world.library.files.read(act.signed_sha256 or "") == data
    assert (act.way, numbers(world), states(world)) == (ELSEWHERE, [(1, "enacted")], [("signed", "")])
    how = signings.how_signed(world.hukum.actor, paper.as_seen())
    assert how is not None
    assert how.signed_at is not None
    (found,) = how.report["signatures"]
    assert (found["signer"], found["sound"], found["whole"], found["trusted"]) == (signers.OFFICIAL, True, True, None)


def test_the_same_file_twice_makes_one_act(world: World, make: Maker, desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    desk.prepare(paper, ELSEWHERE)
    data = signers.signed(desk.prepared(paper), box=(50, 50, 200, 120))
    desk.take(paper, data)
    before = world.everything()
    desk.take(paper, data)
    assert world.everything() == before


REFUSED = {
    "signed.none": lambda pdf: pdf,
    "signed.other_file": lambda pdf: signers.signed(signers.page("Naskah lain")),
    "signed.other_file ": signers.changed_then_signed,
    "signed.other_file  ": lambda pdf: signers.signed(signers.annotated(pdf)),
    "signed.other_file   ": lambda pdf: signers.annotated(signers.signed(pdf)),
    "signed.active": lambda pdf: signers.signed(signers.scripted()),
    "signed.active ": lambda pdf: signers.signed(signers.launching()),
    "signed.active  ": lambda pdf: signers.signed(signers.carrying()),
    "signed.broken": lambda pdf: b"%PDF-1.7\n%%EOF",
    "signed.broken ": lambda pdf: b"\x89PNG\r\n\x1a\n",
    "signed.changed": lambda pdf: signers.backdated(signers.signed(pdf)),
}


@pytest.mark.parametrize("key", REFUSED)
def test_anything_but_the_prepared_file_with_a_signature_is_refused(
    world: World, make: Maker, desk: Desk, key: str
) -> None:
    paper = make.document(State.APPROVED)
    desk.prepare(paper, ELSEWHERE)
    data, before = REFUSED[key](desk.prepared(paper)), world.everything()
    with pytest.raises(BadFile) as refused:
        desk.take(paper, data)
    assert refused.value.key == key.strip()
    assert world.everything() == before


def test_another_name_on_the_certificate_must_be_confirmed_and_stays_told(
    world: World, make: Maker, desk: Desk
) -> None:
    paper = make.document(State.APPROVED)
    desk.prepare(paper, ELSEWHERE)
    data, before = signers.signed(desk.prepared(paper), signers.official("Orang Lain")), world.everything()
    with pytest.raises(Invalid) as refused:
        desk.take(paper, data)
    assert [one.key for one in refused.value.problems] == ["signed.other_name"]
    assert world.everything() == before
    desk.take(paper, data, confirmed=True)
    how = signings.how_signed(world.hukum.actor, paper.as_seen())
    assert how is not None
    assert how.report["differs"] is True


def test_where_roots_are_set_a_chain_must_end_at_one(world: World, make: Maker, desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    desk.outside = replace(desk.outside, trust=Trust((signers.authority().pem,)))
    desk.prepare(paper, ELSEWHERE)
    stranger = signers.authority("CA Lain").signer(signers.OFFICIAL)
    with pytest.raises(BadFile, match=r"signed\.untrusted"):
        desk.take(paper, signers.signed(desk.prepared(paper), stranger))
    desk.take(paper, signers.signed(desk.prepared(paper)))
    how = signings.how_signed(world.hukum.actor, paper.as_seen())
    assert how is not None
    assert how.report["signatures"][0]["trusted"] is True


def test_a_scan_is_not_added_to_what_is_signed_electronically(world: World, make: Maker, desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    desk.prepare(paper, ELSEWHERE)
    desk.take(paper, signers.signed(desk.prepared(paper)))
    with pytest.raises(Refusal, match=r"refused\.signed_electronically"):
        enactment.add_scan(paper.id, b"%PDF-1.7", by=world.hukum.actor, now=NOW, library=world.library)


# ---- the national service


def test_the_national_service_signs_and_the_document_is_enacted(
    world: World, make: Maker, desk: Desk, service: Service
) -> None:
    paper = make.document(State.APPROVED)
    desk.prepare(paper, NATIONAL)
    assert paper.as_seen(world.kepala).asked == "sign"
    assert "document.asked_sign" in world.inbox(world.kepala)
    desk.sign(paper)
    act = paper.as_seen().act
    assert act is not None
    assert (act.way, act.number) == (NATIONAL, "656.1/Kep. 1-Huk.Diskominfo/2026")
    assert service.asked == [{"reason": act.number, "location": "Bupati Serang", "tampilan": "invisible"}]
    assert (numbers(world), states(world)) == ([(1, "enacted")], [("signed", "")])


def test_a_visible_signature_says_where_it_stands(world: World, make: Maker, desk: Desk, service: Service) -> None:
    wish = service.settings(visible=True, tag="#", place=(1, 10, 20, 100, 50), answer="BASE64")
    desk.outside, service.mood = replace(desk.outside, esign=wish), "json"
    paper = make.document(State.APPROVED)
    desk.prepare(paper, NATIONAL)
    link = f"https://mandat.example/v/{desk.under_way(paper).token}"
    desk.sign(paper)
    told = {"tampilan": "visible", "image": "false", "linkQR": link, "tag_koordinat": "#", "jenis_response": "BASE64"}
    assert service.asked[0].items() >= (told | {"page": "1", "xAxis": "10", "height": "50"}).items()
    assert paper.state is State.ENACTED


MOODS = {
    "unauthorised": "esign.unauthorised",
    "fault": "esign.fault",
    "rubbish": "esign.no_pdf",
    "document_id": "esign.no_pdf",
    "hang": "esign.lost",
    "drop": "esign.lost",
    "unsigned": "esign.bad_answer",
    "other": "esign.bad_answer",
}


@pytest.mark.parametrize("mood", MOODS)
def test_a_call_that_fails_keeps_the_number_and_may_be_made_again(
    world: World, make: Maker, desk: Desk, service: Service, mood: str
) -> None:
    paper = make.document(State.APPROVED)
    desk.outside = replace(desk.outside, esign=service.settings(timeout=1.0))
    desk.prepare(paper, NATIONAL)
    service.mood = mood
    with pytest.raises(Refusal) as refused:
        desk.sign(paper)
    assert refused.value.key == MOODS[mood]
    assert (numbers(world), paper.state) == ([(1, "reserved")], State.APPROVED)
    assert states(world)[0][0] == "prepared"
    service.mood = "sign"
    desk.sign(paper)
    assert (numbers(world), paper.state) == ([(1, "enacted")], State.ENACTED)
    assert world.value("SELECT count(*) FROM act") == 1


def test_a_service_that_is_not_there_is_said_to_be_so(world: World, make: Maker, desk: Desk, service: Service) -> None:
    paper = make.document(State.APPROVED)
    desk.prepare(paper, NATIONAL)
    desk.outside = replace(desk.outside, esign=service.settings(url="http://127.0.0.1:9"))
    with pytest.raises(Refusal, match=r"esign\.unreachable"):
        desk.sign(paper)
    assert states(world) == [("prepared", "esign.unreachable")]


def test_a_wrong_passphrase_is_told_without_it(world: World, make: Maker, desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    desk.prepare(paper, NATIONAL)
    wrong = Secret(NIK, "salah-ketik")
    with pytest.raises(Refusal) as refused:
        desk.sign(paper, secret=wrong)
    assert (refused.value.key, refused.value.params) == ("esign.passphrase", {"said": "Passphrase … salah"})
    assert states(world) == [("prepared", "esign.passphrase")]


def test_two_taps_at_once_call_the_service_once(world: World, make: Maker, desk: Desk, service: Service) -> None:
    paper = make.document(State.APPROVED)
    desk.prepare(paper, NATIONAL)
    seen, answers = desk.under_way(paper).pdf_sha256 or "", list[str]()

    def tap() -> None:
        with world.app.app_context():
            try:
                asked = Asked(paper.id, seen, SECRET)
                signing.sign(asked, by=world.kepala.actor, now=NOW, outside=desk.outside)
                answers.append("signed")
            except Refusal as refusal:
                answers.append(refusal.key)

    taps = [threading.Thread(target=tap) for _ in range(3)]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    assert answers.count("signed") == 1
    assert set(answers) <= {"signed", "signing.busy", "refused.not_your_turn", "refused.not_allowed"}
    assert (service.signed, numbers(world)) == (1, [(1, "enacted")])


def test_a_process_that_died_while_it_asked_lets_another_go_on(world: World, make: Maker, desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    desk.prepare(paper, NATIONAL)
    until = (NOW + timedelta(minutes=2)).isoformat(sep=" ")
    world.change(f"UPDATE signing SET state = 'sending', attempts = 1, lease_until = '{until}'")  # noqa: S608
    with pytest.raises(Refusal, match=r"signing\.busy"):
        desk.sign(paper)
    with pytest.raises(Refusal, match=r"signing\.busy"):
        preparing.cancel(paper.id, "Batal", by=world.hukum.actor, now=NOW)
    desk.sign(paper, now=NOW + timedelta(minutes=3))
    assert numbers(world) == [(1, "enacted")]


def test_only_who_holds_the_establishing_post_signs_and_only_what_he_saw(
    world: World, make: Maker, desk: Desk, service: Service
) -> None:
    paper = make.document(State.APPROVED)
    desk.prepare(paper, NATIONAL)
    seen, before = desk.under_way(paper).pdf_sha256 or "", world.everything()
    for someone in world.everyone:
        if someone is not world.kepala:
            with pytest.raises((NotAllowed, NotFound)):
                signing.sign(Asked(paper.id, seen, SECRET), by=someone.actor, now=NOW, outside=desk.outside)
    with pytest.raises(Stale):
        desk.sign(paper, seen="0" * 64)
    with pytest.raises(Invalid):
        desk.sign(paper, secret=Secret("12", ""))
    assert (world.everything(), service.asked) == (before, [])
    desk.sign(paper)


def test_the_signer_may_give_it_back_unsigned(world: World, make: Maker, desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    desk.prepare(paper, NATIONAL)
    preparing.cancel(paper.id, "Belum sesuai arahan", by=world.kepala.actor, now=NOW)
    assert numbers(world) == [(1, "void")]
    assert "document.signing_cancelled" in world.inbox(world.hukum)
    assert paper.as_seen(world.hukum).asked == "enact"


def test_neither_nik_nor_passphrase_stays_anywhere(
    world: World, make: Maker, desk: Desk, service: Service, capfd: pytest.CaptureFixture[str]
) -> None:
    paper = make.document(State.APPROVED)
    desk.prepare(paper, NATIONAL)
    for mood in ("fault", "other", "sign"):
        service.mood = mood
        if mood == "sign":
            desk.sign(paper)
        else:
            with pytest.raises(Refusal):
                desk.sign(paper)
    rows, logs = repr(world.everything()), "".join(capfd.readouterr())
    kept = b"".join(path.read_bytes() for path in world.folder.rglob("*") if path.is_file())
    for secret in (NIK, PASSPHRASE):
        assert secret not in rows
        assert secret not in logs
        assert secret.encode() not in kept
    assert PASSPHRASE not in repr(SECRET)


def test_what_is_signed_cannot_be_changed_in_the_table(world: World, make: Maker, desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    desk.prepare(paper, ELSEWHERE)
    for change in ("number = 'x'", "token = 'x'", "sealed_sha256 = 'x'", "way = 'national'"):
        with pytest.raises(Exception, match="closed"), db.engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE signing SET {change}")  # noqa: S608
    desk.take(paper, signers.signed(desk.prepared(paper)))
    with pytest.raises(Exception, match="closed"), db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE signing SET answer = 'x'")
