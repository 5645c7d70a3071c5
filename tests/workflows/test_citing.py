"""What documents cite is kept when a revision is cut, and a change of the law tells who cites it, once."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from governance.documents import citing
from governance.documents.citing import Citing
from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.documents.reviewing import Change, change_by, last_change, to_review
from governance.kernel.db import db
from governance.kernel.errors import Invalid
from governance.mandates.entries import Fact, Relation
from governance.mandates.register import register_of
from tests.world import KIND, NOW, TODAY, Maker, Someone, World
from workflows import approval, jobs, noting, word_editing
from workflows.registering import Closing
from workflows.word_editing import HandedIn

KEY = "permendagri_80_2015"
FACT = Fact(KEY, Relation.REVOKED, "Pasal penutup", by="permendagri_77_2020", since=TODAY)


def keys_of(world: World, origin: str) -> list[Any]:
    rows = (
        "SELECT c.place, c.regulation_key, c.text FROM citation c JOIN revision r ON r.id = c.revision_id"
        " WHERE r.origin = :origin ORDER BY c.place"
    )
    return [tuple(row) for row in world.rows(rows, origin=origin)]


def citing_now(world: World, someone: Someone, key: str = KEY) -> list[int]:
    db.session.rollback()
    return [one.document_id for one in citing.documents_citing(someone.actor, key)[0]]


def drafts_now(world: World, someone: Someone, key: str = KEY) -> list[int]:
    db.session.rollback()
    register = register_of(someone.actor.institution_id, world.library.law)
    kinds = world.library.citing_kinds
    return [one.document_id for one in citing.drafts_citing(register, kinds, key, TODAY, someone.actor)]


def test_a_submitted_revision_keeps_exactly_what_it_cites(world: World, make: Maker) -> None:
    make.document(State.IN_REVIEW)
    law, facts = world.library.law, world.serang.facts
    expected = [(place, one.key, one.text) for place, one in enumerate(law.mengingat(KIND, facts, TODAY), 1)]
    assert keys_of(world, "submitted") == expected


def test_a_sealed_revision_cites_what_the_approved_one_cites(world: World, make: Maker) -> None:
    make.document(State.ENACTED)
    assert keys_of(world, "sealed") == keys_of(world, "submitted") != []


def test_a_corrected_file_is_read_and_its_lines_are_recognised(world: World, make: Maker) -> None:
    other = make.document(State.IN_REVIEW, dated="2020-03-02")
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    approval.correct(paper.asked(), other.file, by=world.hukum.actor, now=NOW, library=world.library)
    found = keys_of(world, "corrected")
    assert [key for _, key, _ in found] == [
        one.key for one in world.library.law.mengingat(KIND, world.serang.facts, date(2020, 3, 2))
    ]
    assert citing_now(world, world.hukum, "permenpan_5_2018") == [paper.id, other.id]


def test_the_newest_revision_of_each_document_counts_and_no_withdrawn_one(world: World, make: Maker) -> None:
    enacted, asked = make.document(State.ENACTED), make.document(State.IN_REVIEW)
    draft = make.document()
    make.document(State.WITHDRAWN)
    foreign = make.document(State.ENACTED, place=world.kota)
    assert citing_now(world, world.hukum) == [asked.id, enacted.id]
    assert drafts_now(world, world.hukum) == [draft.id]
    assert citing_now(world, world.kota.hukum) == [foreign.id]
    assert citing_now(world, world.hukum, "permenkominfo_8_2019") == []


def test_a_returned_document_is_a_draft_again_and_cites_the_law_of_its_new_day(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    approval.return_to_author(paper.asked("Perbaiki"), by=world.diskominfo.actor, now=NOW)
    assert citing_now(world, world.hukum) == []
    assert drafts_now(world, world.hukum) == [paper.id]


def test_a_draft_of_an_older_day_cites_the_law_of_that_day(world: World, make: Maker) -> None:
    paper = make.document(dated="2020-03-02")
    assert drafts_now(world, world.hukum, "permenpan_5_2018") == [paper.id]
    assert drafts_now(world, world.hukum, "permenpan_8_2026") == []


def test_a_draft_for_which_an_edited_file_stands_cites_what_the_file_cites(world: World, make: Maker) -> None:
    other = make.document(State.IN_REVIEW, dated="2020-03-02")
    paper = make.document()
    handed = HandedIn(paper.id, paper.as_seen().version or 0, other.file, anyway=True)
    word_editing.take_in(handed, by=world.diskominfo.actor, now=NOW, library=world.library)
    assert drafts_now(world, world.hukum, "permenpan_5_2018") == [paper.id]
    assert drafts_now(world, world.hukum, "permenpan_8_2026") == []
    with pytest.raises(Invalid):  # The form check refuses a decree of today that cites the law of 2020.
        make.submit(paper)
    assert citing_now(world, world.hukum, "permenpan_5_2018") == [other.id]


def test_a_draft_of_a_kind_without_mengingat_cites_nothing(world: World, make: Maker) -> None:
    make.document()
    db.session.rollback()
    register = register_of(world.serang.id, world.library.law)
    assert citing.drafts_citing(register, {"circular"}, KEY, TODAY) == []
    assert KIND in world.library.citing_kinds


def test_nobody_is_shown_a_document_that_is_not_for_him(world: World, make: Maker) -> None:
    secret = make.document(State.ENACTED, secrecy=Secrecy.RAHASIA)
    draft = make.document()
    assert citing_now(world, world.dinkes) == []
    assert drafts_now(world, world.dinkes) == []
    assert citing_now(world, world.diskominfo) == [secret.id]
    assert drafts_now(world, world.diskominfo) == [draft.id]


def test_a_long_list_is_read_page_by_page(world: World, make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(citing, "PAGE", 2)
    made = [make.document(State.IN_REVIEW).id for _ in range(5)]
    seen, after = [], None
    while True:
        found, after = citing.documents_citing(world.hukum.actor, KEY, after=after)
        seen += [one.document_id for one in found]
        if after is None:
            break
    assert seen == sorted(made, reverse=True)


# ---------------------------------------------------------------- what is to be reviewed


def enter(world: World, fact: Fact = FACT) -> int:
    return noting.enter(fact, by=world.hukum.actor, now=NOW, library=world.library)


def told(world: World, someone: Someone) -> list[Any]:
    rows = "SELECT params FROM notice WHERE person_id = :id AND key LIKE 'register.%'"
    return world.rows(rows, id=someone.actor.person_id)


def test_a_revocation_tells_each_whom_it_concerns_once(world: World, make: Maker) -> None:
    make.document(State.ENACTED, signed_on=date(2026, 11, 2))
    make.document(State.IN_REVIEW, by="bappeda")
    make.document(by="organisasi")
    fact_id = enter(world)
    assert jobs.run_due(now=NOW, library=world.library) > 0
    for someone in (world.hukum, world.diskominfo, world.bappeda, world.organisasi):
        assert len(told(world, someone)) == 1, someone.username
    for someone in (world.sekda, world.dinkes, world.kota.hukum):
        assert told(world, someone) == [], someone.username
    before = world.rows("SELECT id FROM notice ORDER BY id")
    noting.tell_to_review(fact_id, by=world.hukum.actor, now=NOW, library=world.library)
    assert world.rows("SELECT id FROM notice ORDER BY id") == before


def test_the_notice_counts_what_its_reader_is_to_review(world: World, make: Maker) -> None:
    make.document(State.ENACTED, signed_on=date(2026, 11, 2))
    make.document(State.IN_REVIEW, by="bappeda", title="Pembentukan Tim Perencana")
    fact_id = enter(world)
    number = noting.tell_to_review(fact_id, by=world.hukum.actor, now=NOW, library=world.library)
    assert number == 2
    db.session.rollback()
    assert '"count": 2' in str(told(world, world.hukum)[0][0]).replace("'", '"')
    theirs = str(told(world, world.bappeda)[0][0])
    assert "Pembentukan Tim Perencana" in theirs
    assert "'count': 1" in theirs or '"count": 1' in theirs


def test_a_fact_that_was_taken_back_tells_nobody(world: World, make: Maker) -> None:
    make.document(State.IN_REVIEW)
    fact_id = enter(world)
    noting.close(fact_id, Closing(1, TODAY, "Keliru"), by=world.hukum.actor, now=NOW)
    jobs.run_due(now=NOW, library=world.library)
    assert told(world, world.hukum) == []


def test_citing_a_regulation_in_further_kinds_tells_nobody(world: World, make: Maker) -> None:
    make.document(State.IN_REVIEW)
    enter(world, Fact("uu_28_1999", Relation.CITED, "kebiasaan", kinds=(KIND,)))
    assert world.value("SELECT count(*) FROM job WHERE verb = 'regulations.review'") == 0


ACT = Citing(1, KIND, 2026, "x", State.ENACTED, Secrecy.BIASA, 1, "", day=date(2026, 1, 5))


@pytest.mark.parametrize(
    ("changes", "since", "revoked", "amended"),
    [
        ({}, date(2026, 2, 1), True, True),
        ({}, None, True, True),
        ({"day": date(2026, 2, 1)}, date(2026, 2, 1), True, False),
        ({"in_force_to": date(2026, 1, 31)}, date(2026, 2, 1), False, False),
        ({"in_force_to": date(2026, 12, 31)}, date(2026, 2, 1), True, True),
        ({"in_force_to": date(2026, 12, 31)}, date(2027, 2, 1), False, False),
        ({"in_force_to": date(2025, 12, 31)}, None, False, False),
        ({"state": State.IN_REVIEW}, date(2026, 2, 1), True, True),
        ({"state": State.IN_REVIEW, "day": date(2026, 3, 1)}, date(2026, 2, 1), True, False),
        ({"state": State.DRAFT, "day": date(2026, 3, 1)}, date(2026, 2, 1), True, False),
        ({"state": State.WITHDRAWN}, date(2026, 2, 1), False, False),
    ],
)
def test_what_cites_the_old_law_is_reviewed_and_what_is_over_is_not(changes, since, revoked, amended) -> None:
    found = [to_review(replace(ACT, **changes), Change(one, since), TODAY) for one in (True, False)]
    assert found == [revoked, amended]


def test_an_amendment_that_was_noted_late_was_not_known_meanwhile() -> None:
    late = Fact(KEY, Relation.AMENDED, "x", by="y", since=date(2026, 2, 1), entered_on=date(2026, 11, 20))
    assert change_by(late) == Change(False, date(2026, 11, 20))
    assert change_by(replace(late, relation=Relation.REVOKED)) == Change(True, date(2026, 2, 1))
    assert change_by(replace(late, since=None)) == Change(False, None)


def test_the_last_change_is_the_revocation_else_the_last_amendment(world: World) -> None:
    national = world.library.law.regulations
    assert last_change(national["permenkominfo_8_2019"], ()) == Change(True, date(2024, 9, 4))
    assert last_change(national["uu_14_2008"], ()) is None
    assert last_change(national["uu_11_2008"], ()) == Change(False, date(2024, 1, 2))
    assert last_change(national["permendagri_80_2015"], ()) == Change(False, date(2019, 12, 31))
