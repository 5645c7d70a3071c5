"""Results as published: recorded once for a year, corrected by withdrawal, refused where they cannot be; peers kept."""

from datetime import date
from typing import Any

import pytest

from governance.assessment import years
from governance.kernel.db import db
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Refusal
from tests.cycles import cycle_of
from tests.world import NOW, World
from workflows import recording_results
from workflows.recording_results import NewPeers, NewResult, Withdrawal

OLD, MIDDLE, NEW = "permenpanrb-5-2018", "permenpanrb-59-2020", "permenpanrb-8-2026"
PDF = b"%PDF-1.7 keputusan menteri"


def serang(**changes: Any) -> NewResult:
    """Serang's index of 2020 and its target, as the report of August 2020 has them."""
    told = {
        "year": 2020,
        "instrument": OLD,
        "values": {"index": "2.4"},
        "target": "2.6",
        "source": "Berita Agustus 2020",
    }
    return NewResult(**{**told, **changes})


def recorded(world: World, **changes: Any) -> int:
    return recording_results.enter(serang(**changes), by=world.diskominfo.actor, now=NOW, library=world.library)


def refused_at(world: World, **changes: Any) -> list[str]:
    before = world.everything()
    with pytest.raises(Invalid) as refused:
        recorded(world, **changes)
    assert world.everything() == before
    return [one.place for one in refused.value.problems]


def test_a_result_is_kept_as_it_was_published(world: World) -> None:
    key = recorded(world, scan=PDF, predicate="Cukup", number="M/1", dated_on=date(2021, 1, 5))
    row = years.result_of(world.serang.id, key)
    assert (row.values, row.predicate, row.target) == ({"index": "2.4"}, "Cukup", "13/5")
    assert world.library.files.read(row.scan_sha256 or "") == PDF
    assert '"result.recorded"' in world.trail()[-1]


def test_a_predicate_that_does_not_fit_is_kept_all_the_same(world: World) -> None:
    row = years.result_of(world.serang.id, recorded(world, predicate="Baik"))
    assert row.predicate == "Baik"


def test_only_diskominfo_records_results(world: World) -> None:
    for someone in (world.sekda, world.hukum, world.dinkes):
        with pytest.raises(NotAllowed):
            recording_results.enter(serang(), by=someone.actor, now=NOW, library=world.library)


@pytest.mark.parametrize(
    ("changes", "places"),
    [
        ({"instrument": "permenpanrb-1-1999"}, ["instrument"]),
        ({"year": 1999}, ["year"]),
        ({"year": 2027}, ["year"]),
        ({"source": "  "}, ["source"]),
        ({"values": {}}, ["index"]),
        ({"values": {"index": "5.1"}}, ["index"]),
        ({"values": {"index": "2.4", "A99": "2"}}, ["A99"]),
        ({"target": "6"}, ["target"]),
        ({"target": "baik"}, ["target"]),
        ({"dated_on": date(2027, 1, 1)}, ["dated_on"]),
        ({"dated_on": date(2019, 1, 1)}, ["dated_on"]),
        ({"predicate": "Ba\u202eik"}, ["predicate"]),
        ({"number": "9" * 201}, ["number"]),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(world: World, changes: dict[str, Any], places: list[str]) -> None:
    assert refused_at(world, **changes) == places


def test_a_year_has_one_result_that_holds(world: World) -> None:
    recorded(world)
    assert refused_at(world, values={"index": "2.5"}) == ["year"]


def test_a_correction_withdraws_with_a_reason_and_enters_another(world: World) -> None:
    first = recorded(world)
    asked, by = Withdrawal(first, "Salah salin"), world.diskominfo.actor
    new = serang(values={"index": "2.45"})
    second = recording_results.correct(new, asked, by=by, now=NOW, library=world.library)
    old, row = (years.result_of(world.serang.id, key) for key in (first, second))
    assert (old.reason, old.values) == ("Salah salin", {"index": "2.4"})
    assert (row.withdrawn_at, row.values) == (None, {"index": "2.45"})
    with pytest.raises(Refusal, match="withdrawn"):
        recording_results.correct(new, asked, by=by, now=NOW, library=world.library)


def test_a_correction_that_cannot_be_leaves_the_old_result_standing(world: World) -> None:
    first = recorded(world)
    before, by = world.everything(), world.diskominfo.actor
    for new, reason in ((serang(values={"index": "9"}), "Salah salin"), (serang(), " ")):
        with pytest.raises(Invalid):
            recording_results.correct(new, Withdrawal(first, reason), by=by, now=NOW, library=world.library)
    assert world.everything() == before


def test_a_withdrawn_result_leaves_the_year_without_one(world: World) -> None:
    first = recorded(world)
    recording_results.withdraw(Withdrawal(first, "Bukan hasil resmi"), by=world.diskominfo.actor, now=NOW)
    assert years.past(world.serang.id, world.library.instruments.by_key).years == ()
    assert recorded(world) > first


def test_a_recorded_result_cannot_be_rewritten_in_the_database(world: World) -> None:
    key = recorded(world)
    for change in ("predicate = 'Baik'", "instrument = 'permenpanrb-8-2026'", "year = 2021"):
        with pytest.raises(Exception, match="closed"), db.engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE published_result SET {change} WHERE id = {key}")  # noqa: S608


def test_a_year_with_a_cycle_keeps_its_instrument_and_its_target(world: World) -> None:
    cycle_of(world, year=2024, target="13/5")
    assert refused_at(world, year=2024, target="") == ["instrument"]
    assert refused_at(world, year=2024, instrument=MIDDLE, target="2.7") == ["target"]
    recorded(world, year=2024, instrument=MIDDLE, target="2,6")
    (year,) = years.past(world.serang.id, world.library.instruments.by_key).years
    assert (str(year.target), str(year.official)) == ("13/5", "12/5")


def test_another_institutions_result_is_not_there(world: World) -> None:
    key = recorded(world)
    by = world.kota.diskominfo.actor
    with pytest.raises(NotFound):
        recording_results.withdraw(Withdrawal(key, "Bukan milik kami"), by=by, now=NOW)
    assert years.past(world.kota.id, world.library.instruments.by_key).results == ()


def peers(**changes: Any) -> NewPeers:
    told = {"year": 2020, "instrument": OLD, "peers": "Kabupaten dan kota se-Banten", "values": {"index": "2.3"}}
    return NewPeers(**{**told, "source": "Paparan kementerian", **changes})


def test_peers_stand_beside_a_year_on_the_same_instrument_alone(world: World) -> None:
    recorded(world)
    by, library = world.diskominfo.actor, world.library
    recording_results.keep_peers(peers(), by=by, now=NOW, library=library)
    recording_results.keep_peers(peers(peers="Nasional", instrument=MIDDLE), by=by, now=NOW, library=library)
    (year,) = years.past(world.serang.id, library.instruments.by_key).years
    assert [(one.peers, str(one.values["index"])) for one in year.peers] == [("Kabupaten dan kota se-Banten", "23/10")]


def test_the_same_peers_of_a_year_are_written_anew(world: World) -> None:
    by, library = world.diskominfo.actor, world.library
    first = recording_results.keep_peers(peers(), by=by, now=NOW, library=library)
    again = recording_results.keep_peers(peers(values={"index": "2,35"}), by=by, now=NOW, library=library)
    assert again == first
    assert [one.values for one in years.peers_of(world.serang.id)] == [{"index": "2,35"}]


@pytest.mark.parametrize(
    ("changes", "places"),
    [
        ({"peers": " "}, ["peers"]),
        ({"source": ""}, ["source"]),
        ({"values": {"index": "7"}}, ["index"]),
        ({"year": 2027}, ["year"]),
        ({"instrument": "x"}, ["instrument"]),
    ],
)
def test_peers_that_cannot_be_are_refused(world: World, changes: dict[str, Any], places: list[str]) -> None:
    by = world.diskominfo.actor
    with pytest.raises(Invalid) as refused:
        recording_results.keep_peers(peers(**changes), by=by, now=NOW, library=world.library)
    assert [one.place for one in refused.value.problems] == places
