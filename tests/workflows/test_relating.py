"""What one act does to another: a new decree ends the old one on its day, and a mistake is taken back, not erased."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from governance.documents import queries
from governance.documents.act_models import Relation
from governance.documents.earlier import in_force_beyond
from governance.documents.effect import Effect, effect
from governance.documents.lifecycle import State
from governance.documents.models import Secrecy
from governance.documents.relating import Wish
from governance.documents.relations import around, in_force_of_kind, relations_of, together
from governance.documents.standing import Standing, standing
from governance.kernel.db import db
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Refusal
from governance.tasks.queries import tasks_of_document
from tests import peraturan
from tests.world import KIND, NOW, TODAY, Maker, Paper, World
from workflows import enactment, jobs, relating
from workflows.enactment import OldAct, Signed

LASTING = {"effective_to": "2027-12-31"}
YESTERDAY = TODAY - timedelta(days=1)


def old_team(make: Maker, signed_on: date = YESTERDAY) -> Paper:
    return make.document(State.ENACTED, signed_on=signed_on, **LASTING)


def decreed(number: str) -> str:
    return f"Keputusan Bupati Serang Nomor {number} tentang Pembentukan Tim Koordinasi"


def act(world: World, paper: Paper) -> tuple[int, date | None]:
    row = world.rows(
        "SELECT a.id, a.revoked_on FROM act a JOIN document d ON d.act_id = a.id WHERE d.id = :id", id=paper.id
    )
    key, day = row[0]
    return key, date.fromisoformat(str(day)) if day else None


def word_of(paper: Paper, on: date = TODAY) -> Effect:
    enacted = paper.as_seen().act
    assert enacted is not None
    return effect(enacted.period, on)


def stands(world: World, on: date = TODAY, kind: str = KIND) -> Standing:
    db.session.rollback()
    known = queries.known_by_kind(world.hukum.actor)
    return standing(known.get(kind, []), on, asked=True).standing


def relate(world: World, paper: Paper, relation: Relation, other: Paper | None = None, title: str = "") -> None:
    wish = Wish(relation, other.id if other else None, title)
    relating.relate(paper.id, wish, by=world.hukum.actor, now=NOW)


def keys(refusal: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [problem.key for problem in refusal.value.problems]


def test_the_dictum_that_revokes_the_old_decree_really_ends_it(world: World, make: Maker) -> None:
    old = old_team(make)
    assert word_of(old) is Effect.IN_FORCE

    new = make.document(
        State.ENACTED, revokes=decreed(old.as_seen().number or ""), effective_from="2026-11-25", **LASTING
    )

    assert act(world, old)[1] == date(2026, 11, 25), "the day from which the new one binds"
    assert (word_of(old, date(2026, 11, 24)), word_of(old, date(2026, 11, 25))) == (Effect.IN_FORCE, Effect.REVOKED)
    (row,) = relations_of(world.hukum.actor, act(world, new)[0])
    assert (row.relation, row.outward, row.document_id) == (Relation.REVOKES, True, old.id)
    (back,) = relations_of(world.hukum.actor, act(world, old)[0])
    assert (back.outward, back.document_id) == (False, new.id)


def test_a_new_team_decree_proposes_the_old_one_and_enacting_it_revokes_that(world: World, make: Maker) -> None:
    """From the draft's own proposal to the end of the old act, nothing typed by hand."""
    old = old_team(make)
    proposed = in_force_beyond(world.diskominfo.actor, KIND, date(2027, 1, 1))
    assert proposed is not None
    text = f"Keputusan Bupati Serang Nomor {proposed.number} tentang {proposed.title}"

    make.document(State.ENACTED, revokes=text, **LASTING)

    assert act(world, old)[1] == TODAY
    assert in_force_beyond(world.diskominfo.actor, KIND, date(2027, 1, 1)).number != proposed.number  # type: ignore[union-attr]


def test_what_a_decree_says_it_revokes_and_nobody_knows_is_kept_in_its_words(world: World, make: Maker) -> None:
    mine = old_team(make)
    said = f"Keputusan Gubernur Banten Nomor {mine.as_seen().number} tentang Tim"

    new = make.document(State.ENACTED, revokes=said, **LASTING)

    (row,) = relations_of(world.hukum.actor, act(world, new)[0])
    assert (row.document_id, row.title) == (None, said)
    assert word_of(mine) is Effect.IN_FORCE, "another office's act of the same number is not meant"


def test_a_revoked_act_counts_as_in_force_nowhere(world: World, make: Maker) -> None:
    old = old_team(make)
    jobs.run_due(now=NOW, library=world.library)
    assert stands(world) is Standing.IN_FORCE
    other = make.document(State.ENACTED, **LASTING)
    relate(world, other, Relation.REVOKES, old)
    world.change("UPDATE act SET in_force_to = '2026-11-20' WHERE id = :id", id=act(world, other)[0])

    tomorrow = TODAY + timedelta(days=1)

    assert stands(world, tomorrow) is Standing.EXPIRED
    assert [one.document_id for one in in_force_of_kind(world.hukum.actor, KIND, TODAY)] == [other.id]
    assert in_force_of_kind(world.hukum.actor, KIND, tomorrow) == []
    assert in_force_beyond(world.hukum.actor, KIND, tomorrow) is None
    asked = tasks_of_document(world.diskominfo.actor, old.id)
    assert asked
    assert all(one.lapsed(TODAY) for one in asked)


def test_two_acts_of_one_kind_that_hold_at_once_are_found_until_one_ends_the_other(world: World, make: Maker) -> None:
    old, new = old_team(make), old_team(make, TODAY)
    by = world.hukum.actor

    def found() -> dict[str, list[int]]:
        db.session.rollback()
        return together(queries.known_by_kind(by), [KIND], TODAY)

    assert found() == {KIND: [old.id, new.id]} or sorted(found()[KIND]) == [old.id, new.id]
    beside = around(by, act(world, new)[0], KIND, TODAY)[1]
    assert [one.document_id for one in beside] == [old.id, new.id]
    relate(world, new, Relation.AMENDS, old)
    assert [one.relation for one in around(by, act(world, new)[0], KIND, TODAY)[0]] == [Relation.AMENDS]
    assert found() == {}, "an act and the one that amends it hold together"
    relate(world, new, Relation.REPLACES, old)
    assert found() == {}


@pytest.mark.parametrize("relation", [Relation.AMENDS, Relation.IMPLEMENTS])
def test_amending_and_implementing_end_nothing(world: World, make: Maker, relation: Relation) -> None:
    old, new = old_team(make), old_team(make, TODAY)

    relate(world, new, relation, old)

    assert act(world, old)[1] is None


def test_a_mistaken_relation_is_taken_back_with_a_reason_and_the_act_holds_again(world: World, make: Maker) -> None:
    old, wrong, right = old_team(make), old_team(make, TODAY), old_team(make, TODAY)
    relate(world, wrong, Relation.REPLACES, old)
    (row,) = relations_of(world.hukum.actor, act(world, old)[0])
    for reason in ("", "  ", "x" * 4001, "a\x00"):
        with pytest.raises(Invalid):
            relating.withdraw(row.id, reason, by=world.hukum.actor, now=NOW)
    assert word_of(old) is Effect.REVOKED

    relating.withdraw(row.id, "Salah pilih", by=world.hukum.actor, now=NOW)

    assert (act(world, old)[1], word_of(old)) == (None, Effect.IN_FORCE)
    with pytest.raises(Refusal, match=r"relation\.withdrawn"):
        relating.withdraw(row.id, "Lagi", by=world.hukum.actor, now=NOW)
    relate(world, right, Relation.REPLACES, old)
    relate(world, wrong, Relation.IMPLEMENTS, old)
    assert word_of(old) is Effect.REVOKED
    told = [(one.relation, one.withdrawn_reason) for one in relations_of(world.hukum.actor, act(world, old)[0])]
    assert told == [(Relation.REPLACES, "Salah pilih"), (Relation.REPLACES, ""), (Relation.IMPLEMENTS, "")]
    assert sum("act.relation_withdrawn" in line for line in world.trail()) == 1


def test_the_same_relation_may_be_said_again_after_it_was_taken_back(world: World, make: Maker) -> None:
    old, new = old_team(make), old_team(make, TODAY)
    relate(world, new, Relation.REVOKES, old)
    (row,) = relations_of(world.hukum.actor, act(world, old)[0])
    relating.withdraw(row.id, "Salah ditarik", by=world.hukum.actor, now=NOW)

    relate(world, new, Relation.REVOKES, old)

    assert act(world, old)[1] == TODAY


def test_relations_that_cannot_be_are_refused_and_change_nothing(world: World, make: Maker) -> None:
    old, new, third = old_team(make), old_team(make, TODAY), old_team(make, TODAY)
    relate(world, new, Relation.REVOKES, old)
    foreign = make.document(State.ENACTED, place=world.kota, **LASTING)
    draft = make.document(State.DRAFT)
    before = world.everything()
    for paper, relation, other, title, key in (
        (old, Relation.AMENDS, new, "", "relation.earlier"),
        (new, Relation.REVOKES, old, "", "relation.there"),
        (third, Relation.REPLACES, old, "", "relation.ended_already"),
        (new, Relation.AMENDS, new, "", "relation.itself"),
        (new, Relation.AMENDS, foreign, "", "relation.unknown_act"),
        (new, Relation.AMENDS, draft, "", "relation.unknown_act"),
        (new, Relation.AMENDS, None, " ", "relation.title_missing"),
        (new, Relation.AMENDS, None, "x" * 1001, "draft.too_long"),
        (new, Relation.AMENDS, None, "a\u202eb", "draft.control_characters"),
    ):
        with pytest.raises(Invalid) as refusal:
            relate(world, paper, relation, other, title)
        assert keys(refusal) == [key]
    with pytest.raises(Refusal, match=r"relation\.not_enacted"):
        relate(world, draft, Relation.AMENDS, old)
    assert world.everything() == before


def test_two_acts_do_not_end_each_other(world: World, make: Maker) -> None:
    one, two = old_team(make, TODAY), old_team(make, TODAY)
    relate(world, one, Relation.REVOKES, two)
    with pytest.raises(Invalid) as refusal:
        relate(world, two, Relation.REVOKES, one)
    assert keys(refusal) == ["relation.round"]


def test_only_the_legal_section_says_what_an_act_does(world: World, make: Maker) -> None:
    old, new = old_team(make), old_team(make, TODAY)
    relate(world, new, Relation.REVOKES, old)
    (row,) = relations_of(world.hukum.actor, act(world, old)[0])
    for office in ("sekda", "diskominfo", "kepala"):
        by = getattr(world, office).actor
        with pytest.raises(NotAllowed):
            relating.relate(new.id, Wish(Relation.AMENDS, old.id), by=by, now=NOW)
        with pytest.raises(NotAllowed):
            relating.withdraw(row.id, "x", by=by, now=NOW)
    with pytest.raises(NotFound):
        relating.withdraw(row.id, "x", by=world.kota.hukum.actor, now=NOW)


def test_a_secret_act_is_not_named_to_those_who_may_not_read_it(world: World, make: Maker) -> None:
    secret = make.document(State.ENACTED, signed_on=YESTERDAY, secrecy=Secrecy.RAHASIA, **LASTING)
    new = make.document(State.ENACTED, by="bappeda", **LASTING)
    relate(world, new, Relation.REVOKES, secret)

    (row,) = relations_of(world.dinkes.actor, act(world, new)[0])

    assert (row.document_id, row.number, row.title) == (None, "", "")


def test_an_old_act_that_is_recorded_says_what_it_revokes(world: World, make: Maker) -> None:
    old = old_team(make)
    again = OldAct(KIND, "Tim baru", "9/2026", TODAY, TODAY, relations=(Wish(Relation.REVOKES, old.id),))

    with pytest.raises(NotAllowed):
        enactment.record_act(again, by=world.diskominfo.actor, now=NOW, library=world.library)
    enactment.record_act(again, by=world.hukum.actor, now=NOW, library=world.library)

    assert act(world, old)[1] == TODAY


def test_what_is_chosen_at_enactment_is_recorded_with_it(world: World, make: Maker) -> None:
    old, paper = old_team(make), make.document(State.APPROVED, **LASTING)
    signed = Signed(paper.id, paper.seen, TODAY, relations=(Wish(Relation.REPLACES, old.id),))

    enactment.enact(signed, by=world.hukum.actor, now=NOW, library=world.library)

    assert act(world, old)[1] == TODAY
    assert '"relations":[["replaces"' in next(
        line for line in world.trail() if "document.enacted" in line and f'"document",{paper.id}' in line
    )


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE act_relation SET relation = 'amends'",
        "UPDATE act_relation SET since = '2020-01-01'",
        "UPDATE act_relation SET by_title = 'lain'",
        "UPDATE act_relation SET other_title = 'lain'",
        "UPDATE act_relation SET withdrawn_at = CURRENT_TIMESTAMP",
        "DELETE FROM act_relation",
        "UPDATE act SET revoked_on = NULL WHERE revoked_on IS NOT NULL",
        "UPDATE act SET revoked_on = '2027-01-01' WHERE revoked_on IS NOT NULL",
    ],
)
def test_the_database_itself_keeps_relations_and_the_day_they_ended_an_act(
    world: World, make: Maker, change: str
) -> None:
    old, new = old_team(make), old_team(make, TODAY)
    relate(world, new, Relation.REVOKES, old)
    before = world.everything()
    db.session.rollback()

    with pytest.raises(sa.exc.DBAPIError), db.engine.begin() as connection:
        connection.execute(sa.text(change))

    assert world.everything() == before


def test_a_peraturan_ends_another_act_only_when_it_is_promulgated(world: World, make: Maker) -> None:
    old = OldAct("spbe_roadmap", "Peta Rencana lama", "3 TAHUN 2025", YESTERDAY, YESTERDAY)
    recorded = enactment.record_act(old, by=world.hukum.actor, now=NOW, library=world.library)
    new = peraturan.enacted(make)

    relate(world, new, Relation.REPLACES, Paper(recorded, world.hukum, world))
    before = act(world, Paper(recorded, world.hukum, world))[1]
    peraturan.promulgated(new)

    assert before is None
    assert act(world, Paper(recorded, world.hukum, world))[1] == TODAY
    (row,) = relations_of(world.hukum.actor, act(world, new)[0])
    assert row.since == TODAY


def test_a_relation_taken_back_before_the_promulgation_ends_nothing_after_it(world: World, make: Maker) -> None:
    old = OldAct("spbe_roadmap", "Peta Rencana lama", "3 TAHUN 2025", YESTERDAY, YESTERDAY)
    recorded = Paper(
        enactment.record_act(old, by=world.hukum.actor, now=NOW, library=world.library), world.hukum, world
    )
    new = peraturan.enacted(make)
    relate(world, new, Relation.REPLACES, recorded)
    (row,) = relations_of(world.hukum.actor, act(world, new)[0])

    relating.withdraw(row.id, "Keliru", by=world.hukum.actor, now=NOW)
    peraturan.promulgated(new)

    assert act(world, recorded)[1] is None
