"""The national service: asked once for each tap, never into two numbers, and nothing secret stays."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from governance.documents.lifecycle import State
from governance.kernel.db import db
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Refusal, Stale
from tests import signers
from tests.esign_service import NIK, PASSPHRASE, Service
from tests.signing_desk import ELSEWHERE, NATIONAL, SECRET, Desk, numbers, states
from tests.world import NOW, Maker, World
from workflows import preparing, signing
from workflows.outside.esign import Secret
from workflows.signing import Asked


def test_the_national_service_signs_and_the_document_is_enacted(
    world: World, make: Maker, signing_desk: Desk, service: Service
) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, NATIONAL)
    assert paper.as_seen(world.kepala).asked == "sign"
    assert "document.asked_sign" in world.inbox(world.kepala)
    signing_desk.sign(paper)
    act = paper.as_seen().act
    assert act is not None
    assert (act.way, act.number) == (NATIONAL, "656.1/Kep. 1-Huk.Diskominfo/2026")
    assert service.asked == [{"reason": act.number, "location": "Bupati Serang", "tampilan": "invisible"}]
    assert (numbers(world), states(world)) == ([(1, "enacted")], [("signed", "")])


def test_a_visible_signature_says_where_it_stands(
    world: World, make: Maker, signing_desk: Desk, service: Service
) -> None:
    wish = service.settings(visible=True, tag="#", place=(1, 10, 20, 100, 50), answer="BASE64")
    signing_desk.outside, service.mood = replace(signing_desk.outside, esign=wish), "json"
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, NATIONAL)
    link = f"https://mandat.example/v/{signing_desk.under_way(paper).token}"
    signing_desk.sign(paper)
    told = {"tampilan": "visible", "image": "false", "linkQR": link, "tag_koordinat": "#", "jenis_response": "BASE64"}
    assert service.asked[0].items() >= (told | {"page": "1", "xAxis": "10", "height": "50"}).items()
    assert paper.state is State.ENACTED


MOODS = {"drop": "esign.lost", "other": "esign.bad_answer"}  # the rest: tests/workflows/test_esign.py


@pytest.mark.parametrize("mood", MOODS)
def test_a_call_that_fails_keeps_the_number_and_may_be_made_again(
    world: World, make: Maker, signing_desk: Desk, service: Service, mood: str
) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.outside = replace(signing_desk.outside, esign=service.settings(timeout=1.0))
    signing_desk.prepare(paper, NATIONAL)
    service.mood = mood
    with pytest.raises(Refusal) as refused:
        signing_desk.sign(paper)
    assert refused.value.key == MOODS[mood]
    assert (numbers(world), paper.state) == ([(1, "reserved")], State.APPROVED)
    assert states(world)[0][0] == "prepared"
    service.mood = "sign"
    signing_desk.sign(paper)
    assert (numbers(world), paper.state) == ([(1, "enacted")], State.ENACTED)
    assert world.value("SELECT count(*) FROM act") == 1


def test_a_service_that_is_not_there_is_said_to_be_so(
    world: World, make: Maker, signing_desk: Desk, service: Service
) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, NATIONAL)
    signing_desk.outside = replace(signing_desk.outside, esign=service.settings(url="http://127.0.0.1:9"))
    with pytest.raises(Refusal, match=r"esign\.unreachable"):
        signing_desk.sign(paper)
    assert states(world) == [("prepared", "esign.unreachable")]


def test_a_wrong_passphrase_is_told_without_it(world: World, make: Maker, signing_desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, NATIONAL)
    wrong = Secret(NIK, "salah-ketik")
    with pytest.raises(Refusal) as refused:
        signing_desk.sign(paper, secret=wrong)
    assert (refused.value.key, refused.value.params) == ("esign.passphrase", {"said": "Passphrase … salah"})
    assert states(world) == [("prepared", "esign.passphrase")]


def test_two_taps_at_once_call_the_service_once(
    world: World, make: Maker, signing_desk: Desk, service: Service
) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, NATIONAL)
    seen, answers = signing_desk.under_way(paper).pdf_sha256 or "", list[str]()

    def tap() -> None:
        with world.app.app_context():
            try:
                asked = Asked(paper.id, seen, SECRET)
                signing.sign(asked, by=world.kepala.actor, now=NOW, outside=signing_desk.outside)
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


def test_a_process_that_died_while_it_asked_lets_another_go_on(world: World, make: Maker, signing_desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, NATIONAL)
    until = (NOW + timedelta(minutes=2)).isoformat(sep=" ")
    world.change(f"UPDATE signing SET state = 'sending', attempts = 1, lease_until = '{until}'")  # noqa: S608
    with pytest.raises(Refusal, match=r"signing\.busy"):
        signing_desk.sign(paper)
    with pytest.raises(Refusal, match=r"signing\.busy"):
        preparing.cancel(paper.id, "Batal", by=world.hukum.actor, now=NOW)
    signing_desk.sign(paper, now=NOW + timedelta(minutes=3))
    assert numbers(world) == [(1, "enacted")]


def test_only_who_holds_the_establishing_post_signs_and_only_what_he_saw(
    world: World, make: Maker, signing_desk: Desk, service: Service
) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, NATIONAL)
    seen, before = signing_desk.under_way(paper).pdf_sha256 or "", world.everything()
    for someone in world.everyone:
        if someone is not world.kepala:
            with pytest.raises((NotAllowed, NotFound)):
                signing.sign(Asked(paper.id, seen, SECRET), by=someone.actor, now=NOW, outside=signing_desk.outside)
    with pytest.raises(Stale):
        signing_desk.sign(paper, seen="0" * 64)
    with pytest.raises(Invalid):
        signing_desk.sign(paper, secret=Secret("12", ""))
    assert (world.everything(), service.asked) == (before, [])
    signing_desk.sign(paper)


def test_who_holds_the_post_by_now_does_not_sign_in_the_name_that_is_printed(
    world: World, make: Maker, signing_desk: Desk, service: Service
) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, NATIONAL)
    world.change("UPDATE person SET name = 'Pejabat Baru' WHERE id = :id", id=world.kepala.actor.person_id)
    with pytest.raises(Refusal, match=r"signing\.other_name"):
        signing_desk.sign(paper)
    assert (service.asked, states(world)) == ([], [("prepared", "")])


def test_the_trail_tells_of_it_without_a_name(world: World, make: Maker, signing_desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, NATIONAL)
    signing_desk.sign(paper)
    prepared, signed = (line for line in world.trail() if "document.sign" in line)
    assert "document.signing_prepared" in prepared
    assert '"way":"national"' in signed.replace(" ", "")
    assert signers.OFFICIAL not in prepared + signed


def test_the_signer_may_give_it_back_unsigned(world: World, make: Maker, signing_desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, NATIONAL)
    preparing.cancel(paper.id, "Belum sesuai arahan", by=world.kepala.actor, now=NOW)
    assert numbers(world) == [(1, "void")]
    assert "document.signing_cancelled" in world.inbox(world.hukum)
    assert paper.as_seen(world.hukum).asked == "enact"


def test_neither_nik_nor_passphrase_stays_anywhere(
    world: World, make: Maker, signing_desk: Desk, service: Service, capfd: pytest.CaptureFixture[str]
) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, NATIONAL)
    for mood in ("fault", "other", "sign"):
        service.mood = mood
        if mood == "sign":
            signing_desk.sign(paper)
        else:
            with pytest.raises(Refusal):
                signing_desk.sign(paper)
    rows, logs = repr(world.everything()), "".join(capfd.readouterr())
    kept = b"".join(path.read_bytes() for path in world.folder.rglob("*") if path.is_file())
    for secret in (NIK, PASSPHRASE):
        assert secret not in rows
        assert secret not in logs
        assert secret.encode() not in kept
    assert PASSPHRASE not in repr(SECRET)


def test_what_is_signed_cannot_be_changed_in_the_table(world: World, make: Maker, signing_desk: Desk) -> None:
    paper = make.document(State.APPROVED)
    signing_desk.prepare(paper, ELSEWHERE)
    for change in ("number = 'x'", "token = 'x'", "sealed_sha256 = 'x'", "way = 'national'"):
        with pytest.raises(Exception, match="closed"), db.engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE signing SET {change}")  # noqa: S608
    signing_desk.take(paper, signers.signed(signing_desk.prepared(paper)))
    with pytest.raises(Exception, match="closed"), db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE signing SET answer = 'x'")
