"""Bagian Hukum and the head of the region at an electronic signing, with a printer and a signing service at hand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from governance.documents import signings
from governance.documents.act_models import SigningWay
from governance.kernel.db import db
from tests import signers
from tests.esign_service import NIK, PASSPHRASE, Service
from tests.soffices import printing
from tests.world import NOW, TODAY, Paper, World
from workflows import preparing, signing
from workflows import printing as prints
from workflows.outside.esign import Secret
from workflows.outside.pdfs import Trust
from workflows.preparing import Outside, Prepared
from workflows.signing import Asked, Uploaded

ELSEWHERE, NATIONAL = SigningWay.SIGNED_PDF, SigningWay.NATIONAL
SECRET = Secret(NIK, PASSPHRASE)


@dataclass
class Desk:
    """What both do, through the verbs."""

    world: World
    outside: Outside

    def prepare(self, paper: Paper, way: SigningWay, *, printed: bool = True, **more: Any) -> None:
        """The number reserved, the file printed."""
        wish = Prepared(paper.id, paper.seen, way, TODAY, **more)
        preparing.prepare(wish, by=self.world.hukum.actor, now=NOW, outside=self.outside)
        if printed:
            assert prints.print_due(now=NOW, library=self.world.library, printer=self.outside.printer) == 1

    def under_way(self, paper: Paper) -> signings.UnderWay:
        """The signing that waits."""
        db.session.rollback()
        found = signings.under_way(self.world.hukum.actor, paper.id)
        assert found is not None
        return found

    def prepared(self, paper: Paper) -> bytes:
        """The PDF to be signed."""
        return self.world.library.files.read(self.under_way(paper).pdf_sha256 or "")

    def take(self, paper: Paper, data: bytes, **more: bool) -> None:
        """A signed PDF comes back."""
        by = self.world.hukum.actor
        signing.take_signed(Uploaded(paper.id, data, **more), by=by, now=NOW, outside=self.outside)

    def sign(self, paper: Paper, now: datetime = NOW, **changes: Any) -> None:
        """The head of the region signs what he saw."""
        asked = replace(Asked(paper.id, self.under_way(paper).pdf_sha256 or "", SECRET), **changes)
        signing.sign(asked, by=self.world.kepala.actor, now=now, outside=self.outside)


def numbers(world: World) -> list[tuple[int, str]]:
    """Every number and what became of it."""
    return [tuple(row) for row in world.rows("SELECT number, use FROM number ORDER BY number")]


def states(world: World) -> list[tuple[str, str]]:
    """Every signing: how far it is, and what was answered last."""
    return [tuple(row) for row in world.rows("SELECT state, answer FROM signing ORDER BY id")]


@pytest.fixture
def service() -> Iterator[Service]:
    """The national service."""
    running = Service().start()
    yield running
    running.stop()


@pytest.fixture
def at_hand(world: World, service: Service, tmp_path: Path) -> Outside:
    """LibreOffice's stand-in, which prints a page that can be signed, and the service."""
    printer = printing(tmp_path / "soffice", signers.page())
    return Outside(world.library, printer, service.settings(), Trust(), "https://mandat.example/v/")


@pytest.fixture
def signing_desk(world: World, at_hand: Outside) -> Desk:
    """Who prepares and who signs."""
    return Desk(world, at_hand)


@pytest.fixture
def outside(world: World, at_hand: Outside) -> Iterator[Outside]:
    """The same as the application has it for this test."""
    before = world.app.extensions["signing"]
    made = replace(at_hand, address=before.address)
    world.app.extensions["signing"] = made
    yield made
    world.app.extensions["signing"] = before
