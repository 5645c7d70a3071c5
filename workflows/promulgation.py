"""Promulgation: the Sekda puts a Peraturan into Berita Daerah, with its own number and date; it binds from then."""

from dataclasses import dataclass
from datetime import date, datetime

from governance.documents import giving, relating, sealing, under_way
from governance.documents.giving import Order
from governance.documents.lifecycle import Move
from governance.documents.models import Act, Document, Form, Promulgation
from governance.documents.renditions import leave_rendition
from governance.documents.series import GAZETTE
from governance.documents.signers import signer_of_post
from governance.documents.values import as_date
from governance.kernel.clock import day_in
from governance.kernel.db import db, one_within, transaction, within
from governance.kernel.errors import Invalid, Problem
from governance.notices.leaving import leave, leave_job
from governance.obligations.recomputing import timetable_changed
from governance.people.actors import Actor
from governance.people.queries import PREFIX
from governance.trail.record import record
from workflows import acts
from workflows.approval import followers
from workflows.bells import ring
from workflows.library import Library


@dataclass(frozen=True)
class Promulgated:
    """What the Sekda decides: on which day, and the gazette's number where the office keeps a book of its own."""

    document_id: int
    seen: str
    promulgated_on: date
    number: str | None = None


def promulgate(asked: Promulgated, *, by: Actor, now: datetime, library: Library) -> None:
    """Put the Peraturan into Berita Daerah. UU 12/2011 Pasal 86-87, UU 23/2014 Pasal 248 ayat (2)."""
    with transaction() as after_commit:
        document = under_way.for_change(asked.document_id, by)
        if _was_promulgated(document, by, asked.seen):
            return
        under_way.require_move(document, Move.PROMULGATE, by, asked.seen)
        assert document.act_id is not None  # CHECK enacted_has_act
        act = one_within(by.institution_id, Act, document.act_id)
        _require_day(asked.promulgated_on, act.signed_on, day_in(by.timezone, now))
        gazette = giving.give(Order(document, GAZETTE, GAZETTE, asked.promulgated_on, asked.number))
        row = _row(act, asked, gazette, by, now)
        row.sha256 = library.files.keep(_with_gazette(act, asked, gazette, by, library))
        row.in_force_from = max(asked.promulgated_on, _starts(document) or asked.promulgated_on)
        db.session.add(row)
        relating.begin(act, row.in_force_from)
        under_way.ask(document, {}, now)
        leave_rendition(document.id, Form.NASKAH, (row.sha256, row.sha256), by=by, at=now)
        _tell(document, act, gazette, by, now)
        leave_job("offering.tell", key=f"act:{act.id}:promulgated", by=by, at=now, document_id=document.id)
        because = acts.because_of(act, document.secrecy)
        timetable_changed(f"act:{act.id}:promulgated", by=by, at=now, because=because)
        record(
            "act.promulgated",
            by=by,
            about=("document", document.id),
            at=now,
            gazette=gazette,
            promulgated_on=asked.promulgated_on.isoformat(),
            sha256=row.sha256,
        )
        after_commit(ring("jobs.run", "notices.deliver", "renditions.print"))


def _was_promulgated(document: Document, by: Actor, seen: str) -> bool:
    rows = within(document.institution_id, Promulgation, Promulgation.id).where(
        Promulgation.act_id == document.act_id, Promulgation.post_id == by.post_id, Promulgation.seen == seen
    )
    return document.act_id is not None and db.session.scalar(rows) is not None


def _require_day(day: date, signed_on: date, today: date) -> None:
    if day > today:
        raise Invalid(Problem("promulgated_on", "enact.future", {"today": today.isoformat()}))
    if day < signed_on:
        raise Invalid(Problem("promulgated_on", "promulgate.before_signing", {"signed_on": signed_on.isoformat()}))


def _with_gazette(act: Act, asked: Promulgated, gazette: str, by: Actor, library: Library) -> bytes:
    assert act.sha256 is not None  # an act that was only recorded is never asked to be promulgated
    holder = signer_of_post(by.institution_id, by.post_id or 0, asked.promulgated_on)
    name, manner = (holder.name, PREFIX[holder.manner]) if holder and holder.name else (by.title, "")
    sealed, day = library.files.read(act.sha256), asked.promulgated_on
    return sealing.seal_gazette(sealed, promulgated_on=day, signer=name.upper(), gazette=gazette, manner=manner)


def _row(act: Act, asked: Promulgated, gazette: str, by: Actor, now: datetime) -> Promulgation:
    return Promulgation(
        institution_id=act.institution_id,
        act_id=act.id,
        promulgated_on=asked.promulgated_on,
        gazette_number=gazette,
        holding_id=by.holding_id,
        post_id=by.post_id,
        title=by.title,
        seen=asked.seen,
        at=now,
    )


def _starts(document: Document) -> date | None:
    """The later day from which the Peraturan itself says it binds, None where it says none."""
    revision = under_way.revision_of(document)
    return as_date(revision.fields.get("effective_from")) if revision else None


def _tell(document: Document, act: Act, gazette: str, by: Actor, now: datetime) -> None:
    leave(
        followers(document) - {by.post_id or 0},
        "act.promulgated",
        by=by,
        at=now,
        cause=f"act.promulgated:{act.id}",
        document_id=document.id,
        params={"title": document.title[:300], "number": act.number, "gazette": gazette},
    )
