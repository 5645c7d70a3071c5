"""A holding's borders: from the first midnight to the last where the office is, for what is asked, told and signed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.documents.signers import signer_on
from governance.kernel.clock import day_in
from governance.kernel.db import transaction
from governance.notices.leaving import leave
from governance.people.manners import Manner
from governance.people.queries import known_by_token
from governance.people.roles import Role
from tests.world import NOW, TODAY, Place, Someone, World
from workflows import appointing
from workflows.appointing import NewHolding
from workflows.signing_in import digest

FIRST, LAST = TODAY + timedelta(days=20), TODAY + timedelta(days=22)
ZONES = {"serang": "Asia/Jakarta", "provinsi": "Asia/Makassar", "kota": "Asia/Jayapura"}  # WIB, WITA, WIT
HOUR = 3600 * 10**6  # microseconds

near = st.one_of(st.sampled_from([-1, 0, 1]), st.integers(-3 * HOUR, 3 * HOUR))  # around midnight in each of the zones


def midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def title_of(someone: Someone, now: datetime, role: Role) -> str:
    """As what someone acts in the post with that role at that moment; "" where he does not."""
    found = known_by_token(digest(someone.token), now)
    assert found is not None
    return next((held.actor.title for held in found.held if held.actor.role is role), "")


def told(world: World, place: Place, now: datetime) -> set[int | None]:
    """Whom a notice to the Sekda's post reaches at that moment."""
    cause = f"border:{place.id}:{now.isoformat()}"
    with transaction():
        leave([post_of(place)], "holding.withdrawn_open", by=place.kepala.actor, at=now, cause=cause)
    return {row.person_id for row in world.rows("SELECT person_id FROM notice WHERE cause = :cause", cause=cause)}


def post_of(place: Place) -> int:
    post_id = place.sekda.actor.post_id
    assert post_id is not None
    return post_id


@pytest.fixture
def away(world: World) -> World:
    """In each region the Sekda is away from the first to the last day, with the Asisten as Plh."""
    for key in ZONES:
        place: Place = getattr(world, key)
        keeper = next(one for one in place.people.values() if one.actor.role is Role.DIGITAL)
        new = NewHolding(post_of(place), Manner.PLH, FIRST, LAST, "800/1", person_id=place.asisten.actor.person_id)
        appointing.enter(new, by=keeper.actor, now=NOW, library=world.library)
    return world


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.sampled_from(sorted(ZONES)), st.sampled_from([FIRST, LAST, LAST + timedelta(days=1)]), near)
def test_who_acts_who_is_told_and_who_signs_change_together_at_midnight_where_the_office_is(
    away: World, key: str, day: date, offset: int
) -> None:
    place, zone = getattr(away, key), ZONES[key]
    now = midnight(day, zone) + timedelta(microseconds=offset)
    acting = midnight(FIRST, zone) <= now < midnight(LAST + timedelta(days=1), zone)

    person = (place.asisten if acting else place.sekda).actor.person_id
    signer = signer_on(place.id, Role.SECRETARY, "Sekretaris Daerah", day_in(zone, now))

    assert place.facts.timezone == zone
    assert title_of(place.asisten, now, Role.SECRETARY) == ("Plh. Sekretaris Daerah" if acting else "")
    assert title_of(place.sekda, now, Role.SECRETARY) == ("" if acting else "Sekretaris Daerah")
    assert told(away, place, now) == {person}
    assert signer is not None
    assert signer.office == ("Plh. SEKRETARIS DAERAH" if acting else "SEKRETARIS DAERAH")
