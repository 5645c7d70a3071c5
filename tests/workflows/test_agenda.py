"""The register of acts: each reader's own view of it, found by what it says, page by page, on both databases."""

import io
from dataclasses import replace
from datetime import date, timedelta

import openpyxl
import pytest

from governance.documents.agenda import STATUSES, Entry, Wish, entries
from governance.documents.agenda_sheet import agenda_sheet
from governance.documents.effect import Effect, Period, effect
from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.kernel.db import db
from tests import peraturan
from tests.world import KIND, NOW, TODAY, Maker, Someone, World
from workflows import enactment, numbers
from workflows.enactment import OldAct
from workflows.numbers import Voided, Wanted

DAYS = (None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1))


def seen(someone: Someone, on: date = TODAY, **wish: object) -> list[Entry]:
    """All of it, read in pages."""
    db.session.rollback()
    asked, found = Wish(**{"limit": 2, **wish}), []  # type: ignore[arg-type]
    while True:
        shown, after = entries(someone.actor, asked, on)
        found += shown
        if after is None:
            return found
        asked = replace(asked, after=after)


def record(world: World, number: str, title: str = "Tim", signed_on: date = TODAY, **more: object) -> int:
    old = OldAct(KIND, title, number, signed_on, signed_on, **more)  # type: ignore[arg-type]
    return enactment.record_act(old, by=world.hukum.actor, now=NOW, library=world.library)


def test_acts_reservations_and_voids_stand_in_one_list_newest_first(world: World, make: Maker) -> None:
    make.document(State.ENACTED, signed_on=TODAY - timedelta(days=3))
    waiting = make.document(State.APPROVED)
    numbers.reserve(Wanted(waiting.id, TODAY), by=world.hukum.actor, now=NOW, library=world.library)
    series = world.value("SELECT series_id FROM number LIMIT 1")
    other = make.document(State.APPROVED)
    numbers.reserve(Wanted(other.id, TODAY), by=world.hukum.actor, now=NOW, library=world.library)
    numbers.void(Voided(series, TODAY.year, 3, 3, "Tidak jadi"), by=world.hukum.actor, now=NOW)

    found = seen(world.hukum)

    assert [(one.status, one.number.split("-")[0], one.reason) for one in found] == [
        ("void", "656.1/Kep. 3", "Tidak jadi"),
        ("reserved", "656.1/Kep. 2", ""),
        ("in_force", "656.1/Kep. 1", ""),
    ]


def test_pages_hold_everything_once_in_order(world: World) -> None:
    days = [TODAY - timedelta(days=at % 3) for at in range(11)]
    for at, day in enumerate(days):
        record(world, f"{at + 1}/lama", signed_on=day)

    for limit in (1, 2, 3, 10, 11, 50):
        found = seen(world.hukum, limit=limit)
        assert len(found) == len({one.number for one in found}) == len(days)
        assert [one.place for one in found] == sorted((one.place for one in found), reverse=True)


@pytest.mark.parametrize("office", ["hukum", "sekda", "dinkes", "diskominfo", "bappeda"])
def test_everyone_reads_in_the_register_what_he_may_read_as_a_document(world: World, make: Maker, office: str) -> None:
    open_one = make.document(State.ENACTED)
    secret = make.document(State.ENACTED, secrecy=Secrecy.RAHASIA)
    waiting = make.document(State.APPROVED, secrecy=Secrecy.TERBATAS)
    numbers.reserve(Wanted(waiting.id, TODAY), by=world.hukum.actor, now=NOW, library=world.library)

    found = {one.document_id for one in seen(getattr(world, office))}

    everything = {open_one.id, secret.id, waiting.id}
    assert found == (everything if office in ("hukum", "sekda", "diskominfo") else {open_one.id})
    assert seen(world.kota.hukum) == []


def test_what_is_asked_for_is_found_and_nothing_else(world: World) -> None:
    record(world, "7/A", "Tim Koordinasi", date(2024, 5, 2))
    record(world, "8/B_%", "Komite 100% Risiko", date(2025, 5, 2))

    def numbers_of(**wish: object) -> list[str]:
        return [one.number for one in seen(world.hukum, **wish)]

    assert numbers_of(words="koordinasi tim") == ["7/A"]
    assert numbers_of(words="8/b") == ["8/B_%"]
    assert numbers_of(words="%") == ["8/B_%"], "a sign that means anything to the database means itself"
    assert numbers_of(words="_%") == ["8/B_%"]
    assert numbers_of(year=2024) == ["7/A"]
    assert numbers_of(since=date(2024, 5, 3)) == ["8/B_%"]
    assert numbers_of(until=date(2024, 5, 2)) == ["7/A"]
    assert numbers_of(kind="spbe_roadmap") == []
    assert numbers_of(words="' OR 1=1 --") == []


def test_the_status_that_the_database_finds_is_the_rules_own(world: World, make: Maker) -> None:
    """Every period of days around today: the filter and the pure rule say the same of each act."""
    count = 0
    for start in DAYS[1:]:
        for end in DAYS:
            for revoked in DAYS:
                if end is None or end >= start:
                    count += 1
                    document = record(world, f"{count}/x", "Tim", TODAY - timedelta(days=9), in_force_to=None)
                    world.change(
                        "UPDATE act SET in_force_from = :start, in_force_to = :end, revoked_on = :revoked"
                        " WHERE id = (SELECT act_id FROM document WHERE id = :id)",
                        start=start, end=end, revoked=revoked, id=document,
                    )  # fmt: skip
    peraturan.enacted(make)
    by_filter = {status: {one.number for one in seen(world.hukum, status=status, limit=50)} for status in Effect}
    by_rule: dict[str, set[str]] = {status: set() for status in Effect}
    for one in seen(world.hukum, limit=50):
        assert one.status == effect(Period(one.in_force_from, one.in_force_to, one.revoked_on), TODAY)
        by_rule[one.status].add(one.number)
    assert by_filter == by_rule
    assert all(by_rule.values()), "each status is among them"
    assert set(STATUSES) == {*Effect, "reserved", "void"}


def test_a_sheet_has_dates_as_dates_and_no_text_is_computed() -> None:
    """A title that begins as a formula does stays the text that it is."""
    hostile = ['=HYPERLINK("http://contoh")', "+1+1", "-2", "@SUM(A1)", "\t=1", "a\x00b\x0bc\ud800", "x" * 40_000]
    data = agenda_sheet("Buku agenda", ["Judul", "Tanggal"], [[text, TODAY] for text in hostile])

    sheet = openpyxl.load_workbook(io.BytesIO(data)).active

    assert sheet is not None
    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[0]] == ["Judul", "Tanggal"]
    for (title, day), text in zip(rows[1:], hostile, strict=True):
        assert title.data_type == "s"
        assert day.is_date
        assert day.value.date() == TODAY  # type: ignore[union-attr]
        if text.isprintable() and len(text) < 100:
            assert title.value == text
    assert all(title.data_type != "f" for title, _day in rows)
