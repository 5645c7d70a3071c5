"""LibreOffice: many files with one start, each failure by itself, and nothing that hangs or reaches out."""

import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from governance.documents.copying import copied
from governance.documents.sealing import seal
from tests.governance.documents import samples
from tests.governance.documents.test_pages import Page, pages_of, require_f4, require_within_margins
from tests.soffices import BROKEN, CRASHES, GOOD, HANGS, StandIn, is_alive
from workflows.outside import soffice
from workflows.outside.soffice import Fault, NotThere, Printed, Printer, alone, printed


def kept(folder: Path, contents: Sequence[bytes]) -> list[Path]:
    """The contents as files."""
    files = [folder / f"berkas-{number}.docx" for number in range(len(contents))]
    for file, content in zip(files, contents, strict=True):
        file.write_bytes(content)
    return files


def outcomes_of(files: Sequence[Path], printer: Printer) -> list[Printed]:
    """What became of each, in their order; each is told once."""
    told = list(printed(files, printer))
    assert len({one.number for one in told}) == len(told) == len(files)
    return sorted(told, key=lambda one: one.number)


def faults(outcomes: Sequence[Printed]) -> list[Fault | None]:
    assert all((one.pdf is None) == (one.fault is not None) for one in outcomes)
    return [one.fault for one in outcomes]


# ---- with LibreOffice itself


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> list[Printed]:
    """A draft, five broken files, a sealed act and its copy, printed together."""
    folder = tmp_path_factory.mktemp("batch")
    decree = samples.draft()
    sealed = seal(decree, number=samples.NUMBER, signed_on=samples.SIGNED_ON)
    members = samples.members_of(decree)
    broken = [
        b"bukan zip",
        b"<html><body>bukan Word</body></html>",
        decree[: len(decree) // 2],
        samples.zipped({**members, samples.DOCUMENT: members[samples.DOCUMENT][:3000]}),
        b"",
    ]
    copy = copied(sealed, office="KEPALA BAGIAN HUKUM", name="CONTOH")
    return outcomes_of(kept(folder, [decree, *broken, sealed, copy]), Printer("soffice", folder / "printing"))


@pytest.mark.libreoffice
def test_a_broken_file_in_a_batch_is_named_and_costs_the_others_nothing(batch: list[Printed]) -> None:
    assert faults(batch) == [None, *[Fault.UNREADABLE] * 5, None, None]


@pytest.mark.libreoffice
def test_each_pdf_is_that_of_its_file(batch: list[Printed], tmp_path: Path) -> None:
    draft, sealed, copy = (_pages(batch[number], tmp_path) for number in (0, 6, 7))
    assert "RANCANGAN" in draft[0].text
    assert samples.NUMBER in sealed[0].text
    assert "RANCANGAN" not in sealed[0].text
    assert "SALINAN" not in sealed[0].text
    assert copy[0].text.startswith("SALINAN BUPATI SERANG")
    assert "Salinan sesuai dengan aslinya KEPALA BAGIAN HUKUM, CONTOH Pangkat" in copy[-1].text
    assert sum(page.text.split().count("ttd") for page in copy) == 3


@pytest.mark.libreoffice
@pytest.mark.parametrize("number", [0, 6, 7])
def test_it_is_f4_with_page_numbers_from_the_second_page_on(batch: list[Printed], tmp_path: Path, number: int) -> None:
    for at, page in enumerate(_pages(batch[number], tmp_path), 1):
        require_f4(page)
        require_within_margins(page)
        head = [word.text for word in page.words if word.top < 20 and word.text != "RANCANGAN"]
        assert head == ([] if at == 1 else ["-", str(at), "-"])


def _pages(one: Printed, folder: Path) -> list[Page]:
    assert one.pdf is not None
    return pages_of(one.pdf, folder)


@pytest.fixture
def heard() -> Iterator[tuple[str, list[str]]]:
    """A web server that anything in a file may call, and who called."""
    asked: list[str] = []

    class Ear(HTTPServer):
        def verify_request(self, request: object, client_address: object) -> bool:
            asked.append(str(client_address))
            return True

    server = Ear(("127.0.0.1", 0), BaseHTTPRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/gambar.png", asked
    server.shutdown()
    server.server_close()


PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="990000" cy="990000"/><wp:docPr id="1" name="x"/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
    '<pic:cNvPr id="1" name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="rIdX"/><a:stretch>'
    '<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="990000" cy="990000"/>'
    '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r></w:p>"
)


@pytest.mark.libreoffice
def test_a_picture_outside_the_file_is_never_fetched(heard: tuple[str, list[str]], tmp_path: Path) -> None:
    address, asked = heard
    link = (
        '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
        f' Target="{address}" TargetMode="External"/></Relationships>'
    )
    hostile = samples.changed(samples.draft(), "word/_rels/document.xml.rels", "</Relationships>", link)
    hostile = samples.changed(hostile, samples.DOCUMENT, "<w:body>", f"<w:body>{PICTURE}")
    outcomes = outcomes_of(kept(tmp_path, [hostile]), Printer("soffice", tmp_path / "printing"))
    assert faults(outcomes) == [None]
    assert asked == []


# ---- with a stand-in that hangs, crashes, or tells what it was given


@pytest.fixture
def stand_in(tmp_path: Path) -> StandIn:
    return StandIn.within(tmp_path / "stand-in", patience=1.0)


def test_a_hundred_files_are_one_start(stand_in: StandIn, tmp_path: Path) -> None:
    outcomes = outcomes_of(kept(tmp_path, [GOOD] * 100), stand_in.printer)
    assert faults(outcomes) == [None] * 100
    assert stand_in.starts == [100]


def test_a_file_that_ends_the_program_costs_the_others_only_new_starts(stand_in: StandIn, tmp_path: Path) -> None:
    files = kept(tmp_path, [GOOD, BROKEN, GOOD, CRASHES, GOOD, BROKEN, CRASHES, GOOD])
    stuck, broken = Fault.STUCK, Fault.UNREADABLE
    assert faults(outcomes_of(files, stand_in.printer)) == [None, broken, None, stuck, None, broken, stuck, None]
    assert stand_in.starts == [8, 1, 4, 1, 2, 1, 1]


def test_a_program_that_hangs_is_ended_in_time_with_all_it_started(stand_in: StandIn, tmp_path: Path) -> None:
    began = time.monotonic()
    outcomes = outcomes_of(kept(tmp_path, [GOOD, HANGS, GOOD]), stand_in.printer)
    assert faults(outcomes) == [None, Fault.STUCK, None]
    assert time.monotonic() - began < 10
    assert not is_alive(stand_in.child)
    assert list((stand_in.folder / "printing").iterdir()) == []


def test_a_program_that_never_prints_anything_is_given_up(stand_in: StandIn, tmp_path: Path) -> None:
    outcomes = outcomes_of(kept(tmp_path, [CRASHES] * 50), stand_in.printer)
    assert faults(outcomes) == [Fault.STUCK] * 50
    assert len(stand_in.starts) <= soffice.MOST_IN_VAIN


def test_whoever_stops_listening_leaves_nothing_running(stand_in: StandIn, tmp_path: Path) -> None:
    told = printed(kept(tmp_path, [GOOD, HANGS]), stand_in.printer)
    assert next(told).number == 0
    _wait_until((stand_in.folder / "child").exists)
    told.close()
    assert not is_alive(stand_in.child)


def test_a_file_that_is_gone_is_told_so(stand_in: StandIn, tmp_path: Path) -> None:
    files = [*kept(tmp_path, [GOOD]), tmp_path / "tidak-ada.docx"]
    assert faults(outcomes_of(files, stand_in.printer)) == [None, Fault.MISSING]


def test_a_program_that_is_not_there_is_said_to_be(tmp_path: Path) -> None:
    for program in (None, str(tmp_path / "tidak-ada")):
        with pytest.raises(NotThere):
            list(printed(kept(tmp_path, [GOOD]), Printer(program, tmp_path / "printing")))


def test_the_program_is_told_no_secret(stand_in: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "sangat rahasia")
    outcomes_of(kept(tmp_path, [GOOD]), stand_in.printer)
    environment = (stand_in.folder / "environment").read_text()
    assert "rahasia" not in environment
    assert f"HOME={stand_in.folder / 'printing'}" in environment


def test_only_one_prints_at_a_time(stand_in: StandIn) -> None:
    with alone(stand_in.printer) as first, alone(stand_in.printer) as second:
        assert (first, second) == (True, False)
    with alone(stand_in.printer) as third:
        assert third


def test_what_a_killed_process_left_running_is_ended_and_nothing_else(stand_in: StandIn) -> None:
    folder = stand_in.folder / "printing" / f"{soffice.FOLDER}tertinggal"
    folder.mkdir(parents=True)
    other = folder.with_name(f"{soffice.FOLDER}lain")
    other.mkdir()
    left, foreign = (
        subprocess.Popen(["sleep", "600"], start_new_session=True) if where is other
        else subprocess.Popen(["sh", "-c", "sleep 600; :", str(folder)], start_new_session=True)
        for where in (folder, other)
    )  # fmt: skip
    (folder / soffice.PID).write_text(str(left.pid))
    (other / soffice.PID).write_text(str(foreign.pid))
    try:
        with alone(stand_in.printer):
            pass
        assert left.wait(10) == -9
        assert is_alive(foreign.pid), "its number was given to another program"
        assert not folder.exists()
        assert not other.exists()
    finally:
        foreign.kill()
        foreign.wait()


def _wait_until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not done():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_what_the_machine_lacks_is_said(tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    assert "not installed" in soffice.state_of(Printer(None, tmp_path))
    assert "not on this machine" in soffice.state_of(Printer(str(program), tmp_path))


@pytest.mark.parametrize(("family", "said"), [("URW Bookman", ""), ("DejaVu Sans", "DejaVu Sans")])
def test_a_font_that_is_not_bookmans_like_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, family: str, said: str
) -> None:
    asked = tmp_path / "fc-match"
    asked.write_text(f'#!/bin/sh\necho "{family}"\n', encoding="ascii")
    asked.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    soffice.wrong_font.cache_clear()
    assert soffice.wrong_font() == said
    soffice.wrong_font.cache_clear()
