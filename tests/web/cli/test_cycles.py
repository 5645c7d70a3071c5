"""`flask cycle verify`: a closed year read again, whole or not."""

from collections.abc import Callable
from typing import Any

from tests.cycles import cycle_of
from tests.workflows.test_frozen_cycle import closed
from tests.world import Maker, World

Run = Callable[..., Any]


def verified(run: Run, year: int = 2025, institution: str = "serang") -> Any:
    return run("cycle", "verify", str(year), "--institution", institution)


def test_a_closed_year_that_nobody_touched_is_whole(world: World, make: Maker, run: Run) -> None:
    _cycle_id, sha256 = closed(world, make)
    answer = verified(run)
    assert (answer.exit_code, answer.stdout, answer.stderr) == (0, f"2025\t{sha256}\tutuh\n", "")


def test_a_row_that_was_changed_by_hand_is_named(world: World, make: Maker, run: Run) -> None:
    closed(world, make)
    world.change("UPDATE score SET value = '5/1' WHERE item = '9'")
    answer = verified(run)
    assert answer.exit_code == 1
    assert answer.stdout.endswith("BERBEDA pada score\n")


def test_a_file_that_was_changed_is_found(world: World, make: Maker, run: Run) -> None:
    _cycle_id, sha256 = closed(world, make)
    world.library.files.place(sha256).write_bytes(b"{}")
    answer = verified(run)
    assert answer.exit_code == 1
    assert "RUSAK" in answer.stdout


def test_a_year_that_is_open_or_not_there_is_refused(world: World, run: Run) -> None:
    cycle_of(world)
    for year, institution, word in ((2025, "serang", "2025"), (2024, "serang", "2024"), (2025, "nirwana", "nirwana")):
        answer = verified(run, year, institution)
        assert answer.exit_code == 1
        assert word in answer.stderr
