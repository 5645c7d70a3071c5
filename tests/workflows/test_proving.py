"""Evidence from the office that offers it to the assessor who accepts it or gives it back, and who is told."""

import threading
from datetime import timedelta

import pytest

from governance.assessment.course import CycleRole, Stage
from governance.assessment.evidence import at_hand, kept_with_uses, offered_for
from governance.assessment.eyes import eyes_of
from governance.assessment.judging import EvidenceMove, EvidenceState, Reason
from governance.assessment.proven import proven
from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.kernel.db import db
from governance.kernel.errors import Invalid, NotAllowed, NotFound, OutOfOrder, Refusal, Stale
from governance.tasks.handing_in import FilePart
from governance.tasks.models import Source
from tests.cycles import INSTRUMENT, cycle_of, seat, share
from tests.proving import PDF, PNG, Round, opened
from tests.world import NOW, TODAY, Maker, Someone, World
from workflows import answering, asking, proving
from workflows.asking import NewAssignment
from workflows.evidence_keeping import Facts, Piece
from workflows.handing import Handed
from workflows.proving import Mended, Offer


def reached(round_: Round, item: str = "1") -> int | None:
    instrument = round_.world.library.instruments.instrument(INSTRUMENT)
    db.session.rollback()
    return proven(round_.world.serang.id, round_.id, instrument)[item].level


def test_a_file_goes_from_draft_to_accepted_and_proves_its_level(world: World) -> None:
    round_ = opened(world)
    use_id = round_.offer(world.dinkes, code="I1-L1-01", pointer="hlm. 4", explanation="Konsep").use_id
    assert round_.use(use_id).state is EvidenceState.DRAFT
    round_.submit(world.dinkes, use_id)
    round_.judge(use_id)
    use = round_.use(use_id)
    assert (use.state, use.code, use.pointer) == (EvidenceState.ACCEPTED, "I1-L1-01", "hlm. 4")
    (told,) = offered_for(eyes_of(world.dinkes.actor), round_.id, "1").uses
    assert [step.move for step in told.steps] == [EvidenceMove.OFFER, EvidenceMove.SUBMIT, EvidenceMove.ACCEPT]
    assert reached(round_) == 1


@pytest.mark.parametrize(
    ("data", "name", "key"),
    [
        (b"MZ program", "a.pdf", "task.file_kind"),
        (b"", "kosong.pdf", "evidence.empty_file"),
        (PDF, "a\x07.pdf", "task.file_name"),
        (b"%PDF-" + b"x" * (20 * 1024 * 1024), "besar.pdf", "task.file_large"),
        (b"PK\x03\x04 bukan zip", "a.docx", "task.file_kind"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_and_nothing_is_kept(
    world: World, data: bytes, name: str, key: str
) -> None:
    round_ = opened(world)
    before = world.everything()
    with pytest.raises(Invalid) as refusal:
        round_.offer(world.dinkes, data=data, name=name)
    assert key in [one.key for one in refusal.value.problems]
    assert world.everything() == before


@pytest.mark.parametrize(
    ("more", "place", "key"),
    [
        ({"level": 6}, "level", "evidence.level_unknown"),
        ({"level": 0}, "level", "evidence.level_unknown"),
        ({"code": "I1-L2-01"}, "code", "evidence.code_unknown"),
        ({"dated_on": TODAY + timedelta(days=1)}, "dated_on", "evidence.dated_later"),
        ({"dated_on": TODAY, "expires_on": TODAY - timedelta(days=1)}, "expires_on", "evidence.expires_early"),
        ({"pointer": "x" * 501}, "pointer", "decision.reason_long"),
        ({"explanation": "\u202eterbalik"}, "explanation", "draft.control_characters"),
    ],
)
def test_what_cannot_be_said_of_evidence_is_named_at_its_field(
    world: World, more: dict[str, object], place: str, key: str
) -> None:
    round_ = opened(world)
    with pytest.raises(Invalid) as refusal:
        round_.offer(world.dinkes, **({"level": 1} | more))  # type: ignore[arg-type]
    assert [(one.place, one.key) for one in refusal.value.problems] == [(place, key)]


def test_an_office_offers_only_where_it_has_a_share_and_never_in_anothers_cycle(world: World) -> None:
    round_ = opened(world)
    with pytest.raises(NotAllowed):
        round_.offer(world.dinsos)
    with pytest.raises(NotAllowed):
        round_.offer(world.disdik, item="2")
    with pytest.raises(NotFound):
        round_.offer(world.kota.diskominfo)
    assert round_.offer(world.diskominfo).is_new


def test_nothing_is_offered_before_the_cycle_is_open_or_after_it_is_closed(world: World) -> None:
    cycle_id = cycle_of(world, stage=Stage.PREPARATION)
    share(world, cycle_id, {"1": world.dinkes})
    with pytest.raises(Refusal) as refusal:
        Round(world, cycle_id).offer(world.dinkes)
    assert refusal.value.key == "evidence.not_open"
    closed = "UPDATE cycle SET stage = 'closed', closed_at = :at, frozen_sha256 = 'x' WHERE id = :id"
    world.change(closed, at=NOW, id=cycle_id)
    with pytest.raises(Refusal) as refusal:
        Round(world, cycle_id).offer(world.dinkes)
    assert refusal.value.key == "cycle.closed"


def test_the_same_content_is_kept_once_and_the_stricter_class_wins(world: World) -> None:
    round_ = opened(world)
    first = round_.offer(world.dinkes, secrecy=Secrecy.TERBATAS, name="laporan.pdf")
    second = round_.offer(world.disdik, name="lain.pdf", signed=True)
    assert (second.evidence_id, second.is_new) == (first.evidence_id, False)
    assert second.use_id != first.use_id
    kept, uses = kept_with_uses(eyes_of(world.disdik.actor), first.evidence_id)
    assert (kept.name, kept.secrecy, kept.signed, len(uses)) == ("laporan.pdf", Secrecy.TERBATAS, True, 2)
    assert world.value("SELECT count(*) FROM evidence") == 1


def test_two_uploads_at_once_of_the_same_content_end_in_one_piece_and_both_succeed(world: World) -> None:
    """In two cycles, so that no lock of a cycle puts one after the other."""
    one = opened(world)
    other = opened(world, year=2026)
    together, made, failed = threading.Barrier(2), [], []

    def upload(round_: Round, someone: Someone) -> None:
        with world.app.app_context():
            together.wait()
            try:
                made.append(round_.offer(someone))
            except Exception as error:  # noqa: BLE001 - whatever fails in a thread is told in the test
                failed.append(error)

    threads = [threading.Thread(target=upload, args=who) for who in ((one, world.dinkes), (other, world.disdik))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(offered.is_new for offered in made) == [False, True]
    assert world.value("SELECT count(*) FROM evidence") == 1
    assert world.value("SELECT count(*) FROM evidence_use") == 2


def test_the_same_offer_twice_is_one_offer(world: World) -> None:
    round_ = opened(world)
    first, second = round_.offer(world.dinkes), round_.offer(world.dinkes)
    assert second.use_id == first.use_id
    assert sum('"what":"evidence.offered"' in line for line in world.trail()) == 1
    assert world.value("SELECT count(*) FROM evidence_step") == 1


def test_what_is_kept_already_is_offered_again_without_uploading(world: World) -> None:
    round_ = opened(world)
    first = round_.offer(world.dinkes)
    again = Piece(evidence_id=first.evidence_id)
    second = round_.offer(world.dinkes, 2, item="2", piece=again)
    assert second.evidence_id == first.evidence_id
    assert [one.id for one in at_hand(eyes_of(world.dinkes.actor))] == [first.evidence_id]


def test_secret_evidence_of_another_office_is_not_there_to_be_offered(world: World) -> None:
    round_ = opened(world)
    first = round_.offer(world.dinkes, secrecy=Secrecy.RAHASIA)
    with pytest.raises(NotFound):
        round_.offer(world.disdik, piece=Piece(evidence_id=first.evidence_id))
    assert at_hand(eyes_of(world.disdik.actor)) == []


def test_an_act_is_offered_with_its_own_days_and_class(world: World, make: Maker) -> None:
    round_ = opened(world)
    paper = make.document(State.ENACTED, secrecy=Secrecy.TERBATAS)
    act_id = world.value("SELECT act_id FROM document WHERE id = :id", id=paper.id)
    made = round_.offer(world.diskominfo, 2, piece=Piece(act_id=act_id), code="I1-L2-01")
    kept, _uses = kept_with_uses(eyes_of(world.diskominfo.actor), made.evidence_id)
    assert (kept.document_id, kept.dated_on, kept.signed) == (paper.id, TODAY, True)
    assert kept.secrecy is Secrecy.TERBATAS
    with pytest.raises(NotFound):
        round_.offer(world.dinkes, 2, piece=Piece(act_id=act_id))


def test_a_file_handed_in_for_a_task_becomes_evidence_without_uploading_again(world: World) -> None:
    round_ = opened(world)
    new = NewAssignment(Source.INDICATOR, "bukti indikator 1", (world.dinkes.actor.unit_id or 0,), why="Indikator 1")
    asking.ask(new, by=world.diskominfo.actor, now=NOW)
    task_id = world.value("SELECT id FROM task")
    given = Handed(task_id, 1, "Terlampir", files=(FilePart("serah.pdf", PDF),))
    answering.hand_in(given, by=world.dinkes.actor, now=NOW, library=world.library)
    file_id = world.value("SELECT id FROM hand_in_file")
    made = round_.offer(world.dinkes, piece=Piece(handed_id=file_id))
    assert kept_with_uses(eyes_of(world.dinkes.actor), made.evidence_id)[0].name == "serah.pdf"
    with pytest.raises(NotFound):
        round_.offer(world.disdik, piece=Piece(handed_id=file_id))


@pytest.mark.parametrize("piece", [Piece(), Piece(evidence_id=1, act_id=1)])
def test_exactly_one_thing_is_offered_at_a_time(world: World, piece: Piece) -> None:
    round_ = opened(world)
    wish = Offer(round_.id, "1", 1, piece)
    with pytest.raises(Invalid):
        proving.offer(wish, by=world.dinkes.actor, now=NOW, library=world.library)


def test_all_drafts_of_an_office_are_submitted_at_once_and_assessors_are_told_once(world: World) -> None:
    round_ = opened(world)
    seat(world, round_.id, CycleRole.ASSESSOR, world.bappeda, items=("2",))
    for level in (1, 2):
        round_.offer(world.dinkes, level, data=PDF + bytes([level]))
    other = round_.offer(world.disdik)
    assert proving.submit_all(round_.id, by=world.dinkes.actor, now=NOW) == 2
    assert world.inbox(world.inspektorat) == ["evidence.submitted"]
    assert world.inbox(world.bappeda) == []
    assert round_.use(other.use_id).state is EvidenceState.DRAFT
    with pytest.raises(Invalid):
        proving.submit_all(round_.id, by=world.dinkes.actor, now=NOW)


def test_an_assessor_is_told_again_only_once_nothing_of_that_office_waits_for_him(world: World) -> None:
    round_ = opened(world)
    first, second, third = (round_.offer(world.dinkes, level, data=PDF + bytes([level])) for level in (1, 2, 3))
    round_.submit(world.dinkes, first.use_id)
    round_.submit(world.dinkes, second.use_id)
    assert world.inbox(world.inspektorat) == ["evidence.submitted"]
    round_.judge(first.use_id)
    round_.judge(second.use_id)
    round_.submit(world.dinkes, third.use_id)
    assert world.inbox(world.inspektorat) == ["evidence.submitted", "evidence.submitted"]


@pytest.mark.parametrize("reason", Reason)
def test_what_is_given_back_tells_the_office_why_and_comes_again(world: World, reason: Reason) -> None:
    round_ = opened(world)
    use_id = round_.offer(world.dinkes, 2).use_id
    round_.submit(world.dinkes, use_id)
    round_.returned(use_id, reason, "Lengkapi tingkat 1")
    use = round_.use(use_id)
    assert (use.state, use.reason, use.words) == (EvidenceState.REVISE, reason, "Lengkapi tingkat 1")
    assert world.inbox(world.dinkes) == [f"evidence.returned.{reason.value}"]
    assert proving_again(round_, use_id) is EvidenceState.IN_PROCESS


def proving_again(round_: Round, use_id: int) -> EvidenceState:
    """Mended and submitted once more."""
    use = round_.use(use_id)
    mended = Mended(use_id, use.version, "Pasal 4", "Sudah diperbaiki", Facts(signed=True))
    proving.mend(mended, by=round_.world.dinkes.actor, now=NOW)
    round_.submit(round_.world.dinkes, use_id)
    return round_.use(use_id).state


def test_a_lower_level_is_the_reason_only_where_one_is_open(world: World) -> None:
    round_ = opened(world)
    round_.accepted(world.disdik)
    use_id = round_.offer(world.dinkes, 2, data=PNG).use_id
    round_.submit(world.dinkes, use_id)
    with pytest.raises(Invalid) as refusal:
        round_.returned(use_id, Reason.LOWER_LEVEL_OPEN)
    assert [one.key for one in refusal.value.problems] == ["evidence.no_lower_open"]


def test_what_is_accepted_above_an_open_level_counts_only_once_that_is_closed(world: World) -> None:
    round_ = opened(world)
    round_.accepted(world.dinkes, 1)
    round_.accepted(world.dinkes, 3, data=PNG)
    assert reached(round_) == 1
    second = round_.accepted(world.disdik, 2, data=PNG + b"2")
    assert reached(round_) == 3
    round_.judge(second, EvidenceMove.REOPEN, words="Tanggalnya keliru")
    assert reached(round_) == 1
    assert world.inbox(world.disdik) == ["evidence.reopened"]


@pytest.mark.parametrize(
    ("move", "reason", "words", "key"),
    [
        (EvidenceMove.SEND_BACK, None, "Kurang", "evidence.reason_missing"),
        (EvidenceMove.SEND_BACK, Reason.NOT_UPLOADED, " ", "evidence.words_missing"),
        (EvidenceMove.SEND_BACK, Reason.NOT_UPLOADED, "x" * 4001, "decision.reason_long"),
    ],
)
def test_giving_back_needs_one_reason_and_words(
    world: World, move: EvidenceMove, reason: Reason | None, words: str, key: str
) -> None:
    round_ = opened(world)
    use_id = round_.offer(world.dinkes).use_id
    round_.submit(world.dinkes, use_id)
    with pytest.raises(Invalid) as refusal:
        round_.judge(use_id, move, reason, words)
    assert [one.key for one in refusal.value.problems] == [key]


def test_only_an_assessor_of_the_item_judges_and_only_what_lies_with_him(world: World) -> None:
    round_ = opened(world)
    seat(world, round_.id, CycleRole.ASSESSOR, world.bappeda, items=("2",))
    use_id = round_.offer(world.dinkes).use_id
    with pytest.raises(OutOfOrder):
        round_.judge(use_id)
    round_.submit(world.dinkes, use_id)
    for someone in (world.dinkes, world.diskominfo, world.sekda, world.bappeda):
        with pytest.raises(NotAllowed):
            round_.judge(use_id, by=someone)
    for move in (EvidenceMove.OFFER, EvidenceMove.SUBMIT, EvidenceMove.WITHDRAW):
        with pytest.raises(NotAllowed):
            round_.judge(use_id, move, words="x")


def test_what_changed_since_it_was_seen_is_not_judged(world: World) -> None:
    round_ = opened(world)
    use_id = round_.offer(world.dinkes).use_id
    round_.submit(world.dinkes, use_id)
    version = round_.use(use_id).version
    proving.withdraw(use_id, version, "Salah berkas", by=world.dinkes.actor, now=NOW)
    with pytest.raises(Stale):
        round_.judge(use_id)
    with pytest.raises(Stale):
        proving.withdraw(use_id, version, "Lagi", by=world.dinkes.actor, now=NOW)


def test_an_offer_is_withdrawn_with_a_reason_and_may_be_made_again(world: World) -> None:
    round_ = opened(world)
    use_id = round_.offer(world.dinkes).use_id
    with pytest.raises(Invalid):
        proving.withdraw(use_id, 1, " ", by=world.dinkes.actor, now=NOW)
    with pytest.raises(NotAllowed):
        proving.withdraw(use_id, 1, "Bukan milik saya", by=world.disdik.actor, now=NOW)
    proving.withdraw(use_id, 1, "Salah berkas", by=world.dinkes.actor, now=NOW)
    assert round_.offer(world.dinkes).use_id == use_id
    use = round_.use(use_id)
    assert (use.state, use.is_withdrawn) == (EvidenceState.DRAFT, False)
    assert world.rows("SELECT words FROM evidence_step ORDER BY id") == [("",), ("Salah berkas",), ("",)]


def test_what_was_accepted_is_not_withdrawn_before_it_is_looked_at_again(world: World) -> None:
    round_ = opened(world)
    use_id = round_.accepted(world.dinkes)
    with pytest.raises(OutOfOrder):
        proving.withdraw(use_id, round_.use(use_id).version, "Tidak jadi", by=world.dinkes.actor, now=NOW)
    round_.judge(use_id, EvidenceMove.REOPEN, words="Diminta kantornya")
    proving.withdraw(use_id, round_.use(use_id).version, "Tidak jadi", by=world.dinkes.actor, now=NOW)
    assert reached(round_) is None


def test_facts_are_mended_by_the_office_they_came_from_and_a_shared_class_is_never_lowered(world: World) -> None:
    round_ = opened(world)
    first = round_.offer(world.dinkes, secrecy=Secrecy.TERBATAS)
    second = round_.offer(world.disdik)
    mine = Mended(second.use_id, 1, "", "", Facts(signed=True, secrecy=Secrecy.TERBATAS))
    with pytest.raises(NotAllowed):
        proving.mend(mine, by=world.disdik.actor, now=NOW)
    with pytest.raises(Invalid) as refusal:
        proving.mend(Mended(first.use_id, 1, "", "", Facts()), by=world.dinkes.actor, now=NOW)
    assert [one.key for one in refusal.value.problems] == ["evidence.secrecy_shared"]
    proving.mend(Mended(second.use_id, 1, "hlm. 2", ""), by=world.disdik.actor, now=NOW)
    assert round_.use(second.use_id).pointer == "hlm. 2"
    round_.submit(world.disdik, second.use_id)
    with pytest.raises(NotAllowed):
        proving.mend(Mended(second.use_id, 3, "hlm. 3", ""), by=world.disdik.actor, now=NOW)


@pytest.mark.parametrize(
    ("secrecy", "readers"),
    [
        (Secrecy.BIASA, {"dinkes", "disdik", "diskominfo", "inspektorat", "bappeda", "organisasi", "sekda", "hukum"}),
        (Secrecy.TERBATAS, {"dinkes", "diskominfo", "inspektorat", "bappeda", "organisasi", "sekda"}),
        (Secrecy.RAHASIA, {"dinkes", "inspektorat", "organisasi", "sekda"}),
    ],
)
def test_who_reads_evidence_follows_from_its_class(world: World, secrecy: Secrecy, readers: set[str]) -> None:
    round_ = opened(world)
    seat(world, round_.id, CycleRole.ASSESSOR, world.bappeda, items=("2",))
    seat(world, round_.id, CycleRole.ANSWERABLE, world.organisasi)
    evidence_id = round_.offer(world.dinkes, secrecy=secrecy).evidence_id
    found = set()
    for office in ("dinkes", "disdik", "diskominfo", "inspektorat", "bappeda", "organisasi", "sekda", "hukum"):
        try:
            kept_with_uses(eyes_of(world.serang.people[office].actor), evidence_id)
            found.add(office)
        except NotFound:
            assert offered_for(eyes_of(world.serang.people[office].actor), round_.id, "1").hidden == 1
    assert found == readers
    for someone in world.kota.people.values():
        with pytest.raises(NotFound):
            kept_with_uses(eyes_of(someone.actor), evidence_id)
