"""Enactment: the establishing post's signature recorded, the number given, the approved file sealed, the act made."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from governance.documents import giving, scans, signings, under_way
from governance.documents.act_models import SigningWay
from governance.documents.lifecycle import Move, State
from governance.documents.models import Act, Document, Form, Secrecy
from governance.documents.relating import Wish
from governance.documents.renditions import leave_rendition
from governance.documents.under_way import Decided
from governance.kernel.clock import day_in
from governance.kernel.db import db, one_within, transaction
from governance.kernel.errors import Invalid, OutOfOrder, Problem, Refusal
from governance.kernel.texts import unprintable
from governance.mandates.evaluation import years_later
from governance.mandates.mandates import Mandate
from governance.notices.leaving import leave_job
from governance.obligations.recomputing import timetable_changed
from governance.people import permissions
from governance.people.actors import Actor
from governance.trail.record import record
from workflows import acts
from workflows.acts import Sealed
from workflows.bells import ring
from workflows.library import Library
from workflows.who_signs import sealed_by, signer_for, told_of

EARLIEST = date(1945, 8, 17)
RECORDED = {"title": 1000, "number": 200, "issuer": 300, "objects": 2000}  # the texts of a recorded act, longest


@dataclass(frozen=True)
class Signed:
    """The establishing post's signature as Bagian Hukum records it; without a scan it is marked "scan menyusul"."""

    document_id: int
    seen: str
    signed_on: date
    scan: bytes | None = None
    number: str | None = None  # only for a series that follows the office's shared register
    relations: tuple[Wish, ...] = ()  # beyond what the decree itself revokes
    delegation: int | None = None  # signed in the establishing post's name (a.n.), by that delegation


@dataclass(frozen=True)
class OldAct:
    """An act made before or outside this program, recorded as it is."""

    kind: str
    title: str
    number: str
    signed_on: date
    in_force_from: date
    in_force_to: date | None = None
    scan: bytes | None = None
    secrecy: Secrecy = Secrecy.BIASA
    issuer: str = ""  # who made it, where this government did not
    objects: str = ""  # what a report of others examines
    relations: tuple[Wish, ...] = ()  # what it does to other acts


def enact(signed: Signed, *, by: Actor, now: datetime, library: Library) -> None:
    """Record the establishing post's signature: number, seal, act. UU 30/2014 Pasal 58."""
    with transaction() as after_commit:
        document = under_way.for_change(signed.document_id, by)
        if under_way.was_done(document, Move.ENACT, by, signed.seen):
            return
        under_way.require_move(document, Move.ENACT, by, signed.seen)
        signings.require_none(document)
        require_past(signed.signed_on, day_in(by.timezone, now))
        approved = under_way.revision_of(document)
        assert approved is not None  # CHECK reviewed_has_revision
        order = giving.order_of(document, library.family(document.kind), signed.signed_on, signed.number)
        number = giving.give(order)
        signer = signer_for(document, approved, signed.signed_on, library, signed.delegation)
        data = sealed_by(signer, library.files.read(approved.sha256), number, signed.signed_on)
        scan = scans.kept(signed.scan, library.files)
        sealed = Sealed(number, signed.signed_on, library.files.keep(data), scan)
        act = acts.laid_down(document, approved, sealed, now, library)
        acts.keep_wet(act, signer, by, now)
        under_way.decide(document, Move.ENACT, Decided(document.id, signed.seen), by=by, at=now)
        told = acts.relate(act, approved.fields, signed.relations, (by, now), library)
        acts.concluded(document, act, by, now, library)
        leave_rendition(document.id, Form.NASKAH, (sealed.sha256, sealed.sha256), by=by, at=now)
        record(
            "document.enacted",
            by=by,
            about=("document", document.id),
            at=now,
            number=number,
            signed_on=signed.signed_on.isoformat(),
            approved=approved.sha256,
            sealed=sealed.sha256,
            scan=act.scan_sha256,
            **told,
            **told_of(signer, approved),
        )
        after_commit(ring("notices.deliver", "jobs.run", "renditions.print"))


def add_scan(document_id: int, scan: bytes, *, by: Actor, now: datetime, library: Library) -> None:
    """Add the signed file that was to follow; a scan already there is never replaced."""
    with transaction():
        document = under_way.for_change(document_id, by)
        permissions.require(by, permissions.Act.ENACT)
        if document.state is not State.ENACTED or document.act_id is None:
            raise OutOfOrder(document.state, "add_scan")
        act = one_within(by.institution_id, Act, document.act_id)
        if signings.way_of(act) is not SigningWay.WET:
            raise Refusal("refused.signed_electronically")
        if act.scan_sha256 is not None:
            raise Refusal("refused.scan_there")
        scans.require_scan(scan)
        act.scan_sha256 = library.files.keep(scan)
        record("act.scan_added", by=by, about=("document", document.id), at=now, scan=act.scan_sha256)


def record_act(old: OldAct, *, by: Actor, now: datetime, library: Library) -> int:
    """Record an existing act without a workflow, so that it does not show as missing; returns the document's id."""
    with transaction() as after_commit:
        permissions.require(by, permissions.Act.RECORD_ACT)
        if old.relations:
            permissions.require(by, permissions.Act.RELATE)
        mandate = library.law.mandate(old.kind)
        _require_old(old, mandate, day_in(by.timezone, now))
        act = Act(
            institution_id=by.institution_id,
            kind=mandate.key,
            title=old.title.strip(),
            number=giving.unused(by.institution_id, mandate.key, old.number.strip()),
            signed_on=old.signed_on,
            in_force_from=old.in_force_from,
            in_force_to=old.in_force_to or _next_due(old, mandate),
            scan_sha256=scans.kept(old.scan, library.files),
            recorded=True,
            issuer=old.issuer.strip() or None,
            objects=old.objects.strip() or None,
        )
        db.session.add(act)
        db.session.flush()
        document = Document(
            institution_id=by.institution_id,
            kind=mandate.key,
            year=old.signed_on.year,
            title=act.title,
            initiating_unit_id=by.unit_id,
            secrecy=old.secrecy,
            state=State.ENACTED,
            act_id=act.id,
            created_at=now,
            changed_at=now,
        )
        db.session.add(document)
        db.session.flush()
        giving.keep(act, document, library.family(document.kind))
        told = acts.related(act, old.relations, by, now)
        because = acts.because_of(act, document.secrecy)
        timetable_changed(f"act:{act.id}:recorded", by=by, at=now, because=because)
        leave_job("offering.tell", key=f"act:{act.id}", by=by, at=now, document_id=document.id)
        about = ("document", document.id)
        record("act.recorded", by=by, about=about, at=now, number=act.number, scan=act.scan_sha256, **told)
        after_commit(ring("jobs.run"))
        return document.id


def require_past(signed_on: date, today: date) -> None:
    """Invalid for a day to come, or before there was anything to sign."""
    if signed_on > today:
        raise Invalid(Problem("signed_on", "enact.future", {"today": today.isoformat()}))
    if signed_on < EARLIEST:
        raise Invalid(Problem("signed_on", "enact.too_old"))


def _require_old(old: OldAct, mandate: Mandate, today: date) -> None:
    """Everything in it can be printed and stored; a report of others also says whose it is, on what, with its file."""
    problems = []
    for name, limit in RECORDED.items():
        value = getattr(old, name)
        problems += unprintable(name, value)
        if not value.strip() and (mandate.external or name in ("title", "number")):
            problems.append(Problem(name, "field.missing"))
        if len(value) > limit:
            problems.append(Problem(name, "draft.too_long", {"limit": limit}))
    if mandate.external and not old.scan:
        problems.append(Problem("scan", "record.report_missing"))
    if old.in_force_to is not None and old.in_force_to < old.in_force_from:
        problems.append(Problem("in_force_to", "draft.end_before_start", {"start": old.in_force_from.isoformat()}))
    if problems:
        raise Invalid(*problems)
    require_past(old.signed_on, today)


def _next_due(old: OldAct, mandate: Mandate) -> date | None:
    """A report of others holds until the law asks for the next one: Permenkominfo 16/2022 Pasal 4 ayat (3)."""
    if not mandate.external or mandate.validity_years is None:
        return None
    return years_later(old.in_force_from, mandate.validity_years) - timedelta(days=1)
