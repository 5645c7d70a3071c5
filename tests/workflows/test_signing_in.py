"""Signing in, tokens and founding: what is stored of a secret, and when it ends."""

from datetime import timedelta

import pytest

from governance.kernel.errors import NotAllowed, NotFound, Refusal
from governance.people.queries import known_by_session, known_by_token
from tests.founded import PASSWORD, SINCE
from tests.world import NOW, World
from workflows import founding, signing_in
from workflows.founding import NewPerson
from workflows.signing_in import digest


def test_each_sign_in_has_a_session_of_its_own_that_dies_at_sign_out(world: World) -> None:
    first, second = (signing_in.sign_in("sekda", PASSWORD, now=NOW) for _ in range(2))
    assert first.session != second.session
    signing_in.sign_out(first.session, by=world.sekda.actor, now=NOW)
    assert known_by_session(digest(first.session), NOW) is None
    known = known_by_session(digest(second.session), NOW)
    assert known is not None
    assert known.username == "sekda"


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("sekda", "salah"),
        ("sekda", ""),
        ("tidak.ada", PASSWORD),
        ("", ""),
        ("SEKDA", PASSWORD),
        ("sekda", PASSWORD + "x"),
        ("sekda\x00", PASSWORD),
    ],
)
def test_a_wrong_name_and_a_wrong_password_are_refused_alike(world: World, username: str, password: str) -> None:
    before = world.everything()
    with pytest.raises(NotAllowed) as refusal:
        signing_in.sign_in(username, password, now=NOW)
    assert refusal.value.key == "refused.sign_in"
    assert world.everything() == before


def test_no_secret_is_stored_as_it_is(world: World) -> None:
    token = signing_in.make_token("sekda", "uji", now=NOW)
    entered = signing_in.sign_in("sekda", PASSWORD, now=NOW)
    stored = str(world.everything())
    for secret in (token, entered.session, PASSWORD):
        assert secret not in stored


def test_a_revoked_token_is_worth_nothing(world: World) -> None:
    token = signing_in.make_token("sekda", "uji", now=NOW)
    assert known_by_token(digest(token), NOW) is not None
    assert signing_in.revoke_tokens("sekda", now=NOW) == 2, "the new one, and the one of this test world"
    assert known_by_token(digest(token), NOW) is None
    assert known_by_token(digest(world.sekda.token), NOW) is None
    assert known_by_token(digest(world.hukum.token), NOW) is not None


def test_a_person_ends_only_his_own_token(world: World) -> None:
    key = world.value("SELECT id FROM api_token WHERE person_id = :id", id=world.sekda.actor.person_id)
    for someone in (world.hukum, world.kota.sekda):
        with pytest.raises(NotFound):
            signing_in.revoke_token(key, by=someone.actor, now=NOW)
    signing_in.revoke_token(key, by=world.sekda.actor, now=NOW)
    assert known_by_token(digest(world.sekda.token), NOW) is None


def test_a_new_person_signs_in_with_the_password_made_up_for_him(world: World) -> None:
    new = NewPerson("plh.sekda", "Pejabat Baru", "setda", SINCE)
    password = founding.appoint("serang", new, now=NOW)
    assert signing_in.sign_in("plh.sekda", password, now=NOW).person_id
    with pytest.raises(Refusal):
        founding.appoint("kota_contoh", new, now=NOW)


@pytest.mark.parametrize(
    ("institution", "post"), [("tidak_ada", "setda"), ("serang", "tidak_ada"), ("serang", "walikota")]
)
def test_nobody_is_appointed_to_what_is_not_there(world: World, institution: str, post: str) -> None:
    before = world.everything()
    with pytest.raises(NotFound):
        founding.appoint(institution, NewPerson("baru", "Baru", post, SINCE, password="x"), now=NOW)
    assert world.everything() == before


def test_an_institution_is_taken_in_once(world: World) -> None:
    before = world.everything()
    with pytest.raises(Refusal):
        founding.take_in(world.serang.facts, now=NOW)
    assert world.everything() == before


def test_a_new_password_opens_and_the_old_one_and_every_session_are_worth_nothing(world: World) -> None:
    session = signing_in.sign_in("sekda", PASSWORD, now=NOW).session
    fresh = "empat kata yang mudah diingat"
    signing_in.change_password(PASSWORD, fresh, by=world.sekda.actor, now=NOW)
    assert known_by_session(digest(session), NOW) is None
    with pytest.raises(NotAllowed):
        signing_in.sign_in("sekda", PASSWORD, now=NOW)
    assert known_by_session(digest(signing_in.sign_in("sekda", fresh, now=NOW).session), NOW) is not None


@pytest.mark.parametrize(("current", "fresh"), [("salah", "kata sandi yang panjang"), (PASSWORD, "pendek")])
def test_a_password_is_changed_only_by_who_knows_it_and_to_a_long_one(world: World, current: str, fresh: str) -> None:
    with pytest.raises(Refusal):
        signing_in.change_password(current, fresh, by=world.sekda.actor, now=NOW)
    assert signing_in.sign_in("sekda", PASSWORD, now=NOW)


def test_a_session_ends_after_a_working_day(world: World) -> None:
    session = digest(signing_in.sign_in("sekda", PASSWORD, now=NOW).session)
    assert known_by_session(session, NOW + timedelta(hours=11)) is not None
    assert known_by_session(session, NOW + timedelta(hours=13)) is None
