"""The timetable laid out, compared and told: each change moves the right dates and tells the right people."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from governance.documents.lifecycle import State
from governance.kernel.db import db, transaction
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Refusal, Stale
from governance.mandates.evaluation import Round
from governance.obligations import queries
from governance.obligations.models import Obligation
from governance.obligations.queries import Due
from governance.people.models import Institution
from governance.trail.queries import first_break_of
from tests.world import NOW, TODAY, Maker, Someone, World
from workflows import enactment, entering_facts, fulfilling, jobs, obligations, scanning, timetabling
from workflows.enactment import OldAct
from workflows.entering_facts import NewFact
from workflows.fulfilling import Report
from workflows.obligations import Letter

FIRST = {"penilaian_mandiri": "2026-12-10", "interviu": "2026-12-20"}
SECOND = {"penilaian_mandiri": "2026-12-28", "interviu": "2026-12-20"}


def enter(world: World, ends: dict[str, str], version: int = 0) -> None:
    windows = [{"stage": stage, "start": None, "end": end} for stage, end in ends.items()]
    letter = Letter(2026, Round.EVALUATION, f"B/{version}", date(2026, 10, 1), windows, version=version)
    obligations.enter_letter(letter, by=world.diskominfo.actor, now=NOW, library=world.library)
    work(world)


def work(world: World) -> None:
    while jobs.run_due(now=NOW, library=world.library):
        pass


def scanned(world: World) -> None:
    scanning.scan(now=NOW, library=world.library)


def year(world: World, of: int = 2026) -> dict[str, Due]:
    db.session.rollback()
    found = queries.timetable(world.diskominfo.actor, of, TODAY)
    return {due.stage: due for due in found if due.family == "evaluation"}


def told(world: World, someone: Someone) -> list[dict[str, Any]]:
    db.session.rollback()
    rows = world.rows(
        "SELECT params FROM notice WHERE key = 'timetable.moved' AND person_id = :id ORDER BY id",
        id=someone.actor.person_id,
    )
    return [json.loads(one) if isinstance(one, str) else one for (one,) in rows]


def foreign_row(world: World, key: str, family: str = "delivery") -> int:
    """A row that no rule of the timetable laid out."""
    with transaction():
        row = Obligation(institution_id=world.serang.id, key=key, mandate="monitoring_evaluation", year=2026)
        row.stage, row.family, row.due_on = "penyampaian", family, date(2026, 3, 1)
        db.session.add(row)
        db.session.flush()
        return row.id


def row_of(world: World, key: int) -> Any:
    (row,) = world.rows("SELECT * FROM obligation WHERE id = :key", key=key)
    return tuple(row)


def test_a_changed_letter_moves_its_stages_and_tells_the_right_people(world: World) -> None:
    scanned(world)
    enter(world, FIRST)
    before = len(told(world, world.diskominfo))
    enter(world, SECOND, version=1)
    found = year(world)
    assert found["penilaian_mandiri"].due_on == date(2026, 12, 28)
    assert found["interviu"].due_on == date(2026, 12, 20)
    (one,) = told(world, world.diskominfo)[before:]
    assert [(move["stage"], move["from_on"], move["to_on"]) for move in one["moves"]] == [
        ("penilaian_mandiri", "2026-12-10", "2026-12-28")
    ]
    assert one["because"]["key"] == "because.letter"
    for bystander in (world.dinkes, world.hukum, world.kepala, world.kota.diskominfo):
        assert told(world, bystander) == []


def test_a_letter_extends_a_stage_and_opens_another_again(world: World) -> None:
    stages = (
        ("penilaian_mandiri", None, "2026-10-01"),
        ("penilaian_mandiri", None, "2026-10-15"),
        ("interviu", "2026-11-01", "2026-11-05"),
        ("interviu", "2026-12-01", "2026-12-04"),
    )
    windows = [{"stage": stage, "start": start, "end": end} for stage, start, end in stages]
    letter = Letter(2026, Round.EVALUATION, "B/9", date(2026, 9, 1), windows)
    obligations.enter_letter(letter, by=world.diskominfo.actor, now=NOW, library=world.library)
    work(world)
    db.session.rollback()
    found = queries.timetable(world.diskominfo.actor, 2026, TODAY)
    assert [(due.key.split(":", 1)[1], due.due_on) for due in found if due.family == "evaluation"] == [
        ("2026:penilaian_mandiri", date(2026, 10, 15)),
        ("2026:interviu", date(2026, 11, 5)),
        ("2026:interviu:2", date(2026, 12, 4)),
    ]
    earlier = [windows[2], {"stage": "interviu", "start": None, "end": "2026-11-05"}]
    before = world.everything()
    wrong = replace(letter, windows=earlier, version=1)
    with pytest.raises(Invalid) as refused:
        obligations.enter_letter(wrong, by=world.diskominfo.actor, now=NOW, library=world.library)
    assert [problem.key for problem in refused.value.problems] == ["letter.not_later"]
    assert world.everything() == before


def test_the_sekda_is_told_only_of_what_presses(world: World) -> None:
    scanned(world)
    enter(world, FIRST)
    before = len(told(world, world.sekda))
    enter(world, SECOND, version=1)
    assert len(told(world, world.sekda)) == before, "later by three weeks presses nobody"
    enter(world, SECOND | {"interviu": "2026-11-02"}, version=2)
    (pressing,) = told(world, world.sekda)[before:]
    assert [move["stage"] for move in pressing["moves"]] == ["interviu"]


def test_a_second_computation_changes_nothing(world: World) -> None:
    scanned(world)
    enter(world, FIRST)
    before = world.everything()
    by = world.diskominfo.actor
    assert timetabling.recompute(timetabling.Cause("again"), by=by, now=NOW, library=world.library) == ()
    assert world.everything() == before


def test_rows_of_other_families_are_never_dropped_or_changed(world: World) -> None:
    scanned(world)
    others = [foreign_row(world, "coordination_team_decree:penyampaian:12"), foreign_row(world, "by:hand", "")]
    before = [row_of(world, key) for key in others]
    enter(world, FIRST)
    enter(world, {"visitasi": "2027-01-15"}, version=1)
    assert [row_of(world, key) for key in others] == before


def test_a_foreign_row_that_bears_a_rules_key_keeps_it(world: World) -> None:
    key = foreign_row(world, "monitoring_evaluation:2026:interviu", "")
    before = row_of(world, key)
    scanned(world)
    enter(world, FIRST)
    assert row_of(world, key) == before
    assert world.value("SELECT count(*) FROM obligation WHERE key = 'monitoring_evaluation:2026:interviu'") == 3


def test_what_a_rule_asks_no_more_is_dropped_and_taken_up_again(world: World) -> None:
    scanned(world)
    key = year(world)["visitasi"].id
    enter(world, FIRST)
    assert year(world)["visitasi"].state == "dropped"
    enter(world, FIRST | {"visitasi": "2027-01-20"}, version=1)
    assert year(world)["visitasi"].id == key
    assert year(world)["visitasi"].state == "open"


def test_a_reported_obligation_keeps_its_answer_until_it_is_taken_back(world: World) -> None:
    scanned(world)
    enter(world, FIRST)
    row = year(world)["penilaian_mandiri"]
    by, library = world.diskominfo.actor, world.library
    pdf = b"%PDF-1.7 laporan"
    fulfilling.report(Report(row.id, row.version, "Surat 800/12", file=pdf), by=by, now=NOW, library=library)
    enter(world, SECOND, version=1)
    kept = year(world)["penilaian_mandiri"]
    assert (kept.state, kept.met_by, kept.due_on) == ("met", "Surat 800/12", date(2026, 12, 10))
    assert library.files.read(queries.report_of(by, row.id)) == pdf
    fulfilling.take_back(row.id, kept.version, "Salah tahap", by=by, now=NOW)
    work(world)
    again = year(world)["penilaian_mandiri"]
    assert (again.state, again.met_by, again.due_on) == ("open", "", date(2026, 12, 28))


def test_nothing_is_waived_without_a_reason(world: World) -> None:
    scanned(world)
    row = year(world)["hasil"]
    before = world.everything()
    for reason in ("", "   ", "x" * 1001, "a\x00b"):
        with pytest.raises(Invalid):
            fulfilling.waive(row.id, row.version, reason, by=world.sekda.actor, now=NOW)
    assert world.everything() == before
    with pytest.raises(Exception, match="waived_has_reason"):
        world.change("UPDATE obligation SET fulfilment = 'waived', reason = '' WHERE id = :id", id=row.id)


def test_the_sekda_waives_with_a_reason_and_diskominfo_is_told(world: World) -> None:
    scanned(world)
    row = year(world)["hasil"]
    fulfilling.waive(row.id, row.version, "Digabung dengan tahun depan", by=world.sekda.actor, now=NOW)
    waived = year(world)["hasil"]
    assert (waived.state, waived.reason) == ("waived", "Digabung dengan tahun depan")
    assert world.inbox(world.diskominfo)[-1] == "obligation.waived"
    enter(world, FIRST)
    assert year(world)["hasil"].state == "waived"


@pytest.mark.parametrize("office", ["hukum", "dinkes", "kepala", "asisten"])
def test_other_offices_answer_nothing(world: World, office: str) -> None:
    scanned(world)
    row = year(world)["hasil"]
    by = world.serang.people[office].actor
    before = world.everything()
    with pytest.raises(NotAllowed):
        fulfilling.waive(row.id, row.version, "Tidak perlu", by=by, now=NOW)
    with pytest.raises(NotAllowed):
        fulfilling.report(Report(row.id, row.version, "Surat"), by=by, now=NOW, library=world.library)
    with pytest.raises(NotAllowed):
        fulfilling.acknowledge(row.id, row.version, by=by, now=NOW)
    with pytest.raises(NotAllowed):
        timetabling.lay_out(2028, by=by, now=NOW, library=world.library)
    assert world.everything() == before


def test_an_answer_on_an_old_page_or_of_another_region_is_refused(world: World) -> None:
    scanned(world)
    row = year(world)["hasil"]
    by = world.diskominfo.actor
    fulfilling.acknowledge(row.id, row.version, by=by, now=NOW)
    before = world.everything()
    with pytest.raises(Stale):
        fulfilling.waive(row.id, row.version, "Tidak perlu", by=by, now=NOW)
    with pytest.raises(NotFound):
        fulfilling.waive(row.id, row.version, "Tidak perlu", by=world.kota.diskominfo.actor, now=NOW)
    with pytest.raises(Refusal):
        fulfilling.take_back(row.id, row.version + 1, "Keliru", by=by, now=NOW)
    assert world.everything() == before


def test_what_is_acknowledged_is_not_reminded_of_until_its_date_moves(world: World) -> None:
    enter(world, FIRST)
    row = year(world)["penilaian_mandiri"]
    fulfilling.acknowledge(row.id, row.version, by=world.diskominfo.actor, now=NOW)
    scanned(world)
    reminded = "SELECT count(*) FROM reminder WHERE obligation_id = :id"
    assert world.value(reminded, id=row.id) == 0
    enter(world, FIRST | {"penilaian_mandiri": "2026-12-12"}, version=1)
    world.change("UPDATE institution SET scanned_on = NULL")
    scanned(world)
    assert world.value(reminded, id=row.id) == 1


def test_a_year_is_laid_out_when_diskominfo_asks_and_follows_from_then_on(world: World) -> None:
    by, library = world.diskominfo.actor, world.library
    assert timetabling.lay_out(2029, by=by, now=NOW, library=library)
    assert year(world, 2029)[""].state == "undated"
    assert timetabling.lay_out(2029, by=by, now=NOW, library=library) == ()
    for impossible in (2017, 2040):
        with pytest.raises(Invalid):
            timetabling.lay_out(impossible, by=by, now=NOW, library=library)
    assert told(world, world.diskominfo) == []


def test_the_scan_computes_only_what_is_out_of_date(world: World) -> None:
    assert timetabling.catch_up(now=NOW, library=world.library) == 3
    assert timetabling.catch_up(now=NOW, library=world.library) == 0
    world.change("UPDATE institution SET timetable_mark = 'another law:1:2026' WHERE id = :id", id=world.serang.id)
    assert timetabling.catch_up(now=NOW, library=world.library) == 1
    assert timetabling.catch_up(now=NOW.replace(year=2027), library=world.library) == 3, "the year turned"
    assert told(world, world.diskominfo) == [], "and nothing moved"


def test_a_change_is_healed_by_the_night_where_its_job_could_not_run(world: World) -> None:
    scanned(world)
    enter(world, FIRST)
    windows = [{"stage": "interviu", "start": None, "end": "2026-12-24"}]
    letter = Letter(2026, Round.EVALUATION, "B/1", date(2026, 10, 1), windows, version=1)
    obligations.enter_letter(letter, by=world.diskominfo.actor, now=NOW, library=world.library)
    world.change("UPDATE job SET state = 'failed'")
    timetabling.catch_up(now=NOW, library=world.library)
    assert year(world)["interviu"].due_on == date(2026, 12, 24)


def test_an_enacted_act_a_recorded_one_and_the_sekdas_holding_each_ask_for_a_new_computation(
    world: World, make: Maker
) -> None:
    make.document(State.ENACTED)
    rows = "SELECT key FROM job WHERE verb = 'timetabling.recompute' AND institution_id = :id"
    keys = [key for (key,) in world.rows(rows, id=world.serang.id)]
    assert [key.split(":")[::2] for key in keys] == [["act", "enacted"]]
    work(world)
    marks = "SELECT timetable_mark FROM institution WHERE id = :id"
    assert world.value(marks, id=world.serang.id) != ""
    assert first_break_of(world.serang.id) is None


RPJMD = NewFact("rpjmd", date(2026, 8, 20), until=date(2030, 12, 31), number="3 Tahun 2026")


def test_a_new_rpjmd_moves_what_rests_on_it_and_tells_who_answers_for_it(world: World) -> None:
    architecture = OldAct("spbe_architecture", "Arsitektur SPBE", "12 TAHUN 2023", date(2023, 3, 1), date(2023, 3, 1))
    enactment.record_act(architecture, by=world.hukum.actor, now=NOW, library=world.library)
    scanned(world)
    work(world)
    before = {due.key: due.due_on for due in queries.timetable(world.diskominfo.actor, 2027, TODAY)}
    told_before = len(told(world, world.diskominfo))
    entering_facts.enter(RPJMD, by=world.serang.people["bappeda"].actor, now=NOW, library=world.library)
    work(world)
    db.session.rollback()
    found = queries.timetable(world.diskominfo.actor, 2027, TODAY)
    moved = [due for due in found if before.get(due.key, "new") != due.due_on]
    assert {due.family for due in moved} == {"rpjmd"}
    (review,) = [due for due in moved if due.mandate == "spbe_architecture"]
    assert review.due_on is not None
    assert RPJMD.number in str(review.computed)
    (one,) = told(world, world.diskominfo)[told_before:]
    assert {move["mandate"] for move in one["moves"]} == {"spbe_architecture"}
    assert one["because"] == {"key": "because.milestone", "params": {"milestone": "rpjmd", "day": "2026-08-20"}}
    for bystander in (world.dinkes, world.kepala, world.kota.diskominfo):
        assert told(world, bystander) == []


def test_facts_are_entered_by_the_offices_that_know_them(world: World) -> None:
    library = world.library
    audit = NewFact("audit_security", date(2026, 5, 4), number="12/LHA/2026", note="BSSN")
    inauguration = NewFact("inauguration", date(2025, 2, 20))
    for who, new in (("bappeda", RPJMD), ("inspektorat", audit), ("diskominfo", inauguration)):
        entering_facts.enter(new, by=world.serang.people[who].actor, now=NOW, library=library)
    before = world.everything()
    for who, new in (("bappeda", audit), ("inspektorat", RPJMD), ("bappeda", inauguration), ("sekda", RPJMD)):
        with pytest.raises(NotAllowed):
            entering_facts.enter(new, by=world.serang.people[who].actor, now=NOW, library=library)
    assert world.everything() == before


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"key": "karangan"}, "key"),
        ({"day": date(2026, 12, 1)}, "day"),
        ({"day": date(1999, 1, 1)}, "day"),
        ({"until": None}, "until"),
        ({"until": date(2026, 1, 1)}, "until"),
        ({"until": date(2990, 1, 1)}, "until"),
        ({"number": ""}, "number"),
        ({"number": "x" * 201}, "number"),
        ({"note": "a\x07"}, "note"),
        ({"year": 1900}, "year"),
        ({"key": "rkpd", "year": None}, "year"),
    ],
)
def test_a_fact_that_cannot_be_is_refused(world: World, changes: dict[str, Any], place: str) -> None:
    before = world.everything()
    with pytest.raises(Invalid) as refused:
        entering_facts.enter(replace(RPJMD, **changes), by=world.diskominfo.actor, now=NOW, library=world.library)
    assert place in [problem.place for problem in refused.value.problems]
    assert world.everything() == before


def test_a_fact_is_withdrawn_once_with_a_reason_and_stays_to_be_read(world: World) -> None:
    by = world.serang.people["bappeda"].actor
    key = entering_facts.enter(RPJMD, by=by, now=NOW, library=world.library)
    with pytest.raises(Invalid):
        entering_facts.withdraw(key, 1, " ", by=by, now=NOW)
    with pytest.raises(Stale):
        entering_facts.withdraw(key, 2, "Salah tanggal", by=by, now=NOW)
    with pytest.raises(NotFound):
        entering_facts.withdraw(key, 1, "Salah tanggal", by=world.kota.diskominfo.actor, now=NOW)
    entering_facts.withdraw(key, 1, "Salah tanggal", by=by, now=NOW)
    with pytest.raises(Refusal):
        entering_facts.withdraw(key, 2, "Salah tanggal", by=by, now=NOW)
    (kept,) = queries.milestones(by)
    assert (kept.reason, kept.withdrawn_by != "") == ("Salah tanggal", True)
    keys = [job for (job,) in world.rows("SELECT key FROM job WHERE verb = 'timetabling.recompute' ORDER BY id")]
    assert keys == [f"milestone:{key}:1", f"milestone:{key}:2"]


def test_every_institution_that_was_scanned_bears_the_mark_of_the_law(world: World) -> None:
    scanned(world)
    marks = set(db.session.scalars(db.select(Institution.timetable_mark)))
    assert len(marks) == 1
    assert marks.pop().startswith(world.library.law.release[:40])
