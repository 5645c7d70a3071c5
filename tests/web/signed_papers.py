"""Acts signed in each way through the pages, and a stranger who holds a file against them."""

import io
from typing import Any

from werkzeug.test import TestResponse

from governance.documents.lifecycle import State
from tests import signers
from tests.web.reader import Reader
from tests.world import NOW, TODAY, Maker, Paper
from workflows import printing as prints
from workflows.preparing import Outside

NOT_ELECTRONIC = "bukan tanda tangan elektronik: tidak ada tanda tangan elektronik di dalamnya"


def prepared(paper: Paper, sit: Any, outside: Outside, way: str) -> bytes:
    """The PDF to be signed, through Bagian Hukum's page."""
    legal = sit(paper.world.hukum)
    form = {"seen": paper.as_seen(paper.world.hukum).seen, "way": way, "signed_on": TODAY.isoformat()}
    assert legal.post(f"/documents/{paper.id}/signing", form).status_code == 303
    late = NOW.replace(year=2999)
    assert prints.print_due(now=late, library=paper.world.library, printer=outside.printer) >= 1
    return legal.get(f"/documents/{paper.id}/signing/pdf").data


def electronic(make: Maker, sit: Any, outside: Outside, **more: Any) -> tuple[Paper, bytes]:
    """An act whose PDF was signed elsewhere, and that PDF."""
    paper = make.document(State.APPROVED, **more)
    data = signers.signed(prepared(paper, sit, outside, "signed_pdf"))
    answer = sit(paper.world.hukum).post(f"/documents/{paper.id}/signing/upload", {"file": upload(data)})
    assert answer.status_code == 303, words(answer)
    return paper, data


def upload(data: bytes, name: str = "berkas.pdf") -> tuple[io.BytesIO, str]:
    """A file as a form sends it."""
    return io.BytesIO(data), name


def token_of(paper: Paper) -> str:
    """What stands in its QR code."""
    act = paper.as_seen(paper.world.hukum).act
    assert act is not None
    return act.token or ""


def words(answer: TestResponse) -> str:
    """A page on one line."""
    return " ".join(answer.text.split())


def checked(stranger: Reader, paper: Paper, data: bytes) -> str:
    """What the page says of a file."""
    answer = stranger.post(f"/v/{token_of(paper)}", {"file": upload(data)})
    assert answer.status_code == 200
    return words(answer)
