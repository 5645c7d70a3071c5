"""A file that cannot be taken comes back on the page it was handed in, with the sentence at its field."""

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pytest

from governance.documents.lifecycle import State
from tests import peraturan
from tests.governance.documents.samples import DOCUMENT, changed, zipped
from tests.peraturan import LETTER, REVIEW
from tests.web.reader import Reader
from tests.world import KIND, TODAY, Maker, World

DAY = TODAY.isoformat()
NOT_WORD, NOT_SCAN = "Simpan sebagai .docx lalu unggah lagi", "Pindaian harus PDF, PNG, atau JPEG"


@dataclass(frozen=True)
class Form:
    """A form with a file: who sends it where, with what, and what must stand on the page that comes back."""

    who: str
    path: str
    sent: dict[str, str]
    heading: str
    kept: dict[str, str] = field(default_factory=dict)  # what was typed and stands there again


def correction(make: Maker) -> Form:
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    sent = {"seen": paper.seen, "note": "Tanda baca"}
    return Form("hukum", f"/documents/{paper.id}/revision", sent, "Koreksi Bagian Hukum", {"note": "Tanda baca"})


def edited_draft(make: Maker) -> Form:
    paper = make.document()
    version = str(paper.as_seen().version)
    return Form("diskominfo", f"/documents/{paper.id}/word", {"version": version}, "Sunting di Word")


def compared(make: Maker) -> Form:
    return Form("sekda", f"/documents/{make.document(State.ENACTED).id}/compare", {}, "Perbandingan")


def template(_make: Maker) -> Form:
    return Form("hukum", f"/templates/{KIND}", {}, "Unduh templat")


def enactment(make: Maker) -> Form:
    paper = make.document(State.APPROVED)
    typed = {"signed_on": DAY}
    return Form("hukum", f"/documents/{paper.id}/enact", {"seen": paper.seen, **typed}, "Catat penetapan", typed)


def later_scan(make: Maker) -> Form:
    return Form("hukum", f"/documents/{make.document(State.ENACTED).id}/scan", {}, "Unggah pindaian")


def old_act(_make: Maker) -> Form:
    typed = {"title": "Tim Koordinasi", "number": "1", "signed_on": DAY}
    return Form("diskominfo", "/documents/record", {"kind": KIND, **typed}, "Catat dokumen yang sudah ada", typed)


def letter(_make: Maker) -> Form:
    typed = {"number": "B/1/2026", "date": DAY}
    sent = {"year": str(TODAY.year), "version": "0", "type": "none", **typed}
    return Form("diskominfo", "/deadlines/letter", sent, "Surat evaluasi", typed)


def external_step(make: Maker) -> Form:
    paper = peraturan.waiting_at(make, REVIEW)
    typed = {"letter_number": LETTER, "letter_date": DAY}
    return Form("diskominfo", f"/documents/{paper.id}/step", {"seen": paper.seen, **typed}, "Catat dan teruskan", typed)


def refused(world: World, form: Form, place: str, data: bytes) -> str:
    """The page that comes back; nothing was changed."""
    reader, before = Reader(world.app, world.serang.people[form.who]), world.everything()
    sent: dict[str, Any] = {**form.sent, place: (BytesIO(data), "berkas.bin")}
    answer = reader.post(form.path, sent)
    assert answer.status_code == 422, answer.text
    assert form.heading in answer.text
    assert world.everything() == before
    return answer.text


def said_at(page: str, place: str) -> str:
    """What stands at a field; the list on top leads to it."""
    assert f'<a href="#f-{place}">' in page
    return page.partition(f'id="f-{place}-k"')[2].partition("</p>")[0]


@pytest.mark.parametrize("handed_in", [correction, edited_draft, compared, template])
def test_what_is_no_word_file_is_refused_at_its_field(
    world: World, make: Maker, handed_in: Callable[[Maker], Form]
) -> None:
    form = handed_in(make)
    page = refused(world, form, "file", zipped({"a.txt": "x"}))
    assert NOT_WORD in said_at(page, "file")
    assert all(value in page for value in form.kept.values())


@pytest.mark.parametrize("handed_in", [enactment, later_scan, old_act, letter, external_step])
def test_what_is_no_scan_is_refused_at_its_field(world: World, make: Maker, handed_in: Callable[[Maker], Form]) -> None:
    form = handed_in(make)
    page = refused(world, form, "scan", b"MZ bukan pindaian")
    assert NOT_SCAN in said_at(page, "scan")
    assert all(f'value="{value}"' in page or f">\n{value}</textarea>" in page for value in form.kept.values())


@pytest.mark.parametrize("note", ["a\x00b", "x" * 5000])
def test_a_correction_with_a_note_that_nobody_should_read_is_refused(world: World, make: Maker, note: str) -> None:
    """PostgreSQL cannot even keep the first."""
    paper = make.document(State.IN_REVIEW)
    make.initial(paper, "diskominfo")
    form = Form("hukum", f"/documents/{paper.id}/revision", {"seen": paper.seen, "note": note}, "Koreksi Bagian Hukum")
    data = changed(paper.file, DOCUMENT, "KESATU", "KESATU ", 1)
    assert said_at(refused(world, form, "file", data), "note")


@pytest.mark.parametrize("handed_in", [correction, edited_draft, compared, template, later_scan])
def test_a_form_without_its_file_asks_for_it(world: World, make: Maker, handed_in: Callable[[Maker], Form]) -> None:
    place = "scan" if handed_in is later_scan else "file"
    assert "Pilih berkasnya dahulu" in said_at(refused(world, handed_in(make), place, b""), place)
