"""Printing: what is asked for becomes a PDF once, whatever dies in between; an act's copy is the legal section's."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import docx
import pytest

from config.settings import ROOT
from governance.documents import renditions as read
from governance.documents.lifecycle import State
from governance.documents.models import Form, Secrecy
from governance.documents.renditions import Shown
from governance.kernel.db import db
from governance.kernel.errors import NotAllowed, NotFound, Refusal
from governance.notices.models import Doing
from tests.soffices import BROKEN, HANGS, StandIn, is_alive
from tests.world import NOW, Maker, Paper, Someone, World
from workflows import kept_files, printing
from workflows.outside.soffice import Printer, alone

LATER = NOW + printing.LEASE + timedelta(seconds=1)
NOT_INSTALLED = Printer(None, Path("tidak-dipakai"))

Print = Callable[..., int]


@pytest.fixture
def stand_in(tmp_path: Path) -> StandIn:
    return StandIn.within(tmp_path / "stand-in", patience=1.0)


@pytest.fixture
def print_due(world: World, stand_in: StandIn) -> Print:
    """A bell: `print_due()` now, `print_due(LATER)` later."""
    return lambda now=NOW, **more: printing.print_due(
        now=now, library=world.library, printer=more.pop("printer", stand_in.printer), **more
    )


def ask(paper: Paper, by: Someone, printer: Printer, form: Form = Form.NASKAH) -> None:
    printing.ask_pdf(paper.id, form, by=by.actor, now=NOW, printer=printer)


def shown(paper: Paper, by: Someone | None = None) -> dict[Form, Shown]:
    someone = by or paper.author
    return read.renditions(someone.actor, paper.as_seen(someone))


def rows(world: World) -> list[tuple[str, str]]:
    return [tuple(row) for row in world.rows("SELECT state, answer FROM rendition ORDER BY id")]


def lines(world: World, what: str) -> int:
    return sum(f'"what":"{what}"' in line for line in world.trail())


def replace_file(world: World, paper: Paper, content: bytes) -> None:
    """What waits to be printed of a document becomes another file."""
    sha256 = world.library.files.keep(content)
    change = "UPDATE rendition SET source_sha256 = :sha256, word_sha256 = :sha256 WHERE document_id = :id"
    world.change(change, sha256=sha256, id=paper.id)


# ---- the PDF of a revision


def test_an_enactment_leaves_one_pdf_that_is_printed_once(world: World, make: Maker, print_due: Print) -> None:
    paper = make.document(State.ENACTED)
    assert rows(world) == [("waiting", "")]
    assert print_due() == 1
    one = shown(paper)[Form.NASKAH]
    assert (one.state, one.word_sha256) == (Doing.DONE, paper.as_seen().sha256)
    assert world.library.files.read(one.pdf_sha256 or "").startswith(b"%PDF-")
    before = world.everything()
    assert print_due(LATER) == 0
    assert world.everything() == before


def test_asking_twice_is_one_row_and_one_line(world: World, make: Maker, stand_in: StandIn, print_due: Print) -> None:
    paper = make.document(State.IN_REVIEW)
    for someone in (world.diskominfo, world.hukum):
        ask(paper, someone, stand_in.printer)
    assert rows(world) == [("waiting", "")]
    assert lines(world, "document.pdf_asked") == 1
    print_due()
    before = world.everything()
    ask(paper, world.hukum, stand_in.printer)
    assert world.everything() == before, "what is there is not asked for again"


def test_many_files_are_one_start(world: World, make: Maker, stand_in: StandIn, print_due: Print) -> None:
    papers = [make.document(State.IN_REVIEW, budget=f"Biaya pos {number}") for number in range(5)]
    for paper in papers:
        ask(paper, paper.author, stand_in.printer)
    assert shown(papers[3])[Form.NASKAH].before == 3
    assert print_due() == 5
    assert stand_in.starts == [5]
    pdfs = {shown(paper)[Form.NASKAH].pdf_sha256 for paper in papers}
    assert len(pdfs) == 5, "each has its own"


def test_a_draft_has_no_pdf_yet(world: World, make: Maker, stand_in: StandIn) -> None:
    paper = make.document()
    before = world.everything()
    with pytest.raises(Refusal) as refusal:
        ask(paper, paper.author, stand_in.printer)
    assert refusal.value.key == "pdf.no_revision"
    assert world.everything() == before


def test_a_newer_revision_needs_a_pdf_of_its_own(
    world: World, make: Maker, stand_in: StandIn, print_due: Print
) -> None:
    paper = make.document(State.IN_REVIEW)
    ask(paper, paper.author, stand_in.printer)
    print_due()
    make.approve(paper)
    make.enact(paper)
    assert shown(paper)[Form.NASKAH].state is Doing.WAITING
    print_due()
    assert shown(paper)[Form.NASKAH].word_sha256 == paper.as_seen().sha256
    assert [state for state, _ in rows(world)] == ["done", "done"]


def test_whoever_may_not_read_may_not_ask(world: World, make: Maker, stand_in: StandIn) -> None:
    paper = make.document(State.ENACTED, secrecy=Secrecy.RAHASIA)
    before = world.everything()
    for someone in (world.dinkes, world.kota.sekda):
        with pytest.raises(NotFound):
            ask(paper, someone, stand_in.printer)
    assert world.everything() == before


# ---- what goes wrong


def test_without_libreoffice_nothing_waits_and_it_is_said(world: World, make: Maker, print_due: Print) -> None:
    paper = make.document(State.ENACTED)
    assert print_due(printer=NOT_INSTALLED) == 0
    assert rows(world) == [("failed", "pdf.not_installed")]
    before = world.everything()
    with pytest.raises(Refusal) as refusal:
        ask(paper, paper.author, NOT_INSTALLED)
    assert refusal.value.key == "pdf.not_installed"
    assert world.everything() == before


def test_a_program_that_cannot_be_started_is_as_good_as_none(world: World, make: Maker, print_due: Print) -> None:
    make.document(State.ENACTED)
    absent = Printer(str(world.folder / "tidak-ada"), world.folder / "printing")
    assert print_due(printer=absent) == 0
    assert rows(world) == [("failed", "pdf.not_installed")]


def test_once_it_is_installed_the_pdf_can_be_asked_for(
    world: World, make: Maker, stand_in: StandIn, print_due: Print
) -> None:
    paper = make.document(State.ENACTED)
    print_due(printer=NOT_INSTALLED)
    ask(paper, paper.author, stand_in.printer)
    assert print_due() == 1
    assert rows(world) == [("done", "")]


def test_a_broken_file_fails_alone_and_says_why(world: World, make: Maker, stand_in: StandIn, print_due: Print) -> None:
    papers = [make.document(State.ENACTED) for _ in range(3)]
    replace_file(world, papers[1], BROKEN)
    assert print_due() == 2
    assert rows(world) == [("done", ""), ("failed", "pdf.unreadable"), ("done", "")]
    assert stand_in.starts == [3]


def test_a_lost_file_fails_alone(world: World, make: Maker, print_due: Print) -> None:
    papers = [make.document(State.ENACTED) for _ in range(2)]
    world.library.files.place(papers[0].as_seen().sha256 or "").unlink()
    assert print_due() == 1
    assert rows(world) == [("failed", "pdf.file_gone"), ("done", "")]


def test_a_file_that_hangs_is_tried_three_times_and_holds_up_nobody(
    world: World, make: Maker, print_due: Print
) -> None:
    papers = [make.document(State.ENACTED) for _ in range(2)]
    replace_file(world, papers[0], HANGS)
    assert print_due() == 1
    assert rows(world) == [("waiting", ""), ("done", "")]
    assert print_due() == 0, "it waits a while before it is tried again"
    assert world.value("SELECT attempts FROM rendition ORDER BY id LIMIT 1") == 1
    for day in (1, 2):
        print_due(NOW + timedelta(days=day))
    assert rows(world) == [("failed", "pdf.stuck"), ("done", "")]


def test_a_row_under_lease_is_left_alone_and_free_when_it_ends(world: World, make: Maker, print_due: Print) -> None:
    make.document(State.ENACTED)
    lease = (NOW + printing.LEASE).replace(tzinfo=None)
    world.change("UPDATE rendition SET state = 'running', attempts = 1, lease_until = :until", until=lease)
    assert print_due() == 0
    assert print_due(LATER) == 1
    assert world.rows("SELECT state, attempts FROM rendition") == [("done", 2)]


def test_a_row_whose_process_died_again_and_again_is_given_up(world: World, make: Maker, print_due: Print) -> None:
    make.document(State.ENACTED)
    lease = NOW.replace(tzinfo=None)
    change = "UPDATE rendition SET state = 'running', attempts = :many, lease_until = :until"
    world.change(change, many=printing.MOST_ATTEMPTS, until=lease)
    assert print_due(LATER) == 0
    assert rows(world) == [("failed", "pdf.stuck")]


def test_while_another_prints_nothing_is_claimed(
    world: World, make: Maker, stand_in: StandIn, print_due: Print
) -> None:
    make.document(State.ENACTED)
    with alone(stand_in.printer) as first:
        assert first
        assert print_due() == 0
    assert rows(world) == [("waiting", "")]


def test_a_bell_that_takes_too_long_gives_back_what_is_left(world: World, make: Maker, print_due: Print) -> None:
    for _ in range(2):
        make.document(State.ENACTED)
    assert print_due(longest=timedelta(0)) == 1
    assert world.rows("SELECT state, attempts FROM rendition ORDER BY id") == [("done", 1), ("waiting", 0)]
    assert print_due() == 1


PRINTER = """
import os
from config.settings import read
from governance.kernel import clock
from web.app import create_app
from workflows import printing
app = create_app(read(os.environ))
with app.app_context():
    printing.print_due(now=clock.now(), library=app.extensions["mandat"], printer=app.extensions["printer"])
"""


def test_after_a_kill_in_the_middle_it_is_printed_again_once(
    world: World, make: Maker, stand_in: StandIn, print_due: Print
) -> None:
    papers = [make.document(State.ENACTED) for _ in range(3)]
    good = papers[1].file
    replace_file(world, papers[1], HANGS)
    process = _printing_elsewhere(world, stand_in)
    try:
        _wait_until((stand_in.folder / "child").exists)
        _wait_until(lambda: ("done", "") in rows(world))
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert [state for state, _ in rows(world)] == ["done", "running", "running"]
    assert is_alive(stand_in.child), "a sudden death cannot end what it had started"
    first = world.rows("SELECT pdf_sha256, attempts FROM rendition ORDER BY id")[0]
    replace_file(world, papers[1], good)
    assert print_due(NOW + timedelta(days=3650)) == 2
    assert not is_alive(stand_in.child)
    assert rows(world) == [("done", "")] * 3
    assert world.rows("SELECT pdf_sha256, attempts FROM rendition ORDER BY id")[0] == first


def _printing_elsewhere(world: World, stand_in: StandIn) -> "subprocess.Popen[bytes]":
    """The bell in a process of its own, with the patience to hang for long."""
    db.session.rollback()
    environment = {
        **os.environ,
        "DATABASE_URL": world.house.database.url,
        "INSTANCE": str(stand_in.folder),
        "FILES": str(world.folder / "files"),
        "ANCHORS": str(world.folder / "anchors"),
        "SOFFICE": str(stand_in.printer.program),
        "SOFFICE_PATIENCE": "60",
        "REDIS_URL": "",
    }
    return subprocess.Popen([sys.executable, "-c", PRINTER], cwd=ROOT, env=environment)


def _wait_until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not done():
        assert time.monotonic() < until
        time.sleep(0.05)


# ---- the authenticated copy


def copy(paper: Paper, by: Someone) -> None:
    printing.make_copy(paper.id, by=by.actor, now=NOW, library=paper.world.library)


def text_of(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(BytesIO(data)).paragraphs if paragraph.text]


def test_the_legal_section_makes_the_copy_and_all_readers_see_it(world: World, make: Maker, print_due: Print) -> None:
    paper = make.document(State.ENACTED)
    copy(paper, world.hukum)
    assert lines(world, "document.copied") == 1
    assert print_due() == 2
    one = shown(paper, world.diskominfo)[Form.SALINAN]
    assert (one.state, one.source_sha256) == (Doing.DONE, paper.as_seen().sha256)
    words = text_of(world.library.files.read(one.word_sha256))
    assert words[0] == "SALINAN"
    assert words[-5:-2] == ["Salinan sesuai dengan aslinya", "KEPALA BAGIAN HUKUM,", "Pejabat hukum"]
    assert [word.strip(" .") for word in words[-2:]] == ["Pangkat", "NIP"]
    assert one.word_sha256 in next(line for line in world.trail() if '"document.copied"' in line)


def test_the_same_copy_is_made_once(world: World, make: Maker) -> None:
    paper = make.document(State.ENACTED)
    copy(paper, world.hukum)
    before = world.everything()
    copy(paper, world.hukum)
    assert world.everything() == before


def test_who_acts_for_the_holder_authenticates_a_copy_of_his_own(world: World, make: Maker) -> None:
    paper = make.document(State.ENACTED)
    copy(paper, world.hukum)
    world.change("UPDATE holding SET manner = 'plh' WHERE id = :id", id=world.hukum.actor.holding_id)
    copy(paper, world.hukum)
    assert lines(world, "document.copied") == 2
    assert world.value("SELECT count(*) FROM rendition WHERE form = 'salinan'") == 2
    newest = shown(paper)[Form.SALINAN]
    assert "Plh. KEPALA BAGIAN HUKUM," in text_of(world.library.files.read(newest.word_sha256))


def test_nobody_else_makes_a_copy(world: World, make: Maker) -> None:
    paper = make.document(State.ENACTED)
    before = world.everything()
    for someone in world.serang.people.values():
        if someone.username != "hukum":
            with pytest.raises(NotAllowed):
                copy(paper, someone)
    with pytest.raises(NotFound):
        copy(paper, world.kota.hukum)
    assert world.everything() == before


@pytest.mark.parametrize("state", [state for state in State if state is not State.ENACTED])
def test_only_an_act_is_copied(world: World, make: Maker, state: State) -> None:
    paper = make.document(state)
    before = world.everything()
    with pytest.raises(Refusal) as refusal:
        copy(paper, world.hukum)
    assert refusal.value.key == "copy.no_sealed_file"
    assert world.everything() == before


def test_a_peraturan_is_copied_once_it_is_promulgated(world: World, make: Maker) -> None:
    paper = make.document(State.ENACTED)
    world.change("UPDATE act SET binds_from = 'promulgation'")
    with pytest.raises(Refusal) as refusal:
        copy(paper, world.hukum)
    assert refusal.value.key == "copy.no_sealed_file"


def test_the_pdf_of_a_copy_that_nobody_made_cannot_be_asked_for(world: World, make: Maker, stand_in: StandIn) -> None:
    paper = make.document(State.ENACTED)
    with pytest.raises(Refusal) as refusal:
        ask(paper, world.hukum, stand_in.printer, Form.SALINAN)
    assert refusal.value.key == "copy.none"


def test_no_sweep_takes_a_pdf_or_a_copy(world: World, make: Maker, print_due: Print) -> None:
    paper = make.document(State.ENACTED)
    copy(paper, world.hukum)
    print_due()
    swept = kept_files.sweep(world.library.files, now=NOW + timedelta(days=3650), dry=False)
    assert swept.faults == ()
    assert all(one.pdf_sha256 and world.library.files.is_whole(one.pdf_sha256) for one in shown(paper).values())


@pytest.mark.libreoffice
def test_libreoffice_itself_prints_an_act_and_its_copy(world: World, make: Maker, print_due: Print) -> None:
    paper = make.document(State.ENACTED)
    copy(paper, world.hukum)
    assert print_due(printer=Printer("soffice", world.folder / "printing")) == 2
    for one in shown(paper).values():
        assert world.library.files.read(one.pdf_sha256 or "").startswith(b"%PDF-1.")
