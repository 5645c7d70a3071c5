"""Hostile and broken files at every door through which a Word file comes in: refused, and not one thing is stored."""

import contextlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from governance.documents.lifecycle import State
from governance.kernel.errors import BadFile, Invalid, TooLarge
from governance.notices.wording import SENTENCES
from tests.governance.documents import hostile
from tests.web.reader import Reader
from tests.world import KIND, NOW, Maker, Paper, World
from workflows import approval, templating, word_editing
from workflows.word_editing import HandedIn

Door = Callable[[bytes], object]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Every hostile file."""
    return {name: make() for name, (_, make) in hostile.ALL.items()}


@contextlib.contextmanager
def nothing_stored(world: World) -> Iterator[None]:
    before, kept = world.everything(), kept_files(world)
    yield
    assert world.everything() == before
    assert kept_files(world) == kept


def kept_files(world: World) -> set[Path]:
    return set((world.folder / "files").rglob("*"))


def require_refused(door: Door, files: dict[str, bytes]) -> dict[str, str]:
    """Every file through the door; the keys of the refusals, each of which has its sentence in Indonesian."""
    keys = {}
    for name, data in files.items():
        with pytest.raises((BadFile, TooLarge, Invalid)) as refusal:
            door(data)
        problems = refusal.value.problems if isinstance(refusal.value, Invalid) else (refusal.value,)
        keys[name] = problems[0].key
        assert {problem.key for problem in problems} <= SENTENCES.keys(), name
    return keys


def wanted() -> dict[str, str]:
    return {name: key for name, (key, _) in hostile.ALL.items()}


@pytest.mark.parametrize("anyway", [False, True])
def test_no_hostile_file_stands_for_a_draft(
    world: World, make: Maker, files: dict[str, bytes], *, anyway: bool
) -> None:
    paper = make.document()

    def door(data: bytes) -> object:
        handed = HandedIn(paper.id, 1, data, anyway)
        return word_editing.take_in(handed, by=world.diskominfo.actor, now=NOW, library=world.library)

    with nothing_stored(world):
        assert require_refused(door, files) == wanted()


def test_no_hostile_file_is_a_correction(world: World, make: Maker, files: dict[str, bytes]) -> None:
    paper = asked_of_legal(make)
    asked = paper.asked("Perbaikan")

    def door(data: bytes) -> object:
        return approval.correct(asked, data, by=world.hukum.actor, now=NOW, library=world.library)

    with nothing_stored(world):
        assert require_refused(door, files) == wanted()


def asked_of_legal(make: Maker) -> Paper:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    return paper


def test_no_hostile_file_is_a_template(world: World, files: dict[str, bytes]) -> None:
    def door(data: bytes) -> object:
        return templating.replace_template(KIND, data, by=world.hukum.actor, now=NOW, library=world.library)

    with nothing_stored(world):
        keys = require_refused(door, files)
    told = {name: key for name, key in keys.items() if wanted()[name] != "seal.place_missing"}
    assert told == {name: wanted()[name] for name in told}


def test_no_hostile_file_is_compared(world: World, make: Maker, files: dict[str, bytes]) -> None:
    paper = make.document(State.IN_REVIEW)
    page, address = Reader(world.app, world.diskominfo), f"/documents/{paper.id}/compare"
    form = {"csrf_token": page.token()}
    harmful = {name: data for name, data in files.items() if data and wanted()[name] not in hostile.READ_ONLY}
    with nothing_stored(world):
        for name, data in harmful.items():
            answer = page.post(address, {**form, "file": (BytesIO(data), "naskah.docx")})
            assert answer.status_code in (413, 422), f"{name}: {answer.status_code}"
            assert SENTENCES[wanted()[name]].partition("%")[0].partition("(")[0][:30] in answer.text, name


def test_no_hostile_file_stops_the_commands_that_compare_and_check(
    run: Callable[..., Any], files: dict[str, bytes], tmp_path: Path
) -> None:
    """They answer with one line for what cannot be read, and never with a trace of the program."""
    old, new = tmp_path / "lama.docx", tmp_path / "baru.docx"
    old.write_bytes(hostile.good())
    for name, data in files.items():
        new.write_bytes(data)
        for words in (("compare", str(old), str(new)), ("check-form", str(new), "--json")):
            answer = run(*words)
            assert answer.exit_code in (0, 1, 2), f"{name}: {words[0]}"
            assert answer.exception is None or isinstance(answer.exception, SystemExit), f"{name}: {words[0]}"
            assert answer.stdout or answer.stderr or answer.exit_code == 0, f"{name}: {words[0]}"
