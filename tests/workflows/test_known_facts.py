"""What is known of an institution when its timetable is computed, read from its rows, and nothing of another one."""

from datetime import date
from typing import Any

from governance.documents.act_models import Relation
from governance.documents.models import Secrecy
from governance.documents.relating import Wish
from governance.kernel.db import db
from governance.mandates.evaluation import Round
from governance.obligations.expected import Facts, KnownAct, KnownActing, KnownFact, KnownLetter
from governance.obligations.facts import facts_of
from governance.people.manners import Manner
from governance.people.roles import Role
from tests.peraturan import enacted, promulgated
from tests.web.counting import heard
from tests.world import KIND, NOW, TODAY, Maker, Place, World
from workflows import enactment, entering_facts, obligations
from workflows.enactment import OldAct
from workflows.entering_facts import NewFact
from workflows.obligations import Letter

FIRST, LAST = date(2026, 1, 5), date(2026, 12, 31)
NUMBER = "656.1/Kep. {}-Huk.Diskominfo/2026"


def known(world: World, place: Place | None = None) -> Facts:
    db.session.rollback()
    return facts_of((place or world.serang).id, world.library.law)


def recorded(world: World, number: int, **more: Any) -> int:
    values = {"kind": KIND, "title": "Tim Koordinasi SPBE", "number": NUMBER.format(number), "signed_on": FIRST}
    old = OldAct(**(values | {"in_force_from": FIRST, "in_force_to": LAST} | more))
    return enactment.record_act(old, by=world.hukum.actor, now=NOW, library=world.library)


def test_an_act_is_known_with_its_days_and_only_to_its_own_institution(world: World) -> None:
    recorded(world, 9)
    (act,) = known(world).acts
    assert act == KnownAct(act.id, KIND, 2026, NUMBER.format(9), FIRST, FIRST, LAST)
    assert known(world, world.kota) == Facts(known(world, world.kota).calendar)


def test_the_number_of_an_act_that_is_not_for_everyone_is_not_told(world: World) -> None:
    recorded(world, 9, secrecy=Secrecy.RAHASIA)
    assert [act.number for act in known(world).acts] == [""]


def test_an_act_that_was_replaced_ends_and_one_that_only_changes_another_is_marked(world: World) -> None:
    old = recorded(world, 9)
    recorded(
        world, 10, signed_on=date(2026, 3, 2), in_force_from=date(2026, 3, 2), relations=(Wish(Relation.AMENDS, old),)
    )
    new = date(2026, 6, 1)
    recorded(world, 11, signed_on=new, in_force_from=new, relations=(Wish(Relation.REPLACES, old),))
    found = {act.number: act for act in known(world).acts}
    first, change, third = (found[NUMBER.format(number)] for number in (9, 10, 11))
    assert [act.amends for act in (first, change, third)] == [False, True, False]
    assert [act.ended_on for act in (first, change, third)] == [new, None, None]


def test_a_peraturan_is_known_from_its_promulgation(world: World, make: Maker) -> None:
    paper = enacted(make)
    assert known(world).acts == ()
    promulgated(paper)
    (act,) = known(world).acts
    assert (act.kind, act.in_force_from) == ("spbe_roadmap", TODAY)


def test_dated_facts_and_letters_are_known_until_they_are_withdrawn(world: World) -> None:
    day = date(2026, 8, 20)
    fact = NewFact("rpjmd", day, until=date(2030, 12, 31), number="3 Tahun 2026")
    key = entering_facts.enter(fact, by=world.bappeda.actor, now=NOW, library=world.library)
    windows = [{"stage": "interviu", "start": "2026-12-01", "end": "2026-12-20"}]
    told = Letter(2026, Round.EVALUATION, "B/66", date(2026, 10, 1), windows)
    obligations.enter_letter(told, by=world.diskominfo.actor, now=NOW, library=world.library)

    found = known(world)
    assert found.facts == (KnownFact("rpjmd", day, until=date(2030, 12, 31), number="3 Tahun 2026"),)
    assert found.letters == {2026: KnownLetter(2026, Round.EVALUATION, "B/66", date(2026, 10, 1), tuple(windows))}

    entering_facts.withdraw(key, 1, "Salah tanggal", by=world.bappeda.actor, now=NOW)
    assert known(world).facts == ()


def test_who_acts_as_sekda_is_known_and_whether_the_post_is_vacant(world: World) -> None:
    change = "UPDATE holding SET manner = :manner WHERE post_id = :post"
    for manner, vacant in ((Manner.PLH, False), (Manner.PJ, True)):
        world.change(change, manner=manner.value, post=world.sekda.actor.post_id)
        (one,) = known(world).acting
        assert one == KnownActing(Role.SECRETARY, manner, one.from_on, one.to_on, vacant)
    world.change(change, manner="definitive", post=world.sekda.actor.post_id)
    assert known(world).acting == ()


def test_the_facts_cost_the_same_few_statements_however_many_there_are(world: World) -> None:
    def statements() -> int:
        db.session.rollback()
        with heard() as said:
            facts_of(world.serang.id, world.library.law)
        return len([sql for sql in said if sql.lstrip().upper().startswith("SELECT")])

    few = statements()
    for number in range(9, 14):
        recorded(world, number)
    assert statements() == few <= 6
