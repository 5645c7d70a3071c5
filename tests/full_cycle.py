"""A cycle on which something of everything hangs, as rows: for freezing, closing, and carrying it forward."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from governance.assessment.course import CycleRole, Part, ScoreStage, Stage
from governance.assessment.cycle_models import Cycle, CyclePaper, CycleTask, TableImport
from governance.assessment.evidence_models import Evidence, EvidenceStep, EvidenceUse
from governance.assessment.judging import EvidenceMove, EvidenceState
from governance.assessment.score_models import DocumentEffort, Rebuttal, Score, StepEffort
from governance.documents.lifecycle import State
from governance.kernel.db import db, transaction
from governance.tasks.models import Assignment, Source
from tests.cycles import cycle_of, seat, share
from tests.world import NOW, Maker, World

BY = "Kepala Dinas"


def full_cycle(world: World, make: Maker, *, stage: Stage = Stage.REPORTING, **more: Any) -> int:
    """A cycle that is rated throughout and whose papers are signed, with a row in every table that hangs on it."""
    cycle_id = cycle_of(world, stage=stage, **more)
    roles = {CycleRole.ASSESSOR: world.inspektorat, CycleRole.ANSWERABLE: world.asisten}
    for role, someone in {**roles, CycleRole.COORDINATOR: world.sekda, CycleRole.DATA_ENTRY: world.diskominfo}.items():
        seat(world, cycle_id, role, someone)
    share(world, cycle_id, {"1": world.diskominfo, "2": world.dinkes})
    share(world, cycle_id, {"1": world.dinkes}, Part.CONTRIBUTOR)
    papers = [make.document(State.ENACTED).id, make.document(State.ENACTED).id]
    with transaction():
        cycle = db.session.get_one(Cycle, cycle_id, execution_options={"across": True})
        rate(world, cycle_id, world.library.instruments.instrument(cycle.instrument).items, "2")
        rate(world, cycle_id, world.library.instruments.instrument(cycle.instrument).items, "5/2", ScoreStage.FINAL)
        _planned(world, cycle_id)
        for kind, document_id in zip(("self_assessment_minutes", "publication_consent"), papers, strict=True):
            row = CyclePaper(institution_id=world.serang.id, cycle_id=cycle_id, kind=kind, document_id=document_id)
            db.session.add(row)
        use = offered(world, cycle_id, "1", 2, state=EvidenceState.ACCEPTED)
        step = EvidenceStep(institution_id=world.serang.id, use_id=use, move=EvidenceMove.OFFER, by_title=BY, at=NOW)
        db.session.add(step)
    return cycle_id


def rate(world: World, cycle_id: int, items: Iterable[str], value: str, stage: ScoreStage = ScoreStage.SELF) -> None:
    """Give each of these items that value, inside a transaction of the caller's."""
    for item in items:
        row = Score(institution_id=world.serang.id, cycle_id=cycle_id, item=item, stage=stage, value=value)
        row.by_title, row.at = BY, NOW
        db.session.add(row)
    db.session.flush()


def offered(world: World, cycle_id: int, item: str, level: int, **more: Any) -> int:
    """A file of Dinas Kesehatan offered for that level, inside a transaction of the caller's; the use's id."""
    of_file = {"withdrawn_at", "withdrawn_reason", "expires_on"} & more.keys()
    file = Evidence(institution_id=world.serang.id, name=more.pop("name", "SK Tim"), media="application/pdf", size=3)
    file.sha256 = more.pop("sha256", f"{item:0>2}{level}" + "a" * 61)
    file.unit_id, file.by_title, file.at = world.dinkes.actor.unit_id or 0, BY, NOW
    for name in of_file:
        setattr(file, name, more.pop(name))
    db.session.add(file)
    db.session.flush()
    use = EvidenceUse(institution_id=world.serang.id, cycle_id=cycle_id, item=item, level=level, **more)
    use.evidence_id, use.unit_id, use.by_title, use.at = file.id, file.unit_id, BY, NOW
    db.session.add(use)
    db.session.flush()
    return use.id


def _planned(world: World, cycle_id: int) -> None:
    """Tasks, an import, a rebuttal that was answered, and efforts."""
    at = {"institution_id": world.serang.id}
    asked = Assignment(**at, source=Source.INDICATOR, what="melengkapi bukti", why="Indikator 1", created_at=NOW)
    asked.unit_id, asked.by_title, asked.due_on = world.diskominfo.actor.unit_id or 0, BY, date(2026, 12, 1)
    db.session.add(asked)
    db.session.flush()
    of_it = at | {"cycle_id": cycle_id}
    score = Score(**of_it, item="1", stage=ScoreStage.DOCUMENT, value="1/1", by_title=BY, at=NOW)
    db.session.add(score)
    db.session.flush()
    said = Rebuttal(**of_it, score_id=score.id, words="Lihat Pasal 3", by_title=BY, at=NOW)
    said.answer, said.answered_by, said.answered_at, said.upheld = "Diterima", BY, NOW, True
    db.session.add_all(
        [
            said,
            CycleTask(**of_it, item="1", assignment_id=asked.id),
            TableImport(**of_it, name="nilai.xlsx", sha256="b" * 64, by_title=BY, read_at=NOW),
            StepEffort(**of_it, item="1", level=3, effort="2", by_title=BY, at=NOW),
            DocumentEffort(**of_it, key="perbup", effort="4", by_title=BY, at=NOW),
        ]
    )
