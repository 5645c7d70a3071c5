"""Holdings entered by an administrator: what changes with them, to the day, and what is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest

from governance.documents import queries
from governance.documents.lifecycle import State
from governance.documents.touched import in_person
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Refusal, Stale
from governance.people.manners import Manner
from governance.people.queries import Known, known_by_token
from tests.world import KIND, NOW, TODAY, Maker, Someone, World
from workflows import appointing, approval, drafting
from workflows.appointing import Entered, NewAccount, NewEnd, NewHolding
from workflows.drafting import Typed
from workflows.signing_in import digest, make_token

FIRST, LAST = TODAY + timedelta(days=2), TODAY + timedelta(days=4)


def at(day: date, hour: int = 3) -> datetime:
    """That hour of UTC; 3 is 10 in Jakarta."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def entered(world: World, who: Someone, post: Someone, manner: Manner = Manner.PLH, **more: object) -> Entered:
    told = {"from_on": FIRST, "to_on": LAST, "letter": "800/12/2026", "person_id": who.actor.person_id} | more
    new = NewHolding(post.actor.post_id or 0, manner, **told)  # type: ignore[arg-type]
    return appointing.enter(new, by=world.bkpsdm.actor, now=NOW, library=world.library)


def known(world: World, who: Someone, now: datetime) -> Known:
    token = make_token(who.username, "uji", now=NOW)
    found = known_by_token(digest(token), now)
    assert found is not None
    return found


def titles(world: World, who: Someone, now: datetime) -> list[str]:
    return [held.actor.title for held in known(world, who, now).held if held.actor.post_id is not None]


def test_a_plh_acts_from_the_first_to_the_last_day_and_who_is_away_does_not(world: World) -> None:
    entered(world, world.asisten, world.sekda)
    before, first = at(FIRST) - timedelta(days=1), at(FIRST)
    last_minute = datetime(LAST.year, LAST.month, LAST.day, 16, 59, tzinfo=UTC)  # 23.59 in Jakarta
    for moment, acts in (
        (before, False),
        (first, True),
        (last_minute, True),
        (last_minute + timedelta(minutes=1), False),
    ):
        assert ("Plh. Sekretaris Daerah" in titles(world, world.asisten, moment)) is acts
        assert ("Sekretaris Daerah" in titles(world, world.sekda, moment)) is not acts


def test_what_waits_already_moves_to_the_plh_and_the_trail_names_him(world: World, make: Maker) -> None:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "asisten")
    entered(world, world.dinkes, world.sekda)
    acting = next(
        held.actor for held in known(world, world.dinkes, at(FIRST)).held if held.actor.role is world.sekda.actor.role
    )
    absent = known(world, world.sekda, at(FIRST)).held[0].actor
    with pytest.raises((NotAllowed, NotFound)):
        approval.approve(paper.asked(), by=absent, now=at(FIRST))
    approval.approve(paper.asked(), by=acting, now=at(FIRST))
    assert paper.state is State.APPROVED
    assert '"as":"Plh. Sekretaris Daerah"' in world.trail()[-1]


def test_who_is_stood_in_for_reads_his_units_draft_and_neither_writes_nor_submits_it(world: World, make: Maker) -> None:
    entered(world, world.dinkes, world.diskominfo)
    paper = make.document()
    absent = known(world, world.diskominfo, at(FIRST)).held[0].actor
    before = world.everything()
    assert queries.document(absent, paper.id, FIRST).moves == ()
    typed = Typed(paper.id, paper.as_seen().version or 0, make.fields())
    for verb in (
        lambda: drafting.save_copy(typed, by=absent, now=at(FIRST), library=world.library),
        lambda: approval.submit(paper.asked(), by=absent, now=at(FIRST), library=world.library),
        lambda: approval.withdraw(paper.asked("Tidak jadi"), by=absent, now=at(FIRST)),
    ):
        with pytest.raises(NotAllowed):
            verb()
    assert world.everything() == before


def test_a_decree_that_names_a_person_is_touched_and_one_by_office_is_not(world: World, make: Maker) -> None:
    name = "Dr. PEJABAT DINKES, S.Kom., Kepala Bidang Aplikasi"
    by_name = {"role": "anggota", "office": name}
    make.document(State.ENACTED)
    named = make.document(State.ENACTED, members=[*make.fields()["members"], by_name], signed_on=TODAY)

    def found(name: str, on: date = TODAY) -> list[tuple[int, tuple[str, ...]]]:
        return [(one.id, one.names) for one in in_person(world.hukum.actor, [name], [KIND], on)[0]]

    assert found("Pejabat dinkes") == [(named.id, ("Pejabat dinkes",))]
    assert found("Pejabat dinke") == found("Pejabat sekda") == []
    assert found("Pejabat dinkes", date(2050, 1, 1)) == []
    entered(world, world.asisten, world.dinkes)
    params = world.value("SELECT params FROM notice WHERE key = 'holding.entered' ORDER BY id DESC LIMIT 1")
    assert '"count": 1' in str(params) or "'count': 1" in str(params)


def test_notices_go_to_who_acts_that_day(world: World, make: Maker) -> None:
    entered(world, world.dinkes, world.sekda, from_on=TODAY, to_on=TODAY)
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "asisten")
    assert "document.asked_approve" in world.inbox(world.dinkes)
    assert "document.asked_approve" not in world.inbox(world.sekda)


def test_the_post_bagian_hukum_and_diskominfo_are_told_with_what_it_touches(world: World, make: Maker) -> None:
    make.document(State.APPROVED)
    entered(world, world.asisten, world.kepala)
    for someone in (world.hukum, world.diskominfo, world.kepala):
        assert world.inbox(someone)[-1] == "holding.entered"
    params = world.value("SELECT params FROM notice WHERE key = 'holding.entered' ORDER BY id DESC LIMIT 1")
    assert '"count": 1' in str(params) or "'count': 1" in str(params)


def test_nobody_enters_a_post_for_himself_and_only_the_administrator_enters_any(world: World) -> None:
    before = world.everything()
    with pytest.raises(Invalid) as refusal:
        entered(world, world.bkpsdm, world.sekda)
    assert [problem.key for problem in refusal.value.problems] == ["holding.own"]
    new = NewHolding(
        world.sekda.actor.post_id or 0, Manner.PLH, FIRST, LAST, "1", person_id=world.asisten.actor.person_id
    )
    for someone in world.everyone:
        if someone not in (world.bkpsdm, world.diskominfo):
            with pytest.raises((NotAllowed, NotFound)):
                appointing.enter(new, by=someone.actor, now=NOW, library=world.library)
    assert world.everything() == before


def test_another_regions_person_or_post_is_not_there(world: World) -> None:
    with pytest.raises(Invalid):
        entered(world, world.kota.sekda, world.sekda)
    with pytest.raises(NotFound):
        entered(world, world.asisten, world.kota.sekda)


def test_an_overlap_is_refused_by_name(world: World) -> None:
    with pytest.raises(Invalid) as refusal:
        entered(world, world.asisten, world.sekda, Manner.PLT)
    assert [problem.key for problem in refusal.value.problems] == ["holding.not_vacant_open"]


def test_a_new_account_comes_with_a_password_shown_once(world: World) -> None:
    account = NewAccount("siti.aminah", "Siti Aminah", "siti@serang.example")
    made = entered(world, world.asisten, world.sekda, person_id=None, account=account)
    assert made.password is not None
    assert len(made.password) >= 12
    stored = world.value("SELECT password_hash FROM person WHERE username = 'siti.aminah'")
    assert stored.startswith("$argon2")
    for wrong in (account, NewAccount("a b", "", "x" * 201), NewAccount("", "a\x07")):
        with pytest.raises(Invalid):
            entered(world, world.asisten, world.asisten, person_id=None, account=wrong)


def test_the_last_day_moves_but_never_into_what_was_done(world: World) -> None:
    made = entered(world, world.asisten, world.sekda, from_on=TODAY - timedelta(days=10), to_on=LAST)
    by, library = world.bkpsdm.actor, world.library
    end = NewEnd(made.holding_id, TODAY - timedelta(days=3), 1)
    with pytest.raises(Invalid) as refusal:
        appointing.correct_end(end, by=by, now=NOW, library=library)
    assert [problem.key for problem in refusal.value.problems] == ["holding.past"]
    appointing.correct_end(NewEnd(made.holding_id, TODAY, 1), by=by, now=NOW, library=library)
    with pytest.raises(Stale):
        appointing.correct_end(NewEnd(made.holding_id, LAST, 1), by=by, now=NOW, library=library)
    with pytest.raises(Refusal, match="begun"):
        appointing.withdraw(made.holding_id, 2, by=by, now=NOW, library=library)
    assert world.inbox(world.hukum) == ["holding.entered", "holding.end_corrected"]


def test_what_was_entered_by_mistake_is_withdrawn_before_it_begins(world: World) -> None:
    made = entered(world, world.asisten, world.sekda)
    appointing.withdraw(made.holding_id, 1, by=world.bkpsdm.actor, now=NOW, library=world.library)
    assert titles(world, world.asisten, at(FIRST)) == [world.asisten.actor.title]
    assert titles(world, world.sekda, at(FIRST)) == ["Sekretaris Daerah"]
    entered(world, world.dinkes, world.sekda)
