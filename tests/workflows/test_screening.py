"""Uploads looked through by the real clamd: what it finds is refused, and while it does not answer nothing is taken."""

import dataclasses
import socket
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO

import pytest

from governance.kernel.errors import Invalid
from governance.tasks.handing_in import FilePart
from governance.tasks.models import Source
from tests.clamds import EICAR, Scanner, scanner
from tests.proving import PDF, opened
from tests.web.reader import Reader
from tests.world import NOW, World
from workflows import answering, asking, proving
from workflows.asking import NewAssignment
from workflows.evidence_keeping import Piece
from workflows.handing import Handed
from workflows.outside.clamd import Clamd, NotAnswering, address, found_in
from workflows.proving import Offer, Offered

INFECTED = PDF + EICAR


@pytest.fixture
def database() -> str:
    """Nothing here depends on the database: what is refused is refused before a transaction."""
    return "sqlite"


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scanner]:
    with scanner(tmp_path_factory.mktemp("clamd")) as running:
        yield running


def offered(world: World, cycle_id: int, data: bytes, clamd: Clamd) -> Offered:
    wish = Offer(cycle_id, "1", 1, Piece(file=FilePart("laporan.pdf", data)))
    library = dataclasses.replace(world.library, clamd=clamd)
    return proving.offer(wish, by=world.dinkes.actor, now=NOW, library=library)


@pytest.mark.clamav
@pytest.mark.parametrize("way", ["unix", "tcp"])
def test_clamd_finds_what_it_has_a_signature_of_and_passes_the_rest(clamd: Scanner, way: str) -> None:
    where: Clamd = getattr(clamd, way)
    assert found_in(where, b"") == ""
    assert found_in(where, PDF + b"x" * 300_000) == ""
    assert "EICAR" in found_in(where, INFECTED)


@pytest.mark.clamav
def test_evidence_that_clamd_finds_something_in_is_refused_and_nothing_is_kept(world: World, clamd: Scanner) -> None:
    round_ = opened(world)
    before, files = world.everything(), kept(world)
    with pytest.raises(Invalid) as refusal:
        offered(world, round_.id, INFECTED, clamd.unix)
    (problem,) = refusal.value.problems
    assert (problem.place, problem.key) == ("file", "evidence.infected")
    assert "EICAR" in problem.params["found"]
    assert (world.everything(), kept(world)) == (before, files)
    assert offered(world, round_.id, PDF, clamd.unix).is_new


def kept(world: World) -> list[str]:
    return sorted(path.name for path in world.library.files.folder.rglob("*") if path.is_file())


@pytest.mark.clamav
def test_what_is_handed_in_for_a_task_is_looked_through_too(world: World, clamd: Scanner) -> None:
    new = NewAssignment(Source.INDICATOR, "bukti", (world.dinkes.actor.unit_id or 0,), why="Indikator 1")
    asking.ask(new, by=world.diskominfo.actor, now=NOW)
    task_id = world.value("SELECT id FROM task")
    given = Handed(task_id, 1, files=(FilePart("laporan.pdf", INFECTED),))
    library = dataclasses.replace(world.library, clamd=clamd.unix)
    with pytest.raises(Invalid) as refusal:
        answering.hand_in(given, by=world.dinkes.actor, now=NOW, library=library)
    assert [one.key for one in refusal.value.problems] == ["evidence.infected"]


@pytest.mark.clamav
def test_the_page_says_what_was_found_and_that_uploads_are_looked_through(world: World, clamd: Scanner) -> None:
    round_ = opened(world)
    shelf = world.app.extensions["mandat"]
    world.app.extensions["mandat"] = dataclasses.replace(shelf, clamd=clamd.tcp)
    try:
        reader, form = Reader(world.app, world.dinkes), f"/cycles/{round_.id}/items/1/evidence"
        assert "Diperiksa pemindai virus" in reader.get(form).text
        sent = {"place": "1:", "explanation": "Ketikan", "file": (BytesIO(INFECTED), "laporan.pdf")}
        answer = reader.post(form, sent)
        assert answer.status_code == 422
        assert "pemindai virus menemukan" in answer.text
        assert "Ketikan" in answer.text
    finally:
        world.app.extensions["mandat"] = shelf
    assert "pemindai virus" not in Reader(world.app, world.dinkes).get(form).text


def test_while_the_scanner_is_away_nothing_is_taken_and_the_reader_is_told_to_try_later(world: World) -> None:
    round_ = opened(world)
    before = world.everything()
    with pytest.raises(Invalid) as refusal:
        offered(world, round_.id, PDF, Clamd(f"unix:{world.folder / 'not-there'}", 1))
    assert [one.key for one in refusal.value.problems] == ["evidence.not_screened"]
    assert world.everything() == before


def test_a_scanner_that_takes_the_call_and_says_nothing_is_given_up() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        where = Clamd(f"tcp:127.0.0.1:{silent.getsockname()[1]}", 0.2)
        with pytest.raises(NotAnswering):
            found_in(where, PDF)


def test_without_a_scanner_nothing_is_asked(world: World) -> None:
    round_ = opened(world)
    assert not world.library.clamd.is_asked
    assert offered(world, round_.id, INFECTED, Clamd()).is_new


@pytest.mark.parametrize(
    "url", ["", "unix:", "unix:run", "tcp:host", "tcp::3310", "tcp:host:0", "tcp:host:70000", "x:1"]
)
def test_what_names_no_socket_is_no_address(url: str) -> None:
    with pytest.raises(ValueError, match="neither"):
        address(url)
    if url:
        with pytest.raises(NotAnswering):
            found_in(Clamd(url, 0.2), PDF)
