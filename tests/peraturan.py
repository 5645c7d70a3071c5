"""A Peraturan of the small world on its way: drafted, initialled, its external steps recorded, enacted, promulgated."""

from datetime import date
from typing import Any

from governance.documents.fields import defaults
from governance.documents.lifecycle import Move, State
from tests.world import NOW, TODAY, Maker, Paper
from workflows import approval, drafting, promulgation, recording
from workflows.drafting import NewDocument
from workflows.promulgation import Promulgated
from workflows.recording import StepTaken

ROADMAP = "spbe_roadmap"
WAY = (  # as doc_templates/spbe_roadmap.toml says it, by the offices of Serang
    (Move.INITIAL, "diskominfo"),
    (Move.RECORD, "diskominfo"),
    (Move.INITIAL, "hukum"),
    (Move.RECORD, "hukum"),
    (Move.INITIAL, "asisten"),
    (Move.RECORD, "hukum"),
    (Move.APPROVE, "sekda"),
)
REVIEW, HARMONISATION, FACILITATION = 1, 3, 5  # how many steps are made when each of these waits
LETTER = "000.1/7/TIM-SPBE/2026"


def drafted(make: Maker, **changes: Any) -> Paper:
    """A draft of the roadmap by Dinas Komunikasi."""
    world, author = make.world, make.world.diskominfo
    library, serang = world.library, world.serang.facts
    given = defaults(library.kind(ROADMAP), institution=serang, law=library.law, year=TODAY.year, on=TODAY)
    new = NewDocument(ROADMAP, TODAY.year, given | changes)
    return Paper(drafting.open_document(new, by=author.actor, now=NOW, library=world.library), author, world)


def waiting_at(make: Maker, steps: int, **changes: Any) -> Paper:
    """A submitted one after that many steps of its way."""
    paper = drafted(make, **changes)
    make.submit(paper)
    for move, office in WAY[:steps]:
        taken(paper, move, office)
    return paper


def taken(paper: Paper, move: Move, office: str) -> None:
    """One step, by whom it is asked."""
    by = paper.world.serang.people[office].actor
    if move is Move.RECORD:
        step = StepTaken(paper.asked(), LETTER, TODAY)
        recording.record_step(step, by=by, now=NOW, library=paper.world.library)
    elif move is Move.INITIAL:
        approval.initial(paper.asked(), by=by, now=NOW)
    else:
        approval.approve(paper.asked(), by=by, now=NOW)


def enacted(make: Maker, number: int = 1, signed_on: date = TODAY, **changes: Any) -> Paper:
    """Signed, and waiting for the Sekda to promulgate it."""
    paper = waiting_at(make, len(WAY), **changes)
    assert paper.state is State.APPROVED
    make.enact(paper, signed_on, number=f"{number} TAHUN {signed_on.year}")
    return paper


def promulgated(paper: Paper, on: date = TODAY, **more: Any) -> None:
    """Put into Berita Daerah by the Sekda."""
    world = paper.world
    asked = Promulgated(paper.id, paper.seen, on, **more)
    promulgation.promulgate(asked, by=world.sekda.actor, now=NOW, library=world.library)
