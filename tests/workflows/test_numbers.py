"""Numbers reserved and made void, and the settings of their series: every number of a book is accounted for."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from governance.documents.lifecycle import State
from governance.documents.numbering import Way, gaps
from governance.documents.series_rules import Setting
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Refusal, Stale
from tests.world import KIND, NOW, TODAY, Maker, Paper, World
from workflows import approval, enactment, numbers
from workflows.enactment import OldAct, Signed
from workflows.numbers import Edited, Voided, Wanted

PATTERN = "{classification}/Kep. {number}-Huk.{unit}/{year}"
NOW_SET = Setting(Way.OWN, PATTERN, "656.1", {}, 1, None, (KIND,))


def reserved(world: World, paper: Paper, signed_on: date = TODAY, **more: Any) -> str:
    return numbers.reserve(Wanted(paper.id, signed_on, **more), by=world.hukum.actor, now=NOW, library=world.library)


def voided(world: World, first: int, last: int = 0, reason: str = "Batal ditandatangani") -> None:
    asked = Voided(series(world), TODAY.year, first, last or first, reason)
    numbers.void(asked, by=world.hukum.actor, now=NOW)


def changed(world: World, setting: Setting, version: int = 1, series_id: int | None = None) -> None:
    edited = Edited(series_id or series(world), version, setting)
    numbers.change_series(edited, by=world.hukum.actor, now=NOW, library=world.library)


def series(world: World, key: str = "keputusan", institution_id: int | None = None) -> int:
    asked = {"key": key, "id": institution_id or world.serang.id}
    found: int = world.value("SELECT id FROM series WHERE key = :key AND institution_id = :id", **asked)
    return found


def book(world: World) -> list[tuple[int, str]]:
    """Every number of the decrees' series of this year and what became of it."""
    told = "SELECT number, use FROM number WHERE series_id = :id AND year = :year ORDER BY number"
    return [tuple(row) for row in world.rows(told, id=series(world), year=TODAY.year)]


def keys(refusal: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [problem.key for problem in refusal.value.problems]


def test_a_reserved_number_is_kept_for_its_document_while_others_go_on(world: World, make: Maker) -> None:
    waiting, other = make.document(State.APPROVED), make.document(State.APPROVED)

    written = reserved(world, waiting)
    make.enact(other)
    make.enact(waiting)

    assert written == "656.1/Kep. 1-Huk.Diskominfo/2026"
    assert other.as_seen().number == "656.1/Kep. 2-Huk.Diskominfo/2026"
    assert waiting.as_seen().number == written
    assert book(world) == [(1, "enacted"), (2, "enacted")]


def test_reserving_again_answers_the_same_number_and_writes_one_line(world: World, make: Maker) -> None:
    paper = make.document(State.APPROVED)

    assert reserved(world, paper) == reserved(world, paper)

    assert book(world) == [(1, "reserved")]
    assert sum("number.reserved" in line for line in world.trail()) == 1


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.WITHDRAWN, State.ENACTED])
def test_only_an_approved_document_has_a_number_reserved(world: World, make: Maker, state: State) -> None:
    paper = make.document(state)
    before = world.everything()

    with pytest.raises(Refusal, match=r"not_approved"):
        reserved(world, paper)

    assert world.everything() == before


@pytest.mark.parametrize("office", ["sekda", "diskominfo", "kepala", "asisten"])
def test_only_the_legal_section_reserves_and_voids(world: World, make: Maker, office: str) -> None:
    paper, by = make.document(State.APPROVED), getattr(world, office).actor
    for act in (
        lambda: numbers.reserve(Wanted(paper.id, TODAY), by=by, now=NOW, library=world.library),
        lambda: numbers.void(Voided(series(world), 2026, 1, 1, "x"), by=by, now=NOW),
        lambda: numbers.change_series(Edited(series(world), 1, NOW_SET), by=by, now=NOW, library=world.library),
        lambda: numbers.open_series("baru", NOW_SET, by=by, now=NOW, library=world.library),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_another_institution_reaches_neither_document_nor_series(world: World, make: Maker) -> None:
    paper, foreign = make.document(State.APPROVED), world.kota.hukum.actor
    for act in (
        lambda: numbers.reserve(Wanted(paper.id, TODAY), by=foreign, now=NOW, library=world.library),
        lambda: numbers.void(Voided(series(world), 2026, 1, 1, "x"), by=foreign, now=NOW),
        lambda: numbers.change_series(Edited(series(world), 1, NOW_SET), by=foreign, now=NOW, library=world.library),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_reservation_of_the_old_year_does_not_serve_a_signature_of_the_new_one(world: World, make: Maker) -> None:
    paper = make.document(State.APPROVED)
    reserved(world, paper, date(2025, 12, 31))

    make.enact(paper, TODAY)

    rows = world.rows("SELECT year, number, use FROM number ORDER BY year")
    assert [tuple(row) for row in rows] == [(2025, 1, "reserved"), (2026, 1, "enacted")]
    assert paper.as_seen().number == "656.1/Kep. 1-Huk.Diskominfo/2026"


def test_a_reservation_ends_only_by_a_reason_and_its_number_is_not_given_again(world: World, make: Maker) -> None:
    paper = make.document(State.APPROVED)
    reserved(world, paper)
    for reason in ("", "   ", "x" * 401, "a\x00b", "a\u202eb"):
        with pytest.raises(Invalid):
            voided(world, 1, reason=reason)
    assert book(world) == [(1, "reserved")]

    voided(world, 1, reason="Penandatanganan elektronik dibatalkan")
    make.enact(paper)

    assert book(world) == [(1, "void"), (2, "enacted")]
    (row,) = world.rows("SELECT reason, document_id, written FROM number WHERE number = 1")
    assert tuple(row) == ("Penandatanganan elektronik dibatalkan", paper.id, "656.1/Kep. 1-Huk.Diskominfo/2026")


def test_a_withdrawn_document_leaves_its_number_to_be_voided(world: World, make: Maker) -> None:
    paper = make.document(State.APPROVED)
    reserved(world, paper)

    approval.withdraw(paper.asked("Tidak jadi"), by=world.diskominfo.actor, now=NOW)

    assert book(world) == [(1, "reserved")]
    voided(world, 1)
    assert book(world) == [(1, "void")]


def test_what_an_act_bears_and_what_is_void_cannot_be_made_void(world: World, make: Maker) -> None:
    make.document(State.ENACTED)
    reserved(world, make.document(State.APPROVED))
    voided(world, 2)
    before = world.everything()
    for number, key in ((1, "number.enacted"), (2, "number.void_already"), (3, "number.not_yet"), (0, "number.bad")):
        with pytest.raises(Invalid) as refusal:
            voided(world, number)
        assert keys(refusal) == [key]
    for first, last, key in ((2, 1, "number.range"), (1, 501, "number.many")):
        with pytest.raises(Invalid) as refusal:
            voided(world, first, last)
        assert keys(refusal) == [key]
    assert world.everything() == before


def test_numbers_that_a_recorded_act_skipped_are_made_void_at_once(world: World, make: Maker) -> None:
    old = OldAct(KIND, "Tim lama", "656.1/Kep. 9-Huk.Diskominfo/2026", TODAY, TODAY)
    enactment.record_act(old, by=world.hukum.actor, now=NOW, library=world.library)
    assert [(gap.first, gap.last) for gap in gaps([9], start=1)] == [(1, 8)]

    voided(world, 1, 8, reason="Dipakai buku lama")

    assert book(world) == [*((number, "void") for number in range(1, 9)), (9, "enacted")]
    assert sum("number.voided" in line for line in world.trail()) == 1


def test_a_number_of_the_shared_book_is_reserved_as_it_is_typed(world: World, make: Maker) -> None:
    place = world.kota
    one, two = (make.document(State.APPROVED, place=place) for _ in range(2))
    by = place.hukum.actor
    with pytest.raises(Invalid) as refusal:
        numbers.reserve(Wanted(one.id, TODAY), by=by, now=NOW, library=world.library)
    assert keys(refusal) == ["number.from_register"]

    numbers.reserve(Wanted(one.id, TODAY, "7 TAHUN 2026"), by=by, now=NOW, library=world.library)
    with pytest.raises(Invalid) as refusal:
        numbers.reserve(Wanted(two.id, TODAY, "7 TAHUN 2026"), by=by, now=NOW, library=world.library)
    assert keys(refusal) == ["number.reserved"]
    with pytest.raises(Invalid) as refusal:
        make.enact(one, place=place, number="8 TAHUN 2026")
    assert keys(refusal) == ["number.reserved_other"]
    make.enact(one, place=place, number="")

    assert one.as_seen(place.hukum).number == "7 TAHUN 2026"


def test_a_number_given_keeps_its_pattern_when_the_series_changes(world: World, make: Maker) -> None:
    make.document(State.ENACTED)
    waiting = make.document(State.APPROVED)
    old = reserved(world, waiting)

    changed(world, replace(NOW_SET, pattern="{classification}/{number}/KPTS/{year}", classification="100.3.3.2"))
    make.enact(waiting)
    newer = make.document(State.ENACTED)

    assert waiting.as_seen().number == old
    assert newer.as_seen().number == "100.3.3.2/3/KPTS/2026"
    assert world.value("SELECT written FROM number WHERE number = 1") == "656.1/Kep. 1-Huk.Diskominfo/2026"


def test_a_kind_with_a_code_of_its_own_is_numbered_with_it(world: World, make: Maker) -> None:
    changed(world, replace(NOW_SET, classifications={KIND: "555.1", "audit_team_decree": " "}))

    assert make.document(State.ENACTED).as_seen().number == "555.1/Kep. 1-Huk.Diskominfo/2026"


def test_settings_are_changed_on_what_was_seen_and_the_trail_tells_both(world: World) -> None:
    changed(world, replace(NOW_SET, start=5, kinds=(KIND, "audit_team_decree")))

    with pytest.raises(Stale):
        changed(world, NOW_SET)
    assert world.value("SELECT version FROM series WHERE id = :id", id=series(world)) == 2
    line = next(line for line in world.trail() if "series.changed" in line)
    assert '"before":' in line
    assert '"start":5' in line


def test_saying_the_same_again_changes_nothing(world: World) -> None:
    stored = world.rows("SELECT kinds FROM series WHERE id = :id", id=series(world))
    setting = replace(NOW_SET, kinds=tuple(world.serang.facts.series[0].kinds))
    before = world.everything()

    changed(world, setting)

    assert stored
    assert world.everything() == before


WRONG = [
    (replace(NOW_SET, pattern="Kep/{year}"), "series.pattern_number"),
    (replace(NOW_SET, pattern="Kep {number}"), "series.pattern_year"),
    (replace(NOW_SET, pattern="{number}/{year"), "series.pattern_braces"),
    (replace(NOW_SET, pattern="{number}/{year}/{nama}"), "series.pattern_unknown"),
    (replace(NOW_SET, pattern="{number:>5}/{year}"), "series.pattern_unknown"),
    (replace(NOW_SET, pattern="{number!r}/{year}"), "series.pattern_unknown"),
    (replace(NOW_SET, pattern="{number.__class__}/{year}"), "series.pattern_unknown"),
    (replace(NOW_SET, pattern="{number}/{{year}}/{year}"), "series.pattern_unknown"),
    (replace(NOW_SET, pattern="{number}/{number}/{year}"), "series.pattern_twice"),
    (replace(NOW_SET, pattern="{number}{year}"), "series.pattern_touching"),
    (replace(NOW_SET, pattern="{number}/{year}" + "x" * 200), "series.pattern_long"),
    (replace(NOW_SET, pattern="{number}/{year}\x07"), "draft.control_characters"),
    (replace(NOW_SET, classification=""), "series.classification_missing"),
    (replace(NOW_SET, classification="=1+1"), "series.classification_letters"),
    (replace(NOW_SET, classifications={KIND: "٦٥٦"}), "series.classification_letters"),
    (replace(NOW_SET, start=0), "series.start_range"),
    (replace(NOW_SET, kinds=("tidak_ada",)), "series.unknown_kind"),
]


@pytest.mark.parametrize(("setting", "key"), WRONG)
def test_settings_that_cannot_be_are_refused(world: World, setting: Setting, key: str) -> None:
    before = world.everything()

    with pytest.raises(Invalid) as refusal:
        changed(world, setting)

    assert keys(refusal) == [key]
    assert world.everything() == before


def test_a_kind_stands_in_one_series_alone(world: World) -> None:
    setting = Setting(Way.REGISTER, "{number} TAHUN {year}", kinds=(KIND,))
    with pytest.raises(Invalid) as refusal:
        changed(world, setting, series_id=series(world, "keputusan_sekda"))
    assert keys(refusal) == ["series.kind_twice"]


def test_a_start_below_what_was_given_is_refused_and_another_year_is_not(world: World, make: Maker) -> None:
    for _ in range(3):
        make.document(State.ENACTED)
    for start, year in ((2, None), (3, 2026)):
        with pytest.raises(Invalid) as refusal:
            changed(world, replace(NOW_SET, start=start, start_year=year))
        assert keys(refusal) == ["series.start_given"]

    changed(world, replace(NOW_SET, start=2, start_year=2025))
    old = make.document(State.ENACTED, signed_on=date(2025, 6, 2))
    new = make.document(State.ENACTED)
    changed(world, replace(NOW_SET, start=160, start_year=2026), version=2)
    raised = make.document(State.ENACTED)

    assert [paper.as_seen().number.split("-")[0] for paper in (old, new, raised)] == [
        "656.1/Kep. 2", "656.1/Kep. 4", "656.1/Kep. 160"
    ]  # fmt: skip


def test_a_new_series_numbers_its_kinds_apart(world: World, make: Maker) -> None:
    changed(world, replace(NOW_SET, kinds=()))
    setting = Setting(Way.OWN, "TIM-{number}/{year}", kinds=(KIND,))

    numbers.open_series("tim", setting, by=world.hukum.actor, now=NOW, library=world.library)

    assert make.document(State.ENACTED).as_seen().number == "TIM-1/2026"
    for key, wrong in (("tim", "series.key_there"), ("Tim Baru", "series.key"), ("x" * 41, "series.key")):
        with pytest.raises(Invalid) as refusal:
            numbers.open_series(key, replace(setting, kinds=()), by=world.hukum.actor, now=NOW, library=world.library)
        assert keys(refusal) == [wrong]


def test_a_failed_enactment_keeps_the_reservation(world: World, make: Maker) -> None:
    paper = make.document(State.APPROVED, effective_to="2026-12-31")
    reserved(world, paper)
    signed = Signed(paper.id, paper.seen, date(2026, 11, 21))

    with pytest.raises(Invalid):
        enactment.enact(signed, by=world.hukum.actor, now=NOW, library=world.library)

    assert book(world) == [(1, "reserved")]
