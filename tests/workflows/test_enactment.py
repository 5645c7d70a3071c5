"""Enactment: number, seal, act; recorded old acts; scans that come with it or follow."""

from datetime import UTC, date, datetime

import pytest

from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.documents.reading import read_document
from governance.kernel.errors import BadFile, Invalid, NotAllowed, NotFound, OutOfOrder, Refusal
from tests.governance.documents.samples import members_of
from tests.world import KIND, NOW, TODAY, Maker, World
from workflows import enactment
from workflows.enactment import OldAct, Signed

PDF, PNG, JPEG = b"%PDF-1.7 pindaian", b"\x89PNG\r\n\x1a\n pindaian", b"\xff\xd8\xff\xe0 pindaian"
OLD = OldAct(
    KIND, "Tim Koordinasi SPBE 2019", "656.1/Kep. 12/2019", date(2019, 3, 4), date(2019, 3, 4), date(2019, 12, 31)
)


def old(**changes: object) -> OldAct:
    return OldAct(**{**OLD.__dict__, **changes})  # type: ignore[arg-type]


def test_the_sealed_file_differs_from_the_approved_one_only_in_number_date_and_mark(world: World, make: Maker) -> None:
    paper = make.document(State.APPROVED)
    approved = paper.file
    make.enact(paper, date(2026, 11, 19))
    before, after = members_of(approved), members_of(paper.file)
    assert list(before) == list(after)
    different = {name for name in before if before[name] != after[name]}
    assert "word/document.xml" in different
    assert all(name == "word/document.xml" or name.startswith("word/header") for name in different)
    then, now = read_document(approved), read_document(paper.file)
    assert (then.number, then.date) == (None, None)
    assert now.number == "656.1/Kep. 1-Huk.Diskominfo/2026"
    assert "19 November 2026" in str(now.date)
    for part in ("title", "considerations", "citations", "dictums", "annexes", "copies", "signer_name"):
        assert getattr(then, part) == getattr(now, part), part
    assert b"RANCANGAN" not in b"".join(after.values())


def test_the_sealed_revision_names_the_file_it_came_from(world: World, make: Maker) -> None:
    paper = make.document(State.APPROVED)
    approved = paper.as_seen().sha256
    make.enact(paper)
    newest = "SELECT origin, source_sha256, sha256 FROM revision WHERE document_id = :id ORDER BY number DESC LIMIT 1"
    assert world.rows(newest, id=paper.id) == [("sealed", approved, paper.as_seen().sha256)]


def test_each_year_of_signing_has_its_own_numbers_without_a_gap(world: World, make: Maker) -> None:
    signed = [date(2026, 11, 2), date(2026, 11, 3), date(2025, 12, 30), date(2026, 11, 4), date(2025, 12, 31)]
    numbers = [make.document(State.ENACTED, signed_on=day).as_seen().number for day in signed]
    written = "656.1/Kep. {}-Huk.Diskominfo/{}"
    assert numbers == [written.format(*one) for one in ((1, 2026), (2, 2026), (1, 2025), (3, 2026), (2, 2025))]


def test_what_ends_before_it_is_signed_is_refused_and_takes_no_number(world: World, make: Maker) -> None:
    paper = make.document(State.APPROVED, effective_to="2026-12-31")
    before, later = world.everything(), datetime(2027, 1, 4, 2, tzinfo=UTC)
    signed = Signed(paper.id, paper.seen, later.date())
    with pytest.raises(Invalid) as refused:
        enactment.enact(signed, by=world.hukum.actor, now=later, library=world.library)
    assert [problem.key for problem in refused.value.problems] == ["enact.over"]
    assert world.everything() == before


def test_the_number_carries_the_short_form_of_the_initiating_unit(world: World, make: Maker) -> None:
    assert make.document(State.ENACTED, by="bappeda").as_seen().number == "656.1/Kep. 1-Huk.Bappeda/2026"


def test_a_series_begins_where_the_institution_says(world: World, make: Maker) -> None:
    assert make.document(State.ENACTED, place=world.provinsi).as_seen().number == "188.4/101/DKIS/2026"


def test_a_refused_enactment_uses_up_no_number(world: World, make: Maker) -> None:
    paper = make.document(State.APPROVED)
    before = world.everything()
    for signed in (Signed(paper.id, paper.seen, date(2026, 11, 21)), Signed(paper.id, paper.seen, date(1945, 8, 16))):
        with pytest.raises(Invalid):
            enactment.enact(signed, by=world.hukum.actor, now=NOW, library=world.library)
    with pytest.raises(BadFile):
        make.enact(paper, scan=b"GIF89a")
    assert world.everything() == before
    make.enact(paper)
    assert "Kep. 1-" in str(paper.as_seen().number)


def test_the_day_of_signing_may_be_today_where_the_office_is(world: World, make: Maker) -> None:
    """23.30 UTC on the 20th is the 21st in Jayapura, and still the 20th nowhere in Indonesia."""
    late = NOW.replace(hour=23, minute=30)
    for place in (world.serang, world.kota):
        paper = make.document(State.APPROVED, place=place)
        number = "7 TAHUN 2026" if place is world.kota else None
        signed = Signed(paper.id, paper.seen, date(2026, 11, 21), number=number)
        enactment.enact(signed, by=place.hukum.actor, now=late, library=world.library)
        assert paper.state is State.ENACTED


def test_only_the_legal_section_enacts(world: World, make: Maker) -> None:
    paper = make.document(State.APPROVED)
    before = world.everything()
    for someone in world.everyone:
        if someone is world.hukum:
            continue
        with pytest.raises((NotAllowed, NotFound)):
            enactment.enact(Signed(paper.id, paper.seen, TODAY), by=someone.actor, now=NOW, library=world.library)
    assert world.everything() == before


def test_enacting_twice_on_the_same_sight_gives_one_act_and_one_number(world: World, make: Maker) -> None:
    paper = make.document(State.APPROVED)
    signed = Signed(paper.id, paper.seen, TODAY)
    enactment.enact(signed, by=world.hukum.actor, now=NOW, library=world.library)
    before = world.everything()
    enactment.enact(signed, by=world.hukum.actor, now=NOW, library=world.library)
    assert world.everything() == before


def test_the_number_of_a_shared_register_is_typed_and_checked(world: World, make: Maker) -> None:
    paper = make.document(State.APPROVED, place=world.kota)
    for typed in (None, "", "45", "45 TAHUN 2025"):
        with pytest.raises(Invalid):
            make.enact(paper, place=world.kota, number=typed)
    make.enact(paper, place=world.kota, number="45 TAHUN 2026")
    assert paper.as_seen().number == "45 TAHUN 2026"


def test_a_number_of_the_register_is_used_once(world: World, make: Maker) -> None:
    for paper in (make.document(State.APPROVED, place=world.kota) for _ in range(2)):
        if paper.id == 1:
            make.enact(paper, place=world.kota, number="45 TAHUN 2026")
            continue
        before = world.everything()
        with pytest.raises(Invalid) as refusal:
            make.enact(paper, place=world.kota, number="045 TAHUN 2026")
        assert refusal.value.problems[0].key == "number.taken"
        assert world.everything() == before


def test_the_act_is_in_force_as_the_decree_says(world: World, make: Maker) -> None:
    paper = make.document(State.ENACTED, effective_from="2026-12-01", effective_to="2027-11-30")
    act = paper.as_seen().act
    assert act is not None
    assert (act.signed_on, act.in_force_from, act.in_force_to) == (TODAY, date(2026, 12, 1), date(2027, 11, 30))


def test_everyone_on_the_route_is_told_of_the_number(world: World, make: Maker) -> None:
    make.document(State.ENACTED)
    for someone in (world.diskominfo, world.asisten, world.sekda):
        assert world.inbox(someone)[-1] == "document.enacted"
    assert "document.enacted" not in world.inbox(world.hukum), "who did it is not told of it"


def test_a_scan_may_follow_and_is_never_replaced(world: World, make: Maker) -> None:
    paper = make.document(State.ENACTED)
    act = paper.as_seen().act
    assert act is not None
    assert act.scan_sha256 is None
    enactment.add_scan(paper.id, PDF, by=world.hukum.actor, now=NOW, library=world.library)
    before = world.everything()
    with pytest.raises(Refusal):
        enactment.add_scan(paper.id, PNG, by=world.hukum.actor, now=NOW, library=world.library)
    assert world.everything() == before


def test_an_empty_scan_is_not_a_scan(world: World, make: Maker) -> None:
    paper = make.document(State.ENACTED)
    before = world.everything()
    with pytest.raises(Refusal):
        enactment.add_scan(paper.id, b"", by=world.hukum.actor, now=NOW, library=world.library)
    assert world.everything() == before


def test_a_scan_is_added_only_to_what_is_enacted_and_only_by_the_legal_section(world: World, make: Maker) -> None:
    with pytest.raises(OutOfOrder):
        enactment.add_scan(make.document(State.APPROVED).id, PDF, by=world.hukum.actor, now=NOW, library=world.library)
    with pytest.raises(NotAllowed):
        enactment.add_scan(make.document(State.ENACTED).id, PDF, by=world.sekda.actor, now=NOW, library=world.library)


@pytest.mark.parametrize("scan", [PDF, PNG, JPEG])
def test_a_scan_is_a_pdf_a_png_or_a_jpeg(world: World, make: Maker, scan: bytes) -> None:
    paper = make.document(State.APPROVED)
    make.enact(paper, scan=scan)
    act = paper.as_seen().act
    assert act is not None
    assert world.library.files.read(str(act.scan_sha256)) == scan


@pytest.mark.parametrize("scan", [b"GIF89a", b"<html>", b"PK\x03\x04", b" %PDF-", b"MZ"])
def test_anything_else_is_no_scan_whatever_its_name(world: World, make: Maker, scan: bytes) -> None:
    with pytest.raises(BadFile):
        make.enact(make.document(State.APPROVED), scan=scan)


def test_an_old_act_is_recorded_as_it_is(world: World, make: Maker) -> None:
    by, library = world.hukum.actor, world.library
    key = enactment.record_act(old(scan=PDF), by=by, now=NOW, library=library)
    seen = make.document(State.ENACTED).as_seen()
    assert seen.id != key
    recorded = world.rows("SELECT state, year, title FROM document WHERE id = :id", id=key)
    assert recorded == [("enacted", 2019, "Tim Koordinasi SPBE 2019")]
    assert seen.number == "656.1/Kep. 1-Huk.Diskominfo/2026", "a recorded act takes no number of the series"


@pytest.mark.parametrize(
    "changes",
    [
        {"title": " "},
        {"number": ""},
        {"title": "x" * 1001},
        {"number": "9" * 201},
        {"signed_on": date(2026, 11, 21)},
        {"signed_on": date(1900, 1, 1)},
        {"in_force_to": date(2018, 1, 1)},
    ],
)
def test_an_old_act_that_cannot_be_is_refused(world: World, changes: dict[str, object]) -> None:
    before = world.everything()
    with pytest.raises(Invalid):
        enactment.record_act(old(**changes), by=world.hukum.actor, now=NOW, library=world.library)
    assert world.everything() == before


def test_an_old_act_of_an_unknown_kind_or_with_a_wrong_scan_is_refused(world: World) -> None:
    before = world.everything()
    with pytest.raises(NotFound):
        enactment.record_act(old(kind="tidak_ada"), by=world.hukum.actor, now=NOW, library=world.library)
    with pytest.raises(BadFile):
        enactment.record_act(old(scan=b"GIF89a"), by=world.hukum.actor, now=NOW, library=world.library)
    assert world.everything() == before


def test_an_act_is_recorded_once(world: World) -> None:
    enactment.record_act(OLD, by=world.hukum.actor, now=NOW, library=world.library)
    before = world.everything()
    with pytest.raises(Invalid) as refusal:
        enactment.record_act(OLD, by=world.hukum.actor, now=NOW, library=world.library)
    assert refusal.value.problems[0].key == "number.used"
    assert world.everything() == before


def test_two_institutions_may_have_the_same_number(world: World) -> None:
    for place in (world.serang, world.kota):
        enactment.record_act(OLD, by=place.hukum.actor, now=NOW, library=world.library)
    assert world.value("SELECT count(*) FROM act") == 2


def test_a_number_already_written_on_a_recorded_act_is_not_given_again(world: World, make: Maker) -> None:
    """Serang recorded its first decree of 2026 by hand; the counter must not hand out the same number."""
    taken = old(number="656.1/Kep. 1-Huk.Diskominfo/2026", signed_on=date(2026, 2, 2), in_force_from=date(2026, 2, 2))
    taken = old(**{**taken.__dict__, "in_force_to": date(2026, 12, 31)})
    enactment.record_act(taken, by=world.hukum.actor, now=NOW, library=world.library)
    assert make.document(State.ENACTED).as_seen().number == "656.1/Kep. 2-Huk.Diskominfo/2026"


@pytest.mark.parametrize("office", ["sekda", "dinkes", "kepala", "asisten", "bappeda"])
def test_only_the_legal_section_and_diskominfo_record_old_acts(world: World, office: str) -> None:
    with pytest.raises(NotAllowed):
        enactment.record_act(OLD, by=world.serang.people[office].actor, now=NOW, library=world.library)


def test_what_is_enacted_and_ordinary_is_for_everyone_of_the_institution(world: World, make: Maker) -> None:
    ordinary = make.document(State.ENACTED)
    secret = make.document(State.ENACTED, secrecy=Secrecy.RAHASIA)
    assert ordinary.as_seen(world.dinkes).id == ordinary.id
    for someone in (world.dinkes, world.bappeda):
        with pytest.raises(NotFound):
            secret.as_seen(someone)
    assert secret.as_seen(world.asisten).id == secret.id, "it passed through his hands"
