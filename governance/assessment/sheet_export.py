"""What a cycle's workbook is made of, read from the cycle; and the spreadsheets that were read into it."""

from collections.abc import Sequence
from datetime import date

from governance.assessment.cycle_models import TableImport
from governance.assessment.cycles import Seen
from governance.assessment.evidence import read, rows_of_uses
from governance.assessment.evidence_models import EvidenceUse
from governance.assessment.eyes import Eyes
from governance.assessment.instruments import Instrument
from governance.assessment.sheet_layout import layouts_of
from governance.assessment.sheet_rows import cells_of, offices_of, standing
from governance.assessment.sheets import Exported, Shown
from governance.assessment.usual_costs import Usual, kind_of, state_of
from governance.kernel.db import db, within
from governance.kernel.errors import NotFound
from governance.mandates.law import Law
from governance.people.actors import Actor

UNSAID = "(rahasia)"


def exported(eyes: Eyes, seen: Seen, instrument: Instrument, law: Law, *, on: date) -> Exported:
    """The cycle as its workbook has it."""
    institution_id = eyes.actor.institution_id
    offices = offices_of(institution_id)
    works = Usual(law, instrument).costs.documents
    return Exported(
        cycle_id=seen.id,
        year=seen.year,
        instrument=instrument,
        layouts=layouts_of(seen.round),
        cells=cells_of(standing(institution_id, seen.id), offices),
        offices=offices,
        evidence=_evidence(eyes, seen.id, instrument),
        made_on=on,
        works={key: _about(key, law) for key in works},
    )


def _about(key: str, law: Law) -> str:
    """What a usual work is: a kind of document, and the state it is brought to."""
    kind, state = law.mandates.get(kind_of(key)), law.proof_states.get(state_of(key))
    return f"{kind.title if kind else kind_of(key)}: {state.title if state else state_of(key)}"


def _evidence(eyes: Eyes, cycle_id: int, instrument: Instrument) -> list[Shown]:
    """What is offered, in the instrument's order; of what the reader may not see only that it is there."""
    rows = rows_of_uses(eyes).where(EvidenceUse.cycle_id == cycle_id).order_by(EvidenceUse.level, EvidenceUse.id)
    order = {item: place for place, item in enumerate(instrument.items)}
    found = []
    for use in map(read, db.session.execute(rows)):
        told = (use.kept.name, use.pointer, use.explanation)
        if not eyes.may_read(use.kept.secrecy, {use.kept.unit_id, use.unit_id}, [(cycle_id, use.item)]):
            told = (UNSAID, "", "")
        name, pointer, words = told
        found.append(Shown(use.item, use.level, use.code, name, pointer, words, use.unit_name, use.state))
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
