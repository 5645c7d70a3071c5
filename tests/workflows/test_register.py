"""Bagian Hukum keeps the register: entered, corrected, closed; nothing vanishes, and it is cited from then on."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from governance.documents.lifecycle import State
from governance.kernel.db import db
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Refusal, Stale
from governance.mandates.entries import Entry, Fact, Relation
from governance.mandates.register import register_of
from governance.mandates.regulations import Gazette
from tests.world import KIND, NOW, TODAY, Maker, Place, World
from workflows import noting, registering
from workflows.registering import Closing

PERDA = Entry(
    key="", type="Perda", title="Penyelenggaraan SPBE", issuer="", number=3, year=2024,
    gazette=Gazette("LD", 2024, 3, 12), in_force_from=date(2024, 2, 1), kinds=(KIND,),
)  # fmt: skip
PERBUP = replace(PERDA, type="Perkada", number=7, gazette=None)
FACT = Fact("permendagri_80_2015", Relation.REVOKED, "Pasal penutup", by="permendagri_77_2020", since=date(2026, 2, 1))


def entered(world: World, entry: Entry = PERDA, place: Place | None = None) -> str:
    by = (place or world.serang).hukum.actor
    return registering.enter(entry, by=by, now=NOW, library=world.library)


def found(world: World, fact: Fact = FACT) -> int:
    return noting.enter(fact, by=world.hukum.actor, now=NOW, library=world.library)


def register(world: World, place: Place | None = None) -> Any:
    db.session.rollback()
    return register_of((place or world.serang).id, world.library.law)


def cited(world: World, place: Place | None = None, on: date = TODAY) -> list[str]:
    seen = register(world, place)
    return [one.key for one in seen.law.mengingat(KIND, seen.institution, on)]


def test_what_bagian_hukum_enters_is_cited_here_and_nowhere_else(world: World) -> None:
    key = entered(world)
    assert key == "serang:perda_3_2024"
    assert key in cited(world)
    assert key not in cited(world, world.kota)
    assert key not in register(world, world.kota).law.regulations
    assert register(world).law.regulations[key].name == "Peraturan Daerah Kabupaten Serang Nomor 3 Tahun 2024"


@pytest.mark.parametrize(
    ("place", "type_", "name"),
    [
        ("serang", "Perkada", "Peraturan Bupati Serang Nomor 3 Tahun 2024"),
        ("serang", "Perda Provinsi", "Peraturan Daerah Provinsi Banten Nomor 3 Tahun 2024"),
        ("serang", "Pergub", "Peraturan Gubernur Banten Nomor 3 Tahun 2024"),
        ("serang", "Perpres", "Peraturan Presiden Nomor 3 Tahun 2024"),
        ("kota", "Perkada", "Peraturan Wali Kota Contoh Nomor 3 Tahun 2024"),
    ],
)
def test_the_issuer_follows_from_the_type_and_the_region(world: World, place: str, type_: str, name: str) -> None:
    at = getattr(world, place)
    key = entered(world, replace(PERDA, type=type_, gazette=None), at)
    assert register(world, at).law.regulations[key].name == name


def test_only_bagian_hukum_keeps_the_register(world: World) -> None:
    before = world.everything()
    for someone in world.serang.people.values():
        if someone.username != "hukum":
            with pytest.raises(NotAllowed):
                registering.enter(PERDA, by=someone.actor, now=NOW, library=world.library)
            with pytest.raises(NotAllowed):
                noting.enter(FACT, by=someone.actor, now=NOW, library=world.library)
    assert world.everything() == before


def test_a_correction_changes_what_is_cited_and_the_trail_keeps_what_was_said_before(world: World) -> None:
    key = entered(world)
    entry = replace(PERDA, key=key, title="Penyelenggaraan Pemerintahan Digital", version=1)
    registering.correct(entry, by=world.hukum.actor, now=NOW, library=world.library)
    assert "Pemerintahan Digital" in register(world).law.regulations[key].title
    line = json.loads(world.trail()[-1])
    assert line["what"] == "regulation.corrected"
    assert line["params"]["before"] == {"title": "Penyelenggaraan SPBE"}
    assert line["params"]["after"] == {"title": "Penyelenggaraan Pemerintahan Digital"}


def test_a_correction_of_an_old_version_is_refused(world: World) -> None:
    key = entered(world)
    entry = replace(PERDA, key=key, title="Lain", version=1)
    registering.correct(entry, by=world.hukum.actor, now=NOW, library=world.library)
    before = world.everything()
    with pytest.raises(Stale) as refusal:
        registering.correct(replace(entry, title="Lagi"), by=world.hukum.actor, now=NOW, library=world.library)
    assert refusal.value.changed == ("register:2",)
    with pytest.raises(Stale):
        registering.close(key, Closing(1, TODAY, "x"), by=world.hukum.actor, now=NOW, library=world.library)
    assert world.everything() == before


def test_a_correction_that_changes_nothing_leaves_no_trace(world: World) -> None:
    key = entered(world)
    before = world.everything()
    registering.correct(replace(PERDA, key=key, version=1), by=world.hukum.actor, now=NOW, library=world.library)
    assert world.everything() == before


def test_a_wrong_entry_is_refused_and_nothing_is_kept(world: World) -> None:
    entered(world)
    before = world.everything()
    for wrong in (replace(PERDA, in_force_to=date(2020, 1, 1)), replace(PERDA, title=""), PERDA):
        with pytest.raises(Invalid):
            entered(world, wrong)
    assert world.everything() == before


def test_a_closed_entry_stays_to_be_read_and_is_changed_no_more(world: World) -> None:
    key = entered(world)
    closing = Closing(1, TODAY, "Sudah masuk daftar nasional")
    registering.close(key, closing, by=world.hukum.actor, now=NOW, library=world.library)
    assert key not in cited(world)
    assert key in cited(world, on=TODAY - timedelta(days=1))
    assert register(world).entry(key).closed_reason == closing.reason
    with pytest.raises(Refusal) as refusal:
        registering.correct(replace(PERDA, key=key, version=2), by=world.hukum.actor, now=NOW, library=world.library)
    assert refusal.value.key == "regulation.closed"
    assert entered(world, replace(PERDA, number=4)) != key


def test_closing_without_a_day_or_a_reason_is_refused(world: World) -> None:
    key = entered(world)
    for closing in (Closing(1, None, "x"), Closing(1, TODAY, ""), Closing(1, TODAY + timedelta(days=1), "x")):
        with pytest.raises(Invalid):
            registering.close(key, closing, by=world.hukum.actor, now=NOW, library=world.library)
    assert register(world).entry(key).closed_on is None


def test_what_the_register_waits_for_is_completed_under_its_own_key(world: World) -> None:
    assert "serang:perda_spbe" not in cited(world)
    assert entered(world, replace(PERDA, key="serang:perda_spbe")) == "serang:perda_spbe"
    assert "serang:perda_spbe" in cited(world)
    with pytest.raises(Refusal) as twice:
        entered(world, replace(PERBUP, key="serang:perda_spbe"))
    assert twice.value.key == "regulation.not_waiting"
    with pytest.raises(Refusal) as certain:
        entered(world, replace(PERBUP, key="uu_23_2014"))
    assert certain.value.key == "regulation.not_waiting"
    with pytest.raises(NotFound):
        entered(world, replace(PERBUP, key="kota_contoh:perda_contoh"))


def test_what_was_completed_wrongly_and_closed_can_be_completed_again(world: World) -> None:
    key = entered(world, replace(PERDA, key="serang:perda_spbe"))
    registering.close(key, Closing(1, TODAY, "Keliru"), by=world.hukum.actor, now=NOW, library=world.library)
    assert key not in cited(world)
    entered(world, replace(PERDA, key=key, number=9))
    assert "Nomor 9 Tahun 2024" in register(world).law.regulations[key].name
    assert len([one for one in register(world).entries if one.key == key]) == 2


def test_a_foreign_entry_is_as_if_it_were_not_there(world: World) -> None:
    key, fact_id = entered(world), found(world)
    before = world.everything()
    by = world.kota.hukum.actor
    foreign = replace(PERDA, key=key, title="Milik orang", version=1)
    for ask in (
        lambda: registering.correct(foreign, by=by, now=NOW, library=world.library),
        lambda: registering.close(key, Closing(1, TODAY, "x"), by=by, now=NOW, library=world.library),
        lambda: noting.correct(replace(FACT, id=fact_id, version=1), by=by, now=NOW, library=world.library),
        lambda: noting.close(fact_id, Closing(1, TODAY, "x"), by=by, now=NOW),
        lambda: noting.enter(replace(FACT, key=key), by=by, now=NOW, library=world.library),
    ):
        with pytest.raises(NotFound):
            ask()
    assert world.everything() == before


def test_a_fact_counts_until_it_is_closed(world: World) -> None:
    assert FACT.key in cited(world)
    fact_id = found(world)
    assert FACT.key not in cited(world)
    assert FACT.key in cited(world, world.kota)
    noting.close(fact_id, Closing(1, TODAY, "Salah baca"), by=world.hukum.actor, now=NOW)
    assert FACT.key in cited(world)
    assert register(world).facts_of(FACT.key)[0].closed_reason == "Salah baca"


def test_a_fact_is_corrected_on_the_version_that_was_seen(world: World) -> None:
    fact_id = found(world)
    later = replace(FACT, id=fact_id, version=1, since=date(2027, 1, 1))
    noting.correct(later, by=world.hukum.actor, now=NOW, library=world.library)
    assert FACT.key in cited(world)
    with pytest.raises(Stale):
        noting.correct(later, by=world.hukum.actor, now=NOW, library=world.library)
    with pytest.raises(NotFound):
        noting.correct(
            replace(later, version=2, key="uu_23_2014"), by=world.hukum.actor, now=NOW, library=world.library
        )
    line = json.loads(world.trail()[-1])
    assert (line["params"]["before"], line["params"]["after"]) == ({"since": "2026-02-01"}, {"since": "2027-01-01"})


def test_an_entry_that_a_fact_names_is_not_closed_before_the_fact(world: World) -> None:
    old, new = entered(world), entered(world, replace(PERDA, number=5, gazette=None, in_force_from=date(2025, 6, 1)))
    fact_id = found(world, Fact(old, Relation.REVOKED, "Pasal 40", by=new, since=date(2025, 6, 1)))
    closing = Closing(1, TODAY, "Keliru")
    with pytest.raises(Invalid) as refusal:
        registering.close(new, closing, by=world.hukum.actor, now=NOW, library=world.library)
    assert refusal.value.problems[0].key == "regulation.still_named"
    noting.close(fact_id, closing, by=world.hukum.actor, now=NOW)
    registering.close(new, closing, by=world.hukum.actor, now=NOW, library=world.library)


def test_a_draft_opened_after_the_entry_cites_it_and_says_which_data_it_came_from(world: World, make: Maker) -> None:
    key = entered(world)
    paper = make.document(State.IN_REVIEW)
    kept = world.rows("SELECT regulation_key FROM citation ORDER BY place")
    assert (key,) in kept
    assert world.value("SELECT law_release FROM revision") == register(world).law.release != world.library.law.release
    assert "Nomor 3 Tahun 2024" in "".join(row.text for row in world.rows("SELECT text FROM citation"))
    assert paper.state is State.IN_REVIEW


CHANGES = (
    "DELETE FROM regulation_entry",
    "DELETE FROM regulation_fact",
    "UPDATE regulation_entry SET key = 'serang:lain'",
    "UPDATE regulation_fact SET relation = 'amended'",
    "UPDATE citation SET text = 'lain'",
    "DELETE FROM citation",
)


def test_the_database_itself_lets_nothing_vanish(world: World, make: Maker) -> None:
    entered(world)
    found(world)
    make.document(State.IN_REVIEW)
    before = world.everything()
    for statement in CHANGES:
        with pytest.raises(sa.exc.DBAPIError, match="closed"), db.engine.begin() as connection:
            connection.execute(sa.text(statement))
    assert world.everything() == before


def test_a_closed_row_is_closed_for_the_database_too(world: World) -> None:
    key = entered(world)
    registering.close(key, Closing(1, TODAY, "Keliru"), by=world.hukum.actor, now=NOW, library=world.library)
    db.session.rollback()
    with pytest.raises(sa.exc.DBAPIError, match="closed"), db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE regulation_entry SET closed_on = NULL, closed_reason = ''"))
