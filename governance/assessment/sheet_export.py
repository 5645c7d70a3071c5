"""What a cycle's workbook is made of, read from the cycle; and the spreadsheets that were read into it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from governance.assessment.cycle_models import TableImport
from governance.assessment.cycles import Seen
from governance.assessment.evidence_models import Evidence, EvidenceUse
from governance.assessment.instruments import Instrument
from governance.assessment.sheet_layout import layouts_of
from governance.assessment.sheet_rows import cells_of, offices_of, standing
from governance.assessment.sheets import Exported, Shown
from governance.documents.models import Secrecy
from governance.kernel.db import db, within
from governance.kernel.errors import NotFound
from governance.people.actors import Actor
from governance.people.models import Unit

UNSAID = "(rahasia)"


def exported(actor: Actor, seen: Seen, instrument: Instrument, *, institution: str, on: date) -> Exported:
    """The cycle as its workbook has it."""
    offices = offices_of(actor.institution_id)
    return Exported(
        cycle_id=seen.id,
        year=seen.year,
        institution=institution,
        instrument=instrument,
        layouts=layouts_of(seen.round),
        cells=cells_of(standing(actor.institution_id, seen.id), offices),
        offices=offices,
        evidence=_evidence(actor.institution_id, seen.id, instrument),
        made_on=on,
    )


def _evidence(institution_id: int, cycle_id: int, instrument: Instrument) -> list[Shown]:
    """What is offered, in the instrument's order; of what is secret only that it is there."""
    rows = (
        within(institution_id, EvidenceUse, EvidenceUse, Evidence.name, Evidence.secrecy, Unit.short)
        .join(Evidence, Evidence.id == EvidenceUse.evidence_id)
        .join(Unit, Unit.id == EvidenceUse.unit_id)
        .where(
            EvidenceUse.cycle_id == cycle_id,
            EvidenceUse.withdrawn_at.is_(None),
            Evidence.withdrawn_at.is_(None),
        )
        .order_by(EvidenceUse.level, EvidenceUse.id)
    )
    order = {item: place for place, item in enumerate(instrument.items)}
    found = []
    for use, name, secrecy, office in db.session.execute(rows):
        shown = Shown(use.item, use.level, use.code, name, use.pointer, use.explanation, office, use.state)
        if secrecy is Secrecy.RAHASIA:
            shown = replace(shown, name=UNSAID, pointer="", explanation="")
        found.append(shown)
    return sorted(found, key=lambda one: order.get(one.item, len(order)))


def imports_of(actor: Actor, cycle_id: int, *, before: int | None, limit: int) -> Sequence[TableImport]:
    """The spreadsheets read into a cycle, newest first; `before` is the key with which the last page ended."""
    rows = within(actor.institution_id, TableImport).where(TableImport.cycle_id == cycle_id)
    if before is not None:
        rows = rows.where(TableImport.id < before)
    return db.session.scalars(rows.order_by(TableImport.id.desc()).limit(limit)).all()


def import_of(actor: Actor, table_id: int) -> TableImport:
    """One of them, or NotFound."""
    row: TableImport | None = db.session.scalar(
        within(actor.institution_id, TableImport).where(TableImport.id == table_id)
    )
    if row is None:
        raise NotFound
    return row
