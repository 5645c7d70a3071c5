"""A spreadsheet into a cycle: every wrong cell named and nothing kept; confirmed, and brought back to what it was."""

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from governance.assessment.course import CycleRole
from governance.kernel.errors import Invalid, NotAllowed, NotFound, Refusal, Stale
from governance.mandates.evaluation import Round
from tests.cycles import cycle_of, seat, share
from tests.workbooks import changed, downloaded, read, refused, spare_row
from tests.world import NOW, World
from workflows import importing
from workflows.importing import Uploaded

TABLES = ("share", "score", "step_effort", "document_effort")
SELF, WHY, FINAL = "E", "F", "M"  # columns of an evaluation's sheet of scores


@pytest.fixture
def cycle_id(world: World) -> int:
    """An evaluation in which Diskominfo enters, rates and plans everything, and two offices have their shares."""
    made = cycle_of(world)
    for role in (CycleRole.DATA_ENTRY, CycleRole.ASSESSOR):
        seat(world, made, role, world.diskominfo)
    share(world, made, {"1": world.diskominfo, "2": world.dinkes})
    return made


@pytest.fixture
def filled(world: World, cycle_id: int) -> int:
    """The same with a score, an effort and a document in it, imported as people would."""
    data = downloaded(world, cycle_id)
    row = spare_row(data)
    cells = {
        "Nilai!E2": 2,
        "Nilai!F2": "Kebijakan ada",
        "Upaya!D2": 3,
        "Upaya!E2": short_of(world, "dinkes"),
        "Upaya!H2": "own:portal",
        f"Dokumen!A{row}": "own:portal",
        f"Dokumen!C{row}": "Portal layanan",
        f"Dokumen!D{row}": 5,
    }
    importing.confirm(read(world, cycle_id, changed(data, cells)), by=me(world), now=NOW)
    return cycle_id


def me(world: World) -> Any:
    return world.diskominfo.actor


def short_of(world: World, office: str) -> str:
    found = "SELECT short FROM unit WHERE id = :id"
    return str(world.value(found, id=world.serang.people[office].actor.unit_id))


def content(world: World) -> dict[str, list[Any]]:
    """What the tables say, without keys, versions and the history of scores."""
    asked = {
        "share": "SELECT item, unit_id, part, how_sure FROM share ORDER BY item, unit_id",
        "score": "SELECT item, stage, value, source_value, explanation FROM score WHERE counts AND value IS NOT NULL"
        " ORDER BY item, stage",
        "step_effort": "SELECT item, level, effort, unit_id, earliest_on, needs, documents, note, by_title, at"
        " FROM step_effort ORDER BY item, level",
        "document_effort": "SELECT key, title, effort, by_title, at FROM document_effort ORDER BY key",
    }
    return {table: [tuple(row) for row in world.rows(statement)] for table, statement in asked.items()}


def test_nothing_is_imported_before_it_is_confirmed(world: World, cycle_id: int) -> None:
    before = world.everything()
    read(world, cycle_id, changed(downloaded(world, cycle_id), {"Nilai!E2": 3, "Pembagian!C4": "dinkes"}))
    now = world.everything()
    assert {name for name in now if now[name] != before[name]} == {"table_import", "trail_line", "trail_head"}


def test_what_is_confirmed_stands_in_the_cycle(world: World, filled: int) -> None:
    assert world.rows("SELECT item, stage, value, explanation, by_title FROM score") == [
        ("1", "self", "2/1", "Kebijakan ada", me(world).title)
    ]
    assert world.rows("SELECT item, level, effort, unit_id FROM step_effort") == [
        ("1", 2, "3/1", world.dinkes.actor.unit_id)
    ]
    assert world.rows("SELECT key, effort FROM document_effort") == [("own:portal", "5/1")]


def test_a_workbook_that_was_not_changed_changes_nothing(world: World, filled: int) -> None:
    assert refused(world, filled, downloaded(world, filled)) == [("file", "sheet.nothing")]


def everything(data: bytes) -> dict[str, Any]:
    """A change of every sort; the work that was imported has taken the place of a usual one in the order of keys."""
    rows = load_workbook(io.BytesIO(data))["Dokumen"].iter_rows(min_row=2, max_col=1, values_only=True)
    own = next(number for number, (key,) in enumerate(rows, 2) if key == "own:portal")
    row = spare_row(data)
    papers = {f"Dokumen!D{own}": 7, f"Dokumen!A{row}": "own:peta", f"Dokumen!C{row}": "Peta", f"Dokumen!D{row}": 1}
    return CHANGES | papers


CHANGES = {
    "Pembagian!C2": "dinkes",  # in place of Diskominfo
    "Pembagian!D3": "diskominfo; inspektorat",
    "Pembagian!C4": "diskominfo",
    "Pembagian!D4": "dinkes",
    "Nilai!C3": None,
    "Nilai!E2": None,
    "Nilai!F2": "Buktinya keliru",
    "Nilai!E3": 4,
    "Nilai!M3": "3",
    "Nilai!N3": "Bukti belum cukup",
    "Upaya!D2": None,
    "Upaya!E2": None,
    "Upaya!H2": None,
    "Upaya!D3": "-",
    "Upaya!D4": 2.5,
    "Upaya!F4": date(2026, 3, 1),
    "Upaya!G4": "1:3; 2:2",
}


def test_undo_brings_back_the_state_before(world: World, filled: int) -> None:
    before, history = content(world), world.value("SELECT count(*) FROM score")
    data = downloaded(world, filled)
    table = read(world, filled, changed(data, everything(data)))
    importing.confirm(table, by=me(world), now=NOW)
    between = content(world)
    assert all(between[name] != before[name] for name in TABLES)
    importing.undo(table, by=me(world), now=NOW)
    assert content(world) == before
    assert world.value("SELECT count(*) FROM score") > history  # What was imported stays said.
    assert "sheet.undone" in world.trail()[-1]


def test_a_removed_office_that_stands_in_for_another_is_no_second_responsible(world: World, filled: int) -> None:
    swapped = {"Pembagian!C2": "dinkes", "Pembagian!C3": "diskominfo", "Pembagian!D2": "diskominfo"}
    table = read(world, filled, changed(downloaded(world, filled), swapped))
    importing.confirm(table, by=me(world), now=NOW)
    asked = "SELECT item, unit_id FROM share WHERE part = 'responsible' ORDER BY item"
    assert world.rows(asked) == [("1", world.dinkes.actor.unit_id), ("2", me(world).unit_id)]


def test_what_others_entered_meanwhile_is_not_overwritten(world: World, filled: int) -> None:
    first = read(world, filled, changed(downloaded(world, filled), {"Nilai!E2": 3}))
    second = read(world, filled, changed(downloaded(world, filled), {"Nilai!E2": 4, "Upaya!D3": 1}))
    importing.confirm(second, by=me(world), now=NOW)
    before = world.everything()
    with pytest.raises(Stale) as told:
        importing.confirm(first, by=me(world), now=NOW)
    assert told.value.changed == ("Nilai!E2",)
    assert world.everything() == before


def test_a_cell_changed_here_and_elsewhere_since_the_download_is_named(world: World, filled: int) -> None:
    old = downloaded(world, filled)
    importing.confirm(read(world, filled, changed(old, {"Nilai!E2": 3})), by=me(world), now=NOW)
    assert refused(world, filled, changed(old, {"Nilai!E2": 4})) == [("Nilai!E2", "sheet.meanwhile")]
    table = read(world, filled, changed(old, {"Nilai!E3": 4}))  # Its old value of E2 changes nothing.
    importing.confirm(table, by=me(world), now=NOW)
    assert world.rows("SELECT item, value FROM score WHERE counts ORDER BY item") == [("1", "3/1"), ("2", "4/1")]


def test_undo_refuses_to_overwrite_later_work_and_names_it(world: World, filled: int) -> None:
    first = read(world, filled, changed(downloaded(world, filled), {"Nilai!E2": 3, "Upaya!D2": 9}))
    importing.confirm(first, by=me(world), now=NOW)
    later = read(world, filled, changed(downloaded(world, filled), {"Nilai!E2": 4}))
    importing.confirm(later, by=me(world), now=NOW)
    before = world.everything()
    with pytest.raises(Stale) as told:
        importing.undo(first, by=me(world), now=NOW)
    assert told.value.changed == ("Nilai!E2",)
    assert world.everything() == before


def test_what_was_done_once_is_not_done_again(world: World, filled: int) -> None:
    table = read(world, filled, changed(downloaded(world, filled), {"Nilai!E2": 3}))
    with pytest.raises(Refusal, match="nothing_to_undo"):
        importing.undo(table, by=me(world), now=NOW)
    importing.confirm(table, by=me(world), now=NOW)
    with pytest.raises(Refusal, match="confirmed_already"):
        importing.confirm(table, by=me(world), now=NOW)
    importing.undo(table, by=me(world), now=NOW)
    with pytest.raises(Refusal, match="nothing_to_undo"):
        importing.undo(table, by=me(world), now=NOW)


def test_offices_that_come_or_go_after_the_opening_have_their_tasks_follow(world: World, filled: int) -> None:
    asked = "SELECT payload FROM job WHERE verb = 'sharing.follow' ORDER BY id"
    table = read(world, filled, changed(downloaded(world, filled), {"Pembagian!C2": "dinkes", "Nilai!E3": 3}))
    importing.confirm(table, by=me(world), now=NOW)
    importing.undo(table, by=me(world), now=NOW)
    both = [["1", unit] for unit in sorted((me(world).unit_id, world.dinkes.actor.unit_id))]
    assert len(world.rows(asked)) == 2
    assert all(str(both[0][1]) in str(payload) and str(both[1][1]) in str(payload) for (payload,) in world.rows(asked))


def test_scores_obey_the_rules_of_the_hand(world: World, filled: int) -> None:
    cells = {"Nilai!E2": None, "Nilai!C3": 4, "Nilai!E3": 3, "Nilai!F3": None, "Nilai!M4": 3}
    data = changed(downloaded(world, filled), cells)
    found = refused(world, filled, data)
    assert ("Nilai!F2", "sheet.because") in found  # taken back without a reason
    assert ("Nilai!F3", "sheet.because") in found  # another value than was proposed
    explained = changed(data, {"Nilai!F2": "Buktinya keliru", "Nilai!F3": "Tingkat 4 belum terbukti", "Nilai!C3": None})
    importing.confirm(read(world, filled, explained), by=me(world), now=NOW)
    asked = "SELECT value, explanation FROM score WHERE counts AND item = '1'"
    assert world.rows(asked) == [(None, "Buktinya keliru")]


def test_a_score_of_a_stage_that_is_over_is_not_imported_and_not_brought_back(world: World, filled: int) -> None:
    table = read(world, filled, changed(downloaded(world, filled), {"Nilai!E2": 3}))
    done = read(world, filled, changed(downloaded(world, filled), {"Nilai!E3": 3}))
    importing.confirm(done, by=me(world), now=NOW)
    world.change("UPDATE cycle SET stage = 'reporting' WHERE id = :id", id=filled)
    data = changed(downloaded(world, filled), {"Nilai!E4": 3})
    assert refused(world, filled, data) == [("Nilai!E4", "sheet.because")]
    for act, key in ((importing.confirm, table), (importing.undo, done)):
        with pytest.raises(Refusal, match=r"score\.handed_on"):
            act(key, by=me(world), now=NOW)
    importing.confirm(read(world, filled, changed(downloaded(world, filled), {"Nilai!M4": 3})), by=me(world), now=NOW)


def test_efforts_obey_the_rules_of_the_hand(world: World, filled: int) -> None:
    data = downloaded(world, filled)
    row = spare_row(data)
    cells = {
        "Upaya!D3": 0.001,  # in hundredths at most
        "Upaya!D6": 1,
        "Upaya!H6": "own:tidak_ada",
        "Upaya!D8": 1,
        "Upaya!G8": "2:5",  # which needs 2:4 itself
        f"Dokumen!A{row}": "own:tanpa_judul",
        f"Dokumen!D{row}": 1,
    }
    found = refused(world, filled, changed(data, cells))
    assert {key for _place, key in found} == {"sheet.because"}
    assert [place for place, _key in found] == [f"Dokumen!D{row}", "Upaya!D3", "Upaya!G8", "Upaya!H6"]


def test_each_change_asks_for_the_right_of_the_hand(world: World) -> None:
    cycle_id = cycle_of(world)
    seat(world, cycle_id, CycleRole.DATA_ENTRY, world.dinkes)
    share(world, cycle_id, {"1": world.dinkes})
    data = changed(
        downloaded(world, cycle_id),
        {"Nilai!C2": 2, "Nilai!C3": 2, "Nilai!E2": 2, "Nilai!M2": 2, "Upaya!D2": 1, "Pembagian!D2": "diskominfo"},
    )
    with pytest.raises(Invalid) as told:
        read(world, cycle_id, data, world.dinkes)
    assert sorted((one.place, one.key) for one in told.value.problems) == [
        (place, "sheet.not_his") for place in ("Nilai!C3", "Nilai!E2", "Pembagian!D2", "Upaya!D2")
    ]
    mine = read(world, cycle_id, changed(downloaded(world, cycle_id), {"Nilai!C2": 2, "Nilai!M2": 2}), world.dinkes)
    with pytest.raises(NotAllowed):
        importing.confirm(mine, by=me(world), now=NOW)
    importing.confirm(mine, by=world.dinkes.actor, now=NOW)
    with pytest.raises(NotAllowed):
        read(world, cycle_id, data, world.sekda)


def test_an_assessor_rates_only_what_he_is_seated_for(world: World) -> None:
    cycle_id = cycle_of(world)
    seat(world, cycle_id, CycleRole.ASSESSOR, world.diskominfo, items=("2",))
    data = changed(downloaded(world, cycle_id), {"Nilai!E2": 2, "Nilai!E3": 2})
    assert refused(world, cycle_id, data) == [("Nilai!E2", "sheet.not_his")]


def test_another_institutions_import_is_not_there(world: World, filled: int) -> None:
    table = read(world, filled, changed(downloaded(world, filled), {"Nilai!E2": 3}))
    for act in (importing.confirm, importing.undo):
        with pytest.raises(NotFound):
            act(table, by=world.kota.diskominfo.actor, now=NOW)
    with pytest.raises(NotFound):
        read(world, filled, b"", world.kota.diskominfo)


def test_a_closed_cycle_takes_no_spreadsheet(world: World, cycle_id: int) -> None:
    data = changed(downloaded(world, cycle_id), {"Nilai!E2": 3})
    table = read(world, cycle_id, data)
    world.change(
        "UPDATE cycle SET stage = 'closed', frozen_sha256 = :sha, closed_at = made_at WHERE id = :id",
        sha="0" * 64,
        id=cycle_id,
    )
    for act in (
        lambda: read(world, cycle_id, data),
        lambda: importing.confirm(table, by=me(world), now=NOW),
    ):
        with pytest.raises(Refusal, match=r"cycle\.closed"):
            act()


def test_the_present_instrument_takes_decimals(world: World) -> None:
    cycle_id = cycle_of(world, instrument="permenpanrb-8-2026", round=Round.NONE)
    seat(world, cycle_id, CycleRole.ASSESSOR, world.diskominfo)
    cells = {"Nilai!E2": 2.35, "Nilai!E3": "7/3", "Nilai!E4": 0.1 + 0.2 + 2}
    importing.confirm(read(world, cycle_id, changed(downloaded(world, cycle_id), cells)), by=me(world), now=NOW)
    asked = "SELECT value FROM score ORDER BY item"
    assert sorted(value for (value,) in world.rows(asked)) == ["23/10", "47/20", "7/3"]
    assert refused(world, cycle_id, downloaded(world, cycle_id)) == [("file", "sheet.nothing")]


def test_another_letter_and_a_sorted_sheet_change_nothing_of_what_is_meant(world: World, filled: int) -> None:
    def resorted(book: Any) -> None:
        sheet = book["Nilai"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for number, row in enumerate(reversed(rows), 2):
            for place, value in enumerate(row, 1):
                sheet.cell(number, place).value = value
                sheet.cell(number, place).font = Font(name="Bookman Old Style")

    assert refused(world, filled, changed(downloaded(world, filled), {}, resorted)) == [("file", "sheet.nothing")]


def test_words_of_several_lines_that_look_like_formulas_stay_as_they_are(world: World, cycle_id: int) -> None:
    words = "=SUM(A1:A2)\n+62 812\n@rumus"
    read_in = changed(downloaded(world, cycle_id), {"Nilai!E2": 2})

    def typed(book: Any) -> None:
        cell = book["Nilai"]["F2"]
        cell.value = words
        cell.data_type = "s"

    importing.confirm(read(world, cycle_id, changed(read_in, {}, typed)), by=me(world), now=NOW)
    assert world.value("SELECT explanation FROM score") == words
    assert refused(world, cycle_id, downloaded(world, cycle_id)) == [("file", "sheet.nothing")]


def test_an_empty_file_is_no_workbook(world: World, cycle_id: int) -> None:
    assert refused(world, cycle_id, b"") == [("file", "sheet.kind")]
    with pytest.raises(NotFound):
        importing.read_table(Uploaded(0, "a.xlsx", b""), by=me(world), now=NOW, library=world.library)
