"""Evidence for tests, offered by the verbs: an open cycle with an office, its assessors, and files to offer."""

from dataclasses import dataclass
from typing import Any

from governance.assessment.course import CycleRole, Part
from governance.assessment.evidence import Use, use_of
from governance.assessment.eyes import eyes_of
from governance.assessment.judging import EvidenceMove, Reason
from governance.kernel.db import db
from governance.tasks.handing_in import FilePart
from tests.cycles import cycle_of, seat, share
from tests.world import NOW, Someone, World
from workflows import judging, proving
from workflows.evidence_keeping import Facts, Piece
from workflows.judging import Verdict
from workflows.proving import Offer, Offered

PDF = b"%PDF-1.7 laporan"
PNG = b"\x89PNG\r\n\x1a\n layar"


@dataclass
class Round:
    """A cycle in which Dinkes and Disdik share item 1, Dinkes alone item 2, and the Inspektorat rates."""

    world: World
    id: int

    def offer(
        self, someone: Someone, level: int = 1, *, item: str = "1", data: bytes = PDF, name: str = "", **more: Any
    ) -> Offered:
        """A file offered by someone's office."""
        piece = more.pop("piece", None) or Piece(file=FilePart(name or f"bukti-{level}.pdf", data))
        facts = Facts(**{key: more.pop(key) for key in ("dated_on", "expires_on", "signed", "secrecy") if key in more})
        wish = Offer(self.id, item, level, piece, facts=facts, **more)
        return proving.offer(wish, by=someone.actor, now=NOW, library=self.world.library)

    def use(self, use_id: int, someone: Someone | None = None) -> Use:
        """An offer as it is now."""
        db.session.rollback()
        return use_of(eyes_of((someone or self.world.inspektorat).actor), use_id)

    def submit(self, someone: Someone, use_id: int) -> None:
        """Laid before the assessors."""
        version = self.use(use_id, someone).version
        proving.submit(use_id, version, by=someone.actor, now=NOW)

    def judge(
        self,
        use_id: int,
        move: EvidenceMove = EvidenceMove.ACCEPT,
        reason: Reason | None = None,
        words: str = "",
        by: Someone | None = None,
    ) -> None:
        """What the assessor says of it as it is now."""
        by = by or self.world.inspektorat
        verdict = Verdict(use_id, self.use(use_id, by).version, move, reason, words)
        judging.judge(verdict, by=by.actor, now=NOW, library=self.world.library)

    def accepted(self, someone: Someone, level: int = 1, **more: Any) -> int:
        """Offered, submitted and accepted."""
        use_id = self.offer(someone, level, **more).use_id
        self.submit(someone, use_id)
        self.judge(use_id)
        return use_id

    def returned(self, use_id: int, reason: Reason = Reason.WRONG_OBJECT, words: str = "Ini untuk tim lain") -> None:
        """Given back by the assessor."""
        self.judge(use_id, EvidenceMove.SEND_BACK, reason, words)


def opened(world: World, **more: Any) -> Round:
    """A round whose offices may offer."""
    cycle_id = cycle_of(world, **more)
    share(world, cycle_id, {"1": world.dinkes, "2": world.dinkes})
    share(world, cycle_id, {"1": world.disdik}, Part.CONTRIBUTOR)
    seat(world, cycle_id, CycleRole.ASSESSOR, world.inspektorat)
    return Round(world, cycle_id)
